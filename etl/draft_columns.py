"""The measurements of a sheet as columns: a few integers for each, from which its values, or its draft, are made anew.

A draft with its cells takes kilobytes; a million of them would fill the memory of a workstation.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, NamedTuple, overload

import numpy as np

from etl.coded_columns import Codes
from etl.drafts import Draft, SampleKey, name_row


class Temperature(NamedTuple):
    """What a cell says of the temperature of a measurement (°C), and its text where that says more."""

    value: float | None
    basis: str
    written: str | None = None


class Conductivity(NamedTuple):
    """What a cell says of a conductivity (S/cm), and its text where that says more."""

    value: float
    relation: str
    uncertainty: float | None = None
    written: str | None = None


OF_NUMBERS = ("temperature_c", "temperature_basis", "conductivity_s_per_cm", "relation", "uncertainty_s_per_cm")
Frame = tuple[tuple[str, Any], ...]
"""What a measurement says beside its numbers, as pairs of column and value; the same for many rows."""


class _Codes(dict[Hashable, int]):
    """Distinct things numbered as they come."""

    def __init__(self) -> None:
        super().__init__()
        self.things: list[Any] = []

    def __missing__(self, thing: Hashable) -> int:
        self[thing] = code = len(self.things)
        self.things.append(thing)
        return code


class MeasurementColumns(Sequence[Draft]):
    """Measurements in the order of their rows, each as numbers of its sample, frame, temperature and conductivity.

    ``redraft`` makes the measurements of a row (its zero-based place) of a sample anew, with their cells; ``sheet`` is
    the name of the rows' sheet where their file has several.
    """

    def __init__(self, redraft: Callable[[int, SampleKey], list[Draft]], sheet: str | None) -> None:
        self._redraft = redraft
        self.sheet = sheet
        self.samples, self.frames, self.temperatures, self.conductivities = _Codes(), _Codes(), _Codes(), _Codes()
        self._kinds, self._nominal = _Codes(), _Codes()
        self.kind_of_frame = array("i")
        """By frame, the number of its contribution and replicate."""
        self.nominal_of_temperature = array("i")
        """By temperature, the number of its value and basis, whatever its text."""
        self.sample, self.frame, self.temperature, self.conductivity, self.row = (array("i") for _ in range(5))

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """By number of a kind, its contribution and replicate."""
        return self._kinds.things

    def code_frame(self, frame: Frame) -> int:
        """The number of a frame."""
        code = self.frames[frame]
        if code == len(self.kind_of_frame):
            values = dict(frame)
            self.kind_of_frame.append(self._kinds[values["contribution"], values["replicate_label"]])
        return code

    @staticmethod
    def frame_of(draft: Draft) -> Frame:
        """What a draft says beside its numbers."""
        values = ((name, value) for name, value in draft.values.items() if name not in OF_NUMBERS)
        return tuple(sorted((name, value) for name, value in values if name != "as_written"))

    def code_temperature(self, temperature: Temperature) -> int:
        """The number of a temperature."""
        code = self.temperatures[temperature]
        if code == len(self.nominal_of_temperature):
            self.nominal_of_temperature.append(self._nominal[temperature.value, temperature.basis])
        return code

    def code(self, draft: Draft) -> tuple[int, int, int, int]:
        """The numbers of a draft's sample, frame, temperature and conductivity."""
        written = json.loads(draft.values.get("as_written") or "{}")
        values = draft.values
        temperature = Temperature(values["temperature_c"], values["temperature_basis"], written.get("temperature_c"))
        conductivity = Conductivity(
            values["conductivity_s_per_cm"],
            values["relation"],
            values["uncertainty_s_per_cm"],
            written.get("conductivity_s_per_cm"),
        )
        return (
            self.samples[draft.parents["sample_id"]],
            self.code_frame(self.frame_of(draft)),
            self.code_temperature(temperature),
            self.conductivities[conductivity],
        )

    def extend(self, sample: Codes, frame: Codes, temperature: Codes, conductivity: Codes, row: Codes) -> None:
        """Take measurements by the numbers of their parts; no two of them may have one natural key."""
        columns = (self.sample, self.frame, self.temperature, self.conductivity, self.row)
        for column, codes in zip(columns, (sample, frame, temperature, conductivity, row), strict=True):
            column.frombytes(codes.astype(np.dtype(column.typecode)).tobytes())

    def values_of(self, place: int) -> dict[str, Any]:
        """The values of a measurement, without going back to its row."""
        temperature: Temperature = self.temperatures.things[self.temperature[place]]
        conductivity: Conductivity = self.conductivities.things[self.conductivity[place]]
        values = dict(self.frames.things[self.frame[place]])
        values |= {"temperature_c": temperature.value, "temperature_basis": temperature.basis}
        values |= {
            "conductivity_s_per_cm": conductivity.value,
            "relation": conductivity.relation,
            "uncertainty_s_per_cm": conductivity.uncertainty,
        }
        written = write_texts(conductivity.written, temperature.written)
        return values | ({"as_written": written} if written else {})

    def sample_key(self, place: int) -> SampleKey:
        """The key of the sample that a measurement belongs to."""
        key: SampleKey = self.samples.things[self.sample[place]]
        return key

    def source_row(self, place: int) -> str:
        """The row of a measurement as a spreadsheet shows it."""
        return name_row(self.row[place] + 1, self.sheet)

    @overload
    def __getitem__(self, place: int) -> Draft: ...
    @overload
    def __getitem__(self, place: slice) -> list[Draft]: ...
    def __getitem__(self, place: int | slice) -> Draft | list[Draft]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        contribution = dict(self.frames.things[self.frame[place]])["contribution"]
        drafts = self._redraft(self.row[place], self.sample_key(place))
        return next(draft for draft in drafts if draft.values["contribution"] == contribution)

    def __iter__(self) -> Iterator[Draft]:
        return (self[place] for place in range(len(self)))

    def __len__(self) -> int:
        return len(self.row)


def write_texts(conductivity: str | None, temperature: str | None) -> str | None:
    """The column ``as_written`` of a measurement, from the texts that say more than its numbers."""
    if conductivity is None and temperature is None:
        return None
    texts = {"conductivity_s_per_cm": conductivity, "temperature_c": temperature}
    told = {name: text for name, text in texts.items() if text is not None}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
