"""Units: what a column's name says, what headers and papers write, and the way from one to the other (through pint)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sse_db.errors import UnreadableQuantity

if TYPE_CHECKING:
    import pint


class ColumnUnit(NamedTuple):
    """The unit that a suffix of a column name stands for."""

    shown: str
    pint_name: str
    accepted: str
    """Units that convert into it, as hints name them."""


SUFFIXES = {
    "s_per_cm2": ColumnUnit("S/cm²", "siemens/centimeter**2", "S/cm², mS/cm², S/m²"),
    "s_per_cm": ColumnUnit("S/cm", "siemens/centimeter", "S/cm, mS/cm, µS/cm, S/m, mS/m, Ω⁻¹cm⁻¹"),
    "g_per_cm3": ColumnUnit("g/cm³", "gram/centimeter**3", "g/cm³, kg/m³, g/mL"),
    "angstrom3": ColumnUnit("Å³", "angstrom**3", "Å³, nm³"),
    "angstrom": ColumnUnit("Å", "angstrom", "Å, nm, pm"),
    "wt_percent": ColumnUnit("wt%", "percent", "wt%, mass%, ppm"),
    "percent": ColumnUnit("%", "percent", "%"),
    "degree": ColumnUnit("°", "degree", "°"),
    "mpa": ColumnUnit("MPa", "megapascal", "MPa, GPa, kPa, bar, atm"),
    "mm": ColumnUnit("mm", "millimeter", "mm, cm, µm"),
    "um": ColumnUnit("µm", "micrometer", "µm, nm, mm"),
    "ev": ColumnUnit("eV", "electron_volt", "eV, meV, kJ/mol, kcal/mol"),
    "hz": ColumnUnit("Hz", "hertz", "Hz, kHz, MHz, GHz"),
    "ohm": ColumnUnit("Ω", "ohm", "Ω, kΩ, MΩ"),
    "au": ColumnUnit("a.u.", "dimensionless", "a.u."),
    "u": ColumnUnit("u", "unified_atomic_mass_unit", "u"),
    "c": ColumnUnit("°C", "degree_Celsius", "°C, K"),
    "h": ColumnUnit("h", "hour", "h, min, d"),
}
"""Suffix of a column name: its unit. Longer suffixes stand before those that they end in."""

WORDS = {
    "hr": "hour", "hrs": "hour", "hour": "hour", "hours": "hour", "mins": "minute", "minute": "minute",
    "minutes": "minute", "sec": "second", "secs": "second", "second": "second", "seconds": "second", "day": "day",
    "days": "day", "wk": "week", "week": "week", "weeks": "week", "micron": "micrometer", "microns": "micrometer",
    "ang": "angstrom", "angstrom": "angstrom", "angstroms": "angstrom", "kelvin": "kelvin", "°k": "kelvin",
    "°": "degree", "deg": "degree", "degree": "degree", "degrees": "degree", "ppm": "ppm", "au": "dimensionless",
    "a.u": "dimensionless", "% td": "percent", "%td": "percent",
}  # fmt: skip
"""Whole units in any case. Symbols such as S, C, A, meV are not here: their case tells them apart."""

SYMBOLS = re.compile(
    r"(?P<prefix>kilo|mega|giga|milli|micro|nano|pico|centi|[kMGmµunpc]?)"
    r"(?P<base>S|siemens|Siemens|Ω|ohm|Ohm|mho|Hz|hertz|m|met(?:er|re)s?|g|J|eV|cal|Pa|bar|mol|K|[lL])"
    r"|(?P<whole>Å|A|h|min|d|s|u|atm|[Tt]orr|psi|cc)"
)
"""The symbols that compounds are made of; pint's thousands of others (hand, year, point …) would let typos pass."""
PINT_NAMES = {
    "S": "siemens", "Siemens": "siemens", "Hz": "hertz", "Ω": "ohm", "Ohm": "ohm", "l": "L", "Å": "angstrom",
    "A": "angstrom", "h": "hour", "d": "day", "s": "second", "u": "unified_atomic_mass_unit",
}  # fmt: skip

