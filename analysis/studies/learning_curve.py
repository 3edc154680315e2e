"""The learning curve over publications: what a model would gain from more papers.

Outer folds by publication hold whole papers out; of the others so many, drawn at random and nested, are learnt from.
Every size predicts the same rows, so that sizes are compared pair by pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from analysis.evaluation.scores import bootstrap_mean
from analysis.folds.protocols import BY_PUBLICATION, OUTER_FOLDS, split_folds
from analysis.models.candidates import MEDIAN
from analysis.studies.learners import Learners
from sse_db.errors import NothingToLearnFrom

STEPS = (5, 10, 20, 30, 40, 50, 75, 100, 150, 200, 300, 400)
"""Numbers of publications that are learnt from, as far as there are so many; the last is all of a training fold."""
DRAWS = 5
COLUMNS = ["model", "papers", "sample_id", "publication_id", "samples", "error"]


def find_steps(available: int) -> list[int]:
    """The numbers of publications that are learnt from: steps of at most four fifths of those available, and these.

    >>> find_steps(24), find_steps(11)
    ([5, 10, 24], [5, 11])
    """
    return [*(step for step in STEPS if step <= 0.8 * available), available]


def predict_learning_curve(learners: Learners, seeds: Sequence[int] = (0,), draws: int = DRAWS) -> pd.DataFrame:
    """The absolute error (decades) of every sample by model and number of publications that were learnt from, averaged
    over fold seeds and draws, with the mean number of ``samples`` in these publications.

    Raises NothingToLearnFrom for too few publications to draw some of them.
    """
    splits = {seed: split_folds(len(learners.y), learners.groups, OUTER_FOLDS, seed) for seed in seeds}
    least = min(len(np.unique(learners.groups[train])) for each in splits.values() for train, _ in each)
    steps = find_steps(least)
    if len(steps) < 2:
        raise NothingToLearnFrom(
            f"{learners.publications} publications are too few for a learning curve: {STEPS[0] + 2} are wanted besides "
            "those held out",
            "import more papers, or choose another --target",
        )
    found = [
        (model, papers, samples, place, error)
        for seed, folds in splits.items()
        for train, test in folds
        for papers, drawn in _draw(learners.groups, train, steps, draws, seed)
        for model, samples, places, errors in _predict(learners, drawn, test)
        for place, error in zip(places, errors, strict=True)
    ]
    frame = pd.DataFrame(found, columns=["model", "papers", "samples", "place", "error"])
    means = frame.groupby(["model", "papers", "place"], sort=True)[["samples", "error"]].mean().reset_index()
    means["sample_id"] = learners.ids[means["place"]]
    means["publication_id"] = learners.groups[means["place"]]
    return means[COLUMNS]


def _draw(
    groups: np.ndarray, train: np.ndarray, steps: Sequence[int], draws: int, seed: int
) -> Iterator[tuple[int, np.ndarray]]:
    """Number of publications and positions of their rows; the last number takes all, once."""
    random, papers = np.random.default_rng(seed), np.unique(groups[train])
    for _ in range(draws):
        order = random.permutation(papers)
        for step in steps[:-1]:
            yield step, train[np.isin(groups[train], order[:step])]
    yield steps[-1], train


def _predict(
    learners: Learners, drawn: np.ndarray, test: np.ndarray
) -> Iterator[tuple[str, int, np.ndarray, np.ndarray]]:
    for model, learn in learners.learn.items():
        yield model, len(drawn), test, np.abs(learners.y[test] - learn(drawn, test))


def score_learning_curve(errors: pd.DataFrame) -> pd.DataFrame:
    """One row per model and number of publications; ``errors`` as of ``predict_learning_curve``.

    ``difference`` is the MAE minus that of the same model with all publications of a training fold (positive where
    more papers helped), ``minus_median`` minus that of the median with as many; paired, intervals over publications.
    """
    keyed = {key: group.set_index("sample_id") for key, group in errors.groupby(["model", "papers"], sort=True)}
    largest = int(errors["papers"].max())
    rows = []
    for (model, papers), group in keyed.items():
        ids, groups, ours = group.index, group["publication_id"].to_numpy(), group["error"].to_numpy()
        compared = {
            "mae": ours,
            "difference": ours - keyed[model, largest].loc[ids, "error"].to_numpy(),
            "minus_median": ours - keyed[MEDIAN, papers].loc[ids, "error"].to_numpy(),
        }
        row = {
            "protocol": BY_PUBLICATION,
            "model": model,
            "papers": papers,
            "samples": float(group["samples"].mean()),
            "n": len(ids),
            "publications": len(set(groups)),
        }
        for name, values in compared.items():
            low, high = bootstrap_mean(values, groups)
            row |= {name: float(values.mean()), f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    return pd.DataFrame(rows)
