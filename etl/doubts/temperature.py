"""Doubts about temperatures: kelvin under °C, and what nobody measures or heats at."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Hashable, Iterator

from etl.doubts.facts import SIGMA, Doubt, Facts
from etl.drafts import Draft
from sse_db.temperatures import ZERO_CELSIUS_K
from sse_db.vocabulary import DENSIFYING, Operation

HEATING = (*DENSIFYING, Operation.CALCINATION, Operation.ANNEALING)
HOTTEST_C = 1400.0
"""Above the sintering of the oxides here; a kelvin value of an ordinary sintering lies there."""
COLDEST_HEATING_C = 20.0
HOTTEST_MEASUREMENT_C = 600.0
"""Conductivities are rarely measured above it; sintering and calcination lie there."""
ROUND_C = 50
KELVIN_FLOOR_C = 873
"""Below this, 273 more than a round number is no sign of kelvin."""

COLDEST_KELVIN = 170.0
"""Colder measurements are rare: a smaller number is no temperature in kelvin."""
ROOM_KELVIN = (273.0, 305.0)
MEASURED_ROUND = 5
EV_PER_DECADE_KELVIN = 1.98420e-4
"""Boltzmann constant times ln 10, in eV/K."""
HIGH_EV, USUAL_EV = 0.9, 0.7
"""A series whose activation energy is above the first in °C, and below the second in kelvin, is likely in kelvin."""
FEWEST_POINTS = 3


def find_kelvin_measurements(facts: Facts) -> Iterator[Doubt]:
    """Measuring temperatures that fit kelvin, not °C: 298.15; 298 where nothing colder was measured; 323 for 50 °C; a
    series whose activation energy is high in °C and usual in kelvin."""
    stated = [
        draft for draft in facts.drafts("impedance_measurements") if draft.values["temperature_basis"] == "stated"
    ]
    coldest: dict[Hashable, float] = defaultdict(lambda: math.inf)
    for draft in stated:
        sample = draft.parents["sample_id"]
        coldest[sample] = min(coldest[sample], draft.values["temperature_c"])
    steep = {id(draft) for drafts in facts.series() if _fits_kelvin(drafts) for draft in drafts}
    for draft in stated:
        temperature = draft.values["temperature_c"]
        if _says_kelvin(draft):
            continue
        if id(draft) in steep or _is_like_kelvin(temperature, coldest[draft.parents["sample_id"]]):
            yield Doubt(
                draft, "temperature_c", "measured-in-kelvin", "as °C it is unusual, in kelvin it would be usual",
                "is it in kelvin? Then write K behind the number, or Temperature (K) into the header",
            )  # fmt: skip


def _says_kelvin(draft: Draft) -> bool:
    """Whether the temperature was written in kelvin."""
    return str(json.loads(draft.values.get("as_written") or "{}").get("temperature_c", "")).rstrip().endswith("K")


def _is_like_kelvin(temperature: float, coldest: float) -> bool:
    """Whether a temperature is a whole number of °C written in kelvin, 273 above a round one, or its sample's coldest
    lies at room temperature in kelvin."""
    if temperature < COLDEST_KELVIN:
        return False
    above = temperature - ZERO_CELSIUS_K
    steps = (temperature - 273) / MEASURED_ROUND
    return (
        abs(above - round(above)) < 1e-6
        or ROOM_KELVIN[0] <= coldest <= ROOM_KELVIN[1]
        or (temperature >= ROOM_KELVIN[0] and abs(steps - round(steps)) < 1e-9)
    )


def _fits_kelvin(drafts: list[Draft]) -> bool:
    temperatures = [float(draft.values["temperature_c"]) for draft in drafts]
    if len(set(temperatures)) < FEWEST_POINTS or min(temperatures) < COLDEST_KELVIN:
        return False
    values = [float(draft.values[SIGMA]) for draft in drafts]
    celsius = _activation_energy([temperature + ZERO_CELSIUS_K for temperature in temperatures], values)
    return celsius > HIGH_EV and _activation_energy(temperatures, values) < USUAL_EV


def _activation_energy(kelvin: list[float], values: list[float]) -> float:
    """Slope of log10 σT over 1/T by least squares, in eV."""
    points = [(1 / each, math.log10(value * each)) for each, value in zip(kelvin, values, strict=True)]
    n, sx, sy = len(points), math.fsum(x for x, _ in points), math.fsum(y for _, y in points)
    sxx, sxy = math.fsum(x * x for x, _ in points), math.fsum(x * y for x, y in points)
    return -EV_PER_DECADE_KELVIN * (n * sxy - sx * sy) / (n * sxx - sx * sx)


def find_hot_measurements(facts: Facts) -> Iterator[Doubt]:
    """A measuring temperature that is rather one of sintering."""
    for draft in facts.drafts("impedance_measurements"):
        temperature = draft.values.get("temperature_c")
        if temperature is not None and temperature > HOTTEST_MEASUREMENT_C:
            yield Doubt(
                draft, "temperature_c", "measured-very-hot", f"measured above {HOTTEST_MEASUREMENT_C:g} °C",
                "is it the temperature of sintering, or in kelvin?",
            )  # fmt: skip


def find_kelvin_steps(facts: Facts) -> Iterator[Doubt]:
    """A heating temperature that is a round number in °C only when it is taken for kelvin, such as 1173."""
    for draft in facts.drafts("processing_steps"):
        temperature = draft.values.get("temperature_c")
        if temperature is None or draft.values["operation"] not in HEATING or temperature < KELVIN_FLOOR_C:
            continue
        if (temperature - 273) % ROUND_C in (0, 0.15) or abs((temperature - ZERO_CELSIUS_K) % ROUND_C) < 1e-6:
            yield Doubt(
                draft, "temperature_c", "kelvin",
                f"{temperature:g} °C would be the round {temperature - 273:.0f} °C if it were in kelvin",
                "write K behind the number if it is",
            )  # fmt: skip


def find_hot_steps(facts: Facts) -> Iterator[Doubt]:
    """A heating temperature above what these ceramics are fired at."""
    for draft in facts.drafts("processing_steps"):
        temperature = draft.values.get("temperature_c")
        if temperature is not None and draft.values["operation"] in HEATING and temperature > HOTTEST_C:
            yield Doubt(
                draft, "temperature_c", "very-hot", f"{temperature:g} °C is above {HOTTEST_C:g} °C", "is it in kelvin?"
            )


def find_cold_steps(facts: Facts) -> Iterator[Doubt]:
    """A heating temperature at which nothing is heated."""
    for draft in facts.drafts("processing_steps"):
        temperature = draft.values.get("temperature_c")
        if temperature is not None and draft.values["operation"] in HEATING and temperature < COLDEST_HEATING_C:
            yield Doubt(
                draft, "temperature_c", "heated-cold", f"heated at less than {COLDEST_HEATING_C:g} °C",
                "is it a time, or a number with a point for thousands?",
            )  # fmt: skip
