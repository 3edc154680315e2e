"""The grammar of numbers in papers: one number, a number with uncertainty, or a range, and what follows it.

It reads texts that :func:`simplify` has brought into plain characters, from left to right. Every pattern is free of
nested repetition, so that any text is read or refused in time proportional to its length.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace

from sse_db.errors import UnreadableQuantity
from sse_db.spelling import INVISIBLE

LONGEST = 200
PLAIN_NUMBER = "write a number such as 3.2e-4; words belong into the remark"
ONE_SIGN = "use one decimal sign and no separators"
ONE_SPREAD = "write one uncertainty, or a range without"
SAME_POWER = "put the numbers in brackets before the power of ten, as in (1.2±0.3)e-4, or write the power with both"

DIGITS = r"(?:[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+)"
EXPONENT = (
    r"(?:\s?[eE]([+-]?[0-9]{1,4})(?![0-9])"  # 3.2e-4
    r"|\s?[x*·]\s?10\s?"
    r"(?:(?:\^|\*\*)\s?(?:\(([+-]?[0-9]{1,4})\)"  # 3.2×10^(-4), 3.2*10**(-4)
    r"|([+-]?[0-9]{1,4})(?![0-9]))"  # 3.2×10^-4
    r"|([+-]\s?[0-9]{1,4})(?![0-9])))"  # 3.2×10-4
)
_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))
_RAISED = "⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_STRAY_RAISED = re.compile(rf"(?<![\^({_RAISED}A-Za-zÅ\u2126Ωµμ)])[{_RAISED}]|(?<=[0-9]\))[{_RAISED}]|[₀-₉]|[¼-¾⅐-⅞]")
PLUS_MINUS = r"\s?(?:±|\+/-|\+-)\s?"
UNTIL = r"(?:-\s?|\s-\s|\s?\.{3}\s?|\sto\s)"

_NUMBER = re.compile(rf"([+-]?)({DIGITS})(?:\(([0-9]{{1,6}})\))?{EXPONENT}?")
_POWER = re.compile(
    r"""
    ([+-]?)10\s?(?:\^|\*\*)\s?
    (?:\(([+-]?[0-9]{1,4})\)           # 10^(-4)
      |([+-]?[0-9]{1,4})(?![0-9]))     # 10^-4, 10**-4
    """,
    re.VERBOSE,
)
_BARE_POWER = re.compile(r"([+-]?)10()(-[0-9]{1,2})(?![0-9.,])")
_BRACKETED = re.compile(rf"\(\s?([+-]?{DIGITS})(?:({PLUS_MINUS})|{UNTIL})({DIGITS})\s?\){EXPONENT}?")
_PLUS_MINUS = re.compile(rf"{PLUS_MINUS}(?=[.,0-9])")
_UNTIL = re.compile(rf"{UNTIL}(?=[.,0-9])|\sto\s(?=[+-]?[.,0-9])")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers as written, before units: a value and its uncertainty, or the midpoint of a range and its ends."""

    value: float
    uncertainty: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    digits: float | None
    has_power: bool
    rest: str


