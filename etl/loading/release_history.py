"""Import the batches and change log of a release together with its rows.

Ids stay what they were in the release unless this database has given them already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from etl.drafts import Intake, Past
from etl.loading.writing import REFUSALS, explain
from etl.planning.numbers import renumber
from etl.planning.plan import Outcome, RowChange
from sse_db.dialects import choose
from sse_db.errors import UnreadableSource
from sse_db.records.history import BATCHES, CHANGE_LOG
from sse_db.records.keys import TABLES, Row, next_id, parent_of
from sse_db.schema import ImportBatch

RowNumbers = Mapping[tuple[str, int], int]
"""Table and number in the release to the number here."""


class _Counts(BaseModel):
    """The JSON in the ``counts`` column of a batch."""

    model_config = ConfigDict(extra="allow")

    added: dict[str, int] = {}
    changed: dict[str, int] = {}
    unchanged: dict[str, int] = {}
    skipped: dict[str, int] = {}
    removed: dict[str, int] = {}
    undoes: int | None = None


def read_past(connection: sa.Connection) -> Past:
    """Batches and change log of a release's database; raises UnreadableSource for rows that sse-db does not write."""
    batches, entries = (
        [dict(row) for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings()]
        for table in (BATCHES, CHANGE_LOG)
    )
    skipped = TypeAdapter(list[dict[str, Any]])
    image = TypeAdapter(dict[str, Any])
    try:
        for batch in batches:
            ImportBatch.model_validate(batch)
            _Counts.model_validate_json(batch["counts"])
            skipped.validate_json(batch["skipped"])
        for text in (entry[name] for entry in entries for name in ("before", "after")):
            if text is not None:
                image.validate_json(text)
    except ValidationError as error:
        raise UnreadableSource("the history in the release is damaged", "take the release from its source") from error
    return Past(batches, entries)


def carry_batches(connection: sa.Connection, intake: Intake, writing: Iterable[RowChange]) -> dict[int, int]:
    """Write the batches that inserted or changed the new rows of a release; returns their old ids mapped to new ones.

    Raises UnreadableSource when the schema refuses one.
    """
    if intake.past is None:
        return {}
    arriving = _arriving(writing)
    wanted = {origin.batch_id for change in writing if (origin := change.draft.origin) and _key(change) in arriving}
    wanted |= {entry["batch_id"] for entry in _entries_of(intake.past, arriving)}
    known = [batch for batch in intake.past.batches if batch["id"] in wanted]
    numbers = renumber((batch["id"] for batch in known), next_id(connection, BATCHES.name))
    rows = [
        batch | {"id": numbers[batch["id"]], "carried_by": None, "counts": _recount(batch["counts"], numbers)}
        for batch in known
    ]
    _insert(connection, intake, BATCHES, rows)
    return numbers


def carry_entries(
    connection: sa.Connection, intake: Intake, changes: Iterable[RowChange], batches: dict[int, int], carrier: int
) -> None:
    """Write the change log of the new rows of a release, and mark its batches as carried by this import.

    Called before the rows are written, so that the log stays in the order of time. Raises UnreadableSource.
    """
    if intake.past is None:
        return
    carried = BATCHES.c.id.in_(batches.values())
    connection.execute(sa.update(BATCHES).where(carried).values(carried_by=carrier))
    rows = {key: change.row_id for change in changes if (key := _key(change)) is not None}
    entries = _entries_of(intake.past, _arriving(changes))
    numbers = renumber((entry["id"] for entry in entries), next_id(connection, CHANGE_LOG.name))
    same = all(old == new for (_, old), new in rows.items()) and all(old == new for old, new in batches.items())
    moved = [
        entry
        | {
            "id": numbers[entry["id"]],
            "row_id": rows[entry["table_name"], entry["row_id"]],
            "batch_id": batches.get(entry["batch_id"]),
        }
        | ({} if same else {name: _renumber_image(entry, name, rows, batches) for name in ("before", "after")})
        for entry in entries
    ]
    _insert(connection, intake, CHANGE_LOG, moved)


def _key(change: RowChange) -> tuple[str, int] | None:
    return (change.table, change.draft.origin.row_id) if change.draft.origin else None


def _arriving(changes: Iterable[RowChange]) -> set[tuple[str, int] | None]:
    """Rows of a release, by table and id, that are new in this database; others have their own log here."""
    return {_key(change) for change in changes if change.outcome is Outcome.ADDED}


def _entries_of(past: Past, arriving: set[tuple[str, int] | None]) -> list[Row]:
    return [entry for entry in past.entries if (entry["table_name"], entry["row_id"]) in arriving]


def _recount(counts: str, numbers: Mapping[int, int]) -> str:
    """The counts of a batch, with the id of the batch that it undid translated."""
    undone = json.loads(counts).get("undoes")
    if undone is None or numbers.get(undone) == undone:
        return counts
    return json.dumps(json.loads(counts) | {"undoes": numbers.get(undone)}, sort_keys=True)


def _renumber_image(entry: Row, name: str, rows: RowNumbers, batches: Mapping[int, int]) -> str | None:
    """A logged row with the ids of this database; a reference to a row that the release lacks becomes null."""
    if entry[name] is None:
        return None
    image, table = json.loads(entry[name]), entry["table_name"]
    image["id"] = rows[table, entry["row_id"]]
    image["batch_id"] = batches.get(image.get("batch_id"))
    for key in TABLES[table].foreign_keys:
        column = key.parent.name
        parent = parent_of(table, column)
        if parent in TABLES and image.get(column) is not None:
            image[column] = rows.get((parent, image[column]))
    return json.dumps(image, ensure_ascii=False)


def _insert(connection: sa.Connection, intake: Intake, table: sa.Table, rows: list[Row]) -> None:
    if not rows:
        return
    try:
        connection.execute(sa.insert(table), rows)
        choose(connection).note_keys(connection, table.name)
    except REFUSALS as error:
        _, why = explain(connection, error, table.name)
        raise UnreadableSource(f"the history in {intake.file_name} is damaged: {table.name}: {why}") from error
