"""Structure files that were once read wrongly without a word: each is read rightly, doubted or refused, by both commands."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from support.command_line import run

from etl.pipeline import examine_file, load_file

TRIALS = Path(__file__).parents[1] / "data" / "structures" / "trials"

D, CN, D_LI, Z, OCCUPANCY = (
    "density_g_per_cm3",
    "li_coordination_number",
    "li_neighbor_distance_angstrom",
    "formula_units",
    "li_site_occupancy",
)
LI3N = {D: 1.295, CN: 2.667, D_LI: 2.050, Z: 1, "cell_volume_angstrom3": 44.66}
LICL = {D: 2.086, CN: 6, D_LI: 2.565, Z: 4}
LIALCL4 = {D: 1.974, CN: 6, D_LI: 2.658, Z: 4}
READ = {
    "near_special_three_digits.cif": ("Li3N", LI3N, set()),
    "near_special_with_esd.cif": ("Li3N", LI3N, set()),
    "near_special_control_four_digits.cif": ("Li3N", LI3N, set()),
    "near_special_partial_no_formula.cif": ("Li0.5O", {D: 1.411}, {"no-formula"}),
    "near_special_off_mirror.cif": ("LiCl", {D: 0.681}, set()),
    "near_special_control_true_split.cif": ("LiCl", {D: 1.303, OCCUPANCY: 0.333}, set()),
    "no_operations_old_symbol.cif": ("LiCl", LICL, set()),
    "no_operations_control.cif": ("LiCl", LICL, set()),
    "no_operations_setting_suffix.cif": ("LiTi2P3O12", {D: 2.951, CN: 6, D_LI: 2.2785, Z: 6}, set()),
    "no_operations_short_monoclinic_symbol.cif": ("LiAlCl4", LIALCL4, set()),
    "setting_origin_two.cif": ("LiTi2O4", {D: 3.729, CN: 4, D_LI: 2.003, Z: 8}, set()),
    "setting_p21n_with_number.cif": ("LiAlCl4", LIALCL4, set()),
    "setting_control_p21n_with_operations.cif": ("LiAlCl4", LIALCL4, set()),
    "names_capital_occupancy.cif": ("Li0.5FePO4", {D: 3.513, OCCUPANCY: 0.5}, {"no-formula"}),
    "names_other_case_symmetry.cif": ("LiCl", LICL, set()),
    "keywords_in_capitals.cif": ("LiBr", {D: 2.431, D_LI: 3.377, CN: 8}, {"no-formula", "no-z"}),
    "text_names_a_block.cif": ("LiBr", {D: 2.431, D_LI: 3.377, CN: 8}, {"no-formula", "no-z"}),
    "attached_hydrogens_unknown.cif": ("LiCl", LICL, set()),
    "comment_begins_with_data.vasp": ("LiCl", {D: 1.100}, {"from-poscar", "no-z"}),
    "three_scale_factors.vasp": ("LiCl", {D: 1.100, "c_angstrom": 4}, {"from-poscar", "no-z"}),
    "dummy_atom_flagged.cif": ("LiCl", LICL, {"dummy-atom"}),
    "doubled_block_name.cif": ("LiBr", {"a_angstrom": 3.9}, {"several-structures"}),
    "several_temperatures.cif": ("LiBr", {"temperature_c": 26.85}, {"several-structures", "no-formula", "no-z"}),
    "contradicted_centring_missing.cif": ("LiCl", {D: 0.521, Z: None}, {"space-group", "z-doubtful"}),
    "contradicted_volume_and_density.cif": ("LiCl", LICL, {"volume", "density"}),
    "temperature_in_celsius.cif": ("LiCl", {"temperature_c": -248.15}, {"temperature"}),
}
REFUSED = {
    "two_atoms_on_one_place.vasp": "site Li1/Al2 at (0, 0, 0): occupancies sum to 2",
    "symbol_nitrate_group.cif": "site A1 (NO3): no element of that name",
    "symbol_two_halides.cif": "site X1 (Cl/Br): no element of that name",
    "symbol_borohydride_group.cif": "site A1 (BH4): no element of that name",
    "label_vacancy.cif": "site Vac1: no element of that name",
    "label_water.cif": "site WAT: no element of that name",
    "doubled_atom_list_occupancies.cif": "_atom_site_label stands twice",
    "hydroxide_and_fluoride_on_one_place.cif": "site O-H1: no element of that name, but O with H that is not located",
    "contradicted_occupancies_as_multiplicities.cif": "is 0.043384, outside 0.1…25",
    "fewer_counts_than_symbols.vasp": "line 6 names 2 elements, but 1 counts follow",
}


def test_every_trial_is_expected() -> None:
    assert {path.name for path in TRIALS.iterdir()} == READ.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", READ)
def test_a_structure_is_read_rightly_and_what_is_doubtful_is_told(name: str) -> None:
    formula, values, causes = READ[name]
    intake, findings = examine_file(TRIALS / name)
    (record,) = intake.drafts["structural_records"]
    (composition,) = intake.drafts["compositions"]
    assert composition.values["formula"] == formula
    for column, value in values.items():
        found = record.values[column]
        assert found is None if value is None else found == pytest.approx(value, abs=6e-4 if value < 40 else 0.01), (
            column
        )
    assert {each.code for each in findings.problems if each.code.startswith("structure-")} == {
        f"structure-{cause}" for cause in causes
    }
    assert not findings.errors
    assert bool(record.values["remark"]) == bool(causes)


@pytest.mark.parametrize("name", REFUSED)
def test_a_structure_that_nobody_can_be_sure_of_is_refused(name: str) -> None:
    _, findings = examine_file(TRIALS / name)
    (problem,) = findings.errors
    assert REFUSED[name] in problem.message
    assert problem.hint


@pytest.mark.usefixtures("home")
def test_what_is_doubtful_is_told_at_validate_and_at_import(tmp_path: Path) -> None:
    path = TRIALS / "contradicted_volume_and_density.cif"
    words = "the file states a volume of 170 Å³, its cell has 135.01 Å³"
    assert words in run(tmp_path, "validate", path).stdout
    outcome = run(tmp_path, "import", path)
    assert words in outcome.stderr
    assert outcome.returncode == 0


def test_a_cause_that_many_structures_share_is_told_once(tmp_path: Path) -> None:
    import zipfile

    text = (TRIALS / "temperature_in_celsius.cif").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for number in range(5):
            archive.writestr(f"s{number}.cif", text)
    _, findings = examine_file(tmp_path / "all.zip")
    (problem,) = [each for each in findings.problems if each.code == "structure-temperature"]
    assert problem.message.startswith("5 structures (s0, s1, s2, …): the file states a temperature of 25")


def test_the_source_of_a_structure_is_read(tmp_path: Path, engine: sa.Engine) -> None:
    text = (TRIALS / "no_operations_control.cif").read_text(encoding="utf-8")
    source = (
        "_cod_database_code 1520928\n_database_code_ICSD 27981\n_journal_paper_doi 10.5555/invented.9\n"
        "_journal_name_full 'Journal of Invented Solids'\n_journal_year 2001\n_journal_volume 12\n_journal_page_first 34\n"
        "loop_\n_publ_author_name\n'Lovelace, A.'\n'Curie, M.'\n"
    )
    (tmp_path / "licl.cif").write_text(text.replace("_cell_length_a", source + "_cell_length_a", 1), encoding="utf-8")
    load_file(engine, tmp_path / "licl.cif", curator="ada")
    with engine.connect() as connection:
        row = connection.execute(
            sa.text(
                "SELECT r.cod_number, r.icsd_number, r.source_citation, p.doi FROM structural_records AS r "
                "INNER JOIN publications AS p ON p.id = r.publication_id"
            )
        ).one()
    assert tuple(row) == (
        "1520928",
        "27981",
        "Lovelace, A.; Curie, M. Journal of Invented Solids 12 (2001) 34",
        "10.5555/invented.9",
    )
