"""Featurizers keep scikit-learn's contract, as far as it holds of transformers whose input is text, and lose no row."""

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils import estimator_checks

from analysis.featurizers.composition import composition_features
from analysis.featurizers.structure import STRUCTURE_FEATURES
from sse_db.errors import UnreadableFormula, UnusableStructure
from sse_db.modelling import CompositionFeaturizer, StructureFeaturizer

FORMULAS = ["Li7La3Zr2O12", "Li1.3Al0.3Ti1.7(PO4)3", "Li6PS5Cl", "Li3N"]
CIF = """data_LiCl
_cell_length_a 5.13
_cell_length_b 5.13
_cell_length_c 5.13
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'F m -3 m'
_symmetry_Int_Tables_number 225
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
Li1 Li 0 0 0 1
Cl1 Cl 0.5 0.5 0.5 1
"""
GIVEN = {
    CompositionFeaturizer: FORMULAS,
    StructureFeaturizer: [CIF, CIF.replace("5.13", "5.2"), CIF.replace("Li1 Li 0 0 0 1", "Li1 Li 0 0 0 0.5"), CIF],
}
BOTH = pytest.mark.parametrize("kind", GIVEN)

CHECKS = (
    "check_estimator_cloneable", "check_estimator_tags_renamed", "check_valid_tag_types", "check_estimator_repr",
    "check_no_attributes_set_in_init", "check_do_not_raise_errors_in_init_or_set_params", "check_mixin_order",
    "check_parameters_default_constructible", "check_get_params_invariance", "check_set_params", "check_set_output_transform",
    "check_transformer_n_iter", "check_fit_check_is_fitted",
)  # fmt: skip
"""Those of scikit-learn's checks that do not hand a table of numbers over: by its rules an estimator whose tags say that it
takes text is given no more (``check_estimator`` says so and stops). What the others ask is asked below, of texts."""


@BOTH
def test_check_estimator_passes_as_far_as_it_goes(kind):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", estimator_checks.SkipTestWarning)
        assert {each["status"] for each in estimator_checks.check_estimator(kind())} == {"passed"}


@BOTH
@pytest.mark.parametrize("check", CHECKS)
def test_a_check_of_scikit_learn_passes(kind, check):
    getattr(estimator_checks, check)(kind.__name__, kind())


@BOTH
def test_fit_gives_the_object_back_learns_nothing_and_can_be_left_out(kind):
    given = GIVEN[kind]
    fitted = kind()
    assert fitted.fit(given) is fitted
    assert fitted.n_features_in_ == 1
    np.testing.assert_array_equal(fitted.transform(given), kind().transform(given))
    np.testing.assert_array_equal(kind().fit(given[:1]).transform(given), kind().fit_transform(given))


@BOTH
def test_rows_stand_for_themselves_in_any_order_and_any_part(kind):
    given = GIVEN[kind]
    whole = kind().fit_transform(given)
    assert whole.dtype == float
    np.testing.assert_array_equal(kind().fit_transform(given[::-1])[::-1], whole)
    np.testing.assert_array_equal(np.vstack([kind().fit_transform([each]) for each in given]), whole)


@BOTH
def test_every_kind_of_column_is_taken(kind):
    given = GIVEN[kind]
    whole = kind().fit_transform(given)
    column = pd.Series(given, index=list("abcd"), name="given")
    for other in (
        tuple(given),
        column,
        column.to_frame(),
        np.array(given, dtype=object),
        column.to_frame().to_numpy(),
        [[each] for each in given],
    ):
        np.testing.assert_array_equal(kind().fit_transform(other), whole)


@BOTH
def test_columns_have_names_and_frames_keep_their_index(kind):
    column = pd.DataFrame({"given": GIVEN[kind]}, index=list("abcd"))
    found = kind().set_output(transform="pandas").fit_transform(column)
    assert list(found.index) == list("abcd")
    assert list(found.columns) == list(kind().get_feature_names_out())
    assert found.columns.is_unique
    assert list(kind().fit(column).feature_names_in_) == ["given"]
    with pytest.raises(ValueError, match="the column is other, while given was fitted"):
        kind().fit(column).transform(column.rename(columns={"given": "other"}))


