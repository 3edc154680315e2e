"""Which measurements of a large sheet a check can have a doubt about: told from columns, before any draft is made.

Each condition is wider than the check it stands for, which then judges the few drafts that are left, one by one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from enum import Enum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from etl.coded_columns import find_first, recode
from etl.doubts import conductivity, series, temperature
from etl.doubts.facts import Facts, Known
from etl.draft_columns import MeasurementColumns
from etl.drafts import Intake
from sse_db.temperatures import NEAR_ROOM_C, ZERO_CELSIUS_K
from sse_db.vocabulary import Contribution, Relation, TemperatureBasis

MEASUREMENTS = "impedance_measurements"
SLACK = 1e-6
"""By how much conditions are wider than the checks, against the last bits of sums in another order."""

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Scope(Enum):
    """What a check compares a measurement with."""

    SAMPLE = "the other values of its sample"
    PUBLICATION = "the other samples of its publication"
    COMPOSITION = "other publications on its composition"


def narrow(intake: Intake, scope: Scope, known: Sequence[Known] = (), measured: Measured | None = None) -> Intake:
    """An intake with those measurements alone that a check of some scope can have a doubt about, and all that they are
    compared with; ``known`` are values of the database, ``measured`` those of the intake as ``measure`` gives them.
    Measurements that are no columns stay all."""
    columns = intake.drafts.get(MEASUREMENTS)
    measured = measured or measure(intake)
    if measured is None or not isinstance(columns, MeasurementColumns):
        return intake
    if scope is Scope.SAMPLE:
        flags = measured.of_doubtful_samples()
    elif scope is Scope.PUBLICATION:
        flags = measured.of_doubtful_publications()
    else:
        flags = measured.of_doubtful_compositions(Facts(intake), known)
    drafts = [columns[int(place)] for place in np.flatnonzero(flags)]
    return replace(intake, drafts={**intake.drafts, MEASUREMENTS: drafts})


def measure(intake: Intake) -> Measured | None:
    """The measurements of an intake as arrays; None where they are no columns."""
    columns = intake.drafts.get(MEASUREMENTS)
    return Measured(columns) if isinstance(columns, MeasurementColumns) else None


class Measured:
    """Measurements as arrays, in the order of their rows."""

    def __init__(self, columns: MeasurementColumns) -> None:
        self.columns = columns
        self.sample = np.asarray(columns.sample, dtype=np.int64)
        frame = np.asarray(columns.frame)
        self.kind = np.asarray(columns.kind_of_frame, dtype=np.int64)[frame]
        parts = [str(part) for part in Contribution]
        part_of_frame = [parts.index(str(dict(each)["contribution"])) for each in columns.frames.things]
        self.part = np.asarray(part_of_frame, dtype=np.int64)[frame]
        told = columns.conductivities.things
        conductivity_of = np.asarray(columns.conductivity)
        self.value = np.asarray([each.value for each in told])[conductivity_of]
        exact = np.asarray([each.relation == Relation.EQUAL and each.value > 0 for each in told])
        self.is_exact = exact[conductivity_of]
        temperature_of = np.asarray(columns.temperature)
        self.nominal = np.asarray(columns.nominal_of_temperature, dtype=np.int64)[temperature_of]
        temperatures = columns.temperatures.things
        values = [np.nan if each.value is None else each.value for each in temperatures]
        self.temperature = np.asarray(values)[temperature_of]
        stated = np.asarray([each.basis == TemperatureBasis.STATED for each in temperatures])
        self.is_stated = stated[temperature_of]

    @cached_property
    def is_near_room(self) -> Flags:
        """Exact values that stand for room temperature."""
        return self.is_exact & (self.temperature >= NEAR_ROOM_C[0]) & (self.temperature <= NEAR_ROOM_C[1])

    def of_doubtful_samples(self) -> Flags:
        """All values of samples of which one is unusual, or does not go with another."""
        low, high = conductivity.USUAL
        odd = (self.value < low) | (self.value > high) | (self.temperature > temperature.HOTTEST_MEASUREMENT_C)
        odd |= self._like_kelvin()
        doubtful = np.zeros(len(self.columns.samples.things), dtype=bool)
        doubtful[self.sample[odd]] = True
        doubtful[self._samples_of_odd_parts()] = True
        doubtful[self._samples_of_odd_series()] = True
        return doubtful[self.sample]

    def _like_kelvin(self) -> Flags:
        """Temperatures that a check of single ones takes for kelvin, and all of samples whose coldest looks like it."""
        coldest = np.full(len(self.columns.samples.things), np.inf)
        np.minimum.at(coldest, self.sample[self.is_stated], self.temperature[self.is_stated])
        low, high = temperature.ROOM_KELVIN
        above = self.temperature - ZERO_CELSIUS_K
        steps = (self.temperature - 273) / temperature.MEASURED_ROUND
        is_whole = np.abs(above - np.round(above)) < 2e-6
        is_round = (self.temperature >= low) & (np.abs(steps - np.round(steps)) < SLACK)
        starts_there = ((coldest >= low) & (coldest <= high))[self.sample]
        warm = self.is_stated & (self.temperature >= temperature.COLDEST_KELVIN)
        return warm & (is_whole | is_round | starts_there)

    def _samples_of_odd_parts(self) -> Integers:
        """Samples whose bulk, boundary and total at one temperature do not go together."""
        of = self.is_exact
        replicate = _number(label for _, label in self.columns.kinds)[self.kind]
        nominals, replicates = (int(each.max(initial=0)) + 1 for each in (self.nominal, replicate))
        keys = (self.sample[of] * nominals + self.nominal[of]) * replicates + replicate[of]
        first, group = find_first(keys), recode(keys)[0]
        size = len(first)
        values = np.full((len(Contribution), size), np.nan)
        values[self.part[of], group] = self.value[of]
        names = [str(part) for part in Contribution]
        bulk, boundary, total = (values[names.index(name)] for name in ("bulk", "grain_boundary", "total"))
        with np.errstate(all="ignore"):
            odd = np.abs(total * (1 / bulk + 1 / boundary) - 1) > conductivity.SUM_SLACK - SLACK
            most = total * (1 - conductivity.ORDER_SLACK) * (1 + SLACK)
            odd |= (bulk < most) | (boundary < most)
        return self.sample[of][first[odd]]

    def _samples_of_odd_series(self) -> Integers:
        """Samples with a series over temperature that falls, repeats a value, bends, or is steep as if in kelvin."""
        of = np.flatnonzero(self.is_exact & self.is_stated)
        of = of[np.lexsort((self.temperature[of], self.kind[of], self.sample[of]))]
        if not len(of):
            return of
        sample, kind = self.sample[of], self.kind[of]
        celsius, value = self.temperature[of], self.value[of]
        same = (sample[1:] == sample[:-1]) & (kind[1:] == kind[:-1])
        apart = same & (np.diff(celsius) >= 1)
        falls = (value[1:] < series.FALL * value[:-1] * (1 + SLACK)) | (value[1:] == value[:-1])
        odd = np.zeros(len(of), dtype=bool)
        odd[1:] |= apart & falls
        lines = _Lines(np.concatenate([[True], ~same]), celsius, value)
        enough = lines.sizes >= min(series.FEWEST_POINTS, temperature.FEWEST_POINTS)
        steep = lines.energies() > temperature.HIGH_EV - 1e-3
        cold = lines.coldest() < temperature.COLDEST_KELVIN
        odd |= (enough & steep & ~cold)[lines.group]
        far = lines.distances() > series.FARTHEST_DECADES - 1e-3
        odd |= (lines.sizes >= series.FEWEST_POINTS)[lines.group] & far
        return sample[odd]

    def of_doubtful_publications(self) -> Flags:
        """Values near room temperature of one publication and contribution that are decades apart."""
        publications = _number(key[0] for key in self.columns.samples.things)
        return self._far_apart(publications, conductivity.SLIP[0], {})

    def of_doubtful_compositions(self, facts: Facts, known: Sequence[Known]) -> Flags:
        """Values near room temperature of one composition and contribution that are decades apart, with those of the
        database."""
        samples = facts.samples
        numbers: dict[Hashable, int] = {}
        compositions = _number(
            (samples[key].parents.get("composition_id") if key in samples else None for key in self.columns.samples),
            numbers,
        )
        parts = [str(part) for part in Contribution]
        ends: dict[tuple[int, int], list[float]] = {}
        for composition, part, _, value in known:
            if composition in numbers:
                ends.setdefault((numbers[composition], parts.index(str(part))), []).append(value)
        return self._far_apart(compositions, conductivity.MOST_DECADES, ends)

    def _far_apart(self, group_of_sample: Integers, decades: float, known: dict[tuple[int, int], list[float]]) -> Flags:
        """Values near room temperature of those groups and contributions whose largest is far from the smallest."""
        near = self.is_near_room
        if not len(group_of_sample):
            return near
        key = group_of_sample[self.sample] * len(Contribution) + self.part
        size = (int(group_of_sample.max()) + 1) * len(Contribution)
        lowest, highest = np.full(size, np.inf), np.zeros(size)
        np.minimum.at(lowest, key[near], self.value[near])
        np.maximum.at(highest, key[near], self.value[near])
        for (group, part), values in known.items():
            place = group * len(Contribution) + part
            lowest[place], highest[place] = min(lowest[place], *values), max(highest[place], *values)
        flags: Flags = near & (highest > lowest * 10 ** (decades - 1e-3))[key]
        return flags


class _Lines:
    """Least-squares lines of log10 σT over 1000/T, one for each run of points of one series."""

    def __init__(self, starts: Flags, celsius: Floats, value: Floats) -> None:
        kelvin = np.maximum(celsius + ZERO_CELSIUS_K, 1.0)
        self.celsius = celsius
        self.first = np.flatnonzero(starts)
        self.group = np.cumsum(starts) - 1
        self.sizes = np.diff(np.append(self.first, len(starts)))
        x, y = 1000 / kelvin, np.log10(value * kelvin)
        self.x = x - (self._sum(x) / self.sizes)[self.group]
        self.y = y - (self._sum(y) / self.sizes)[self.group]
        self.spread = self._sum(self.x**2)
        with np.errstate(all="ignore"):
            self.slope = self._sum(self.x * self.y) / self.spread

    def _sum(self, numbers: Floats) -> Floats:
        return np.add.reduceat(numbers, self.first)

    def coldest(self) -> Floats:
        """The lowest temperature of each series (°C)."""
        return np.minimum.reduceat(self.celsius, self.first)

    def energies(self) -> Floats:
        """Activation energy of each series (eV); infinite where it has none."""
        return np.where(np.isfinite(self.slope), -1000 * temperature.EV_PER_DECADE_KELVIN * self.slope, np.inf)

    def distances(self) -> Floats:
        """Distance in decades of each point from the line through the others of its series; infinite where they make
        no line."""
        with np.errstate(all="ignore"):
            weight = 1 / self.sizes[self.group] + self.x**2 / self.spread[self.group]
            found = np.abs(self.y - self.slope[self.group] * self.x) / (1 - weight)
        return np.where(np.isfinite(found) & (weight < 1 - SLACK), found, np.inf)


def _number(things: Iterable[Hashable], numbers: dict[Hashable, int] | None = None) -> Integers:
    numbers = {} if numbers is None else numbers
    return np.asarray([numbers.setdefault(each, len(numbers)) for each in things], dtype=np.int64)
