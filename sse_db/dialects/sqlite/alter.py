"""SQLite's traps around altered tables, handled once: it copies a table to alter it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.util import OrderedSet

from sse_db.dialects.counting import count_rows
from sse_db.dialects.sqlite.schema import drop_derived, list_derived, reflecting
from sse_db.errors import MigrationFailed

if TYPE_CHECKING:
    from alembic.operations import BatchOperations


@contextmanager
def altered_table(table: str, **options: Any) -> Iterator[BatchOperations]:
    """Alembic's batch operations on one table, with all rows of all tables, all CHECKs and all indexes kept.

    Views and triggers are dropped before and recreated after, because SQLite refuses to rename a table that a view
    names; foreign keys must be off (the migration's transaction sees to it), because dropping the old table would
    cascade. Raises MigrationFailed when rows are missing afterwards or a reference dangles.
    """
    from alembic import op

    bind = op.get_bind()
    if bind.exec_driver_sql("PRAGMA foreign_keys").scalar():
        raise MigrationFailed("foreign keys are on: altering a table would delete the rows that refer to it")
    derived = list_derived(bind)
    drop_derived(bind, derived)
    counts = count_rows(bind)
    indexes = _index_statements(bind, table)
    sequence = _read_sequence(bind, table)
    with op.batch_alter_table(table, recreate="always", copy_from=_reflect(bind, table), **options) as batch:
        yield batch
    _restore_indexes(bind, table, indexes)
    _write_sequence(bind, table, sequence)
    _require_rows(bind, counts)
    for each in derived:
        bind.exec_driver_sql(each.statement)


def _reflect(bind: sa.Connection, name: str) -> sa.Table:
    """The table as it is, with its CHECK constraints, which reflection alone leaves out."""
    inspector = sa.inspect(bind)
    with reflecting():
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
