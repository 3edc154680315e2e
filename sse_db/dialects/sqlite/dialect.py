"""SQLite: a file, one writer at a time, foreign keys that have to be switched on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sse_db.dialects.interface import Violation, ViolationKind
from sse_db.dialects.sqlite.alter import altered_table as altered_table
from sse_db.dialects.sqlite.bulk import delete_many as delete_many
from sse_db.dialects.sqlite.bulk import insert_many as insert_many
from sse_db.dialects.sqlite.bulk import insert_rows as insert_rows
from sse_db.dialects.sqlite.bulk import row_as_json as row_as_json
from sse_db.dialects.sqlite.failures import explain_failure as explain_failure
from sse_db.dialects.sqlite.files import (
    BUSY_TIMEOUT_MS,
    connect_immutable,
    is_frozen_wal,
    require_place,
)
from sse_db.dialects.sqlite.files import (
    complete_url as complete_url,
)
from sse_db.dialects.sqlite.files import (
    find_file as find_file,
)
from sse_db.dialects.sqlite.reading import run_reading as run_reading
from sse_db.dialects.sqlite.schema import adapt_frozen as adapt_frozen
from sse_db.dialects.sqlite.schema import describe_schema as describe_schema
from sse_db.dialects.sqlite.schema import drop_derived as drop_derived
from sse_db.dialects.sqlite.schema import list_derived as list_derived
from sse_db.errors import MigrationFailed, WrongUsage
from sse_db.vocabulary import Role

DRIVER_ERRORS: tuple[type[Exception], ...] = (sqlite3.Error,)
LOOKS_NAMES_UP_LATE = True
APPLICATION_ID = 0x53534442
"""Marks the file as one of ours (the letters SSDB); `file` and SQLite show it."""


def create_statements() -> dict[str, str]:
    """Triggers of the history: name to statement."""
    from sse_db.dialects.sqlite import history  # which knows the schema: commands that only read do without

    return history.create_statements()


def show(url: sa.URL) -> str:
    """The path of the file."""
    return str(url.database)


def open_engine(url: sa.URL, *, must_exist: bool) -> sa.Engine:
    """An engine whose every connection enforces foreign keys and waits for a lock; raises DatabaseMissing.

    What SQLite says of the file itself (locked, damaged, not to be written) is raised as an error of sse_db.errors.
    """
    path = find_file(url)
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
def write_transaction(engine: sa.Engine, *, adds_only: bool = False) -> Iterator[sa.Connection]:
    """A connection inside one transaction that holds the write lock from its start; raises DatabaseBusy.

    What SQLite keeps beside the file meanwhile (staged rows, pages as they were) stays in memory where rows are only
    added: that is little then, and writing it into files takes a fifth of all that is written.
    """
    with engine.connect().execution_options(sse_db_begin="BEGIN IMMEDIATE") as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA temp_store = {'MEMORY' if adds_only else 'DEFAULT'}")
        try:
            with connection.begin():
                yield connection
        finally:
            raw.execute("PRAGMA temp_store = DEFAULT")  # who reads with this connection next may sort a lot


@contextmanager
def migration_transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One write transaction with foreign keys off, which SQLite allows to set only outside of a transaction."""
    with engine.connect().execution_options(sse_db_begin="BEGIN IMMEDIATE") as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if dangling:
                    raise MigrationFailed(f"rolled back: {len(dangling)} rows refer to nothing")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def mark_as_ours(connection: sa.Connection) -> None:
    """Write the mark of the project's files."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def copy_to_file(engine: sa.Engine, path: Path) -> None:
    """Copy a database file as one state, also while somebody writes to it."""
    with closing(sqlite3.connect(str(engine.url.database))) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)


def back_up(engine: sa.Engine, revision: str) -> str:
    """Copy the file to one beside it, named after its revision."""
    path = Path(str(engine.url.database))
    copy = path.with_name(f"{path.name}.{revision}.backup")
    copy_to_file(engine, copy)
    return f"a copy as it was before: {copy}"


def require_owner(_engine: sa.Engine, _purpose: str) -> None:
    """Whoever may write to a file may do everything."""


def exists(url: sa.URL) -> bool:
    """Whether there is a file of that name, whatever it holds."""
    path = find_file(url)
    return path is not None and path.exists()


def identify(connection: sa.Connection) -> str:
    """What tells one database from all others: its file, under whatever name."""
    facts = Path(str(connection.engine.url.database)).stat()
    return f"sqlite {facts.st_dev} {facts.st_ino}"


def remove_database(url: sa.URL) -> None:
    """Remove a file that was made for a copy which failed."""
    path = find_file(url)
    if path is not None:
        path.unlink(missing_ok=True)


def find_violation(error: BaseException, table: sa.Table) -> Violation:
    """What SQLite refused a row for, from the words it says it in."""
    text = str(getattr(error, "orig", None) or error)
    if isinstance(error, OverflowError):
        return Violation("number", "", (), text)
    kind, found, detail = text.partition(" constraint failed")
    detail = detail.lstrip(": ")
    kinds: dict[str, ViolationKind] = {
        "CHECK": "check",
        "UNIQUE": "unique",
        "NOT NULL": "not null",
        "FOREIGN KEY": "foreign key",
    }
    if not found or kind not in kinds:
        return Violation("other", "", (), text)
    if kind == "CHECK":
        return Violation("check", detail, (), text)
    prefix = f"{table.name}."
    columns = tuple(part.strip().removeprefix(prefix) for part in detail.split(",") if part.strip().startswith(prefix))
    return Violation(kinds[kind], detail, columns, text)


def prepare_tables(_connection: sa.Connection) -> None:
    """Tables are as they were declared."""


def find_highest_key(connection: sa.Connection, table: str) -> int:
    """The highest key that a table has ever given, rows that are gone included."""
    highest = connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar() or 0
    ever = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar() or 0
    return int(max(highest, ever))


def set_highest_key(connection: sa.Connection, table: str, key: int) -> None:
    """Let a table go on after a key."""
    connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
    if key:
        connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, key))


def note_keys(_connection: sa.Connection, _table: str) -> None:
    """SQLite notes by itself which keys were written."""


@contextmanager
def scratch(_engine: sa.Engine) -> Iterator[sa.Connection]:
    """A database in memory."""
    fresh = sa.create_engine("sqlite://")
    try:
        with fresh.begin() as connection:
            yield connection
    finally:
        fresh.dispose()


def has_role(_engine: sa.Engine, _name: str) -> bool:
    """Raise WrongUsage: files know no roles."""
    raise WrongUsage(
        "an SQLite file has no roles: who may write the file may change the database",
        "copy it to a server with: sse-db copy, or use the permissions of the file",
    )


def grant_role(engine: sa.Engine, name: str, _role: Role, _password: str | None) -> None:
    """Raise WrongUsage: files know no roles."""
    has_role(engine, name)
