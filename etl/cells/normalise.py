"""From staged sheets to typed cells: texts to values, every problem with its cell."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa

from etl.cells.decimals import find_decimal_comma, refuse_grouped
from etl.cells.headers import MappedColumn, find_lower_header, map_headers
from etl.cells.limits import Doubtful, find_doubtful, require_exact
from etl.cells.quantities import Quantity, divide_quantity, is_blank, read_quantity
from etl.cells.scales import PLAIN, Scale, divide_by_kelvin
from etl.coded_columns import Codes, code_columns
from etl.drafts import Cell
from etl.problems import Findings, error_code
from etl.sheets.base import SheetMap
from etl.tables.extract import StagedSheet
from etl.tables.workbook_scan import column_letters
from sse_db.columns import bounds_of, vocabulary_of
from sse_db.errors import SseDbError, UnknownWord, UnreadableQuantity
from sse_db.materials.space_groups import find_space_group
from sse_db.records.identity import normalise_doi
from sse_db.spelling import plain_label, suggest
from sse_db.vocabulary import (
    Contribution,
    ContributionBasis,
    PhaseType,
    StructureClass,
    Term,
    ValueBasis,
    find_term,
    fold,
)


@dataclass(slots=True)
class Parsed:
    """A cell's value: a Quantity, a vocabulary term, an int or a text; with the column it feeds, how its header says
    that its numbers are meant, and whether the kind of conductivity is stated or assumed, where the header decides.
    Nobody changes one; it is as little frozen as its cell."""

    value: Any
    cell: Cell
    column: str = ""
    scale: Scale = PLAIN
    basis: str | None = None


@dataclass(slots=True)
class TypedRow:
    """One row of a sheet: values by (target, part), and the targets of cells that could not be read, or are blank."""

    number: int
    cells: dict[tuple[str, str], Parsed] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    blank: set[str] = field(default_factory=set)

    def get(self, target: str, part: str = "") -> Parsed | None:
        """The parsed cell of a column, None where the sheet is silent."""
        return self.cells.get((target, part))

    def value(self, target: str, part: str = "") -> Any:
        """The value of a column, a quantity as its number; None where the sheet is silent."""
        parsed = self.get(target, part)
        if parsed is None:
            return None
        return parsed.value.value if isinstance(parsed.value, Quantity) else parsed.value


ColumnReader = Callable[[str], Any]

FORMULAS = ("samples.formula_as_written", "samples.additive_formula")
ELEMENTS = ("Na", "Nd")
"""Formulas of one element that other columns take for a mark of nothing."""


def read_rows(sheet: StagedSheet, sheet_map: SheetMap, findings: Findings, *, header_row: int = 0) -> list[TypedRow]:
    """All rows below the header as typed cells; problems of headers and cells go to the findings."""
    reader = open_rows(sheet, sheet_map, findings, header_row=header_row)
    return [] if reader is None else [reader.read(place, findings) for place in reader.find_rows(findings).tolist()]


def open_rows(sheet: StagedSheet, sheet_map: SheetMap, findings: Findings, *, header_row: int = 0) -> RowReader | None:
    """What reads the rows of a sheet, with the meaning of its headers; None where there are none."""
    if len(sheet.rows) <= header_row:
        findings.add(None, "no-header", f"{sheet.name or 'the file'} has no header row", sheet=sheet.name)
        return None
    if (lower := find_lower_header(sheet, sheet_map, header_row)) is not None:
        cell = sheet.cell(header_row, 0)
        message = f"row {header_row + 1} holds no headers: row {lower + 1} looks like the one that does"
        hint = f"the headers must stand in row {header_row + 1}: delete what is above them"
        findings.add(cell, "title-row", message, hint)
        return None
    return RowReader(sheet, map_headers(sheet, sheet_map, findings, header_row), header_row)


class Reading(NamedTuple):
    """What a text says in a column: nothing, a value with what is doubtful about it, or why it cannot be read (code,
    message and hint)."""

    is_blank: bool = False
    value: Any = None
    doubt: Doubtful | None = None
    refusal: tuple[str, str, str] | None = None


class ColumnReadings:
    """The readings of the distinct texts of a column: a text that stands in a thousand cells is read once."""

    def __init__(self, mapped: MappedColumn, comma_at: str, alike: ColumnReadings | None = None) -> None:
        """``alike`` is a column of the sheet that feeds the same column of a table in the same scale."""
        self._readings: dict[str, Reading] = {} if alike is None else alike._readings
        self._clean: dict[str, bool] = {} if alike is None else alike._clean
        self.mapped = mapped
        self.key = (mapped.column.target, mapped.column.part)
        self.column = mapped.column.column
        self.basis = ContributionBasis.ASSUMED if mapped.is_unsaid else None
        self.schema_column = mapped.column.schema_column
        self._comma_at = comma_at if isinstance(self.schema_column.type, sa.Float) else ""

    def is_like(self, mapped: MappedColumn) -> bool:
        """Whether texts mean the same in another column: bulk and total conductivities are read alike."""
        return (self.key[0], self.mapped.scale) == (mapped.column.target, mapped.scale)

    def __getitem__(self, text: str) -> Reading:
        reading = self._readings.get(text)
        if reading is None:
            self._readings[text] = reading = self._read(text)
        return reading

    def is_blank(self, text: str) -> bool:
        """Whether a text says nothing in this column."""
        return self[text].is_blank

    def is_clean(self, text: str) -> bool:
        """Whether there is nothing to tell of a text: it is blank, or its numbers are within the column's limits."""
        clean = self._clean.get(text)
        if clean is None:
            reading = self[text]
            clean = reading.refusal is None and reading.doubt is None and self._is_within(reading.value)
            self._clean[text] = clean
        return clean

    def _is_within(self, value: Any) -> bool:
        low, high = bounds_of(self.schema_column)
        low, high = -math.inf if low is None else low, math.inf if high is None else high
        if not isinstance(value, Quantity):
            return not isinstance(value, int | float) or low <= value <= high
        numbers = [end for end in (value.value, value.lower, value.upper) if end is not None]
        return all(low <= end <= high for end in numbers) and 0 <= (value.uncertainty or 0) <= high

    def _read(self, text: str) -> Reading:
        if is_blank(text) and not (self.mapped.column.target in FORMULAS and text.strip() in ELEMENTS):
            return Reading(is_blank=True)
        try:
            refuse_grouped(text, self._comma_at)
            value = read_text(text, self.schema_column, self.mapped.scale)
        except SseDbError as error:
            return Reading(refusal=(error_code(error), str(error), error.hint))
        return Reading(value=value, doubt=find_doubtful(value, self.schema_column))


