"""The space group and the temperature that a structure file declares, checked against what it holds."""

from __future__ import annotations

import re
from typing import Any

from sse_db.materials.cif import ParsedStructure, first_item, read_number
from sse_db.materials.space_groups import describe_space_group
from sse_db.vocabulary import TemperatureBasis

SYMBOL_ITEMS = (
    "_space_group_name_H-M_alt",
    "_symmetry_space_group_name_H-M",
    "_space_group_name_H-M_ref",
    "_space_group_name_H-M_full",
)
NUMBER_ITEMS = ("_space_group_IT_number", "_symmetry_Int_Tables_number")
TEMPERATURE_ITEMS = ("_diffrn_ambient_temperature", "_cell_measurement_temperature")
ROOM_TEMPERATURE = re.compile(r"r\.?t\.?$|room|ambient", re.IGNORECASE)
ROOM_TEMPERATURE_C = 25.0
ZERO_CELSIUS_K = 273.15
HOTTEST_K = 1773.15


def read_space_group(parsed: ParsedStructure, *, exact: bool) -> tuple[str | None, int | None]:
    """Symbol and number of the space group: as declared, unless the symmetry operations contradict it.

    A POSCAR declares none: there it is determined with spglib, if the structure is ordered and its coordinates exact.
    """
    if parsed.source_format == "poscar":
        return _determine(parsed) if exact and parsed.structure.is_ordered else (None, None)
    symbol = first_item(parsed.items, SYMBOL_ITEMS)
    symbol = re.sub(r"\s+", "", symbol) if symbol else None
    by_symbol = describe_space_group(symbol)[1] if symbol else None
    stated = (read_number(parsed.items, item) for item in NUMBER_ITEMS)
    declared = next((int(value) for value in stated if value and 1 <= value <= 230), None)
    if symbol and by_symbol is None:
        parsed.remarks.append(f"the space group symbol {symbol} is not known")
    number = declared or by_symbol
    if number is None:
        return symbol, None
    return _settle(parsed, symbol, by_symbol, number)


def _settle(
    parsed: ParsedStructure, symbol: str | None, by_symbol: int | None, declared: int
) -> tuple[str | None, int | None]:
    """One group out of the declared symbol and number and that of the symmetry operations."""
    found = _group_of_operations(parsed)
    if by_symbol in (None, declared) and found in (None, declared):
        return symbol, declared
    if by_symbol not in (None, declared):
        parsed.remarks.append(f"space group {symbol} is number {by_symbol}, the file states {declared}")
    if found in (None, 1) and by_symbol in (None, declared):
        parsed.remarks.append(f"space group {symbol or declared} is declared, the symmetry operations are those of P1")
        return symbol, declared
    if found == by_symbol:
        return symbol, by_symbol
    parsed.remarks.append(f"the symmetry operations are those of space group number {found or 'unknown'}")
    return (symbol if by_symbol is None and found == declared else None), found


def _group_of_operations(parsed: ParsedStructure) -> int | None:
    import numpy as np
    from spglib import get_spacegroup_type_from_symmetry

    if not parsed.operations:
        return None
    rotations = np.array([operation.rotation_matrix for operation in parsed.operations]).round().astype("intc")
    translations = np.array([operation.translation_vector for operation in parsed.operations])
    try:
        found = get_spacegroup_type_from_symmetry(rotations, translations, parsed.structure.lattice.matrix, 1e-3)
    except (ValueError, RuntimeError):
        return None
    return int(found.number) if found is not None else None


def _determine(parsed: ParsedStructure) -> tuple[str | None, int | None]:
    from pymatgen.symmetry.analyzer import SymmetryUndeterminedError

    try:
        symbol, number = parsed.structure.get_space_group_info()
    except (SymmetryUndeterminedError, TypeError, ValueError):
        parsed.remarks.append("the space group could not be determined")
        return None, None
    return symbol, int(number)


def read_temperature(items: dict[str, Any], remarks: list[str]) -> tuple[float | None, TemperatureBasis]:
    """Temperature of the structure determination in °C (the file gives K), and how it is stated."""
    text = first_item(items, TEMPERATURE_ITEMS)
    if text is None:
        return None, TemperatureBasis.NOT_STATED
    kelvin = next((value for item in TEMPERATURE_ITEMS if (value := read_number(items, item)) is not None), None)
    if kelvin is None and ROOM_TEMPERATURE.match(text):
        return ROOM_TEMPERATURE_C, TemperatureBasis.ROOM_TEMPERATURE
    if kelvin is None or not 0 <= kelvin <= HOTTEST_K:
        remarks.append(f"the temperature {text!r} of the file cannot be read as kelvin")
        return None, TemperatureBasis.NOT_STATED
    return round(kelvin - ZERO_CELSIUS_K, 6), TemperatureBasis.STATED
