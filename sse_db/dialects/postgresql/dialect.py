"""PostgreSQL: a server, many readers and writers, roles."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sse_db.dialects.interface import Violation, ViolationKind
from sse_db.dialects.parted import PartedRows
from sse_db.dialects.postgresql.failures import explain_failure as explain_failure
from sse_db.dialects.postgresql.failures import is_missing, is_unnamed_password
from sse_db.dialects.postgresql.reading import run_reading as run_reading
from sse_db.dialects.postgresql.roles import give_back, list_written
from sse_db.dialects.postgresql.roles import grant_role as grant_role
from sse_db.dialects.postgresql.roles import has_role as has_role
from sse_db.dialects.postgresql.schema import (
    adapt_frozen as adapt_frozen,
)
from sse_db.dialects.postgresql.schema import (
    altered_table as altered_table,
)
from sse_db.dialects.postgresql.schema import (
    create_statements as create_statements,
)
from sse_db.dialects.postgresql.schema import (
    describe_schema as describe_schema,
)
from sse_db.dialects.postgresql.schema import (
    drop_derived as drop_derived,
)
from sse_db.dialects.postgresql.schema import (
    list_derived as list_derived,
)
from sse_db.dialects.postgresql.schema import (
    prepare_tables as prepare_tables,
)
from sse_db.dialects.postgresql.schema import (
    scratch as scratch,
)
from sse_db.errors import DatabaseMissing, DatabaseUnreachable, DatabaseUnwritable, SseDbError, WrongUsage

DRIVER_ERRORS: tuple[type[Exception], ...] = ()
LOOKS_NAMES_UP_LATE = False
LONGEST_NAME = 63
"""Bytes of a name that the server keeps; longer names of constraints are cut by it."""
SETTINGS = (
    "SET search_path = public, pg_temp",
    "SET client_min_messages = warning",
    "SET lock_timeout = '60s'",
    # several statements of one reader see one state, as on SQLite
    "SET default_transaction_isolation = 'repeatable read'",
)
WRITERS_LOCK = "LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"
"""Keeps other writers out, of this program and of others, and lets readers read."""
MIGRATION_LOCK = 0x53534442
OWN_AND_OTHERS = """
SELECT
    current_database(),
    (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid())
"""
NO_COPY = "no copy as it was before ({reason}): a step that fails changes nothing, and pg_dump makes a copy"
OWNER = """
SELECT pg_has_role(current_user, c.relowner, 'USAGE'), current_user, pg_get_userbyid(c.relowner)
FROM pg_class AS c WHERE c.relname = 'change_log' AND c.relnamespace = current_schema()::regnamespace
"""
"""Whether this role is the owner of the tables, its name, and the owner's."""

OLDEST_SERVER = 15
ALREADY_MADE = "42P04"

_asked: dict[tuple[str, ...], str] = {}
"""Passwords that were asked for, by server and user."""


def complete_url(url: sa.URL, text: str) -> sa.URL:
    """The URL with the driver that is used; raises WrongUsage where no database is named."""
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise WrongUsage(f"no support for {url.drivername}", "write postgresql://host/name")
    if not url.database and "service" not in url.query:
        raise WrongUsage(f"{show(url)} names no database", "write postgresql://host/name")
    return url.set(drivername="postgresql+psycopg")


def show(url: sa.URL) -> str:
    """A URL without driver and password."""
    secrets = [word for word in url.query if "password" in word]
    return url.set(drivername="postgresql", password=None).difference_update_query(secrets).render_as_string()


def _name(url: sa.URL) -> str:
    """What messages call a database."""
    return url.database or show(url)


def find_file(_url: sa.URL) -> Path | None:
    """A server holds the database."""
    return None


def open_engine(url: sa.URL, *, must_exist: bool) -> sa.Engine:
    """An engine whose connections see one state per transaction; a database that need not exist is made.

    What the server says of itself (not there, password refused, gone) is raised as an error of sse_db.errors.
    """
    engine = _make_engine(url)
    if not must_exist:
        _ensure_database(engine, url)
    return engine


def _make_engine(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url, max_identifier_length=200)
    sa.event.listen(engine, "do_connect", _connect)
    sa.event.listen(engine, "connect", _configure)
    sa.event.listen(engine, "handle_error", _explain)
    return engine


