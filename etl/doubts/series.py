"""Doubts about conductivities of one sample over temperature."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from etl.doubts.conductivity import SLIP, SLIP_HINT
from etl.doubts.facts import SIGMA, Doubt, Facts
from etl.rows import Draft

FEWEST_POINTS = 5
FARTHEST_DECADES = 0.4
FALL = 0.9
"""Below this ratio of a hotter to a colder value the fall is more than rounding."""
ZERO_CELSIUS_K = 273.15


def find_falling_conductivity(facts: Facts) -> Iterator[Doubt]:
    """A conductivity that falls as the temperature rises."""
    for drafts in facts.series():
        for colder, hotter in pairwise(drafts):
            low, high = colder.values[SIGMA], hotter.values[SIGMA]
            if hotter.values["temperature_c"] - colder.values["temperature_c"] >= 1 and high < FALL * low:
                yield Doubt(
                    hotter, SIGMA, "falls-with-temperature",
                    f"{high:g} S/cm, but {low:g} S/cm at {colder.values['temperature_c']:g} °C",
                    "check the two values and temperatures",
                )  # fmt: skip


def find_points_off_arrhenius(facts: Facts) -> Iterator[Doubt]:
    """A point far from the line that the other points of its series make in log σT over 1/T.

    Where several points are off because one of them bends the line, only the worst is told.
    """
    for drafts in facts.series():
        if len(drafts) < FEWEST_POINTS or len({draft.values["temperature_c"] for draft in drafts}) < FEWEST_POINTS:
            continue
        distance, worst = max(
            ((abs(_distance(draft, drafts)), place) for place, draft in enumerate(drafts)), default=(0.0, 0)
        )
        if distance > FARTHEST_DECADES:
            is_slip = SLIP[0] <= distance <= SLIP[1]
            yield Doubt(
                drafts[worst], SIGMA, "off-arrhenius",
                f"{distance:.1f} decades off the Arrhenius line of the other {len(drafts) - 1} points",
                SLIP_HINT if is_slip else "check value and temperature; a phase transition looks like this too",
            )  # fmt: skip


def _distance(draft: Draft, drafts: list[Draft]) -> float:
    """Distance in decades of a point from the least-squares line through the others."""
    points = [_point(other) for other in drafts if other is not draft]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)
    x, y = _point(draft)
    return y - middle_y - slope * (x - middle_x)


def _point(draft: Draft) -> tuple[float, float]:
    kelvin = float(draft.values["temperature_c"]) + ZERO_CELSIUS_K
    return 1000 / max(kelvin, 1.0), math.log10(float(draft.values[SIGMA]) * max(kelvin, 1.0))
