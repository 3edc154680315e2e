"""Turn curated structure facts into CIF files and a sheet of structural facts under seed_data.

Usage: python tools/seed_structures.py FACTS.yaml [FOLDER]

Records with all sites become CIFs; those whose free coordinates or sites are not known become rows of
structure_facts.csv; a record whose occupancies contradict its formula is left out and named in SOURCES.md.
"""

from __future__ import annotations

import csv
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import spglib
import yaml
from pymatgen.core import Composition, Lattice, SymmOp
from pymatgen.symmetry.groups import SpaceGroup

from etl.sheets.structure_facts import STRUCTURE_FACTS
from sse_db.materials.crystals.cell_content import SAME_FRACTIONS, fraction_distance
from sse_db.materials.formulas import write_formula
from sse_db.temperatures import ZERO_CELSIUS_K

AVOGADRO_VOLUME = 0.602214076
"""g/mol per Å³ to g/cm³, inverse: the Avogadro constant times 1e-24 cm³ per Å³."""
CELL = ("a", "b", "c", "alpha", "beta", "gamma")
STATUSES = ("complete", "incomplete", "cell_only", "inconsistent_occupancy")
OBELIX = "OBELiX (CC BY 4.0, doi 10.1039/d5dd00441a)"
"""The public data set that many records were read in, as its licence wants it named."""
OWN_TABLE = re.compile(r"literature\w*\.csv, (?P<place>.+)")
"""Place of a cell that the table of literature facts has: what follows is the place in the sample's own paper."""
CITATION = re.compile(
    r"(?P<authors>.+), (?P<journal>[^,]+?) (?P<volume>\d+) \((?P<year>\d{4})\) (?P<page>\d+)(?:-\d+)?"
    r"(?:, \"(?P<title>.+)\")?"
)


