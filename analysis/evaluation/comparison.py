"""Models beside each other on the same samples: paired differences of their errors, and the choice among them.

Two intervals that overlap say little about a difference: what makes a paper hard is hard for every model, and cancels
in the difference of their errors on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations, product

import numpy as np
import pandas as pd

from analysis.evaluation.scores import bootstrap_mean, score
from analysis.evaluation.validation import NestedResult
from analysis.folds.protocols import CHOSEN
from analysis.models.candidates import BASELINES

CHOSEN_LABEL = "Chosen by inner folds"
COLUMNS = [
    "target",
    "protocol",
    "rows",
    "model",
    "than",
    "n",
    "groups",
    "seeds",
    "mae",
    "mae_difference",
    "low",
    "high",
]
ALL, MEASURED = "all", "measured"
"""Which rows a difference is over: all of them, or those alone that are neither derived nor interpolated."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean absolute error of ``model``, and this minus that of ``than`` on the same rows (decades; negative where
    ``model`` is better), with its 95 % interval over groups: publications, or larger groups of the protocol. Absolute
    errors are averaged over fold seeds first."""

    model: str
    than: str
    n: int
    groups: int
    seeds: int
    mae: float
    mae_difference: float
    low: float
    high: float


def mean_errors(results: Sequence[NestedResult]) -> np.ndarray:
    """Absolute errors (n, decades) of one model under one protocol, averaged over its fold seeds."""
    frames = [each.predictions for each in results]
    return np.mean([np.abs(frame["observed"] - frame["predicted"]) for frame in frames], axis=0)


def compare_pair(
    first: Sequence[NestedResult], second: Sequence[NestedResult], rows: np.ndarray | None = None
) -> Difference:
    """The paired difference of two models, each with the results of all its fold seeds; ``rows`` (n, boolean) takes
    some samples alone."""
    kept = np.ones(len(first[0].predictions), dtype=bool) if rows is None else rows
    errors = mean_errors(first)[kept]
    differences = errors - mean_errors(second)[kept]
    groups = first[0].groups[kept]
    low, high = bootstrap_mean(differences, groups)
    return Difference(
        first[0].model,
        second[0].model,
        len(differences),
        len(set(groups)),
        len(first),
        float(errors.mean()),
        float(differences.mean()),
        low,
        high,
    )


def choose_models(results: Sequence[NestedResult]) -> list[NestedResult]:
    """What comes of choosing the model as well: per protocol and fold seed, each outer fold is predicted by the
    candidate whose best grid point had the lowest mean squared error in the inner folds of that fold.

    Candidates without inner folds take no part; fewer than two leave nothing to choose from.
    """
    found: dict[tuple[str, int], list[NestedResult]] = {}
    for each in results:
        if each.inner_errors:
            found.setdefault((each.protocol, each.seed), []).append(each)
    return [_choose(several) for several in found.values() if len(several) > 1]


def _choose(results: Sequence[NestedResult]) -> NestedResult:
    best = np.argmin([each.inner_errors for each in results], axis=0)
    first = results[0]
    fold = first.predictions["fold"].to_numpy()
    every = np.array([each.predictions["predicted"] for each in results])
    predictions = first.predictions.assign(predicted=every[best[fold - 1], np.arange(len(fold))])
    scores = score(predictions["observed"].to_numpy(), predictions["predicted"].to_numpy(), first.groups)
    return replace(
        first,
        model=CHOSEN,
        label=CHOSEN_LABEL,
        scores=scores,
        predictions=predictions,
        chosen=[{"model": results[place].model} for place in best],
        inner_errors=[],
        estimators=[],
    )


def group_seeds(results: Sequence[NestedResult]) -> dict[tuple[str, str], list[NestedResult]]:
    """Protocol and model to the results of all fold seeds."""
    found: dict[tuple[str, str], list[NestedResult]] = {}
    for each in results:
        found.setdefault((each.protocol, each.model), []).append(each)
    return found


def compare_results(results: Sequence[NestedResult], measured: Collection[int] | None = None) -> pd.DataFrame:
    """One row per protocol and pair of a target: every model minus every baseline, and models minus each other.

    With the ids of the ``measured`` samples also over these alone; training still holds the others, since too few rows
    would be left without them.
    """
    repeated = group_seeds(results)
    chosen: dict[str, np.ndarray | None] = {ALL: None}
    if measured is not None and results:
        chosen[MEASURED] = results[0].predictions["sample_id"].isin(list(measured)).to_numpy()
    rows = []
    for (protocol, (model, than)), (name, kept) in product(_pairs(repeated), chosen.items()):
        if kept is not None and len(set(repeated[protocol, model][0].groups[kept])) < 2:
            continue
        pair = compare_pair(repeated[protocol, model], repeated[protocol, than], kept)
        rows.append({"target": results[0].target, "protocol": protocol, "rows": name, **asdict(pair)})
    return pd.DataFrame(rows, columns=COLUMNS)


def _pairs(repeated: Mapping[tuple[str, str], object]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each protocol with the pairs of models that are compared under it."""
    for protocol in dict.fromkeys(protocol for protocol, _ in repeated):
        names = [model for each, model in repeated if each == protocol]
        models = [name for name in names if name not in BASELINES]
        baselines = [name for name in names if name in BASELINES]
        yield from ((protocol, pair) for pair in [*product(models, baselines), *combinations(models, 2)])
