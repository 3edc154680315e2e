"""Attachments: files that belong to a publication, a sample or a measurement, known by place and hash."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column, rule
from sse_db.schema.base import CuratedRow
from sse_db.vocabulary import AttachmentKind

OWNERS = ("publication_id", "sample_id", "measurement_id")
"""Columns of what an attachment may belong to, one of them filled."""


class Attachment(CuratedRow, table=True):
    """A file beside the database, by reference. Natural key: its place and what it belongs to."""

    __tablename__ = "attachments"
    natural_key: ClassVar[tuple[str, ...]] = ("place", *OWNERS)
    __table_args__ = (
        *(
            sa.Index(
                f"uq_attachments_place_{owner}",
                "place",
                owner,
                unique=True,
                sqlite_where=sa.text(f"{owner} IS NOT NULL"),
                postgresql_where=sa.text(f"{owner} IS NOT NULL"),
            )
            for owner in OWNERS
        ),
        rule(
            "one_owner",
            " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in OWNERS) + " = 1",
            says="an attachment belongs to one publication, one sample or one measurement",
            column="place",
        ),
        rule(
            "sha256_length",
            "length(sha256) = 64",
            says="a SHA-256 has 64 hexadecimal digits",
            column="sha256",
        ),
    )

    publication_id: int | None = column(
        "Publication that it belongs to", default=None, references="publications.id", ondelete="CASCADE"
    )
    sample_id: int | None = column(
        "Sample that it belongs to", default=None, references="samples.id", ondelete="CASCADE"
    )
    measurement_id: int | None = column(
        "Measurement that it belongs to", default=None, references="impedance_measurements.id", ondelete="CASCADE"
    )
    kind: AttachmentKind = column("Sort of file", vocabulary=AttachmentKind, default=AttachmentKind.OTHER)
    file_name: str = column("Name of the file, without folders", provenance=True)
    place: str = column("Where the file lies, relative to the folder of the database, with / between folders")
    sha256: str = column("SHA-256 of the file's bytes when it was attached, hexadecimal")
    size_bytes: int = column("Size of the file when it was attached", ge=0, le=2_147_483_647)
    note: str | None = column("What it shows", default=None, provenance=True)