def simplify(text: str) -> str:
    """A text in plain characters: NFKC, one kind of dash, blank and times sign; raised digits become exponents.

    Raises UnreadableQuantity for raised digits that are no exponent: they are footnotes, and would become digits.
    """
    if len(text) > LONGEST:
        raise UnreadableQuantity(f"{len(text)} characters are no number", "put words into the remark")
    text = re.sub("[˚∘◦º]", "°", text.translate(_INVISIBLE).strip())  # rings that PDF files give for the degree sign
    text = re.sub(r"10\s?([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda match: f"10^({match[1]})", text)
    if _STRAY_RAISED.search(text):
        raise UnreadableQuantity(
            f"{text}: raised or lowered digits that are no power of ten", "put footnote marks into the remark"
        )
    text = unicodedata.normalize("NFKC", text).replace("μ", "µ")
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    text = re.sub(r"(?<=[0-9)])\s?[×✕∙•⋅]\s?(?=10)", "x", " ".join(text.split()))
    return re.sub(r"\^\s?\{([^{}]*)\}", r"^\1", text)


def read_numbers(plain: str, *, bare_powers: bool) -> tuple[Numbers, str]:
    """The numbers at the start of a simplified text, and the rest of it.

    With ``bare_powers`` a lone ``10-4`` is 10 to the power −4, as conductivities are printed; else it is a range.
    """
    if bracketed := _BRACKETED.match(plain):
        return _read_bracketed(bracketed), plain[bracketed.end() :]
    first = _read_number(plain, bare_powers)
    if sign := _PLUS_MINUS.match(first.rest):
        second = _read_number(first.rest[sign.end() :], bare_powers)
        _refuse_unequal(first, second, plain)
        return Numbers(first.value, second.value), second.rest
    if until := _UNTIL.match(first.rest):
        after = first.rest[until.end() :]
        second = _read_number(after, bare_powers)
        if "-" in until[0]:
            _refuse_unclear_dash(first, after, bare_powers, plain)
        _refuse_unequal(first, second, plain)
        return _make_range(first.value, second.value, plain), second.rest
    return Numbers(first.value, first.digits), first.rest


def _read_bracketed(match: re.Match[str]) -> Numbers:
    exponent = _power_of(match.groups()[3:])
    first, second = (_to_float(match[part], exponent, bool(exponent)) for part in (1, 3))
    return Numbers(first, second) if match[2] else _make_range(first, second, match[0])


def _read_number(plain: str, bare_powers: bool) -> _Number:
    power = _POWER.match(plain) or (_BARE_POWER.match(plain) if bare_powers else None)
    if power:
        value = _to_float(f"{power[1]}1", int(power[2] or power[3]), True)
        return _Number(value, None, True, plain[power.end() :])
    match = _NUMBER.match(plain)
    if match is None:
        raise UnreadableQuantity(f"{plain!r} is no number", PLAIN_NUMBER)
    sign, digits, uncertain, *powers = match.groups()
    has_power = any(powers)
    exponent = _power_of(powers)
    value = _to_float(sign + digits, exponent, has_power)
    spread = None
    if uncertain:
        spread = _to_float(uncertain, exponent - len(_plain_decimal(digits, has_power).partition(".")[2]), True)
    return _Number(value, spread, has_power, plain[match.end() :])


def _power_of(groups: tuple[str | None, ...] | list[str | None]) -> int:
    return next((int(group.replace(" ", "")) for group in groups if group), 0)


def _to_float(digits: str, exponent: int, has_power: bool) -> float:
    # through decimal text, so that 3.2 and -4 give the very double that 3.2e-4 is
    plain = _plain_decimal(digits, has_power)
    value = float(f"{plain}e{exponent}")
    if not math.isfinite(value) or (value == 0 and re.search("[1-9]", plain)):
        raise UnreadableQuantity(f"{digits}e{exponent} is beyond what a number can hold", "check the power of ten")
    return value


def _plain_decimal(text: str, has_power: bool) -> str:
    """A mantissa with one decimal point, from a decimal comma or from separators that cannot be mistaken."""
    sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    points, commas = digits.count("."), digits.count(",")
    if points + commas <= 1:
        # 1,234e-4 has one digit before the comma, as scientific notation has it, and so a decimal comma
        if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits) and not (has_power and digits[1] == ","):
            ways = f"write {digits.replace(',', '')} or {digits.replace(',', '.')}"
            raise UnreadableQuantity(f"{text} can be read in two ways", ways)
        return sign + digits.replace(",", ".")
    if points and commas:
        place = max(digits.rfind("."), digits.rfind(","))
        whole, decimal, fraction = digits[:place], digits[place], digits[place + 1 :]
    else:
        whole, decimal, fraction = digits, "", ""
    separators = set(whole) - set("0123456789")
    if decimal in separators or len(separators) != 1 or not re.fullmatch(r"[1-9][0-9]{0,2}([.,][0-9]{3})+", whole):
        raise UnreadableQuantity(f"{text} is no number", ONE_SIGN)
    return sign + re.sub("[.,]", "", whole) + ("." + fraction if decimal else "")


def _make_range(first: float, second: float, plain: str) -> Numbers:
    if second <= first:
        raise UnreadableQuantity(
            f"{plain} is no range: its end is not above its start",
            "write the smaller number first, or a power of ten as 10^-4",
        )
    return Numbers(float(f"{(first + second) / 2:.15g}"), lower=first, upper=second)


def _refuse_unclear_dash(first: _Number, after: str, bare_powers: bool, plain: str) -> None:
    """A dash that may be a minus: before a power of ten that lost its ``×10``, or between numbers below zero."""
    if first.value < 0:
        raise UnreadableQuantity(f"{plain} can be read in two ways", "write a range below zero as -10 to -5")
    if bare_powers and not first.has_power and re.match(r"[0-9]{1,2}(?![0-9.,]|\s?[eEx*·])", after):
        raise UnreadableQuantity(
            f"{plain} can be read in two ways", "write 3.2e-4 for a power of ten, 1 to 3 for a range"
        )


def _refuse_unequal(first: _Number, second: _Number, plain: str) -> None:
    """``1.2 ± 0.3 × 10−4`` may or may not mean that the power belongs to both numbers."""
    if first.has_power != second.has_power:
        raise UnreadableQuantity(f"{plain} can be read in two ways", SAME_POWER)
    if first.digits is not None or second.digits is not None:
        raise UnreadableQuantity(f"{plain} has an uncertainty in brackets beside a second number", ONE_SPREAD)


def raise_base(numbers: Numbers, base: float, written: str) -> Numbers:
    """The quantity whose logarithm was read; an uncertainty becomes limits, as it is not symmetric any more."""
    if numbers.uncertainty is not None:
        low, high = numbers.value - numbers.uncertainty, numbers.value + numbers.uncertainty
        numbers = replace(numbers, uncertainty=None, lower=low, upper=high)
    ends = [numbers.value, numbers.lower, numbers.upper]
    if any(end is not None and not -30 <= end * math.log10(base) <= 30 for end in ends):
        raise UnreadableQuantity(
            f"{written} is no {'decimal' if base == 10 else 'natural'} logarithm of a measured quantity",
            "write the number itself under another header",
        )
    value, lower, upper = (None if end is None else float(f"{base**end:.15g}") for end in ends)
    assert value is not None
    return Numbers(value, lower=lower, upper=upper)
