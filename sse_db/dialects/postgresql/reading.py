"""Read-only SQL on PostgreSQL: a transaction that the server lets read only, and stops after a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from sse_db.errors import COLUMNAR_WAY, QueryRefused, SseDbError, too_slow

_WORDS = re.compile(
    r"""
    ( '(?:[^']|'')*' | "[^"]*" | --[^\n]* | /\*.*?\*/ | \$(\w*)\$.*?\$\2\$ | ::\w+ )  # texts, names, remarks, casts
    | :([a-z_][a-z_0-9]*)\b
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
WRITING = {
    "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "DROP", "ALTER", "TRUNCATE", "COPY", "GRANT", "REVOKE", "SET",
    "CALL", "DO", "VACUUM", "BEGIN", "COMMIT", "ROLLBACK", "LOCK", "COMMENT", "REINDEX",
}  # fmt: skip
"""Words that a statement begins with which is no query; the server finds fault with their grammar."""
_DECLARED = "sse_db_query"


def run_reading(
    url: sa.URL,
    sql: str,
    parameters: Mapping[str, Any],
    time_limit_s: float,
    fetch: Callable[[Any], list[tuple[Any, ...]]],
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Columns and rows of one statement; raises QueryRefused, also for one that returns no rows by its nature."""
    from sse_db.dialects.postgresql.dialect import open_engine

    engine = open_engine(url, must_exist=True)
    try:
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.read_only = True
            return _run(raw, sql, parameters, time_limit_s, fetch)
    except sa.exc.DBAPIError as error:
        raise QueryRefused(f"SQL: {error.orig}") from error
    finally:
        engine.dispose()


def _run(
    raw: Any,
    sql: str,
    parameters: Mapping[str, Any],
    time_limit_s: float,
    fetch: Callable[[Any], list[tuple[Any, ...]]],
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    import psycopg

    try:
        raw.execute(f"SET LOCAL statement_timeout = {max(1, int(time_limit_s * 1000))}")
        with raw.cursor(name=_DECLARED) as cursor:  # a cursor takes one SELECT, and gives its rows in parts
            cursor.execute(_bind_names(sql, parameters), parameters or None)
            rows = fetch(cursor)
            columns = tuple(column.name for column in cursor.description or ())
            if not columns:
                raise QueryRefused("the statement returns no columns", "query takes one SELECT")
            return columns, [tuple(map(_plain, row)) for row in rows]
    except psycopg.Error as error:
        raise _refusal(error, sql, time_limit_s) from error
    finally:
        raw.rollback()
        raw.read_only = None


def _bind_names(sql: str, parameters: Mapping[str, Any]) -> str:
    """The statement with ``:name`` as the driver writes it, where there are parameters."""
    if not parameters:
        return sql
    return _WORDS.sub(lambda match: f"%({match[3]})s" if match[3] in parameters else match[0], sql.replace("%", "%%"))


def _plain(value: Any) -> Any:
    """A value as SQLite would give it: numbers, texts and bytes; anything else as the text that it is written as."""
    if value is None or isinstance(value, int | float | str | bytes):
        return value
    return bytes(value) if isinstance(value, memoryview) else str(value)


def _refusal(error: Exception, sql: str, time_limit_s: float) -> SseDbError:
    from sse_db.dialects.postgresql.failures import explain_failure

    code = getattr(error, "sqlstate", None) or ""
    facts = getattr(error, "diag", None)
    text = (facts.message_primary if facts is not None else None) or str(error)
    hint = "list the tables and columns with: sse-db schema"
    if code == "57014":
        return too_slow(time_limit_s, COLUMNAR_WAY)
    words = sql.split(maxsplit=1)
    writes = "data-modifying" in text or (code == "42601" and words and words[0].upper() in WRITING)
    if code in ("25006", "42501") or writes:
        return QueryRefused(
            f"refused by the database: {text}",
            "query only reads; change data with: import, sample edit, publication edit",
        )
    if "multiple commands" in text:
        return QueryRefused("more than one statement", "query takes one SELECT")
    return explain_failure(error, None) or QueryRefused(f"SQL: {text}", hint)
