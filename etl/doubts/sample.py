"""Doubts about how a sample was made and what it looks like."""

from __future__ import annotations

from collections.abc import Iterator

from etl.doubts.facts import Doubt, Facts
from sse_db.temperatures import ZERO_CELSIUS_K
from sse_db.vocabulary import DENSIFYING, Operation

HEATING = (*DENSIFYING, Operation.CALCINATION, Operation.ANNEALING)
HOTTEST_C = 1400.0
"""Above the sintering of the oxides here; a kelvin value of an ordinary sintering lies there."""
ROUND_C = 50
KELVIN_FLOOR_C = 873
"""Below this, 273 more than a round number is no sign of kelvin."""
LOWEST_DENSITY_PERCENT = 1.5
MICROMETRES_PER_MILLIMETRE = 1000


def find_kelvin_steps(facts: Facts) -> Iterator[Doubt]:
    """A heating temperature that is a round number in °C only when it is taken for kelvin, such as 1173."""
    for draft in facts.drafts("processing_steps"):
        temperature = draft.values.get("temperature_c")
        if temperature is None or draft.values["operation"] not in HEATING or temperature < KELVIN_FLOOR_C:
            continue
        if (temperature - 273) % ROUND_C in (0, 0.15) or abs((temperature - ZERO_CELSIUS_K) % ROUND_C) < 1e-6:
            yield Doubt(
                draft,
                "temperature_c",
                "kelvin",
                f"{temperature:g} °C would be the round {temperature - 273:.0f} °C if it were in kelvin",
                "write K behind the number if it is",
            )


def find_hot_steps(facts: Facts) -> Iterator[Doubt]:
    """A heating temperature above what these ceramics are fired at."""
    for draft in facts.drafts("processing_steps"):
        temperature = draft.values.get("temperature_c")
        if temperature is not None and draft.values["operation"] in HEATING and temperature > HOTTEST_C:
            yield Doubt(
                draft, "temperature_c", "very-hot", f"{temperature:g} °C is above {HOTTEST_C:g} °C", "is it in kelvin?"
            )


def find_density_fractions(facts: Facts) -> Iterator[Doubt]:
    """A relative density that looks like a fraction instead of percent."""
    for draft in facts.drafts("samples"):
        density = draft.values.get("relative_density_percent")
        if density is not None and density <= LOWEST_DENSITY_PERCENT:
            yield Doubt(
                draft, "relative_density_percent", "density-fraction",
                f"{density:g} % is next to nothing", f"{100 * density:g} %, if it is a fraction",
            )  # fmt: skip


def find_grains_beyond_pellet(facts: Facts) -> Iterator[Doubt]:
    """Grains larger than the pellet that they make up."""
    for draft in facts.drafts("samples"):
        grain = draft.values.get("grain_size_um")
        for column in ("pellet_thickness_mm", "pellet_diameter_mm"):
            size = draft.values.get(column)
            if grain is not None and size is not None and grain > size * MICROMETRES_PER_MILLIMETRE:
                yield Doubt(
                    draft, "grain_size_um", "grain-beyond-pellet",
                    f"grains of {grain:g} µm in a pellet of {size:g} mm", "is the grain size in nm?",
                )  # fmt: skip
                break
