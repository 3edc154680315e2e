"""Doubts about conductivities of one sample over temperature."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from statistics import linear_regression

from etl.doubts.conductivity import SLIP, SLIP_HINT
from etl.doubts.facts import SIGMA, Doubt, Facts
from etl.drafts import Draft
from sse_db.temperatures import ZERO_CELSIUS_K

FEWEST_POINTS = 5
FARTHEST_DECADES = 0.4
FALL = 0.9
"""Below this ratio of a hotter to a colder value the fall is more than rounding."""


def find_falling_conductivity(facts: Facts) -> Iterator[Doubt]:
    """A conductivity that falls as the temperature rises, but for points that ``find_points_off_arrhenius`` finds."""
    for drafts in facts.series():
        off, _ = _farthest(drafts)
        for colder, hotter in pairwise(drafts):
            low, high = colder.values[SIGMA], hotter.values[SIGMA]
            apart = hotter.values["temperature_c"] - colder.values["temperature_c"]
            if apart >= 1 and high < FALL * low and off is not colder and off is not hotter:
                yield Doubt(
                    hotter,
                    SIGMA,
                    "falls-with-temperature",
                    f"{high:g} S/cm, but {low:g} S/cm at {colder.values['temperature_c']:g} °C",
                    "check the two values and temperatures",
                )


def find_points_off_arrhenius(facts: Facts) -> Iterator[Doubt]:
    """A point far from the line that the other points of its series make in log σT over 1/T."""
    for drafts in facts.series():
        worst, distance = _farthest(drafts)
        if worst is not None:
            is_slip = SLIP[0] <= distance <= SLIP[1]
            yield Doubt(
                worst,
                SIGMA,
                "off-arrhenius",
                f"{distance:.1f} decades off the Arrhenius line of the other {len(drafts) - 1} points",
                SLIP_HINT if is_slip else "check value and temperature; a phase transition looks like this too",
            )


def _farthest(drafts: list[Draft]) -> tuple[Draft | None, float]:
    """The point that is off the line of the others, and by how many decades; None where none is, or too few are known.

    Where several points are off because one of them bends the line, that is the worst.
    """
    if len({draft.values["temperature_c"] for draft in drafts}) < FEWEST_POINTS:
        return None, 0.0
    distance, place = max((abs(_distance(draft, drafts)), place) for place, draft in enumerate(drafts))
    return (drafts[place], distance) if distance > FARTHEST_DECADES else (None, distance)


def _distance(draft: Draft, drafts: list[Draft]) -> float:
    """Distance in decades of a point from the least-squares line through the others."""
    line = linear_regression(*zip(*(_point(other) for other in drafts if other is not draft), strict=True))
    x, y = _point(draft)
    return y - line.intercept - line.slope * x


def _point(draft: Draft) -> tuple[float, float]:
    kelvin = float(draft.values["temperature_c"]) + ZERO_CELSIUS_K
    return 1000 / max(kelvin, 1.0), math.log10(float(draft.values[SIGMA]) * max(kelvin, 1.0))
