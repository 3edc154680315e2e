"""Stored rows as drafts: the inverse of loading."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import Any

import sqlalchemy as sa

from etl.drafts import Draft, Intake, Origin, publication_key
from sse_db.records.keys import NATURAL_KEYS, OWNERS, TABLES, fetch, parent_of
from sse_db.schema import CURATED, metadata

LEFT_OUT = ("id", "batch_id", "source_row")
OF_SOMETHING = {
    "structural_records": {"sample_id", "publication_id"},
    "attachments": {"sample_id", "publication_id", "measurement_id"},
}
"""Tables whose rows belong to one of several others, and the columns that say to which."""


def collect_intake(connection: sa.Connection, publication_ids: Collection[int] | None = None) -> Intake:
    """All curated rows as one intake; with ids only those publications and their dependent rows."""
    intake = Intake("database", "", "workbook")
    keys: dict[str, dict[int, Hashable]] = {}
    for model in CURATED:
        table = metadata.tables[str(model.__tablename__)]
        keys[table.name] = {}
        for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings():
            if table.name == "publications" and publication_ids is not None and row["id"] not in publication_ids:
                continue
            draft = _draft(table, dict(row), keys, everything=publication_ids is None)
            if draft is not None:
                keys[table.name][row["id"]] = draft.key
                intake.add(draft)
    if publication_ids is not None:
        _drop_unused_compositions(intake)
    return intake


def collect_sample(connection: sa.Connection, sample_id: int) -> Intake:
    """One sample with its publication, its composition and the rows below it."""
    sample = fetch(connection, "samples", "id", [sample_id])[0]
    wanted = {
        "publications": ("id", sample["publication_id"]),
        "publication_identifiers": ("publication_id", sample["publication_id"]),
        "compositions": ("id", sample["composition_id"]),
        "composition_elements": ("composition_id", sample["composition_id"]),
        "samples": ("id", sample_id),
    }
    intake = Intake("database", "", "workbook")
    keys: dict[str, dict[int, Hashable]] = {}
    for name, table in TABLES.items():
        keys[name] = {}
        for row in fetch(connection, name, *_where(name, wanted, sample_id, keys)):
            draft = _draft(table, row, keys, everything=True)
            if draft is not None:
                keys[name][row["id"]] = draft.key
                intake.add(draft)
    return intake


def _where(
    name: str, wanted: dict[str, tuple[str, int | None]], sample_id: int, keys: dict[str, dict[int, Hashable]]
) -> tuple[str, list[int]]:
    """Column and values by which the rows of a table that belong to a sample are found."""
    if name not in wanted and "sample_id" not in TABLES[name].c:
        return OWNERS[name], list(keys[parent_of(name, OWNERS[name])])
    column, value = wanted.get(name, ("sample_id", sample_id))
    return column, [] if value is None else [value]


def _draft(
    table: sa.Table, row: dict[str, Any], keys: dict[str, dict[int, Hashable]], *, everything: bool
) -> Draft | None:
    """One row as a draft; None where its parent is left out, and where it belongs to nothing that is chosen."""
    parents: dict[str, Hashable] = {}
    for column in table.c:
        if column.foreign_keys and column.name != "batch_id" and row[column.name] is not None:
            parent = next(iter(column.foreign_keys)).column.table.name
            if parent not in keys:
                continue
            if row[column.name] in keys[parent]:
                parents[column.name] = keys[parent][row[column.name]]
            elif not column.nullable:
                return None
    if table.name in OF_SOMETHING and not everything and not parents.keys() & OF_SOMETHING[table.name]:
        return None
    values = {
        name: value
        for name, value in row.items()
        if value is not None and name not in LEFT_OUT and (name not in parents)
    }
    if table.name == "publications":
        key: Hashable = publication_key(row["doi"], row["title_key"], row["year"])
    else:
        parts = tuple(parents.get(name, row[name]) for name in NATURAL_KEYS[table.name])
        key = parts[0] if len(parts) == 1 else parts
    origin = Origin(row["id"], row["batch_id"])
    return Draft(table.name, key, values, parents=parents, source_row=row["source_row"], origin=origin)


def _drop_unused_compositions(intake: Intake) -> None:
    used = {
        draft.parents.get("composition_id")
        for table in ("samples", "structural_records")
        for draft in intake.drafts.get(table, [])
    }
    for table, of in (("compositions", lambda each: each.key), ("composition_elements", lambda each: each.key[0])):
        intake.drafts[table] = [draft for draft in intake.drafts.get(table, []) if of(draft) in used]
