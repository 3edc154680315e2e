"""Every CHECK of the schema asked again: a database that was altered with checks switched off is found out."""

from __future__ import annotations

import sqlalchemy as sa

from sse_db.schema import metadata

SEVERITY = "error"
GROUP = "schema"
SENTENCE = "A value lies beyond the limits, words or rules of its column."
REMEDY = "Check number and unit against the source; the database was written with its checks switched off."


def build_sql() -> str:
    """One SELECT per table, each naming the first CHECK that a row breaks."""
    return "\nUNION ALL\n".join(filter(None, map(_select, metadata.sorted_tables)))


def _select(table: sa.Table) -> str:
    checks = sorted(
        (str(check.name), str(check.sqltext)) for check in table.constraints if isinstance(check, sa.CheckConstraint)
    )
    if not checks:
        return ""
    cases = "\n".join(f"        WHEN NOT ({condition}) THEN '{name}'" for name, condition in checks)
    broken = "\n    OR ".join(f"NOT ({condition})" for _, condition in checks)
    return (
        f"SELECT\n    '{table.name}' AS table_name, id AS row_id,\n    CASE\n{cases}\n    END AS broken\n"
        f"FROM {table.name}\nWHERE\n    {broken}"
    )
