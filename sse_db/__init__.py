"""sse-db: a curated database of lithium solid electrolytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sse_db.about import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from sse_db.notebook.database import Database


__version__ = VERSION
__all__ = ["__version__", "open"]


def open(path_or_url: str | Path | None = None) -> Database:
    """Open an existing database by path or URL, by default ``$SSE_DB_URL`` or ``sse.db`` in the working folder."""
    from sse_db.notebook.database import open_database

    return open_database(path_or_url)