@BOTH
def test_it_can_be_copied_sent_and_searched(kind):
    given = pd.DataFrame({"given": GIVEN[kind] * 5, "number": np.arange(20.0)})
    again = pickle.loads(pickle.dumps(clone(kind(errors="missing"))))
    assert again.get_params()["errors"] == "missing"
    columns = make_column_transformer((again, ["given"]), remainder="passthrough")
    finite = FunctionTransformer(np.nan_to_num)
    search = GridSearchCV(make_pipeline(columns, finite, Ridge()), {"ridge__alpha": [1.0, 10.0]}, cv=3)
    assert np.isfinite(search.fit(given, given["number"]).predict(given)).all()


@BOTH
def test_a_missing_value_is_missing_in_every_column(kind):
    found = kind().fit_transform([GIVEN[kind][0], None, float("nan"), "", pd.NA])
    assert np.isfinite(found[0]).any()
    assert np.isnan(found[1:]).all()


def test_statistics_are_those_of_the_extended_candidates():
    found = CompositionFeaturizer().set_output(transform="pandas").fit_transform(FORMULAS)
    pd.testing.assert_frame_equal(found, composition_features(FORMULAS), rtol=1e-8, atol=1e-12)
    assert found["li_ratio"].round(4).tolist() == [0.2917, 0.071, 0.4615, 0.75]
    wider = CompositionFeaturizer(profiles=True).fit_transform(FORMULAS)
    assert wider.shape[1] > found.shape[1]


def test_structures_are_described_as_in_the_benchmark():
    found = StructureFeaturizer().set_output(transform="pandas").fit_transform([CIF])
    assert list(found) == list(STRUCTURE_FEATURES)
    assert found["cif_li_coordination"].item() == pytest.approx(6)
    assert found["cif_li_anion_mean"].item() == pytest.approx(5.13 / 2)
    from sse_db.materials.crystals.cif import parse_structure

    structure = parse_structure("x.cif", CIF.encode()).structure
    np.testing.assert_allclose(StructureFeaturizer().fit_transform([structure]), found)


SLIPS = {
    "an abbreviation": (CompositionFeaturizer(), ["Li3N", "LLZO"], UnreadableFormula, "row 1: LLZO: LLZO is an abbreviation"),
    "a number": (CompositionFeaturizer(), ["Li3N", 3], UnreadableFormula, "row 1: 3 is no formula"),
    "no CIF": (StructureFeaturizer(), [CIF, "no structure"], UnusableStructure, "row 1: "),
    "no structure": (StructureFeaturizer(), [3], UnusableStructure, "row 0: a value of class int is no structure"),
    "one text": (CompositionFeaturizer(), "Li3N", ValueError, "not one str"),
    "two columns": (CompositionFeaturizer(), pd.DataFrame({"a": ["Li3N"], "b": ["LiI"]}), ValueError, "give one column, not 2"),
    "ragged rows": (CompositionFeaturizer(), [["Li3N", "LiI"]], ValueError, "one value per row"),
    "nothing": (CompositionFeaturizer(), [], ValueError, "0 sample"),
    "an unknown rule": (CompositionFeaturizer(errors="hide"), ["Li3N"], ValueError, "errors is raise or missing"),
}  # fmt: skip


@pytest.mark.parametrize(("featurizer", "given", "kind", "message"), SLIPS.values(), ids=SLIPS.keys())
def test_what_cannot_be_read_is_told_with_its_row(featurizer, given, kind, message):
    with pytest.raises(kind, match=message):
        featurizer.fit_transform(given)


def test_what_cannot_be_read_is_missing_where_that_was_asked_for():
    found = CompositionFeaturizer(errors="missing").fit_transform(["Li3N", "LLZO"])
    assert np.isnan(found[1]).all()
    assert np.isnan(StructureFeaturizer(errors="missing").fit_transform(["no structure"])).all()
