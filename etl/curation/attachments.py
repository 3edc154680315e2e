"""Attach a file to a publication, a sample or a measurement: by reference, with its hash, never its content."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from etl.curation import work as hand_work
from etl.curation.fields import BY_HAND
from etl.drafts import Draft
from etl.files import hash_file
from sse_db.database.engine import database_path
from sse_db.errors import NotFound, UnreadableSource, WrongUsage
from sse_db.records.keys import fetch
from sse_db.records.references import find_row
from sse_db.vocabulary import AttachmentKind

OWNERS = {"publication": "publications", "sample": "samples", "measurement": "impedance_measurements"}
KINDS = {
    AttachmentKind.PDF: (".pdf",),
    AttachmentKind.FIGURE: (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".svg", ".gif", ".webp", ".bmp"),
    AttachmentKind.SPECTRUM: (".mpt", ".mpr", ".dta", ".z", ".i2b", ".idf", ".p00"),
}
"""What a suffix says of the sort of a file, where the curator says nothing."""


def attach_file(
    engine: sa.Engine, path: Path, owner: str, reference: str, *, curator: str, kind: str | None = None,
    description: str | None = None, note: str | None = None, dry_run: bool = False,
) -> hand_work.HandReport:  # fmt: skip
    """Store name, place, SHA-256, size and kind of a file; ``description`` says what it shows, ``note`` why.

    A file that was attached there before is brought up to date. Raises UnreadableSource for a file that is not there,
    NotFound, and WrongUsage.
    """
    if owner not in OWNERS:
        raise WrongUsage(f"nothing is attached to a {owner}", f"choose one of {', '.join(OWNERS)}")
    if path.is_dir():
        raise UnreadableSource(f"{path} is a folder", "attach the files in it, each by itself")
    if not path.is_file():
        raise UnreadableSource(f"there is no file {path}", "an attachment must be there when it is attached")
    column = f"{owner}_id"
    with engine.connect() as connection:
        row = find_row(connection, OWNERS[owner], reference)
        home = hand_work.bind(OWNERS[owner], row)
        place = relative_place(engine, path)
        known = [each for each in fetch(connection, "attachments", "place", [place]) if each[column] == row["id"]]
    intake, findings = hand_work.start(f"attach {path.name} to {owner} {row['id']}", note)
    values: dict[str, Any] = {
        "kind": kind or str(_kind_of(path)),
        "file_name": path.name,
        "place": place,
        "sha256": hash_file(path),
        "size_bytes": path.stat().st_size,
    }
    values |= {"note": description} if description else {}
    draft = Draft("attachments", (place, owner, row["id"]), values, {column: home.key}, source_row=BY_HAND)
    draft.row_id = known[0]["id"] if known else None
    intake.add(home)
    intake.add(draft)
    return hand_work.write(engine, intake, findings, draft, curator=curator, dry_run=dry_run)


def detach_file(
    engine: sa.Engine, attachment: int, *, curator: str, note: str | None = None, dry_run: bool = False
) -> hand_work.HandReport:
    """Take a reference away again; the file itself stays. Raises NotFound."""
    with engine.connect() as connection:
        rows = fetch(connection, "attachments", "id", [attachment])
    if not rows:
        listing = 'list them with: sse-db query "SELECT * FROM attachments"'
        raise NotFound(f"there is no attachment {attachment}", listing)
    intake, findings = hand_work.start(f"attach --remove {attachment}", note)
    intake.removals.append(("attachments", attachment))
    subject = Draft("attachments", attachment, {}, row_id=attachment)
    return hand_work.write(engine, intake, findings, subject, curator=curator, dry_run=dry_run)


def relative_place(engine: sa.Engine, path: Path) -> str:
    """Where a file lies, seen from the folder of the database, with ``/`` between folders."""
    database = database_path(engine.url)
    home = database.resolve().parent if database is not None else Path.cwd()
    try:
        return Path(os.path.relpath(path.resolve(), home)).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def _kind_of(path: Path) -> AttachmentKind:
    suffix = path.suffix.lower()
    return next((kind for kind, suffixes in KINDS.items() if suffix in suffixes), AttachmentKind.OTHER)
