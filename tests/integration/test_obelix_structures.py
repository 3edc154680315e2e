"""All 321 structure files of OBELiX, which are not part of the repository."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.papers.structure_files import read_structure_files
from sse_db.materials.crystals.cell_content import fraction_distance
from sse_db.materials.formulas import read_formula
from sse_db.materials.structures import StructureFacts, read_structure
from sse_db.vocabulary import CoordinatesBasis

WITHOUT_LITHIUM = {"5tl", "b4c", "cy2", "hta", "s3h", "u2y", "u8r"}
WITHOUT_ANION = {"11b", "240", "pql", "rwr"}
"""Phosphides: P is no anion here, for in nearly all electrolytes it is the centre of a phosphate."""
Z_NOT_USED = {"l6h": "188.8", "pe2": "58", "wa3": "188.728"}
"""Tabulated with Z = 1 although the cell holds so many atoms; right for pe2 (Li17Sb13S28) alone."""


@pytest.fixture(scope="module")
def tabulated(shared_data: Path) -> dict[str, dict[str, str]]:
    with (shared_data / "obelix" / "all.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["ID"]: row for row in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def structures(shared_data: Path, tabulated: dict[str, dict[str, str]]) -> dict[str, StructureFacts]:
    found = {}
    for file in read_structure_files(shared_data / "obelix" / "all_cifs.zip")[0]:
        identifier = Path(file.name).stem
        units = float(tabulated[identifier]["Z"] or 0) or None
        found[identifier] = read_structure(file.name, file.data, formula_units=units)
    return found


def test_all_321_files_are_read(structures: dict[str, StructureFacts]) -> None:
    assert len(structures) == 321
    assert all(facts.cif_text and 0.1 < facts.density_g_per_cm3 < 25 for facts in structures.values())


def test_lithium_descriptors_are_missing_where_there_is_no_lithium_or_no_anion(
    structures: dict[str, StructureFacts],
) -> None:
    silent = {name for name, facts in structures.items() if facts.li_site_occupancy is None}
    assert silent == WITHOUT_LITHIUM
    no_distance = {name for name, facts in structures.items() if facts.li_neighbor_distance_angstrom is None}
    assert no_distance == WITHOUT_LITHIUM | WITHOUT_ANION


def test_descriptors_lie_where_chemistry_allows(structures: dict[str, StructureFacts]) -> None:
    known = [facts for facts in structures.values() if facts.li_coordination_number is not None]
    assert all(1.6 < facts.li_neighbor_distance_angstrom < 3.2 for facts in known)
    assert all(2 < facts.li_coordination_number <= 16 for facts in known)
    assert all(0 < facts.li_site_occupancy <= 1 for facts in known)


def test_tabulated_z_is_used_but_where_it_takes_a_cell_for_a_formula_unit(
    structures: dict[str, StructureFacts], tabulated: dict[str, dict[str, str]]
) -> None:
    unused = {name for name, facts in structures.items() if tabulated[name]["Z"] and facts.formula_units is None}
    assert unused == set(Z_NOT_USED)
    for name, atoms in Z_NOT_USED.items():
        assert any(f"{atoms} atoms" in remark.text for remark in structures[name].remarks)


def test_declared_space_groups_are_those_of_the_symmetry_operations(structures: dict[str, StructureFacts]) -> None:
    assert all(facts.space_group_number for facts in structures.values())
    assert not [remark for facts in structures.values() for remark in facts.remarks if "space group" in remark.text]


def test_structures_are_of_their_samples_composition_or_near_it(
    structures: dict[str, StructureFacts], tabulated: dict[str, dict[str, str]]
) -> None:
    distances = []
    for name, facts in structures.items():
        formula = read_formula(tabulated[name]["Reduced Composition"].strip())
        distances.append(fraction_distance(formula.amounts, facts.amounts))
    assert sum(distance > 0.03 for distance in distances) == 11
    assert sum(distance > 0.005 for distance in distances) == 38
    assert len(distances) == 321


def test_perturbed_files_keep_what_noise_does_not_touch(shared_data: Path) -> None:
    file = read_structure_files(shared_data / "obelix" / "all_cifs.zip")[0][0]
    exact = read_structure(file.name, file.data)
    perturbed = read_structure(file.name, file.data, coordinates=CoordinatesBasis.PERTURBED)
    assert perturbed.density_g_per_cm3 == exact.density_g_per_cm3
    assert perturbed.li_site_occupancy == exact.li_site_occupancy
    assert perturbed.li_coordination_number is None
