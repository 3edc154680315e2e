"""Units: what a column's name says, what headers and papers write, and the way from one to the other (through pint)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sse_db.errors import UnreadableQuantity

if TYPE_CHECKING:
    import pint

SUFFIXES = {
    "s_per_cm2": ("S/cm²", "siemens/centimeter**2"),
    "s_per_cm": ("S/cm", "siemens/centimeter"),
    "g_per_cm3": ("g/cm³", "gram/centimeter**3"),
    "angstrom3": ("Å³", "angstrom**3"),
    "angstrom": ("Å", "angstrom"),
    "wt_percent": ("wt%", "percent"),
    "percent": ("%", "percent"),
    "degree": ("°", "degree"),
    "mpa": ("MPa", "megapascal"),
    "mm": ("mm", "millimeter"),
    "um": ("µm", "micrometer"),
    "ev": ("eV", "electron_volt"),
    "au": ("a.u.", "dimensionless"),
    "u": ("u", "unified_atomic_mass_unit"),
    "c": ("°C", "degree_Celsius"),
    "h": ("h", "hour"),
}
"""Suffix of a column name: the unit as readers write it, and as pint names it. Longer suffixes stand first."""

SPELLINGS = {
    "°c": "degree_Celsius", "℃": "degree_Celsius", "oc": "degree_Celsius", "degc": "degree_Celsius",
    "deg c": "degree_Celsius", "º c": "degree_Celsius", "ºc": "degree_Celsius", "celsius": "degree_Celsius",
    "c": "degree_Celsius", "k": "kelvin", "kelvin": "kelvin",
    "h": "hour", "hr": "hour", "hrs": "hour", "hour": "hour", "hours": "hour", "min": "minute", "mins": "minute",
    "minutes": "minute", "s": "second", "sec": "second", "d": "day", "day": "day", "days": "day", "week": "week",
    "weeks": "week",
    "µm": "micrometer", "um": "micrometer", "micron": "micrometer", "microns": "micrometer", "nm": "nanometer",
    "mm": "millimeter", "cm": "centimeter", "m": "meter", "å": "angstrom", "a": "angstrom", "ang": "angstrom",
    "angstrom": "angstrom", "pm": "picometer", "å3": "angstrom**3", "å^3": "angstrom**3", "å³": "angstrom**3",
    "nm3": "nanometer**3", "nm³": "nanometer**3",
    "ev": "electron_volt", "mev": "millielectron_volt", "%": "percent", "wt%": "percent", "wt.%": "percent",
    "wt %": "percent", "wt. %": "percent", "mass%": "percent", "mass %": "percent", "weight%": "percent",
    "percent": "percent", "pct": "percent", "°": "degree", "deg": "degree", "degree": "degree", "degrees": "degree",
    "u": "unified_atomic_mass_unit", "1": "dimensionless", "ppm": "ppm", "scm-1": "siemens/centimeter",
    "mscm-1": "millisiemens/centimeter",
}  # fmt: skip
"""Spellings that pint reads otherwise or not at all, in lower case; anything else goes to pint."""

REFUSED = {
    "mol%": "mol% is no mass: give the content in wt%, or keep the words in the remark",
    "at%": "at% is no mass: give the content in wt%, or keep the words in the remark",
    "vol%": "vol% is no mass: give the content in wt%, or keep the words in the remark",
}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
LONGEST_UNIT = 40


@cache
def registry() -> pint.UnitRegistry:
    """The one unit registry; built at first use because building takes a while."""
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True, cache_folder=None)


def suffix_of(column: str) -> str | None:
    """The unit suffix of a column name, None for a column without unit."""
    for suffix in SUFFIXES:
        if column.endswith("_" + suffix):
            return suffix
    return None


def display_unit(column: str) -> str:
    """The unit of a column as a header writes it, empty for a column without unit."""
    suffix = suffix_of(column)
    return SUFFIXES[suffix][0] if suffix else ""


def parse_unit(text: str) -> str:
    """The pint name of a unit as headers and papers write it; raises UnreadableQuantity."""
    plain = _plain(text)
    for refused, reason in REFUSED.items():
        if plain.replace(" ", "").replace(".", "").startswith(refused):
            raise UnreadableQuantity(f"unit {text!r} cannot be used here", reason)
    known = SPELLINGS.get(plain.casefold())
    if known:
        return known
    return _parse_with_pint(text, plain)


def _plain(text: str) -> str:
    text = text.strip().translate(SUPERSCRIPTS).replace("μ", "µ").replace("Å", "Å").replace("−", "-").replace("–", "-")
    text = text.replace("{", "").replace("}", "").replace("$", "")
    return re.sub(r"\s+", " ", text)


def _parse_with_pint(text: str, plain: str) -> str:
    import pint

    if not plain or len(plain) > LONGEST_UNIT or not re.fullmatch(r"[\w°%Å·.*/^()\- Ωµ]+", plain):
        raise UnreadableQuantity(f"{text!r} is no unit")
    expression = plain.replace("Ω", "ohm").replace("Å", "angstrom").replace("·", " ").replace("Ohm", "ohm")
    expression = re.sub(r"(?<=[A-Za-z])\.(?=[A-Za-z])", " ", expression)
    expression = re.sub(r"(?<=\d)(?=[A-Za-zµ])", " ", expression)
    expression = re.sub(r"([A-Za-zµ)])\s*\^?\(?(-?\d+)\)?", r"\1**\2", expression)
    expression = re.sub(r"(?<=[\w)])\s+(?=[A-Za-zµ(])", "*", expression.strip())
    try:
        unit = registry().parse_units(expression, as_delta=False)
    except (pint.PintError, ValueError, TypeError, AttributeError, KeyError, ArithmeticError, SyntaxError) as error:
        raise UnreadableQuantity(f"{text!r} is no unit that is known here") from error
    if unit.dimensionless:
        raise UnreadableQuantity(f"{text!r} is no unit that is known here")
    return str(format(unit, "D"))


def convert(value: float, unit: str, column: str) -> float:
    """A value from a unit (pint's name) into the unit of a column; raises UnreadableQuantity for a wrong dimension."""
    suffix = suffix_of(column)
    if suffix is None:
        raise UnreadableQuantity(f"{column} takes no unit")
    shown, target = SUFFIXES[suffix]
    return _convert(value, unit, target, shown)


def convert_difference(value: float, unit: str, column: str) -> float:
    """An uncertainty from a unit into the unit of a column: offsets of temperature scales do not count."""
    if unit in ("degree_Celsius", "kelvin"):
        return value
    return convert(value, unit, column)


def _convert(value: float, unit: str, target: str, shown: str) -> float:
    import pint

    if unit == target:
        return value
    units = registry()
    try:
        quantity = units.Quantity(value, unit)
        if target == "electron_volt" and quantity.check("[energy]/[substance]"):
            quantity = quantity / units.avogadro_constant
        result = float(quantity.to(target).magnitude)
    except pint.DimensionalityError as error:
        raise UnreadableQuantity(f"a unit of {shown} is wanted, {unit} is another kind of quantity") from error
    except pint.PintError as error:
        raise UnreadableQuantity(f"{unit} cannot be converted into {shown}") from error
    return float(f"{result:.12g}")  # binary noise of the conversion factor is not data


def is_unit_for(text: str, column: str) -> bool:
    """Whether a text reads as a unit of the column's kind."""
    try:
        convert(1.0, parse_unit(text), column)
    except UnreadableQuantity:
        return False
    return True
