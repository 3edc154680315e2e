"""What a unit cell holds: formula units, atoms per formula unit, and how near two compositions are."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sse_db.errors import UnusableStructure
from sse_db.materials.crystals.parsed import ParsedStructure
from sse_db.materials.crystals.statements import (
    CONTENT_SLACK,
    WRITTEN_BY_PYMATGEN,
    cell_content,
    stated_amounts,
)
from sse_db.materials.formulas import write_formula

SAME_FRACTIONS = 0.005
"""Atomic fractions that differ by no more are one composition but for rounding and refinement."""
MOST_ATOMS_AT_Z_ONE = 40
"""A larger content with Z = 1 takes the whole cell for a formula unit, as programs do that cannot reduce it."""


def settle_formula_units(parsed: ParsedStructure, given: float | None, name: str) -> float | None:
    """Z from the curator, else from the file where its content bears it out, else the content divided by the formula
    that the file states, else None with a remark.

    pymatgen writes its reduction of the cell content as Z, which for most disordered structures is no Z; such a Z is
    not used. Raises UnusableStructure for a curator's Z that is not positive.
    """
    if given is not None and given <= 0:
        raise UnusableStructure(f"{name}: Z is {given:g}", "give the formula units per cell, 1 or more")
    stated = parsed.block.number("_cell_formula_units_Z")
    doubt = _doubt_stated(parsed, stated)
    z = given if given is not None else stated if stated is not None else _divide_content(parsed)
    if given is not None and stated is not None and doubt is None and given != stated:
        parsed.remarks.add("z-given", f"the file states Z = {stated:g}, Z = {given:g} is given and used")
    if z is None:
        parsed.remarks.add("no-z", "Z is not given: no volume per formula unit")
        return None
    doubt = doubt if given is None else None
    doubt = doubt or doubt_size(float(parsed.structure.composition.num_atoms), z)
    if doubt:
        written = given is None and WRITTEN_BY_PYMATGEN.search(parsed.text)
        parsed.remarks.add("z-of-pymatgen" if written else "z-doubtful", f"{doubt}: no volume per formula unit")
        return None
    return z


def _doubt_stated(parsed: ParsedStructure, z: float | None) -> str | None:
    """Why a file's own Z is not to be trusted: by the CIF dictionary, Z times the formula is the cell's content."""
    if z is None:
        return None
    if z <= 0:
        return f"the file states Z = {z:g}"
    if WRITTEN_BY_PYMATGEN.search(parsed.text):
        return f"Z = {z:g} in the file is pymatgen's reduction of the content, not a stated Z"
    formula = stated_amounts(parsed.block)
    if formula is None:
        return None
    content = cell_content(parsed.structure)
    agreeing = sum(
        abs(content.get(symbol, 0.0) - z * amount) <= CONTENT_SLACK * z * amount for symbol, amount in formula.items()
    )
    if 2 * agreeing > len(formula):
        return None
    held = ", ".join(f"{amount:.4g} {symbol}" for symbol, amount in content.items())
    return f"Z = {z:g} times the file's formula {write_formula(formula)} is not the content of the cell ({held})"


def _divide_content(parsed: ParsedStructure) -> float | None:
    """How many times a cell holds the formula that its file states, where that is a whole number for every element;
    hydrogen counts only where it was located. Programs that compute state the content itself as the formula: once is
    taken for Z = 1 only where the formula cannot be reduced."""
    formula, content = stated_amounts(parsed.block), cell_content(parsed.structure)
    if formula is None or WRITTEN_BY_PYMATGEN.search(parsed.text):
        return None
    if "H" not in content:
        formula = {symbol: amount for symbol, amount in formula.items() if symbol != "H"}
    if not formula or formula.keys() != content.keys():
        return None
    z = round(sum(content.values()) / sum(formula.values()))
    whole = z > 0 and all(
        abs(content[symbol] - z * amount) <= CONTENT_SLACK * z * amount for symbol, amount in formula.items()
    )
    return float(z) if whole and (z > 1 or _is_irreducible(formula)) else None


def _is_irreducible(formula: Mapping[str, float]) -> bool:
    """Whether amounts are whole numbers without a common divisor."""
    amounts = formula.values()
    return all(amount == int(amount) for amount in amounts) and math.gcd(*(int(amount) for amount in amounts)) == 1


def doubt_size(atoms: float, z: float) -> str | None:
    """Why Z cannot be right for a cell of so many atoms, None where it can."""
    if atoms < z:
        return f"Z = {z:g} is more than the {atoms:g} atoms of the cell"
    if z == 1 and atoms > MOST_ATOMS_AT_Z_ONE:
        return f"Z = 1 takes the cell with its {atoms:g} atoms for a formula unit"
    return None


def amounts_per_formula(parsed: ParsedStructure, z: float | None) -> dict[str, float]:
    """Atoms per formula unit, or of the reduced content without Z: the formula the file states, where it is that of
    the sites but for rounding and refinement, else what the sites hold."""
    divisor = z or parsed.structure.composition.element_composition.get_reduced_composition_and_factor()[1]
    held = {symbol: float(f"{amount / divisor:.6g}") for symbol, amount in cell_content(parsed.structure).items()}
    stated = stated_amounts(parsed.block)
    if stated is None:
        return held
    if fraction_distance(stated, held) > SAME_FRACTIONS:
        text = f"the sites hold {write_formula(held)}, the file states {write_formula(stated)}"
        parsed.remarks.add("formula", text)
        return held
    scale = sum(held.values()) / sum(stated.values())
    if abs(scale - 1) < CONTENT_SLACK:
        return stated
    return {symbol: float(f"{amount * scale:.6g}") for symbol, amount in stated.items()}


def fraction_distance(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """The largest difference of atomic fractions between two formulas, 0–1."""
    return max(abs(one - other) for one, other in _fraction_pairs(first, second))


def _fraction_pairs(first: Mapping[str, float], second: Mapping[str, float]) -> list[tuple[float, float]]:
    totals = sum(first.values()), sum(second.values())
    symbols = first.keys() | second.keys()
    return [(first.get(each, 0) / totals[0], second.get(each, 0) / totals[1]) for each in symbols]
