"""What a CIF says of its structure beside the atoms, held against what was read: formula, volume, density, weight,
multiplicities, crystal system, temperature, pressure.

Not held against it, because they say nothing of it or are no more than names: displacement parameters, Wyckoff letters,
oxidation states, refinement and instrument, measured densities (those of a specimen), F(000)
and absorption, names of the compound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from sse_db.errors import SseDbError
from sse_db.materials.crystals.cif_syntax import CifBlock, read_number
from sse_db.materials.formulas import read_formula, write_formula
from sse_db.materials.space_groups import CRYSTAL_SYSTEMS, crystal_system
from sse_db.temperatures import ROOM_TEMPERATURE_C, ZERO_CELSIUS_K
from sse_db.vocabulary import TemperatureBasis

if TYPE_CHECKING:
    from pymatgen.core import Structure

    from sse_db.materials.crystals.parsed import ParsedStructure, Remarks

FORMULA_ITEMS = ("_chemical_formula_sum", "_chemical_formula_structural", "_chemical_formula_moiety")
TEMPERATURE_ITEMS = ("_diffrn_ambient_temperature", "_cell_measurement_temperature")
PRESSURE_ITEMS = ("_diffrn_ambient_pressure", "_cell_measurement_pressure")
SYSTEM_ITEMS = ("_space_group_crystal_system", "_symmetry_cell_setting")
MULTIPLICITY_ITEMS = ("_atom_site_symmetry_multiplicity", "_atom_site_site_symmetry_multiplicity")
MODULATION_ITEMS = ("_cell_modulation_dimension", "_cell_wave_vector", "_cell_subsystem")
OTHER_SYSTEMS = {"rhombohedral": "trigonal", "anorthic": "triclinic"}
CONTENT_SLACK = 0.02
"""How far, relatively, an element's amount may be from Z times the stated formula: occupancies are refined."""
VOLUME_SLACK = 0.005
DENSITY_SLACK = 0.02
WEIGHT_SLACK = 0.01
AMBIENT_KPA = 1_000.0
"""Above this pressure a structure is not that of a pellet."""
ROOM_TEMPERATURE = re.compile(r"r\.?t\.?$|room|ambient", re.IGNORECASE)
HOTTEST_K = 1773.15
LIQUID_NITROGEN_K = 77.0
"""Below it, a number is as likely to be meant in °C: single crystals are cooled to 80 K and more, few to less."""
_WITH_UNIT = re.compile(
    r"""
    (?P<number>[-+]?[\d.]+(?:\(\d+\))?)        # 293, 293(2)
    \s*(?P<unit>K|kelvin|°\s*C|deg\.?\s*C|C)   # 293 K, 20 deg. C
    """,
    re.VERBOSE | re.IGNORECASE,
)
WRITTEN_BY_PYMATGEN = re.compile(r"^#.*generated using pymatgen", re.MULTILINE)


def cell_content(structure: Structure) -> dict[str, float]:
    """Atoms per unit cell by element."""
    amounts = structure.composition.element_composition.items()
    return {element.symbol: float(amount) for element, amount in amounts if amount > 0}


def stated_amounts(block: CifBlock) -> dict[str, float] | None:
    """The formula that a CIF states of itself; None where it states none, or none that can be read."""
    return next((amounts for _, text in block.texts(FORMULA_ITEMS) if (amounts := _read(text)) is not None), None)


@cache
def _read(text: str) -> dict[str, float] | None:
    plain = re.sub(r"\b[DT](?=[\d.\s]|$)", "H", text)
    try:
        return dict(read_formula(plain).amounts)
    except SseDbError:
        return None


def expected_content(parsed: ParsedStructure) -> dict[str, float] | None:
    """Atoms per cell by the file's own formula and Z; None where it does not give both. pymatgen writes the content of
    the cell as the formula, whatever its Z."""
    amounts, z = stated_amounts(parsed.block), parsed.block.number("_cell_formula_units_Z")
    if amounts is None:
        return None
    if WRITTEN_BY_PYMATGEN.search(parsed.text):
        return amounts
    return {symbol: z * amount for symbol, amount in amounts.items()} if z and z > 0 else None


def bears_out(parsed: ParsedStructure) -> bool:
    """Whether the atoms are those that the file's formula and Z ask for."""
    expected, content = expected_content(parsed), cell_content(parsed.structure)
    return expected is not None and not differing(expected, content)


def differing(expected: Mapping[str, float], content: Mapping[str, float]) -> list[str]:
    """Elements of which a cell holds another amount than expected, but for refinement."""
    symbols = sorted(expected.keys() | content.keys())
    return [
        symbol
        for symbol in symbols
        if abs(expected.get(symbol, 0.0) - content.get(symbol, 0.0)) > CONTENT_SLACK * max(1.0, expected.get(symbol, 0))
    ]


def check_statements(parsed: ParsedStructure) -> None:
    """Add a remark for everything that the file states otherwise than it was read."""
    if parsed.source_format == "poscar":
        return
    _check_formula(parsed)
    _check_volume(parsed)
    _check_masses(parsed)
    _check_multiplicities(parsed)
    _check_system(parsed)
    _check_pressure(parsed.block, parsed.remarks)
    _check_modulation(parsed.block, parsed.remarks)


