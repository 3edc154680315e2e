"""Which value that the database lacks would help most, by what such values are worth where they are known.

A missing descriptor: the error under folds by publication of samples that have it, when it is hidden from the model
while it predicts, minus the error when it is given. A missing conductivity: the error on a structure class when half of
the class's training papers are taken away, minus that with all, per paper. Both are simulations on what is known, and
say nothing certain of the samples that lack the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import read_view
from analysis.data.targets import FeatureMatrix
from analysis.evaluation.conformal import residuals_with_gaps
from analysis.evaluation.scores import bootstrap_mean
from analysis.folds.protocols import OUTER_FOLDS, split_folds
from analysis.models.candidates import CANDIDATES
from analysis.studies.learners import SHOWN, make_learners

DESCRIPTOR, CONDUCTIVITY = "descriptor", "conductivity"
LEAST_SAMPLES, LEAST_PAPERS = 20, 8
"""With the value, before anything is said of what it is worth."""
LEAST_CLASS_PAPERS = 6
DRAWS = 3
HOW_FOUND = (
    "gains are simulated: known values hidden, known papers taken away; an interval that holds zero shows no gain. "
    "A descriptor's gain is for the sample that gets it, a conductivity's for its class, per paper added"
)
COLUMNS = ["kind", "name", "gain", "low", "high", "n", "publications", "missing"]


def weigh_gaps(engine: sa.Engine, matrix: FeatureMatrix) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What missing values of a database are worth (``find_worth``), and the samples that lack them, by name."""
    names = read_view(engine, "sample_names").set_index("sample_id")
    without = names.loc[~names.index.isin(matrix.y.index)]
    worth = find_worth(matrix, without)
    told = names[["label", "formula", "reference"]]
    return worth, list_samples(matrix, without, worth).merge(told, left_on="sample_id", right_index=True)


def find_worth(matrix: FeatureMatrix, without: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """One row per descriptor with gaps, and per structure class: the gain (decades of MAE) with its 95 % interval over
    publications, and of how many samples the value is missing; the largest gain first.

    ``without`` (structure_class) are the samples that lack the target.
    """
    rows = [*_weigh_descriptors(matrix, seed), *_weigh_classes(matrix, without, seed)]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values("gain", ascending=False, kind="stable", ignore_index=True)


def _weigh_descriptors(matrix: FeatureMatrix, seed: int) -> Iterator[dict[str, Any]]:
    groups, known = matrix.groups.to_numpy(), matrix.X.notna()
    asked = [
        name
        for name in matrix.X
        if not known[name].all()
        and known[name].sum() >= LEAST_SAMPLES
        and matrix.groups[known[name]].nunique() >= LEAST_PAPERS
    ]
    candidate = CANDIDATES[SHOWN]
    places = {str(name): place for place, name in enumerate(matrix.X.columns)}
    hidden = {"": [], **{str(name): [places[str(name)]] for name in asked}}
    residuals = residuals_with_gaps(candidate, candidate.fixed, matrix, seed, hidden)
    for name in asked:
        kept = known[name].to_numpy()
        gains = (np.abs(residuals[str(name)]) - np.abs(residuals[""]))[kept]
        yield _describe(DESCRIPTOR, str(name), gains, groups[kept], int((~known[name]).sum()))


def _weigh_classes(matrix: FeatureMatrix, without: pd.DataFrame, seed: int) -> Iterator[dict[str, Any]]:
    learners, classes = make_learners(matrix), matrix.samples["structure_class"].fillna("unknown").to_numpy()
    lacking = without["structure_class"].fillna("unknown")
    learn, groups, y = learners.learn[SHOWN], learners.groups, learners.y
    splits = split_folds(len(y), groups, OUTER_FOLDS, seed)
    whole = np.empty(len(y))
    for train, test in splits:
        whole[test] = np.abs(y[test] - learn(train, test))
    random = np.random.default_rng(seed)
    for name in np.unique(classes[classes != "unknown"]):
        ours = classes == name
        if len(np.unique(groups[ours])) < LEAST_CLASS_PAPERS:
            continue
        gains = np.zeros(len(y))
        for train, test in splits:
            asked, papers = test[ours[test]], np.unique(groups[train][ours[train]])
            for _ in range(DRAWS if len(asked) else 0):
                left_out = random.permutation(papers)[: len(papers) // 2]
                kept = train[~(np.isin(groups[train], left_out) & ours[train])]
                worse = np.abs(y[asked] - learn(kept, asked)) - whole[asked]
                gains[asked] += worse / (max(len(left_out), 1) * DRAWS)
        yield _describe(CONDUCTIVITY, str(name), gains[ours], groups[ours], int(lacking.eq(name).sum()))


def _describe(kind: str, name: str, gains: np.ndarray, groups: np.ndarray, missing: int) -> dict[str, Any]:
    low, high = bootstrap_mean(gains, groups)
    counts = {"n": len(gains), "publications": len(set(groups)), "missing": missing}
    return {"kind": kind, "name": name, "gain": float(gains.mean()), "low": low, "high": high, **counts}


def list_samples(matrix: FeatureMatrix, without: pd.DataFrame, worth: pd.DataFrame) -> pd.DataFrame:
    """One row per sample and missing value that has a worth: sample_id, kind, name, gain, low, high; best first."""
    found = []
    for row in worth.to_dict("records"):
        if row["kind"] == DESCRIPTOR:
            ids = matrix.X.index[matrix.X[row["name"]].isna()]
        else:
            ids = without.index[without["structure_class"].eq(row["name"])]
        shown = {name: row[name] for name in ("kind", "name", "gain", "low", "high")}
        found += [{"sample_id": int(sample), **shown} for sample in ids]
    return pd.DataFrame(found, columns=["sample_id", "kind", "name", "gain", "low", "high"])
