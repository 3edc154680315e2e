"""Score the chosen model and its peers: on the test part, and by folds that keep a DOI together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import starmap

import numpy as np
import pandas as pd
from sklearn.metrics import mean_squared_error
from threadpoolctl import threadpool_limits

from analysis.evaluation.noise_floor import compare_publications
from analysis.evaluation.scores import bootstrap_mean
from analysis.featurizers.composition import amounts_matrix
from analysis.folds.protocols import OUTER_FOLDS, Split, split_folds
from analysis.obelix.materials import Materials, build_materials
from analysis.obelix.models import LEARNERS
from analysis.obelix.reading import LIMITS, Limits, Obelix
from sse_db.about import VERSION
from sse_db.cluster import find_cluster

TEST_PART = "test part"
TRAINING_BY_DOI = "training part by DOI"
ALL_BY_DOI = "all rows by DOI"
BENCHMARK_PROTOCOLS = (TEST_PART, TRAINING_BY_DOI, ALL_BY_DOI)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BenchmarkScore:
    """One model under one protocol and rule for limits: errors in decades of σ, means over fold seeds; the interval of
    the MAE is a 95 % bootstrap interval over DOI groups, the spread its standard deviation over fold seeds."""

    protocol: str
    limits: Limits
    model: str
    label: str
    n: int
    groups: int
    mae: float
    mae_low: float
    mae_high: float
    r2: float
    mse: float
    seeds: int
    mae_spread: float | None


@dataclass(frozen=True)
class Benchmark:
    """Scores, the predictions they rest on (protocol, limits, model, seed, fold, id, group of DOIs, observed and
    predicted log10 S/cm), and remarks on rows that were hard to read; and how far the data themselves disagree."""

    scores: list[BenchmarkScore]
    predictions: pd.DataFrame
    remarks: list[str]
    noise_floors: list[dict[str, object]]

    def rows(self) -> list[dict[str, object]]:
        """One object per score, in the words of the interface."""
        return [asdict(score) for score in self.scores]

    def as_json(self) -> dict[str, object]:
        """Everything, in the shape of a saved evaluation: for ``sse-db compare`` the target is OBELiX, the number of a
        row its sample, a group of DOIs its publication, and each rule for limits has folds of its own."""
        rows = self.predictions
        named = {"sample_id": rows["place"], "publication_id": rows["group"], "protocol": name_folds(rows)}
        return {
            "target": "OBELiX",
            "code_version": VERSION,
            "results": self.rows(),
            "noise_floor": self.noise_floors,
            "predictions": rows.drop(columns="place").assign(**named).to_dict("records"),
        }


def name_folds(rows: pd.DataFrame) -> pd.Series:
    """Protocol and rule for limits as one name, such as ``test part limits bound``."""
    return rows["protocol"] + " limits " + rows["limits"]


@dataclass(frozen=True, slots=True)
class _Task:
    protocol: str
    limits: Limits
    model: str
    seed: int
    fold: int
    train: np.ndarray
    test: np.ndarray


@dataclass(frozen=True, slots=True)
class _Rows:
    """Identifier and DOI group of every row, and its log10 σ by each rule for limits."""

    ids: np.ndarray
    groups: np.ndarray
    targets: dict[Limits, np.ndarray]


def run_benchmark(
    data: Obelix,
    *,
    protocols: Sequence[str] = BENCHMARK_PROTOCOLS,
    models: Sequence[str] = tuple(LEARNERS),
    seeds: Sequence[int] = (0,),
    progress: Progress | None = None,
) -> Benchmark:
    """Fit and score every model under every protocol and both rules; every row of a protocol is predicted.

    Nothing is chosen here: models and their parameters were fixed beforehand, so that outer folds are all there is.
    """
    materials = build_materials(data)
    tasks = [task for protocol in protocols for task in _plan(data, protocol, models, seeds)]
    # what a task rests on, and no more: within sse_db.cluster.connect it travels
    rows = _Rows(data.rows["id"].to_numpy(), data.groups, {limits: data.target(limits) for limits in LIMITS})
    cluster = find_cluster()
    arguments = [(rows, materials, task) for task in tasks]
    running = cluster.run(_predict, arguments) if cluster else enumerate(starmap(_predict, arguments))
    frames: dict[int, pd.DataFrame] = {}
    for place, frame in running:
        frames[place] = frame
        if progress:
            progress(len(frames), len(tasks))
    predictions = pd.concat([frames[place] for place in range(len(tasks))], ignore_index=True)
    scores = [_score(rows) for _, rows in predictions.groupby(["protocol", "limits", "model"], sort=False)]
    return Benchmark(scores, predictions, materials.remarks, _floors(data, protocols))


def _plan(data: Obelix, protocol: str, models: Sequence[str], seeds: Sequence[int]) -> Iterator[_Task]:
    for limits in LIMITS:
        for model in models:
            folds = Counter[int]()
            for seed, (train, test) in split_rows(data, protocol, seeds):
                folds[seed] += 1
                yield _Task(protocol, limits, model, seed, folds[seed], train, test)


def split_rows(data: Obelix, protocol: str, seeds: Sequence[int]) -> Iterator[tuple[int, Split]]:
    """Seed, and positions of the rows to fit on and to predict, fold by fold."""
    places = _scored(data, protocol)
    if protocol == TEST_PART:
        yield 0, (data.places("train"), places)
        return
    for seed in seeds:
        for fitted, held_out in split_folds(len(places), data.groups[places], OUTER_FOLDS, seed):
            yield seed, (places[fitted], places[held_out])


def _floors(data: Obelix, protocols: Sequence[str]) -> list[dict[str, object]]:
    """The noise floor of the rows that each protocol scores, by each rule."""
    amounts = amounts_matrix(data.rows["formula"])
    shares = np.round(amounts / np.maximum(amounts.sum(axis=1, keepdims=True), 1e-9), 4)
    compositions = pd.Series(pd.factorize(pd.Series(map(tuple, shares)))[0])
    found = []
    for protocol in protocols:
        places = _scored(data, protocol)
        for limits in LIMITS:
            y = pd.Series(data.target(limits))
            floor = compare_publications(compositions[places], pd.Series(data.groups)[places], y[places])
            if floor:
                found.append({"protocol": protocol, "limits": limits, **asdict(floor)})
    return found


def _scored(data: Obelix, protocol: str) -> np.ndarray:
    """Positions of the rows that a protocol scores."""
    if protocol == ALL_BY_DOI:
        return np.arange(len(data.rows))
    return data.places("test" if protocol == TEST_PART else "train")


def _predict(rows: _Rows, materials: Materials, task: _Task) -> pd.DataFrame:
    y, groups = rows.targets[task.limits], pd.factorize(rows.groups[task.train])[0]
    # one thread wherever it runs: with several the last bits of a sum can differ
    with threadpool_limits(1):
        learner = LEARNERS[task.model][1](materials).fit(materials.X[task.train], y[task.train], groups)
        predicted = learner.predict(materials.X[task.test])
    return pd.DataFrame(
        {
            "protocol": task.protocol,
            "limits": task.limits,
            "model": task.model,
            "seed": task.seed,
            "fold": task.fold,
            "place": task.test,
            "id": rows.ids[task.test],
            "group": rows.groups[task.test],
            "observed": y[task.test],
            "predicted": predicted,
        }
    )


def _score(rows: pd.DataFrame) -> BenchmarkScore:
    protocol, limits, model = rows[["protocol", "limits", "model"]].iloc[0]
    errors = (rows["observed"] - rows["predicted"]).abs()
    by_seed = errors.groupby(rows["seed"]).mean()
    by_row = errors.groupby(rows["id"]).mean()
    groups = rows.drop_duplicates("id").set_index("id")["group"].loc[by_row.index].to_numpy()
    low, high = bootstrap_mean(by_row.to_numpy(), groups)
    mse = float(mean_squared_error(rows["observed"], rows["predicted"]))
    variance = float(rows.drop_duplicates("id")["observed"].var(ddof=0))
    return BenchmarkScore(
        protocol=protocol,
        limits=limits,
        model=model,
        label=LEARNERS[model][0],
        n=len(by_row),
        groups=len(set(groups)),
        mae=float(by_seed.mean()),
        mae_low=low,
        mae_high=high,
        r2=1 - mse / variance,
        mse=mse,
        seeds=len(by_seed),
        mae_spread=float(by_seed.std(ddof=1)) if len(by_seed) > 1 else None,
    )
