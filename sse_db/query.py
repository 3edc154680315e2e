"""Read-only SQL: the database itself refuses to write, and stops what takes too long."""

from __future__ import annotations

import gc
import marshal
import sqlite3
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from sse_db.database.engine import BUSY_TIMEOUT_MS, connect_immutable, database_path, is_frozen_wal, require_place
from sse_db.dialects.failures import explain_failure
from sse_db.errors import QueryRefused, SseDbError, WrongUsage

TIME_LIMIT_S = 60.0
CHECK_EVERY = 20_000
"""Virtual machine instructions between two looks at the clock."""
GRACE_S = 1.0
"""After the limit SQLite stops between two instructions; what is stuck inside of one is left alone after this time."""
LONGEST_VALUE = 50_000_000
"""Bytes that one value may take; a query that builds a larger one is stopped before it fills the memory."""
MOST_COLUMNS = 500
MOST_BYTES = 1_000_000_000
"""Size of an answer, in marshal's encoding, the cheapest to measure; larger ones are refused while they are read."""
ROWS_AT_ONCE = 100

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


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query returned: column names, and rows as tuples of SQLite's own types."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run_query(
    url: sa.URL,
    sql: str,
    parameters: Mapping[str, Any] | Sequence[Any] = (),
    *,
    time_limit_s: float = TIME_LIMIT_S,
) -> QueryResult:
    """Run one reading statement; raises QueryRefused for one that writes, is malformed, takes too long or too much.

    It runs in a thread of its own, because one call of a function such as ``instr`` on long texts cannot be stopped.
    """
    outcome: list[QueryResult | Exception] = []

    def answer() -> None:
        try:
            outcome.append(_run(url, sql, parameters, time_limit_s))
        except Exception as error:  # noqa: BLE001  # raised again in the caller's thread
            outcome.append(error)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    thread.join(time_limit_s + GRACE_S)
    if not outcome:
        raise too_slow(time_limit_s)
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _run(url: sa.URL, sql: str, parameters: Mapping[str, Any] | Sequence[Any], time_limit_s: float) -> QueryResult:
    with closing(open_read_only(url, time_limit_s=time_limit_s)) as connection:
        try:
            cursor = connection.execute(sql, parameters)
            rows = _fetch(cursor)
        except (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError) as error:
            raise _refusal(error, time_limit_s, url) from error
        if cursor.description is None:
            raise QueryRefused("the statement returns no rows", "query takes one SELECT")
        return QueryResult(tuple(column[0] for column in cursor.description), rows)


def _fetch(cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    collecting = gc.isenabled()
    gc.disable()  # numbers and texts hold no cycles, and looking for some costs a tenth of the time
    try:
        return fetch_bounded(cursor)
    finally:
        if collecting:
            gc.enable()


def fetch_bounded(cursor: Any) -> list[tuple[Any, ...]]:
    """All rows of a cursor; raises QueryRefused for more than a gigabyte."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    while some := cursor.fetchmany(ROWS_AT_ONCE):
        rows += some
        size += len(marshal.dumps(some))
        if size > MOST_BYTES:
            raise QueryRefused("the answer is larger than a gigabyte", "ask for less, for example with LIMIT")
    return rows


def open_read_only(url: sa.URL, *, time_limit_s: float = TIME_LIMIT_S) -> sqlite3.Connection:
    """A connection on which SQLite opens the file for reading only and denies everything but reading."""
    path = database_path(url)
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
        return too_slow(time_limit_s)
    if "not authorized" in text or "prohibited" in text or "readonly" in text:
        return QueryRefused(
            f"refused by the database: {text}",
            "query only reads; change data with: import, sample edit, publication edit",
        )
    if "one statement" in text:
        return QueryRefused("more than one statement", "query takes one SELECT")
    return QueryRefused(f"SQL: {text}", "list the tables and columns with: sse-db schema")


def too_slow(time_limit_s: float) -> QueryRefused:
    """The refusal of what was stopped at the time limit."""
    return QueryRefused(f"stopped after {time_limit_s:g} s", "ask for less, or raise --time-limit")
