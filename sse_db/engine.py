"""Opening the database: one place for what SQLite needs on every connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from sse_db.errors import DatabaseBusy, DatabaseMissing, WrongUsage
from sse_db.settings import read_environment

BUSY_TIMEOUT_MS = 10_000


def resolve_url(database: str | None = None) -> sa.URL:
    """The database's URL from a path or URL, else from ``SSE_DB_URL``, else ``sse.db`` in the working folder."""
    text = database or read_environment().url
    if "://" not in text:
        return sa.URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise WrongUsage(f"not a database URL: {text}", "for example sqlite:///sse.db") from error
    if url.get_backend_name() != "sqlite":
        raise WrongUsage(f"no support for {url.get_backend_name()} databases yet", "use a path, or sqlite:///sse.db")
    return url


def database_path(url: sa.URL) -> Path | None:
    """The file of a SQLite database, None for one in memory."""
    return Path(url.database) if url.database and url.database != ":memory:" else None


def open_engine(database: str | sa.URL | None = None, *, must_exist: bool = True) -> sa.Engine:
    """An engine whose every connection enforces foreign keys and waits for a lock; raises DatabaseMissing."""
    url = database if isinstance(database, sa.URL) else resolve_url(database)
    path = database_path(url)
    if must_exist and path is not None and not path.is_file():
        raise DatabaseMissing(f"there is no database at {path}", "create it with: sse-db init")
    engine = sa.create_engine(url)
    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin in _begin, so that DDL and PRAGMAs belong to them
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sse_db_begin", "BEGIN"))


@contextmanager
def write_transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection inside one transaction that holds the write lock from its start; raises DatabaseBusy."""
    with engine.connect().execution_options(sse_db_begin="BEGIN IMMEDIATE") as connection:
        try:
            transaction = connection.begin()
        except sa.exc.OperationalError as error:
            raise DatabaseBusy(
                "another process is writing to the database", "try again when it has finished"
            ) from error
        with transaction:
            yield connection
