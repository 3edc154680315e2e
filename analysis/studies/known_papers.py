"""Few-shot prediction: one or two samples of a publication are known, and the others are asked for.

A model errs by a common offset on the samples of one paper: y = f(x) + u + e, u the offset of the paper (variance τ²)
and e what is left (variance σ²). Both are estimated from errors out of fold on the training papers alone; the best
linear prediction of u from k known samples is their mean error times kτ²/(kτ² + σ²), so that one sample is not taken
for the whole paper (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar

from analysis.evaluation.scores import bootstrap_mean, bootstrap_ratio
from analysis.folds.protocols import OUTER_FOLDS, split_folds
from analysis.models.candidates import MEDIAN
from analysis.studies.learners import Learners
from sse_db.errors import NothingToLearnFrom

PROTOCOL = "known paper"
KNOWN = (0, 1, 2)
"""Numbers of samples of a paper that are known."""
OTHERS = "all others"
"""All samples of the paper but the one that is asked for: what an offset can give at most."""
LEAST_SAMPLES = max(KNOWN) + 1
LEAST_PUBLICATIONS = 5
DRAWS = 20
RESIDUAL_FOLDS = 5
SHRUNK, PLAIN = "shrunk", "plain"
COLUMNS = ["model", "offset", "known", "sample_id", "publication_id", "error"]


def estimate_variances(residuals: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    """Variances between and within groups of residuals around zero, by maximum likelihood (decades²).

    Two papers whose errors are nearly alike inside have little within:

    >>> between, within = estimate_variances(np.array([1.1, 0.9, -1.1, -0.9]), np.array([0, 0, 1, 1]))
    >>> round(between, 3), round(within, 3)
    (0.99, 0.02)
    """
    codes = np.unique(groups, return_inverse=True)[1]
    sizes, sums = np.bincount(codes), np.bincount(codes, residuals)
    squares = float((residuals**2).sum())

    def find_within(ratio: float) -> float:
        return max((squares - float((ratio / (1 + sizes * ratio) * sums**2).sum())) / len(residuals), 1e-12)

    def lose(log_ratio: float) -> float:
        ratio = float(np.exp(log_ratio))
        return len(residuals) * np.log(find_within(ratio)) + float(np.log1p(sizes * ratio).sum())

    found = minimize_scalar(lose, bounds=(-12.0, 12.0), method="bounded")
    ratio = float(np.exp(found.x)) if found.fun < lose(-np.inf) else 0.0
    within = find_within(ratio)
    return ratio * within, within


def find_weight(known: int, between: float, within: float) -> float:
    """What part of the mean error of so many known samples is taken for the offset of their paper.

    >>> find_weight(1, 0.5, 0.5), find_weight(2, 0.5, 0.5), find_weight(0, 0.5, 0.5)
    (0.5, 0.6666666666666666, 0.0)
    """
    return known * between / (known * between + within) if known and between else 0.0


def predict_known_papers(learners: Learners, seeds: Sequence[int] = (0,), draws: int = DRAWS) -> pd.DataFrame:
    """The absolute error (decades) of every sample of papers with three or more, averaged over fold seeds and draws of
    the known samples: by model, offset shrunk or plain, and number of known samples.

    The outer folds hold whole papers out and are made before anything is fitted; a sample is scored in the same draws
    whatever is known, so that numbers of known samples are compared on the same rows. Raises NothingToLearnFrom for
    fewer than five such papers.
    """
    sizes = pd.Series(learners.groups).value_counts()
    large = sizes.index[sizes >= LEAST_SAMPLES]
    if len(large) < LEAST_PUBLICATIONS or learners.publications < 2 * LEAST_PUBLICATIONS:
        raise NothingToLearnFrom(
            f"{len(large)} publications have {LEAST_SAMPLES} or more samples of this target, "
            f"{LEAST_PUBLICATIONS} of {2 * LEAST_PUBLICATIONS} in all are wanted",
            "import more papers, or choose another --target",
        )
    found = [row for model in learners.learn for seed in seeds for row in _predict(learners, model, seed, draws)]
    frame = pd.DataFrame(found, columns=["model", "offset", "known", "place", "error"])
    means = frame.groupby(["model", "offset", "known", "place"], sort=False)["error"].mean().reset_index()
    means["sample_id"] = learners.ids[means["place"]]
    means["publication_id"] = learners.groups[means["place"]]
    return means[COLUMNS]


def _predict(learners: Learners, model: str, seed: int, draws: int) -> Iterator[tuple[Any, ...]]:
    y, groups, learn = learners.y, learners.groups, learners.learn[model]
    random = np.random.default_rng(seed)
    for train, test in split_folds(len(y), groups, OUTER_FOLDS, seed):
        residuals = np.empty(len(train))
        for fitted, left in split_folds(len(train), groups[train], RESIDUAL_FOLDS, seed):
            residuals[left] = y[train[left]] - learn(train[fitted], train[left])
        variances = estimate_variances(residuals, groups[train])
        errors = y[test] - learn(train, test)
        for paper in np.unique(groups[test]):
            places = np.flatnonzero(groups[test] == paper)
            if len(places) >= LEAST_SAMPLES:
                for offset, known, place, error in _draw(errors[places], variances, draws, random):
                    yield model, offset, known, int(test[places[place]]), error


def _draw(
    errors: np.ndarray, variances: tuple[float, float], draws: int, random: np.random.Generator
) -> Iterator[tuple[str, str, int, float]]:
    """Offset, number of known samples, place and absolute error of the samples of one paper that are asked for."""
    number = len(errors)
    for _ in range(draws):
        order = random.permutation(number)
        for place in order[max(KNOWN) :]:
            for known in KNOWN:
                mean = errors[order[:known]].mean() if known else 0.0
                yield SHRUNK, str(known), place, abs(errors[place] - find_weight(known, *variances) * mean)
                if known:
                    yield PLAIN, str(known), place, abs(errors[place] - mean)
            others = np.delete(errors, place).mean()
            yield SHRUNK, OTHERS, place, abs(errors[place] - find_weight(number - 1, *variances) * others)


def score_known_papers(errors: pd.DataFrame) -> pd.DataFrame:
    """One row per model, offset and number of known samples; ``errors`` as of ``predict_known_papers``.

    ``mae`` with its interval; ``difference`` this minus that of the same model with nothing known, ``removed`` the
    share of the latter that is gone, ``minus_median`` this minus that of the median with as much known; intervals over
    publications.
    """
    keyed = {
        key: group.set_index("sample_id")["error"]
        for key, group in errors.groupby(["model", "offset", "known"], sort=False)
    }
    papers = errors.drop_duplicates("sample_id").set_index("sample_id")["publication_id"]
    rows = []
    for (model, offset, known), by_row in keyed.items():
        ids, ours, groups = by_row.index, by_row.to_numpy(), papers.loc[by_row.index].to_numpy()
        nothing = keyed[model, SHRUNK, "0"].loc[ids].to_numpy()
        median = keyed[MEDIAN, offset, known].loc[ids].to_numpy()
        rows.append(
            {
                "protocol": PROTOCOL,
                "model": model,
                "offset": offset,
                "known": known,
                "n": len(ids),
                "publications": len(set(groups)),
                **_with_interval("mae", ours, groups),
                **_with_interval("difference", ours - nothing, groups),
                "removed": 1 - ours.sum() / nothing.sum(),
                **dict(zip(("removed_low", "removed_high"), _removed(ours, nothing, groups), strict=True)),
                **_with_interval("minus_median", ours - median, groups),
            }
        )
    return pd.DataFrame(rows)


def _with_interval(name: str, values: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    low, high = bootstrap_mean(values, groups)
    return {name: float(values.mean()), f"{name}_low": low, f"{name}_high": high}


def _removed(ours: np.ndarray, nothing: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    low, high = bootstrap_ratio(ours, nothing, groups)
    return 1 - high, 1 - low
