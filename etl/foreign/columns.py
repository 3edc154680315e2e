"""The columns of a mapping in a foreign sheet: where they are, and how the numbers below their headers are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import sqlalchemy as sa

from etl.cells.header_forms import Header, has_power_in_name, split_header
from etl.cells.headers import PRIVATE
from etl.cells.normalise import read_text
from etl.cells.scales import PLAIN, Scale
from etl.drafts import Cell
from etl.foreign.column_map import SIGMA, ColumnMap, find_sheet_column
from etl.foreign.header_rows import (
    JOINED,
    HeaderBlock,
    find_dashed_temperature,
    find_temperature,
    read_header,
    rows_above,
    says_something,
    write_temperature,
)
from etl.foreign.mapping import SheetMapping, fold_header
from etl.problems import Findings
from etl.sheets.base import SheetColumn
from etl.sheets.foreign import FOREIGN
from etl.tables.extract import StagedSheet
from etl.tables.workbook_scan import column_letters, place_of
from sse_db.errors import SseDbError
from sse_db.spelling import suggest
from sse_db.units import display_unit, is_unit
from sse_db.vocabulary import Contribution, find_term, fold

BY_LETTER = re.compile(r"@([A-Z]{1,3})")
"""A column that is named by its letters instead of its header."""
IN_BRACES = re.compile(r"\{(.+?)\}")
UNIT_LIKE = re.compile(r"[\d/^·%°Ω⁻²³]|\A\w{1,3}\Z")
"""What may be a unit, by its signs or its length."""


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column of the mapping with its place in the sheet, and for each column of ours how its numbers are meant."""

    header: str
    place: int
    told: ColumnMap
    scales: dict[str, Scale] = field(default_factory=dict)

    def scale(self, target: SheetColumn) -> Scale:
        """How its numbers are meant in a column of ours."""
        return self.scales.get(target.name, PLAIN)


def find_header(sheet: StagedSheet, mapping: SheetMapping) -> int | None:
    """Zero-based row of the header: the one that is named, else the first that holds most of the mapped headers."""
    if mapping.sheet.last_header is not None:
        return mapping.sheet.last_header - 1
    wanted = {fold_header(header) for header in mapping.columns}
    best: tuple[int, int | None] = (0, None)
    for place, texts in enumerate(sheet.rows[:50]):
        found = len(wanted & set(map(fold_header, texts)))
        if found > best[0]:
            best = (found, place)
    return best[1]


def stage_header(sheet: StagedSheet, mapping: SheetMapping, row: int) -> HeaderBlock:
    """The header of a sheet as the mapping says that it lies."""
    rows = [number - 1 for number in mapping.sheet.header_rows] or [row]
    first = mapping.sheet.first_row
    return read_header(sheet, rows, first - 1 if first else None)


class ColumnNames:
    """Finds columns by their headers or letters."""

    def __init__(self, sheet: StagedSheet, block: HeaderBlock) -> None:
        self.sheet, self.block = sheet, block
        self.places: dict[str, list[int]] = {}
        self.width = max(map(len, sheet.rows), default=0)
        for place in range(len(block.texts)):
            if block.texts[place] or block.above[place]:
                for name in {fold_header(block.name(place)), block.name(place)}:
                    self.places.setdefault(name, []).append(place)

    def find(self, name: str) -> list[int]:
        """The places (zero-based) of the columns that a name means: by the very text, else by one that is like it."""
        if letters := BY_LETTER.fullmatch(name.strip()):
            place = place_of(f"{letters[1]}1")[1]
            return [place] if place < self.width else []
        return self.places.get(" ".join(name.split())) or self.places.get(fold_header(name), [])

    def key(self, place: int) -> str:
        """The name by which the texts of a column are kept: its header, its letters where the header is no name."""
        name = self.block.name(place) if place < len(self.block.texts) else ""
        return name if name and self.find(name)[:1] == [place] else f"@{column_letters(place)}"


