"""Attached files in a release: named always, in the table `attachments`; their bytes come along only when asked for."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from sse_db.audits.attachment_changed import find_fault
from sse_db.errors import UnreadableSource
from sse_db.release.content import Content

FOLDER = "attachments"
ELSEWHERE = "elsewhere"
"""Folder for files that lie outside of the database's own."""
DIGITS = 12
"""Digits of a SHA-256 that tell files of one name apart."""


def ship(content: Content, home: Path, folder: Path) -> list[Path]:
    """Copy every file that the rows of a release name from the database's folder ``home`` into ``attachments/``.

    A file keeps its place below that folder. Raises UnreadableSource where one is missing or is not what was attached;
    then nothing is copied.
    """
    named = content.frames["attachments"][["place", "sha256", "size_bytes"]].drop_duplicates().to_numpy().tolist()
    wrong = [f"{place} is {what}" for place, *marks in named if (what := find_fault(home / place, *marks))]
    if wrong:
        raise UnreadableSource(
            f"attached files cannot be shipped: {'; '.join(wrong)}",
            "put them back or attach them again (sse-db audit attachment-changed), or leave out --with-attachments",
        )
    shipped = []
    for place, digest, _ in named:
        copy = folder / place_in_release(place, digest)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(home / place, copy)
        shipped.append(copy)
    return shipped


def place_in_release(place: str, digest: str) -> str:
    """Where an attached file lies in a release that ships it.

    >>> place_in_release("files/Fig 3.png", "0" * 64)
    'attachments/files/Fig 3.png'
    >>> place_in_release("../scans/Fig 3.png", "0" * 64)
    'attachments/elsewhere/000000000000/Fig 3.png'
    """
    path = PurePosixPath(place)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        path = PurePosixPath(ELSEWHERE, digest[:DIGITS], path.name)
    return f"{FOLDER}/{path}"
