"""Read-only SQL on an SQLite file: SQLite opens it for reading only and denies everything but reading."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from functools import partial
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from sse_db.dialects.sqlite.failures import explain_failure
from sse_db.dialects.sqlite.files import BUSY_TIMEOUT_MS, connect_immutable, find_file, is_frozen_wal, require_place
from sse_db.errors import COLUMNAR_WAY, QueryRefused, SseDbError, WrongUsage, too_slow

CHECK_EVERY = 20_000
"""Virtual machine instructions between two looks at the clock."""
LONGEST_VALUE = 50_000_000
"""Bytes that one value may take; a query that builds a larger one is stopped before it fills the memory."""
MOST_COLUMNS = 500
READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
HARMLESS_PRAGMAS = {
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    "user_version", "application_id", "schema_version", "data_version", "compile_options", "function_list",
}  # fmt: skip
REFUSED_FUNCTIONS = ("load_extension",)
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_COLUMN: MOST_COLUMNS,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}


def run_reading(
    url: sa.URL,
    sql: str,
    parameters: Mapping[str, Any],
    time_limit_s: float,
    fetch: Callable[[Any], list[tuple[Any, ...]]],
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Columns and rows of one statement; raises QueryRefused, also for one that returns no rows by its nature."""
    with closing(open_read_only(url, time_limit_s=time_limit_s)) as connection:
        try:
            cursor = connection.execute(sql, parameters)
            rows = fetch(cursor)
        except (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError) as error:
            raise _refusal(error, time_limit_s, url) from error
        if cursor.description is None:
            raise QueryRefused("the statement returns no rows", "query takes one SELECT")
        return tuple(column[0] for column in cursor.description), rows


def open_read_only(url: sa.URL, *, time_limit_s: float) -> sqlite3.Connection:
    """A connection on which SQLite opens the file for reading only and denies everything but reading."""
    path = find_file(url)
    if path is None:
        raise WrongUsage("a database in memory cannot be opened a second time", "use a file")
    require_place(path, must_exist=True)
    if is_frozen_wal(path):
        connection = connect_immutable(path)
    else:
        connection = sqlite3.connect(
            f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_MS / 1000, isolation_level=None
        )
    try:
        restrict(connection)
    except sqlite3.Error as error:
        connection.close()
        raise explain_failure(error, str(path)) or error from error
    deadline = time.monotonic() + time_limit_s
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), CHECK_EVERY)
    return connection


def restrict(
    connection: sqlite3.Connection, limits: Mapping[int, int] = LIMITS, refused: Collection[str] = REFUSED_FUNCTIONS
) -> None:
    """Make SQLite deny everything but reading and the refused functions, and bound what one statement may take."""
    connection.execute("PRAGMA query_only = ON")
    for limit, value in limits.items():
        connection.setlimit(limit, value)
    connection.set_authorizer(partial(_authorise, refused))


def _authorise(
    refused: Collection[str], action: int, first: str | None, second: str | None, *_place: str | None
) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second in refused:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first in HARMLESS_PRAGMAS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        # setting up json_each and other virtual tables compiles this and never runs it; a statement of a user that
        # does the same is refused by the parser, and the file is open for reading only
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY


def _refusal(error: Exception, time_limit_s: float, url: sa.URL) -> SseDbError:
    text = str(error)
    code = getattr(error, "sqlite_errorname", None) or ""
    explained = None if code.startswith("SQLITE_READONLY") else explain_failure(error, url.database)
    if explained is not None:
        return explained
    if "interrupted" in text:
        return too_slow(time_limit_s, COLUMNAR_WAY)
    if "not authorized" in text or "prohibited" in text or "readonly" in text:
        return QueryRefused(
            f"refused by the database: {text}",
            "query only reads; change data with: import, sample edit, publication edit",
        )
    if "one statement" in text:
        return QueryRefused("more than one statement", "query takes one SELECT")
    return QueryRefused(f"SQL: {text}", "list the tables and columns with: sse-db schema")