def _connect(_dialect: Any, _record: Any, words: list[Any], options: dict[str, Any]) -> Any:
    """A connection; the password is asked for, once a run, where the server wants one that nobody gave."""
    import psycopg

    place = tuple(str(options.get(name)) for name in ("host", "port", "user", "service"))
    given: dict[str, Any] = options | ({"password": _asked[place]} if place in _asked else {})
    try:
        return psycopg.connect(*words, **given)
    except psycopg.OperationalError as error:
        if not is_unnamed_password(error) or not sys.stdin.isatty():
            raise
    import getpass

    who, where = options.get("user") or "this user", options.get("host") or "the server"
    password = getpass.getpass(f"password of {who} on {where}: ")
    given["password"] = password
    connection = psycopg.connect(*words, **given)
    _asked[place] = password
    return connection


def _configure(connection: Any, _record: Any) -> None:
    from psycopg.types.numeric import IntLoader

    from sse_db.dialects.postgresql.values import NumberLoader, TruthLoader

    version = connection.info.server_version // 10_000
    if version < OLDEST_SERVER:
        connection.close()
        raise DatabaseUnreachable(f"the server is PostgreSQL {version}", f"{OLDEST_SERVER} or newer is needed")
    connection.adapters.register_loader("numeric", NumberLoader)
    connection.adapters.register_loader("bool", TruthLoader)
    connection.adapters.register_loader("int8", IntLoader)
    with connection.cursor() as cursor:
        cursor.execute("; ".join(SETTINGS))
    connection.commit()


def _explain(context: sa.engine.ExceptionContext) -> None:
    cursor = getattr(context.execution_context, "cursor", None)
    if context.is_disconnect and cursor is not None:  # SQLAlchemy leaves it open then, and the driver warns
        with suppress(Exception):
            cursor.close()
    name = _name(context.engine.url) if context.engine is not None else None
    explained = explain_failure(context.original_exception, name)
    if explained is not None:
        raise explained from context.original_exception


