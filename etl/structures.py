"""Structure files to structural facts, or the reason why not: which site, which sum."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from etl.formulas import write_formula
from etl.li_environment import LithiumEnvironment, describe_lithium
from sse_db.errors import SseDbError, UnreadableSource, UnusableStructure
from sse_db.vocabulary import CoordinatesBasis

if TYPE_CHECKING:
    from pymatgen.core import Structure

LARGEST_STRUCTURE_FILE = 5_000_000
OCCUPANCY_SLACK = 0.005
"""How far occupancies of one place may sum beyond 1 by rounding."""
Z_SLACK = 0.02
SAME_FRACTIONS = 0.005
"""Atomic fractions that differ by no more are one composition but for rounding and refinement."""
MOST_ATOMS_AT_Z_ONE = 40
"""Programs that cannot reduce a disordered content write Z = 1; a larger formula unit than this is such a case."""
ZERO_CELSIUS_K = 273.15
TEMPERATURE_ITEMS = ("_diffrn_ambient_temperature", "_cell_measurement_temperature")
DOI_ITEMS = ("_journal_paper_doi", "_citation_doi", "_journal_doi")
SYMBOL_ITEMS = ("_space_group_name_H-M_alt", "_symmetry_space_group_name_H-M", "_space_group_name_H-M_ref")
NUMBER_ITEMS = ("_space_group_IT_number", "_symmetry_Int_Tables_number")
STRUCTURE_SUFFIXES = (".cif", ".vasp", ".poscar")


@dataclass(frozen=True, slots=True)
class StructureFacts:
    """What a structure file says, in the names of ``structural_records``; amounts are atoms per formula unit, or per
    reduced cell content where Z is not known."""

    columns: dict[str, Any]
    amounts: dict[str, float]
    doi: str | None = None
    sample_doi: str | None = None
    sample_label: str | None = None
    remarks: tuple[str, ...] = field(default=())


def is_structure_file(path: Path) -> bool:
    """Whether a file's name is that of a structure file."""
    return path.suffix.lower() in STRUCTURE_SUFFIXES or path.name.upper().startswith(("POSCAR", "CONTCAR"))


