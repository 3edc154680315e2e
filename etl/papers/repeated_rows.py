"""Rows of a literature sheet that repeat what earlier ones say, but for their numbers: taken by look-up.

A sheet of a million values describes thousands of samples, and its columns hold thousands of texts. The first row of a
sample, and every row with something to tell, is read cell by cell; of the others only the numbers count, and each
distinct text has been read and checked once.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from etl.cells.contracts import check_canonical
from etl.cells.normalise import EA, SIGMA, TEMPERATURE, ColumnReadings, Parsed, RowReader, TypedRow
from etl.cells.quantities import Quantity, is_blank
from etl.draft_columns import Conductivity, MeasurementColumns, Temperature
from etl.drafts import Cell, Draft, SampleKey
from etl.papers import assemble
from etl.problems import Findings
from etl.sheets.base import SheetMap
from etl.tables.workbook_scan import place_of
from sse_db.vocabulary import Contribution

Texts = Sequence[str]
Values = tuple[tuple[int, int], ...]
"""Of a kind of row, the places of its conductivities, each with the frame that it has there."""
ROWS_AT_ONCE = 10_000
SINGLY = -1
BLANK = -1


class Kind(NamedTuple):
    """What rows have in common that say the same beside sample and numbers, and fill in the same columns of values."""

    values: Values
    energies: tuple[int, ...]


class RepeatedRows:
    """Finds the rows that can be taken by look-up; ``columns`` takes their measurements."""

    def __init__(self, reader: RowReader, sheet_map: SheetMap, describing: Sequence[str]) -> None:
        self.reader = reader
        self.sheet_map = sheet_map
        self.columns = MeasurementColumns(self.redraft, lambda row: reader.sheet.address_of(row + 1))
        self.width = len(reader.sheet.rows[reader.header_row])
        self.odd_rows = {row for row, _ in reader.odd}
        targets = [(each, each.mapped.column.target) for each in reader.readings]
        self.describing = [each for each, target in targets if target.partition(".")[0] in describing]
        self.sigmas = [each for each, target in targets if target == SIGMA]
        self.energies = [each for each, target in targets if target == EA]
        self.temperature = next((each for each, target in targets if target == TEMPERATURE), None)
        numbers = [*self.sigmas, *self.energies, *([self.temperature] if self.temperature else [])]
        self.shared = [each for each in reader.readings if each not in numbers and each not in self.describing]
        self.takes_description = _getter(self.describing)
        self.takes_shared = _getter(self.shared)
        self.are_products = any(each.mapped.scale.per_kelvin for each in self.sigmas)
        self._clean: dict[tuple[int, Hashable], bool] = {}
        self._kinds: dict[Hashable, int] = {}
        self.kinds: list[Kind] = []
        self.sigma_codes = {each.mapped.place: _Numbered(self._code_conductivity, each) for each in self.sigmas}
        self._temperatures = _Numbered(self._code_temperature, self.temperature) if self.temperature else None

    def sort_out(self, findings: Findings) -> Iterator[tuple[int, int]]:
        """The places of all rows, each with the number of its kind, or SINGLY where it has to be read by itself; all
        problems of cells go to the findings first."""
        places, kinds, singly = array("i"), array("i"), []
        for place in self.reader.find_rows(findings):
            kind = self._kind_of(place)
            places.append(place)
            kinds.append(kind)
            if kind == SINGLY:
                singly.append(self.reader.read(place, findings))
            if len(singly) == ROWS_AT_ONCE:
                check_canonical(singly, self.sheet_map, findings)
                singly = []
        check_canonical(singly, self.sheet_map, findings)
        return zip(places, kinds, strict=True)

    def read_again(self, place: int) -> TypedRow:
        """The typed cells of a row whose problems are told already."""
        return self.reader.read(place, Findings(""))

    def texts_of(self, place: int) -> Texts:
        """The texts of a row, one for each header."""
        texts = self.reader.sheet.rows[place]
        return texts if len(texts) >= self.width else [*texts, *[""] * (self.width - len(texts))]

    def _kind_of(self, place: int) -> int:
        """The number of a row's kind; SINGLY where anything in it is to be told."""
        texts = self.texts_of(place)
        if self.are_products or place in self.odd_rows or not all(map(is_blank, texts[self.width :])):
            return SINGLY
        if self.temperature is not None and not _is_clean(self.temperature, texts):
            return SINGLY
        filled = []
        for readings in (*self.sigmas, *self.energies):
            if not _is_clean(readings, texts):
                return SINGLY
            filled.append(readings[texts[readings.mapped.place]].is_blank)
        if not self._are_clean(0, self.describing, self.takes_description(texts), texts):
            return SINGLY
        shared = self.takes_shared(texts)
        if not self._are_clean(1, self.shared, shared, texts):
            return SINGLY
        key = (shared, *filled)
        if key not in self._kinds:
            self._kinds[key] = self._number_kind(place)
        return self._kinds[key]

    def _are_clean(self, part: int, columns: list[ColumnReadings], key: Hashable, texts: Texts) -> bool:
        """Whether there is nothing to tell of the texts of some columns, which ``key`` holds."""
        if (part, key) not in self._clean:
            self._clean[part, key] = all(_is_clean(readings, texts) for readings in columns)
        return self._clean[part, key]

    def _number_kind(self, place: int) -> int:
        """A kind by the first row of it, each cell of which is in order."""
        told = Findings("")
        row = self.reader.read(place, told)
        if told.problems:  # its cells contradict each other
            return SINGLY
        drafts = assemble.draft_measurements(row, tuple(Contribution), _NOBODY, "")
        values = []
        for draft in drafts:
            _, column = place_of(draft.cells["conductivity_s_per_cm"].address)
            values.append((column, self.columns.code_frame(self.columns.frame_of(draft))))
        energies = [each.mapped.place for each in self.energies]
        filled = [column for column in energies if not is_blank(self.texts_of(place)[column])]
        self.kinds.append(Kind(tuple(values), tuple(filled)))
        return len(self.kinds) - 1

    def _code_conductivity(self, readings: ColumnReadings, text: str) -> int:
        if readings[text].is_blank:
            return BLANK
        quantity: Quantity = readings[text].value
        relation = assemble.relation_of(quantity)
        written = _written(readings, text)
        return self.columns.conductivities[Conductivity(quantity.value, relation, quantity.uncertainty, written)]

    def _code_temperature(self, readings: ColumnReadings, text: str) -> int:
        if readings[text].is_blank:
            return BLANK
        row = TypedRow(0)
        row.cells[TEMPERATURE, ""] = _parse(readings, text)
        values, _ = assemble.read_temperature(row)
        told = Temperature(values["temperature_c"], values["temperature_basis"], _written(readings, text))
        return self.columns.code_temperature(told)

    def code_temperature(self, texts: Texts) -> int:
        """The number of a row's temperature, BLANK where its cell is; a sheet without a column for it states none."""
        if self._temperatures is None or self.temperature is None:
            values, _ = assemble.read_temperature(TypedRow(0))
            return self.columns.code_temperature(Temperature(values["temperature_c"], values["temperature_basis"]))
        return self._temperatures[texts[self.temperature.mapped.place]]

    def redraft(self, place: int, sample: SampleKey) -> list[Draft]:
        """The measurements of a row, with their cells."""
        address = self.reader.sheet.address_of(place + 1)
        return assemble.draft_measurements(self.read_again(place), tuple(Contribution), sample, address)


_NOBODY: SampleKey = ((), "")


class _Numbered(dict[str, int]):
    """Texts of a column to the numbers of what they say."""

    def __init__(self, code: Callable[[ColumnReadings, str], int], readings: ColumnReadings) -> None:
        super().__init__()
        self._number, self._readings = code, readings

    def __missing__(self, text: str) -> int:
        self[text] = number = self._number(self._readings, text)
        return number


def _getter(columns: list[ColumnReadings]) -> Callable[[Texts], Hashable]:
    places = [each.mapped.place for each in columns]
    return itemgetter(*places) if places else lambda _texts: ()


def _is_clean(readings: ColumnReadings, texts: Texts) -> bool:
    return readings.is_clean(texts[readings.mapped.place])


def _parse(readings: ColumnReadings, text: str) -> Parsed:
    mapped = readings.mapped
    return Parsed(readings[text].value, Cell("", 0, mapped.header, text), mapped.column.column, mapped.scale)


def _written(readings: ColumnReadings, text: str) -> str | None:
    """The text of a number where it says more than the number."""
    column = readings.mapped.column.column
    values, _ = assemble.to_values({column: _parse(readings, text)})
    told: Any = json.loads(values.get("as_written") or "{}")
    return told.get(column)
