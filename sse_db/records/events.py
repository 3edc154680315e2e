"""What came in, and the life of a row, read without the classes of the schema, so that commands begin quickly."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sse_db.errors import NotFound
from sse_db.records.fetching import Row
from sse_db.vocabulary import Action

COUNTED = ("added", "changed", "unchanged", "skipped", "removed")
EVENTS = """
SELECT l.*, b.file_name, b.curator, b.note
FROM change_log AS l LEFT JOIN import_batches AS b ON b.id = l.batch_id
"""


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
        rows = connection.execute(sa.text("SELECT * FROM import_batches ORDER BY id")).mappings().all()
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


def read_image(text: str | None) -> Row | None:
    """A row as the change log keeps it; None where it did not exist."""
    return json.loads(text) if text is not None else None


def find_difference(before: Row | None, after: Row | None) -> tuple[str, Row, Row]:
    """Added, changed or removed; and of both images the columns that differ."""
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
    conditions: dict[str, dict[str, Any]] = {
        "l.changed_at >= :since": {"since": since},
        "lower(b.curator) = :who": {"who": who and who.strip().lower()},
        "l.table_name = :its_table": {"its_table": table},
        "l.row_id = :row_id": {"row_id": row_id},
    }
    given = {sql: bound for sql, bound in conditions.items() if None not in bound.values()}
    where = f"WHERE {' AND '.join(given)}" if given else ""
    wanted = {name: value for bound in given.values() for name, value in bound.items()}
    with engine.connect() as connection:
        rows = _read_events(connection, f"{where} ORDER BY l.id DESC LIMIT :most", wanted | {"most": limit})
    if table is not None and not rows:
        _require_history(table)
    if row_id is not None and not rows and since is None and who is None:
        raise NotFound(f"{table} has never had a row {row_id}")
    return rows[::-1]


def _require_history(table: str) -> None:
    from sse_db.records.keys import TABLES  # which knows the schema

    if table not in TABLES:
        raise NotFound(f"there is no history of {table}", f"tables with history: {', '.join(TABLES)}")


def list_changes(connection: sa.Connection, rows: list[tuple[str, int]]) -> list[LogEntry]:
    """What has changed in rows, given by table and number, since they came, oldest first."""
    keys: dict[str, list[int]] = {}
    for table, row_id in rows:
        keys.setdefault(table, []).append(row_id)
    found = [
        event
        for table, ids in keys.items()
        for event in _read_events(
            connection,
            "WHERE l.table_name = :its_table AND l.row_id IN :ids AND l.action = :update ORDER BY l.id",
            {"its_table": table, "ids": ids, "update": str(Action.UPDATE)},
        )
    ]
    return sorted(found, key=lambda event: event.id)


def _read_events(connection: sa.Connection, rest: str, wanted: dict[str, Any]) -> list[LogEntry]:
    lists: list[sa.BindParameter[Any]] = [
        sa.bindparam(name, expanding=True) for name, value in wanted.items() if isinstance(value, list)
    ]
    rows = connection.execute(sa.text(EVENTS + rest).bindparams(*lists), wanted).mappings()
    return [_read_event(row) for row in rows]


def _read_event(row: sa.RowMapping) -> LogEntry:
    """An entry of the change log, joined with its batch, as what differs."""
    _, before, after = find_difference(read_image(row["before"]), read_image(row["after"]))
    facts = (row["id"], row["changed_at"], row["table_name"], row["row_id"], Action(row["action"]).value)
    return LogEntry(*facts, row["batch_id"], row["file_name"], row["curator"], before, after, row["note"])
