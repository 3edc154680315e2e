"""Paired differences by publication: they find what is there, and no more; their intervals hold what they promise."""

import numpy as np
import pandas as pd
import pytest
from support.seed_counts import PUBLICATIONS_BY_SAMPLES

from analysis.evaluation.comparison import choose_models, compare_pair
from analysis.evaluation.scores import bootstrap_mean, score
from analysis.evaluation.validation import NestedResult
from analysis.folds.protocols import BY_PUBLICATION
from analysis.report.sections.short import BEATEN, NO_MODEL, UNSURE, WORSE, judge

LIKE_THE_SEED = {name: np.repeat([*each], [*each.values()]) for name, each in PUBLICATIONS_BY_SAMPLES.items()}
"""Samples of each publication, by target."""


def result_of(model, predicted, observed, groups, *, seed=0, inner_errors=(), fold=None):
    rows = pd.DataFrame({"sample_id": np.arange(len(observed)), "publication_id": groups, "observed": observed})
    rows = rows.assign(fold=1 if fold is None else fold, predicted=predicted)
    scores = score(observed, predicted, groups)
    return NestedResult(
        "bulk", model, model, BY_PUBLICATION, seed, scores, rows, groups, inner_errors=list(inner_errors)
    )


def draw_errors(random, sizes, offset, spread_of_papers=0.3, spread=0.25):
    """Differences of two models' errors: each paper has its own, heavy-tailed, and its samples scatter around it."""
    groups = np.repeat(np.arange(len(sizes)), sizes)
    papers = random.standard_t(5, len(sizes)) * spread_of_papers
    return offset + papers[groups] + random.normal(0, spread, len(groups)), groups


@pytest.mark.parametrize("target", LIKE_THE_SEED)
def test_intervals_over_groups_like_those_of_the_seed_hold_the_truth_as_often_as_they_say(target):
    random, rounds = np.random.default_rng(5), 300
    found, plain = np.empty((rounds, 2)), np.empty((rounds, 2))
    for place in range(rounds):
        values, groups = draw_errors(random, random.permutation(LIKE_THE_SEED[target]), 0.0)
        found[place] = bootstrap_mean(values, groups)
        sums, counts = np.bincount(groups, values), np.bincount(groups)
        drawn = random.integers(0, len(counts), (500, len(counts)))
        plain[place] = np.percentile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [2.5, 97.5])
    held, held_by_plain = (np.mean((each[:, 0] <= 0) & (each[:, 1] >= 0)) for each in (found, plain))
    assert 0.92 <= held <= 0.98, "binomial room around 0.95"
    assert held_by_plain < held, "plain percentiles"


@pytest.mark.parametrize(("offset", "least", "most"), [(0.0, 0.0, 0.05), (-0.6, 0.9, 1.0)], ids=["equal", "better"])
@pytest.mark.parametrize("target", LIKE_THE_SEED)
def test_a_model_is_said_to_beat_another_seldom_where_both_err_alike_and_mostly_where_it_errs_less(
    target, offset, least, most
):
    random, verdicts = np.random.default_rng(6), []
    for _ in range(200):
        values, groups = draw_errors(random, random.permutation(LIKE_THE_SEED[target]), offset)
        low, high = bootstrap_mean(values, groups)
        verdicts.append(judge({"mae_difference": values.mean(), "low": low, "high": high}) == BEATEN)
    assert least <= np.mean(verdicts) <= most


def test_an_interval_by_sample_is_too_narrow_where_papers_err_together():
    random = np.random.default_rng(0)
    values, groups = draw_errors(random, np.full(20, 6), 0.0, spread_of_papers=0.5)
    by_paper, by_sample = bootstrap_mean(values, groups), bootstrap_mean(values, np.arange(len(values)))
    assert np.ptp(by_sample) < 0.75 * np.ptp(by_paper)


@pytest.fixture
def noisy():
    """Observed values of hard and easy papers, with their groups: errors of any model differ from paper to paper."""
    random = np.random.default_rng(2)
    groups = np.repeat(np.arange(20), 3)
    return random, random.normal(0, 1, 60) + random.normal(0, 1.5, 20)[groups], groups


def test_a_small_steady_gain_is_seen_although_the_separate_intervals_overlap(noisy):
    random, observed, groups = noisy
    worse = observed + random.choice([-1, 1], 60) * np.abs(random.normal(1, 0.6, 20))[groups]
    better = observed + (worse - observed) * 0.85
    first, second = (result_of(name, each, observed, groups) for name, each in (("lasso", better), ("median", worse)))
    assert first.scores.mae_high > second.scores.mae_low
    found = compare_pair([first], [second])
    assert judge(vars_of(found)) == BEATEN
    assert found.mae_difference == pytest.approx(first.scores.mae - second.scores.mae)
    turned = compare_pair([second], [first])
    assert judge(vars_of(turned)) == WORSE
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low), rel=0.2)


def test_errors_are_averaged_over_seeds_before_they_are_compared(noisy):
    _, observed, groups = noisy
    lucky = [result_of("lasso", observed + shift, observed, groups, seed=seed) for seed, shift in enumerate((0.1, 0.9))]
    median = [result_of("median", observed + 0.5, observed, groups, seed=seed) for seed in range(2)]
    found = compare_pair(lucky, median)
    assert (found.seeds, found.mae_difference) == (2, pytest.approx(0))


def test_the_choice_among_models_follows_the_inner_folds_alone():
    observed, groups, fold = np.array([0.0, 0.0, 0.0, 0.5]), np.array([0, 0, 1, 1]), np.array([1, 1, 2, 2])
    first = result_of("lasso", np.full(4, 1.0), observed, groups, inner_errors=(0.2, 0.9), fold=fold)
    second = result_of("xgboost", np.full(4, 2.0), observed, groups, inner_errors=(0.3, 0.1), fold=fold)
    baseline = result_of("median", np.full(4, 3.0), observed, groups, fold=fold)
    [chosen] = choose_models([first, second, baseline])
    assert chosen.predictions["predicted"].tolist() == [1.0, 1.0, 2.0, 2.0]
    assert [each["model"] for each in chosen.chosen] == ["lasso", "xgboost"]
    assert choose_models([first, baseline]) == []


def vars_of(difference):
    return {name: getattr(difference, name) for name in ("mae_difference", "low", "high")}


@pytest.mark.parametrize(
    ("mean", "low", "high", "verdict"),
    [(-0.2, -0.3, -0.1, BEATEN), (-0.1, -0.3, 0.1, UNSURE), (0.1, -0.1, 0.3, NO_MODEL), (0.2, 0.1, 0.3, WORSE)],
)
def test_the_verdict_follows_from_the_paired_difference(mean, low, high, verdict):
    assert judge({"mae_difference": mean, "low": low, "high": high}) == verdict
