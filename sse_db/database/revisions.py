"""What schema revisions are written with: SQLite's traps around altered tables, handled once.

A revision that alters tables does so inside :func:`altered_table` and ends with :func:`install_frozen`, which puts the
views and triggers of that revision in place. Each lies frozen as ``migrations/frozen/<name>@<revision>.sql``, written
by the revision that changed it; an empty file says that the revision removed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.util import OrderedSet

from sse_db.errors import MigrationFailed


def migrations_folder() -> Path:
    """The folder of migrations: inside an installed package, else beside it in the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def read_frozen(revision: str) -> dict[str, str]:
    """Views and triggers of a revision, name to statement: of each the newest frozen one that is not above it."""
    newest: dict[str, Path] = {}
    for path in sorted(_frozen_folder().glob("*@*.sql"), key=lambda path: path.stem.rpartition("@")[2]):
        name, _, since = path.stem.rpartition("@")
        if since <= revision:
            newest[name] = path
    statements = {name: path.read_text(encoding="utf-8").strip() for name, path in sorted(newest.items())}
    return {name: statement for name, statement in statements.items() if statement}


def freeze(revision: str, statements: dict[str, str]) -> list[str]:
    """Write what differs from what is frozen below a revision; returns the names written, those removed included.

    Files of this very revision are written anew, so that it can be repeated while a revision is being worked on.
    """
    folder = _frozen_folder()
    for path in folder.glob(f"*@{revision}.sql"):
        path.unlink()
    before = read_frozen(revision)
    changed = {name: statement for name, statement in statements.items() if before.get(name) != statement.strip()}
    changed |= dict.fromkeys(before.keys() - statements.keys(), "")
    for name, statement in changed.items():
        text = f"{statement.strip()}\n" if statement else ""
        (folder / f"{name}@{revision}.sql").write_text(text, encoding="utf-8")
    return sorted(changed)


def _frozen_folder() -> Path:
    return migrations_folder() / "frozen"


def install_frozen(revision: str | None) -> None:
    """Replace the views and triggers of the project by those of a revision; with None, by none.

    Views and triggers that users made themselves are made anew as they were. The order does not matter: SQLite looks
    up the names in a view when it is read. Raises MigrationFailed where a user's view has a name that the revision
    needs, or can no longer be made.
    """
    bind = op.get_bind()
    statements = {} if revision is None else read_frozen(revision)
    own = {name: sql for name, sql in drop_derived(bind).items() if name not in _names_before(bind)}
    taken = sorted(own.keys() & statements.keys())
    if taken:
        raise MigrationFailed(
            f"rolled back: you made {', '.join(taken)} yourself, and revision {revision} brings one of that name",
            "drop yours, or make it under another name, and run this again",
        )
    for name, statement in (statements | own).items():
        try:
            bind.exec_driver_sql(statement)
        except sa.exc.OperationalError as error:
            raise MigrationFailed(
                f"rolled back: {name} cannot be made at revision {revision}: {error.orig}",
                "drop it, and run this again",
            ) from error


def _names_before(bind: sa.Connection) -> set[str]:
    """Views and triggers of the revision that a migration comes from; alembic states the new one after the step."""
    before = bind.exec_driver_sql("SELECT max(version_num) FROM alembic_version").scalar()
    return set(read_frozen(before)) if before else set()


@contextmanager
def without_triggers(bind: sa.Connection) -> Iterator[None]:
    """Rows changed by a revision itself are no curator's change: nothing is written to the history meanwhile."""
    triggers = bind.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").all()
    for name, _ in triggers:
        bind.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, statement in triggers:
        bind.exec_driver_sql(statement)


def drop_derived(bind: sa.Connection) -> dict[str, str]:
    """Drop all views and triggers; returns their names and statements in order of creation."""
    rows = bind.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY rowid"
    ).all()
    for kind, name, _ in reversed(rows):
        bind.exec_driver_sql(f'DROP {kind} "{name}"')
    return {name: sql for _, name, sql in rows}


@contextmanager
def altered_table(table: str, **options: Any) -> Iterator[BatchOperations]:
    """Alembic's batch operations on one table, with all rows of all tables, all CHECKs and all indexes kept.

    Views and triggers are dropped before and recreated after, because SQLite refuses to rename a table that a view
    names; foreign keys must be off (sse_db.database.migrate sees to it), because dropping the old table would cascade.
    Raises MigrationFailed when rows are missing afterwards or a reference dangles.
    """
    bind = op.get_bind()
    if bind.exec_driver_sql("PRAGMA foreign_keys").scalar():
        raise MigrationFailed("foreign keys are on: altering a table would delete the rows that refer to it")
    derived = drop_derived(bind)
    counts = count_rows(bind)
    indexes = _index_statements(bind, table)
    sequence = _read_sequence(bind, table)
    with op.batch_alter_table(table, recreate="always", copy_from=_reflect(bind, table), **options) as batch:
        yield batch
    _restore_indexes(bind, table, indexes)
    _write_sequence(bind, table, sequence)
    _require_rows(bind, counts)
    for statement in derived.values():
        bind.exec_driver_sql(statement)


def count_rows(bind: sa.Connection) -> dict[str, int]:
    """Number of rows by table."""
    names = [name for name in sa.inspect(bind).get_table_names() if not name.startswith("_alembic_tmp_")]
    return {name: bind.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}


def _reflect(bind: sa.Connection, name: str) -> sa.Table:
    """The table as it is, with its CHECK constraints, which reflection alone leaves out."""
    inspector = sa.inspect(bind)
    table = sa.Table(name, sa.MetaData(), autoload_with=bind, resolve_fks=False)
    for index in list(table.indexes):
        table.indexes.remove(index)  # recreated from their own statements, which keep conditions and expressions
    present = {check.name for check in table.constraints if isinstance(check, sa.CheckConstraint)}
    for check in inspector.get_check_constraints(name):
        if check["name"] not in present:
            table.append_constraint(sa.CheckConstraint(sa.text(check["sqltext"]), name=check["name"]))
    table.dialect_options["sqlite"]["autoincrement"] = _read_sequence(bind, name) is not None
    # a plain set would write the new table's constraints in another order each time, and a release would differ
    in_order = sorted(table.constraints, key=lambda each: (type(each).__name__, str(each.name)))
    table.constraints = OrderedSet(in_order)
    return table


def _read_sequence(bind: sa.Connection, table: str) -> int | None:
    """The highest key that the table has ever given, None for a table whose keys are given again."""
    statement = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar_one()
    if "AUTOINCREMENT" not in statement:
        return None
    return bind.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar() or 0


def _write_sequence(bind: sa.Connection, table: str, highest: int | None) -> None:
    if highest is not None:
        bind.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        bind.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest))


def _index_statements(bind: sa.Connection, table: str) -> dict[str, str]:
    found = bind.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
    )
    return {str(row[0]): str(row[1]) for row in found}


def _restore_indexes(bind: sa.Connection, table: str, statements: dict[str, str]) -> None:
    present = _index_statements(bind, table)
    for name, statement in statements.items():
        if name not in present:
            bind.exec_driver_sql(statement)


def _require_rows(bind: sa.Connection, before: dict[str, int]) -> None:
    after = count_rows(bind)
    lost = [f"{name}: {count} -> {after.get(name)}" for name, count in before.items() if after.get(name) != count]
    if lost:
        raise MigrationFailed(f"rows were lost: {', '.join(lost)}")
    dangling = bind.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        raise MigrationFailed(f"{len(dangling)} rows refer to nothing, the first in {dangling[0][0]}")
