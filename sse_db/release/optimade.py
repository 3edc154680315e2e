"""Crystal structures in OPTIMADE JSON lines, which optimade-python-tools serves (specification 1.2, optimade.org)."""

from __future__ import annotations

import json
import math
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sse_db.materials.crystals.cif import parse_structure
from sse_db.release.content import Content

if TYPE_CHECKING:
    from pymatgen.core import Structure

API_VERSION = "1.2.0"
PREFIX = "_ssedb_"
PROPERTIES = {
    "label": ("string", "", "Name of the record"),
    "space_group_symbol": ("string", "", "Space group, Hermann–Mauguin"),
    "space_group_number": ("integer", "", "Space group number"),
    "density_g_per_cm3": ("float", "g/cm^3", "Ideal density"),
    "li_site_occupancy": ("float", "", "Li atoms per Li position"),
    "li_coordination_number": ("float", "", "Anions around Li, mean over the Li content"),
    "li_neighbor_distance_angstrom": ("float", "angstrom", "Mean distance from Li to its neighbouring anions"),
}
"""Our own properties: column to type, unit and meaning."""
ANONYMOUS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def write(content: Content, folder: Path) -> None:
    """Write ``optimade/structures.jsonl`` with every structural record that has a file."""
    (folder / "optimade").mkdir()
    frame = content.frames["structural_records"].astype(object)
    usable = frame.where(frame.notna(), None)[frame["cif_text"].notna()]
    rows = [dict(zip(usable.columns, row, strict=True)) for row in usable.to_numpy()]
    lines = [{"x-optimade": {"meta": {"api_version": API_VERSION}}}, _info()]
    lines += [describe_structure(row, content.date) for row in rows]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "optimade" / "structures.jsonl").write_text(text, encoding="utf-8")


def _info() -> dict[str, Any]:
    properties = {
        f"{PREFIX}{name}": {"type": kind, "description": meaning, **({"unit": unit} if unit else {})}
        for name, (kind, unit, meaning) in PROPERTIES.items()
    }
    return {
        "type": "info",
        "id": "structures",
        "description": "Crystal structures of sse-db",
        "properties": properties,
        "formats": ["json"],
        "output_fields_by_format": {"json": list(properties)},
    }


def describe_structure(row: dict[str, Any], date: str) -> dict[str, Any]:
    """One structure entry from a row of ``structural_records`` with a CIF."""
    structure = parse_structure(f"{row['label']}.cif", row["cif_text"].encode()).structure
    amounts = structure.composition.element_composition.get_el_amt_dict()
    elements = sorted(amounts)
    total = sum(amounts.values())
    ratios = _close_to_one([amounts[symbol] / total for symbol in elements])
    species, names = _describe_species(structure)
    reduced = _whole_amounts(amounts)
    attributes = {
        "immutable_id": None,
        "last_modified": {"$date": f"{date}T00:00:00Z"},  # extended JSON, which optimade-python-tools reads as a date
        "elements": elements,
        "nelements": len(elements),
        "elements_ratios": ratios,
        "chemical_formula_descriptive": "".join(f"{symbol}{amounts[symbol]:.6g}" for symbol in elements),
        "chemical_formula_reduced": _write(elements, reduced),
        "chemical_formula_hill": None,
        "chemical_formula_anonymous": _anonymous(reduced),
        "dimension_types": [1, 1, 1],
        "nperiodic_dimensions": 3,
        "lattice_vectors": _rounded(structure.lattice.matrix.tolist()),
        "cartesian_site_positions": _rounded(structure.cart_coords.tolist()),
        "nsites": len(structure),
        "species": species,
        "species_at_sites": names,
        "assemblies": None,
        "structure_features": [] if structure.is_ordered else ["disorder"],
        **{f"{PREFIX}{name}": None if row[name] != row[name] else row[name] for name in PROPERTIES},
    }
    return {"type": "structures", "id": str(row["id"]), "attributes": attributes}


def _describe_species(structure: Structure) -> tuple[list[dict[str, Any]], list[str]]:
    """Kinds of sites, each with its elements and, where they do not fill it, a vacancy; and the kind of every site."""
    kinds: dict[str, dict[str, Any]] = {}
    names = []
    for site in structure:
        shares = sorted((each.symbol, float(share)) for each, share in site.species.items())
        name = "-".join(f"{symbol}{share:.4g}" if share != 1 else symbol for symbol, share in shares)
        names.append(name)
        if name in kinds:
            continue
        symbols, concentration = [symbol for symbol, _ in shares], [share for _, share in shares]
        vacant = 1 - sum(concentration)
        if vacant > 1e-6:
            symbols, concentration = [*symbols, "vacancy"], [*concentration, vacant]
        kinds[name] = {"name": name, "chemical_symbols": symbols, "concentration": _close_to_one(concentration)}
    return list(kinds.values()), names


def _close_to_one(shares: list[float]) -> list[float]:
    """Shares rounded so that they still sum to one."""
    rounded = [round(share, 9) for share in shares]
    rounded[-1] = round(1 - math.fsum(rounded[:-1]), 9)
    return rounded


def _whole_amounts(amounts: dict[str, float]) -> dict[str, int]:
    """Amounts of the cell as whole numbers without common divisor: thousandths where the sites are disordered."""
    scale = 1 if all(abs(amount - round(amount)) < 1e-6 for amount in amounts.values()) else 1000
    whole = {symbol: max(1, round(amount * scale)) for symbol, amount in amounts.items()}
    divisor = reduce(math.gcd, whole.values())
    return {symbol: amount // divisor for symbol, amount in whole.items()}


def _write(elements: list[str], amounts: dict[str, int]) -> str:
    return "".join(f"{symbol}{amounts[symbol] if amounts[symbol] > 1 else ''}" for symbol in elements)


def _anonymous(amounts: dict[str, int]) -> str:
    ordered = sorted(amounts.values(), reverse=True)
    return "".join(f"{ANONYMOUS[place]}{amount if amount > 1 else ''}" for place, amount in enumerate(ordered))


def _rounded(rows: list[list[float]]) -> list[list[float]]:
    return [[round(value, 9) + 0.0 for value in row] for row in rows]
