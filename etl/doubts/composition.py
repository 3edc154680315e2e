"""Doubts about compositions: charges that do not balance, structures of another lithium content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from etl.doubts.facts import Doubt, Facts

CHARGE_SLACK = 0.02
"""Part of the positive charge that may be missing: nominal formulas are rounded."""
LITHIUM_SLACK = 0.02
"""Difference in the atomic fraction of lithium between a sample and the structure said to be its own."""

CHARGES: dict[str, tuple[int, int]] = {
    "H": (-1, 1), "B": (3, 3), "C": (4, 4), "N": (-3, 5), "O": (-2, -2), "F": (-1, -1), "Si": (4, 4), "P": (4, 5),
    "S": (-2, 6), "Cl": (-1, -1), "Ge": (4, 4), "As": (5, 5), "Se": (-2, 6), "Br": (-1, -1), "Te": (-2, 6),
    "I": (-1, -1), "Ti": (3, 4), "Nb": (4, 5), "Bi": (3, 5),
}  # fmt: skip
"""Lowest and highest charge in these ceramics where that is narrower than, or not among, the common states."""


@cache
def charges_of(element: str) -> tuple[int, int]:
    """Lowest and highest charge of an element here; common oxidation states are those that pymatgen tabulates."""
    if element in CHARGES:
        return CHARGES[element]
    from pymatgen.core import Element

    states = [state for state in Element(element).common_oxidation_states if state > 0]
    return (min(states), max(states)) if states else (0, 0)


def find_charge_imbalance(facts: Facts) -> Iterator[Doubt]:
    """Compositions for which no choice of usual charges adds up to nothing."""
    for draft in facts.drafts("compositions"):
        amounts = facts.amounts.get(draft.key, {})
        low, high, positive = _charge_range(amounts)
        excess = low if low > 0 else high if high < 0 else 0.0
        if positive and abs(excess) > CHARGE_SLACK * positive:
            yield Doubt(
                draft,
                "formula",
                "charge",
                f"the charges of {draft.values['formula']} do not balance: {excess:+.2g} per formula unit",
                "check the amounts; a formula without its vacancies or protons looks like this too",
            )


def _charge_range(amounts: Mapping[str, float]) -> tuple[float, float, float]:
    """Lowest and highest total charge, and the highest sum of positive charges."""
    ranges = [(amount, *charges_of(element)) for element, amount in amounts.items()]
    low = sum(amount * lowest for amount, lowest, _ in ranges)
    high = sum(amount * highest for amount, _, highest in ranges)
    return low, high, sum(amount * highest for amount, _, highest in ranges if highest > 0)


def find_other_lithium_content(facts: Facts) -> Iterator[Doubt]:
    """A structure that is linked to a sample as its own, but holds another share of lithium."""
    for draft in facts.drafts("structural_records"):
        sample = facts.samples.get(draft.parents.get("sample_id"))
        if sample is None or draft.values.get("match") == "close":
            continue
        own = _lithium_share(facts.amounts.get(draft.parents.get("composition_id"), {}))
        wanted = _lithium_share(facts.amounts.get(sample.parents.get("composition_id"), {}))
        if own is not None and wanted is not None and abs(own - wanted) > LITHIUM_SLACK:
            yield Doubt(
                draft,
                "label",
                "lithium-content",
                f"the structure has {own:.1%} of its atoms as lithium, the sample's formula {wanted:.1%}",
                "check the link, or mark the match as close",
            )


def _lithium_share(amounts: Mapping[str, float]) -> float | None:
    total = sum(amounts.values())
    return amounts.get("Li", 0.0) / total if total else None
