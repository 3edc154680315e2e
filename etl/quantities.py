"""Numbers as papers write them: relation, value, uncertainty, range, unit, room temperature; nothing invented.

The grammar is small and reads from left to right; every pattern is anchored and free of nested repetition, so that any
text is read or refused in time proportional to its length.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace

from sse_db.errors import UnreadableQuantity
from sse_db.units import SUFFIXES, convert, convert_difference, display_unit, is_unit_for, parse_unit, suffix_of
from sse_db.vocabulary import Relation

BLANKS = {"", "-", "–", "—", "n/a", "na", "nan", "not reported", "n.r.", "nr"}
ROOM_TEMPERATURE = re.compile(r"(?i)(rt|r\.\s?t\.?|room[ -]temperature|room temp\.?|ambient( temperature)?|rt\.)\Z")
ROOM_TEMPERATURE_C = 25.0
LONGEST = 200

RELATIONS = {
    "<": Relation.LESS, "≤": Relation.LESS, "<=": Relation.LESS, "⩽": Relation.LESS, "<~": Relation.LESS,
    "below": Relation.LESS, "less than": Relation.LESS, "up to": Relation.LESS, "≲": Relation.LESS,
    ">": Relation.GREATER, "≥": Relation.GREATER, ">=": Relation.GREATER, "⩾": Relation.GREATER,
    "above": Relation.GREATER, "more than": Relation.GREATER, "over": Relation.GREATER, "≳": Relation.GREATER,
    "~": Relation.APPROXIMATE, "≈": Relation.APPROXIMATE, "∼": Relation.APPROXIMATE, "≃": Relation.APPROXIMATE,
    "ca.": Relation.APPROXIMATE, "ca": Relation.APPROXIMATE, "c.": Relation.APPROXIMATE, "circa": Relation.APPROXIMATE,
    "about": Relation.APPROXIMATE, "around": Relation.APPROXIMATE, "approx.": Relation.APPROXIMATE,
    "approx": Relation.APPROXIMATE, "approximately": Relation.APPROXIMATE, "some": Relation.APPROXIMATE,
    "=": Relation.EQUAL,
}  # fmt: skip
_RELATION = re.compile(
    "(?i)(" + "|".join(re.escape(word) for word in sorted(RELATIONS, key=len, reverse=True)) + r")\s*"
)

MANTISSA = r"[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)"
EXPONENT = r"(?:[eE][+-]?\d{1,4}|\s*[x*·×]\s*10\s?(?:\^|\*\*)?\s?\(?[+-]?\d{1,4}\)?)"
_POWER = re.compile(r"10\s?(?:\^|\*\*)\s?\(?([+-]?\d{1,4})\)?|10(-\d{1,4})(?!\d)")
_NUMBER = re.compile(rf"({MANTISSA})(?:\((\d+)\))?({EXPONENT})?")
_BRACKETED = re.compile(rf"\(\s*({MANTISSA})\s*(?:±|\+/-|\+-)\s*({MANTISSA})\s*\)\s*({EXPONENT})?")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = re.compile(
    rf"(?i)(\d{{4}}-\d{{2}}-\d{{2}}([ T].*)?|\d{{1,2}}[-./ ]{_MONTH}([-./ ]\d{{2,4}})?"
    rf"|{_MONTH}[-./ ]\d{{2,4}}|\d+/\d+/\d+)\Z"
)
_RANGE = re.compile(r"\s*(?:-|to|…|\.\.\.?)\s*")
_PLUS_MINUS = re.compile(r"\s*(?:±|\+/-|\+-)\s*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a cell says: ``value`` and its companions in the unit of the column, ``written`` as in the cell.

    ``basis`` is ``stated``, ``room_temperature`` (value 25 °C, nominal) or ``range_midpoint``.
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
    return text is None or " ".join(text.split()).casefold() in BLANKS


def read_quantity(text: str, column: str, header_unit: str | None = None, *, logarithmic: bool = False) -> Quantity:
    """Read a cell of a numeric column into the column's unit; raises UnreadableQuantity with a hint.

    ``header_unit`` is the unit as the header writes it, the column's own by default; a unit in the cell goes before it.
    With ``logarithmic`` the number is the decimal logarithm of the quantity in that unit.
    """
    plain = _simplify(text)
    if suffix_of(column) == "c" and ROOM_TEMPERATURE.match(plain):
        return Quantity(text, ROOM_TEMPERATURE_C, basis="room_temperature")
    _refuse_foreign(plain, text)
    relation, rest = _take_relation(plain)
    found, rest = _read_numbers(rest, text)
    unit_text = rest.strip()
    unit = _choose_unit(unit_text, header_unit, column, text)
    if logarithmic:
        found = _raise_ten(found, text)
    return _in_unit(replace(found, written=text, relation=relation, unit_written=unit_text or None), unit, column)


def _simplify(text: str) -> str:
    """NFKC turns full-width digits, thin spaces and superscripts into plain ones; an exponent keeps its caret."""
    if len(text) > LONGEST:
        raise UnreadableQuantity(f"{len(text)} characters are no number", "put words into the remark")
    text = re.sub(
        r"10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda match: "10^" + unicodedata.normalize("NFKC", match[1]), text.strip()
    )
    text = unicodedata.normalize("NFKC", text).replace("μ", "µ").replace("Å", "Å")
    text = re.sub(r"[‐‑‒–—−﹣－]", "-", text)
    text = re.sub(r"(?i)(?<=[\d)])\s*(?:×|✕|∙|•|⋅)\s*(?=10)", "x", text)
    text = re.sub(r"\{([^{}]*)\}", r"\1", text)
    return " ".join(text.split())


def _refuse_foreign(plain: str, text: str) -> None:
    if plain.startswith("#"):
        raise UnreadableQuantity(f"{text} is an error of the spreadsheet", "mend the formula, or write the number")
    if plain.casefold() in ("true", "false", "inf", "-inf", "infinity", "none", "null"):
        raise UnreadableQuantity(f"{text} is no number", "write the number as the paper prints it")
    if _DATE.match(plain):
        raise UnreadableQuantity(
            f"{text} is a date",
            "the spreadsheet turned a number into a date: format the cell as text and write it again",
        )


def _take_relation(plain: str) -> tuple[Relation, str]:
    match = _RELATION.match(plain)
    if match is None:
        return Relation.EQUAL, plain
    return RELATIONS[match[1].casefold()], plain[match.end() :]


def _read_numbers(plain: str, text: str) -> tuple[Quantity, str]:
    """A number, a number with uncertainty, or a range, and what follows it."""
    if bracketed := _BRACKETED.match(plain):
        factor = _exponent(bracketed[3])
        value, spread = (_mantissa(bracketed[part], text) for part in (1, 2))
        return Quantity(text, _scale(value, factor), uncertainty=_scale(spread, factor)), plain[bracketed.end() :]
    first, digits, rest = _read_number(plain, text)
    found = Quantity(text, first, uncertainty=digits)
    if (between := _PLUS_MINUS.match(rest)) and between.end():
        spread, _, after = _read_number(rest[between.end() :], text)
        return replace(found, uncertainty=abs(spread)), after
    between = _RANGE.match(rest)
    if between and re.match(r"[.,\d]", rest[between.end() :]):
        second, _, after = _read_number(rest[between.end() :], text)
        return _range(found, second, text), after
    return found, rest


def _read_number(plain: str, text: str) -> tuple[float, float | None, str]:
    """Value, uncertainty given in brackets as digits, and the rest of the text."""
    if power := _POWER.match(plain):
        return _scale(1.0, int(power[1] or power[2])), None, plain[power.end() :]
    match = _NUMBER.match(plain)
    if match is None:
        raise UnreadableQuantity(
            f"{text!r} is no number", "write a number such as 3.2e-4; words belong into the remark"
        )
    exponent = _exponent(match[3])
    value = _scale(_mantissa(match[1], text), exponent)
    if not math.isfinite(value):
        raise UnreadableQuantity(f"{text} is too large for a number")
    digits = None
    if match[2]:
        decimals = len(match[1].replace(",", ".").partition(".")[2])
        digits = _scale(float(match[2]), exponent - decimals)
    return value, digits, plain[match.end() :]


def _scale(mantissa: float, exponent: int) -> float:
    # through decimal text, so that 3.2 and -4 give the very double that 3.2e-4 is
    return float(f"{mantissa!r}e{exponent}") if exponent and "e" not in repr(mantissa) else mantissa * 10.0**exponent


def _exponent(text: str | None) -> int:
    return int(re.search(r"[+-]?\d+\)?\Z", text)[0].rstrip(")")) if text else 0  # type: ignore[index]  # EXPONENT ends so


def _mantissa(text: str, written: str) -> float:
    """A mantissa with decimal point or comma, or with thousands separators that cannot be mistaken."""
    points, commas = text.count("."), text.count(",")
    if commas == 1 and not points and re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text):
        raise UnreadableQuantity(
            f"{written} can be read in two ways", f"write {text.replace(',', '')} or {text.replace(',', '.')}"
        )
    if commas and points:
        decimal = max(text.rfind("."), text.rfind(","))
        thousands = re.sub(r"[+-]", "", text[:decimal])
        if not re.fullmatch(r"\d{1,3}([.,]\d{3})+", thousands) or text[decimal] in thousands:
            raise UnreadableQuantity(f"{written} is no number", "use one decimal sign and no separators")
        return float(re.sub(r"[.,]", "", text[:decimal]) + "." + text[decimal + 1 :])
    if points > 1 or commas > 1:
        if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+|[+-]?\d{1,3}(\.\d{3})+", text):
            return float(re.sub(r"[.,]", "", text))
        raise UnreadableQuantity(f"{written} is no number", "use one decimal sign and no separators")
    return float(text.replace(",", "."))


def _range(found: Quantity, second: float, text: str) -> Quantity:
    if second <= found.value:
        raise UnreadableQuantity(
            f"{text} is no range: its end is not above its start", "write the smaller number first"
        )
    return replace(found, value=(found.value + second) / 2, lower=found.value, upper=second, basis="range_midpoint")


def _choose_unit(unit_text: str, header_unit: str | None, column: str, text: str) -> str | None:
    """The unit to convert from, in pint's words; None where the number already is in the column's unit."""
    suffix = suffix_of(column)
    if suffix is None:
        if unit_text:
            raise UnreadableQuantity(f"{text}: cannot read {unit_text!r} after the number", "this column has no unit")
        return None
    if unit_text:
        if re.match(r"[-.,\d]", unit_text):
            raise UnreadableQuantity(
                f"{text}: more than one number", "one value in a cell; further ones in rows of their own"
            )
        if unit_text.strip("()[] ") in ("", "?"):
            raise UnreadableQuantity(f"{text}: cannot read {unit_text!r} after the number", "write the number alone")
        try:
            return parse_unit(unit_text.strip("()[] ") if not unit_text.startswith("(") else unit_text)
        except UnreadableQuantity as error:
            hint = error.hint or f"the unit of this column is {display_unit(column)}"
            raise UnreadableQuantity(f"{text}: cannot read {unit_text!r} after the number", hint) from error
    return parse_unit(header_unit) if header_unit else SUFFIXES[suffix][1]


def _raise_ten(found: Quantity, text: str) -> Quantity:
    if found.uncertainty is not None:
        raise UnreadableQuantity(f"{text}: an uncertainty of a logarithm is not symmetric", "write value and limits")
    if not -30 <= found.value <= 30:
        raise UnreadableQuantity(f"{text} is no decimal logarithm of a measured quantity")
    lower, upper = (None if end is None else 10.0**end for end in (found.lower, found.upper))
    return replace(found, value=float(f"{10.0**found.value:.15g}"), lower=lower, upper=upper)


def _in_unit(found: Quantity, unit: str | None, column: str) -> Quantity:
    if unit is None:
        return found
    lower, upper = (None if end is None else convert(end, unit, column) for end in (found.lower, found.upper))
    spread = None if found.uncertainty is None else convert_difference(found.uncertainty, unit, column)
    return replace(found, value=convert(found.value, unit, column), uncertainty=spread, lower=lower, upper=upper)


_HEADER_FORMS = (
    re.compile(r"(?P<name>.+?)\s*[(\[](?P<unit>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]\s*\Z"),
    re.compile(r"(?P<name>[^/]+?)\s+/\s*(?P<unit>.+)\Z"),
    re.compile(r"(?P<name>[^,]+?)\s*,\s*(?P<unit>.+)\Z"),
    re.compile(r"(?P<name>.+)\s+(?P<unit>\S+)\Z"),
)
_LOGARITHM = re.compile(r"(?i)(?:log(?:10)?|lg)\b\s*[(\[]?\s*(?P<inner>.+?)\s*[)\]]?\Z")


@dataclass(frozen=True, slots=True)
class Header:
    """A header in parts: the name, the unit as written where there is one, and whether it asks for a logarithm."""

    name: str
    unit: str | None = None
    logarithmic: bool = False


def split_header(header: str) -> list[Header]:
    """Ways to read a header as name and unit, the likeliest first: ``sigma (mS/cm)``, ``T / K``, ``log10 σ (S/cm)``.

    Whether a part is a unit depends on the column, which the caller knows: see ``sse_db.units.is_unit_for``.
    """
    plain = " ".join(unicodedata.normalize("NFKC", header).replace("−", "-").split())
    readings = [Header(plain)]
    for form in _HEADER_FORMS:
        if match := form.match(plain):
            readings.append(Header(match["name"].strip(), match["unit"].strip()))
    logarithms = []
    for reading in readings:
        if match := _LOGARITHM.match(reading.name):
            inner = match["inner"].strip()
            logarithms.append(Header(inner, reading.unit, logarithmic=True))
            logarithms += [
                Header(part["name"].strip(), part["unit"].strip(), logarithmic=True)
                for form in _HEADER_FORMS[1:2]
                if (part := form.match(inner.replace("/", " / ", 1)))
            ]
    return readings + logarithms


__all__ = ["Header", "Quantity", "is_blank", "is_unit_for", "read_quantity", "split_header"]
