"""Which compositions an abbreviation such as LLZO means when somebody searches; no composition is ever made of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sse_db.materials.formulas import read_formula
from sse_db.materials.notation.refusals import ABBREVIATIONS

FARTHEST = 0.16
"""How far a composition may be from the example of an abbreviation: the sum of differences of atomic fractions. The
dopants of a family stay within, Li6La3ZrTaO12 of LLZO among them; another family does not."""
_DOPED = re.compile(r"(?:(?P<dopant>[A-Z][a-z]?)(?:-doped)?[- ])?(?P<word>[A-Za-z]+)")


@cache
def example_of(text: str) -> tuple[dict[str, float], str] | None:
    """Amounts of the formula that an abbreviation stands for, and the dopant named before it; None for other texts.

    >>> example_of("Ta-LLZO")[1], example_of("garnet")
    ('Ta', None)
    """
    parts = _DOPED.fullmatch(text.strip())
    if parts is None or parts["word"].upper() not in ABBREVIATIONS:
        return None
    return read_formula(ABBREVIATIONS[parts["word"].upper()]).amounts, parts["dopant"] or ""


def belongs_to(text: str, amounts: Mapping[str, float]) -> bool:
    """Whether a composition is one that an abbreviation means: all its elements, in nearly its amounts, and the dopant.

    >>> belongs_to("LLZO", {"Li": 6.4, "La": 3, "Zr": 1.4, "Ta": 0.6, "O": 12})
    True
    >>> belongs_to("LLTO", {"Li": 6.4, "La": 3, "Zr": 1.4, "Ti": 0.6, "O": 12})
    False
    """
    meant = example_of(text)
    if meant is None:
        return False
    example, dopant = meant
    needed = {*example, dopant} - {""}
    return needed <= amounts.keys() and distance(example, amounts) <= FARTHEST


def distance(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Sum of the differences of atomic fractions of two compositions, 0 (equal) to 2 (no element in common).

    >>> distance({"Li": 3, "N": 1}, {"Li": 6, "N": 2})
    0.0
    """
    sums = sum(one.values()), sum(other.values())
    return sum(abs(one.get(each, 0) / sums[0] - other.get(each, 0) / sums[1]) for each in {*one, *other})
