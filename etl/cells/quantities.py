"""Numbers as papers write them: relation, value, uncertainty, range, unit, room temperature; nothing invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from etl.cells.number_grammar import read_numbers, simplify
from etl.cells.scales import Scale, convert_numbers
from sse_db.errors import UnreadableQuantity
from sse_db.spelling import plain_label
from sse_db.temperatures import ROOM_TEMPERATURE_C
from sse_db.units import display_unit, parse_unit, suffix_of
from sse_db.vocabulary import Relation

BLANKS = frozenset({
    "", "-", "n/a", "na", "n.a.", "nan", "n.r.", "n/r", "n.d.", "nd", "n/d", "n.m.", "n/m", "?", "??",
    "not reported", "not measured", "not determined", "not available", "not given",
})  # fmt: skip
"""What cells hold where there is nothing to tell; without case, with plain dashes, ``n. d.`` as ``n.d.``."""
LONGEST_BLANK = 30
NO_WHOLE_POWER = "write the number itself, as 3.2e-4; a logarithm as log σ = -3.5"
ONE_NUMBER = "one value in a cell, its unit once and at the end, a power of ten as e-4"

RELATIONS = {
    Relation.LESS: ("<", "≤", "<=", "⩽", "≦", "≲", "below", "less than", "at most", "up to"),
    Relation.GREATER: (">", "≥", ">=", "⩾", "≧", "≳", "above", "more than", "at least", "over"),
    Relation.APPROXIMATE: (
        "~", "≈", "∼", "≃", "≅", "ca.", "ca", "c.", "circa", "about", "around", "approx.", "approx", "approximately",
    ),
    Relation.EQUAL: ("=",),
}  # fmt: skip
_REVERSED = {Relation.LESS: Relation.GREATER, Relation.GREATER: Relation.LESS}
_SPELLINGS = {spelling: relation for relation, spellings in RELATIONS.items() for spelling in spellings}
_RELATION = re.compile("(?i)(" + "|".join(map(re.escape, sorted(_SPELLINGS, key=len, reverse=True))) + r")\s?")

_ROOM = r"(?:r\.?\s?t\.?|room[ -]temp(?:erature|\.)?|ambient(?: temperature)?)"
_ROOM_TEMPERATURE = re.compile(rf"(?i){_ROOM}\Z")
_ROOM_STATED = re.compile(
    rf"(?i){_ROOM}\s?[(,;:=]\s?([^()]+)\)?\Z"  # RT (25 °C), room temperature: 298 K
    rf"|([^(),;]+)[(,;]\s?{_ROOM}\)?\Z"  # 25 °C (RT)
)
_LOGARITHM = re.compile(
    r"""
    (?:log(?:_?10)?|lg)\s?\(?\s?
    (?:σ|sigma)\s?                 # log10 σ = -3.5, lg(sigma) = -3.5
    (?:/\s?([^=()]{1,40}))?        # log(σ / S/cm) = -3.5
    \)?\s?=\s?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BROKEN_POWER = re.compile(
    r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?\s?[eE]|(?:[0-9]+(?:[.,][0-9]+)?\s?[x*·]\s?)?10\s?(?:\^|\*\*))"
    r"\s?\(?[+-]?[0-9]+(?:\.[0-9]|,[0-9]+\)?\Z)"  # 10^-3.5, 1e-4.5, 2×10^(-3.5)
)

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = re.compile(
    r"(?i)(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T].*)?"  # 2020-03-01, 2020-03-01 00:00:00
    r"|[0-9]+/[0-9]+/[0-9]+"  # 3/1/2020
    r"|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"  # 01.03.2020
    rf"|[0-9]{{1,2}}[-./ ]{{1,2}}{_MONTH}(?:[-./ ][0-9]{{2,4}})?"  # 1-Mar, 1. March 2020
    rf"|{_MONTH}[-./ ][0-9]{{2,4}})\Z"  # Mar-20
)
_CLOCK = re.compile(r"[0-9]{1,4}:[0-9]{2}(?::[0-9]{2})?\Z")
_LETTERS_AMONG_DIGITS = re.compile(
    r"""
    (?=[^OoQlI]*[OoQlI])(?=[^0-9]*[0-9])  # at least one such letter and one digit
    [0-9OoQlI]+(?:[.,][0-9OoQlI]+)?       # l150, 0.O35
    (?:[eE][-+]?[0-9OoQlI]+)?\Z           # 3.2e-O4
    """,
    re.VERBOSE,
)
_DIGITS_MEANT = str.maketrans("OoQlI", "00011")
SECOND_NUMBERS = (
    (re.compile(r"[~∼]"), "a range is written 100–200, an approximate value ~100"),
    (re.compile(r"/"), "one value in a cell: one step per temperature, one row per value, or a range as 1150–1200"),
)
_SECOND_NUMBER = re.compile(
    r"""
    \A(?:[-+±~<>=/]|[.,;]{1,2})?\s?[.,]?[0-9]  # -200, ; 300, /1200
    |\A[eE^][-+]?[0-9]                         # e-4 of 3.2e-4e-4
    |\s[-±]?\s?[0-9]                           # °C 300
    |±
    """,
    re.VERBOSE,
)
_FOOTNOTE = re.compile(r"[*†‡§¶]+|\^?[a-z](?:,\s?[a-z])*|\(?[a-z]\)|\[[0-9,\s-]+\]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a cell says: ``value`` and its companions in the unit of the column, ``written`` as in the cell.

    ``basis`` is ``stated``, ``room_temperature`` (value 25 °C, nominal) or ``range_midpoint``; ``unit_written`` is the
    unit that counted, from the cell or else the header, None where both are silent.
    """

    written: str
    value: float
    relation: Relation = Relation.EQUAL
    uncertainty: float | None = None
    lower: float | None = None
    upper: float | None = None
    basis: str = "stated"
    unit_written: str | None = None


def is_blank(text: str | None) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, n/a, not reported and the like."""
    if not text:
        return True
    if len(text) > LONGEST_BLANK:
        return not text.strip()
    words = " ".join((text if text.isascii() else plain_label(text)).split()).casefold()
    return words in BLANKS or (words.startswith("n. ") and words.replace(" ", "") in BLANKS)


def read_quantity(
    text: str, column: str, header_unit: str | None = None, *, logarithmic: bool = False, scale: Scale | None = None
) -> Quantity:
    """Read a cell of a numeric column into the column's unit; raises UnreadableQuantity with a hint.

    ``scale`` says how the column's numbers are meant; without it ``header_unit`` is the unit as the header writes it,
    the column's own by default, and with ``logarithmic`` the number is the decimal logarithm of the quantity in it. A
    unit in the cell goes before the header's. A range gives its midpoint, in a logarithm the geometric one. Of a
    product with T the value is still to be divided by the temperature of its row (K).

    >>> read_quantity("3.2(1)e-4 S/cm", "conductivity_s_per_cm").uncertainty
    1e-05
    """
    plain = simplify(text)
    suffix = suffix_of(column)
    scale = scale or Scale(header_unit, "log10" if logarithmic else "")
    if suffix == "c":
        if _ROOM_TEMPERATURE.match(plain):
            return Quantity(text, ROOM_TEMPERATURE_C, basis="room_temperature")
        if stated := _ROOM_STATED.match(plain):
            plain = (stated[1] or stated[2]).strip()
    is_conductivity = suffix in ("s_per_cm", "s_per_cm2")
    if is_conductivity and (logarithm := _LOGARITHM.match(plain)):
        plain = plain[logarithm.end() :]
        scale = Scale((logarithm[1] or "").strip() or scale.unit, "log10", factor=scale.factor)
    _refuse_foreign(plain, text)
    relation, rest = _take_relation(plain)
    numbers, rest = read_numbers(rest, bare_powers=is_conductivity)
    is_range = numbers.lower is not None
    if relation in (Relation.LESS, Relation.GREATER) and (is_range or numbers.uncertainty is not None):
        raise UnreadableQuantity(f"{text}: a limit has neither range nor uncertainty", "write the limit alone")
    own_unit = _take_unit(rest, column, text)
    if own_unit and scale.factor != 1.0:
        raise UnreadableQuantity(f"{text}: a unit beside the factor {scale.factor:g} of the mapping", "drop one")
    unit_written = own_unit or scale.unit
    numbers, is_reversed = convert_numbers(numbers, scale, unit_written, column, text)
    basis = "range_midpoint" if is_range else "stated"
    return Quantity(
        text,
        numbers.value,
        _REVERSED.get(relation, relation) if is_reversed else relation,
        numbers.uncertainty,
        numbers.lower,
        numbers.upper,
        basis,
        unit_written,
    )


def divide_quantity(quantity: Quantity, divide: Callable[[float], float]) -> Quantity:
    """A product with another quantity, such as σT, divided by it in all its numbers."""
    ends = (quantity.uncertainty, quantity.lower, quantity.upper)
    spread, lower, upper = (None if end is None else divide(end) for end in ends)
    return replace(quantity, value=divide(quantity.value), uncertainty=spread, lower=lower, upper=upper)


def _refuse_foreign(plain: str, text: str) -> None:
    """What spreadsheets and people put in the place of a number."""
    if plain.startswith("#"):
        raise UnreadableQuantity(f"{text} is an error of the spreadsheet", "mend the formula, or write the number")
    if plain.casefold() == "overnight":
        raise UnreadableQuantity(
            f"{text} is no duration", "write hours, or leave it blank and put the word in the remark"
        )
    if _DATE.match(plain):
        raise UnreadableQuantity(
            f"{text} is a date",
            "the spreadsheet turned a number into a date: format the cell as text and write it again",
        )
    if _LETTERS_AMONG_DIGITS.match(plain):
        raise UnreadableQuantity(
            f"{text}: a letter stands among the digits", f"did you mean {plain.translate(_DIGITS_MEANT)}?"
        )
    if _BROKEN_POWER.match(plain):
        raise UnreadableQuantity(f"{text}: the power of ten is no whole number", NO_WHOLE_POWER)
    if _CLOCK.match(plain):
        raise UnreadableQuantity(f"{text} is a time of the clock", "write a duration in one unit, as 1.5 h or 90 min")


def _take_relation(plain: str) -> tuple[Relation, str]:
    match = _RELATION.match(plain)
    if match is None:
        return Relation.EQUAL, plain
    return _SPELLINGS[match[1].casefold()], plain[match.end() :]


def _take_unit(rest: str, column: str, text: str) -> str | None:
    """The unit after the number as written, None where there is none; anything else is refused."""
    unit_text = rest.strip()
    if not unit_text:
        return None
    bare = re.sub(r"\A[(\[]([^()\[\]]*)[)\]]\Z", r"\1", unit_text)
    try:
        parse_unit(bare)
    except UnreadableQuantity as error:
        if _SECOND_NUMBER.search(unit_text):
            hint = next((hint for sign, hint in SECOND_NUMBERS if sign.match(unit_text)), ONE_NUMBER)
            raise UnreadableQuantity(f"{text}: more than one number", hint) from error
        hint = error.hint or f"the unit of this column is {display_unit(column) or '1: write the number alone'}"
        hint = "put footnote marks into the remark" if _FOOTNOTE.fullmatch(unit_text) else hint
        raise UnreadableQuantity(f"{text}: cannot read {unit_text!r} after the number", hint) from error
    if suffix_of(column) is None:
        raise UnreadableQuantity(f"{text}: this column has no unit", "write the number alone")
    return bare