def find_columns(
    sheet: StagedSheet, mapping: SheetMapping, names: ColumnNames, findings: Findings
) -> list[FoundColumn]:
    """The mapped columns in the sheet; what the mapping names and the sheet does not have is an error, as is a name for
    two columns; a column that the mapping does not name is a doubt."""
    columns: list[FoundColumn] = []
    taken: dict[int, str] = {}
    for name, maps in mapping.columns.items():
        place = _find_one(sheet, mapping, names, name, findings)
        if place is None:
            continue
        if place in taken:
            message = f"{taken[place]} and {name} are one column of the sheet"
            findings.add(sheet.cell(names.block.row, place, name), "double-header", message, "name it once")
            continue
        taken[place] = name
        columns += [_add_scales(sheet, mapping, names, place, name, told, findings) for told in maps]
    named = set(taken) | _find_others(sheet, mapping, names, findings)
    _tell_unread(sheet, mapping, names, named, findings)
    return columns


def _find_one(
    sheet: StagedSheet, mapping: SheetMapping, names: ColumnNames, name: str, findings: Findings
) -> int | None:
    """The place of a column; a problem where there is none, or where two have the name."""
    found = names.find(name)
    row = names.block.row
    if len(found) > 1 and not mapping.is_known_set:
        letters = ", ".join(f"@{column_letters(place)}" for place in found)
        message = f"the header {name} stands over {len(found)} columns"
        findings.add(sheet.cell(row, found[1], name), "double-header", message, f"name them by letter: {letters}")
        return None
    if found:
        return found[0]
    if mapping.required is None or name in mapping.required:
        headers = [names.block.name(place) for place in range(len(names.block.texts)) if names.block.texts[place]]
        findings.add(sheet.cell(row, 0), "missing-header", f"there is no column {name}", suggest(name, headers))
    return None


def _find_others(sheet: StagedSheet, mapping: SheetMapping, names: ColumnNames, findings: Findings) -> set[int]:
    """Columns that the mapping names beside the mapped ones; one that the sheet does not have is an error."""
    wanted = [*_names_of_layout(mapping), *mapping.ignore]
    if mapping.is_known_set:
        return {place for name in wanted for place in names.find(name)}
    places = (_find_one(sheet, mapping, names, name, findings) for name in dict.fromkeys(wanted))
    return {place for place in places if place is not None}


def _names_of_layout(mapping: SheetMapping) -> Iterator[str]:
    layout = mapping.sheet
    for template in (layout.label or "", *mapping.composed.values()):
        yield from IN_BRACES.findall(template)
    yield from layout.fill_down
    yield from filter(None, (layout.replicates, mapping.key))
    for told in mapping.each_column:
        yield from told.only_if_blank


def _tell_unread(
    sheet: StagedSheet, mapping: SheetMapping, names: ColumnNames, named: set[int], findings: Findings
) -> None:
    block = names.block
    for place in range(len(block.texts)):
        text = block.name(place)
        if (block.texts[place] or block.above[place]) and place not in named and not text.startswith(PRIVATE):
            message = f"the mapping says nothing of the column {text}: it was not read"
            findings.add(sheet.cell(block.row, place, text), "unmapped-header", message, severity="doubt")
    if not mapping.is_known_set:
        _tell_rows_above(sheet, mapping, block, findings)


def _tell_rows_above(sheet: StagedSheet, mapping: SheetMapping, block: HeaderBlock, findings: Findings) -> None:
    """Tell of what stands above the headers and was not read: titles over columns, and a title that names a
    temperature or a kind of conductivity."""
    first_header = mapping.sheet.header_rows[0] - 1 if mapping.sheet.header_rows else block.row
    beside = rows_above(sheet, first_header)
    for row in range(first_header):
        texts = {place: " ".join(text.split()) for place, text in enumerate(sheet.rows[row]) if text.strip()}
        if row in beside or any(map(says_something, texts.values())):
            message = f"what stands above the headers was not read: {', '.join(texts.values())}"
            hint = f"if it belongs to the headers: header_rows = {[*range(row + 1, block.row + 2)]}; else all is well"
            findings.add(sheet.cell(row, min(texts)), "row-above", message, hint, severity="doubt")


