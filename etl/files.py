"""The bytes of a file, whatever is in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sse_db.errors import UnreadableSource

CHECKSUMS = "SHA256SUMS"
"""File of a release that names its other files and their hashes; its own hash stands for the folder."""


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, of a release that of its checksums, hexadecimal; raises UnreadableSource."""
    if path.is_dir() and not (path / CHECKSUMS).is_file():
        raise UnreadableSource(f"{path} is no whole release: it has no {CHECKSUMS}", "give the folder of a release")
    try:
        with (path / CHECKSUMS if path.is_dir() else path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableSource(f"{path}: {error.strerror or error}") from error