def main(facts: Path, folder: Path) -> None:
    """Write one CIF per complete record and one sheet for the others."""
    records = yaml.safe_load(facts.read_text(encoding="utf-8"))
    (folder / "structures").mkdir(parents=True, exist_ok=True)
    for record in records:
        if record["status"] == "complete":
            (folder / "structures" / f"{slug(record['name'])}.cif").write_text(to_cif(record), encoding="utf-8")
    rows = [to_row(record) for record in records if record["status"] in ("incomplete", "cell_only")]
    if unknown := {record["status"] for record in records} - {*STATUSES}:
        raise SystemExit(f"records with a status that nobody decided: {', '.join(sorted(unknown))}")
    with (folder / "structure_facts.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [column.header for column in STRUCTURE_FACTS.columns], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def slug(name: str) -> str:
    """A file name from a record's name."""
    return re.sub(r"[^A-Za-z0-9.]+", "_", name).strip("_")


def to_cif(record: dict[str, Any]) -> str:
    """A CIF of all sites with the symmetry operations of the setting."""
    source = record["source"]
    lines = [
        "# Written from curated facts; no coordinate was computed or guessed.",
        f"# Source: {describe_source(source)}",
        *([f"# Licence: {licence}"] if (licence := name_licence(source)) else []),
        f"data_{slug(record['name'])}",
        f"_chemical_formula_sum '{spaced(record['formula'])}'",
        f"_chemical_name_common '{record['name']}'",
        *(f"_cell_length_{axis} {record['cell'][axis]}" for axis in "abc"),
        *(f"_cell_angle_{angle} {record['cell'][angle]}" for angle in ("alpha", "beta", "gamma")),
        f"_cell_formula_units_Z {record['Z']}",
        f"_space_group_name_H-M_alt '{record['space_group']['symbol']}'",
        f"_space_group_IT_number {record['space_group']['number']}",
    ]
    kelvin = read_kelvin(record["temperature"])
    if kelvin is not None:
        lines.append(f"_diffrn_ambient_temperature {kelvin:g}")
    lines += cite(source)
    lines += ["loop_", "_space_group_symop_operation_xyz"]
    lines += sorted(f"'{operation.as_xyz_str()}'" for operation in symmetry_operations(record))
    lines += ["loop_", "_atom_site_label", "_atom_site_type_symbol", "_atom_site_fract_x", "_atom_site_fract_y"]
    lines += ["_atom_site_fract_z", "_atom_site_occupancy"]
    for site in record["sites"]:
        for element, occupancy in site["elements"].items():
            label = site["label"] if len(site["elements"]) == 1 else f"{element}{site['label'].lstrip(LETTERS)}"
            place = " ".join(str(site[axis]) for axis in "xyz")
            lines.append(f"{label} {element} {place} {occupancy:.6g}")
    return "\n".join(lines) + "\n"


def cite(source: dict[str, Any]) -> list[str]:
    """The items of a CIF that say where the structure comes from: paper, numbers in collections, data set."""
    items = {
        "_journal_paper_doi": source.get("doi"),
        "_database_code_ICSD": source.get("icsd"),
        "_cod_database_code": source.get("cod"),
        "_database_code_AMCSD": source.get("amcsd"),
    }
    lines = [f"{item} {value}" for item, value in items.items() if value]
    if read_in_obelix(source):
        return [*lines, f"_citation_title '{name_obelix(source)}'"]
    found = CITATION.fullmatch(source["citation"])
    if found is None:
        raise SystemExit(f"no paper can be read from {source['citation']!r}")
    lines += [f"_journal_name_full '{found['journal']}'", f"_journal_volume {found['volume']}"]
    lines += [f"_journal_year {found['year']}", f"_journal_page_first {found['page']}"]
    if found["title"]:
        lines += ["_publ_section_title", ";", found["title"], ";"]
    return [*lines, "loop_", "_publ_author_name", *(f"'{author}'" for author in found["authors"].split(", "))]


def read_in_obelix(source: dict[str, Any]) -> bool:
    """Whether a record was read in that data set."""
    return str(source["url"]).startswith("OBELiX ")


def name_obelix(source: dict[str, Any]) -> str:
    """The data set, and which row or file of it: ``OBELiX (…), CIF lk8``."""
    row = re.search(r"(?:row |CIF )(\w+)", source["url"])
    if row is None:
        raise SystemExit(f"no row of the data set in {source['url']!r}")
    return f"{OBELIX}, {'row' if 'row ' in source['url'] else 'CIF'} {row[1]}"


def name_licence(source: dict[str, Any]) -> str | None:
    """Terms under which a record may be passed on; None for numbers read in a paper."""
    return source.get("licence") or (OBELIX if read_in_obelix(source) else None)


def symmetry_operations(record: dict[str, Any]) -> list[SymmOp]:
    """The operations of a record's setting: its own, or those of the symbol; spglib tabulates both origins."""
    if record.get("symmetry_operations"):
        return [SymmOp.from_xyz_str(text) for text in record["symmetry_operations"]]
    if "origin choice 2" not in (record["setting"] or ""):
        return list(SpaceGroup(record["space_group"]["symbol"]).symmetry_ops)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # spglib's, about how it will raise errors one day
        return _second_origin(record["space_group"]["number"])


def _second_origin(number: int) -> list[SymmOp]:
    kinds = ((hall, spglib.get_spacegroup_type(hall)) for hall in range(1, 531))
    hall = next(hall for hall, kind in kinds if kind and kind.number == number and kind.choice == "2")
    found = spglib.get_symmetry_from_database(hall)
    assert found is not None, "spglib tabulates the operations of every Hall number"
    pairs = zip(found["rotations"], found["translations"], strict=True)
    return [SymmOp.from_rotation_and_translation(rotation, translation) for rotation, translation in pairs]


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def spaced(formula: str) -> str:
    """A formula with its element amounts separated by blanks, as CIF wants it."""
    amounts = Composition(formula).get_el_amt_dict()
    return " ".join(f"{symbol}{amount:.6g}" for symbol, amount in amounts.items())


def describe_source(source: dict[str, Any]) -> str:
    """Citation, collection code and address of a record's source in one line."""
    parts = [source.get("citation"), f"ICSD {source['icsd']}" if source.get("icsd") else None, source.get("url")]
    return "; ".join(part for part in parts if part)


def read_kelvin(text: str | None) -> float | None:
    """Kelvin of a temperature such as ``1273 K`` or ``650 C``; None where it is unknown or named room temperature."""
    match = re.match(r"([\d.]+)\s*([KC])\b", text or "")
    if match is None:
        return None
    return float(match[1]) + (ZERO_CELSIUS_K if match[2] == "C" else 0.0)


def to_row(record: dict[str, Any]) -> dict[str, str]:
    """One row of the sheet of structural facts; density, volume and occupancy from what is known only."""
    cell, source, z = record["cell"], record["source"], record["Z"]
    volume = Lattice.from_parameters(*(cell[name] for name in CELL)).volume
    formula = readable_formula(record)
    held = content_per_formula(record)
    agree = held is None or fraction_distance(held, Composition(formula).get_el_amt_dict()) <= SAME_FRACTIONS
    density = Composition(held or formula).weight / AVOGADRO_VOLUME * z / volume
    check_against(record, volume / z, density if held else None)
    kelvin = read_kelvin(record["temperature"])
    temperature = f"{kelvin - ZERO_CELSIUS_K:g}" if kelvin is not None else ("RT" if record["temperature"] else "")
    values = {
        "Record": record["name"],
        "Formula": formula,
        "Space group": record["space_group"]["symbol"],
        "Space group number": record["space_group"]["number"],
        **{name: cell[name] for name in CELL},
        "Formula units": z,
        "Temperature": temperature,
        "Density": f"{density:.6g}" if agree else "",
        "Volume per formula unit": f"{volume / z:.6g}",
        "Li site occupancy": lithium_occupancy(record) if agree else "",
        "Coordinates": "unknown",
        "Sample DOI": record["sample"]["doi"] if "sample" in record else "",
        "Sample": record["sample"]["label"] if "sample" in record else "",
        "Source DOI": source.get("doi") or "",
        **name_source(source),
        "ICSD number": source.get("icsd") or "",
        "COD number": source.get("cod") or "",
        "Remark": "; ".join(remarks_on(record, formula, held, agree)),
    }
    headers = {column.name: column.header for column in STRUCTURE_FACTS.columns}
    return {headers[name]: str(value) for name, value in values.items()}


def name_source(source: dict[str, Any]) -> dict[str, str]:
    """What was read, its address, and the place in it."""
    if own := OWN_TABLE.fullmatch(source["url"]):
        return {"Source": "paper of the sample", "Source URL": "", "Place in the source": own["place"]}
    if read_in_obelix(source):
        return {"Source": name_obelix(source), "Source URL": "", "Place in the source": source["url"]}
    return {"Source": source.get("citation") or source["url"], "Source URL": source["url"], "Place in the source": ""}


def readable_formula(record: dict[str, Any]) -> str:
    """The formula, or the content per formula unit where the record's formula is in words that give the cell's."""
    formula = record["formula"]
    per_cell = re.search(r"([A-Z][A-Za-z0-9.]*) per cell", formula)
    if per_cell is None:
        return str(formula)
    amounts = Composition(per_cell[1]).get_el_amt_dict()
    return "".join(f"{symbol}{amount / record['Z']:.6g}" for symbol, amount in amounts.items())


def multiplicity(site: dict[str, Any]) -> int:
    """How many positions of a cell a site stands for, from its Wyckoff letter such as ``36f``."""
    return int(site["wyckoff"].rstrip(LETTERS))


def content_per_formula(record: dict[str, Any]) -> dict[str, float] | None:
    """Atoms per formula unit that the sites hold; None where no sites are known."""
    amounts: dict[str, float] = {}
    for site in record["sites"]:
        for element, occupancy in site["elements"].items():
            amounts[element] = amounts.get(element, 0.0) + multiplicity(site) * occupancy / record["Z"]
    return {element: round(amount, 6) for element, amount in amounts.items()} or None


def check_against(record: dict[str, Any], volume: float, density: float | None) -> None:
    """Stop where volume, content or density is not what was worked out when the facts were collected."""
    check = record["check"]
    pairs = [("volume_per_fu_A3", volume, 1e-3)]
    if density is not None:
        held = content_per_formula(record) or {}
        pairs += [("density_g_cm3", density, 1e-3)]
        if any(abs(held[element] - amount) > 1e-3 for element, amount in check["composition_per_fu"].items()):
            raise SystemExit(f"{record['name']}: the sites hold {held}, the check {check['composition_per_fu']}")
    for name, value, slack in pairs:
        if abs(value - check[name]) > slack:
            raise SystemExit(f"{record['name']}: {name} is {value:.6g}, the check says {check[name]}")


Z_BASES = (
    "Z inferred from the cell volume",
    "Z as OBELiX lists it, in accord with the volume per formula unit of the family",
)
"""Words of the facts for where Z comes from, which a row repeats."""


def remarks_on(record: dict[str, Any], formula: str, held: dict[str, float] | None, agree: bool) -> list[str]:
    """What a reader of the row should know."""
    remarks = []
    if held is None:
        remarks.append("cell and space group only; density from formula, Z and cell")
        remarks += [words for words in Z_BASES if words in record["notes"]]
    else:
        remarks.append("free coordinates not known, the public copy of the file is perturbed")
        written = write_formula(held)
        if not agree:
            remarks.append(f"the sites hold {written}, not the formula: no density and Li site occupancy")
        elif written != write_formula(Composition(formula).get_el_amt_dict()):
            remarks.append(f"density and Li site occupancy are of what the sites hold, {written}")
    if formula != record["formula"]:
        remarks.append(f"formula as recorded: {record['formula']}")
    paper = record["source"].get("doi_of_obelix_row")
    if paper:
        remarks.append(f"listed by OBELiX with the conductivity of {paper}, which need not report the structure")
    if "occupancy corrected" in (record["source"].get("obelix_cif_ref") or ""):
        remarks.append("occupancies changed by OBELiX to fit the formula")
    return remarks


def lithium_occupancy(record: dict[str, Any]) -> str:
    """Li atoms per Li position, every position counted once; empty where no Li site is known."""
    sites = [site for site in record["sites"] if "Li" in site["elements"]]
    if not sites:
        return ""
    atoms = sum(multiplicity(site) * site["elements"]["Li"] for site in sites)
    return f"{atoms / sum(multiplicity(site) for site in sites):.6g}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "seed_data"))