def _add_scales(
    sheet: StagedSheet,
    mapping: SheetMapping,
    names: ColumnNames,
    place: int,
    name: str,
    told: ColumnMap,
    findings: Findings,
) -> FoundColumn:
    """A column with what its header says of its numbers; what contradicts the mapping is told."""
    block = names.block
    text, below = ("", "")
    if place < len(block.texts):
        text, below = block.name(place), block.units[place]
    cell = sheet.cell(block.row, place, name)
    if mapping.is_known_set:
        return FoundColumn(name, place, told, {target.name: told.scale(told.unit) for target in told.targets})
    scales: dict[str, Scale] = {}
    for target in told.targets:
        try:
            scales[target.name] = _scale_of(text, below, target, told, cell, findings)
        except ValueError as error:
            findings.add(cell, "header-unit", str(error), f'say it in the mapping, as unit = "{_own_unit(target)}"')
    _compare_temperature(text, told, cell, findings)
    _compare_meaning(text, told, cell, findings)
    return FoundColumn(name, place, told, scales)


def _own_unit(target: SheetColumn) -> str:
    return display_unit(target.column) or "1"


def _scale_of(text: str, below: str, target: SheetColumn, told: ColumnMap, cell: Cell, findings: Findings) -> Scale:
    """How a column's numbers are meant: as the mapping says, else as the header does; raises ValueError where the
    header has a unit that is none of the column's."""
    if not isinstance(target.schema_column.type, sa.Float):
        return PLAIN
    of_header, strange = header_scale(text, below, target)
    if told.is_transformed or told.unit is not None:
        plain = told.is_transformed or of_header is None
        unit = told.unit or (of_header.unit if of_header is not None else None)
        meant = told.scale(unit) if plain else replace(of_header or PLAIN, unit=unit)
        if told.unit is None and strange:
            raise ValueError(f"{strange} in the header is no unit of {target.name}")
        if not meant.fits(target.column):
            raise ValueError(f"{meant.unit or 'no unit'} is no unit of {target.name} of this form")
        if strange or (of_header is not None and not _is_same_scale(of_header, meant, target)):
            header_says = strange or (of_header.unit if of_header is not None else None) or text
            mapping_says = told.unit or told.form or f"{told.factor:g}"
            message = f"the header says {header_says}, the mapping {mapping_says}"
            findings.add(cell, "other-unit", message, "the mapping was followed", severity="doubt")
        return meant
    if strange:
        raise ValueError(f"{strange} in the header is no unit of {target.name}")
    return of_header or PLAIN


def _is_same_scale(first: Scale, second: Scale, target: SheetColumn) -> bool:
    """Whether two scales give the same numbers."""

    def value(scale: Scale) -> object:
        read = read_text("2", target.schema_column, scale)
        return float(f"{read.value:.10g}")

    try:
        return value(first) == value(second)
    except SseDbError:
        return False


@lru_cache(maxsize=1024)
def header_scale(text: str, below: str, target: SheetColumn) -> tuple[Scale | None, str]:
    """How a header says that numbers are meant, None where it says nothing; and the unit in it that is none of the
    column's, empty where there is none. ``below`` is a unit in the row below it."""
    if (warmth := find_temperature(text)) is not None:
        text = f"{text[: warmth.start()]} {text[warmth.end() :]}"
    below = next((part for part in text.split(JOINED) if is_unit(part)), below)
    text = " ".join(part.strip() for part in text.split(JOINED) if part != below).strip("|, ")
    readings = split_header(text)
    known = {fold(name) for column in FOREIGN.columns if column.column == target.column for name in column.names}
    formed = [each for each in readings if not each.scale.is_plain and fold(each.name) in known]
    with_unit = [each for each in readings if each.unit and is_unit(each.unit)] if target_has_unit(target) else []
    if target_has_unit(target) and is_unit(text.strip("()[] ")):
        with_unit.append(Header("", Scale(text.strip("()[] "))))
    if below and target_has_unit(target):
        formed = [Header(each.name, replace(each.scale, unit=each.unit or below)) for each in formed]
        with_unit.append(Header(text, Scale(below)))
    for reading in (*formed, *with_unit):
        if reading.scale.fits(target.column):
            return reading.scale, ""
    if formed:
        return None, formed[0].unit or text
    strange = next((each.unit for each in with_unit), None) or _unread_part(text, target)
    return None, strange or ""