class RowReader:
    """Reads the rows of a sheet, whose columns are known, cell by cell."""

    def __init__(self, sheet: StagedSheet, columns: list[MappedColumn], header_row: int) -> None:
        self.sheet = sheet
        self.header_row = header_row
        self.coded = code_columns(sheet.rows[header_row + 1 :], len(sheet.rows[header_row]))
        """The columns of the rows below the header."""
        numbers = [mapped.place for mapped in columns if isinstance(mapped.column.schema_column.type, sa.Float)]
        with_comma = [place for place in numbers if any("," in text for text in self.coded[place].texts)]
        comma_at = find_decimal_comma(sheet, with_comma, header_row + 1)
        self.readings: list[ColumnReadings] = []
        for mapped in columns:
            alike = (each for each in self.readings if each.is_like(mapped))
            self.readings.append(ColumnReadings(mapped, comma_at, next(alike, None)))
        self.odd = {(mark.row, mark.column) for mark in sheet.marks if mark.is_unreadable}

    def find_rows(self, findings: Findings) -> Codes:
        """The zero-based places of rows that say something; the headers once more are a problem."""
        rows, first, header = self.sheet.rows, self.header_row + 1, self.sheet.rows[self.header_row]
        blank = np.ones(len(rows) - first, dtype=bool)
        for column in self.coded:
            blank &= column.flag(is_blank) if blank.any() else blank
        says = ~blank
        for each in np.flatnonzero(blank).tolist():
            says[each] = not all(map(is_blank, rows[first + each][len(header) :]))
        for each in np.flatnonzero(self.coded[0].flag(header[0].__eq__)).tolist() if header else ():
            if rows[first + each] == header:
                cell = self.sheet.cell(first + each, 0)
                findings.add(cell, "header-again", "the headers stand in this row again", "delete the row")
                says[each] = False
        return np.flatnonzero(says) + first

    def read(self, place: int, findings: Findings) -> TypedRow:
        """The typed cells of a row, with what they say of each other settled; problems go to the findings."""
        row = _read_row(self.sheet, place, self.readings, self.odd, findings)
        settle_row(row, findings)
        return row

    def read_some(self, place: int, columns: list[ColumnReadings]) -> TypedRow:
        """The typed cells of a row in some columns, of which there is nothing to tell."""
        return _read_row(self.sheet, place, columns, self.odd, Findings(""))


