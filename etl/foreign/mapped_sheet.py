"""A sheet that is not ours, read through a mapping: its rows become the typed rows of a literature sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from etl.cells.contracts import CONTROL_CHARACTERS, UNPRINTABLE
from etl.cells.limits import find_doubtful
from etl.cells.normalise import Parsed, TypedRow, read_text
from etl.cells.quantities import is_blank
from etl.drafts import Cell, Skipped
from etl.foreign.columns import (
    FoundColumn,
    as_number,
    find_columns,
    find_header,
    is_readable,
    is_remark,
    split_cell,
    unit_of,
    with_point,
)
from etl.foreign.mapping import ColumnMap, Correction, SheetMapping, find_target, fold_header
from etl.problems import Findings, error_code
from etl.sheets.base import SheetColumn
from etl.tables.extract import StagedSheet
from sse_db.errors import SseDbError
from sse_db.vocabulary import fold

SIGMA = "impedance_measurements.conductivity_s_per_cm"
BASIS = "impedance_measurements.contribution_basis"
LABEL = "samples.label"


@dataclass(slots=True)
class ForeignRows:
    """What a foreign sheet gave: typed rows; and by row number the texts by header, the row's name in lists, its key in
    the data set, the word that tells it from replicates, and the rows passed over."""

    rows: list[TypedRow] = field(default_factory=list)
    texts: dict[int, dict[str, str]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    replicates: dict[int, str] = field(default_factory=dict)
    skipped: dict[int, Skipped] = field(default_factory=dict)

    def skip(self, number: int, reason: str) -> None:
        """List a row that is passed over."""
        self.skipped[number] = Skipped(self.names[number], reason)


def read_foreign(sheet: StagedSheet, mapping: SheetMapping, findings: Findings) -> ForeignRows:
    """All rows of a sheet as typed rows; problems go to the findings."""
    header = find_header(sheet, mapping)
    found = ForeignRows()
    if header is None or header >= len(sheet.rows):
        findings.add(None, "no-header", "no row of it holds the headers of the mapping", sheet=sheet.name)
        return found
    columns = find_columns(sheet, mapping, header, findings)
    reader = _Reader(sheet, mapping, findings, header, columns, found)
    for mark in (mark for mark in sheet.marks if mark.code == "hidden"):
        cell = sheet.cell(mark.row, mark.column)
        findings.add(cell, mark.code, mark.message, mark.hint, severity=mark.severity)
    first = mapping.sheet.first_row - 1 if mapping.sheet.first_row else header + 1
    last = min(len(sheet.rows), mapping.sheet.last_row or len(sheet.rows))
    for place in range(first, last):
        if place + 1 not in mapping.sheet.skip_rows and any(not is_blank(text) for text in sheet.rows[place]):
            reader.take(place)
    return found


class _Reader:
    """Goes down a foreign sheet, and remembers the section and the cells that hold for the rows below."""

    def __init__(
        self,
        sheet: StagedSheet,
        mapping: SheetMapping,
        findings: Findings,
        header: int,
        columns: list[FoundColumn],
        found: ForeignRows,
    ) -> None:
        self.sheet, self.mapping, self.findings, self.found, self.header = sheet, mapping, findings, found, header
        self.columns = columns
        self.odd = {
            (mark.row, mark.column): mark for mark in sheet.marks if mark.code not in ("merged-cells", "hidden")
        }
        self.told: set[tuple[int, int]] = set()
        self.headers = {place: text.strip() for place, text in enumerate(sheet.rows[header]) if text.strip()}
        self.names = {fold_header(text): text for text in reversed(self.headers.values())}
        self.above: dict[str, str] = {}
        self.shared: dict[tuple[str, str], Parsed] = {}
        self.constants = self._read_constants()

    def _read_constants(self) -> dict[tuple[str, str], Parsed]:
        cells: dict[tuple[str, str], Parsed] = {}
        for name, text in self.mapping.constants.items():
            target = find_target(name)
            cell = replace(self.sheet.cell(self.header, 0, f"{name} in the mapping"), text=text)
            self._put(cells, target, cell, None, False, set())
        return cells

    def take(self, place: int) -> None:
        """Read one row: a section, a known defect, or data."""
        filled = [column for column, text in enumerate(self.sheet.rows[place]) if not is_blank(text)]
        if self.mapping.sheet.sections and len(filled) == 1:
            cell = self.sheet.cell(place, filled[0], "section")
            self.shared = {}
            self._put(self.shared, find_target(self.mapping.sheet.sections), cell, None, False, set())
            return
        texts = self._texts(place)
        self.found.texts[place + 1] = texts
        self.found.names[place + 1] = self._name_row(place, texts)
        key = self._text(texts, self.mapping.key) if self.mapping.key else ""
        self.found.keys[place + 1] = key
        if (defect := self._defect_of(key, texts)) is not None:
            self.found.skip(place + 1, defect)
            return
        if self.mapping.sheet.replicates:
            words = " ".join((self.mapping.sheet.replicates, self._text(texts, self.mapping.sheet.replicates)))
            self.found.replicates[place + 1] = words
        self.found.rows += self._read(place, texts)

    def _texts(self, place: int) -> dict[str, str]:
        row = self.sheet.rows[place]
        texts = {text: row[at] if at < len(row) else "" for at, text in reversed(self.headers.items())}
        names = list(map(self._name, self.mapping.sheet.fill_down))
        if names and not is_blank(texts.get(names[0])):
            self.above = {}  # another sample begins: nothing is inherited from the one above
        for name in names:
            if is_blank(texts.get(name)):
                texts[name] = self.above.get(name, "")
            self.above[name] = texts[name]
        return texts

    def _name(self, header: str) -> str:
        return self.names.get(fold_header(header), header)

    def _text(self, texts: dict[str, str], header: str) -> str:
        return texts.get(self._name(header), "").strip()

    def _name_row(self, place: int, texts: dict[str, str]) -> str:
        """A row as lists name it: its number, and its name in the data set."""
        key = self.mapping.key
        where = self.sheet.address_of(place + 1) if self.sheet.name else f"row {place + 1}"
        return f"{where}, {key} {self._text(texts, key)}" if key else where

    def _fits(self, patterns: dict[str, str], texts: dict[str, str]) -> bool:
        return all(re.fullmatch(pattern, self._text(texts, name)) for name, pattern in patterns.items())

    def _defect_of(self, key: str, texts: dict[str, str]) -> str | None:
        defects = (each for each in self.mapping.defects if key in each.rows and self._fits(each.found, texts))
        return next((each.reason for each in defects), None)

    def _corrections_of(self, place: int, texts: dict[str, str]) -> dict[str, Correction]:
        """Corrections of a row's cells by header, where the cell still holds what is to be corrected."""
        here = [each for each in self.mapping.corrections if self.found.keys.get(place + 1) in each.rows]
        return {fold_header(each.column): each for each in here if self._fits({each.column: each.found}, texts)}

    def _read(self, place: int, texts: dict[str, str]) -> Iterator[TypedRow]:
        """One row, or one for each temperature of a wide sheet."""
        base = TypedRow(place + 1, self.constants | self.shared)
        wide: dict[str, TypedRow] = {}
        basis: dict[str, str] = {}
        corrections = self._corrections_of(place, texts)
        for column in self.columns:
            told = column.told
            cell = self._cell(place, column, texts)
            if others := [text for name in told.unless if not is_blank(text := self._text(texts, name))]:
                self._compare(cell, others)
                continue
            if correction := corrections.get(fold_header(column.header)):
                told, cell = self._correct(place, correction, told, cell)
            if is_blank(cell.text) or self._is_odd(place, column, base):
                continue
            row = base if told.at is None else wide.setdefault(told.at, TypedRow(place + 1))
            self._read_column(row, cell, told, basis)
        self._add_label(base, place, texts)
        if basis:
            first = next(iter(base.cells.values()), None) or next(iter(next(iter(wide.values())).cells.values()))
            base.cells[BASIS, ""] = Parsed(basis, first.cell, "contribution_basis")
        yield from self._join(base, wide)

    def _compare(self, cell: Cell, others: list[str]) -> None:
        """Tell of a value that is not read because others stand for it, and that is none of them."""
        if not is_blank(cell.text) and all(as_number(cell.text) != as_number(text) for text in others):
            message = f"not read, because {' and '.join(others)} stand for it, but it is another value"
            self.findings.add(cell, "value-not-read", message, severity="doubt")

    def _cell(self, place: int, column: FoundColumn, texts: dict[str, str]) -> Cell:
        cell = self.sheet.cell(place, column.place, self.headers.get(column.place, column.header))
        if is_blank(cell.text) and fold_header(column.header) in map(fold_header, self.mapping.sheet.fill_down):
            return replace(cell, text=self._text(texts, column.header))
        return cell

    def _correct(self, place: int, correction: Correction, told: ColumnMap, cell: Cell) -> tuple[ColumnMap, Cell]:
        message = f"{self.found.keys[place + 1]}: {correction.reason}"
        self.findings.add(cell, "corrected", message, severity="doubt")
        changes = {name: getattr(correction, name) for name in ("to", "basis") if getattr(correction, name) is not None}
        if "to" in changes:
            changes["to"] = (changes["to"],)
        text = cell.text if correction.text is None else correction.text
        return told.model_copy(update=changes), replace(cell, text=text)

    def _is_odd(self, place: int, column: FoundColumn, row: TypedRow) -> bool:
        """Whether the spreadsheet made something else of a cell than what was typed."""
        mark = self.odd.get((place, column.place))
        if mark is None:
            return False
        if (place, column.place) not in self.told:
            self.told.add((place, column.place))
            cell = self.sheet.cell(place, column.place, column.header)
            self.findings.add(cell, mark.code, mark.message, mark.hint, severity=mark.severity)
        if not mark.is_unreadable:
            return False
        row.unread |= {target.target for target in column.told.targets}
        return True

    def _read_column(self, row: TypedRow, cell: Cell, told: ColumnMap, basis: dict[str, str]) -> None:
        cell, rest = split_cell(replace(cell, text=cell.text.strip()), told)
        word = {fold(name): text for name, text in told.words.items()}.get(fold(cell.text))
        cell = cell if word is None else replace(cell, text=word)
        if told.whole:
            cell = replace(cell, text=re.sub(r"\.0+\Z", "", cell.text))
        if CONTROL_CHARACTERS.search(cell.text):
            self.findings.add(cell, "control-character", UNPRINTABLE)
            row.unread |= {target.target for target in told.targets}
            return
        if is_blank(cell.text):
            return
        for target in told.targets:
            own = replace(cell, text=told.prefix + cell.text) if told.prefix and is_remark(target) else cell
            if told.otherwise is not None and not is_readable(self._meant(own, target), target):
                target = find_target(told.otherwise)
            self._put(row.cells, target, own, told.unit, told.log, row.unread)
            if told.basis and target.part:
                basis[target.part] = told.basis
        if rest:
            note = replace(cell, text=f"also named: {', '.join(rest)}")
            self._put(row.cells, find_target("Sample remark"), note, None, False, row.unread)

    def _put(
        self,
        cells: dict[tuple[str, str], Parsed],
        target: SheetColumn,
        cell: Cell,
        unit: str | None,
        logarithmic: bool,
        unread: set[str],
    ) -> None:
        """Read a cell into a column of ours; texts that meet in one remark are joined."""
        cell = self._meant(cell, target)
        if isinstance(target.schema_column.type, sa.Float | sa.Integer):
            cell = replace(cell, text=with_point(cell, self.mapping.sheet.decimal))
        if is_blank(cell.text):
            return
        unit = unit or unit_of(cell.header, target)
        try:
            value = read_text(cell.text, target.schema_column, unit, logarithmic=logarithmic)
        except SseDbError as error:
            self.findings.add(cell, error_code(error), str(error), error.hint)
            unread.add(target.target)
            return
        if doubtful := find_doubtful(value, target.schema_column):
            self.findings.add(cell, *doubtful, severity="doubt")
        key = (target.target, target.part)
        if key in cells and is_remark(target) and cells[key].value != value:
            value = f"{cells[key].value}; {value}"
        cells[key] = Parsed(value, cell, target.column, unit, logarithmic)

    def _meant(self, cell: Cell, target: SheetColumn) -> Cell:
        """The cell with our word in place of the sheet's own."""
        words = {fold(name): text for name, text in self.mapping.words.get(target.name, {}).items()}
        return replace(cell, text=words.get(fold(cell.text), cell.text))

    def _add_label(self, row: TypedRow, place: int, texts: dict[str, str]) -> None:
        template = self.mapping.sheet.label
        if template is None or (LABEL, "") in row.cells:
            return
        label = re.sub(r"\{(.+?)\}", lambda match: self._text(texts, match[1]), template)
        label = " ".join(label.strip("\"“”' ").split())
        if label:
            cell = replace(self.sheet.cell(place, 0, "label"), text=label)
            row.cells[LABEL, ""] = Parsed(label, cell, "label")

    def _join(self, base: TypedRow, wide: dict[str, TypedRow]) -> Iterator[TypedRow]:
        if not wide or any(target == SIGMA for target, _ in base.cells):
            yield base
        for temperature, row in wide.items():
            cells = dict(base.cells)
            for key in [key for key in cells if key[0] == SIGMA]:
                del cells[key]
            cell = replace(next(iter(row.cells.values()), next(iter(cells.values()))).cell, text=temperature)
            self._put(cells, find_target("Temperature"), cell, None, False, row.unread)
            yield TypedRow(row.number, cells | row.cells, base.unread | row.unread)
