"""Engines for tests, given back at the end of a block: an open connection is an error on newer Pythons."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from sse_db.database.engine import open_engine


@contextmanager
def opened(database: sa.URL | str | Path) -> Iterator[sa.Engine]:
    """The engine of a database while the block runs."""
    engine = open_engine(database if isinstance(database, sa.URL) else str(database))
    try:
        yield engine
    finally:
        engine.dispose()