def target_has_unit(target: SheetColumn) -> bool:
    """Whether the numbers of a column of ours have a unit."""
    return bool(display_unit(target.column))


def _unread_part(text: str, target: SheetColumn) -> str:
    """A part of a header in brackets that looks like a unit and is none that is known, or a power of ten."""
    if not target_has_unit(target):
        return ""
    if has_power_in_name(text):
        return "the power of ten"
    for part in re.findall(r"[(\[]([^()\[\]]+)[)\]]", text):
        is_word = find_term(Contribution, part) is not None or find_temperature(part) is not None
        if UNIT_LIKE.search(part.strip()) and not is_word:
            return str(part)
    return ""


def _compare_temperature(text: str, told: ColumnMap, cell: Cell, findings: Findings) -> None:
    """A temperature in the header of conductivities has to be the one of the mapping."""
    found, dashed = find_temperature(text), find_dashed_temperature(text)
    if not (found or dashed) or not any(target.target == SIGMA for target in told.targets):
        return
    if found is None:
        if told.at is None:
            hint = f'say it in the mapping, as at = "{dashed}" or "{dashed[1:]}"'
            findings.add(cell, "temperature-in-header", f"the header names {dashed} or {dashed[1:]}", hint)
        return
    said = write_temperature(found)
    column = find_sheet_column("Temperature").schema_column
    if told.at is None:
        hint = f'say it in the mapping, as at = "{said}"'
        findings.add(cell, "temperature-in-header", f"the header names a temperature, {found[0].strip()}", hint)
    elif _value(said, column) != _value(told.at, column):
        message = f"the header says {found[0].strip()}, the mapping {told.at}"
        findings.add(cell, "other-temperature", message, "the mapping was followed", severity="doubt")


def _value(text: str, column: sa.Column[object]) -> object:
    try:
        return read_text(text, column).value
    except SseDbError:
        return text


def _compare_meaning(text: str, told: ColumnMap, cell: Cell, findings: Findings) -> None:
    """A header that is a name of another column of ours than the mapping says is a doubt."""
    meant = _named_columns(text)
    if any(map(is_remark, told.targets)):
        return
    if meant and not meant & {(target.target, target.part) for target in told.targets}:
        names = ", ".join(told.to)
        message = f"the header reads as another column than {names}"
        findings.add(cell, "other-meaning", message, "the mapping was followed", severity="doubt")


@lru_cache(maxsize=1024)
def _named_columns(text: str) -> frozenset[tuple[str, str]]:
    """Targets and parts of the columns of ours that a header of more than one letter names to the letter."""
    readings = split_header(" ".join(text.replace(JOINED, " ").split()))
    whole = (each for each in readings if each.unit is None or is_unit(each.unit))
    names = {fold(each.name) for each in whole if len(each.name) > 1 and not each.name.endswith((" t", " T"))}
    found = (each for each in FOREIGN.columns if names & set(map(fold, each.names)))
    return frozenset((each.target, each.part) for each in found)


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
    skipped = tuple(prefix.lower() for prefix in told.skip_prefixes) or ("\0",)
    chosen = next((part for part in parts if not part.lower().startswith(skipped)), parts[0] if parts else "")
    return replace(cell, text=chosen), [part for part in parts if part != chosen]


def with_point(cell: Cell, decimal: str | None) -> str:
    """A number with a decimal point, where the mapping names its sign; numbers of a workbook have one already."""
    text = cell.text
    if decimal == ",":
        if "," in text:
            return re.sub(r"(?<=\d)[.\s](?=\d{3}(?!\d))", "", text).replace(",", ".")
        return re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", text) if cell.sheet is None else text
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text) if decimal == "." else text
