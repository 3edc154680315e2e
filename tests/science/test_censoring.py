"""Limits in training: as limits they help, as invented numbers they mislead; the truth is known because it is simulated."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import r2_score

from analysis.folds.protocols import split_folds
from analysis.studies.censoring import (
    AS_LIMIT,
    AT_BOUND,
    LEFT_OUT,
    REPLACED,
    TREATMENTS,
    CensoredRows,
    fit_spread,
    predict_out_of_fold,
    predict_treatments,
    score_treatments,
)
from sse_db.errors import NothingToLearnFrom


@pytest.fixture(autouse=True)
def few_trees(monkeypatch):
    """One kind of trees, so that the inner folds are quick."""
    for name, values in {"DEPTHS": (2,), "ROUNDS": (30, 80), "SCALES": (0.1, 1.0)}.items():
        monkeypatch.setattr(f"analysis.studies.censoring.{name}", values)


def simulate_limits(seed, share=0.4, n=120):
    """Rows whose truth is known; an instrument sees nothing below a threshold that differs from paper to paper."""
    random = np.random.default_rng(seed)
    X = random.uniform(-1, 1, (n, 3))
    groups = np.arange(n) // 6
    truth = -6 + 2 * X[:, 0] + X[:, 1] ** 2 + random.normal(0, 0.2, n)
    threshold = np.quantile(truth, share) + random.normal(0, 0.7, n // 6)[groups]
    hidden = truth < threshold
    rows = CensoredRows(X, np.where(hidden, threshold, truth), np.where(hidden, "<", "="), groups, np.arange(n))
    return rows, truth


def errors_against_truth(seed):
    rows, truth = simulate_limits(seed)
    splits = split_folds(len(truth), rows.groups, 3, seed)
    return {each: float(np.mean(np.abs(truth - predict_out_of_fold(rows, each, splits, seed)))) for each in TREATMENTS}


def test_as_limits_they_bring_predictions_nearer_to_the_truth_than_any_number_put_in_their_place():
    errors = [errors_against_truth(seed) for seed in range(2)]
    means = {each: np.mean([error[each] for error in errors]) for each in TREATMENTS}
    assert means[AS_LIMIT] < min(means[LEFT_OUT], means[AT_BOUND])
    assert means[AS_LIMIT] < 0.2 * means[REPLACED]


def test_without_limits_the_likelihood_gives_what_least_squares_gives():
    rows, _ = simulate_limits(0)
    equal = rows.take(np.flatnonzero(rows.relation == "="))
    splits = split_folds(len(equal.y), equal.groups, 3, 0)
    plain, likely = (predict_out_of_fold(equal, each, splits, 0) for each in (LEFT_OUT, AS_LIMIT))
    assert r2_score(plain, likely) > 0.995


def test_lower_limits_count_from_below():
    rows, truth = simulate_limits(1)
    mirrored = CensoredRows(rows.X, -rows.y, np.where(rows.relation == "<", ">", "="), rows.groups, rows.samples)
    splits = split_folds(len(truth), rows.groups, 3, 0)
    errors = [np.mean(np.abs(-truth - predict_out_of_fold(mirrored, each, splits, 0))) for each in (AS_LIMIT, AT_BOUND)]
    assert errors[0] < errors[1]


def test_the_table_says_how_many_limits_and_how_many_are_respected():
    table = score_treatments(predict_treatments(simulate_limits(0)[0])).set_index("limits")
    assert list(table.index) == list(TREATMENTS)
    assert table["n"].nunique() == 1
    assert table.loc[AS_LIMIT, "limits_respected"] > table.loc[AT_BOUND, "limits_respected"]
    assert (table["mae_low"] < table["mae"]).all()
    assert (table["mae"] < table["mae_high"]).all()


def test_a_treatment_that_oversteps_limits_pays_for_it_in_the_one_sided_error_alone():
    relation, observed = np.array(["=", "=", "<", "<"]), np.array([-5.0, -6.0, -9.0, -9.0])
    known = {"relation": relation, "observed": observed, "group": [0, 1, 2, 3], "seed": 0}
    frames = [
        pd.DataFrame({"limits": LEFT_OUT, **known, "predicted": [-5.0, -6.0, -7.0, -7.0]}),
        pd.DataFrame({"limits": AS_LIMIT, **known, "predicted": [-5.2, -6.2, -9.5, -12.0]}),
    ]
    table = score_treatments(pd.concat(frames)).set_index("limits")
    assert table.loc[LEFT_OUT, "mae"] == 0
    assert table["mae_one_sided"].to_dict() == pytest.approx({LEFT_OUT: 1.0, AS_LIMIT: 0.1})
    assert table.loc[AS_LIMIT, "difference"] == pytest.approx(-0.9)
    assert table.loc[AS_LIMIT, "log_likelihood"] > table.loc[LEFT_OUT, "log_likelihood"]


def test_the_spread_of_residuals_and_limits_is_the_likeliest():
    random = np.random.default_rng(0)
    residuals, limit = random.normal(0, 0.4, 4000), 0.3
    hidden = residuals < limit
    seen = np.where(hidden, limit, residuals)
    assert fit_spread(np.where(hidden, "<", "="), seen)[0] == pytest.approx(0.4, rel=0.05)


def test_at_a_small_scale_a_limit_counts_as_the_square_of_how_far_it_is_overstepped():
    from scipy.stats import norm

    scale, overstepped = 0.01, np.array([0.2, 0.4])
    losses = -norm.logcdf(-overstepped / scale) * 2 * scale**2
    assert losses == pytest.approx(overstepped**2, rel=0.02)
    assert -norm.logcdf(0.2 / scale) == pytest.approx(0.0, abs=1e-9)


def test_without_any_limit_there_is_nothing_to_compare():
    rows, _ = simulate_limits(0)
    with pytest.raises(NothingToLearnFrom, match="no value of this target is a limit"):
        predict_treatments(rows.take(np.flatnonzero(rows.relation == "=")))
