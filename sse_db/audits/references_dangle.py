"""Every reference of the schema followed: a database that was altered with foreign keys off is found out."""

from __future__ import annotations

import sqlalchemy as sa

from sse_db.schema import metadata

SEVERITY = "error"
GROUP = "schema"
SENTENCE = "A row refers to a row that is not there."
REMEDY = "Restore the other row from the change log, or remove this one."


def build_sql() -> str:
    """One SELECT per foreign key."""
    keys = [
        key for table in metadata.sorted_tables for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
    ]
    return "\nUNION ALL\n".join(map(_select, keys))


def _select(key: sa.ForeignKey) -> str:
    child, column, target = key.parent.table.name, key.parent.name, key.column
    return (
        f"SELECT '{child}' AS table_name, c.id AS row_id, '{column}' AS column_name, "
        f"CAST(c.{column} AS TEXT) AS refers_to\n"
        f"FROM {child} AS c LEFT JOIN {target.table.name} AS p ON p.{target.name} = c.{column}\n"
        f"WHERE c.{column} IS NOT NULL AND p.id IS NULL"
    )
