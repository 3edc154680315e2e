"""New measurements from columns into rows: each distinct frame, temperature and conductivity validated once."""

from __future__ import annotations

from typing import Any

import numpy as np

from etl.coded_columns import Codes, find_first, recode
from etl.draft_columns import write_texts
from etl.drafts import name_row
from etl.loading.row_models import validate_row
from etl.planning.plan_columns import TABLE, AddedColumns
from sse_db.dialects.parted import OwnColumn, Part, PartedRows
from sse_db.records.keys import TABLES, Row

NAMES = tuple(TABLES[TABLE].c.keys())
OF_TEMPERATURE = ("temperature_c", "temperature_basis")
OF_CONDUCTIVITY = ("conductivity_s_per_cm", "relation", "uncertainty_s_per_cm")
MOST_JOINED = 0.01
"""Pairs of frame and temperature for each row up to which each pair is looked up at once."""


class ColumnRows:
    """The rows of new measurements of a batch, by the number in which they are added."""

    def __init__(self, added: AddedColumns, batch_id: int) -> None:
        self.added, self.batch_id = added, batch_id
        self._frames: dict[int, Row] = {}
        self._temperatures: dict[int, Row] = {}
        self._conductivities: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.added)

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
            found.update(find_first(np.asarray(codes)[places]).tolist())
        return sorted(found)

    def validate(self, number: int) -> None:
        """Check a row by the table's model, and keep what its columns become; raises pydantic's ValidationError."""
        columns, place = self.added.columns, self.added.places[number]
        row = {name: _plain(value) for name, value in validate_row(TABLE, self.values_of(number)).items()}
        self._frames.setdefault(columns.frame[place], row | {"as_written": None})
        self._temperatures.setdefault(columns.temperature[place], row)
        self._conductivities.setdefault(columns.conductivity[place], row)

    def parted(self) -> PartedRows:
        """All rows, by what they share; every telling one has been validated."""
        columns = self.added.columns
        places = np.asarray(self.added.places)
        frame, temperature, conductivity, sample, row = (
            np.asarray(codes)[places]
            for codes in (columns.frame, columns.temperature, columns.conductivity, columns.sample, columns.row)
        )
        sample_ids = np.asarray([each or 0 for each in self.added.sample_ids])
        counted = not columns.sheet
        own: dict[str, OwnColumn] = {
            "id": self.added.ids,
            "source_row": row + 1 if counted else [name_row(number, columns.sheet) for number in (row + 1).tolist()],
            "sample_id": sample_ids[sample],
        }
        told = (columns.conductivities.things, columns.temperatures.things)
        if any(each.written is not None for things in told for each in things):
            texts = zip(conductivity.tolist(), temperature.tolist(), strict=True)
            own["as_written"] = [write_texts(told[0][one].written, told[1][other].written) for one, other in texts]
        of_frame = tuple(name for name in NAMES if name not in {*own, *OF_TEMPERATURE, *OF_CONDUCTIVITY})
        parts = [_part(of_frame, self._frames, frame), _part(OF_TEMPERATURE, self._temperatures, temperature)]
        if len(parts[0].things) * len(parts[1].things) < len(places) * MOST_JOINED:
            parts = [_join(*parts)]
        return PartedRows(
            own,
            (*parts, _part(OF_CONDUCTIVITY, self._conductivities, conductivity)),
            frozenset({"source_row"} if counted else ()),
        )


def _join(one: Part, other: Part) -> Part:
    """Two parts as one, whose values are all pairs of theirs."""
    things = [[*left, *right] for left in one.things for right in other.things]
    return Part(one.names + other.names, things, one.codes * len(other.things) + other.codes)


def _part(names: tuple[str, ...], rows: dict[int, Row], codes: Codes) -> Part:
    """Columns of validated rows, by the codes of what they are of."""
    places, known = recode(codes)
    return Part(names, [[rows[code][name] for name in names] for code in known.tolist()], places)


def _plain(value: Any) -> Any:
    """A word of a vocabulary as plain text, which drivers take without looking twice."""
    return str(value) if isinstance(value, str) else value
