"""What a database says, apart from how it came to say it: natural keys instead of ids, no batches, no history."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sse_db.records.keys import TABLES, parent_of
from sse_db.schema import metadata

LEFT_OUT = ("id", "batch_id", "source_row")


def logical_dump(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Table to its sorted rows, each a tuple of column and value pairs; a reference is the row referred to."""
    rows: dict[str, dict[int, tuple[Any, ...]]] = {}
    with engine.connect() as connection:
        for table, its in TABLES.items():
            found = connection.execute(sa.select(its)).mappings()
            rows[table] = {row["id"]: _logical(table, dict(row), rows) for row in found}
    return {table: sorted(each.values(), key=repr) for table, each in rows.items()}


def exact_dump(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Table to its rows with every column, ids and batches included."""
    with engine.connect() as connection:
        return {
            table: [tuple(row) for row in connection.execute(sa.select(its).order_by(its.c.id))]
            for table, its in TABLES.items()
        }


def whole_dump(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Table to its rows with every column, batches and history included."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def _logical(table: str, row: dict[str, Any], rows: dict[str, dict[int, tuple[Any, ...]]]) -> tuple[Any, ...]:
    pairs = []
    for name, value in row.items():
        if name in LEFT_OUT:
            continue
        if TABLES[table].c[name].foreign_keys and value is not None:
            parent = parent_of(table, name)
            value = rows[parent][value] if parent in rows else value
        pairs.append((name, value))
    return tuple(pairs)
