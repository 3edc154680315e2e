"""What a spreadsheet's number format makes of the number that a cell holds: its percent, its words, its sign.

A format rounds as well; digits that it hides are no part of what it says, so the number is given in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

BUILT_IN = {
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)', 7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)', 9: "0%", 10: "0.00%", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
}  # fmt: skip
"""Formats that a workbook names by number alone (ECMA-376, 18.8.30); the others show a number as it is, or a date."""

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | (?P<blank>[_*].) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>(?i:general)) | (?P<clock>(?i:am/pm|a/p))
    | (?P<fraction>(?:[0#?]+\s)?[0#?]+\s?/\s?[0#?1-9][0#?0-9]*)
    | (?P<digits>[.,]?[0#?][0#?.,]*(?:[eE][+-][0#?]+)?)
    | (?P<percent>%) | (?P<text>@) | (?P<end>;) | (?P<date>[ymdhsYMDHS]) | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda value, limit: value < limit,
    ">": lambda value, limit: value > limit,
    "<=": lambda value, limit: value <= limit,
    ">=": lambda value, limit: value >= limit,
    "=": lambda value, limit: value == limit,
    "<>": lambda value, limit: value != limit,
}


class Shown(NamedTuple):
    """The text that a cell shows, with all digits that it holds; ``doubt`` where that is another value, or none."""

    text: str
    doubt: str = ""


@dataclass(slots=True)
class _Section:
    """One of the parts of a format, for positive, negative, zero and text."""

    before: str = ""
    after: str = ""
    numbers: int = 0
    places: str = ""
    percents: int = 0
    thousands: int = 0
    condition: tuple[str, float] | None = None
    is_text: bool = False
    is_date: bool = False
    is_white: bool = False

    def add(self, words: str) -> None:
        """Take words in quotes, or a sign that stands for itself."""
        if self.numbers or self.is_text:
            self.after += words
        else:
            self.before += words

    def fits(self, value: float) -> bool:
        """Whether the section's condition holds for a number; one without holds for all."""
        return self.condition is None or _COMPARE[self.condition[0]](value, self.condition[1])

    @property
    def is_bare(self) -> bool:
        """Whether a number stands there without anything beside it."""
        plain = self.numbers == 1 and not self.after.strip() and not self.percents and not self.thousands
        return plain and not self.is_white and not self.is_date and self.least_digits <= 1

    @property
    def least_digits(self) -> int:
        """How many digits stand before the point at least."""
        return 0 if "e" in self.places.lower() or "/" in self.places else self.places.partition(".")[0].count("0")


def is_plain(code: str) -> bool:
    """Whether a format shows every number, and every text, as the cell holds it but for digits."""
    sections = _read(code)
    text = sections[3] if len(sections) > 3 else next((each for each in sections if each.is_text), None)
    if text is not None and (not text.is_text or text.before.strip() or text.after.strip()):
        return False
    numeric = [each for each in sections[:3] if not each.is_text]
    if not all(each.is_bare and each.condition is None for each in numeric):
        return False
    signs = [each.before.strip() for each in numeric]
    return signs == ["", "-", ""][: len(signs)]


def show(value: float | str, code: str) -> Shown:
    """A number or text as a format shows it."""
    sections = _read(code)
    if isinstance(value, str):
        return _show_text(value, sections)
    section, unsigned = _choose(value, sections)
    held = write_number(value)
    if section is None or section.is_text:
        return Shown(held)
    if section.is_date:
        return Shown(held, f"its number format shows a date or time, the cell holds {held}")
    number = Decimal(repr(value)).scaleb(2 * section.percents)
    if section.thousands:
        number = number.scaleb(-3 * section.thousands)
    visible = section.numbers and (value != 0 or "0" in section.places)
    words = _write(abs(number) if unsigned else number, section) if visible else section.before + section.after
    text = " ".join(words.split())
    if not text:
        return Shown(held, f"its number format shows nothing, the cell holds {held}")
    return _judge(text, held, value, section, unsigned=unsigned, visible=bool(visible))


def _judge(text: str, held: str, value: float, section: _Section, *, unsigned: bool, visible: bool) -> Shown:
    """Whether the shown text says what the cell holds."""
    if unsigned and section.before.strip() == "(" and section.after.strip() == ")":
        return Shown(held, f"its number format shows {text}, the cell holds {held}")
    own_sign = visible and ((unsigned and "-" not in section.before) or (value > 0 and section.before.strip() == "-"))
    if section.is_white:
        return Shown(held, f"its number format shows {held} in white")
    if section.numbers > 1:
        return Shown(held, f"its number format puts other signs between the digits, the cell holds {held}")
    if own_sign or not visible or section.thousands:
        return Shown(text, f"its number format shows {text}, the cell holds {held}")
    return Shown(text)


