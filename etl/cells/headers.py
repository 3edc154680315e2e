"""Headers of a sheet to the columns that they mean; unknown, double and missing ones are problems."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from etl.cells.header_forms import has_power_in_name, plain_header, split_header
from etl.cells.quantities import is_blank
from etl.cells.scales import PLAIN, Scale
from etl.drafts import Cell
from etl.problems import Findings
from etl.sheets.base import SheetColumn, SheetMap
from etl.tables.extract import StagedSheet
from sse_db.spelling import find_like, suggest
from sse_db.units import display_unit, is_unit
from sse_db.vocabulary import fold

PRIVATE = "#"
"""A header that begins with it is the curator's own: the column is not read."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of a file that was recognised: its place, its meaning, how its header says that its numbers are meant,
    and whether the header leaves the kind of conductivity unsaid."""

    place: int
    column: SheetColumn
    header: str
    scale: Scale = PLAIN
    is_unsaid: bool = False


def map_headers(sheet: StagedSheet, sheet_map: SheetMap, findings: Findings, header_row: int) -> list[MappedColumn]:
    """Recognise the headers of a sheet; unknown, double and missing ones are problems."""
    names = _names(sheet_map)
    found: dict[SheetColumn, MappedColumn] = {}
    for place, text in enumerate(sheet.rows[header_row]):
        if not text.strip():
            _refuse_nameless(sheet, place, header_row, findings)
            continue
        if text.lstrip().startswith(PRIVATE):
            continue
        cell = sheet.cell(header_row, place, text)
        mapped = _match_header(cell, place, names, findings)
        if mapped is None:
            continue
        if mapped.column in found:
            first = sheet.cell(header_row, found[mapped.column].place)
            findings.add(
                cell, "double-header", f"{text} stands for the same as {first.text} in {first.name}", "keep one of them"
            )
            continue
        found[mapped.column] = mapped
    for required in sheet_map.required:
        if not any(column.target == required for column in found):
            wanted = next(column for column in sheet_map.columns if column.target == required)
            findings.add(
                sheet.cell(header_row, 0),
                "missing-header",
                f"there is no column {wanted.header}",
                f"headers may be written as: {', '.join((wanted.name, *wanted.aliases))}",
            )
    return list(found.values())


def has_column(sheet: StagedSheet, sheet_map: SheetMap, target: str) -> bool:
    """Whether a header of the sheet means a column of that target."""
    return find_column(sheet, sheet_map, target) is not None


def find_column(sheet: StagedSheet, sheet_map: SheetMap, target: str) -> int | None:
    """The place of the first header of the sheet that means a column of that target, None where none does."""
    names = _names(sheet_map)
    for place, text in enumerate(sheet.rows[0]):
        columns = (names.get(fold(reading.name)) for reading in split_header(text))
        if any(column is not None and column.target == target for column in columns):
            return place
    return None


_TEMPERATURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?\s*(?:°\s*C|℃|K\b)")
HEADER_ROWS = 10
"""Rows among which the headers are looked for where row 1 has none."""


def find_lower_header(sheet: StagedSheet, sheet_map: SheetMap, header_row: int) -> int | None:
    """The row below titles that holds the headers, where the first row holds hardly one; None for any other sheet."""
    first = count_known(sheet.rows[header_row], sheet_map)
    rows = range(header_row + 1, min(header_row + HEADER_ROWS, len(sheet.rows)))
    return next((row for row in rows if first <= 1 and count_known(sheet.rows[row], sheet_map) > max(2, first)), None)


def count_known(texts: Iterable[str], sheet_map: SheetMap) -> int:
    """How many texts are headers of a sheet map."""
    names = _names(sheet_map)
    return sum(any(fold(reading.name) in names for reading in split_header(text)) for text in texts if text.strip())


def _refuse_nameless(sheet: StagedSheet, place: int, header_row: int, findings: Findings) -> None:
    for row in range(header_row + 1, len(sheet.rows)):
        cell = sheet.cell(row, place)
        if not is_blank(cell.text):
            findings.add(cell, "no-header", "a value in a column without header", "name the column, or empty it")
            return


def _names(sheet_map: SheetMap) -> dict[str, SheetColumn]:
    names: dict[str, SheetColumn] = {}
    for column in (*sheet_map.columns, *sheet_map.read_too):
        for name in column.names:
            names.setdefault(fold(name), column)
    return names


def _match_header(cell: Cell, place: int, names: dict[str, SheetColumn], findings: Findings) -> MappedColumn | None:
    wrong_unit: MappedColumn | None = None
    for reading in split_header(cell.text):
        column = names.get(fold(reading.name))
        if column is None:
            continue
        is_unsaid = fold(reading.name) in map(fold, column.unsaid)
        found = MappedColumn(place, column, cell.text, reading.scale, is_unsaid)
        if reading.scale.fits(column.column):
            return found
        if reading.unit is None or is_unit(reading.unit) or f"({reading.unit})" in plain_header(cell.text):
            wrong_unit = wrong_unit or found
    if wrong_unit:
        _refuse_unit(cell, wrong_unit, findings)
    else:
        _refuse_unknown(cell, names, findings)
    return None


def _refuse_unit(cell: Cell, mapped: MappedColumn, findings: Findings) -> None:
    column, unit, wanted = mapped.column, mapped.scale.unit, display_unit(mapped.column.column)
    hint = f"write {column.header}, or a unit that converts into {wanted}" if wanted else f"write {column.header}"
    message = f"{unit} is no unit of {column.name}" if unit else f"{cell.text} names no unit"
    findings.add(cell, "header-unit", message, _name_form(mapped) or hint)


_NEGATIVE_LOGARITHM = re.compile(r"\s*[-\u2212\u2013]\s*(?:log|lg|ln)", re.IGNORECASE)
_OTHER_FORMS = (
    (re.compile(r"\s*(?:log|lg|ln)"), "is it a logarithm? Then write log10 σ{part} (S/cm)"),
    (re.compile(r"\bK\b"), "is it the product with T? Then write σT{part} (S K/cm)"),
    (re.compile(r"Ω|\bk?[Oo]hm"), "is it a resistivity? Then write ρ{part} (Ω cm)"),
)
"""Units of other forms of a conductivity, and how a column of them is named."""


def _name_form(mapped: MappedColumn) -> str:
    """How a column is named whose unit is that of another form of a conductivity; empty for any other."""
    name, unit = mapped.column.name, mapped.scale.unit or ""
    if not name.startswith("σ"):
        return ""
    part = "" if mapped.is_unsaid else name.removeprefix("σ")
    return next((words.format(part=part) for form, words in _OTHER_FORMS if form.search(unit)), "")


def _refuse_unknown(cell: Cell, names: dict[str, SheetColumn], findings: Findings) -> None:
    if has_power_in_name(cell.text):
        message = f"the power of ten in {cell.text} can be read in two ways"
        hint = "write it in the brackets of the unit, as in σ total (10^-4 S/cm): each number is multiplied by it"
        findings.add(cell, "header-power", message, hint)
        return
    if _NEGATIVE_LOGARITHM.match(cell.text):
        message = f"unknown column {cell.text}: negative logarithms are not read"
        hint = "write the numbers with their sign below log10 σ bulk (S/cm)"
        hint = f"a column of your own begins with {PRIVATE}; or {hint}"
        findings.add(cell, "unknown-header", message, hint)
        return
    if _TEMPERATURE.search(cell.text):
        guess = f"sse-db map guess {findings.file} -o map.toml drafts how to read temperatures side by side"
        hint = f"{guess}, --map map.toml reads them; a column of your own begins with {PRIVATE}"
        findings.add(cell, "unknown-header", f"unknown column {cell.text}", hint)
        return
    meant = find_like(cell.text, [*names])
    headers = [column.name for column in dict.fromkeys(names.values())]
    guess = f"did you mean {names[meant].header}?" if meant else suggest(cell.text, headers)
    hint = f"a column of your own begins with {PRIVATE}; {guess}"
    findings.add(cell, "unknown-header", f"unknown column {cell.text}", hint)
