"""The script that draws structures: chemiscope's, as its wheel brings it; the Python package itself is not imported."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

PACKAGE = "chemiscope"
SCRIPT = "chemiscope/sphinx/static/chemiscope.min.js"
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
"""Headers of the script: its address holds its version, so that a browser asks once."""


def address() -> str:
    """Where this server keeps the script."""
    return f"/-/viewer/{distribution(PACKAGE).version}.js"


def answer(encodings: str) -> tuple[bytes, dict[str, str]]:
    """The script and its headers, compressed where the browser takes that."""
    if "gzip" in encodings:
        return _compressed(), {**FOR_EVER, "content-encoding": "gzip"}
    return _path().read_bytes(), FOR_EVER


@cache
def _compressed() -> bytes:
    return gzip.compress(_path().read_bytes(), mtime=0)


def _path() -> Path:
    return Path(str(distribution(PACKAGE).locate_file(SCRIPT)))
