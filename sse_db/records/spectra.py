"""Stored impedance spectra with their fits, their JSON columns read."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from sse_db.errors import NotFound
from sse_db.records.fetching import Row

JSON_COLUMNS = ("points", "reading", "left_out", "parameters", "arcs", "doubts")
ORDER = "sample_id, temperature_c, spectrum_id, spectrum_fit_id"


def read_spectra_rows(engine: sa.Engine, reference: str | None = None, sample_id: int | None = None) -> list[Row]:
    """Rows of ``fitted_spectra``: of one spectrum (number or label), of a sample, or all. Raises NotFound for a
    spectrum that is not there."""
    wanted: dict[str, Any] = {}
    if reference is not None and reference.strip().isdigit():
        wanted["spectrum_id"] = int(reference)
    elif reference is not None:
        wanted["spectrum_label"] = reference.strip()
    if sample_id is not None:
        wanted["sample_id"] = sample_id
    where = " AND ".join(f"{name} = :{name}" for name in wanted)
    statement = f"SELECT * FROM fitted_spectra {'WHERE ' + where if where else ''} ORDER BY {ORDER}"
    with engine.connect() as connection:
        rows = connection.execute(sa.text(statement), wanted).mappings().all()
    if reference is not None and not rows:
        raise NotFound(f"there is no spectrum {reference}", "list them with: sse-db spectrum show")
    return [read_json(dict(row)) for row in rows]


def read_json(row: dict[str, Any]) -> Row:
    """A row with its JSON columns as values."""
    return {
        name: json.loads(value) if name in JSON_COLUMNS and value is not None else value for name, value in row.items()
    }
