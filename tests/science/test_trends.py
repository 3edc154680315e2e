"""Trends of Figure 8: the p value counts publications, and what saturates is told from what rises on."""

import numpy as np
import pytest

from analysis.figures.trend_fits import fit_trend


def by_paper(random, papers=15, each=8, slope=0.0):
    """Samples of a paper share its habit and its own level, so that they are no independent evidence."""
    groups = np.repeat(np.arange(papers), each)
    x = random.normal(0, 1, papers)[groups] + random.normal(0, 0.2, len(groups))
    return x, slope * x + random.normal(0, 1, papers)[groups] + random.normal(0, 0.2, len(groups)), groups


def test_p_by_publication_is_small_as_seldom_as_it_says_where_nothing_is_there():
    random = np.random.default_rng(0)
    drawn = [by_paper(random) for _ in range(300)]
    by_publication = [fit_trend(*each).p for each in drawn]
    by_sample = [fit_trend(x, y, np.arange(len(x))).p for x, y, _ in drawn]
    assert np.mean(np.array(by_publication) < 0.05) < 0.12
    assert np.mean(np.array(by_sample) < 0.05) > 0.4


def test_a_slope_that_is_there_is_found():
    assert fit_trend(*by_paper(np.random.default_rng(1), slope=3.0)).p < 0.01


def test_a_trend_that_saturates_is_told_from_one_that_rises_on():
    random = np.random.default_rng(2)
    x, noise = random.uniform(0, 10, 200), random.normal(0, 0.3, 200)
    level, on = (fit_trend(x, y + noise, np.arange(200)) for y in (np.minimum(x, 4.0), x))
    assert level.bend == pytest.approx(4.0, abs=0.5)
    assert level.r2_bent > level.r2 + 0.05
    assert on.r2_bent < on.r2 + 0.005


def test_two_publications_give_no_p():
    assert np.isnan(fit_trend(np.arange(6.0), np.arange(6.0), np.repeat([1, 2], 3)).p)
