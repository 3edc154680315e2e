"""Names by which publications and samples are found beside their own: former ones, and those of other versions."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column, rule
from sse_db.schema.base import CuratedRow
from sse_db.vocabulary import IdentifierKind


class PublicationIdentifier(CuratedRow, table=True):
    """A DOI or title that a publication had, or that its preprint has. Natural key: publication, kind and value."""

    __tablename__ = "publication_identifiers"
    natural_key: ClassVar[tuple[str, ...]] = ("publication_id", "kind", "value")
    __table_args__ = (
        sa.UniqueConstraint(*natural_key),
        rule(
            "doi_spelling",
            "kind <> 'doi' OR (value = lower(value) AND value LIKE '10.%/%')",
            says="a DOI is bare and in lower case, such as 10.1016/j.ssi.2007.01.001",
            column="value",
        ),
        sa.Index(
            "uq_publication_identifiers_doi",
            "value",
            unique=True,
            sqlite_where=sa.text("kind = 'doi'"),
            postgresql_where=sa.text("kind = 'doi'"),
        ),
    )

    publication_id: int = column("Publication", references="publications.id", ondelete="CASCADE", index=False)
    kind: IdentifierKind = column("What the value is", vocabulary=IdentifierKind)
    value: str = column("DOI, bare and in lower case, or title as printed, by which files may still name it")


class SampleAlias(CuratedRow, table=True):
    """A label that a sample had before, or that another version of its publication uses. Natural key: sample and
    label."""

    __tablename__ = "sample_aliases"
    natural_key: ClassVar[tuple[str, ...]] = ("sample_id", "label")
    __table_args__ = (sa.UniqueConstraint(*natural_key),)

    sample_id: int = column("Sample", references="samples.id", ondelete="CASCADE", index=False)
    label: str = column("Label by which files may still name the sample")
