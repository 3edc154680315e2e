"""What measurements at all temperatures teach: at 25 °C beside the room-temperature model on the same held-out papers,
and at other temperatures beside interpolation of what is known of a sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.all_temperatures import OUTPUT
from analysis.data.targets import FeatureMatrix
from analysis.evaluation.scores import bootstrap_mean
from analysis.folds.protocols import BY_PUBLICATION, OUTER_FOLDS, split_folds
from analysis.models.candidates import MEDIAN
from analysis.models.two_stage import SERIES, TwoStage, find_energies, shift
from analysis.studies.learners import SHOWN, make_learners
from sse_db.errors import NothingToLearnFrom
from sse_db.temperatures import ROOM_TEMPERATURE_C

ALL_TEMPERATURES, INTERPOLATION = "all temperatures", "interpolation"
AT_25, ELSEWHERE = "25 °C", "other temperatures"
KNOWN = (0, 1, 2, 3)
"""Numbers of points of a series that are known."""
LEAST_POINTS = max(KNOWN) + 1
LEAST_PUBLICATIONS = 5
DRAWS = 5
COLUMNS = ["where", "known", "model", "sample_id", "publication_id", "error"]


def predict_temperatures(rows: pd.DataFrame, matrix: FeatureMatrix, seeds: Sequence[int] = (0,)) -> pd.DataFrame:
    """The absolute error (decades) of every sample, averaged over fold seeds, draws of known points and measurements.

    ``rows`` are all measurements, ``matrix`` the room-temperature training set of a target of the same contribution.
    Folds by publication are made once for both. Raises NothingToLearnFrom for too few series.
    """
    part = matrix.target.contribution
    series = rows[rows["contribution"].eq(part)].groupby(SERIES)["temperature_c"].nunique()
    long = series[series >= LEAST_POINTS].reset_index()
    papers = rows.drop_duplicates("sample_id").set_index("sample_id")["publication_id"]
    number = papers.loc[long["sample_id"]].nunique()
    if number < LEAST_PUBLICATIONS:
        raise NothingToLearnFrom(
            f"{number} publications have a series of {LEAST_POINTS} or more temperatures of {part.replace('_', ' ')} "
            f"conductivity, {LEAST_PUBLICATIONS} are wanted",
            "import papers with conductivities at several temperatures",
        )
    found = [row for seed in seeds for row in _predict(rows, matrix, set(long["sample_id"]), seed)]
    frame = pd.DataFrame(found, columns=["where", "known", "model", "sample_id", "error"])
    means = frame.groupby(["where", "known", "model", "sample_id"], sort=False)["error"].mean().reset_index()
    return means.assign(publication_id=papers.loc[means["sample_id"]].to_numpy())[COLUMNS]


def _predict(rows: pd.DataFrame, matrix: FeatureMatrix, long: set[int], seed: int) -> Iterator[tuple[Any, ...]]:
    learners, random = make_learners(matrix), np.random.default_rng(seed)
    papers = rows["publication_id"].to_numpy()
    for train, test in split_folds(len(rows), papers, OUTER_FOLDS, seed):
        model = TwoStage().fit(rows.iloc[train])
        held_out = matrix.groups.isin(papers[test]).to_numpy()
        yield from _predict_at_25(matrix, model, learners.learn, held_out)
        ours = rows.iloc[test]
        ours = ours[ours["contribution"].eq(matrix.target.contribution) & ours["sample_id"].isin(long)]
        usual = find_energies(rows.iloc[train]).median()
        middle = float(np.median(learners.y[~held_out]))
        for sample, series in ours.groupby("sample_id", sort=True):
            yield from _predict_series(sample, series, model, usual, middle, random)


def _predict_at_25(
    matrix: FeatureMatrix, model: TwoStage, learn: Any, held_out: np.ndarray
) -> Iterator[tuple[Any, ...]]:
    """Every model on the room-temperature rows of held-out papers."""
    train, test = np.flatnonzero(~held_out), np.flatnonzero(held_out)
    if not len(test):
        return
    asked = matrix.X.iloc[test].assign(contribution=matrix.target.contribution, temperature_c=ROOM_TEMPERATURE_C)
    y = matrix.y.to_numpy(float)[test]
    predicted = {name: learn[name](train, test) for name in (SHOWN, MEDIAN)}
    predicted[ALL_TEMPERATURES] = model.predict(asked)
    for name, values in predicted.items():
        for sample, error in zip(matrix.y.index[test], np.abs(y - values), strict=True):
            yield AT_25, 0, name, int(sample), float(error)


def _predict_series(
    sample: Any, series: pd.DataFrame, model: TwoStage, usual: float, middle: float, random: np.random.Generator
) -> Iterator[tuple[Any, ...]]:
    """Points of one series by the others: known ones are drawn; the same points are asked for whatever is known."""
    temperature, y = series["temperature_c"].to_numpy(float), series[OUTPUT].to_numpy(float)
    along = model.predict(series)
    for _ in range(DRAWS):
        order = random.permutation(len(y))
        asked = order[max(KNOWN) :]
        for known in KNOWN:
            given = order[:known]
            offset = (y[given] - along[given]).mean() if known else 0.0
            line = _interpolate(temperature, y, given, usual, middle)
            for name, values in ((ALL_TEMPERATURES, along + offset), (INTERPOLATION, line)):
                for place in asked:
                    yield ELSEWHERE, known, name, sample, float(abs(y[place] - values[place]))


def _interpolate(temperature: np.ndarray, y: np.ndarray, given: np.ndarray, usual: float, middle: float) -> np.ndarray:
    """log10 σ of all points by an Arrhenius line through the known ones; through a single one, or none (the median at
    25 °C), with the median activation energy of the training series."""
    if len(np.unique(temperature[given])) > 1:
        reciprocal = shift(temperature, np.ones(len(y)))
        bare = shift(temperature, np.zeros(len(y)))
        slope, level = np.polyfit((reciprocal - bare)[given], (y - bare)[given], 1)
        return np.asarray(level + slope * (reciprocal - bare) + bare)
    moves = shift(temperature, np.full(len(y), usual))
    return moves + ((y[given] - moves[given]).mean() if len(given) else middle)


def score_temperatures(errors: pd.DataFrame) -> pd.DataFrame:
    """One row per place, number of known points and model, each sample counting once; ``difference`` is the MAE minus
    that of the reference (the room-temperature model at 25 °C, interpolation elsewhere), paired, over publications."""
    keyed = {
        key: group.set_index("sample_id") for key, group in errors.groupby(["where", "known", "model"], sort=False)
    }
    rows = []
    for (where, known, model), group in keyed.items():
        reference = SHOWN if where == AT_25 else INTERPOLATION
        ours, groups = group["error"].to_numpy(), group["publication_id"].to_numpy()
        difference = ours - keyed[where, known, reference].loc[group.index, "error"].to_numpy()
        row = {"protocol": BY_PUBLICATION, "where": where, "known": known, "model": model, "than": reference}
        row |= {"n": len(ours), "publications": len(set(groups))}
        for name, values in (("mae", ours), ("difference", difference)):
            low, high = bootstrap_mean(values, groups)
            row |= {name: float(values.mean()), f"{name}_low": low, f"{name}_high": high}
        rows.append(row)
    return pd.DataFrame(rows)
