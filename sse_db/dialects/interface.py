"""What the rest of the project asks of a database system."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import sqlalchemy as sa

from sse_db.dialects.parted import PartedRows
from sse_db.errors import SseDbError
from sse_db.vocabulary import Role

ViolationKind = Literal["check", "unique", "not null", "foreign key", "number", "text", "other"]


NOT_OURS = "is the path right? A new database is made with: sse-db init"
"""Hint for a database that holds nothing of this project."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What a database refused a row for: the sort of constraint, its name where known, its columns, and its words."""

    kind: ViolationKind
    constraint: str
    columns: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A view or trigger as it is in a database, with the statement that makes it."""

    kind: str
    name: str
    statement: str
    table: str = ""


class Dialect(Protocol):
    """A module of this package. Functions that take a name want the one that messages use for the database."""

    DRIVER_ERRORS: tuple[type[Exception], ...]
    """What the driver raises where SQLAlchemy does not stand between."""
    LOOKS_NAMES_UP_LATE: bool
    """Whether a view may name what is not there yet."""

    def complete_url(self, url: sa.URL, text: str, /) -> sa.URL:
        """The URL that a user's text means; raises WrongUsage for one that is no home for a database."""
        ...

    def show(self, url: sa.URL, /) -> str:
        """The address as users write it, without a password."""
        ...

    def find_file(self, url: sa.URL, /) -> Path | None:
        """The file of a database, None where a server holds it."""
        ...

    def open_engine(self, url: sa.URL, /, *, must_exist: bool) -> sa.Engine:
        """An engine whose failures are errors of sse_db.errors; raises DatabaseMissing."""
        ...

    def write_transaction(self, engine: sa.Engine, /, *, adds_only: bool) -> AbstractContextManager[sa.Connection]:
        """One transaction that no other writer can interfere with; raises DatabaseBusy. Where rows are hardly changed
        or removed, more may be kept in memory."""
        ...

    def migration_transaction(self, engine: sa.Engine, /) -> AbstractContextManager[sa.Connection]:
        """One transaction in which tables can be altered; raises MigrationFailed where a reference dangles."""
        ...

    def copy_to_file(self, engine: sa.Engine, path: Path, /) -> None:
        """Copy the database's file as one state, where it has one."""
        ...

    def back_up(self, engine: sa.Engine, revision: str, /) -> str:
        """Keep a copy of a database under a name with its revision; returns the sentence that says where it is, or why
        there is none."""
        ...

    def require_owner(self, engine: sa.Engine, purpose: str, /) -> None:
        """Raise DatabaseUnwritable for somebody who may not alter tables, where not everybody may."""
        ...

    def exists(self, url: sa.URL, /) -> bool:
        """Whether there is a database at that address, whatever it holds."""
        ...

    def identify(self, connection: sa.Connection, /) -> str:
        """What tells one database from all others."""
        ...

    def remove_database(self, url: sa.URL, /) -> None:
        """Remove a database that was made for a copy which failed."""
        ...

    def explain_failure(self, error: BaseException | None, name: str | None, /) -> SseDbError | None:
        """The error that a user can act on; None for what has to do with a statement alone."""
        ...

    def find_violation(self, error: BaseException, table: sa.Table, /) -> Violation:
        """What the database refused a row of a table for."""
        ...

    def create_statements(self) -> dict[str, str]:
        """Triggers of the history, and whatever they need: name to statement."""
        ...

    def adapt_frozen(self, statements: Mapping[str, str], revision: str, folder: Path, /) -> dict[str, str]:
        """Frozen views and triggers of a revision as this system takes them, in an order that it takes."""
        ...

    def list_derived(self, connection: sa.Connection, /) -> list[Derived]:
        """All views and triggers, in an order in which they can be made."""
        ...

    def drop_derived(self, connection: sa.Connection, derived: Sequence[Derived], /) -> None:
        """Drop those views and triggers."""
        ...

    def prepare_tables(self, connection: sa.Connection, /) -> None:
        """Give the tables what their declaration cannot say, before views are made."""
        ...

    def altered_table(self, table: str, **options: Any) -> AbstractContextManager[Any]:
        """Alembic's batch operations on one table, see sse_db.database.revisions."""
        ...

    def mark_as_ours(self, connection: sa.Connection, /) -> None:
        """Mark a migrated database as one of this project, and give its roles back what they may do."""
        ...

    def find_highest_key(self, connection: sa.Connection, table: str, /) -> int:
        """The highest key that a table has ever given."""
        ...

    def set_highest_key(self, connection: sa.Connection, table: str, key: int, /) -> None:
        """Let a table go on after a key, as if it had given it."""
        ...

    def note_keys(self, connection: sa.Connection, table: str, /) -> None:
        """Let a table go on after its highest key: rows were written with keys that were chosen."""
        ...

    def insert_rows(
        self, connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: Iterable[Sequence[Any]], /
    ) -> None:
        """Write many rows, given as values in the order of the columns' names, the quickest way there is; raises what
        the database refuses them for."""
        ...

    def insert_many(
        self, connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: Sequence[Sequence[Any]],
        parted: PartedRows | None = None, /,
    ) -> None:  # fmt: skip
        """Write many rows, and those that share most of their values, with keys above all there were, each sort in the
        order of its keys; the history may take them all at once. What goes wrong leaves nothing; raises what the
        database refuses them for."""
        ...

    def delete_many(self, connection: sa.Connection, table: sa.Table, ids: Sequence[int], /) -> None:
        """Delete many rows; the history has them in the order of the ids given."""
        ...

    def row_as_json(self, table: sa.Table, name: str, /) -> str:
        """The expression for a row, by a name of its table in a statement, as the history writes it."""
        ...

    def has_role(self, engine: sa.Engine, name: str, /) -> bool:
        """Whether the server knows a role; raises WrongUsage where there are none, and for a name that is none."""
        ...

    def grant_role(self, engine: sa.Engine, name: str, role: Role, password: str | None, /) -> None:
        """Let a role read, or read and write; a new one is made with the password. Raises WrongUsage."""
        ...

    def scratch(self, engine: sa.Engine, /) -> AbstractContextManager[sa.Connection]:
        """An empty place of the same system that is gone afterwards."""
        ...

    def describe_schema(self, connection: sa.Connection, /) -> dict[str, str]:
        """Every fact of a schema that two databases of one version must share."""
        ...

    def run_reading(
        self, url: sa.URL, sql: str, parameters: Mapping[str, Any], time_limit_s: float,
        fetch: Callable[[Any], list[tuple[Any, ...]]], /,
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:  # fmt: skip
        """Columns and rows of one reading statement; raises QueryRefused."""
        ...
