"""Rows of a literature sheet that repeat what earlier ones say, but for their numbers: taken by look-up.

A sheet of a million values describes thousands of samples, and its columns hold thousands of texts. The first row of a
sample, and every row with something to tell, is read cell by cell; of the others only the numbers count, and each
distinct text has been read and checked once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from etl.cells.contracts import check_canonical
from etl.cells.normalise import EA, SIGMA, TEMPERATURE, ColumnReadings, Parsed, RowReader, TypedRow
from etl.cells.quantities import Quantity, is_blank
from etl.cells.scales import Scale
from etl.coded_columns import CodedColumn, Codes, combine, find_first, recode
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
        self.columns = MeasurementColumns(self.redraft, reader.sheet.name)
        self.width = len(reader.sheet.rows[reader.header_row])
        self.first = reader.header_row + 1
        self.coded = reader.coded
        targets = [(each, each.mapped.column.target) for each in reader.readings]
        self.publishing = [each for each, target in targets if target.startswith("publications.")]
        described = [each for each, target in targets if target.partition(".")[0] in describing]
        self.describing = [each for each in described if each not in self.publishing]
        self.sigmas = [each for each, target in targets if target == SIGMA]
        self.energies = [each for each, target in targets if target == EA]
        self.temperature = next((each for each, target in targets if target == TEMPERATURE), None)
        numbers = [*self.sigmas, *self.energies, *([self.temperature] if self.temperature else [])]
        self.shared = [each for each in reader.readings if each not in numbers and each not in described]
        self.kinds: list[Kind] = []
        self._known: dict[Scale, dict[str, int]] = {}
        """Texts of conductivities to their numbers, by how their headers say that they are meant."""

    def sort_out(self, findings: Findings) -> tuple[Codes, Codes]:
        """The places of all rows, each with the number of its kind, or SINGLY where it has to be read by itself; all
        problems of cells go to the findings first."""
        places = self.reader.find_rows(findings)
        kinds = self._find_kinds(places)
        singly = places[kinds == SINGLY].tolist()
        for start in range(0, len(singly), ROWS_AT_ONCE):
            rows = [self.reader.read(place, findings) for place in singly[start : start + ROWS_AT_ONCE]]
            check_canonical(rows, self.sheet_map, findings)
        return places, kinds

    def read_again(self, place: int) -> TypedRow:
        """The typed cells of a row whose problems are told already."""
        return self.reader.read(place, Findings(""))

    def read_description(self, place: int, *, with_publication: bool) -> TypedRow:
        """The typed cells of a row in order that describe its sample, and on request its publication."""
        columns = [*self.publishing, *self.describing] if with_publication else self.describing
        return self.reader.read_some(place, columns)

    def frames_of_kinds(self) -> dict[int, tuple[Codes, Codes]]:
        """By column of conductivities, the frame that kinds have there (-1 for none), and which of a row's it is; the
        last is that of no kind."""
        found = {}
        for column in (each.mapped.place for each in self.sigmas):
            frame, rank = np.full((2, len(self.kinds) + 1), -1, dtype=np.int64)
            for number, kind in enumerate(self.kinds):
                for place, (its, code) in enumerate(kind.values):
                    if its == column:
                        frame[number], rank[number] = code, place
            found[column] = (frame, rank)
        return found

    def texts_of(self, place: int) -> Texts:
        """The texts of a row, one for each header."""
        texts = self.reader.sheet.rows[place]
        return texts if len(texts) >= self.width else [*texts, *[""] * (self.width - len(texts))]

    def number_alike(self, columns: list[ColumnReadings], places: Codes) -> Codes:
        """A number for each of some rows, the same for those with the same texts in some columns."""
        coded = [self._coded(each) for each in columns]
        joined = combine(((each.codes[places - self.first], len(each.texts)) for each in coded), len(places))
        return recode(joined)[0]

    def code_temperatures(self, places: Codes) -> Codes:
        """The numbers of the temperatures of rows, BLANK where a cell is; without a column for it none is stated."""
        if self.temperature is None:
            values, _ = assemble.read_temperature(TypedRow(0))
            told = Temperature(values["temperature_c"], values["temperature_basis"])
            return np.full(len(places), self.columns.code_temperature(told), dtype=np.int64)
        return self._number(self.temperature, self._code_temperature)[places - self.first]

    def code_conductivities(self, column: int) -> Codes:
        """The numbers of the conductivities in a column, of all rows; BLANK where there is none, or none in order."""
        readings = next(each for each in self.sigmas if each.mapped.place == column)
        known = self._known.setdefault(readings.mapped.scale, {})  # of columns that are read alike

        def code(readings: ColumnReadings, text: str) -> int:
            if text not in known:
                known[text] = self._code_conductivity(readings, text)
            return known[text]

        return self._number(readings, code)

    def _number(self, readings: ColumnReadings, code: Callable[[ColumnReadings, str], int]) -> Codes:
        return self._coded(readings).number(lambda text: code(readings, text) if readings.is_clean(text) else BLANK)

    def _coded(self, readings: ColumnReadings) -> CodedColumn:
        return self.coded[readings.mapped.place]

    def _find_kinds(self, places: Codes) -> Codes:
        """The numbers of the rows' kinds; SINGLY where anything in one is to be told."""
        kinds = np.full(len(places), SINGLY, dtype=np.int64)
        if any(each.mapped.scale.per_kelvin for each in self.sigmas):
            return kinds
        clean = ~np.isin(places, [row for row, _ in self.reader.odd])
        clean &= ~np.isin(places, self._find_beyond())
        for readings in self.reader.readings:
            clean &= self._coded(readings).flag(readings.is_clean)[places - self.first]
        of = np.flatnonzero(clean)
        parts = [(self._coded(each).codes, len(self._coded(each).texts)) for each in self.shared]
        filled = [self._coded(each).flag(each.is_blank) for each in self._values()]
        parts += [(flags.astype(np.int64), 2) for flags in filled]
        joined = combine(((codes[places[of] - self.first], many) for codes, many in parts), len(of))
        kind_of = recode(joined)[0]
        first = find_first(joined)
        numbers = [self._number_kind(place) for place in places[of[first]].tolist()]
        kinds[of] = np.asarray(numbers, dtype=np.int64)[kind_of]
        return kinds

    def _values(self) -> list[ColumnReadings]:
        return [*self.sigmas, *self.energies]

    def _find_beyond(self) -> list[int]:
        """The rows with something beyond the last header."""
        rows = self.reader.sheet.rows
        longer = (place for place, texts in enumerate(rows) if len(texts) > self.width)
        return [place for place in longer if not all(map(is_blank, rows[place][self.width :]))]

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
        if readings.is_blank(text):
            return BLANK
        quantity: Quantity = readings[text].value
        relation = assemble.relation_of(quantity)
        written = _written(readings, text)
        return self.columns.conductivities[Conductivity(quantity.value, relation, quantity.uncertainty, written)]

    def _code_temperature(self, readings: ColumnReadings, text: str) -> int:
        if readings.is_blank(text):
            return BLANK
        row = TypedRow(0)
        row.cells[TEMPERATURE, ""] = _parse(readings, text)
        values, _ = assemble.read_temperature(row)
        told = Temperature(values["temperature_c"], values["temperature_basis"], _written(readings, text))
        return self.columns.code_temperature(told)

    def redraft(self, place: int, sample: SampleKey) -> list[Draft]:
        """The measurements of a row, with their cells."""
        address = self.reader.sheet.address_of(place + 1)
        return assemble.draft_measurements(self.read_again(place), tuple(Contribution), sample, address)


_NOBODY: SampleKey = ((), "")


def _parse(readings: ColumnReadings, text: str) -> Parsed:
    mapped = readings.mapped
    return Parsed(readings[text].value, Cell("", 0, mapped.header, text), mapped.column.column, mapped.scale)


def _written(readings: ColumnReadings, text: str) -> str | None:
    """The text of a number where it says more than the number."""
    column = readings.mapped.column.column
    values, _ = assemble.to_values({column: _parse(readings, text)})
    told: Any = json.loads(values.get("as_written") or "{}")
    return told.get(column)
