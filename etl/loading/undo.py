"""Undo of a batch by replaying the change log backwards: newest entry first, each row as it was before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from etl.loading.batches import open_batch, record_counts, utc_now
from sse_db.database.engine import write_transaction
from sse_db.dialects import choose
from sse_db.errors import UndoRefused
from sse_db.records.history import BATCHES, CHANGE_LOG, get_batch
from sse_db.records.keys import CHUNK, TABLES, Row, fetch, name_rows, parent_of
from sse_db.vocabulary import Action

SHOWN = 10
FORMAT = "undo"

LATER_CHANGES = sa.text("""
    SELECT l.table_name, l.row_id, l.batch_id
    FROM change_log AS l
    INNER JOIN change_log AS own
        ON own.batch_id = :batch AND own.table_name = l.table_name AND own.row_id = l.row_id AND own.id < l.id
    LEFT JOIN import_batches AS b ON b.id = l.batch_id
    WHERE
        (l.batch_id IS NULL OR l.batch_id <> :batch)
        AND (b.id IS NULL OR (b.undone_at IS NULL AND b.format <> 'undo'))
    GROUP BY l.table_name, l.row_id, l.batch_id
    ORDER BY min(l.id)
""")
"""Changes of the batch's rows that came later and still hold: batches taken back, and the taking back, are not."""

LATER_CHILDREN = """
    SELECT id FROM {child}
    WHERE {column} IN (
        SELECT row_id FROM change_log WHERE batch_id = :batch AND table_name = '{parent}' AND action = 'insert'
    )
    AND id NOT IN (SELECT row_id FROM change_log WHERE batch_id = :batch AND table_name = '{child}')
    ORDER BY id
"""


EFFECTS = sa.text("""
    SELECT
        l.id, l.table_name, l.row_id, l.after,
        (
            SELECT f.before FROM change_log AS f
            WHERE f.row_id = l.row_id AND f.table_name = l.table_name AND f.batch_id + 0 = :batch
            ORDER BY f.id LIMIT 1
        ) AS before
    FROM change_log AS l
    WHERE l.batch_id = :batch AND l.id > :last AND NOT EXISTS (
        SELECT 1 FROM change_log AS n
        WHERE n.row_id = l.row_id AND n.table_name = l.table_name AND n.batch_id + 0 = :batch AND n.id > l.id
    )
    ORDER BY l.id LIMIT :most
""")
"""The last entry of a batch for each row, with what was before the first. The sums that change
nothing keep a database from looking through the whole batch for each row: it goes by the row's id."""


TOUCHED_TWICE = sa.text("""
    SELECT 1 FROM change_log WHERE batch_id = :batch GROUP BY table_name, row_id HAVING count(*) > 1 LIMIT 1
""")
COUNTS = sa.text("""
    SELECT table_name, action, count(*) AS rows FROM change_log WHERE batch_id = :batch
    GROUP BY table_name, action ORDER BY min(id)
""")
ALTERED = """
    SELECT l.id, l.table_name, l.row_id, l.after
    FROM change_log AS l LEFT JOIN {table} AS its ON its.id = l.row_id
    WHERE l.batch_id = :batch AND l.table_name = '{table}' AND l.id > :last
        AND (its.id IS NULL OR l.after IS NULL OR l.after <> {row})
    ORDER BY l.id LIMIT :most
"""
"""Rows that are not word by word as a batch left them, where it touched each once."""
KINDS = {Action.INSERT: "removed", Action.DELETE: "added", Action.UPDATE: "changed"}
"""What the undo of an entry does to a row."""
MANY = 1_000
"""Rows from which on they are deleted by the set."""


@dataclass(slots=True)
class UndoReport:
    """The result of an undo: its own batch's id, the batch undone, and counts by table of rows deleted, restored and
    changed back."""

    id: int
    batch_id: int
    file: str
    removed: dict[str, int] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    def counts(self) -> dict[str, dict[str, int]]:
        """Number of rows by table, by what became of them."""
        return {"removed": self.removed, "added": self.added, "changed": self.changed}


