"""How the numbers of a column are meant: their unit and power of ten, a logarithm, an inverse, a product with T."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from etl.cells.number_grammar import Numbers, raise_base
from sse_db.errors import UnreadableQuantity
from sse_db.temperatures import ZERO_CELSIUS_K
from sse_db.units import SUFFIXES, Measure, convert_difference, convert_measure, parse_measure, suffix_of

LOGARITHMS = {"log10": 10.0, "ln": math.e}
Logarithm = Literal["", "log10", "ln"]


@dataclass(frozen=True, slots=True)
class Scale:
    """How the numbers of a column are meant.

    ``unit`` is the unit as written, with its power of ten; None is the column's own, of 1000/T it is 1/K. ``log`` is
    the logarithm that was taken, ``inverse`` that numbers are one over the quantity (a resistivity, 1000/T),
    ``per_kelvin`` that they are the quantity times the absolute temperature (σT), ``factor`` what a number is
    multiplied by first.
    """

    unit: str | None = None
    log: Logarithm = ""
    inverse: bool = False
    per_kelvin: bool = False
    factor: float = 1.0

    @property
    def is_plain(self) -> bool:
        """Whether numbers are the quantity itself in a unit."""
        return not (self.log or self.inverse or self.per_kelvin) and self.factor == 1.0

    def fits(self, column: str) -> bool:
        """Whether numbers of this scale can be those of a column; an inverse or a product has to name its unit."""
        if self.unit is None:
            is_inverse_t = self == Scale(inverse=True, factor=1e-3) and suffix_of(column) == "c"
            bare = replace(self, factor=1.0)
            return bare.is_plain or is_inverse_t or (bare == Scale(log=self.log) and suffix_of(column) is not None)
        try:
            measure = _measure_of(self.unit, column, self.inverse)
            convert_measure(1.0, measure, column, inverse=self.inverse, per_kelvin=self.per_kelvin)
        except UnreadableQuantity:
            return False
        return True


def _measure_of(unit: str, column: str, inverse: bool) -> Measure:
    """The unit as written; in 1000/T (K) the bracket says that T is in kelvin."""
    measure = parse_measure(unit)
    is_kelvin = inverse and suffix_of(column) == "c" and measure == Measure(0, "kelvin")
    return parse_measure("1/K") if is_kelvin else measure


PLAIN = Scale()


def convert_numbers(
    numbers: Numbers, scale: Scale, unit: str | None, column: str, written: str
) -> tuple[Numbers, bool]:
    """Numbers as read, in the unit of a column, and whether their order was reversed (an inverse).

    ``unit`` is the unit that counts, the column's own if None. Of σT the product comes back, in the column's unit times
    K: it waits for the temperature of its row. Raises UnreadableQuantity.
    """
    if scale.log:
        numbers = raise_base(numbers, LOGARITHMS[scale.log], written)
    if scale.factor != 1.0:
        numbers = _map(numbers, lambda number: float(Decimal(repr(number)) * Decimal(repr(scale.factor))))
    suffix = suffix_of(column)
    if suffix is None:
        return numbers, False
    own = "1 / kelvin" if scale.inverse and suffix == "c" else SUFFIXES[suffix].pint_name
    measure = _measure_of(unit, column, scale.inverse) if unit else Measure(0, own)

    def convert(number: float) -> float:
        return convert_measure(number, measure, column, inverse=scale.inverse, per_kelvin=scale.per_kelvin)

    if scale.inverse:
        return _invert(numbers, convert), True
    spread = numbers.uncertainty
    if spread is not None:
        is_offset = suffix == "c"
        spread = convert_difference(spread, measure.name, column) if is_offset else convert(spread)
    return replace(_map(replace(numbers, uncertainty=None), convert), uncertainty=spread), False


def _map(numbers: Numbers, change: Callable[[float], float]) -> Numbers:
    others = (None if end is None else change(end) for end in (numbers.uncertainty, numbers.lower, numbers.upper))
    return Numbers(change(numbers.value), *others)


def _invert(numbers: Numbers, convert: Callable[[float], float]) -> Numbers:
    """Numbers whose inverse was read: the ends of a range change places, an uncertainty becomes such a range."""
    low, high, spread = numbers.lower, numbers.upper, numbers.uncertainty
    if spread is not None:
        low, high = numbers.value - spread, numbers.value + spread
    lower, upper = (None if end is None else convert(end) for end in (high, low))
    return Numbers(convert(numbers.value), None, lower, upper)


def divide_by_kelvin(number: float, temperature_c: float) -> float:
    """A product with the absolute temperature divided by it; raises UnreadableQuantity at absolute zero."""
    kelvin = temperature_c + ZERO_CELSIUS_K
    if kelvin <= 0:
        raise UnreadableQuantity(f"{temperature_c:g} °C is no temperature to divide by", "check the temperature")
    return float(f"{number / kelvin:.12g}")
