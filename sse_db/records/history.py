"""What came in: the batches of a database, what each changed, and the life of a row."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from sse_db.errors import NotFound
from sse_db.records.keys import TABLES, Row, name_rows
from sse_db.schema import ImportBatch, metadata
from sse_db.vocabulary import Action

BATCHES = metadata.tables[str(ImportBatch.__tablename__)]
CHANGE_LOG = metadata.tables["change_log"]
COUNTED = ("added", "changed", "unchanged", "skipped", "removed")


@dataclass(frozen=True, slots=True)
class RowDifference:
    """What a batch did to one row in the end; ``before`` and ``after`` hold the columns that differ."""

    table: str
    row_id: int
    name: str
    action: str
    before: Row = field(default_factory=dict)
    after: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event in the life of a row, with the columns that changed."""

    id: int
    changed_at: str
    table: str
    row_id: int
    action: str
    batch_id: int | None
    file: str | None
    curator: str | None
    before: Row
    after: Row
    note: str | None = None


def list_batches(engine: sa.Engine) -> list[dict[str, Any]]:
    """All batches, oldest first, as the JSON objects of the interface."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(BATCHES).order_by(BATCHES.c.id)).mappings().all()
    return [_describe(dict(row)) for row in rows]


def _describe(row: Row) -> dict[str, Any]:
    counts = json.loads(row["counts"])
    same = ("format", "curator", "created_at", "code_version", "file_sha256")
    return {
        "id": row["id"],
        "file": row["file_name"],
        **{name: row[name] for name in same},
        **{name: counts.get(name, {}) for name in COUNTED},
        "passed_over": json.loads(row["skipped"]),
        "note": row["note"],
        "undone_at": row["undone_at"],
        "carried_by": row["carried_by"],
    }


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
        RowDifference(table, row_id, name, *_difference(before, after))
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
        first.setdefault(key, _image(entry["before"]))
        last[key] = _image(entry["after"])
    return [(key, first[key], last[key]) for key in first if first[key] is not None or last[key] is not None]


def _image(text: str | None) -> Row | None:
    return json.loads(text) if text is not None else None


def _difference(before: Row | None, after: Row | None) -> tuple[str, Row, Row]:
    if before is None or after is None:
        stated = {name: value for name, value in (after or before or {}).items() if value is not None}
        return ("added", {}, stated) if before is None else ("removed", stated, {})
    names = [name for name in after if before.get(name) != after[name]]
    return "changed", {name: before.get(name) for name in names}, {name: after[name] for name in names}


def row_log(
    engine: sa.Engine, table: str | None = None, row_id: int | None = None, *, since: str | None = None,
    who: str | None = None, limit: int = 1000,
) -> list[LogEntry]:  # fmt: skip
    """The life of a row, of a table, or of the whole database, oldest first: its latest ``limit`` events.

    ``since`` is the date (ISO 8601, UTC) of the first event wanted, ``who`` the curator of the batches.
    Raises NotFound for a table without history and for a row that never was.
    """
    if table is not None and table not in TABLES:
        raise NotFound(f"there is no history of {table}", f"tables with history: {', '.join(TABLES)}")
    log, batch = CHANGE_LOG, BATCHES
    statement = sa.select(log, batch.c.file_name, batch.c.curator, batch.c.note).join(
        batch, batch.c.id == log.c.batch_id, isouter=True
    )
    if since is not None:
        statement = statement.where(log.c.changed_at >= since)
    if who is not None:
        statement = statement.where(sa.func.lower(batch.c.curator) == who.strip().lower())
    if table is not None:
        statement = statement.where(log.c.table_name == table)
    if row_id is not None:
        statement = statement.where(log.c.row_id == row_id)
    with engine.connect() as connection:
        rows = connection.execute(statement.order_by(log.c.id.desc()).limit(limit)).mappings().all()
    if row_id is not None and not rows and since is None and who is None:
        raise NotFound(f"{table} has never had a row {row_id}")
    return [read_event(row) for row in reversed(rows)]


def read_event(row: sa.RowMapping) -> LogEntry:
    """An entry of the change log, joined with its batch, as what differs."""
    _, before, after = _difference(_image(row["before"]), _image(row["after"]))
    facts = (row["id"], row["changed_at"], row["table_name"], row["row_id"], Action(row["action"]).value)
    return LogEntry(*facts, row["batch_id"], row["file_name"], row["curator"], before, after, row["note"])