_CELSIUS = re.compile(
    r"""
      (?: (?: (?i: deg (?:ree)? s? \.? ) | ° | o ) \s? )? C   # C, °C, deg. C, degrees C, oC
    | (?: ° | (?i: deg ) ) \s? c                              # °c, deg c; a c alone is something else
    | (?i: (?: ° | deg (?:ree)? s? )? \s? celsius )           # Celsius, degrees Celsius
    """,
    re.VERBOSE,
)
_MASS_PERCENT = re.compile(
    r"""
      (?: (?:wt|mass|weight) [.\s-]* | w/w \s? )? (?: % | percent | pct )   # wt.%, mass-%, w/w %, %, percent
    | % \s? w/w                                                             # % w/w
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OTHER_PERCENT = re.compile(r"(?i)(mol|mole|at|atom|atomic|vol|volume)[.\s-]*(?:%|percent)")
_GLUED = re.compile(
    r"""
    (?<! [A-Za-zµ] ) ( [mµunk]? S | [kM]? Ω | [Oo]hm )   # mS, Ω, ohm …
    (?= c? m (?! [A-Za-z] ) )                            # … right before cm or m: mScm⁻¹, Ωcm
    """,
    re.VERBOSE,
)
_EXPONENT = re.compile(
    r"""
    (?<= [A-Za-zµΩÅ)] )                                  # behind a symbol or a bracket:
    (?:
        (?: \^ | \*\* ) (?: \( ([+-]?\d) \) | ([+-]?\d) )   # cm^(-1), cm^-1, cm**2
      | ([+-]?\d)                                        # cm-1, cm3
      | \( ([+-]\d) \)                                   # cm(-1)
      | \s ([+-]\d)                                      # cm -1
    )
    (?! \d )                                            # one digit: a longer number is no exponent of a unit
    """,
    re.VERBOSE,
)
_FACTOR = r"(?:x|\(x(?:[*/]x)*\))"  # every symbol written as x: a symbol, or symbols in one pair of brackets
LONGEST_UNIT = 40


@cache
def registry() -> pint.UnitRegistry:
    """The one unit registry; built at first use because building takes a while."""
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)


def suffix_of(column: str) -> str | None:
    """The unit suffix of a column name, None for a column without unit.

    >>> suffix_of("grain_size_um"), suffix_of("label")
    ('um', None)
    """
    for suffix in SUFFIXES:
        if column.endswith("_" + suffix):
            return suffix
    return None


def display_unit(column: str) -> str:
    """The unit of a column as a header writes it, empty for a column without unit.

    >>> display_unit("conductivity_s_per_cm")
    'S/cm'
    """
    suffix = suffix_of(column)
    return SUFFIXES[suffix].shown if suffix else ""


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> str:
    """The pint name of a unit as headers and papers write it; raises UnreadableQuantity.

    >>> parse_unit("mS cm^-1"), parse_unit("Ω⁻¹·cm⁻¹"), parse_unit("deg. C"), parse_unit("wt.%")
    ('millisiemens / centimeter', '1 / centimeter / ohm', 'degree_Celsius', 'percent')
    >>> parse_unit("mol%")
    Traceback (most recent call last):
    sse_db.errors.UnreadableQuantity: mol% is no share of mass
    """
    plain = _simplify(text)
    if _CELSIUS.fullmatch(plain):
        return "degree_Celsius"
    if _MASS_PERCENT.fullmatch(plain):
        return "percent"
    if other := _OTHER_PERCENT.fullmatch(plain):
        kind = other[1].lower()
        raise UnreadableQuantity(
            f"{text} is no share of mass", f"{kind}% does not convert without the formulas: write wt%, or a remark"
        )
    return WORDS.get(plain.casefold()) or _read_compound(text, plain)


def _simplify(text: str) -> str:
    if len(text) > LONGEST_UNIT:
        raise UnreadableQuantity("a text this long is no unit")
    text = re.sub("[˚∘◦º]", "°", text)  # rings that PDF files give for the degree sign
    text = unicodedata.normalize("NFKC", text).replace("μ", "µ")
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    text = re.sub(r"[{}$]", "", text)
    return " ".join(text.split()).removesuffix(".").strip()


def _read_compound(text: str, plain: str) -> str:
    """A product of symbols with exponents, put into pint's notation and checked before pint sees it."""
    expression = re.sub(r"[·∙•⋅×.]", "*", _GLUED.sub(r"\1 ", plain))
    expression = re.sub(r"\s*([*/()^])\s*", r"\1", expression)
    expression = _EXPONENT.sub(lambda match: f"**{int(next(filter(None, match.groups())))}", expression)
    expression = re.sub(r"\s|(?<=\d)(?=[A-Za-zµΩÅ(])|(?<=[A-Za-zµΩÅ])(?=\()|(?<=\))(?=[A-Za-zµΩÅ])", "*", expression)
    if not _is_plain_product(expression):
        raise UnreadableQuantity(f"{text!r} is no unit that is known here", _suggest(plain))
    names = re.sub(r"[A-Za-zµΩÅ]+", lambda word: _pint_name(word[0]), expression)
    unit = registry().parse_units(names)
    if unit.dimensionless:
        raise UnreadableQuantity(f"{text!r} is a pure number", "write shares of mass as wt%, others as %")
    return format(unit, "D")


