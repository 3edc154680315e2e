"""New measurements from columns into rows: each distinct frame, temperature and conductivity validated once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from etl.draft_columns import write_texts
from etl.loading.row_models import validate_row
from etl.planning.plan_columns import TABLE, AddedColumns
from sse_db.records.keys import TABLES, Row

NAMES = tuple(TABLES[TABLE].c.keys())
OF_TEMPERATURE = ("temperature_c", "temperature_basis")
OF_CONDUCTIVITY = ("conductivity_s_per_cm", "relation", "uncertainty_s_per_cm")
ID, SOURCE_ROW, SAMPLE_ID, AS_WRITTEN, CELSIUS, CELSIUS_BASIS, SIGMA, RELATION, UNCERTAINTY = map(
    NAMES.index, ("id", "source_row", "sample_id", "as_written", *OF_TEMPERATURE, *OF_CONDUCTIVITY)
)


class ColumnRows:
    """The rows of new measurements of a batch, by the number in which they are added."""

    def __init__(self, added: AddedColumns, batch_id: int) -> None:
        self.added, self.batch_id = added, batch_id
        self._frames: dict[int, list[Any]] = {}
        self._temperatures: dict[int, tuple[Any, ...]] = {}
        self._conductivities: dict[int, tuple[Any, ...]] = {}

    def values_of(self, number: int) -> Row:
        """The values of a row before they are validated."""
        place = self.added.places[number]
        own = {"batch_id": self.batch_id, "source_row": self.added.columns.source_row(place)}
        return own | self.added.values_of(place) | {"id": self.added.ids[number]}

    def find_telling(self) -> list[int]:
        """Rows that hold every distinct frame, temperature and conductivity once."""
        columns, places = self.added.columns, np.asarray(self.added.places)
        found: set[int] = set()
        for codes in (columns.frame, columns.temperature, columns.conductivity):
            found.update(np.unique(np.asarray(codes)[places], return_index=True)[1].tolist() if len(places) else [])
        return sorted(found)

    def validate(self, number: int) -> None:
        """Check a row by the table's model, and keep what its columns become; raises pydantic's ValidationError."""
        columns, place = self.added.columns, self.added.places[number]
        row = {name: _plain(value) for name, value in validate_row(TABLE, self.values_of(number)).items()}
        self._frames.setdefault(columns.frame[place], [row[name] for name in NAMES])
        self._temperatures.setdefault(columns.temperature[place], tuple(row[name] for name in OF_TEMPERATURE))
        self._conductivities.setdefault(columns.conductivity[place], tuple(row[name] for name in OF_CONDUCTIVITY))

    def build(self) -> Iterator[list[Any]]:
        """All rows, as values in the order of NAMES; every telling one has been validated."""
        columns, samples = self.added.columns, self.added.sample_ids
        temperatures, conductivities = columns.temperatures.things, columns.conductivities.things
        for place, row_id in zip(self.added.places, self.added.ids, strict=True):
            row = self._frames[columns.frame[place]].copy()
            temperature, conductivity = columns.temperature[place], columns.conductivity[place]
            row[ID], row[SOURCE_ROW] = row_id, columns.source_row(place)
            row[SAMPLE_ID] = samples[columns.sample[place]]
            row[CELSIUS], row[CELSIUS_BASIS] = self._temperatures[temperature]
            row[SIGMA], row[RELATION], row[UNCERTAINTY] = self._conductivities[conductivity]
            row[AS_WRITTEN] = write_texts(conductivities[conductivity].written, temperatures[temperature].written)
            yield row


def _plain(value: Any) -> Any:
    """A word of a vocabulary as plain text, which drivers take without looking twice."""
    return str(value) if isinstance(value, str) else value
