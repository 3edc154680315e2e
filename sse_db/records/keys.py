"""By what rows are known: natural keys, and the names that people call rows by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from sse_db.dialects import choose
from sse_db.records.fetching import CHUNK as CHUNK
from sse_db.records.fetching import Row, fetch
from sse_db.schema import CURATED, metadata
from sse_db.schema.base import CuratedRow

MODELS: dict[str, type[CuratedRow]] = {str(model.__tablename__): model for model in CURATED}
TABLES: dict[str, sa.Table] = {name: metadata.tables[name] for name in MODELS}
"""The tables that imports write, parents before children."""

NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    name: model.natural_key for name, model in MODELS.items() if model.natural_key
}
"""Columns that rows are found again by, as each table's class says; publications have a rule of their own, see
etl.planning.publications."""


def _refers_always(column: sa.Column[Any]) -> bool:
    return bool(column.foreign_keys) and not column.nullable


OWNERS: dict[str, str] = {
    table: column
    for table, key in NATURAL_KEYS.items()
    if (column := next((name for name in key if _refers_always(TABLES[table].c[name])), None)) is not None
}
"""Foreign key to the row that a row belongs to, and whose name begins its own: the first in its natural key."""

KEY_DIGITS = 6


def key_of(table: str, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The natural key of a row; numbers (temperatures) are rounded to 1e-6."""
    parts = map(values.get, NATURAL_KEYS[table])
    return tuple([round(part, KEY_DIGITS) if isinstance(part, float) else part for part in parts])


@cache
def parent_of(table: str, column: str) -> str:
    """The table that a foreign key points to."""
    return next(iter(TABLES[table].c[column].foreign_keys)).column.table.name


def next_id(connection: sa.Connection, table: str) -> int:
    """The first key that the table has never given."""
    return choose(connection).find_highest_key(connection, table) + 1


def name_row(table: str, values: Mapping[str, Any], owner: str = "") -> str:
    """A row in a reader's words, such as ``10.1000/x · LATP-900 · bulk · 25 °C``; owner names the row it belongs to."""
    parts = [owner, *_OWN_WORDS[table](values)]
    return " · ".join(str(part) for part in parts if part not in (None, ""))


def name_rows(connection: sa.Connection, rows: Iterable[tuple[str, Row]]) -> list[str]:
    """Names of rows, given by table and values; owners that are not among them are looked up."""
    wanted = list(rows)
    known = {(table, values["id"]): values for table, values in wanted}
    _add_owners(connection, known)
    return [_name_known(table, values, known) for table, values in wanted]


def _add_owners(connection: sa.Connection, known: dict[tuple[str, int], Row]) -> None:
    missing: dict[str, set[int]] = {}
    for (table, _), values in known.items():
        if table in OWNERS and values.get(OWNERS[table]) is not None:
            owner = parent_of(table, OWNERS[table])
            if (owner, values[OWNERS[table]]) not in known:
                missing.setdefault(owner, set()).add(values[OWNERS[table]])
    found = {(table, row["id"]): row for table, ids in missing.items() for row in fetch(connection, table, "id", ids)}
    known |= found
    if found:
        _add_owners(connection, known)


def _name_known(table: str, values: Row, known: Mapping[tuple[str, int], Row]) -> str:
    column = OWNERS.get(table)
    if column is None:
        return name_row(table, values)
    owner, key = parent_of(table, column), values.get(column)
    row = known.get((owner, key)) if key is not None else None
    return name_row(table, values, _name_known(owner, row, known) if row else f"{owner} {key}")


def _publication_words(row: Mapping[str, Any]) -> list[Any]:
    if row.get("doi"):
        return [row["doi"]]
    title, year = row.get("title") or row.get("title_key"), row.get("year")
    return [f"{title} ({year})" if year else title]


def _temperature_words(row: Mapping[str, Any]) -> str:
    if row.get("temperature_c") is None:
        return "temperature not stated"
    nominal = row.get("temperature_basis") == "room_temperature"
    return "room temperature" if nominal else f"{row['temperature_c']:g} °C"


_OWN_WORDS: dict[str, Callable[[Mapping[str, Any]], list[Any]]] = {
    "publications": _publication_words,
    "compositions": lambda row: [row.get("formula") or row.get("fingerprint")],
    "composition_elements": lambda row: [row.get("element")],
    "samples": lambda row: [row.get("label")],
    "processing_steps": lambda row: [f"step {row.get('position')}", row.get("operation")],
    "impedance_measurements": lambda row: [
        str(row.get("contribution")).replace("_", " "), _temperature_words(row), row.get("replicate_label")
    ],
    "activation_energies": lambda row: [
        f"{row.get('contribution')} activation energy".replace("_", " "), row.get("replicate_label")
    ],
    "publication_identifiers": lambda row: [f"{row.get('kind')} {row.get('value')}"],
    "sample_aliases": lambda row: [f"also {row.get('label')}"],
    "attachments": lambda row: [f"attachment {row.get('place')}"],
    "structural_records": lambda row: [row.get("label") or row.get("record_key")],
    "impedance_spectra": lambda row: [f"spectrum {row.get('label')}", _temperature_words(row)],
    "spectrum_fits": lambda row: [f"fit {row.get('circuit')}"],
}  # fmt: skip
