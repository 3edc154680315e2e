"""The columns of a mapping in a foreign sheet, and what the mapping does to the texts of their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from etl.cells.headers import PRIVATE
from etl.cells.normalise import read_text
from etl.cells.header_forms import split_header
from etl.drafts import Cell
from etl.foreign.mapping import ColumnMap, SheetMapping, fold_header
from etl.problems import Findings
from etl.sheets.base import SheetColumn
from etl.tables.extract import StagedSheet
from etl.tables.workbook_scan import place_of
from sse_db.errors import SseDbError
from sse_db.spelling import suggest
from sse_db.units import is_unit_for

BY_LETTER = re.compile(r"@([A-Z]{1,3})")
"""A column that is named by its letters instead of its header."""


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column of the mapping with its place in the sheet, and the unit that its numbers are in."""

    header: str
    place: int
    told: ColumnMap


def find_header(sheet: StagedSheet, mapping: SheetMapping) -> int | None:
    """Zero-based row of the header: the one that is named, else the first that holds most of the mapped headers."""
    if mapping.sheet.header_row is not None:
        return mapping.sheet.header_row - 1
    wanted = {fold_header(header) for header in mapping.columns}
    best: tuple[int, int | None] = (0, None)
    for place, texts in enumerate(sheet.rows[:50]):
        found = len(wanted & set(map(fold_header, texts)))
        if found > best[0]:
            best = (found, place)
    return best[1]


def find_columns(sheet: StagedSheet, mapping: SheetMapping, header: int, findings: Findings) -> list[FoundColumn]:
    """The mapped columns in the sheet; a missing one is an error, one that the mapping does not name a doubt."""
    places: dict[str, int] = {}
    for place, text in enumerate(sheet.rows[header]):
        if text.strip():
            places.setdefault(fold_header(text), place)
    columns = []
    for name, told in mapping.columns.items():
        letters = BY_LETTER.fullmatch(name)
        at = place_of(f"{letters[1]}1")[1] if letters else places.get(fold_header(name))
        if at is not None:
            columns.append(FoundColumn(name, at, told))
        elif mapping.required is None or name in mapping.required:
            hint = suggest(name, [text for text in sheet.rows[header] if text.strip()])
            findings.add(sheet.cell(header, 0), "missing-header", f"there is no column {name}", hint)
    named = {column.place for column in columns} | {places.get(fold_header(name)) for name in mapping.ignore}
    named |= {places.get(fold_header(name)) for name in re.findall(r"\{(.+?)\}", mapping.sheet.label or "")}
    named.add(places.get(fold_header(mapping.sheet.replicates or "")))
    for place, text in enumerate(sheet.rows[header]):
        if text.strip() and place not in named and not text.startswith(PRIVATE):
            message = f"the mapping says nothing of the column {text}: it was not read"
            findings.add(sheet.cell(header, place, text), "unmapped-header", message, severity="doubt")
    return columns


def as_number(text: str) -> float | str:
    """A text as the number it is, else as it stands: for comparison."""
    try:
        return float(text)
    except ValueError:
        return text.strip()


def is_remark(target: SheetColumn) -> bool:
    """Whether several cells may meet in a column of ours."""
    return target.column == "remark"


def is_readable(cell: Cell, target: SheetColumn) -> bool:
    """Whether a cell can be read into a column of ours."""
    try:
        read_text(cell.text, target.schema_column)
    except SseDbError:
        return False
    return True


def split_cell(cell: Cell, told: ColumnMap) -> tuple[Cell, list[str]]:
    """The part of a cell that counts, and the others."""
    if told.split is None or told.split not in cell.text:
        return cell, []
    parts = [part.strip() for part in cell.text.split(told.split) if part.strip()]
    chosen = next((part for part in parts if not part.lower().startswith(told.rather_not or ("\0",))), parts[0])
    return replace(cell, text=chosen), [part for part in parts if part != chosen]


@lru_cache(maxsize=1024)
def unit_of(header: str, target: SheetColumn) -> str | None:
    """The unit that a header of the file names, None where it names none of the column's kind."""
    readings = (reading.unit for reading in split_header(header) if reading.unit)
    return next((unit for unit in readings if is_unit_for(unit, target.column)), None)


def with_point(cell: Cell, decimal: str | None) -> str:
    """A number with a decimal point, where the mapping names its sign; numbers of a workbook have one already."""
    text = cell.text
    if decimal == ",":
        if "," in text:
            return re.sub(r"(?<=\d)[.\s](?=\d{3}(?!\d))", "", text).replace(",", ".")
        return re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", text) if cell.sheet is None else text
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text) if decimal == "." else text
