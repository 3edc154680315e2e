"""Intervals hold what they promise on papers never seen, and the measured coverage says so."""

import numpy as np
import pytest
from support.simulated import matrix, simulate

from analysis.evaluation.conformal import binomial_interval, half_width, measure_coverage
from analysis.evaluation.validation import nested_cross_validate
from analysis.folds.protocols import BY_PUBLICATION
from analysis.models.candidates import CANDIDATES


def test_with_one_sample_per_paper_the_width_is_the_usual_conformal_quantile():
    residuals = np.arange(1.0, 20.0)
    assert half_width(residuals, np.arange(19), 0.8) == 16.0  # the ceil(0.8 * 20)-th smallest of 19
    assert half_width(-residuals, np.arange(19), 0.9) == 18.0


def test_a_paper_of_many_samples_weighs_no_more_than_one_of_few():
    large = np.full(90, 5.0)
    small = np.linspace(0.1, 1, 9)
    groups = np.r_[np.zeros(90), np.arange(1, 10)]
    assert half_width(np.r_[large, small], groups, 0.8) == pytest.approx(1.0)


def test_too_few_papers_for_a_level_give_no_finite_interval():
    assert half_width(np.ones(8), np.arange(8), 0.9) == np.inf


def test_intervals_of_new_papers_cover_as_promised():
    """Papers with offsets of their own: rows of one paper err together, and only whole papers are exchangeable."""
    random = np.random.default_rng(0)
    covered = []
    for _ in range(300):
        sizes = random.integers(1, 15, 26)
        offsets = random.normal(0, 1, 26)
        groups = np.repeat(np.arange(26), sizes)
        errors = offsets[groups] + random.normal(0, 0.5, len(groups))
        known = groups < 25
        covered.append(np.mean(np.abs(errors[~known]) <= half_width(errors[known], groups[known], 0.8)))
    assert 0.78 <= np.mean(covered) <= 0.87


def test_the_measured_coverage_holds_the_nominal_one_on_simulated_papers():
    data = matrix(simulate(3, paper_offset=0.3))
    candidate = CANDIDATES["svr-rbf"]
    result = nested_cross_validate(data, candidate, BY_PUBLICATION, jobs=1)
    for coverage in measure_coverage(data, candidate, result):
        assert coverage.low <= coverage.level <= coverage.high
        assert (coverage.publications, coverage.n) == (19, 96)


def test_the_binomial_interval_is_that_of_clopper_and_pearson():
    from scipy.stats import binomtest

    exact = binomtest(17, 20).proportion_ci(0.95, method="exact")
    assert binomial_interval(17, 20) == pytest.approx((exact.low, exact.high))
    assert binomial_interval(20, 20)[1] == 1.0
    assert binomial_interval(0, 20)[0] == 0.0
