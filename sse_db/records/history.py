"""What a batch changed, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from sse_db.errors import NotFound
from sse_db.records.events import find_difference, read_image
from sse_db.records.fetching import Row
from sse_db.records.keys import name_rows
from sse_db.schema import ImportBatch, metadata

BATCHES = metadata.tables[str(ImportBatch.__tablename__)]
CHANGE_LOG = metadata.tables["change_log"]


@dataclass(frozen=True, slots=True)
class RowDifference:
    """What a batch did to one row in the end; ``before`` and ``after`` hold the columns that differ."""

    table: str
    row_id: int
    name: str
    action: str
    before: Row = field(default_factory=dict)
    after: Row = field(default_factory=dict)


def get_batch(connection: sa.Connection, batch_id: int) -> Row:
    """One batch's row; raises NotFound."""
    row = connection.execute(sa.select(BATCHES).where(BATCHES.c.id == batch_id)).mappings().first()
    if row is None:
        raise NotFound(f"there is no batch {batch_id}", "list them with: sse-db batches")
    return dict(row)


def diff_batch(engine: sa.Engine, batch_id: int) -> list[RowDifference]:
    """What a batch did, row by row: added, changed (old and new values) and removed; raises NotFound."""
    with engine.connect() as connection:
        get_batch(connection, batch_id)
        effects = net_effects(read_entries(connection, batch_id))
        named = name_rows(connection, [(table, after or before or {}) for (table, _), before, after in effects])
    return [
        RowDifference(table, row_id, name, *find_difference(before, after))
        for ((table, row_id), before, after), name in zip(effects, named, strict=True)
    ]


def read_entries(connection: sa.Connection, batch_id: int) -> list[sa.RowMapping]:
    """All entries of a batch in the change log, oldest first."""
    statement = sa.select(CHANGE_LOG).where(CHANGE_LOG.c.batch_id == batch_id).order_by(CHANGE_LOG.c.id)
    return list(connection.execute(statement).mappings())


def net_effects(entries: list[sa.RowMapping]) -> list[tuple[tuple[str, int], Row | None, Row | None]]:
    """For each row that entries touch: its first image and its last, None where it did not exist."""
    first: dict[tuple[str, int], Row | None] = {}
    last: dict[tuple[str, int], Row | None] = {}
    for entry in entries:
        key = (entry["table_name"], entry["row_id"])
        first.setdefault(key, read_image(entry["before"]))
        last[key] = read_image(entry["after"])
    return [(key, first[key], last[key]) for key in first if first[key] is not None or last[key] is not None]
