"""Known answers on simulated papers: what known samples of a paper remove, what more papers bring, what intervals hold."""

import json

import numpy as np
import pandas as pd
import pytest
from support.seeded import copy_seed
from support.simulated import matrix, simulate
from support.tour import call

from analysis.evaluation.validation import nested_cross_validate
from analysis.folds.protocols import BY_PUBLICATION
from analysis.models.candidates import CANDIDATES
from analysis.studies.calibration import LEVELS, calibrate, score_calibration
from analysis.studies.known_papers import (
    OTHERS,
    PLAIN,
    SHRUNK,
    estimate_variances,
    find_weight,
    predict_known_papers,
    score_known_papers,
)
from analysis.studies.learners import Learners, learn_median
from analysis.studies.learning_curve import predict_learning_curve, score_learning_curve
from sse_db.errors import NothingToLearnFrom


def offset_papers(between, within, *, papers=60, size=5, seed=0):
    """Papers with an offset each around a function that one learner knows and the median does not."""
    random = np.random.default_rng(seed)
    groups = np.repeat(np.arange(papers), size)
    x = random.uniform(-1, 1, len(groups))
    y = x + random.normal(0, between, papers)[groups] + random.normal(0, within, len(groups))
    return Learners(y, groups, np.arange(len(y)), {"oracle": lambda _, test: x[test], "median": learn_median(y)})


def table_of(learners, **options):
    found = score_known_papers(predict_known_papers(learners, **options))
    return found.set_index(["model", "offset", "known"])


@pytest.mark.parametrize(("between", "within"), [(0.8, 0.3), (0.3, 0.6), (0.0, 0.5)])
def test_variances_between_and_within_papers_are_found(between, within):
    random = np.random.default_rng(3)
    groups = np.repeat(np.arange(300), random.integers(1, 6, 300))
    residuals = random.normal(0, between, 300)[groups] + random.normal(0, within, len(groups))
    found = estimate_variances(residuals, groups)
    assert np.sqrt(found) == pytest.approx((between, within), abs=0.1)


def test_variances_are_those_that_a_mixed_model_of_equal_papers_has_in_closed_form():
    random = np.random.default_rng(1)
    papers, size = 40, 4
    groups = np.repeat(np.arange(papers), size)
    residuals = random.normal(0, 0.7, papers)[groups] + random.normal(0, 0.4, len(groups))
    table = residuals.reshape(papers, size)
    within = ((table - table.mean(axis=1, keepdims=True)) ** 2).sum() / (papers * (size - 1))
    between = (table.mean(axis=1) ** 2).mean() - within / size
    assert estimate_variances(residuals, groups) == pytest.approx((between, within), rel=1e-3)


@pytest.mark.parametrize("known", [1, 2])
def test_known_samples_remove_what_theory_says_of_planted_offsets(known):
    between, within = 0.8, 0.3
    found = table_of(offset_papers(between, within, papers=120), seeds=(0,), draws=10)
    weight = find_weight(known, between**2, within**2)
    left = between**2 * (1 - weight) ** 2 + within**2 * (1 + weight**2 / known)
    expected, nothing = (np.sqrt(2 * each / np.pi) for each in (left, between**2 + within**2))
    row = found.loc["oracle", SHRUNK, str(known)]
    assert row["mae"] == pytest.approx(expected, rel=0.1)
    assert row["removed"] == pytest.approx(1 - expected / nothing, abs=0.06)
    assert row["removed_low"] < 1 - expected / nothing < row["removed_high"]
    assert row["difference_high"] < 0
    assert found.loc["oracle", SHRUNK, OTHERS]["mae"] < row["mae"]
    assert row["minus_median_high"] < 0, "the median knows the offsets as well, and not x"


def test_without_offsets_nothing_is_removed_and_a_plain_offset_does_harm():
    found = table_of(offset_papers(0.0, 0.5), seeds=(0,), draws=10).loc["oracle"]
    assert abs(found.loc[SHRUNK, "1"]["difference"]) < 0.02
    assert found.loc[PLAIN, "1"]["difference_low"] > 0.05


def test_no_model_learns_from_a_paper_that_it_predicts():
    learners = offset_papers(0.5, 0.3, papers=15)
    seen = []

    def learn(train, test):
        seen.append(set(learners.groups[train]) & set(learners.groups[test]))
        return np.zeros(len(test))

    watched = Learners(learners.y, learners.groups, learners.ids, {"watched": learn, "median": learn})
    predict_known_papers(watched, draws=2)
    predict_learning_curve(watched, draws=2)
    assert len(seen) > 60
    assert not any(seen)


