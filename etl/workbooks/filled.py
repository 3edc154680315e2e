"""Drafts to the rows of the project's workbook: the texts that the reader takes back to the same values."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from etl.cells.quantities import read_quantity
from etl.drafts import Draft, Intake, PublicationKey, SampleKey
from etl.papers.assemble import relation_of
from etl.planning.row_keys import make_row_key
from etl.sheets.base import ROW_KEY, SheetMap
from etl.sheets.workbook import (
    ALL_PUBLICATIONS,
    ALL_SAMPLES,
    MEASUREMENTS_SHEET,
    PROCESSING_SHEET,
    PUBLICATION_SHEET,
    SAMPLES_SHEET,
    STRUCTURES_SHEET,
    find_column,
)
from sse_db.errors import UnreadableQuantity
from sse_db.schema.samples import RELATIONS
from sse_db.vocabulary import ContributionBasis, TemperatureBasis, ValueBasis

Row = dict[str, str]
SIGMA, EA = "conductivity_s_per_cm", "activation_energy_ev"
UNCERTAINTY = {SIGMA: "uncertainty_s_per_cm", EA: "uncertainty_ev"}
RELATION = {SIGMA: "relation", EA: "relation", **RELATIONS}
"""Column to the column that says whether its number is a limit."""
MEASUREMENT_NOTES = (
    "replicate_label", "source_location", "source_kind", "source_url", "identity_basis", "compiled_via", "confidence",
    "remark",
)  # fmt: skip
"""What one row of Measurements says of all its values."""


def rows_of(intake: Intake) -> dict[str, list[Row]]:
    """Sheet to rows for the workbook; structures that have a file of their own are left to that file."""
    names = _publication_names(intake)
    return {
        PUBLICATION_SHEET.name: [_plain_row(draft, PUBLICATION_SHEET) for draft in _drafts(intake, "publications")],
        SAMPLES_SHEET.name: [_sample_row(draft, intake, names) for draft in _drafts(intake, "samples")],
        PROCESSING_SHEET.name: [_step_row(draft, names) for draft in _drafts(intake, "processing_steps")],
        MEASUREMENTS_SHEET.name: _measurement_rows(intake, names),
        STRUCTURES_SHEET.name: [
            _structure_row(draft, intake)
            for draft in _drafts(intake, "structural_records")
            if not draft.values.get("cif_text")
        ],
    }


def _drafts(intake: Intake, table: str) -> list[Draft]:
    return list(intake.drafts.get(table, []))


def _publication_names(intake: Intake) -> dict[PublicationKey, str]:
    """What each row writes to refer to its publication; nothing where there is only one."""
    drafts = _drafts(intake, "publications")
    if len(drafts) == 1:
        return {}
    return {draft.key: draft.values.get("doi") or draft.values.get("title") or "" for draft in drafts}


def _plain_row(draft: Draft, sheet_map: SheetMap) -> Row:
    """The cells of the columns that a draft's own table feeds."""
    columns = [column for column in sheet_map.columns if column.table == draft.table and not column.part]
    row = {column.name: text for column in columns if (text := write_value(draft.values, column.column))}
    return row | ({ROW_KEY: _row_key(draft)} if draft.origin else {})


def _row_key(draft: Draft) -> str:
    return make_row_key(draft.table, draft.origin.row_id, draft.values) if draft.origin else ""


def write_value(values: dict[str, Any], column: str) -> str:
    """The cell of a column: the words of the source where they still mean the stored value, else the value itself."""
    value = values.get(column)
    if value is None:
        return ""
    written = json.loads(values.get("as_written") or "{}").get(column)
    if written is not None and _means(written, column, values):
        return str(written)
    if column == "temperature_c" and values.get("temperature_basis") == TemperatureBasis.ROOM_TEMPERATURE:
        return "RT"
    if column == "grain_size_um" and values.get("grain_size_lower_um") is not None:
        return f"{_number(values['grain_size_lower_um'])} – {_number(values['grain_size_upper_um'])}"
    if column in RELATION:
        return _with_relation(value, values, column)
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    return repr(int(value)) if value.is_integer() and abs(value) < 1e6 else repr(value)


def _with_relation(value: float, values: dict[str, Any], column: str) -> str:
    relation = str(values.get(RELATION[column]) or "=")
    spread = values.get(UNCERTAINTY.get(column, ""))
    shown = _number(value) + (f" ± {_number(spread)}" if spread is not None else "")
    return shown if relation == "=" else f"{relation}{shown}"


def _means(written: str, column: str, values: dict[str, Any]) -> bool:
    try:
        read = read_quantity(written, column)
    except UnreadableQuantity:
        return False
    same = column not in RELATION or relation_of(read) == str(values.get(RELATION[column]) or "=")
    return same and math.isclose(read.value, values[column], rel_tol=1e-9)