def _read_row(
    sheet: StagedSheet, place: int, columns: list[ColumnReadings], odd: set[tuple[int, int]], findings: Findings
) -> TypedRow:
    row, texts = TypedRow(place + 1), sheet.rows[place]
    for readings in columns:
        mapped = readings.mapped
        reading = readings[texts[mapped.place] if mapped.place < len(texts) else ""]
        if reading.is_blank:
            row.blank.add(readings.key[0])
            continue
        if (place, mapped.place) in odd:
            row.unread.add(readings.key[0])
            continue
        cell = sheet.cell(place, mapped.place, mapped.header)
        if reading.refusal is not None:
            findings.add(cell, *reading.refusal)
            row.unread.add(readings.key[0])
            continue
        if reading.doubt is not None:
            findings.add(cell, *reading.doubt, severity="doubt")
        row.cells[readings.key] = Parsed(reading.value, cell, readings.column, mapped.scale, readings.basis)
    extra = next((each for each in range(len(sheet.rows[0]), len(texts)) if not is_blank(texts[each])), None)
    if extra is not None:
        hint = f"give {column_letters(extra)}1 a header, which begins with # for a column of your own"
        hint += "" if sheet.name else "; or is a delimiter inside a text? then put it in quotes"
        findings.add(sheet.cell(place, extra), "no-header", "a value beyond the last header", hint)
    return row


SIGMA = "impedance_measurements.conductivity_s_per_cm"
EA = "activation_energies.activation_energy_ev"
TEMPERATURE = "impedance_measurements.temperature_c"
CONTRIBUTION = "impedance_measurements.contribution"


def settle_row(row: TypedRow, findings: Findings) -> None:
    """What the cells of a row say of each other: the kind of its conductivity, and the temperature that σT was of."""
    if (kind := row.cells.get((CONTRIBUTION, ""))) is not None:
        _settle_contribution(row, kind, findings)
    for (target, part), parsed in list(row.cells.items()):
        if target == SIGMA and parsed.scale.per_kelvin:
            _divide_by_temperature(row, part, parsed, findings)


def _settle_contribution(row: TypedRow, kind: Parsed, findings: Findings) -> None:
    """Give the values of unsaid kind the one that the row names; a column that names another contradicts it."""
    part = str(kind.value)
    basis = ContributionBasis.ASSUMED if kind.value == Contribution.UNSPECIFIED else ContributionBasis.STATED
    for target in (SIGMA, EA):
        unsaid = row.cells.get((target, Contribution.TOTAL))
        if unsaid is not None and unsaid.basis == ContributionBasis.ASSUMED:
            del row.cells[target, Contribution.TOTAL]
            other = row.cells.setdefault((target, part), replace(unsaid, basis=str(basis)))
            if other.cell is not unsaid.cell:
                message = f"{unsaid.cell.header} and {other.cell.header} both give {part.replace('_', ' ')}"
                findings.add(unsaid.cell, "double-value", message, "leave one of them blank")
    others = [each for (target, its), each in row.cells.items() if target == SIGMA and its != part]
    if others:
        message = f"the row is of {kind.cell.text}, but {others[0].cell.header} is another kind"
        findings.add(kind.cell, "contradicting-kind", message, "name the value's column σ, without a kind")


def _divide_by_temperature(row: TypedRow, part: str, parsed: Parsed, findings: Findings) -> None:
    temperature = row.value(TEMPERATURE)
    try:
        if temperature is None:
            raise UnreadableQuantity("σT without the temperature of its row", "give the temperature it was measured at")
        value = divide_quantity(parsed.value, lambda number: divide_by_kelvin(number, temperature))
        row.cells[SIGMA, part] = replace(parsed, value=value)
    except SseDbError as error:
        del row.cells[SIGMA, part]
        row.unread.add(SIGMA)
        if TEMPERATURE not in row.unread:
            findings.add(parsed.cell, error_code(error), str(error), error.hint)


