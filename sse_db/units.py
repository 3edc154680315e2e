"""Units: what a column's name says, what headers and papers write, and the way from one to the other (through pint).

One module of more than 400 lines: the spellings and the grammar that reads them are one idea, neither is used alone.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
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


class Measure(NamedTuple):
    """A unit with the power of ten before it: ``10⁻⁴ S cm⁻¹`` is the power -4 and ``siemens / centimeter``."""

    power: int
    name: str


SUFFIXES = {
    "s_per_cm2": ColumnUnit("S/cm²", "siemens / centimeter ** 2", "S/cm², mS/cm², S/m²"),
    "s_per_cm": ColumnUnit("S/cm", "siemens / centimeter", "S/cm, mS/cm, µS/cm, S/m, mS/m, Ω⁻¹cm⁻¹"),
    "g_per_cm3": ColumnUnit("g/cm³", "gram / centimeter ** 3", "g/cm³, kg/m³, g/mL"),
    "angstrom3": ColumnUnit("Å³", "angstrom ** 3", "Å³, nm³"),
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
    "c": ColumnUnit("°C", "degree_Celsius", "°C, K, °F"),
    "h": ColumnUnit("h", "hour", "h, min, d"),
}
"""Suffix of a column name: its unit. Longer suffixes stand before those that they end in."""

SMALL = 0.001
"""Numbers below this are shown with a power of ten."""
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
_POWER_OF_TEN = re.compile(
    r"""
    (?P<sign>[x×*·∙•⋅]\s?)?                # ×10-4 S/cm
    (?:10\s?(?:\^|\*\*)\s?(?:\((?P<bracketed>[+-]?\d{1,2})\)|(?P<raised>[+-]?\d{1,2}))  # 10^-4, 10**-4, 10^(-4)
      |10\s?(?P<bare>[+-]\d{1,2})             # 10-4, as print gives it
      |1(?:\.0)?[eE](?P<e>[+-]?\d{1,2}))      # 1e-4
    (?![\d.,])
    """,
    re.VERBOSE,
)
_SNAKE = {
    "degc": "°C", "deg c": "°C", "degf": "°F", "deg f": "°F", "°f": "°F", "fahrenheit": "°F",
    "percent": "%", "pct": "%", "wt percent": "wt%", "wt pct": "wt%", "mass percent": "wt%", "kelvin": "K",
}  # fmt: skip
"""Units in words, as names of columns in programs have them."""
_CASES = {"s": "S", "ms": "mS", "us": "µS", "µs": "µS", "kj": "kJ"}
"""Siemens and joule as lower-case names have them, before ``per``: seconds per centimetre measure nothing here."""
_PAIRS = {
    "s_cm": "S/cm", "ms_cm": "mS/cm", "us_cm": "µS/cm", "s_m": "S/m", "ms_m": "mS/m", "g_cm3": "g/cm3",
    "kg_m3": "kg/m3", "kj_mol": "kJ/mol", "kcal_mol": "kcal/mol", "ohm_cm": "ohm cm", "ohm_m": "ohm m",
    "kohm_cm": "kohm cm", "wt_%": "wt%", "deg_c": "°C", "deg_f": "°F", "mol_%": "mol%",
}  # fmt: skip
"""Two symbols with an underline between them, as names of columns in programs have it: one per the other."""
_PER = re.compile(r"\s*\bper\b\s*")
_SNAKE_EXPONENT = re.compile(r"(?<=[A-Za-zµΩ])\^?(\d)\Z")
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


@cache
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
def show_number(value: float, column: str = "") -> str:
    """A number as it is read in its column: conductivities with a power of ten, lattice constants with all digits.

    ``column`` is the name of a column, or a heading with its unit.

    >>> show_number(0.000509, "conductivity_s_per_cm"), show_number(12.98273, "a_angstrom"), show_number(95.5)
    ('5.09e-4', '12.98273', '95.5')
    """
    if value and (abs(value) < SMALL or (abs(value) < 1 and _is_conductivity(column))):
        mantissa, power = f"{value:.5e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(power)}"
    return f"{value:.10g}" if column.endswith(("_angstrom", "(Å)")) else f"{value:.6g}"


def show_change(old: object, new: object, column: str) -> tuple[str, str]:
    """Two values of a column as they are read; numbers that would read the same, with all their digits.

    >>> show_change(0.000248, 0.00025, "conductivity_s_per_cm"), show_change(1.00000001, 1.0, "grain_size_um")
    (('2.48e-4', '2.5e-4'), ('1.00000001', '1.0'))
    """
    shown = [show_number(value, column) if isinstance(value, float) else str(value) for value in (old, new)]
    return (str(old), str(new)) if shown[0] == shown[1] else (shown[0], shown[1])


def _is_conductivity(column: str) -> bool:
    return column.endswith(("_s_per_cm", "_s_per_cm2")) or "S/cm" in column


def parse_measure(text: str) -> Measure:
    """A unit as headers write it, with a power of ten before it or, with a times sign, behind it.

    ``10⁻⁴ S cm⁻¹``, ``×10−4 S/cm``, ``1e-4 S/cm`` and ``S/cm × 10^-4`` are all 1e-4 S/cm. Raises UnreadableQuantity for
    what is no unit, and for a power of a scale that does not begin at zero.

    >>> parse_measure("10⁻⁴ S/cm")
    Measure(power=-4, name='siemens / centimeter')
    """
    power, rest = split_power(text)
    if not rest:
        raise UnreadableQuantity(f"{text} is a power of ten without a unit", "write both, as in 10^-4 S/cm")
    name = parse_unit(rest)
    if power is not None and name in ("degree_Celsius", "degree_Fahrenheit"):
        raise UnreadableQuantity(f"{text} is no scale of temperatures", "write the temperatures themselves")
    return Measure(power or 0, name)


def split_power(text: str) -> tuple[int | None, str]:
    """The power of ten of a unit, None where it has none, and the unit without it."""
    raised = re.sub(r"10\s?([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?![⁰¹²³⁴⁵⁶⁷⁸⁹])", lambda match: f"10^({match[1]})", text)
    plain = _simplify(raised)
    found = _POWER_OF_TEN.match(plain) or _last_power(plain)
    if found is None:
        return None, text.strip()
    rest = (plain[found.end() :] if found.start() == 0 else plain[: found.start()]).strip(" ,;·×*")
    return int(next(part for part in found.group("bracketed", "raised", "bare", "e") if part)), rest


def _last_power(plain: str) -> re.Match[str] | None:
    """A power of ten at the end of a unit, where a times sign tells it from an exponent."""
    found = next((each for each in _POWER_OF_TEN.finditer(plain) if each["sign"]), None)
    return found if found and found.end() == len(plain) else None


def scale_by_ten(value: float, power: int) -> float:
    """A number times a power of ten, as if it had been written so: 0.35 and -4 give the very double 3.5e-5."""
    return float(Decimal(repr(value)).scaleb(power)) if power else value


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> str:
    """The pint name of a unit as headers and papers write it; raises UnreadableQuantity, also for mol% and vol%.

    >>> parse_unit("mS cm^-1"), parse_unit("Ω⁻¹·cm⁻¹"), parse_unit("deg. C"), parse_unit("wt.%")
    ('millisiemens / centimeter', '1 / centimeter / ohm', 'degree_Celsius', 'percent')
    >>> parse_unit("furlong")
    Traceback (most recent call last):
    sse_db.errors.UnreadableQuantity: 'furlong' is no unit that is known here
    """
    plain = _spell_out(_simplify(text))
    if _CELSIUS.fullmatch(plain):
        return "degree_Celsius"
    if plain == "°F":
        return "degree_Fahrenheit"
    if _MASS_PERCENT.fullmatch(plain):
        return "percent"
    if other := _OTHER_PERCENT.fullmatch(plain):
        kind = other[1].lower()
        raise UnreadableQuantity(
            f"{text} is no share of mass", f"{kind}% does not convert without the formulas: write wt%, or a remark"
        )
    return _own_units().get(plain) or WORDS.get(plain.casefold()) or _read_compound(text, plain)


@cache
def _own_units() -> dict[str, str]:
    """The units of columns as they are shown, which are read without pint: loading it takes half a second."""
    return {_simplify(unit.shown): unit.pint_name for unit in SUFFIXES.values()}


def _simplify(text: str) -> str:
    if len(text) > LONGEST_UNIT:
        raise UnreadableQuantity("a text this long is no unit")
    text = re.sub("[˚∘◦º]", "°", text)  # rings that PDF files give for the degree sign
    text = unicodedata.normalize("NFKC", text).replace("μ", "µ")
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    text = re.sub(r"[{}$]", "", text)
    return " ".join(text.split()).removesuffix(".").strip()


def _spell_out(plain: str) -> str:
    """A unit in words or snake case in signs: ``s_per_cm`` is S/cm, ``mS_cm`` mS/cm, ``g_cm3`` g/cm3."""
    words = " ".join(plain.replace("_", " ").split())
    if words.casefold() in _SNAKE:
        return _SNAKE[words.casefold()]
    if _PER.search(words):
        parts = [_SNAKE_EXPONENT.sub(r"^\1", part.strip()) for part in _PER.split(words)]
        if len(parts) == 2 and all(parts):
            return "/".join([_CASES.get(parts[0], parts[0]), parts[1]])
    if "_" in plain:
        return _PAIRS.get(words.casefold().replace(" ", "_"), words)
    return plain


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
    bare = re.sub(r"(?<=[x)])\*\*-?[1-9]", "", bare.removeprefix("1/"))
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
    target = _column_unit(column)
    factor = _factor_between(unit, target.pint_name)
    if factor == 1.0:
        return value
    if factor is not None:
        return _rounded(value * factor)
    import pint

    units = registry()
    try:
        quantity = units.Quantity(value, unit)
        if target.pint_name == "electron_volt" and quantity.check("[energy]/[substance]"):
            quantity = quantity / units.avogadro_constant
        return _rounded(float(quantity.to(target.pint_name).magnitude))
    except (pint.PintError, OverflowError) as error:
        shown = format(units.Unit(unit), "~P") or "a pure number"
        raise UnreadableQuantity(
            f"{shown} does not convert into {target.shown}", f"units for this column: {target.accepted}"
        ) from error


def _rounded(value: float) -> float:
    """A converted value without the binary noise of the conversion factor, which is not data."""
    if not math.isfinite(value):
        raise UnreadableQuantity("a number beyond what can be held", "check the power of ten")
    return float(f"{value:.12g}")


@lru_cache(maxsize=1024)
def _factor_between(unit: str, target: str) -> float | None:
    """What a value in a unit is multiplied by, 1 for the same unit; None where it takes more than a factor (a scale
    with an offset, an amount of substance), or does not convert."""
    if unit == target:
        return 1.0
    import pint

    units = registry()
    first, second = units.Unit(unit), units.Unit(target)
    if first == second:
        return 1.0
    if "degree" in unit or "degree" in target or unit == "kelvin":
        return None
    try:
        return float(units.Quantity(1.0, first).to(second).magnitude)
    except (pint.PintError, OverflowError):
        return None


def convert_difference(value: float, unit: str, column: str) -> float:
    """An uncertainty from a unit into the unit of a column: offsets of temperature scales do not count.

    >>> convert_difference(5, "kelvin", "temperature_c")
    5
    """
    if suffix_of(column) == "c" and unit in ("degree_Celsius", "kelvin"):
        return value
    if suffix_of(column) == "c" and unit == "degree_Fahrenheit":
        return float(f"{value / 1.8:.12g}")
    return convert(value, unit, column)


def _column_unit(column: str) -> ColumnUnit:
    suffix = suffix_of(column)
    if suffix is None:
        raise UnreadableQuantity(f"{column} takes no unit", "write the number alone")
    return SUFFIXES[suffix]


def convert_measure(
    value: float, measure: Measure, column: str, *, inverse: bool = False, per_kelvin: bool = False
) -> float:
    """A value in a unit with a power of ten into the unit of a column; raises UnreadableQuantity for a wrong kind.

    With ``inverse`` the value is one over the quantity (a resistivity in Ω cm, 1/T in 1/K), with ``per_kelvin`` the
    quantity times the absolute temperature: then what comes back is still to be divided by it (K).
    """
    value = scale_by_ten(value, measure.power)
    if not inverse and not per_kelvin:
        return convert(value, measure.name, column)
    import pint

    units, target = registry(), _column_unit(column)
    is_temperature = target.pint_name == "degree_Celsius"
    wanted = "kelvin" if is_temperature else target.pint_name
    wanted = f"{wanted} * kelvin" if per_kelvin else wanted
    wanted = f"1 / ({wanted})" if inverse else wanted
    try:
        result = float(units.Quantity(value, measure.name).to(units.parse_units(wanted)).magnitude)
        result = 1 / result if inverse else result
    except (pint.PintError, ArithmeticError) as error:
        shown = format(units.Unit(measure.name), "~P") or "a pure number"
        reason = "nothing has no inverse" if isinstance(error, ZeroDivisionError) else f"{shown} does not convert"
        raise UnreadableQuantity(reason, f"the column wants {target.shown}, its inverse, or times K") from error
    return convert(_rounded(result), "kelvin", column) if is_temperature else _rounded(result)


def is_unit_for(text: str, column: str, *, inverse: bool = False, per_kelvin: bool = False) -> bool:
    """Whether a text reads as a unit of the column's kind, or of its inverse, or of it times kelvin.

    >>> is_unit_for("nm", "grain_size_um"), is_unit_for("h", "grain_size_um")
    (True, False)
    """
    try:
        convert_measure(1.0, parse_measure(text), column, inverse=inverse, per_kelvin=per_kelvin)
    except UnreadableQuantity:
        return False
    return True


def is_unit(text: str) -> bool:
    """Whether a text is a unit of any kind, also one that is known not to convert (mol%)."""
    try:
        parse_measure(text)
    except UnreadableQuantity:
        return _OTHER_PERCENT.fullmatch(_simplify(text[:LONGEST_UNIT])) is not None
    return True
