"""Crystal systems, and what the space group and the constants of a lattice say about its cell."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

CRYSTAL_SYSTEMS = (
    (2, "triclinic"), (15, "monoclinic"), (74, "orthorhombic"), (142, "tetragonal"), (167, "trigonal"),
    (194, "hexagonal"), (230, "cubic"),
)  # fmt: skip
"""The last number of a space group in each crystal system, as the International Tables order them."""
ANGLES = ("alpha_degree", "beta_degree", "gamma_degree")


def complete_cell(given: dict[str, Any], symbol: str | None) -> dict[str, Any]:
    """The values given, with the space group and with edges, angles and volume that its crystal system fixes."""
    system, number = describe_space_group(symbol) if symbol else (None, None)
    a, c = given.get("a_angstrom"), given.get("c_angstrom")
    fixed: dict[str, Any] = {}
    if system == "cubic" and a:
        fixed = {"b_angstrom": a, "c_angstrom": a, **dict.fromkeys(ANGLES, 90.0)}
    elif system in ("trigonal", "hexagonal") and a and c:
        fixed = {"b_angstrom": a, **dict.fromkeys(ANGLES, 90.0), "gamma_degree": 120.0}
    elif system == "tetragonal" and a and c:
        fixed = {"b_angstrom": a, **dict.fromkeys(ANGLES, 90.0)}
    cell = {"space_group_symbol": symbol, "space_group_number": number, **fixed, **given}
    cell["unit_cell_volume_angstrom3"] = cell_volume(
        *(cell.get(name) for name in ("a_angstrom", "b_angstrom", "c_angstrom", *ANGLES))
    )
    return cell


def cell_volume(*constants: float | None) -> float | None:
    """Volume in Å³ of a cell with edges a, b, c (Å) and angles α, β, γ (degrees); None unless all six are known."""
    if any(constant is None for constant in constants):
        return None
    a, b, c, *angles = (float(constant) for constant in constants if constant is not None)
    cosines = [math.cos(math.radians(angle)) for angle in angles]
    squared = 1 - sum(cosine**2 for cosine in cosines) + 2 * math.prod(cosines)
    return round(a * b * c * math.sqrt(squared), 6) if squared > 0 else None


def describe_space_group(symbol: str) -> tuple[str | None, int | None]:
    """Crystal system and number of a space group symbol, both None for one that is not known."""
    plain = re.sub(r"[\s_]|[HRSZ]$", "", symbol)
    number = _space_group_numbers().get(plain)
    system = next((name for last, name in CRYSTAL_SYSTEMS if number is not None and number <= last), None)
    return system, number


@cache
def _space_group_numbers() -> dict[str, int]:
    """Symbol without underscores to number, out of pymatgen's tables; its SpaceGroup would compose all operations of a
    group first, which takes a second for a cubic one."""
    from pymatgen.symmetry.groups import SpaceGroup

    numbers = {symbol: int(facts["int_number"]) for symbol, facts in SpaceGroup.sg_encoding.items()}
    for setting in reversed(SpaceGroup.SYMM_OPS):
        names = ("hermann_mauguin", "universal_h_m", "hermann_mauguin_u")
        numbers |= dict.fromkeys((setting[name] for name in names), int(setting["number"]))
    for other_names in (SpaceGroup.full_sg_mapping, SpaceGroup.abbrev_sg_mapping):
        numbers |= {name: numbers[symbol] for name, symbol in other_names.items()}
    return {symbol.replace("_", ""): number for symbol, number in numbers.items()}
