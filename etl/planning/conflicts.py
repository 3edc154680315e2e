"""Values in dispute between a file and a database, in a reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from sse_db.errors import Problem
from sse_db.records.keys import TABLES, fetch, name_rows, parent_of
from sse_db.units import show_change

if TYPE_CHECKING:
    from etl.planning.plan import Plan, RowChange


def tell_conflicts(connection: sa.Connection, file: str, plan: Plan) -> list[Problem]:
    """One problem per value in dispute, with its cell and both values in a reader's words."""
    names = _name_references(connection, plan)
    hint = "to replace the old value: --on-conflict update; to keep it: --on-conflict skip"
    problems = []
    for change in plan.in_conflict():
        for column in change.conflicts:
            old, new = (_in_words(change, column, values[column], names) for values in (change.before, change.after))
            old, new = show_change(old, new, column)
            message = f"{column} is {old} in the database, {new} here"
            problems.append(change.problem(file, column, message, "conflict", hint))
    return problems


def _in_words(change: RowChange, column: str, value: Any, names: dict[tuple[str, int], str]) -> Any:
    """What stands in a column: the row that a key points to by its name."""
    if TABLES[change.table].c[column].foreign_keys:
        return names.get((parent_of(change.table, column), value), str(value))
    return value


def _name_references(connection: sa.Connection, plan: Plan) -> dict[tuple[str, int], str]:
    """Names of the rows that disputed foreign keys point to."""
    wanted: dict[str, set[int]] = {}
    for change in plan.in_conflict():
        for column in change.conflicts:
            if TABLES[change.table].c[column].foreign_keys:
                ids = wanted.setdefault(parent_of(change.table, column), set())
                ids |= {change.before[column], change.after[column]}
    rows = [(table, row) for table, ids in wanted.items() for row in fetch(connection, table, "id", ids)]
    named = dict(zip([(table, row["id"]) for table, row in rows], name_rows(connection, rows), strict=True))
    return named | {(each.table, each.row_id): each.name for each in plan.added() if each.table in wanted}
