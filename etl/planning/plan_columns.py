"""Measurements in columns beside a database: which are new, told by keys alone; the others one by one."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from etl.draft_columns import MeasurementColumns
from etl.drafts import Draft, Intake
from sse_db.records.keys import KEY_DIGITS, TABLES, Row, key_of

if TYPE_CHECKING:
    from etl.planning.plan import RowChange

TABLE = "impedance_measurements"
SAMPLES_AT_ONCE = 1_000


@dataclass(slots=True)
class AddedColumns:
    """New measurements in columns: their places there and their row ids; by sample of the columns, what becomes of its
    row, and its id."""

    columns: MeasurementColumns
    samples: list[RowChange | None]
    sample_ids: list[int | None]
    places: array[int] = field(default_factory=lambda: array("i"))
    ids: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.places)

    def is_placed(self, place: int) -> bool:
        """Whether the sample of a place has a row; one that was refused has none."""
        return self.sample_ids[self.columns.sample[place]] is not None

    def place_all(self, unchanged: Collection[int], first: int) -> None:
        """Take all measurements as new but those of samples without a row, and those that are there as they are."""
        is_new = np.asarray([each is not None for each in self.sample_ids], dtype=bool)[np.asarray(self.columns.sample)]
        is_new[list(unchanged)] = False
        places = np.flatnonzero(is_new)
        self.places.frombytes(places.astype(self.places.typecode).tobytes())
        self.ids.frombytes(np.arange(first, first + len(places), dtype=self.ids.typecode).tobytes())

    def values_of(self, place: int) -> Row:
        """What the row of a place is to hold, as a plan gives it: columns without a value left out."""
        values = {name: value for name, value in self.columns.values_of(place).items() if value is not None}
        values["sample_id"] = self.sample_ids[self.columns.sample[place]]
        return values


CHILDREN = {table for table, its in TABLES.items() if any(key.column.table.name == TABLE for key in its.foreign_keys)}
"""Tables whose rows may belong to a measurement."""


def list_singly(intake: Intake, table: str) -> list[Draft] | MeasurementColumns:
    """The drafts of a table as a list that can grow; measurements stay columns unless other drafts refer to them."""
    drafts = intake.drafts.get(table, [])
    if isinstance(drafts, MeasurementColumns) and not CHILDREN & intake.drafts.keys():
        return drafts
    return list(drafts)


def keys_of(drafts: Iterable[Draft]) -> set[Hashable]:
    """The natural keys of drafts; of columns none, as nothing refers to them."""
    return set() if isinstance(drafts, MeasurementColumns) else {draft.key for draft in drafts}


def find_referring(drafts: Iterable[Draft], known: Mapping[str, Container[Hashable]]) -> Iterable[Draft]:
    """Drafts whose parents may be missing: of columns one for each sample that is not known."""
    if not isinstance(drafts, MeasurementColumns):
        return drafts
    missing = {code for key, code in drafts.samples.items() if key not in known["samples"]}
    return [drafts[drafts.sample.index(code)] for code in missing & set(drafts.sample)] if missing else []


class ColumnKeys:
    """The natural keys of measurements in columns, beside those of a database's rows."""

    def __init__(self, columns: MeasurementColumns, sample_ids: list[int | None]) -> None:
        self.columns, self.sample_ids = columns, sample_ids

    def find_alone(self) -> npt.NDArray[np.bool_]:
        """Places whose key may be that of another place: their samples are one row, or their temperatures differ by
        less than is compared."""
        shared = Counter(self.sample_ids)
        twice = np.asarray([each is not None and shared[each] > 1 for each in self.sample_ids], dtype=bool)
        nominal: dict[int, tuple[Any, ...]] = {}
        for number, told in zip(self.columns.nominal_of_temperature, self.columns.temperatures.things, strict=True):
            value = None if told.value is None else round(told.value, KEY_DIGITS)
            nominal[number] = (value, told.basis)
        counts = Counter(nominal.values())
        alike = np.asarray([counts[nominal[number]] > 1 for number in self.columns.nominal_of_temperature], dtype=bool)
        found: npt.NDArray[np.bool_] = twice[np.asarray(self.columns.sample)]
        return found | alike[np.asarray(self.columns.temperature)]

    def key(self, place: int) -> tuple[Any, ...]:
        """The natural key of a place, as rows are compared by."""
        temperature = self.columns.temperatures.things[self.columns.temperature[place]]
        contribution, replicate = self.columns.kinds[self.columns.kind_of_frame[self.columns.frame[place]]]
        values = {
            "sample_id": self.sample_ids[self.columns.sample[place]],
            "contribution": contribution,
            "temperature_c": temperature.value,
            "temperature_basis": temperature.basis,
            "replicate_label": replicate,
        }
        return key_of(TABLE, values)

    def by_samples(self, samples: list[int]) -> Iterator[tuple[list[int], list[int]]]:
        """Some samples of the columns, a thousand at a time, with the places of their measurements."""
        order = np.argsort(np.asarray(self.columns.sample), kind="stable")
        ends = np.searchsorted(np.asarray(self.columns.sample)[order], np.arange(len(self.columns.samples) + 1))
        for start in range(0, len(samples), SAMPLES_AT_ONCE):
            chunk = samples[start : start + SAMPLES_AT_ONCE]
            yield chunk, [int(place) for each in chunk for place in order[ends[each] : ends[each + 1]]]
