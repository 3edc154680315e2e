"""Literature formulas: from what papers write to a composition that pymatgen reads, or a refusal that says why.

A text is folded to one spelling (``notation.text``), parsed whole (``notation.grammar``), added up
(``notation.amounts``) and looked through for slips (``notation.doubts``); what cannot be read is explained
(``notation.refusals``).
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sse_db.errors import UnreadableFormula
from sse_db.materials.notation.amounts import FormulaDoubt, Reading, add_up
from sse_db.materials.notation.doubts import doubt_amounts, doubt_letters
from sse_db.materials.notation.grammar import Statement, UnreadAt, parse_statement
from sse_db.materials.notation.refusals import explain, refuse_names
from sse_db.materials.notation.text import fold_formula

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 300
DEEPEST = 10
"""Brackets within brackets."""
LARGEST_AMOUNT = 1e6
FRACTION_DIGITS = 4


@dataclass(frozen=True, slots=True)
class LiteratureFormula:
    """A formula as written and as understood; ``amounts`` are atoms per formula unit as the source writes it.

    ``remarks`` say what was done by rule, such as leaving out vacancies; ``doubts`` what may have been meant otherwise.
    """

    written: str
    amounts: dict[str, float]
    formula: str
    reduced_formula: str
    fingerprint: str
    remarks: tuple[str, ...] = ()
    doubts: tuple[FormulaDoubt, ...] = ()


@lru_cache(maxsize=8192)
def read_formula(text: str) -> LiteratureFormula:
    """Read a formula in a paper's notation, the whole text; raises UnreadableFormula with a hint.

    >>> read_formula("Li1+xAlxTi2-x(PO4)3, x = 0.3").formula
    'Li1.3Al0.3Ti1.7P3O12'
    """
    if len(text) > LONGEST:
        raise UnreadableFormula(f"{len(text)} characters are no formula", "put words into the remark")
    written = text.strip()
    folded = fold_formula(text)
    refuse_names(written, folded)
    statement = _parse(written, folded)
    reading = Reading(written)
    doubt_letters(folded, reading)
    amounts = _round(add_up(statement, reading))
    _check(amounts, written)
    doubt_amounts(folded, amounts, reading)
    return LiteratureFormula(
        text,
        amounts,
        write_formula(amounts),
        _reduce(amounts),
        fingerprint(amounts),
        tuple(reading.remarks),
        tuple(reading.doubts),
    )


def _parse(written: str, folded: str) -> Statement:
    if folded.count("(") > DEEPEST and _depth(folded) > DEEPEST:
        raise UnreadableFormula(f"{written}: brackets too deep", "write the formula with fewer brackets")
    try:
        return parse_statement(folded)
    except UnreadAt as error:
        raise explain(written, folded, error.place) from None


def _depth(folded: str) -> int:
    return max(itertools.accumulate((letter == "(") - (letter == ")") for letter in folded))


def _round(amounts: Mapping[str, float]) -> dict[str, float]:
    """Amounts without the noise of sums; elements of amount 0 left out."""
    return {symbol: float(f"{amount:.12g}") for symbol, amount in amounts.items() if abs(amount) > 1e-12}


def elements_of(text: str) -> frozenset[str]:
    """The elements of a formula; none where the text is no formula.

    >>> sorted(elements_of("Li7La3Zr2O12"))
    ['La', 'Li', 'O', 'Zr']
    """
    try:
        return frozenset(read_formula(text).amounts)
    except UnreadableFormula:
        return frozenset()


def guess_amounts(text: str) -> dict[str, float]:
    """Element to amount from the symbols and numbers that stand in a text which is no formula, brackets left out of
    account: for descriptors of rows that would otherwise have none, never for what is stored."""
    from pymatgen.core import Element

    found: dict[str, float] = {}
    for symbol, number in re.findall(r"([A-Z][a-z]?)([0-9]*\.?[0-9]*)", text):
        if Element.is_valid_symbol(symbol) and symbol not in ("D", "T"):
            found[symbol] = found.get(symbol, 0.0) + float(number if number.strip(".") else 1)
    return found


def write_formula(amounts: Mapping[str, float]) -> str:
    """A plain formula, amounts with at most six significant decimals: lithium, the metals by symbol, then the others by
    electronegativity. The order of a paper does not matter, so neither does that of the files that name a composition.
    """
    ordered = sorted(amounts.items(), key=lambda item: _place(item[0]))
    return "".join(f"{symbol}{_write(amount)}" for symbol, amount in ordered)


@cache
def _place(symbol: str) -> tuple[bool, bool, float, str]:
    from pymatgen.core import Element

    element = Element(symbol)
    is_cation = element.is_metal or element.is_metalloid or element.is_noble_gas
    return (symbol != "Li", not is_cation, 0.0 if is_cation else element.X, symbol)


def fingerprint(amounts: Mapping[str, float]) -> str:
    """Atomic fractions rounded to 1e-4 and sorted by symbol: the same for every spelling of one composition."""
    total = sum(amounts.values())
    parts = (f"{symbol}{amount / total:.{FRACTION_DIGITS}f}" for symbol, amount in sorted(amounts.items()))
    return " ".join(parts)


def _write(amount: float) -> str:
    if amount == 1:
        return ""
    text = f"{amount:.6g}"
    return text if "e" not in text else f"{amount:.12f}".rstrip("0").rstrip(".")


def _reduce(amounts: Mapping[str, float]) -> str:
    if not _is_integral(amounts):
        return write_formula(amounts)
    from pymatgen.core import Composition

    return str(Composition(amounts).reduced_formula)


def _is_integral(amounts: Mapping[str, float]) -> bool:
    return all(abs(amount - round(amount)) < 1e-8 for amount in amounts.values())


def _check(amounts: dict[str, float], text: str) -> None:
    if not amounts:
        raise UnreadableFormula(f"{text!r} names no element", "write a formula such as Li7La3Zr2O12")
    for symbol, amount in amounts.items():
        if amount <= 0 or amount > LARGEST_AMOUNT or not math.isfinite(amount):
            raise UnreadableFormula(f"{text}: amount {amount:g} of {symbol} is not possible", "check the numbers")