def test_all_numbers_of_known_samples_are_scored_on_the_same_rows():
    errors = predict_known_papers(offset_papers(0.5, 0.3, papers=12, size=4), draws=3)
    rows = errors.groupby(["model", "offset", "known"])["sample_id"].apply(frozenset)
    assert rows.nunique() == 1


def test_few_papers_with_three_samples_are_told():
    with pytest.raises(NothingToLearnFrom, match="0 publications have 3 or more samples"):
        predict_known_papers(offset_papers(0.5, 0.3, papers=20, size=2))
    with pytest.raises(NothingToLearnFrom, match="too few for a learning curve"):
        predict_learning_curve(offset_papers(0.5, 0.3, papers=5))


def test_the_learning_curve_falls_where_there_is_something_to_learn_and_is_level_where_not():
    random = np.random.default_rng(0)
    groups = np.repeat(np.arange(60), 3)
    X = random.normal(0, 1, (180, 12))
    y = X @ np.linspace(0.2, 1, 12) + random.normal(0, 0.2, 180)

    def learn(train, test):
        weights = np.linalg.lstsq(np.c_[X[train], np.ones(len(train))], y[train], rcond=None)[0]
        return np.c_[X[test], np.ones(len(test))] @ weights

    learners = Learners(y, groups, np.arange(180), {"line": learn, "median": learn_median(y)})
    found = score_learning_curve(predict_learning_curve(learners, draws=3)).set_index(["model", "papers"])
    line = found.loc["line"]
    assert list(line.index) == [5, 10, 20, 30, 48]
    assert line["mae"].is_monotonic_decreasing
    assert line.loc[5, "difference_low"] > 0
    assert line.loc[48, ["difference", "difference_low", "difference_high"]].eq(0).all()
    assert found.loc["median"]["difference_low"].le(0.05).all()
    assert line.loc[48, "mae"] == pytest.approx(np.sqrt(2 / np.pi) * 0.2, rel=0.25)


def test_intervals_hold_what_they_promise_at_every_level():
    frame = simulate(0)
    rows = matrix(frame, "bulk")
    result = nested_cross_validate(rows, CANDIDATES["lasso"], BY_PUBLICATION, inner=3, jobs=1)
    found = score_calibration(calibrate(rows, result))
    assert found["level"].tolist() == list(LEVELS)
    assert found["covered"].is_monotonic_increasing
    assert (found["covered_low"] <= found["level"]).all()
    assert (found["covered_high"] >= found["level"] - 0.1).all()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("studies")
    copy_seed(place)
    return place


def test_the_protocol_known_paper_of_evaluate_is_the_study(folder, monkeypatch):
    monkeypatch.chdir(folder)
    as_study = json.loads(call("sse-db study known-paper -t bulk --seeds 1 --json").stdout)
    as_protocol = json.loads(call("sse-db evaluate -t bulk --protocol known-paper --seeds 1 --json").stdout)
    assert as_study == as_protocol
    assert {row["known"] for row in as_study["results"]} == {"0", "1", "2", OTHERS}
    again = pd.DataFrame(as_study["errors"]).groupby(["model", "offset", "known"])["error"].mean()
    for row in as_study["results"]:
        assert row["mae"] == pytest.approx(again[row["model"], row["offset"], row["known"]])


WRONG = {
    "with other protocols": ("evaluate -t bulk --protocol known-paper --protocol random", 2, "no other protocol"),
    "with a model of a file that is not there": (
        "study known-paper -t bulk --model a.py:make",
        2,
        "there is no file a.py",
    ),
    "with a model of measurements": ("study known-paper -t bulk -m all-temperatures", 2, "learns from measurements"),
    "with another model than its own": ("study all-temperatures -t bulk -m lasso", 2, "has a model of its own"),
    "with no model": ("study known-paper -t bulk --model oracle", 2, "is no model"),
    "saved": ("evaluate -t bulk --protocol known-paper --save a.json", 2, "no such file as --save"),
    "too few papers": ("study known-paper -t grain-boundary-observed", 1, "4 publications have 3 or more samples"),
    "a target without rows": ("study learning-curve -t grain-boundary", 1, "missing"),
    "no such study": ("study fortune -t bulk", 2, "fortune"),
    "saved as a table": ("evaluate -t bulk --save a.csv", 2, "a saved evaluation is a .json file"),
    "an odd file": ("study known-paper -t bulk -o a.docx", 2, ".docx"),
}


@pytest.mark.parametrize(("words", "code", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_asked_is_told(folder, monkeypatch, words, code, sentence):
    monkeypatch.chdir(folder)
    outcome = call(f"sse-db {words}")
    assert (outcome.returncode, outcome.stdout) == (code, "")
    assert sentence in outcome.stderr