def _show_text(value: str, sections: list[_Section]) -> Shown:
    section = sections[3] if len(sections) > 3 else next((each for each in sections if each.is_text), None)
    if section is None:
        return Shown(value)
    if not section.is_text:
        words = (section.before + section.after).strip()
        return Shown(value, f"its number format shows {words or 'nothing'}, the cell holds {value}")
    return Shown(f"{section.before}{value}{section.after}".strip())


def _choose(value: float, sections: list[_Section]) -> tuple[_Section | None, bool]:
    """The section for a number, and whether it writes the sign itself."""
    numeric = [each for each in sections[:3] if not each.is_text]
    if not numeric:
        return None, False
    if any(each.condition for each in numeric):
        fits = [each for each in numeric if each.fits(value)]
        return (fits or numeric[-1:])[0], False
    if value < 0 and len(numeric) > 1:
        return numeric[1], True
    return (numeric[2], False) if value == 0 and len(numeric) > 2 else (numeric[0], False)


def _write(number: Decimal, section: _Section) -> str:
    digits = write_number(float(number))
    if section.before.strip() or section.after.strip() or section.percents:
        digits = format(number.normalize(), "f")
    if section.least_digits > 1 and "e" not in digits:
        sign, whole = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
        head, point, tail = whole.partition(".")
        digits = f"{sign}{head.zfill(section.least_digits)}{point}{tail}"
    return f"{section.before}{digits}{section.after}"


def write_number(value: float) -> str:
    """A number as the shortest text that reads back, whole ones without a point."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)


@lru_cache(maxsize=4096)
def _read(code: str) -> list[_Section]:
    """The sections of a format, at most the four that there are."""
    sections = [_Section()]
    for token in _TOKEN.finditer(code[:1000]):
        kind, text = str(token.lastgroup), token[0]
        section = sections[-1]
        if kind == "end":
            sections.append(_Section())
        elif kind in ("digits", "fraction", "general"):
            section.numbers += 1
            section.places += "0" if kind == "general" else text
            section.thousands += len(text.partition("E")[0]) - len(text.partition("E")[0].rstrip(","))
        elif kind == "percent":
            section.percents += 1
            section.add(text)
        elif kind == "bracket":
            _read_bracket(section, token["bracket"])
        elif kind == "text":
            section.is_text = True
        elif kind in ("date", "clock"):
            section.is_date = True
        elif kind != "blank":
            section.add(token[kind] if kind in ("quoted", "escaped") else text)
    return sections[:4]


def _read_bracket(section: _Section, inside: str) -> None:
    """A condition, a colour, a currency with its country, or hours beyond a day."""
    if condition := _CONDITION.fullmatch(inside.strip()):
        section.condition = condition[1], float(condition[2])
    elif inside.startswith("$"):
        section.add(inside[1:].partition("-")[0])
    elif re.fullmatch(r"(?i)h+|m+|s+", inside):
        section.is_date = True
    elif inside.casefold() == "white":
        section.is_white = True


_SHOWN_NUMBER = re.compile(r"[-−+]?(?:\d[\d.,'’\u00a0\u202f]*|[.,]\d+)(?:[eE][-+]?\d+)?")
_FRACTION = re.compile(r"-?(?:\d+ )?\d+/\d+")


def reconcile(value: float, shown: str) -> Shown:
    """A number beside the text that its cell shows, as an OpenDocument file holds both: the text with all digits of
    the number, and a doubt where the two are not the same."""
    shown, held = " ".join(shown.split()), write_number(value)
    if _FRACTION.fullmatch(shown) or shown == held:
        return Shown(held)
    if not shown:
        return Shown(held, f"its number format shows nothing, the cell holds {held}")
    match = _SHOWN_NUMBER.search(shown)
    before, after = (shown[: match.start()], shown[match.end() :]) if match else ("", "")
    number = Decimal(repr(value)).scaleb(2 * (before + after).count("%"))
    if match is None or not _rounds_to(number, match[0]):
        return Shown(shown, f"its number format shows {shown}, the cell holds {held}")
    if not before and not after:
        return Shown(held)
    return Shown(f"{before}{format(number.normalize(), 'f')}{after}")


def _rounds_to(number: Decimal, digits: str) -> bool:
    """Whether a number written with a decimal point or comma, and with separators, is what another rounds to."""
    plain = re.sub(r"['’\u00a0\u202f]", "", digits.replace("−", "-"))
    readings = {plain.replace(",", ""), plain.replace(".", "").replace(",", "."), plain}
    for reading in readings:
        if re.fullmatch(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?|[-+]?\d+\.(?:[eE][-+]?\d+)?", reading):
            read = Decimal(reading)
            last = Decimal(1).scaleb(int(read.as_tuple().exponent))
            if abs(read - number) <= last * Decimal("0.5000001"):
                return True
    return False
