"""Opening the database: one place for what SQLite needs on every connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from sse_db.dialects.failures import explain_failure
from sse_db.errors import DatabaseMissing, WrongUsage
from sse_db.settings import read_environment

BUSY_TIMEOUT_MS = 10_000


def resolve_url(database: str | None = None) -> sa.URL:
    """The database's URL from a path or URL, else from ``SSE_DB_URL``, else ``sse.db`` in the working folder.

    >>> resolve_url("papers.db").database
    'papers.db'
    >>> resolve_url("sqlite:////tmp/papers.db").database
    '/tmp/papers.db'
    """
    text = database or read_environment().url
    _refuse_odd_names(text)
    url = _parse_url(text) if "://" in text else sa.URL.create("sqlite", database=text)
    if url.get_backend_name() != "sqlite":
        raise WrongUsage(f"no support for {url.get_backend_name()} databases yet", "use a path, or sqlite:///sse.db")
    if not url.database or ":memory:" in url.database or url.query.get("mode") == "memory":
        raise WrongUsage(f"{text} is a database in memory: nothing would be kept", "give a file, such as sse.db")
    if url.query:
        raise WrongUsage(f"{text}: what stands behind the ? is not understood", "leave it out")
    try:
        return url.set(database=str(Path(url.database).expanduser()))
    except RuntimeError as error:  # ~name of a user who is not known here
        raise WrongUsage(f"{url.database}: {error}", "write the folder's whole path") from error


def _refuse_odd_names(text: str) -> None:
    """Raise WrongUsage for what is meant as a URL and would become the name of a file, or the other way round."""
    if not text.strip():
        raise WrongUsage("the name of the database is blank", "give a file, such as sse.db")
    scheme, colon, place = text.partition(":")
    if colon and scheme.lower() in ("sqlite", "file") and not place.startswith("///") and place not in ("", "//"):
        name = place.lstrip("/")
        raise WrongUsage(f"{text} names no file", f"write {name}, or sqlite:///{name}")


def _parse_url(text: str) -> sa.URL:
    scheme, colon, place = text.partition("://")
    try:
        return make_url(f"{scheme.lower()}{colon}{place}")
    except ArgumentError as error:
        raise WrongUsage(f"not a database URL: {text}", "for example sqlite:///sse.db") from error


def database_path(url: sa.URL) -> Path | None:
    """The file of a SQLite database, None for one in memory."""
    return Path(url.database) if url.database and url.database != ":memory:" else None


def open_engine(database: str | sa.URL | None = None, *, must_exist: bool = True) -> sa.Engine:
    """An engine whose every connection enforces foreign keys and waits for a lock; raises DatabaseMissing.

    What SQLite says of the file itself (locked, damaged, not to be written) is raised as an error of sse_db.errors.
    """
    url = database if isinstance(database, sa.URL) else resolve_url(database)
    path = database_path(url)
    if path is not None:
        require_place(path, must_exist=must_exist)
    if path is not None and is_frozen_wal(path):
        engine = sa.create_engine(url, creator=partial(connect_immutable, path))
    else:
        engine = sa.create_engine(url)
    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "begin", _begin)
    sa.event.listen(engine, "handle_error", _explain)
    return engine


def require_place(path: Path, *, must_exist: bool) -> None:
    """Raise DatabaseMissing where there is no such folder, no such file, or a folder of that name."""
    try:
        path.stat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:  # a name that is too long, a folder that is a file
        raise DatabaseMissing(f"{path} cannot be a database: {getattr(error, 'strerror', error)}") from error
    if path.is_dir():
        raise DatabaseMissing(f"{path} is a folder, no database", f"give the file, such as {path / 'sse.db'}")
    if not path.parent.is_dir():
        raise DatabaseMissing(f"there is no folder {path.parent}", "make it first, or give another path")
    if must_exist and not path.is_file():
        raise DatabaseMissing(f"there is no database at {path}", "create it with: sse-db init")


def is_frozen_wal(path: Path) -> bool:
    """Whether a file in write-ahead mode can be read only as it is, because nothing can be created beside it.

    SQLite then refuses to open it unless it is told that nobody writes. Changes that wait in a -wal file would be
    overlooked, so with those the file is not read.
    """
    try:
        with path.open("rb") as stream:
            header = stream.read(20)
    except OSError:
        return False
    waiting = path.with_name(f"{path.name}-wal")
    if header[18:20] != b"\x02\x02" or (waiting.exists() and waiting.stat().st_size):
        return False
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        return (error.sqlite_errorname or "").startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN"))
    except sqlite3.DatabaseError:
        return False
    return False


def connect_immutable(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody writes, see :func:`is_frozen_wal`."""
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?immutable=1", uri=True, isolation_level=None)


def _explain(context: sa.engine.ExceptionContext) -> None:
    path = context.engine.url.database if context.engine is not None else None
    explained = explain_failure(context.original_exception, path)
    if explained is not None:
        raise explained from context.original_exception


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
    with engine.connect().execution_options(sse_db_begin="BEGIN IMMEDIATE") as connection, connection.begin():
        yield connection