def _check_formula(parsed: ParsedStructure) -> None:
    stated = parsed.block.first(*FORMULA_ITEMS)
    if stated is None:
        parsed.remarks.add("no-formula", "the file states no formula: its atoms could not be held against one")
    elif stated_amounts(parsed.block) is None:
        parsed.remarks.add("formula-unreadable", f"the formula {stated} of the file cannot be read")
    z = parsed.block.first("_cell_formula_units_Z")
    if z is not None and read_number(z) is None:
        parsed.remarks.add("z-unreadable", f"the file states Z = {z}, which is no number")
    expected, content = expected_content(parsed), cell_content(parsed.structure)
    if expected is None or any(remark.cause in ("z-doubtful", "formula") for remark in parsed.remarks):
        return  # or told already
    if parsed.attached_hydrogens:
        content["H"] = content.get("H", 0.0) + parsed.attached_hydrogens
    different = differing(expected, content)
    if different:
        shown = ", ".join(
            f"{content.get(each, 0):.4g} {each} instead of {expected.get(each, 0):.4g}" for each in different
        )
        parsed.remarks.add("content", f"by the file's formula and Z the cell is read with {shown}")


def _check_volume(parsed: ParsedStructure) -> None:
    stated, volume = parsed.block.number("_cell_volume"), float(parsed.structure.volume)
    if stated is not None and abs(stated - volume) > VOLUME_SLACK * volume:
        parsed.remarks.add("volume", f"the file states a volume of {stated:g} Å³, its cell has {volume:.5g} Å³")


def _check_masses(parsed: ParsedStructure) -> None:
    """Calculated density and weight of the formula; without the hydrogens that are not placed neither is meant."""
    density, calculated = parsed.block.number("_exptl_crystal_density_diffrn"), float(parsed.structure.density)
    if density is not None and abs(density - calculated) > DENSITY_SLACK * calculated:
        text = f"the file calculates a density of {density:g} g/cm³, cell and atoms give {calculated:.4g} g/cm³"
        parsed.remarks.add("density", text)
    weight, amounts = parsed.block.number("_chemical_formula_weight"), stated_amounts(parsed.block)
    if weight is None or amounts is None:
        return
    from pymatgen.core import Composition

    own = float(Composition(amounts).weight)
    if abs(weight - own) > WEIGHT_SLACK * own:
        text = f"the file states a weight of {weight:g}, its formula {write_formula(amounts)} has {own:.5g}"
        parsed.remarks.add("weight", text)


def _check_multiplicities(parsed: ParsedStructure) -> None:
    labels = parsed.block.column("_atom_site_label") or []
    for item in MULTIPLICITY_ITEMS:
        for row, text in enumerate(parsed.block.column(item) or []):
            stated, found = read_number(text), parsed.multiplicities.get(row)
            if stated is not None and found is not None and stated != found:
                text = f"site {labels[row]} has {found} positions in the cell, the file states {stated:g}"
                parsed.remarks.add("multiplicity", text)
                return


def _check_system(parsed: ParsedStructure) -> None:
    stated = (parsed.block.first(*SYSTEM_ITEMS) or "").casefold()
    number = parsed.symmetry.number if parsed.symmetry else None
    named = OTHER_SYSTEMS.get(stated, stated)
    if number is None or named not in CRYSTAL_SYSTEMS or named == crystal_system(number):
        return
    if (named, crystal_system(number)) != ("hexagonal", "trigonal"):  # so called by its axes
        text = f"the file calls the cell {stated}, its space group is {crystal_system(number)}"
        parsed.remarks.add("crystal-system", text)


def _check_pressure(block: CifBlock, remarks: Remarks) -> None:
    pressure = block.number(*PRESSURE_ITEMS)
    if pressure is not None and pressure > AMBIENT_KPA:
        remarks.add("pressure", f"the structure was determined at {pressure / 1e6:g} GPa")


def _check_modulation(block: CifBlock, remarks: Remarks) -> None:
    if any(item.startswith(MODULATION_ITEMS) and block.first(item) not in (None, "0") for item in block.items):
        remarks.add("modulated", "the structure is modulated: its average was read")


def read_temperature(block: CifBlock, remarks: Remarks) -> tuple[float | None, TemperatureBasis]:
    """Temperature of the structure determination in °C (a CIF gives K), and how it is stated."""
    texts = list(dict.fromkeys(text for item in TEMPERATURE_ITEMS for text in block.all_texts(item)))
    if not texts:
        return None, TemperatureBasis.NOT_STATED
    kelvins = [kelvin for text in texts if (kelvin := _read_kelvin(text)) is not None]
    if not kelvins and ROOM_TEMPERATURE.match(texts[0]):
        return ROOM_TEMPERATURE_C, TemperatureBasis.ROOM_TEMPERATURE
    if not kelvins or not 0 <= kelvins[0] <= HOTTEST_K:
        remarks.add("temperature", f"the temperature {texts[0]!r} of the file cannot be read as kelvin")
        return None, TemperatureBasis.NOT_STATED
    kelvin = kelvins[0]
    if max(kelvins) - min(kelvins) > 1:
        shown = " and ".join(f"{each:g}" for each in kelvins)
        remarks.add("temperature", f"the file states two temperatures, {shown} K: {kelvin:g} K was taken")
    if kelvin < LIQUID_NITROGEN_K:
        remarks.add(
            "temperature", f"the file states a temperature of {kelvin:g}, in K by the standard: or is it in °C?"
        )
    return round(kelvin - ZERO_CELSIUS_K, 6), TemperatureBasis.STATED


def _read_kelvin(text: str) -> float | None:
    found = _WITH_UNIT.fullmatch(text)
    value = read_number(found["number"] if found else text)
    is_celsius = found is not None and found["unit"].casefold() not in ("k", "kelvin")
    return None if value is None else value + (ZERO_CELSIUS_K if is_celsius else 0.0)
