"""Structure files to structural facts, or the reason why not: which site, which sum."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from sse_db.materials.crystals.cell_content import amounts_per_formula, settle_formula_units
from sse_db.materials.crystals.cif import parse_structure
from sse_db.materials.crystals.cif_source import read_source
from sse_db.materials.crystals.parsed import ParsedStructure, Remark, Remarks
from sse_db.materials.crystals.statements import check_statements, read_temperature
from sse_db.materials.formulas import write_formula
from sse_db.materials.li_environment import LithiumEnvironment, describe_lithium
from sse_db.vocabulary import CoordinatesBasis, TemperatureBasis

if TYPE_CHECKING:
    from pymatgen.core import Structure


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureFacts:
    """What a structure file says, in the names and units of ``structural_records``; None is "not stated".

    ``amounts`` and ``formula`` are per formula unit, or of the reduced cell content where Z is not known.
    """

    file_name: str
    file_sha256: str
    cif_text: str
    coordinates_basis: CoordinatesBasis
    space_group_symbol: str | None
    space_group_number: int | None
    a_angstrom: float
    b_angstrom: float
    c_angstrom: float
    alpha_degree: float
    beta_degree: float
    gamma_degree: float
    formula_units: float | None
    unit_cell_volume_angstrom3: float
    cell_volume_angstrom3: float | None
    density_g_per_cm3: float
    temperature_c: float | None
    temperature_basis: TemperatureBasis
    li_neighbor_distance_angstrom: float | None
    li_site_occupancy: float | None
    li_coordination_number: float | None
    source_citation: str | None
    cod_number: str | None
    icsd_number: str | None
    # beside the columns
    amounts: dict[str, float]
    formula: str
    source_format: Literal["cif", "poscar"]
    doi: str | None
    sample_doi: str | None
    sample_label: str | None
    remarks: tuple[Remark, ...]

    @property
    def columns(self) -> dict[str, Any]:
        """The fields that are columns of ``structural_records``, vocabulary words as plain text."""
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in BESIDE_COLUMNS}
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in values.items()}


BESIDE_COLUMNS = {"amounts", "formula", "source_format", "doi", "sample_doi", "sample_label", "remarks"}


def read_structure(
    name: str,
    data: bytes,
    *,
    formula_units: float | None = None,
    coordinates: CoordinatesBasis = CoordinatesBasis.EXACT,
) -> StructureFacts:
    """Read a CIF or POSCAR; raises UnusableStructure.

    ``formula_units`` is the curator's Z and goes before the file's own; ``coordinates`` says what they are worth:
    only exact ones give a Li distance and coordination number.
    """
    parsed = parse_structure(name, data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spglib and pymatgen tell of tolerances
        return _describe(name, hashlib.sha256(data).hexdigest(), parsed, formula_units, coordinates)


def _describe(
    name: str, file_hash: str, parsed: ParsedStructure, formula_units: float | None, coordinates: CoordinatesBasis
) -> StructureFacts:
    exact = coordinates is CoordinatesBasis.EXACT
    structure, remarks = parsed.structure, parsed.remarks
    z = settle_formula_units(parsed, formula_units, name)
    amounts = amounts_per_formula(parsed, z)
    symbol, number = _space_group(parsed, exact=exact)
    check_statements(parsed)
    temperature, basis = read_temperature(parsed.block, remarks)
    lithium = describe_lithium(structure, exact=exact)
    _remark_on_lithium(lithium, remarks, exact=exact)
    return StructureFacts(
        file_name=name,
        file_sha256=file_hash,
        cif_text=parsed.text,
        coordinates_basis=coordinates,
        space_group_symbol=symbol,
        space_group_number=number,
        **_cell_constants(structure),
        formula_units=z,
        unit_cell_volume_angstrom3=round(float(structure.volume), 6),
        cell_volume_angstrom3=round(float(structure.volume) / z, 6) if z else None,
        density_g_per_cm3=round(float(structure.density), 6),
        temperature_c=temperature,
        temperature_basis=basis,
        li_neighbor_distance_angstrom=_rounded(lithium.neighbor_distance),
        li_site_occupancy=_rounded(lithium.site_occupancy),
        li_coordination_number=_rounded(lithium.coordination_number),
        amounts=amounts,
        formula=write_formula(amounts),
        source_format=parsed.source_format,
        **read_source(parsed.block),
        remarks=tuple(remarks),
    )


def _cell_constants(structure: Structure) -> dict[str, Any]:
    names = ("a_angstrom", "b_angstrom", "c_angstrom", "alpha_degree", "beta_degree", "gamma_degree")
    constants = (*structure.lattice.abc, *structure.lattice.angles)
    return {name: round(float(value), 6) for name, value in zip(names, constants, strict=True)}


def _space_group(parsed: ParsedStructure, *, exact: bool) -> tuple[str | None, int | None]:
    """Symbol and number of the space group. A POSCAR declares none: there it is determined with spglib, if the
    coordinates are exact."""
    if parsed.symmetry is not None:
        return parsed.symmetry.symbol, parsed.symmetry.number
    from pymatgen.symmetry.analyzer import SymmetryUndeterminedError

    if not exact:
        return None, None
    try:
        symbol, number = parsed.structure.get_space_group_info()
    except (SymmetryUndeterminedError, TypeError, ValueError):
        parsed.remarks.add("space-group-unknown", "the space group could not be determined")
        return None, None
    return symbol, int(number)


def _remark_on_lithium(lithium: LithiumEnvironment, remarks: Remarks, *, exact: bool) -> None:
    if lithium.site_occupancy is None:
        remarks.add("no-lithium", "no Li site in the file")
    elif exact and lithium.neighbor_distance is None:
        remarks.add("no-anion", "no anion around Li: no distance and coordination number")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
