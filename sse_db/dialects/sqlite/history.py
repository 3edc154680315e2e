"""History kept by the database itself: triggers that write every change of a curated row into ``change_log``.

The only place that knows how SQLite does it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from sse_db.schema import CURATED, metadata
from sse_db.vocabulary import Action

NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
BATCH = "(SELECT batch_id FROM current_batch LIMIT 1)"


def create_statements() -> dict[str, str]:
    """Trigger name to its CREATE TRIGGER statement, for all curated tables and the log itself."""
    statements = {}
    for model in CURATED:
        table = metadata.tables[str(model.__tablename__)]
        for action in Action:
            statements[f"log_{action}_{table.name}"] = _logging_trigger(table, action)
    for operation in ("UPDATE", "DELETE"):
        name = f"keep_change_log_on_{operation.lower()}"
        statements[name] = (
            f"CREATE TRIGGER {name} BEFORE {operation} ON change_log BEGIN\n"
            "    SELECT RAISE(ABORT, 'the change log is only ever added to');\nEND"
        )
    return statements


def _logging_trigger(table: sa.Table, action: Action) -> str:
    before = "NULL" if action is Action.INSERT else as_json(table.columns, "OLD")
    after = "NULL" if action is Action.DELETE else as_json(table.columns, "NEW")
    row_id = "OLD.id" if action is Action.DELETE else "NEW.id"
    condition = ""
    if action is Action.UPDATE:
        differences = " OR ".join(f"OLD.{column.name} IS NOT NEW.{column.name}" for column in table.columns)
        condition = f"\nWHEN {differences}"
    return (
        f"CREATE TRIGGER log_{action}_{table.name} AFTER {action.upper()} ON {table.name}{condition}\nBEGIN\n"
        "    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)\n"
        f"    VALUES ('{table.name}', {row_id}, '{action}', {before}, {after}, {BATCH}, {NOW});\nEND"
    )


def log_inserted(table: sa.Table, row_id: str, after: str) -> str:
    """The beginning of a statement that logs many new rows at once, as their trigger logs each."""
    return (
        "INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at) "
        f"SELECT '{table.name}', {row_id}, '{Action.INSERT}', NULL, {after}, {BATCH}, (SELECT {NOW})"
    )


def as_json(columns: Iterable[sa.Column[Any]], row: str) -> str:
    """The expression for some columns of a row as a JSON object."""
    pairs = ", ".join(f"'{column.name}', {_exact(column, f'{row}.{column.name}')}" for column in columns)
    return f"json_object({pairs})"


def _exact(column: sa.Column[Any], name: str) -> str:
    """json_object alone writes numbers with 15 digits (SQLite 3.40), and taking a change back needs all of them."""
    if not isinstance(column.type, sa.Float):
        return name
    return f"CASE WHEN {name} IS NOT NULL THEN json(printf('%!.17g', {name})) END"