def read_text(text: str, column: sa.Column[Any], scale: Scale = PLAIN) -> Any:
    """The value that a text means in a table's column; ``scale`` is how its header says that numbers are meant.

    Raises an SseDbError that says what is wrong with the text.

    >>> from sse_db.schema import Sample
    >>> columns = Sample.__table__.columns
    >>> read_text("900 nm", columns["grain_size_um"]).value
    0.9
    >>> read_text("Sol-Gel", columns["synthesis_method"])
    <SynthesisMethod.SOL_GEL: 'sol_gel'>
    """
    target = f"{column.table.name}.{column.name}"
    if target in COLUMN_READERS:
        return COLUMN_READERS[target](text)
    vocabulary = vocabulary_of(column)
    if vocabulary is not None and issubclass(vocabulary, Term):
        return read_term(vocabulary, text)
    if isinstance(column.type, sa.Float):
        quantity = read_quantity(text, column.name, scale=scale)
        require_exact(quantity, column)
        return quantity
    if isinstance(column.type, sa.Integer):
        return _read_integer(text)
    return _read_words(text)


def read_term(vocabulary: type[Term], text: str) -> Term:
    """The term that a word means; raises UnknownWord with the nearest known one."""
    term = find_term(vocabulary, text)
    if term is None:
        hint = suggest(text, [each.value for each in vocabulary])
        raise UnknownWord(f"{text} is not a word of this column", _lead_elsewhere(vocabulary, text) or hint)
    return term


CRYSTAL_SYSTEMS = (
    "cubic", "tetragonal", "orthorhombic", "hexagonal", "trigonal", "rhombohedral", "monoclinic", "triclinic"
)  # fmt: skip


def _lead_elsewhere(vocabulary: type[Term], text: str) -> str:
    """The column that a word belongs to which is none of a phase or of a family."""
    if vocabulary not in (PhaseType, StructureClass):
        return ""
    if fold(text).removesuffix(" phase") in CRYSTAL_SYSTEMS:
        words = ", ".join(term.value for term in vocabulary)
        return f"that is a crystal system: it belongs into Structure type or Space group; here: {words}"
    if len(text.strip()) > 1 and find_space_group(text) is not None:
        return "that is a space group: it belongs into the column Space group"
    other = StructureClass if vocabulary is PhaseType else PhaseType
    name = "Structure class" if vocabulary is PhaseType else "Phase"
    return f"that belongs into the column {name}" if find_term(other, text) is not None else ""


WHOLE_NUMBER = "write its digits alone; leave it blank if it is not known, words belong into the remark"


def _read_integer(text: str) -> int:
    try:
        value = float(text.strip())
    except ValueError:
        raise UnknownWord(f"{text} is no whole number", WHOLE_NUMBER) from None
    if not value.is_integer():
        raise UnknownWord(f"{text} is no whole number", WHOLE_NUMBER)
    return int(value)


def _read_by_part(vocabulary: type[Term]) -> ColumnReader:
    """``extrapolated`` for all values of the row (under the empty name), or ``bulk: extrapolated; total: measured``."""

    def read(text: str) -> dict[str, Term]:
        if ":" not in text:
            return {"": read_term(vocabulary, text)}
        pairs = (part.partition(":") for part in text.split(";") if part.strip())
        return {str(read_term(Contribution, name)): read_term(vocabulary, word) for name, _, word in pairs}

    return read


def _read_words(text: str) -> str:
    return " ".join(text.split())


COLUMN_READERS: dict[str, ColumnReader] = {
    "publications.doi": normalise_doi,
    "publications.id": _read_words,
    "samples.id": plain_label,
    "samples.label": plain_label,
    "structural_records.awaits_sample_label": plain_label,
    "structural_records.awaits_doi": normalise_doi,
    "impedance_measurements.value_basis": _read_by_part(ValueBasis),
    "impedance_measurements.contribution_basis": _read_by_part(ContributionBasis),
}
"""Columns whose cells are read in a way of their own; an id stands for the row that a sheet refers to by name."""
