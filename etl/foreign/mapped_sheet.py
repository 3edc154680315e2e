"""A sheet that is not ours, read through a mapping: its rows become the typed rows of a literature sheet.

A little over 400 lines: one class goes through a sheet row by row, and its steps share what the mapping says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from etl.cells.contracts import CONTROL_CHARACTERS, UNPRINTABLE
from etl.cells.limits import find_doubtful
from etl.cells.normalise import Parsed, TypedRow, read_text, settle_row
from etl.cells.quantities import Quantity, is_blank
from etl.cells.scales import PLAIN, Scale
from etl.cells.summary_rows import is_summary
from etl.drafts import Cell, Skipped
from etl.foreign.column_map import SIGMA, TEMPERATURE, ColumnMap, find_sheet_column
from etl.foreign.columns import (
    ColumnNames,
    FoundColumn,
    as_number,
    find_columns,
    find_header,
    is_readable,
    is_remark,
    split_cell,
    stage_header,
    with_point,
)
from etl.foreign.composed import fill_template
from etl.foreign.mapping import Correction, SheetMapping, fold_header
from etl.problems import Findings, error_code
from etl.sheets.base import SheetColumn
from etl.tables.extract import StagedSheet
from sse_db.errors import SseDbError
from sse_db.vocabulary import fold

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


def read_foreign(
    sheet: StagedSheet, mapping: SheetMapping, findings: Findings, bad: Mapping[int, str] | None = None
) -> ForeignRows:
    """All rows of a sheet as typed rows; problems go to the findings. ``bad`` are rows to be listed and passed over,
    by number, with the reason."""
    header = find_header(sheet, mapping)
    found = ForeignRows()
    if header is None or header >= len(sheet.rows):
        findings.add(None, "no-header", "no row of it holds the headers of the mapping", sheet=sheet.name)
        return found
    names = ColumnNames(sheet, stage_header(sheet, mapping, header))
    columns = find_columns(sheet, mapping, names, findings)
    _check_rows(sheet, mapping, findings)
    reader = _Reader(sheet, mapping, findings, names, columns, found)
    for mark in (mark for mark in sheet.marks if mark.code == "hidden"):
        cell = sheet.cell(mark.row, mark.column)
        findings.add(cell, mark.code, mark.message, mark.hint, severity=mark.severity)
    first = mapping.sheet.first_row - 1 if mapping.sheet.first_row else header + 1
    last = min(len(sheet.rows), mapping.sheet.last_row or len(sheet.rows))
    for place in range(first, last):
        if place + 1 not in mapping.sheet.skip_rows and any(not is_blank(text) for text in sheet.rows[place]):
            reader.take(place, (bad or {}).get(place + 1))
    return found


def _check_rows(sheet: StagedSheet, mapping: SheetMapping, findings: Findings) -> None:
    """Tell of rows that the mapping names and the sheet does not have, and of mapped conductivities that there are
    none of."""
    layout = mapping.sheet
    for name, row in (("first_row", layout.first_row), ("last_row", layout.last_row)):
        if row is not None and row > len(sheet.rows):
            message = f"{name} is {row}, but the sheet ends with row {len(sheet.rows)}"
            findings.add(None, "missing-row", message, "compare the mapping with the sheet", sheet=sheet.name)
    for row in layout.skip_rows:
        if row > len(sheet.rows):
            message = f"skip_rows names row {row}, but the sheet ends with row {len(sheet.rows)}"
            findings.add(None, "missing-row", message, "compare the mapping with the sheet", sheet=sheet.name)
    targets = {target.target for told in mapping.each_column for target in told.targets}
    if not mapping.is_known_set and SIGMA not in targets:
        message = "no column of the mapping gives a conductivity"
        hint = "which column is it? It is mapped to σ bulk, σ grain boundary or σ total"
        findings.add(None, "no-conductivity", message, hint, severity="doubt", sheet=sheet.name)


class _Reader:
    """Goes down a foreign sheet, and remembers the section and the cells that hold for the rows below."""

    def __init__(
        self,
        sheet: StagedSheet,
        mapping: SheetMapping,
        findings: Findings,
        names: ColumnNames,
        columns: list[FoundColumn],
        found: ForeignRows,
    ) -> None:
        self.sheet, self.mapping, self.findings, self.found = sheet, mapping, findings, found
        self.header = names.block.row
        self.columns, self.names = columns, names
        self.odd = {
            (mark.row, mark.column): mark for mark in sheet.marks if mark.code not in ("merged-cells", "hidden")
        }
        self.told: set[tuple[int, int]] = set()
        self.keys = {place: names.key(place) for place in range(names.width)}
        self.filled_down = {place for name in mapping.sheet.fill_down for place in names.find(name)[:1]}
        self.formulas = {each.place for each in columns if find_sheet_column("Formula") in each.told.targets}
        self.dropped: set[tuple[str, str]] = set()
        self.above: dict[str, str] = {}
        self.shared: dict[tuple[str, str], Parsed] = {}
        self.constants = self._read_constants()

    def _read_constants(self) -> dict[tuple[str, str], Parsed]:
        cells: dict[tuple[str, str], Parsed] = {}
        for name, text in self.mapping.constants.items():
            target = find_sheet_column(name)
            cell = replace(self.sheet.cell(self.header, 0, f"{name} in the mapping"), text=text)
            self._put(cells, target, cell)
        return cells

    def take(self, place: int, bad: str | None = None) -> None:
        """Read one row: a section, a known defect, one that is passed over for a reason, or data."""
        filled = [column for column, text in enumerate(self.sheet.rows[place]) if not is_blank(text)]
        if self.mapping.sheet.sections and len(filled) == 1:
            cell = self.sheet.cell(place, filled[0], "section")
            self.shared = {}
            self._put(self.shared, find_sheet_column(self.mapping.sheet.sections), cell)
            return
        if not self.mapping.is_known_set and self._is_told_as_odd(place, filled):
            return
        texts = self._texts(place)
        self.found.texts[place + 1] = texts
        self.found.names[place + 1] = self._name_row(place, texts)
        key = self._text(texts, self.mapping.key) if self.mapping.key else ""
        self.found.keys[place + 1] = key
        if (defect := bad or self._defect_of(key, texts)) is not None:
            self.found.skip(place + 1, defect)
            return
        if self.mapping.sheet.replicates:
            words = " ".join((self.mapping.sheet.replicates, self._text(texts, self.mapping.sheet.replicates)))
            self.found.replicates[place + 1] = words
        self.found.rows += self._read(place, texts)

    def _texts(self, place: int) -> dict[str, str]:
        row = self.sheet.rows[place]
        texts = {key: row[at] if at < len(row) else "" for at, key in self.keys.items()}
        names = list(map(self._name, self.mapping.sheet.fill_down))
        if names and not is_blank(texts.get(names[0])):
            self.above = {}  # another sample begins: nothing is inherited from the one above
        for name in names:
            if is_blank(texts.get(name)):
                texts[name] = self.above.get(name, "")
            self.above[name] = texts[name]
        return texts

    def _name(self, header: str) -> str:
        places = self.names.find(header)
        return self.keys[places[0]] if places else header

    def _is_told_as_odd(self, place: int, filled: list[int]) -> bool:
        """Whether a row sums up others, which is told and listed; a row with a single cell is told, and read, as is
        one that is named like a sum but has a formula (it is told where samples are gathered)."""
        cell = self.sheet.cell(place, filled[0], self.keys[filled[0]])
        names = [self.sheet.rows[place][each] for each in filled[:2]]
        word = next(filter(is_summary, names), None)
        if word is not None and not self.formulas & set(filled):
            self.found.texts[place + 1] = self._texts(place)
            self.found.names[place + 1] = self._name_row(place, self.found.texts[place + 1])
            reason = f"{word} sums up other rows: the row is no sample"
            self.found.skip(place + 1, reason)
            self.findings.add(cell, "summary-row", f"{reason}, and was not read", severity="doubt")
            return True
        if len(filled) == 1 and len(self.columns) > 1:
            hint = "a title of a section is named by sections in the mapping, a footnote stands below last_row"
            message = "the only cell of its row: is it a title or a footnote?"
            self.findings.add(cell, "lone-cell", message, hint, severity="doubt")
        return False

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
        corrections = self._corrections_of(place, texts)
        for column in self.columns:
            told = column.told
            cell = self._cell(place, column, texts)
            if others := [text for name in told.only_if_blank if not is_blank(text := self._text(texts, name))]:
                self._compare(cell, others)
                continue
            if correction := corrections.get(fold_header(column.header)):
                told, cell = self._correct(place, correction, told, cell)
                column = replace(
                    column,
                    told=told,
                    scales=column.scales | dict.fromkeys(told.to, column.scale(column.told.targets[0])),
                )
            if is_blank(cell.text) or self._is_odd(place, column, base):
                continue
            row = base if told.at is None else wide.setdefault(told.at, TypedRow(place + 1))
            self._read_column(row, cell, column)
        self._add_label(base, place, texts)
        self._add_composed(base, place, texts)
        for row in self._join(base, wide):
            settle_row(row, self.findings)
            yield row

    def _compare(self, cell: Cell, others: list[str]) -> None:
        """Tell of a value that is not read because others stand for it, and that is none of them."""
        if not is_blank(cell.text) and all(as_number(cell.text) != as_number(text) for text in others):
            message = f"not read, because {' and '.join(others)} stand for it, but it is another value"
            self.findings.add(cell, "value-not-read", message, severity="doubt")

    def _cell(self, place: int, column: FoundColumn, texts: dict[str, str]) -> Cell:
        cell = self.sheet.cell(place, column.place, self.keys[column.place])
        if is_blank(cell.text) and column.place in self.filled_down:
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

    def _read_column(self, row: TypedRow, cell: Cell, column: FoundColumn) -> None:
        told = column.told
        cell, rest = split_cell(replace(cell, text=cell.text.strip()), told)
        if told.pattern is not None and (part := self._take_part(row, cell, told)) is not None:
            cell = part
        word = {fold(name): text for name, text in told.words.items()}.get(fold(cell.text))
        cell = cell if word is None else replace(cell, text=word)
        if told.strip_trailing_zero:
            cell = replace(cell, text=re.sub(r"\.0+\Z", "", cell.text))
        if CONTROL_CHARACTERS.search(cell.text):
            self.findings.add(cell, "control-character", UNPRINTABLE)
            row.unread |= {target.target for target in told.targets}
            return
        if is_blank(cell.text):
            return
        for target in told.targets:
            own = replace(cell, text=told.prefix + cell.text) if told.prefix and is_remark(target) else cell
            scale = column.scale(target)
            if told.fallback_column is not None and not is_readable(self._meant(own, target), target):
                target, scale = find_sheet_column(told.fallback_column), PLAIN
            self._put(row.cells, target, own, scale, row.unread, told.basis_for(target))
        if rest:
            note = replace(cell, text=f"also named: {', '.join(rest)}")
            self._put(row.cells, find_sheet_column("Sample remark"), note, unread=row.unread)

    def _take_part(self, row: TypedRow, cell: Cell, told: ColumnMap) -> Cell | None:
        """The part of a cell that the pattern of its column finds; a problem where it finds none."""
        found = re.search(told.pattern or "", cell.text)
        if found is None:
            message = f"the pattern {told.pattern} finds nothing in {cell.text}"
            self.findings.add(cell, "pattern", message, "change the pattern in the mapping, or the cell")
            row.unread |= {target.target for target in told.targets}
            return replace(cell, text="")
        return replace(cell, text=(found[1] or "").strip())

    def _put(
        self,
        cells: dict[tuple[str, str], Parsed],
        target: SheetColumn,
        cell: Cell,
        scale: Scale = PLAIN,
        unread: set[str] | None = None,
        basis: str | None = None,
    ) -> None:
        """Read a cell into a column of ours; texts that meet in one remark are joined, other values must agree."""
        cell = self._meant(cell, target)
        if isinstance(target.schema_column.type, sa.Float | sa.Integer):
            cell = replace(cell, text=with_point(cell, self.mapping.sheet.decimal))
        if is_blank(cell.text):
            return
        try:
            value = read_text(cell.text, target.schema_column, scale)
        except SseDbError as error:
            self.findings.add(cell, error_code(error), str(error), error.hint)
            if unread is not None:
                unread.add(target.target)
            return
        if doubtful := find_doubtful(value, target.schema_column):
            self.findings.add(cell, *doubtful, severity="doubt")
        key = (target.target, target.part)
        parsed = Parsed(value, cell, target.column, scale, basis)
        earlier = cells.get(key)
        if earlier is not None and is_remark(target):
            parsed = replace(parsed, value=value if earlier.value == value else f"{earlier.value}; {value}")
        elif earlier is not None and earlier.cell.row == cell.row and not _agree(earlier, parsed):
            message = f"{earlier.cell.header} and {cell.header} both give {target.name}, and differ"
            hint = "map one of them to another column, or say which counts: only_if_blank"
            self.findings.add(cell, "double-value", message, hint)
            return
        cells[key] = parsed

    def _meant(self, cell: Cell, target: SheetColumn) -> Cell:
        """The cell with our word in place of the sheet's own."""
        words = {fold(name): text for name, text in self.mapping.words.get(target.name, {}).items()}
        word = words.get(fold(cell.text), cell.text)
        if is_blank(word) and not is_blank(cell.text) and (target.name, cell.text) not in self.dropped:
            self.dropped.add((target.name, cell.text))
            message = f"the mapping has no word of ours for {cell.text} in {target.name}: it was not read"
            self.findings.add(cell, "word-not-read", message, severity="doubt")
        return replace(cell, text=word)

    def _add_label(self, row: TypedRow, place: int, texts: dict[str, str]) -> None:
        template = self.mapping.sheet.label
        if template is None or (LABEL, "") in row.cells:
            return
        label = re.sub(r"\{(.+?)\}", lambda match: self._text(texts, match[1]), template)
        label = " ".join(label.strip("\"“”' ").split())
        if label:
            cell = replace(self.sheet.cell(place, 0, "label"), text=label)
            row.cells[LABEL, ""] = Parsed(label, cell, "label")

    def _add_composed(self, row: TypedRow, place: int, texts: dict[str, str]) -> None:
        """Texts of ours that the mapping makes of several columns, such as a formula of amounts."""
        for name, template in self.mapping.composed.items():
            target = find_sheet_column(name)
            cell = self.sheet.cell(place, 0, f"{name} in the mapping")
            try:
                text = fill_template(template, lambda header: self._text(texts, header), self.mapping.sheet.decimal)
            except ValueError as error:
                self.findings.add(cell, "composed", f"{name}: {error}", f"it is made of {template}")
                row.unread.add(target.target)
                continue
            self._put(row.cells, target, replace(cell, text=text), unread=row.unread)

    def _join(self, base: TypedRow, wide: dict[str, TypedRow]) -> Iterator[TypedRow]:
        if not wide or any(target == SIGMA for target, _ in base.cells):
            yield base
        for temperature, row in wide.items():
            cells = dict(base.cells)
            for key in [key for key in cells if key[0] == SIGMA]:
                del cells[key]
            own = next(iter(row.cells.values()), None) or next(iter(cells.values()), None)
            if own is None:
                continue
            cells.pop((TEMPERATURE, ""), None)
            cell = replace(own.cell, text=temperature)
            self._put(cells, find_sheet_column("Temperature"), cell, unread=row.unread)
            yield TypedRow(row.number, cells | row.cells, base.unread | row.unread)


def _agree(first: Parsed, second: Parsed) -> bool:
    """Whether two cells say the same."""
    if isinstance(first.value, Quantity) and isinstance(second.value, Quantity):
        return (first.value.value, first.value.relation) == (second.value.value, second.value.relation)
    return bool(first.value == second.value)