def read_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the structure files in a .zip, without unpacking anything to disk."""
    import zipfile

    from etl.extract import check_archive

    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        for member in sorted(archive.infolist(), key=lambda each: each.filename):
            name = PurePosixPath(member.filename).name
            if member.is_dir() or name.startswith((".", "__")) or not is_structure_file(Path(name)):
                continue
            if member.file_size > LARGEST_STRUCTURE_FILE:
                raise UnreadableSource(f"{path.name}: {name} is too large for a structure file")
            yield name, archive.read(member)


def read_structure(
    name: str,
    data: bytes,
    *,
    formula_units: float | None = None,
    coordinates: CoordinatesBasis = CoordinatesBasis.EXACT,
) -> StructureFacts:
    """Read a CIF or POSCAR; raises UnusableStructure.

    ``formula_units`` is the curator's Z, used where the file has none; ``coordinates`` says what they are worth.
    """
    if len(data) > LARGEST_STRUCTURE_FILE:
        raise UnusableStructure(f"{name}: {len(data) / 1e6:.0f} MB are too large for a structure file")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        text = data.decode("latin-1").replace("\r\n", "\n")
    if not text.strip():
        raise UnusableStructure(f"{name}: the file is empty")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        facts = _read_text(name, text, formula_units, coordinates)
    del caught  # pymatgen's warnings on rounding and primitive cells say nothing that the checks here do not
    columns = facts.columns | {"file_sha256": hashlib.sha256(data).hexdigest(), "file_name": name}
    return StructureFacts(columns, facts.amounts, facts.doi, facts.sample_doi, facts.sample_label, facts.remarks)


def _read_text(name: str, text: str, formula_units: float | None, coordinates: CoordinatesBasis) -> StructureFacts:
    if name.lower().endswith(".cif"):
        items = _read_items(name, text)
        structure = _parse_cif(name, text)
    else:
        items = {}
        structure = _parse_poscar(name, text)
        text = _as_cif(structure)
    remarks: list[str] = []
    z = _read_number(items, "_cell_formula_units_Z") or formula_units
    amounts, z = _per_formula(structure, z, name, remarks)
    amounts = _prefer_stated(items, amounts, remarks)
    columns = _cell_columns(structure) | _space_group(items, structure) | _temperature(items)
    lithium = describe_lithium(structure)
    columns |= _lithium_columns(lithium, coordinates)
    if lithium.site_occupancy is None:
        remarks.append("no Li site in the file")
    columns |= {
        "formula_units": z,
        "cell_volume_angstrom3": round(structure.volume / z, 6) if z else None,
        "coordinates_basis": str(coordinates),
        "cif_text": text,
    }
    return StructureFacts(
        columns,
        amounts,
        doi=_first_item(items, DOI_ITEMS),
        sample_doi=_first_item(items, ("_sse_db_sample_doi",)),
        sample_label=_first_item(items, ("_sse_db_sample_label",)),
        remarks=tuple(remarks),
    )


def _read_items(name: str, text: str) -> dict[str, Any]:
    """Items of the first data block that has a cell."""
    from pymatgen.io.cif import CifFile

    try:
        blocks = CifFile.from_str(text).data
    except (ValueError, IndexError, KeyError, AssertionError, RuntimeError) as error:
        raise UnusableStructure(f"{name}: not readable as CIF: {error}", "is it a CIF file?") from error
    for block in blocks.values():
        if "_cell_length_a" in block.data:
            _check_occupancies(name, block.data)
            return dict(block.data)
    raise UnusableStructure(f"{name}: no data block with a unit cell", "a CIF of a structure gives _cell_length_a")


def _check_occupancies(name: str, items: dict[str, Any]) -> None:
    """Refuse places whose occupancies sum beyond 1, and say which; pymatgen alone says that there is no structure."""
    labels = items.get("_atom_site_label") or items.get("_atom_site_type_symbol")
    if not labels:
        raise UnusableStructure(f"{name}: there are no atoms in it", "a CIF of a structure lists _atom_site_label")
    occupancies = items.get("_atom_site_occupancy") or ["1"] * len(labels)
    places: dict[tuple[float, ...], list[tuple[str, float]]] = {}
    for row, label in enumerate(labels):
        try:
            place = tuple(round(_number(items[f"_atom_site_fract_{axis}"][row]) % 1, 4) for axis in "xyz")
            occupancy = 1.0 if occupancies[row] in (".", "?") else _number(occupancies[row])
        except (KeyError, IndexError, ValueError) as error:
            raise UnusableStructure(f"{name}: site {label} has no readable coordinates or occupancy") from error
        if not 0 <= occupancy <= 1 + OCCUPANCY_SLACK:
            raise UnusableStructure(f"{name}: site {label} has the occupancy {occupancy:g}", "it lies between 0 and 1")
        places.setdefault(place, []).append((str(label), occupancy))
    for place, sites in places.items():
        total = sum(occupancy for _, occupancy in sites)
        if total > 1 + OCCUPANCY_SLACK:
            names = "/".join(label for label, _ in sites)
            where = ", ".join(f"{coordinate:g}" for coordinate in place)
            raise UnusableStructure(
                f"{name}: site {names} at ({where}): occupancies sum to {total:.4g}",
                "mend the occupancies in the file, at the source if there is one",
            )


def _number(text: Any) -> float:
    return float(re.sub(r"\(.*\)", "", str(text)))


def _read_number(items: dict[str, Any], item: str) -> float | None:
    try:
        return _number(items[item])
    except (KeyError, ValueError):
        return None


def _first_item(items: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = items.get(name)
        text = str(value[0] if isinstance(value, list) and value else value or "").strip()
        if text not in ("", ".", "?"):
            return text
    return None


def _parse_cif(name: str, text: str) -> Structure:
    from pymatgen.io.cif import CifParser

    parser = CifParser.from_str(text, occupancy_tolerance=1 + OCCUPANCY_SLACK, site_tolerance=1e-3, check_cif=False)
    try:
        structures = parser.parse_structures(primitive=False)
    except (ValueError, KeyError, IndexError, AssertionError, TypeError, ZeroDivisionError) as error:
        raise UnusableStructure(f"{name}: {error}", "pymatgen cannot build a structure from it") from error
    _require_elements(name, structures[0])
    return structures[0]


def _parse_poscar(name: str, text: str) -> Structure:
    from pymatgen.io.vasp import Poscar

    try:
        structure = Poscar.from_str(text).structure
    except (ValueError, KeyError, IndexError, AssertionError, TypeError, ZeroDivisionError) as error:
        raise UnusableStructure(f"{name}: not readable as POSCAR: {error}") from error
    _require_elements(name, structure)
    return structure


def _require_elements(name: str, structure: Structure) -> None:
    from pymatgen.core import DummySpecies

    for site in structure:
        for species in site.species:
            if isinstance(species, DummySpecies):
                raise UnusableStructure(f"{name}: site {site.label}: {species} is no element")
    if structure.volume < 1 or len(structure) == 0:
        raise UnusableStructure(f"{name}: the unit cell is empty or flat")


def _as_cif(structure: Structure) -> str:
    from pymatgen.io.cif import CifWriter

    return f"# written from a POSCAR\n{CifWriter(structure, symprec=None)}"


def _per_formula(
    structure: Structure, z: float | None, name: str, remarks: list[str]
) -> tuple[dict[str, float], float | None]:
    """Atoms per formula unit, and Z; without one, amounts of the reduced cell content and no Z.

    pymatgen's reduction is no Z: it agrees with tabulated ones for fewer than half of disordered structures.
    """
    content = {element.symbol: float(amount) for element, amount in structure.composition.element_composition.items()}
    if z is None:
        divisor = structure.composition.element_composition.get_reduced_composition_and_factor()[1]
        remarks.append("Z is not given: no volume per formula unit")
        return _round(content, divisor), None
    if z == 1 and structure.num_sites and sum(content.values()) > MOST_ATOMS_AT_Z_ONE:
        remarks.append(f"Z = 1 with {sum(content.values()):g} atoms takes the cell for a formula unit: not used")
        return _round(content, structure.composition.element_composition.get_reduced_composition_and_factor()[1]), None
    if z <= 0:
        raise UnusableStructure(f"{name}: Z is {z:g}", "give the formula units per cell")
    return _round(content, z), z


def _prefer_stated(items: dict[str, Any], amounts: dict[str, float], remarks: list[str]) -> dict[str, float]:
    """The formula that the file states, where it is that of the sites but for rounding and refinement."""
    from etl.formulas import read_formula

    text = _first_item(items, ("_chemical_formula_sum",))
    if text is None:
        return amounts
    try:
        stated = read_formula(text).amounts
    except SseDbError:
        return amounts
    if fraction_distance(stated, amounts) > SAME_FRACTIONS:
        remarks.append(f"the sites hold {write_formula(amounts)}, the file states {text}")
        return amounts
    scale = sum(amounts.values()) / sum(stated.values())
    same_unit = abs(scale - 1) < Z_SLACK
    return stated if same_unit else {symbol: float(f"{amount * scale:.6g}") for symbol, amount in stated.items()}


def fraction_distance(first: dict[str, float], second: dict[str, float]) -> float:
    """The largest difference of atomic fractions between two formulas, 0–1."""
    totals = sum(first.values()), sum(second.values())
    symbols = first.keys() | second.keys()
    return max(abs(first.get(each, 0) / totals[0] - second.get(each, 0) / totals[1]) for each in symbols)


def _round(content: dict[str, float], divisor: float) -> dict[str, float]:
    return {symbol: float(f"{amount / divisor:.6g}") for symbol, amount in content.items() if amount > 0}


def _cell_columns(structure: Structure) -> dict[str, Any]:
    lattice = structure.lattice
    names = ("a_angstrom", "b_angstrom", "c_angstrom", "alpha_degree", "beta_degree", "gamma_degree")
    constants = (*lattice.abc, *lattice.angles)
    columns: dict[str, Any] = {name: round(float(value), 6) for name, value in zip(names, constants, strict=True)}
    return columns | {
        "unit_cell_volume_angstrom3": round(float(structure.volume), 6),
        "density_g_per_cm3": round(float(structure.density), 6),
    }


def _space_group(items: dict[str, Any], structure: Structure) -> dict[str, Any]:
    from etl.lattice import describe_space_group

    symbol = _first_item(items, SYMBOL_ITEMS)
    number = next((value for item in NUMBER_ITEMS if (value := _read_number(items, item))), None)
    if symbol is None and structure.is_ordered and not items:
        symbol, number = structure.get_space_group_info()
    if symbol is not None:
        symbol = re.sub(r"\s+", "", symbol)
        number = number or describe_space_group(symbol)[1]
    return {"space_group_symbol": symbol, "space_group_number": int(number) if number else None}


def _temperature(items: dict[str, Any]) -> dict[str, Any]:
    kelvin = next((value for item in TEMPERATURE_ITEMS if (value := _read_number(items, item)) is not None), None)
    if kelvin is None:
        return {"temperature_c": None, "temperature_basis": "not_stated"}
    return {"temperature_c": round(kelvin - ZERO_CELSIUS_K, 6), "temperature_basis": "stated"}


def _lithium_columns(lithium: LithiumEnvironment, coordinates: CoordinatesBasis) -> dict[str, Any]:
    exact = coordinates is CoordinatesBasis.EXACT
    distance = lithium.neighbor_distance if exact else None
    number = lithium.coordination_number if exact else None
    return {
        "li_site_occupancy": _rounded(lithium.site_occupancy),
        "li_neighbor_distance_angstrom": _rounded(distance),
        "li_coordination_number": _rounded(number),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def formula_of(facts: StructureFacts) -> str:
    """The plain formula of the structure's content per formula unit."""
    return write_formula(facts.amounts)
