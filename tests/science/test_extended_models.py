"""The candidates beyond the paper's: they learn what is there, find nothing where nothing is, and cost nothing unasked."""

import numpy as np
import pandas as pd
import pytest
from support.simulated import matrix, simulate

from analysis.data.targets import TARGETS
from analysis.evaluation.runs import EvaluationPlan, plan_units, run_units
from analysis.evaluation.validation import cross_validate_baseline, nested_cross_validate
from analysis.folds.protocols import BY_PUBLICATION, RANDOM
from analysis.models import extended as extended_models
from analysis.models.candidates import CANDIDATES
from analysis.models.extended import EXTENDED, add_composition

FAST = {"inner": 2, "outer": 3, "jobs": 1}


@pytest.fixture(autouse=True)
def few_trees(monkeypatch):
    """A third of the trees: what is learned here is plain, and a forest only averages longer with more."""
    monkeypatch.setattr(extended_models, "TREES", extended_models.TREES // 3)


def test_composition_statistics_stand_beside_the_descriptors():
    data = matrix(simulate(1))
    wider = add_composition(data)
    assert wider.X[list(data.X)].equals(data.X)
    assert "cation_ionic_radius_mean" in wider.X
    assert len(wider.X) == len(data.y)
    assert not wider.X.isna().all().any()
    pd.testing.assert_series_equal(wider.y, data.y)


@pytest.mark.parametrize("name", EXTENDED)
def test_an_extended_candidate_beats_the_median_on_a_planted_relation(name):
    data = matrix(simulate(3))
    median = cross_validate_baseline(data, "median", RANDOM, outer=3)
    assert nested_cross_validate(data, EXTENDED[name], **FAST).scores.mae < 0.85 * median.scores.mae


@pytest.mark.parametrize("name", EXTENDED)
def test_an_extended_candidate_scores_at_chance_on_a_permuted_target(name):
    frame = simulate(2)
    column = TARGETS["bulk"].column
    frame[column] = np.random.default_rng(5).permutation(frame[column])
    assert nested_cross_validate(matrix(frame), EXTENDED[name], **FAST).scores.r2 < 0.15


def test_extended_candidates_run_only_when_they_are_asked_for():
    data = matrix(simulate(4))
    usual, _ = plan_units(data, EvaluationPlan())
    assert {unit.model for unit in usual} == {*CANDIDATES, "median", "nearest-neighbour"}
    asked, _ = plan_units(data, EvaluationPlan(protocols=(BY_PUBLICATION,), models=("gaussian-process",)))
    [found, *baselines] = run_units({"bulk": data}, asked, jobs=1)
    assert found.result.label == "Gaussian process"
    assert len(baselines) == 2
