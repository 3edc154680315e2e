"""What a formula, a cell and a CIF say: known answers."""

import numpy as np
import pandas as pd
import pytest
from support.small_obelix import LI2O

from analysis.featurizers.cell import cell_features
from analysis.featurizers.composition import composition_features, element_profile, guess_amounts, read_amounts
from analysis.featurizers.structure import STRUCTURE_FEATURES, structure_features


def test_a_formula_is_read_with_its_brackets_and_fractions():
    assert read_amounts("Li1.3Al0.3Ti1.7(PO4)3") == pytest.approx({"Li": 1.3, "Al": 0.3, "Ti": 1.7, "P": 3, "O": 12})


@pytest.mark.parametrize("text", ["", "Li1+xAlxTi2-x", "Xx2O3", "Li6PS5Cl·xH"])
def test_what_is_no_formula_has_no_amounts(text):
    assert read_amounts(text) == {}


def test_symbols_of_an_unreadable_formula_are_guessed():
    assert guess_amounts("Li5.7PS4.7Cl1.3·xQ") == {"Li": 5.7, "P": 1.0, "S": 4.7, "Cl": 1.3}


def test_the_share_of_lithium_is_that_of_the_interface():
    assert composition_features(["Li0.35La0.55TiO3"])["li_ratio"][0] == pytest.approx(0.35 / 4.9)


@pytest.mark.parametrize(
    ("formula", "anion", "share"),
    [
        ("Li2SO4", "O", 1.0),
        ("Li6PS5Cl", "S", 5 / 6),
        ("Li2OHCl", "O", 0.5),
        ("LiBH4", "H", 1.0),
        ("Li2PO2N", "N", 1 / 3),
        ("LiNO3", "O", 1.0),
    ],
    ids=["sulphur of a sulphate is a centre", "sulphide", "hydroxide", "hydride", "oxynitride", "nitrate"],
)
def test_anions_are_told_from_centres(formula, anion, share):
    assert composition_features([formula])[f"anion_share_{anion}"][0] == pytest.approx(share)


def test_charge_balance_asks_for_the_valence_of_the_other_cations():
    table = composition_features(["LiTi2(PO4)3", "Li4SiO4"])
    assert table["cation_charge_needed"].tolist() == pytest.approx([23 / 5, 4])
    assert table["charge_surplus_per_anion"].tolist() == pytest.approx([0, 0])


def test_parents_lack_carriers_and_isovalent_mixing_brings_none():
    table = composition_features(["Li3PO4", "Li3P0.5V0.5O4", "Li3.5Si0.5P0.5O4"])
    assert table["valence_off_whole"].tolist() == pytest.approx([0, 0, 0.5])
    assert table["li_off_whole"].tolist() == pytest.approx([0, 0, 0.5])
    assert table["fractional_cations"].tolist() == [0, 2, 2]


def test_statistics_are_weighted_by_amount():
    table = composition_features(["Li2O"])
    li, oxygen = 0.98, 3.44
    mean = (2 * li + oxygen) / 3
    assert table["all_electronegativity_mean"][0] == pytest.approx(mean)
    assert table["all_electronegativity_spread"][0] == pytest.approx((2 * (mean - li) + oxygen - mean) / 3)
    assert table["all_electronegativity_range"][0] == pytest.approx(oxygen - li)
    assert np.isnan(table["cation_electronegativity_mean"][0])


def test_the_distance_of_compositions_is_how_far_shares_are_moved():
    chloride, bromide, oxide = element_profile(["LiCl", "LiBr", "Li2O"])
    assert np.abs(chloride - bromide).sum() == pytest.approx(0.5)  # half of the atoms, to the next place
    assert np.abs(chloride - oxide).sum() > 0.5
    assert np.abs(element_profile(["Li2Cl2"])[0] - chloride).sum() == pytest.approx(0)


def test_a_cubic_cell_has_its_density_and_volume():
    cell = dict.fromkeys(("a_angstrom", "b_angstrom", "c_angstrom"), 4.619)
    angles = dict.fromkeys(("alpha_degree", "beta_degree", "gamma_degree"), 90.0)
    row = {"formula": "Li2O", "formula_units": 4, "space_group_number": 225, **cell, **angles}
    table = cell_features(pd.DataFrame([row, {**row, "space_group_number": np.nan, "formula_units": np.nan}]))
    assert table["volume_per_atom"][0] == pytest.approx(4.619**3 / 12)
    assert table["density"][0] == pytest.approx(2.014, abs=0.001)
    assert table["is_centrosymmetric"][0] == 1
    assert table["crystal_system"][0] == 6
    assert table.loc[1, ["space_group", "density"]].isna().all()


def test_a_full_structure_has_its_distances():
    found = structure_features(LI2O.format(occupancy=1))
    assert set(found) == set(STRUCTURE_FEATURES)
    assert found["cif_li_occupancy"] == 1
    assert found["cif_li_full_share"] == 1
    assert found["cif_li_coordination"] == 4
    assert found["cif_li_anion_mean"] == pytest.approx(4.619 * 3**0.5 / 4)
    assert found["cif_li_li_shortest"] == pytest.approx(4.619 / 2)


def test_vacancies_are_counted_per_lithium():
    found = structure_features(LI2O.format(occupancy=0.4))
    assert found["cif_li_occupancy"] == pytest.approx(0.4)
    assert found["cif_vacancies_per_li"] == pytest.approx(0.6 / 0.4)
    assert found["cif_li_full_share"] == 0


def test_a_text_without_structure_is_refused():
    with pytest.raises(ValueError, match=r"."):
        structure_features("this is no structure")
