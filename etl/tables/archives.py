"""Zipped files, workbooks among them: refused before they are unpacked where they are damaged or far too large."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path

from etl.tables.texts import ZIPPED, refuse_other_kinds
from sse_db.errors import UnreadableSource

BOOK_SUFFIXES = (".xlsx", ".xlsm", ".ods")
PACKED_SUFFIX = ".gz"
LARGEST_UNPACKED = 200_000_000
LARGEST_RATIO = 300


def check_archive(path: Path) -> None:
    """Raise UnreadableSource for a zipped file that unpacks to too much, before anything is unpacked."""
    if path.suffix.lower() not in (*BOOK_SUFFIXES, ".zip"):
        return
    with path.open("rb") as stream:
        refuse_other_kinds(stream.read(64), path.name, besides=ZIPPED)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableSource(f"{path.name}: damaged, or not what its suffix says: {error}") from error
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if total > LARGEST_UNPACKED or (total > 10_000_000 and total / packed > LARGEST_RATIO) or len(members) > 20_000:
        raise UnreadableSource(f"{path.name}: unpacks to {total / 1e6:.0f} MB in {len(members)} parts, too much")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableSource(f"{path.name}: protected by a password", "save it without one")


def unpack(path: Path, most: int) -> bytes:
    """What a file in gzip holds, at most so many bytes; raises UnreadableSource for more, and for a damaged one."""
    with path.open("rb") as stream:
        refuse_other_kinds(stream.read(64), path.name, besides=b"\x1f\x8b")
    try:
        with gzip.open(path) as stream:
            data = stream.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableSource(f"{path.name}: damaged, or not what its suffix says: {error}") from error
    ratio = len(data) / max(1, path.stat().st_size)
    if len(data) > most or (len(data) > 10_000_000 and ratio > LARGEST_RATIO):
        size = f"more than {most / 1e6:.0f} MB" if len(data) > most else f"{ratio:.0f} times its size"
        raise UnreadableSource(f"{path.name}: unpacks to {size}, too much", "split the file")
    return data
