"""Temperature and geometry out of what stands above a table, a sheet's name or a file's name."""

from __future__ import annotations

import re

from etl.spectra.points import Conditions
from sse_db.errors import UnreadableSource
from sse_db.temperatures import ROOM_TEMPERATURE_C, ZERO_CELSIUS_K
from sse_db.vocabulary import TemperatureBasis

_NUMBER = r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?"
_DIAMETER = re.compile(
    rf"(?i)\bdiameter\s*[\[(]\s*(mm|cm|m|µm|um)\s*[\])]\s*[:=]?\s*({_NUMBER})"  # Diameter [mm]: 10
    rf"|\bdiameter\s*[:=]\s*({_NUMBER})\s*(mm|cm)\b"  # diameter = 10 mm
)
_THICKNESS = re.compile(
    rf"(?i)(?<!electrode )\bthickness\s*[\[(]\s*(mm|cm|m|µm|um)\s*[\])]\s*[:=]?\s*({_NUMBER})"  # Thickness (mm) 1.2
    rf"|(?<!electrode )\bthickness\s*[:=]\s*({_NUMBER})\s*(mm|cm|µm|um)\b"  # thickness: 1.2 mm
)
_TEMPERATURE = re.compile(
    r"(?i)(?<![A-Za-z])(?:temp(?:erature|\.)?|T)\s*"  # Temperature, temp., T
    r"(?:[\[(/]\s*(?P<unit>°C|degC|C|K)\s*[\])]?)?\s*[:=]\s*"  # T (K) =, T/°C:
    rf"(?P<number>{_NUMBER})\s*(?P<after>°\s?C|deg\s?C|C|K)?(?![A-Za-z])"  # 25, 298 K
)
_IN_NAME = re.compile(
    r"(?P<before>^|[^A-Za-z0-9.])(?P<number>\d+(?:[.,]\d+)?)\s?(?P<unit>°C|degC|deg|C|K)(?![A-Za-z0-9])"
)
_ROOM = re.compile(r"(?<![A-Za-z])(RT|room[ _-]?temperature)(?![A-Za-z])")
_MEASURED = re.compile(
    r"(?i)^\s*(?:date|acquisition started on|technique started on)\s*[:\t]\s*"  # Date: …, Acquisition started on : …
    r"(?:LABEL\t)?(\S.*?)\s*(?:\t.*)?$"  # DATE<tab>LABEL<tab>4/12/2019<tab>Date, as Gamry writes
)
_LENGTHS = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "µm": 1e-3, "um": 1e-3}


def read_conditions(above: list[str], sheet: str, stem: str, file: str) -> Conditions:
    """What is said about a spectrum. Raises UnreadableSource where header and name give two temperatures."""
    text = "\n".join(above)
    stated = _temperatures(text)
    names = [value for name in (sheet, stem, *above[:1]) for value in _in_name(name)]
    found = [*stated, *(names if not stated else [])]
    if stated and names and abs(stated[0] - names[0]) > 1.5:
        raise UnreadableSource(
            f"{file}: {stated[0]:g} °C in the header, {names[0]:g} °C in the name", "say which: --temperature"
        )
    basis = TemperatureBasis.STATED if found else TemperatureBasis.NOT_STATED
    temperature: float | None = found[0] if found else None
    if not found and any(_ROOM.search(name) for name in (sheet, stem)):
        temperature, basis = ROOM_TEMPERATURE_C, TemperatureBasis.ROOM_TEMPERATURE
    measured = next((match[1] for line in above if (match := _MEASURED.match(line))), None)
    return Conditions(temperature, basis, _length(_THICKNESS, text), _length(_DIAMETER, text), measured)


def _temperatures(text: str) -> list[float]:
    found = []
    for match in _TEMPERATURE.finditer(text):
        unit = (match["unit"] or match["after"] or "").replace(" ", "")
        if unit:
            found.append(_to_celsius(match["number"], unit))
    return found


def _in_name(name: str) -> list[float]:
    found = []
    for match in _IN_NAME.finditer(name):
        before = name[match.start("number") - 2] if match.start("number") >= 2 else ""
        minus = match["before"] in ("-", "−") and not before.isalnum()
        value = _to_celsius(match["number"], match["unit"])
        found.append(-value if minus and match["unit"] != "K" else value)
    return found


def _to_celsius(number: str, unit: str) -> float:
    value = float(number.replace(",", "."))
    return round(value - ZERO_CELSIUS_K, 6) if unit == "K" else value


def _length(pattern: re.Pattern[str], text: str) -> float | None:
    match = pattern.search(text)
    if match is None:
        return None
    unit, number = (match[1], match[2]) if match[2] else (match[4], match[3])
    value = float(number.replace(",", ".")) * _LENGTHS[unit.lower()]
    return value if value > 0 else None
