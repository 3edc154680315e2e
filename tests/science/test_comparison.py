"""Paired differences by publication: they find what is there, and no more; their intervals hold what they promise."""

import numpy as np
import pandas as pd
import pytest
from support.simulated import matrix, simulate

from analysis.evaluation.comparison import choose_models, compare_pair, compare_results
from analysis.evaluation.protocols import BY_PUBLICATION, CHOSEN
from analysis.evaluation.results import TargetResults, score_rows
from analysis.evaluation.scores import bootstrap_mean, score
from analysis.evaluation.validation import NestedResult, cross_validate_baseline, nested_cross_validate
from analysis.models.candidates import CANDIDATES
from analysis.report.sections.short import BEATEN, NO_MODEL, UNSURE, WORSE, judge, summarise_target

LIKE_THE_SEED = (1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 8)
"""Samples per publication: most papers give one or two, a few give many."""


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


@pytest.mark.parametrize("papers", [10, 19, 40])
def test_intervals_by_publication_hold_the_truth_as_often_as_they_say(papers):
    random, hits, narrow = np.random.default_rng(5), 0, 0
    rounds = 300
    for _ in range(rounds):
        sizes = random.choice(LIKE_THE_SEED, papers)
        values, groups = draw_errors(random, sizes, 0.0)
        low, high = bootstrap_mean(values, groups)
        hits += low <= 0 <= high
        sums, counts = (np.bincount(groups, each) for each in (values, np.ones(len(values))))
        drawn = random.integers(0, papers, (500, papers))
        ends = np.percentile(sums[drawn].sum(1) / counts[drawn].sum(1), [2.5, 97.5])
        narrow += ends[0] <= 0 <= ends[1]
    assert 0.92 <= hits / rounds <= 0.98, "binomial room around 0.95"
    assert narrow < hits, "plain percentiles"


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


def summarise(frame, seeds=2):
    data, results = matrix(frame), []
    for seed in range(seeds):
        for name in ("lasso", "svr-linear"):
            results.append(nested_cross_validate(data, CANDIDATES[name], BY_PUBLICATION, seed=seed, inner=3, jobs=1))
        results += [
            cross_validate_baseline(data, name, BY_PUBLICATION, seed=seed) for name in ("median", "nearest-neighbour")
        ]
    results += choose_models(results)
    target = TargetResults("bulk", "bulk", len(data.y), data.publications, "", "", results=results)
    return summarise_target(target, score_rows([target]), compare_results(results))


def test_where_the_descriptors_tell_the_target_a_chosen_model_beats_both_baselines():
    found = summarise(simulate(1))
    assert found["judged"]["model"] == CHOSEN
    assert found["verdict"] == "beats the median; beats 1-NN"
    assert found["beaten"]
    assert found["beats_nearest"]


def test_where_the_target_is_chance_no_model_is_said_to_beat_the_median():
    frame = simulate(1)
    column = "log10_bulk_conductivity"
    frame[column] = np.random.default_rng(3).permutation(frame[column])
    found = summarise(frame)
    assert not found["beaten"]
    assert not found["verdict"].startswith("beats")


def vars_of(difference):
    return {name: getattr(difference, name) for name in ("mae_difference", "low", "high")}


@pytest.mark.parametrize(
    ("mean", "low", "high", "verdict"),
    [(-0.2, -0.3, -0.1, BEATEN), (-0.1, -0.3, 0.1, UNSURE), (0.1, -0.1, 0.3, NO_MODEL), (0.2, 0.1, 0.3, WORSE)],
)
def test_the_verdict_follows_from_the_paired_difference(mean, low, high, verdict):
    assert judge({"mae_difference": mean, "low": low, "high": high}) == verdict
