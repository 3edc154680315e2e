"""Databases as files: what names one, and how one is opened that nobody can write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from sse_db.errors import DatabaseMissing, WrongUsage

BUSY_TIMEOUT_MS = 10_000


def complete_url(url: sa.URL, text: str) -> sa.URL:
    """The URL with the whole path; raises WrongUsage for a database in memory, and for what stands behind a ``?``."""
    if not url.database or ":memory:" in url.database or url.query.get("mode") == "memory":
        raise WrongUsage(f"{text} is a database in memory: nothing would be kept", "give a file, such as sse.db")
    if url.query:
        raise WrongUsage(f"{text}: what stands behind the ? is not understood", "leave it out")
    try:
        return url.set(database=str(Path(url.database).expanduser()))
    except RuntimeError as error:  # ~name of a user who is not known here
        raise WrongUsage(f"{url.database}: {error}", "write the folder's whole path") from error


def find_file(url: sa.URL) -> Path | None:
    """The file of a database, None for one in memory."""
    return Path(url.database) if url.database and url.database != ":memory:" else None


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
