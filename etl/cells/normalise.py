"""From staged sheets to typed cells: texts to values, every problem with its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from etl.cells.headers import MappedColumn, map_headers
from etl.cells.quantities import Quantity, divide_quantity, is_blank, read_quantity
from etl.cells.scales import PLAIN, Scale, divide_by_kelvin
from etl.drafts import Cell
from etl.problems import Findings, error_code
from etl.sheets.base import SheetMap
from etl.tables.extract import StagedSheet
from sse_db.columns import vocabulary_of
from sse_db.errors import SseDbError, UnreadableQuantity
from sse_db.records.identity import normalise_doi
from sse_db.spelling import suggest
from sse_db.vocabulary import Contribution, ContributionBasis, Term, ValueBasis, find_term


@dataclass(frozen=True, slots=True)
class Parsed:
    """A cell's value: a Quantity, a vocabulary term, an int or a text; with the column it feeds, how its header says
    that its numbers are meant, and whether the kind of conductivity is stated or assumed, where the header decides."""

    value: Any
    cell: Cell
    column: str = ""
    scale: Scale = PLAIN
    basis: str | None = None


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
            row = _read_row(sheet, place, columns, odd, findings)
            settle_row(row, findings)
            rows.append(row)
    return rows


def _read_row(
    sheet: StagedSheet, place: int, columns: list[MappedColumn], odd: set[tuple[int, int]], findings: Findings
) -> TypedRow:
    row, texts = TypedRow(place + 1), sheet.rows[place]
    for mapped in columns:
        cell = sheet.cell(place, mapped.place, mapped.header)
        if is_blank(cell.text):
            continue
        if (place, mapped.place) in odd:
            row.unread.add(mapped.column.target)
            continue
        try:
            value = read_text(cell.text, mapped.column.schema_column, mapped.scale)
        except SseDbError as error:
            findings.add(cell, error_code(error), str(error), error.hint)
            row.unread.add(mapped.column.target)
            continue
        row.cells[mapped.column.target, mapped.column.part] = Parsed(
            value, cell, mapped.column.column, mapped.scale, ContributionBasis.ASSUMED if mapped.is_unsaid else None
        )
    extra = next((each for each in range(len(sheet.rows[0]), len(texts)) if not is_blank(texts[each])), None)
    if extra is not None:
        hint = "is a delimiter inside a text? put it in quotes"
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


class UnknownWord(SseDbError):
    """A word that the column's vocabulary does not hold."""


def read_text(text: str, column: sa.Column[Any], scale: Scale = PLAIN) -> Any:
    """The value that a text means in a table's column; ``scale`` is how its header says that numbers are meant.

    Raises an SseDbError that says what is wrong with the text.
    """
    target = f"{column.table.name}.{column.name}"
    if target in READERS:
        return READERS[target](text)
    vocabulary = vocabulary_of(column)
    if vocabulary is not None and issubclass(vocabulary, Term):
        return read_term(vocabulary, text)
    if isinstance(column.type, sa.Float):
        return read_quantity(text, column.name, scale=scale)
    if isinstance(column.type, sa.Integer):
        return _read_integer(text)
    return _read_words(text)


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