def _is_plain_product(expression: str) -> bool:
    """Whether only known symbols, single exponents, ``1/`` and flat brackets occur: nothing that grows in a parser."""
    bare = re.sub(r"[A-Za-zµΩÅ]+", "x", expression)
    bare = re.sub(r"(?<=[x)])\*\*-?\d", "", bare.removeprefix("1/"))
    is_product = re.fullmatch(rf"{_FACTOR}(?:[*/]{_FACTOR})*", bare) is not None
    return is_product and all(map(SYMBOLS.fullmatch, re.findall(r"[A-Za-zµΩÅ]+", expression)))


def _pint_name(word: str) -> str:
    match = SYMBOLS.fullmatch(word)
    assert match is not None  # _is_plain_product has seen every word
    prefix, base = match["prefix"] or "", match["base"] or match["whole"]
    return prefix + PINT_NAMES.get(base, base)


def _suggest(plain: str) -> str:
    from rapidfuzz import fuzz, process

    known = sorted({name for unit in SUFFIXES.values() for name in unit.accepted.split(", ")})
    close = process.extractOne(plain, known, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60)
    return f"did you mean {close[0]}?" if close else ""


def convert(value: float, unit: str, column: str) -> float:
    """A value from a unit (pint's name) into the unit of a column; raises UnreadableQuantity for a wrong dimension.

    An energy per amount of substance becomes one per particle (Avogadro constant of pint, CODATA).

    >>> convert(0.42, "millisiemens / centimeter", "conductivity_s_per_cm")
    0.00042
    >>> convert(30, "kilojoule / mole", "activation_energy_ev")
    0.310928...
    """
    import pint

    target = _column_unit(column)
    units = registry()
    if units.Unit(unit) == units.Unit(target.pint_name):
        return value
    try:
        quantity = units.Quantity(value, unit)
        if target.pint_name == "electron_volt" and quantity.check("[energy]/[substance]"):
            quantity = quantity / units.avogadro_constant
        result = float(quantity.to(target.pint_name).magnitude)
    except (pint.PintError, OverflowError) as error:
        shown = format(units.Unit(unit), "~P") or "a pure number"
        raise UnreadableQuantity(
            f"{shown} does not convert into {target.shown}", f"units for this column: {target.accepted}"
        ) from error
    return float(f"{result:.12g}")  # binary noise of the conversion factor is not data


def convert_difference(value: float, unit: str, column: str) -> float:
    """An uncertainty from a unit into the unit of a column: offsets of temperature scales do not count.

    >>> convert_difference(5, "kelvin", "temperature_c")
    5
    """
    if suffix_of(column) == "c" and unit in ("degree_Celsius", "kelvin"):
        return value
    return convert(value, unit, column)


def _column_unit(column: str) -> ColumnUnit:
    suffix = suffix_of(column)
    if suffix is None:
        raise UnreadableQuantity(f"{column} takes no unit", "write the number alone")
    return SUFFIXES[suffix]


def is_unit_for(text: str, column: str) -> bool:
    """Whether a text reads as a unit of the column's kind.

    >>> is_unit_for("nm", "grain_size_um"), is_unit_for("h", "grain_size_um")
    (True, False)
    """
    try:
        convert(1.0, parse_unit(text), column)
    except UnreadableQuantity:
        return False
    return True