def _ensure_database(engine: sa.Engine, url: sa.URL) -> None:
    """Create the database where the server has none of that name, sorted by code points as SQLite sorts."""
    try:
        engine.connect().close()
        return
    except DatabaseMissing as error:
        if not is_missing(error.__cause__):
            raise
    name = _quote(str(url.database))
    try:
        _run_beside(url, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    except DatabaseUnwritable as error:
        raise DatabaseUnwritable(
            f"there is no database {url.database} on the server, and {_say_user(url)} may not make one",
            f"whoever runs the server makes it: createdb --owner={_say_user(url)} {url.database}",
        ) from error
    except sa.exc.ProgrammingError as error:
        if getattr(error.orig, "sqlstate", "") != ALREADY_MADE:  # by somebody else, at the same moment
            raise


def _run_beside(url: sa.URL, *statements: str) -> None:
    """Run statements that make or remove databases, which needs a connection to another one."""
    server = _make_engine(url.set(database="postgres"))
    try:
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
    finally:
        server.dispose()


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _say_user(url: sa.URL) -> str:
    return url.username or "the role"


@contextmanager
def write_transaction(engine: sa.Engine, *, adds_only: bool = False) -> Iterator[sa.Connection]:
    """A connection inside one transaction that keeps other writers out from its start; raises DatabaseBusy. The server
    sees to its memory by itself."""
    tables = ", ".join(list_written())
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(WRITERS_LOCK.format(tables=tables))
        yield connection


@contextmanager
def migration_transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction, one migration at a time: PostgreSQL takes changes of a schema back like those of rows."""
    with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection, connection.begin():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
        yield connection


def mark_as_ours(connection: sa.Connection) -> None:
    """Give curators and readers back what they may do with views and tables made anew."""
    give_back(connection)


def find_violation(error: BaseException, table: sa.Table) -> Violation:
    """What the server refused a row for, by its codes."""
    original = getattr(error, "orig", None) or error
    code, facts = getattr(original, "sqlstate", None) or "", getattr(original, "diag", None)
    words = (facts.message_primary if facts is not None else None) or str(original)
    constraint = str((facts.constraint_name if facts is not None else None) or "")
    kinds: dict[str, ViolationKind] = {
        "23514": "check", "23505": "unique", "23502": "not null", "23503": "foreign key", "22003": "number",
    }  # fmt: skip
    if code in kinds:
        columns = (str(facts.column_name),) if facts is not None and facts.column_name else ()
        return Violation(kinds[code], _whole_name(table, constraint), columns or _columns_of(table, constraint), words)
    return Violation("text" if "NUL" in words else "other", "", (), words)


def _whole_name(table: sa.Table, name: str) -> str:
    """The name that a constraint was declared with, of which the server keeps the beginning."""
    return next((str(each.name) for each in _named(table) if str(each.name)[:LONGEST_NAME] == name), name)


def _columns_of(table: sa.Table, name: str) -> tuple[str, ...]:
    found = [each for each in _named(table) if str(each.name)[:LONGEST_NAME] == name]
    return tuple(column.name for each in found for column in getattr(each, "columns", ()))


def _named(table: sa.Table) -> list[Any]:
    items: list[Any] = [*table.constraints, *table.indexes]
    return [each for each in items if each.name]


def find_highest_key(connection: sa.Connection, table: str) -> int:
    """The highest key that a table has ever given, rows that are gone included."""
    highest = connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar() or 0
    ever = connection.exec_driver_sql(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {table}_id_seq")
    return int(max(highest, ever.scalar_one()))


def set_highest_key(connection: sa.Connection, table: str, key: int) -> None:
    """Let a table go on after a key."""
    connection.exec_driver_sql(f"SELECT setval('{table}_id_seq', {max(key, 1)}, {'true' if key else 'false'})")


def note_keys(connection: sa.Connection, table: str) -> None:
    """Let a table go on after the highest key that was written."""
    set_highest_key(connection, table, find_highest_key(connection, table))


def insert_rows(
    connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write many rows by COPY, given as values in the order of the columns' names; raises what the server refuses them
    for."""
    import psycopg

    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        explained = explain_failure(error, _name(connection.engine.url))
        raise explained or sa.exc.DBAPIError.instance(
            f"COPY {table.name}", None, error, psycopg.Error, dialect=connection.dialect
        ) from error


def insert_many(
    connection: sa.Connection,
    table: sa.Table,
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    parted: PartedRows | None = None,
) -> None:
    """Write many rows by COPY, all or none; the trigger logs each, as only a table's owner may switch it off."""
    with connection.begin_nested():
        if rows:
            insert_rows(connection, table, names, rows)
        if parted:
            insert_rows(connection, table, parted.names, parted.build())


def delete_many(connection: sa.Connection, table: sa.Table, ids: Sequence[int]) -> None:
    """Delete many rows, one after the other, as the trigger logs them."""
    gone = sa.delete(table).where(table.c.id == sa.bindparam("row_id"))
    connection.execute(gone, [{"row_id": each} for each in ids])


def row_as_json(_table: sa.Table, name: str) -> str:
    """The expression for a row as the history writes it."""
    return f"row_to_json({name})::text"


def copy_to_file(engine: sa.Engine, _path: Path) -> None:
    """There is no file to be copied: sse_db.database.transfer writes one from the rows."""
    raise NotImplementedError(show(engine.url))


def back_up(engine: sa.Engine, revision: str) -> str:
    """Copy the database on its server, under a name with its revision, where the server lets it be copied."""
    with engine.connect() as connection:
        own, others = connection.exec_driver_sql(OWN_AND_OTHERS).one()
    if others:
        return NO_COPY.format(reason="somebody else is connected to it")
    engine.dispose()  # a database is copied while nobody is connected to it
    name = f"{own}_{revision}_backup"
    new, old = _quote(f"{name}_new"), _quote(name)
    try:
        _run_beside(
            engine.url,
            f"DROP DATABASE IF EXISTS {new}",
            f"CREATE DATABASE {new} TEMPLATE {_quote(own)}",
            f"DROP DATABASE IF EXISTS {old}",
            f"ALTER DATABASE {new} RENAME TO {old}",
        )
    except (sa.exc.DBAPIError, SseDbError) as error:
        reason = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error).partition("\n")[0]
        return NO_COPY.format(reason=reason)
    return f"a copy as it was before: the database {name} on the same server"


def require_owner(engine: sa.Engine, purpose: str) -> None:
    """Raise DatabaseUnwritable for a role that neither owns the tables nor may do everything."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql(OWNER).first()
    if found is not None and not found[0]:
        raise DatabaseUnwritable(
            f"{_name(engine.url)}: only its owner can {purpose}, and {found[1]} is not", f"its owner is {found[2]}"
        )


def exists(url: sa.URL) -> bool:
    """Whether the server has a database of that name."""
    engine = _make_engine(url)
    try:
        engine.connect().close()
    except DatabaseMissing as error:
        if not is_missing(error.__cause__):
            raise
        return False
    finally:
        engine.dispose()
    return True


def identify(connection: sa.Connection) -> str:
    """What tells one database from all others: its number on a server, and since when that server runs."""
    number = "SELECT oid FROM pg_database WHERE datname = current_database()"
    facts = f"SELECT 'postgresql ' || ({number}) || ' ' || pg_postmaster_start_time()"
    return str(connection.exec_driver_sql(facts).scalar_one())


def remove_database(url: sa.URL) -> None:
    """Remove a database that was made for a copy which failed."""
    _run_beside(url, f"DROP DATABASE IF EXISTS {_quote(str(url.database))}")