def _sample_row(draft: Draft, intake: Intake, names: dict[PublicationKey, str]) -> Row:
    row = _plain_row(draft, SAMPLES_SHEET)
    additive = find_column(SAMPLES_SHEET, "samples.additive_formula").name
    if draft.values.get("additive_present") == 0:
        row[additive] = "none"
        row.pop(find_column(SAMPLES_SHEET, "samples.additive_wt_percent").name, None)
    elif draft.values.get("additive_present") == 1 and not draft.values.get("additive_formula"):
        row[additive] = "not named"
    formula = find_column(SAMPLES_SHEET, "samples.formula_as_written").name
    if formula not in row and "composition_id" in draft.parents:
        row[formula] = _formula(intake, draft.parents["composition_id"])
    return _refer(row, SAMPLES_SHEET, names.get(draft.parents["publication_id"]))  # type: ignore[call-overload]  # a PublicationKey


def _formula(intake: Intake, key: object) -> str:
    return next(str(each.values["formula"]) for each in _drafts(intake, "compositions") if each.key == key)


def _refer(row: Row, sheet_map: SheetMap, publication: str | None, label: str | None = None) -> Row:
    if publication:
        row[find_column(sheet_map, ALL_PUBLICATIONS).name] = publication
    if label is not None:
        row[find_column(sheet_map, ALL_SAMPLES).name] = label
    return row


def _step_row(draft: Draft, names: dict[PublicationKey, str]) -> Row:
    publication, label = _sample_key(draft)
    return _refer(_plain_row(draft, PROCESSING_SHEET), PROCESSING_SHEET, names.get(publication), label)


def _sample_key(draft: Draft) -> SampleKey:
    return draft.parents["sample_id"]  # type: ignore[return-value]  # keys of samples are SampleKey


def _measurement_rows(intake: Intake, names: dict[PublicationKey, str]) -> list[Row]:
    """Values of one sample, temperature and place side by side, activation energies in rows of their own."""
    groups: dict[tuple[Any, ...], list[Draft]] = {}
    for draft in _drafts(intake, "impedance_measurements"):
        notes = tuple(draft.values.get(name) for name in MEASUREMENT_NOTES)
        groups.setdefault((_sample_key(draft), write_value(draft.values, "temperature_c"), notes), []).append(draft)
    for draft in _drafts(intake, "activation_energies"):
        notes = tuple(draft.values.get(name) for name in ("replicate_label", "source_location", "remark"))
        groups.setdefault((_sample_key(draft), None, notes), []).append(draft)
    rows = []
    for (sample, *_), drafts in groups.items():
        row = _values_row(drafts)
        rows.append(_refer(row, MEASUREMENTS_SHEET, names.get(sample[0]), sample[1]))
    return rows


def _values_row(drafts: list[Draft]) -> Row:
    first = drafts[0]
    quantity = SIGMA if first.table == "impedance_measurements" else EA
    row = _plain_row(first, MEASUREMENTS_SHEET)
    for name in ("value_basis", "contribution_basis"):
        row.pop(find_column(MEASUREMENTS_SHEET, f"impedance_measurements.{name}").name, None)
    if quantity == EA:
        row = _energy_notes(first)
    keys: list[str] = []
    for draft in drafts:
        target = f"{first.table}.{quantity}"
        name = find_column(MEASUREMENTS_SHEET, target, str(draft.values["contribution"])).name
        row[name] = write_value(draft.values, quantity)
        if draft.origin:
            keys.append(f"{name} {_row_key(draft)}")
    row |= {ROW_KEY: "; ".join(keys)} if keys else {}
    row |= _words_by_part(drafts, "contribution_basis", ContributionBasis.STATED)
    if quantity == SIGMA:
        row |= _words_by_part(drafts, "value_basis", ValueBasis.MEASURED)
    return row


def _energy_notes(draft: Draft) -> Row:
    row = {
        find_column(MEASUREMENTS_SHEET, "activation_energies.replicate_label").name: draft.values.get("replicate_label")
        or ""
    }
    for name in ("source_location", "remark"):
        row[find_column(MEASUREMENTS_SHEET, f"impedance_measurements.{name}").name] = draft.values.get(name) or ""
    return row


def _words_by_part(drafts: Iterable[Draft], name: str, usual: str) -> Row:
    """One word per contribution where the basis is not the default of the sheet, else nothing."""
    words = {str(draft.values["contribution"]): str(draft.values.get(name) or usual) for draft in drafts}
    if all(word == usual for word in words.values()):
        return {}
    column = find_column(MEASUREMENTS_SHEET, f"impedance_measurements.{name}").name
    return {column: "; ".join(f"{part}: {word}" for part, word in sorted(words.items()))}


def _structure_row(draft: Draft, intake: Intake) -> Row:
    row = _plain_row(draft, STRUCTURES_SHEET)
    if "composition_id" in draft.parents:
        row[find_column(STRUCTURES_SHEET, "compositions.formula").name] = _formula(
            intake, draft.parents["composition_id"]
        )
    publication = draft.parents.get("publication_id")
    if isinstance(publication, tuple) and publication[0] == "doi":
        row[find_column(STRUCTURES_SHEET, "publications.doi").name] = publication[1]
    if "sample_id" in draft.parents:
        row[find_column(STRUCTURES_SHEET, "structural_records.awaits_sample_label").name] = _sample_key(draft)[1]
    return row
