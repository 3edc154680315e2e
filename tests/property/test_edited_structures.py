"""One edit of a valid structure file gives the same structure, a refusal or a doubt: never another one in silence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.structure_edits import edit_cif, edit_poscar

from sse_db.errors import UnusableStructure
from sse_db.materials.crystals.cell_content import fraction_distance
from sse_db.materials.structures import StructureFacts, read_structure

HEAD = """_cell_length_a {a}
_cell_length_b {b}
_cell_length_c {c}
_cell_angle_alpha {alpha}
_cell_angle_beta {beta}
_cell_angle_gamma {gamma}
_cell_volume {volume}
_cell_formula_units_Z {z}
_chemical_formula_sum '{formula}'
_chemical_formula_weight {weight}
_exptl_crystal_density_diffrn {density}
_cell_measurement_temperature 293(2)
_journal_paper_doi 10.5555/invented.9
"""
ATOMS = """loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_symmetry_multiplicity
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
"""
PEROVSKITE = (
    "data_perovskite\n_space_group_name_H-M_alt 'P m -3 m'\n_space_group_IT_number 221\n"
    + HEAD.format(
        a=3.87, b=3.87, c=3.87, alpha=90, beta=90, gamma=90, volume=57.96, z=1, formula="Li0.3 La0.6 Ti O3",
        weight=181.29, density=5.194,
    )
    + ATOMS
    + "Li1 Li 1 0 0 0 0.3\nLa1 La 1 0 0 0 0.6\nTi1 Ti 1 0.5 0.5 0.5 1\nO1 O 3 0 0.5 0.5 1\n"
)  # fmt: skip
TRICLINIC = (
    "data_triclinic\n_space_group_name_H-M_alt 'P -1'\n_space_group_IT_number 2\n"
    + HEAD.format(
        a=5.1744, b=5.3115, c=7.2617, alpha=107.547, beta=107.934, gamma=98.444, volume=174.61, z=2,
        formula="Co F Li O4 P", weight=179.84, density=3.421,
    )
    + "loop_\n_space_group_symop_id\n_space_group_symop_operation_xyz\n1 'x, y, z'\n2 '-x, -y, -z'\n"
    + ATOMS
    + "Li1 Li 2 0.25 0.625 0.301 0.5\nLi2 Li 2 0.266 0.512 0.211 0.5\nCo1 Co 1 0 0 0 1\nCo2 Co 1 0 0 0.5 1\n"
    "P1 P 2 0.3283 0.6495 0.7532 1\nO1 O 2 0.1055 0.6655 0.8534 1\nO2 O 2 0.2645 0.7985 0.5978 1\n"
    "O3 O 2 0.3175 0.3613 0.6406 1\nO4 O 2 0.3678 0.2407 0.0966 1\nF1 F 2 0.1159 0.9201 0.2554 1\n"
)  # fmt: skip
RHOMBOHEDRAL = (
    "data_rhombohedral\n_symmetry_space_group_name_H-M 'R -3 c :H'\n_symmetry_Int_Tables_number 167\n"
    + HEAD.format(
        a=8.512, b=8.512, c=20.858, alpha=90, beta=90, gamma=120, volume=1308.8, z=6, formula="Li O12 P3 Ti2",
        weight=387.59, density=2.951,
    )
    + ATOMS
    + "Li1 Li 6 0 0 0 1\nTi1 Ti 12 0 0 0.1417 1\nP1 P 18 0.2883 0 0.25 1\n"
    "O1 O 36 0.1851 0.9927 0.1902 1\nO2 O 36 0.1897 0.1654 0.0813 1\n"
)  # fmt: skip
CIFS = {"perovskite": PEROVSKITE, "triclinic": TRICLINIC, "rhombohedral": RHOMBOHEDRAL}
POSCAR = (
    "LiCl\n1.0\n5.13 0 0\n0 5.13 0\n0 0 5.13\nLi Cl\n4 4\nDirect\n0 0 0\n0 0.5 0.5\n0.5 0 0.5\n0.5 0.5 0\n"
    "0.5 0.5 0.5\n0.5 0 0\n0 0.5 0\n0 0 0.5\n"
)
COLUMNS = (
    "a_angstrom", "b_angstrom", "c_angstrom", "alpha_degree", "beta_degree", "gamma_degree", "density_g_per_cm3",
    "li_site_occupancy", "li_coordination_number", "li_neighbor_distance_angstrom",
)  # fmt: skip
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def is_same(first: StructureFacts, second: StructureFacts) -> bool:
    alike = all(getattr(first, name) == pytest.approx(getattr(second, name), rel=1e-4) for name in COLUMNS)
    return alike and fraction_distance(first.amounts, second.amounts) < 1e-3


def check(name: str, text: str, edited: str, what: str) -> None:
    original = read_structure(name, text.encode())
    try:
        facts = read_structure(name, edited.encode())
    except UnusableStructure:
        return
    new = {remark.cause for remark in facts.remarks} - {remark.cause for remark in original.remarks}
    assert is_same(original, facts) or new, what


@pytest.mark.parametrize("name", CIFS)
def test_the_unedited_file_gives_no_doubt(name: str) -> None:
    facts = read_structure(f"{name}.cif", CIFS[name].encode())
    assert not facts.remarks
    assert facts.formula_units


@pytest.mark.parametrize("name", CIFS)
@QUICK
@given(data=st.data())
def test_an_edited_cif_is_never_another_structure_in_silence(name: str, data: st.DataObject) -> None:
    edited, what = edit_cif(CIFS[name], lambda choices: data.draw(st.sampled_from(choices)))
    check(f"{name}.cif", CIFS[name], edited, what)


@QUICK
@given(data=st.data())
def test_an_edited_poscar_is_never_another_structure_in_silence(data: st.DataObject) -> None:
    edited, what = edit_poscar(POSCAR, lambda choices: data.draw(st.sampled_from(choices)))
    check("POSCAR", POSCAR, edited, what)
