"""Unit cells: what the crystal system fixes of edges and angles, and their volume."""

from __future__ import annotations

import math
from typing import Any

from sse_db.materials.space_groups import describe_space_group

EDGES = ("a_angstrom", "b_angstrom", "c_angstrom")
ANGLES = ("alpha_degree", "beta_degree", "gamma_degree")


def complete_cell(given: dict[str, Any], symbol: str | None) -> dict[str, Any]:
    """The values given, with the space group and with edges, angles and volume that its crystal system fixes.

    >>> cell = complete_cell({"a_angstrom": 12.97}, "Ia-3d")
    >>> cell["c_angstrom"], cell["gamma_degree"], cell["unit_cell_volume_angstrom3"]
    (12.97, 90.0, 2181.825073)
    """
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
    cell["unit_cell_volume_angstrom3"] = cell_volume(*(cell.get(name) for name in (*EDGES, *ANGLES)))
    return cell


def cell_volume(*constants: float | None) -> float | None:
    """Volume in Å³ of a cell with edges a, b, c (Å) and angles α, β, γ (degrees); None unless all six are known."""
    if any(constant is None for constant in constants):
        return None
    a, b, c, *angles = (float(constant) for constant in constants if constant is not None)
    cosines = [math.cos(math.radians(angle)) for angle in angles]
    squared = 1 - sum(cosine**2 for cosine in cosines) + 2 * math.prod(cosines)
    return round(a * b * c * math.sqrt(squared), 6) if squared > 0 else None
