"""From staged sheets to typed cells: headers to columns, texts to values, every problem with its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from etl.extract import StagedSheet
from etl.identity import normalise_doi
from etl.quantities import Quantity, is_blank, read_quantity, split_header
from etl.rows import Cell
from etl.sheets.base import SheetColumn, SheetMap
from sse_db.columns import vocabulary_of
from sse_db.errors import Problem, Severity, SseDbError
from sse_db.units import display_unit, is_unit_for
from sse_db.vocabulary import Contribution, ContributionBasis, Term, ValueBasis, find_term, fold

CLOSE_ENOUGH = 60
"""Similarity in percent from which a word is offered as the one that was meant."""


@dataclass(slots=True)
class Findings:
    """The problems of one file, in the order in which they were found."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        cell: Cell | None,
        code: str,
        message: str,
        hint: str = "",
        *,
        severity: Severity = "error",
        sheet: str | None = None,
    ) -> None:
        """Note a problem with a cell, or with the whole sheet where there is no cell."""
        if cell is None:
            self.problems.append(Problem(self.file, message, code, hint, sheet=sheet, severity=severity))
            return
        self.problems.append(
            Problem(
                self.file,
                message,
                code,
                hint,
                cell.sheet,
                cell.name,
                cell.row,
                cell.header,
                cell.text,
                severity=severity,
            )
        )

    @property
    def errors(self) -> list[Problem]:
        """Problems that refuse the file."""
        return [problem for problem in self.problems if problem.severity == "error"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A cell's value: a Quantity, a vocabulary term, an int or a text; with the column it feeds, and the unit and
    logarithm that its header names."""

    value: Any
    cell: Cell
    column: str = ""
    unit: str | None = None
    logarithmic: bool = False


@dataclass(slots=True)
class TypedRow:
    """One row of a sheet: values by (target, part), and the targets of cells that could not be read."""

    number: int
    cells: dict[tuple[str, str], Parsed] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def get(self, target: str, part: str = "") -> Parsed | None:
        """The parsed cell of a column, None where the sheet is silent."""
        return self.cells.get((target, part))

    def value(self, target: str, part: str = "") -> Any:
        """The value of a column, a quantity as its number; None where the sheet is silent."""
        parsed = self.get(target, part)
        if parsed is None:
            return None
        return parsed.value.value if isinstance(parsed.value, Quantity) else parsed.value


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of a file that was recognised: its place, its meaning, and the unit that its header names."""

    place: int
    column: SheetColumn
    header: str
    unit: str | None = None
    logarithmic: bool = False


Reader = Callable[[str], Any]


def read_rows(sheet: StagedSheet, sheet_map: SheetMap, findings: Findings, *, header_row: int = 0) -> list[TypedRow]:
    """All rows below the header as typed cells; problems of headers and cells go to the findings."""
    if len(sheet.rows) <= header_row:
        findings.add(None, "no-header", f"{sheet.name or 'the file'} has no header row", sheet=sheet.name)
        return []
    columns = map_headers(sheet, sheet_map, findings, header_row)
    odd = {(mark.row, mark.column) for mark in sheet.marks if mark.code != "merged-cells"}
    rows = []
    for place in range(header_row + 1, len(sheet.rows)):
        if any(not is_blank(text) for text in sheet.rows[place]):
            rows.append(_read_row(sheet, place, columns, odd, findings))
    return rows


def map_headers(sheet: StagedSheet, sheet_map: SheetMap, findings: Findings, header_row: int) -> list[MappedColumn]:
    """Recognise the headers of a sheet; unknown, double and missing ones are problems."""
    names = _names(sheet_map)
    found: dict[SheetColumn, MappedColumn] = {}
    for place, text in enumerate(sheet.rows[header_row]):
        if not text.strip():
            _refuse_nameless(sheet, place, header_row, findings)
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
    names = _names(sheet_map)
    readings = (reading for text in sheet.rows[0] for reading in split_header(text))
    return any((column := names.get(fold(reading.name))) and column.target == target for reading in readings)


def _refuse_nameless(sheet: StagedSheet, place: int, header_row: int, findings: Findings) -> None:
    for row in range(header_row + 1, len(sheet.rows)):
        cell = sheet.cell(row, place)
        if not is_blank(cell.text):
            findings.add(cell, "no-header", "a value in a column without header", "name the column, or empty it")
            return


def _names(sheet_map: SheetMap) -> dict[str, SheetColumn]:
    names: dict[str, SheetColumn] = {}
    for column in sheet_map.columns:
        for name in (column.name, column.header, *column.aliases):
            names.setdefault(fold(name), column)
    return names


def _match_header(cell: Cell, place: int, names: dict[str, SheetColumn], findings: Findings) -> MappedColumn | None:
    wrong_unit: tuple[SheetColumn, str] | None = None
    for reading in split_header(cell.text):
        column = names.get(fold(reading.name))
        if column is None:
            continue
        if reading.unit is None or is_unit_for(reading.unit, column.column):
            return MappedColumn(place, column, cell.text, reading.unit, reading.logarithmic)
        wrong_unit = wrong_unit or (column, reading.unit)
    if wrong_unit:
        column, unit = wrong_unit
        wanted = display_unit(column.column)
        hint = f"write {column.header}, or a unit that converts into {wanted}" if wanted else f"write {column.header}"
        findings.add(cell, "header-unit", f"{unit} is no unit of {column.name}", hint)
    else:
        findings.add(cell, "unknown-header", f"unknown column {cell.text}", suggest(cell.text, [*names]))
    return None


def suggest(word: str, known: list[str]) -> str:
    """A hint that names the known word that is most like the one written, empty where none is."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(fold(word), known, scorer=fuzz.ratio, processor=fold, score_cutoff=CLOSE_ENOUGH)
    return (
        f"did you mean {best[0]}?"
        if best
        else "known are: " + ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    )


def _read_row(
    sheet: StagedSheet, place: int, columns: list[MappedColumn], odd: set[tuple[int, int]], findings: Findings
) -> TypedRow:
    row = TypedRow(place + 1)
    known = {mapped.place for mapped in columns}
    for mapped in columns:
        cell = sheet.cell(place, mapped.place, mapped.header)
        if is_blank(cell.text):
            continue
        if (place, mapped.place) in odd:
            row.unread.add(mapped.column.target)
            continue
        try:
            value = _read_cell(cell, mapped)
        except SseDbError as error:
            findings.add(cell, error_code(error), str(error), error.hint)
            row.unread.add(mapped.column.target)
            continue
        row.cells[mapped.column.target, mapped.column.part] = Parsed(
            value, cell, mapped.column.column, mapped.unit, mapped.logarithmic
        )
    for extra in range(len(sheet.rows[0]), len(sheet.rows[place])):
        if extra not in known and not is_blank(sheet.rows[place][extra]):
            cell = sheet.cell(place, extra)
            findings.add(
                cell, "no-header", "a value beyond the last header", "is a delimiter inside a text? put it in quotes"
            )
    return row


class UnknownWord(SseDbError):
    """A word that the column's vocabulary does not hold."""


def error_code(error: SseDbError) -> str:
    """The code of a problem: the error's name with hyphens."""
    name = type(error).__name__
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")


def _read_cell(cell: Cell, mapped: MappedColumn) -> Any:
    target = mapped.column.target
    if target in READERS:
        return READERS[target](cell.text)
    column = mapped.column.schema_column
    vocabulary = vocabulary_of(column)
    if vocabulary is not None and issubclass(vocabulary, Term):
        return read_term(vocabulary, cell.text)
    if isinstance(column.type, sa.Float):
        return read_quantity(cell.text, column.name, mapped.unit, logarithmic=mapped.logarithmic)
    if isinstance(column.type, sa.Integer):
        return _read_integer(cell.text)
    return _read_words(cell.text)


def read_term(vocabulary: type[Term], text: str) -> Term:
    """The term that a word means; raises UnknownWord with the nearest known one."""
    term = find_term(vocabulary, text)
    if term is None:
        raise UnknownWord(f"{text} is not a word of this column", suggest(text, [each.value for each in vocabulary]))
    return term


def _read_integer(text: str) -> int:
    try:
        value = float(text.strip())
    except ValueError:
        raise UnknownWord(f"{text} is no whole number") from None
    if not value.is_integer():
        raise UnknownWord(f"{text} is no whole number")
    return int(value)


def _read_by_part(vocabulary: type[Term]) -> Reader:
    """``extrapolated`` for all values of the row (under the empty name), or ``bulk: extrapolated; total: measured``."""

    def read(text: str) -> dict[str, Term]:
        if ":" not in text:
            return {"": read_term(vocabulary, text)}
        pairs = (part.partition(":") for part in text.split(";") if part.strip())
        return {str(read_term(Contribution, name)): read_term(vocabulary, word) for name, _, word in pairs}

    return read


def _read_words(text: str) -> str:
    return " ".join(text.split())


READERS: dict[str, Reader] = {
    "publications.doi": normalise_doi,
    "publications.id": _read_words,
    "samples.id": _read_words,
    "structural_records.awaits_doi": normalise_doi,
    "impedance_measurements.value_basis": _read_by_part(ValueBasis),
    "impedance_measurements.contribution_basis": _read_by_part(ContributionBasis),
}
"""Columns whose cells are read in a way of their own; an id stands for the row that a sheet refers to by name."""
