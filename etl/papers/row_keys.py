"""The column Row key of an exported workbook: which drafts correct which rows, and which cells were emptied."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.cells.normalise import TypedRow
from etl.drafts import Cell, Draft, Intake
from etl.problems import Findings
from etl.sheets.workbook import KEYED, MEASUREMENTS_SHEET, find_column
from sse_db.records.keys import TABLES

ONE_KEY = re.compile(r"(?:(?P<column>\D.*?) )?(?P<key>\d{1,18}-[0-9a-f]{8})")
FOLLOWS = {
    "grain_size_um": ("grain_size_relation", "grain_size_lower_um", "grain_size_upper_um", "grain_size_basis"),
    "relative_density_percent": ("relative_density_relation",),
    "additive_formula": ("additive_present",),
    "space_group_symbol": ("space_group_number",),
    "synthesis_method_text": ("synthesis_method",),
    "formula_as_written": ("composition_id",),
    "conductivity_s_per_cm": ("uncertainty_s_per_cm",),
    "activation_energy_ev": ("uncertainty_ev",),
}
"""Columns that a cell sets beside its own, and that go with it."""

Rows = Mapping[tuple[str | None, int], TypedRow]


def attach_row_keys(intake: Intake, rows: Rows, findings: Findings) -> None:
    """Give the drafts of a workbook the keys of their rows; a damaged or doubled key is a problem.

    ``rows`` are the rows by sheet and number. A value whose cell was emptied is told: its row is not removed.
    """
    seen: dict[tuple[str, str], Cell] = {}
    used: set[tuple[str | None, int, str]] = set()
    for table, drafts in intake.drafts.items():
        for draft in drafts:
            told = draft.cells.pop("source_row", None)
            draft.values.pop("source_row", None)
            place = _place(draft)
            row = rows.get(place) if place else None
            if row is None or place is None or table not in KEYED:
                continue
            cell = told or _key_cell(row)
            column = _column_of(draft)
            key = _read_keys(cell, findings).get(column) if cell is not None else None
            if key is None or cell is None:
                continue
            first = seen.setdefault((table, key), cell)
            if first.name != cell.name:
                hint = "a new row has no key: empty the cell"
                findings.add(cell, "double-key", f"this row key stands in {first.name} already", hint)
            used.add((*place, column))
            draft.row_key, draft.emptied = key, _emptied(draft, row)
            intake.keyed.add((table, _number(key)))
    intake.keyed |= _tell_emptied(rows, used, findings)


def _place(draft: Draft) -> tuple[str | None, int] | None:
    names = ("label", "doi", "title") if draft.table in ("samples", "publications") else ()
    cell = next((draft.cells[name] for name in names if name in draft.cells), None)
    cell = cell or next(iter(draft.cells.values()), None)
    return (cell.sheet, cell.row) if cell is not None else None


def _key_cell(row: TypedRow) -> Cell | None:
    return next((parsed.cell for (target, _), parsed in row.cells.items() if target.endswith(".source_row")), None)


def _column_of(draft: Draft) -> str:
    """The header of a value among several of one row; empty where a row holds one draft."""
    target = {"impedance_measurements": "conductivity_s_per_cm", "activation_energies": "activation_energy_ev"}
    if draft.table not in target:
        return ""
    return find_column(MEASUREMENTS_SHEET, f"{draft.table}.{target[draft.table]}", draft.values["contribution"]).name


def _read_keys(cell: Cell, findings: Findings) -> dict[str, str]:
    found = {}
    for part in cell.text.split(";"):
        match = ONE_KEY.fullmatch(part.strip())
        if match is None:
            message = f"{part.strip()} is no row key"
            findings.add(cell, "row-key", message, "leave the column as it was exported, or empty the cell")
            return {}
        found[match["column"] or ""] = match["key"]
    return found


def _emptied(draft: Draft, row: TypedRow) -> tuple[str, ...]:
    """Columns of a draft's table that its row leaves blank, and those that follow from columns of the row."""
    table = draft.table
    blank = {target.partition(".")[2] for target in row.blank if target.startswith(f"{table}.")}
    if table == "activation_energies":
        shared = {"source_location", "remark"}
        blank |= {name for name in shared if f"impedance_measurements.{name}" in row.blank}
    given = {target.partition(".")[2] for target, _ in row.cells if target.startswith(f"{table}.")}
    follows = {name for column in blank | given for name in FOLLOWS.get(column, ())}
    wanted = (blank | follows) & set(TABLES[table].c.keys())
    return tuple(sorted(wanted - {"source_row", "conductivity_s_per_cm", "activation_energy_ev", "temperature_c"}))


def _number(key: str) -> int:
    return int(key.partition("-")[0])


def _tell_emptied(rows: Rows, used: set[tuple[str | None, int, str]], findings: Findings) -> set[tuple[str, int]]:
    """Tell of values whose cells were emptied; returns their rows."""
    emptied = set()
    for (sheet, number), row in rows.items():
        cell = _key_cell(row)
        if cell is None or sheet != MEASUREMENTS_SHEET.name:
            continue
        for column, key in _read_keys(cell, Findings("")).items():
            if (sheet, number, column) not in used and column:
                message = f"{column} was emptied: a value that is in the database is not removed by that"
                energy = column.startswith("Ea")
                flag = "--remove-activation-energy" if energy else "--remove-measurement"
                hint = f"to remove it: sse-db sample edit SAMPLE {flag} {_number(key)}"
                findings.add(cell, "value-emptied", message, hint, severity="doubt")
                emptied.add(("activation_energies" if energy else "impedance_measurements", _number(key)))
    return emptied
