"""Reading with DuckDB: a copy of the tables in memory, in columns, on which the same views run several times as fast.

For large databases, and for reading only. The tables are loaded from Python, because DuckDB opens files of SQLite with
an extension alone, which it downloads. A statement loads the tables and columns that it names, itself or through views.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from sse_db.errors import QueryRefused, WrongUsage, too_slow
from sse_db.query import TIME_LIMIT_S, QueryResult, fetch_bounded
from sse_db.schema import metadata
from sse_db.views import VIEWS, create_statements, strip_comments

if TYPE_CHECKING:
    import duckdb

ROWS_AT_ONCE = 100_000
WORD = re.compile(r"\w+")
PARAMETER = re.compile(r"('(?:[^']|'')*'|\"[^\"]*\")|(?<!:):([A-Za-z_]\w*)")
"""A quoted text, which stays as it is, or a parameter."""

_copied: WeakKeyDictionary[sa.Engine, duckdb.DuckDBPyConnection] = WeakKeyDictionary()


def keep_copy(engine: sa.Engine) -> None:
    """Load all that views read, once: from now on :func:`find_copy` has it for this engine."""
    _copied[engine] = load(engine, " ".join(VIEWS))


def find_copy(engine: sa.Engine) -> duckdb.DuckDBPyConnection | None:
    """The copy that was made of a database, None where views are read from itself."""
    return _copied.get(engine)


def run_columnar(
    engine: sa.Engine, sql: str, parameters: Mapping[str, Any] | None = None, *, time_limit_s: float = TIME_LIMIT_S
) -> QueryResult:
    """Run one SELECT on a copy; raises QueryRefused for anything else, for bad SQL, and for what takes too long.

    The time that loading takes does not count.
    """
    connection = load(engine, sql)
    try:
        return _run(connection, PARAMETER.sub(_in_dollars, sql), parameters or {}, time_limit_s)
    finally:
        connection.close()


def _in_dollars(match: re.Match[str]) -> str:
    return match[1] or f"${match[2]}"


def _run(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any], time_limit_s: float
) -> QueryResult:
    import duckdb

    _require_one_select(connection, sql)
    watch = threading.Timer(time_limit_s, connection.interrupt)
    watch.start()
    try:
        cursor = connection.execute(sql, dict(parameters))
        columns = tuple(name for name, *_ in cursor.description or ())
        return QueryResult(columns, fetch_bounded(cursor))
    except duckdb.InterruptException as error:
        raise too_slow(time_limit_s) from error
    except (duckdb.Error, ValueError) as error:
        raise _refusal(error) from error
    finally:
        watch.cancel()


def _require_one_select(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    import duckdb

    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise _refusal(error) from error
    if len(statements) != 1:
        raise QueryRefused("more than one statement", "query takes one SELECT")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise QueryRefused("not a SELECT", "query only reads; change data with: import, sample edit, publication edit")


def _refusal(error: Exception) -> QueryRefused:
    says = str(error).splitlines()[0]
    return QueryRefused(f"SQL, as DuckDB reads it: {says}", "list the tables and columns with: sse-db schema")


def load(engine: sa.Engine, sql: str) -> duckdb.DuckDBPyConnection:
    """A database of DuckDB in memory with the tables and views that a statement names; it reaches no file."""
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise WrongUsage("DuckDB is not installed", "pip install 'sse-db[duckdb]', or leave --engine out") from error
    words, own_words = _reach(sql)
    connection = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    connection.execute("SET integer_division = true")  # 5 / 2 is 2, as in the other systems
    with engine.connect() as source:
        for table in metadata.sorted_tables:
            if table.name in words:
                whole = table.name in own_words and "*" in sql
                _copy(source, connection, table, [c for c in table.columns if whole or c.name in words])
    for name in VIEWS:
        if name in words:
            connection.execute(create_statements()[name])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _reach(sql: str) -> tuple[set[str], set[str]]:
    """All words of a statement and of the views behind it, and its own words."""
    own = set(WORD.findall(sql.lower()))
    words = set(own)
    for name in reversed(VIEWS):  # a view names earlier ones only
        if name in words:
            words |= _view_words(name)
    return words, own


@cache
def _view_words(name: str) -> frozenset[str]:
    return frozenset(WORD.findall(strip_comments(create_statements()[name])))


def _copy(
    source: sa.Connection, target: duckdb.DuckDBPyConnection, table: sa.Table, columns: Iterable[sa.Column[Any]]
) -> None:
    import pyarrow as pa

    chosen = list(columns) or list(table.primary_key.columns)
    types = [_arrow_type(column) for column in chosen]
    names = [column.name for column in chosen]
    empty = pa.table([pa.array([], kind) for kind in types], names)
    target.register("incoming", empty)
    target.execute(f"CREATE TABLE {table.name} AS SELECT * FROM incoming")
    rows = source.execution_options(yield_per=ROWS_AT_ONCE).exec_driver_sql(
        f"SELECT {', '.join(names)} FROM {table.name}"
    )
    for part in rows.partitions(ROWS_AT_ONCE):
        arrays = [pa.array(values, kind) for values, kind in zip(zip(*part, strict=True), types, strict=True)]
        target.register("incoming", pa.table(arrays, names))
        target.execute(f"INSERT INTO {table.name} SELECT * FROM incoming")
    target.unregister("incoming")


def _arrow_type(column: sa.Column[Any]) -> Any:
    import pyarrow as pa

    if isinstance(column.type, sa.Boolean | sa.Integer):
        return pa.int64()
    return pa.float64() if isinstance(column.type, sa.Float) else pa.string()
