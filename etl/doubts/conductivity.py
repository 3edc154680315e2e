"""Doubts about single conductivities and about those that stand beside each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator
from functools import cache
from itertools import pairwise
from statistics import median

from etl.doubts.facts import SIGMA, Doubt, Facts, near_room_temperature
from etl.drafts import Draft

USUAL = (1e-15, 1.0)
"""Conductivities in S/cm beyond which a slip of unit or exponent is likelier than the value."""
SUM_SLACK = 0.15
"""Relative difference of total and parts that two significant digits can make."""
ORDER_SLACK = 0.02
SLIP = (2.7, 3.3)
"""Decades by which a value in mS entered as S, or the other way round, is off."""
SLIP_HINT = "was mS/cm taken for S/cm, or the other way round?"
FEWEST_NEIGHBOURS = 3
MOST_DECADES = 2.0


def _sigma(draft: Draft) -> float:
    return float(draft.values[SIGMA])


def find_unusual_sizes(facts: Facts) -> Iterator[Doubt]:
    """Conductivities out of 1e-15 … 1 S/cm."""
    for draft in facts.drafts("impedance_measurements"):
        if not USUAL[0] <= _sigma(draft) <= USUAL[1]:
            yield Doubt(
                draft, SIGMA, "unusual-conductivity", f"{_sigma(draft):g} S/cm is out of {USUAL[0]:g} … {USUAL[1]:g}",
                "check unit and exponent",
            )  # fmt: skip


def find_broken_sums(facts: Facts) -> Iterator[Doubt]:
    """A total that differs from its parts in series, 1/σ_total = 1/σ_bulk + 1/σ_gb."""
    for parts in facts.side_by_side.values():
        if parts.keys() >= {"bulk", "grain_boundary", "total"}:
            expected = 1 / (1 / _sigma(parts["bulk"]) + 1 / _sigma(parts["grain_boundary"]))
            if abs(_sigma(parts["total"]) / expected - 1) > SUM_SLACK:
                yield Doubt(
                    parts["total"],
                    SIGMA,
                    "series-sum",
                    f"{_sigma(parts['total']):g} S/cm, but the parts in series give {expected:.3g} S/cm",
                    "check the three values, and that they are of one sample and temperature",
                )


def find_parts_below_total(facts: Facts) -> Iterator[Doubt]:
    """A bulk or grain-boundary conductivity below the total one."""
    for parts in facts.side_by_side.values():
        for name in ("bulk", "grain_boundary"):
            if {name, "total"} <= parts.keys():
                part, whole = _sigma(parts[name]), _sigma(parts["total"])
                if part < whole * (1 - ORDER_SLACK):
                    yield Doubt(
                        parts[name], SIGMA, "part-below-total",
                        f"{part:g} S/cm is below the total of {whole:g} S/cm", "are the columns exchanged?",
                    )  # fmt: skip


def find_factor_1000(facts: Facts) -> Iterator[Doubt]:
    """A value that is a thousand times off the other samples of its paper, of one contribution near 25 °C."""
    groups: dict[tuple[Hashable, str], dict[Hashable, Draft]] = defaultdict(dict)
    for draft in filter(near_room_temperature, facts.exact_values):
        sample = facts.sample_of(draft)
        groups[sample[0], str(draft.values["contribution"])].setdefault(sample, draft)
    for group in groups.values():
        for draft in group.values():
            others = [_sigma(other) for other in group.values() if other is not draft]
            if len(others) < FEWEST_NEIGHBOURS:
                continue
            decades = math.log10(_sigma(draft) / median(others))
            if SLIP[0] <= abs(decades) <= SLIP[1]:
                yield Doubt(
                    draft, SIGMA, "factor-1000",
                    f"{_sigma(draft):g} S/cm is {'a thousand times' if decades > 0 else 'a thousandth of'} "
                    f"what the other samples of the paper have", SLIP_HINT,
                )  # fmt: skip


def find_repeated_values(facts: Facts) -> Iterator[Doubt]:
    """The same value of one sample and contribution under two temperatures."""
    for drafts in facts.series():
        for colder, hotter in pairwise(drafts):
            apart = hotter.values["temperature_c"] - colder.values["temperature_c"]
            if _sigma(colder) == _sigma(hotter) and apart >= 1:
                yield Doubt(
                    hotter,
                    SIGMA,
                    "same-value-twice",
                    f"{_sigma(hotter):g} S/cm stands at {colder.values['temperature_c']:g} °C too",
                    "was a cell copied down?",
                )


def find_outliers_among_papers(facts: Facts) -> Iterator[Doubt]:
    """A value near 25 °C more than two decades from the median of other papers on the same composition, those of the
    database included where there is one."""
    groups: dict[tuple[Hashable, str], list[tuple[Hashable, float]]] = defaultdict(list)
    for composition, part, publication, value in facts.known_values:
        groups[composition, part].append((publication, value))
    found = [
        (facts.samples[sample].parents.get("composition_id"), sample[0], draft)
        for draft in filter(near_room_temperature, facts.exact_values)
        if (sample := facts.sample_of(draft)) in facts.samples
    ]
    for composition, publication, draft in found:
        groups[composition, str(draft.values["contribution"])].append((publication, _sigma(draft)))

    @cache
    def usual_elsewhere(composition: Hashable, part: str, publication: Hashable) -> float | None:
        others = [value for other, value in groups[composition, part] if other != publication]
        return median(others) if composition is not None and others else None

    for composition, publication, draft in found:
        usual = usual_elsewhere(composition, str(draft.values["contribution"]), publication)
        if usual is not None and abs(math.log10(_sigma(draft) / usual)) > MOST_DECADES:
            yield Doubt(
                draft,
                SIGMA,
                "far-from-other-papers",
                f"{_sigma(draft):g} S/cm, other papers on this composition have {usual:.2g} S/cm",
                "check unit, exponent and contribution",
            )
