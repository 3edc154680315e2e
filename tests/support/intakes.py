"""Intakes written by hand: the shortest way to say what a file brings."""

from __future__ import annotations

from typing import Any

from etl.drafts import Cell, Draft, Intake, publication_key
from etl.papers.assemble import composition_drafts
from sse_db.materials.formulas import read_formula
from sse_db.records.identity import make_title_key


def make_intake(*drafts: Draft | list[Draft], name: str = "paper.csv") -> Intake:
    """An intake of these drafts, each key once."""
    intake = Intake(name, "0" * 64, "sheet")
    seen = set()
    for each in drafts:
        for draft in each if isinstance(each, list) else [each]:
            if (draft.table, draft.key) not in seen:
                seen.add((draft.table, draft.key))
                intake.add(draft)
    return intake


def publication(
    doi: str | None = "10.1000/x", title: str | None = None, year: int | None = None, **values: Any
) -> Draft:
    """A publication; a title gives its key."""
    title_key = make_title_key(title) if title else None
    facts = {"doi": doi, "title": title, "title_key": title_key, "year": year, **values}
    return _draft("publications", publication_key(doi, title_key, year), facts)


def composition(formula: str) -> list[Draft]:
    """A composition with its elements."""
    return composition_drafts(read_formula(formula), "2")


def sample(of: Draft, label: str = "A", formula: str | None = None, **values: Any) -> Draft:
    """A sample of a publication; its composition must be among the drafts or in the database."""
    parents: dict[str, Any] = {"publication_id": of.key}
    if formula is not None:
        parents["composition_id"] = read_formula(formula).fingerprint
        values = {"formula_as_written": formula, **values}
    return _draft("samples", (of.key, label), {"label": label, **values}, parents)


def step(of: Draft, position: int = 1, operation: str = "sintering", **values: Any) -> Draft:
    """A processing step of a sample."""
    facts = {"position": position, "operation": operation, **values}
    return _draft("processing_steps", (of.key, position), facts, {"sample_id": of.key})


def measurement(
    of: Draft,
    conductivity: float = 1e-4,
    contribution: str = "total",
    temperature: float | None = 25.0,
    replicate: str = "",
    **values: Any,
) -> Draft:
    """A conductivity of a sample (S/cm, °C)."""
    basis = values.pop("temperature_basis", "not_stated" if temperature is None else "stated")
    facts = {
        "contribution": contribution,
        "temperature_c": temperature,
        "temperature_basis": basis,
        "replicate_label": replicate,
        "conductivity_s_per_cm": conductivity,
        "relation": "=",
        **values,
    }
    key = (of.key, contribution, temperature, basis, replicate)
    return _draft("impedance_measurements", key, facts, {"sample_id": of.key})


def structure(key: str = "sha256:1|LLZO", **values: Any) -> Draft:
    """A structural record without parents."""
    parents = values.pop("parents", {})
    facts = {"record_key": key, "label": key.rpartition("|")[2], "a_angstrom": 12.97, **values}
    return _draft("structural_records", key, facts, parents)


def _draft(table: str, key: Any, values: dict[str, Any], parents: dict[str, Any] | None = None) -> Draft:
    cells = {
        name: Cell(f"{chr(65 + place % 26)}2", 2, name, str(value))
        for place, (name, value) in enumerate(values.items())
        if value is not None
    }
    return Draft(table, key, values, parents=parents or {}, cells=cells, source_row="2")