def undo_batch(engine: sa.Engine, batch_id: int, *, curator: str, note: str | None = None) -> UndoReport:
    """Undo a batch: its rows are as they were before it, and its file can be imported again.

    The undo is a batch of its own (format ``undo``), which can be undone in turn. Raises NotFound, and
    UndoRefused when the batch was taken back already, when later batches built on its rows, and for a batch that came
    out of a release: it goes with the import of the release, and comes back with it.
    """
    with write_transaction(engine) as connection:
        batch = get_batch(connection, batch_id)
        if batch["carried_by"] is not None:
            by = batch["carried_by"]
            raise UndoRefused(
                f"batch {batch_id} came out of a release with batch {by}, and goes with it",
                f"take all of the release back: sse-db undo {by}",
            )
        if batch["undone_at"]:
            raise UndoRefused(f"batch {batch_id} was taken back already, at {batch['undone_at']}")
        counts = _count_effects(connection, batch_id)
        name = f"undo of batch {batch_id}: {batch['file_name']}"
        with open_batch(
            connection, file_name=name, file_sha256=batch["file_sha256"], form=FORMAT, curator=curator, note=note
        ) as undo_id:
            try:
                _replay_backwards(connection, batch_id)
            except sa.exc.IntegrityError as error:
                raise UndoRefused(
                    f"batch {batch_id} cannot be taken back: rows that came later stand in the way ({error.orig})",
                    "take the later batches back first, or remove those rows",
                ) from error
        report = UndoReport(undo_id, batch_id, batch["file_name"], **counts)
        record_counts(connection, undo_id, {**report.counts(), "undoes": batch_id})
        _mark_undone(connection, batch)
    return report


def _count_effects(connection: sa.Connection, batch_id: int) -> dict[str, dict[str, int]]:
    """Number of rows by table that the undo removes, adds and changes; raises UndoRefused where later work is built on
    the batch."""
    touched = connection.execute(COUNTS, {"batch": batch_id}).all()
    parents = {table for table, action, _ in touched if action == Action.INSERT}
    later = _changed_later(connection, batch_id) + _children_later(connection, batch_id, parents)
    _refuse_built_on(batch_id, later)
    counts: dict[str, dict[str, int]] = {"removed": {}, "added": {}, "changed": {}}
    odd: list[str] = []
    if connection.execute(TOUCHED_TWICE, {"batch": batch_id}).first() is None:
        for table, action, rows in touched:
            counts[KINDS[Action(action)]][table] = rows
            odd += _find_altered(connection, batch_id, table)
        _refuse_built_on(batch_id, odd)
        return counts
    for effects in _read_effects(connection, batch_id):
        odd += _not_as_left(connection, effects)
        for each in effects:
            kind = "removed" if each["before"] is None else "added" if each["after"] is None else "changed"
            counts[kind][each["table_name"]] = counts[kind].get(each["table_name"], 0) + 1
    _refuse_built_on(batch_id, odd)
    return counts


def _refuse_built_on(batch_id: int, rows: list[str]) -> None:
    if not rows:
        return
    shown = "\n".join(f"  {row}" for row in rows[:SHOWN])
    more = f"\n  … and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    raise UndoRefused(
        f"batch {batch_id} cannot be taken back: {len(rows)} of its rows were built on later\n{shown}{more}",
        "take the later batches back first, the newest first",
        tuple(rows),
    )


def _changed_later(connection: sa.Connection, batch_id: int) -> list[str]:
    later = connection.execute(LATER_CHANGES, {"batch": batch_id}).all()
    words = {
        (table, row_id, by): "changed outside of imports" if by is None else f"changed by batch {by}"
        for table, row_id, by in later
    }
    return [f"{_name(connection, table, row_id)}: {word}" for (table, row_id, _), word in words.items()]


def _name(connection: sa.Connection, table: str, row_id: int) -> str:
    rows = fetch(connection, table, "id", [row_id])
    return f"{table} {row_id} ({name_rows(connection, [(table, rows[0])])[0]})" if rows else f"{table} {row_id}"


def _children_later(connection: sa.Connection, batch_id: int, parents: Collection[str]) -> list[str]:
    """Rows that other batches brought and that refer to rows which the batch added to some tables."""
    found = []
    for child, table in TABLES.items():
        if connection.execute(sa.select(table.c.id).limit(1)).first() is None:
            continue
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            column, parent = key.parent.name, parent_of(child, key.parent.name)
            if parent not in parents:
                continue
            statement = sa.text(LATER_CHILDREN.format(child=child, column=column, parent=parent))
            ids = list(connection.execute(statement, {"batch": batch_id}).scalars())
            rows = fetch(connection, child, "id", ids)
            names = name_rows(connection, [(child, row) for row in rows])
            found += [
                f"{child} {row['id']} ({name}): of batch {row['batch_id']}, refers to {parent} {row[column]}"
                for row, name in zip(rows, names, strict=True)
            ]
    return found


def _read_effects(connection: sa.Connection, batch_id: int) -> Iterator[list[sa.RowMapping]]:
    """What a batch did to each row in the end, some rows at a time: its first image and its last."""
    last = 0
    while found := connection.execute(EFFECTS, {"batch": batch_id, "last": last, "most": CHUNK}).mappings().all():
        last = found[-1]["id"]
        yield [each for each in found if each["before"] is not None or each["after"] is not None]


