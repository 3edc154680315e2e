"""Warnings of a prediction: known formulas are not outside for want of processing, strangers are, at a stated rate."""

import numpy as np
import pandas as pd
import pytest
from support.simulated import matrix, simulate

from analysis.evaluation.conformal import half_width, residuals_with_gaps
from analysis.models.candidates import CANDIDATES
from analysis.prediction.domain import FLAGGED, Domain
from analysis.prediction.training import NOTHING, UNKNOWN_GROUPS, find_unknown_groups, hidden_columns

FROM_THE_FORMULA = ["li_ratio", "electronegativity", "polarizability", "atomic_number"]


@pytest.fixture(scope="module")
def data():
    return matrix(simulate(2, missing=0.1))


def hide(rows, names):
    return rows.assign(**dict.fromkeys(names, np.nan))


def test_formulas_that_the_model_was_trained_on_are_inside_whatever_else_is_unknown(data):
    domain = Domain(data.X, data.groups.to_numpy())
    others = [name for name in data.X if name not in FROM_THE_FORMULA]
    bare = hide(data.X, others).dropna(subset=FROM_THE_FORMULA)
    assert not any(domain.place(row).is_far for _, row in bare.iterrows())
    assert not any(domain.place(row).beyond for _, row in bare.iterrows())


@pytest.mark.parametrize("missing", [0.0, 0.4], ids=["all is given", "two fifths are not given"])
def test_samples_of_papers_held_out_are_flagged_about_as_often_as_stated(missing):
    """Gaps are the known samples' own: whoever has more descriptors than they is not flagged for it."""
    data, places = matrix(simulate(2, missing=missing, samples=152)), []
    for paper in sorted(set(data.groups)):
        rest = data.groups != paper
        domain = Domain(data.X[rest], data.groups[rest].to_numpy())
        places += [domain.place(row) for _, row in data.X[~rest].iterrows()]
    assert domain.flagged == pytest.approx(FLAGGED, abs=0.01)
    assert np.mean([each.is_far for each in places]) == pytest.approx(FLAGGED, abs=0.05)
    assert np.mean([bool(each.beyond) for each in places]) == pytest.approx(FLAGGED, abs=0.05)


def test_a_stranger_is_flagged_by_what_is_given_of_it(data):
    domain = Domain(data.X, data.groups.to_numpy())
    stranger = data.X.iloc[0] * np.nan
    stranger["li_ratio"], stranger["electronegativity"] = 0.6, 3.0
    assert domain.place(stranger).is_far
    assert "li_ratio" in domain.place(stranger).beyond
    assert domain.place(data.X.iloc[0] * np.nan).is_far, "nothing is given at all"


def test_intervals_widen_with_what_is_unknown(data):
    groups = data.groups.to_numpy()
    columns = hidden_columns(list(data.X))
    candidate = CANDIDATES["xgboost"]
    found = residuals_with_gaps(candidate, candidate.fixed, data, 0, columns)
    widths = {name: half_width(each, groups, 0.8) for name, each in found.items()}
    assert widths["processing and structure"] > widths[NOTHING]
    known = hide(data.X, UNKNOWN_GROUPS["processing"])
    assert set(find_unknown_groups(known.isna().to_numpy(), data.X)) <= {"processing", "processing and structure"}
    assert find_unknown_groups(np.zeros((1, data.X.shape[1]), dtype=bool), data.X) == [NOTHING]


def test_a_column_that_nobody_knows_says_nothing():
    known = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": np.nan})
    place = Domain(known, np.array([1, 2, 3])).place(pd.Series({"a": 2.0, "b": 7.0}))
    assert place.beyond == []


def test_few_publications_flag_one_in_as_many_and_one_more():
    few = Domain(pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0]}), np.arange(4))
    assert few.flagged == 1 / 5
    assert not few.place(pd.Series({"a": 4.9})).is_far
    assert few.place(pd.Series({"a": 5.1})).is_far