def _find_altered(connection: sa.Connection, batch_id: int, table: str) -> list[str]:
    """Rows of a table that differ from what the batch wrote; words may differ where values do not."""
    words = ALTERED.format(table=table, row=choose(connection).row_as_json(TABLES[table], "its"))
    statement, last, found = sa.text(words), 0, []
    while some := connection.execute(statement, {"batch": batch_id, "last": last, "most": CHUNK}).mappings().all():
        last = some[-1]["id"]
        found += _not_as_left(connection, some)
    return found


def _not_as_left(connection: sa.Connection, effects: Sequence[sa.RowMapping]) -> list[str]:
    """Rows that differ from what the batch wrote although no later batch is logged for them."""
    found = []
    for table in TABLES:
        wanted = {each["row_id"]: each["after"] for each in effects if each["table_name"] == table}
        rows = {row["id"]: row for row in fetch(connection, table, "id", wanted)}
        for row_id, after in wanted.items():
            if not _is_as_left(rows.get(row_id), None if after is None else json.loads(after)):
                found.append(f"{table} {row_id}: is not as the batch left it")
    return found


def _is_as_left(row: Row | None, after: Row | None) -> bool:
    if row is None or after is None:
        return row is None and after is None
    return all(row[name] == value for name, value in after.items() if name in row)


def _replay_backwards(connection: sa.Connection, batch_id: int) -> None:
    """Undo entry by entry, newest first: every intermediate state existed before, so no constraint is violated."""
    log = CHANGE_LOG.c
    its = sa.select(log.id, log.table_name, log.action, log.row_id).where(log.batch_id == batch_id)
    its = its.order_by(log.id.desc()).limit(CHUNK)
    entries = connection.execute(its).all()
    while entries:
        for (table, action), some in groupby(entries, key=lambda entry: (entry.table_name, entry.action)):
            alike = list(some)
            if action == Action.INSERT and len(alike) >= MANY:
                choose(connection).delete_many(connection, TABLES[table], [entry.row_id for entry in alike])
            else:
                _replay(connection, _fetch_entries(connection, [entry.id for entry in alike]))
        entries = connection.execute(its.where(log.id < entries[-1].id)).all()


def _fetch_entries(connection: sa.Connection, ids: list[int]) -> Sequence[sa.RowMapping]:
    its = sa.select(CHANGE_LOG).where(CHANGE_LOG.c.id.in_(ids)).order_by(CHANGE_LOG.c.id.desc())
    return connection.execute(its).mappings().all()


def _replay(connection: sa.Connection, entries: Sequence[sa.RowMapping]) -> None:
    reversed_entries = [_Step(entry) for entry in entries]
    for (table, action, columns), steps in groupby(reversed_entries, key=lambda step: step.kind):
        target = TABLES[table]
        rows = [step.row for step in steps]
        match = target.c.id == sa.bindparam("row_id")
        if action == Action.INSERT:
            connection.execute(sa.delete(target).where(match), [{"row_id": row["id"]} for row in rows])
        elif action == Action.DELETE:
            connection.execute(sa.insert(target), rows)
        else:
            parameters = [{"row_id": row["id"], **{name: row[name] for name in columns}} for row in rows]
            connection.execute(sa.update(target).where(match), parameters)


class _Step:
    """A log entry reduced to what its reversal needs; columns that the schema no longer has are left out."""

    def __init__(self, entry: sa.RowMapping) -> None:
        table, action = entry["table_name"], entry["action"]
        before, after = (json.loads(entry[name] or "{}") for name in ("before", "after"))
        known = TABLES[table].c
        self.row: dict[str, Any] = {name: value for name, value in (before or after).items() if name in known}
        differing = action == Action.UPDATE
        columns = tuple(name for name in self.row if not differing or before[name] != after[name])
        self.kind = (table, action, columns)


def _mark_undone(connection: sa.Connection, batch: Row) -> None:
    """Mark a batch as undone; if it was an undo itself, the batch that it had undone is valid again."""
    _date(connection, batch["id"], None, utc_now())
    undone = json.loads(batch["counts"]).get("undoes")
    if undone is not None:
        _date(connection, undone, get_batch(connection, undone)["undone_at"], None)


def _date(connection: sa.Connection, batch_id: int, old: str | None, new: str | None) -> None:
    """Set ``undone_at`` of a batch and of those it carried, except where they had been undone before the import."""
    belongs = sa.or_(BATCHES.c.id == batch_id, BATCHES.c.carried_by == batch_id)
    connection.execute(
        sa.update(BATCHES).where(belongs, BATCHES.c.undone_at.is_not_distinct_from(old)).values(undone_at=new)
    )
