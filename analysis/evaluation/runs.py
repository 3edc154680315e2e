"""A run is many units of work: one candidate under one protocol with one fold seed. Units are shared out to processes,
and each finished one is kept at once, so that nothing is computed twice."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, cpu_count, delayed
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from analysis.data.targets import FeatureMatrix, Mode
from analysis.evaluation.importance import measure_folds
from analysis.evaluation.scores import score
from analysis.evaluation.unit_cache import UnitCache, fingerprint
from analysis.evaluation.validation import NestedResult, Search, cross_validate_baseline, nested_cross_validate
from analysis.folds.protocols import (
    BY_PUBLICATION,
    LEAVE_ONE_PUBLICATION_OUT,
    PROTOCOLS,
    RANDOM,
    Split,
    describe_obstacle,
    distinct_seeds,
    interval_groups,
)
from analysis.models.candidates import BASELINES, CANDIDATES, Candidate, GridSize
from analysis.models.extended import EVERY_CANDIDATE, matrix_for
from sse_db.cluster import find_cluster

IMPORTANCE_OF = "xgboost"
IMPORTANCE_PROTOCOL = RANDOM
"""The paper's protocol, so that its Table 2 can stand beside ours."""

Tell = Callable[[int, int, float | None], None]
"""Units done, units in all, and the seconds that the rest will take, None until one unit of each pace is known."""


@dataclass(frozen=True, slots=True)
class EvaluationPlan:
    """What is computed: rows (also those interpolated to 25 °C if wanted), protocols, the first fold seed and how
    many, grids and how they are searched, and candidates (CANDIDATES, EXTENDED).

    ``comparison_seeds`` repeats folds by publication of targets with fewer than FEW_SAMPLES samples: there one draw of
    the folds moves a comparison by as much as the models differ.
    """

    mode: Mode = "native"
    protocols: tuple[str, ...] = (RANDOM, BY_PUBLICATION)
    seed: int = 0
    seeds: int = 1
    comparison_seeds: int = 1
    grid: GridSize = "small"
    search: Search = "exact"
    interpolate: bool = False
    models: tuple[str, ...] = tuple(CANDIDATES)


@dataclass(frozen=True)
class Own:
    """What somebody brought beside the package's: candidates, whose names the plan holds among its models; descriptors
    (a frame indexed by sample_id); and outer folds (positions), for which the plan has the protocol ``own folds``.
    ``drop_empty`` leaves descriptors without any value out."""

    candidates: Sequence[Candidate] = ()
    extra: pd.DataFrame | None = None
    folds: Sequence[Split] | None = None
    drop_empty: bool = False


NOTHING_OWN = Own()
FEW_SAMPLES = 200
DEFAULT_REPORT = EvaluationPlan(comparison_seeds=5)
FULL_EVALUATION = EvaluationPlan(protocols=tuple(PROTOCOLS), seeds=10, grid="wide")


@dataclass(frozen=True, slots=True)
class Unit:
    """One candidate or baseline on one target under one protocol, with one seed of the folds."""

    target: str
    mode: Mode
    protocol: str
    model: str
    seed: int
    grid: GridSize
    search: Search

    @property
    def name(self) -> str:
        """The settings in a form that can be the name of a file."""
        return "-".join(str(value).replace(" ", "-") for value in asdict(self).values())


@dataclass(frozen=True)
class Finished:
    """What a unit gave: its result without the fitted models, importances per outer fold (of the model whose importance
    is measured), and the seconds it took."""

    unit: Unit
    result: NestedResult
    importances: pd.DataFrame
    seconds: float


def plan_units(matrix: FeatureMatrix, plan: EvaluationPlan) -> tuple[list[Unit], list[str]]:
    """The units of a target, and a sentence for each protocol that cannot be followed on it."""
    sentences = {protocol: describe_obstacle(matrix, protocol) for protocol in plan.protocols}
    repeats = dict.fromkeys(plan.protocols, plan.seeds)
    if BY_PUBLICATION in repeats and len(matrix.y) < FEW_SAMPLES:
        repeats[BY_PUBLICATION] = max(plan.seeds, plan.comparison_seeds)
    units = [
        Unit(matrix.target.name, matrix.mode, protocol, model, seed, plan.grid, plan.search)
        for protocol in plan.protocols
        if not sentences[protocol]
        for seed in distinct_seeds(matrix, protocol, range(plan.seed, plan.seed + repeats[protocol]))
        for model in (*plan.models, *BASELINES)
    ]
    return units, [sentence for sentence in sentences.values() if sentence]


def run_units(
    matrices: dict[str, FeatureMatrix],
    units: Sequence[Unit],
    *,
    unit_cache: UnitCache | None = None,
    jobs: int | None = None,
    tell: Tell | None = None,
    own: Own = NOTHING_OWN,
) -> list[Finished]:
    """Every unit, in the order given, computed or found in the cache; ``matrices`` are those of the targets.

    ``jobs`` is the number of processes, one per core unless it is given, and of no account within
    ``sse_db.cluster.connect``; the numbers depend on neither.
    """
    cluster = find_cluster()
    jobs = cluster.count_workers() if cluster else jobs or cpu_count()
    marks = {name: fingerprint(matrix) for name, matrix in matrices.items()}
    found = {unit: _recall(unit_cache, marks[unit.target], unit, matrices[unit.target]) for unit in units}
    done = {unit: each for unit, each in found.items() if each is not None}
    waiting = _put_pilots_first([unit for unit in units if unit not in done])
    sizes = {name: len(matrix.y) for name, matrix in matrices.items()}
    for finished in _share_out([(matrices[unit.target], unit, own) for unit in waiting], jobs):
        if unit_cache:
            _keep(finished, unit_cache, marks[finished.unit.target])
        done[finished.unit] = finished
        if tell:
            left = [unit for unit in waiting if unit not in done]
            tell(len(done), len(units), _estimate(done.values(), left, sizes, jobs))
    if unit_cache:
        unit_cache.prune(set(marks.values()))
    return [done[unit] for unit in units]


def run_unit(matrix: FeatureMatrix, unit: Unit, own: Own = NOTHING_OWN) -> Finished:
    """Compute one unit."""
    start = time.perf_counter()
    # one thread wherever it runs: with several the last bits of a sum can differ
    with threadpool_limits(1), warnings.catch_warnings():
        # the weakest penalties of the wide grid can end at the Lasso's limit of steps; docs/protocols.md says so
        warnings.simplefilter("ignore", ConvergenceWarning)
        result = _cross_validate(matrix, unit, own)
    explained = unit.model == IMPORTANCE_OF and unit.protocol == IMPORTANCE_PROTOCOL
    importances = measure_folds(matrix, result) if explained else pd.DataFrame()
    return Finished(unit, replace(result, estimators=[]), importances, time.perf_counter() - start)


def _cross_validate(matrix: FeatureMatrix, unit: Unit, own: Own) -> NestedResult:
    if unit.model in BASELINES:
        return cross_validate_baseline(matrix, unit.model, unit.protocol, seed=unit.seed, folds=own.folds)
    candidate = next((each for each in own.candidates if each.name == unit.model), None) or EVERY_CANDIDATE[unit.model]
    return nested_cross_validate(
        matrix_for(candidate, matrix),
        candidate,
        unit.protocol,
        seed=unit.seed,
        grid=unit.grid,
        search=unit.search,
        jobs=1,
        folds=own.folds,
    )


def _share_out(tasks: Sequence[tuple[FeatureMatrix, Unit, Own]], jobs: int) -> Iterator[Finished]:
    """Compute units on the cluster or by processes; each as it is finished."""
    cluster = find_cluster()
    if cluster:
        yield from (finished for _, finished in cluster.run(run_unit, tasks))
        return
    yield from Parallel(n_jobs=jobs, return_as="generator_unordered")(delayed(run_unit)(*task) for task in tasks)


def _keep(finished: Finished, unit_cache: UnitCache, mark: str) -> None:
    content = {
        "unit": asdict(finished.unit),
        "label": finished.result.label,
        "predictions": finished.result.predictions.to_dict("list"),
        "chosen": finished.result.chosen,
        "inner_errors": finished.result.inner_errors,
        "importances": finished.importances.to_dict("list"),
        "seconds": finished.seconds,
    }
    unit_cache.write(f"{mark}-{finished.unit.name}", content)


def _recall(unit_cache: UnitCache | None, mark: str, unit: Unit, matrix: FeatureMatrix) -> Finished | None:
    content: dict[str, Any] | None = unit_cache.read(f"{mark}-{unit.name}") if unit_cache else None
    if content is None or content.get("unit") != asdict(unit):
        return None
    predictions = pd.DataFrame(content["predictions"])
    observed, predicted = predictions["observed"].to_numpy(), predictions["predicted"].to_numpy()
    groups = interval_groups(matrix, unit.protocol)
    result = NestedResult(
        target=unit.target,
        model=unit.model,
        label=content["label"],
        protocol=unit.protocol,
        seed=unit.seed,
        scores=score(observed, predicted, groups),
        predictions=predictions,
        groups=groups,
        chosen=content["chosen"],
        inner_errors=content["inner_errors"],
    )
    return Finished(unit, result, pd.DataFrame(content["importances"]), content["seconds"])


def _cost_group(unit: Unit) -> tuple[str, bool]:
    """The group of units with about the same cost per sample: model, and whether the inner folds choose anything."""
    return unit.model, unit.protocol == LEAVE_ONE_PUBLICATION_OUT


def _put_pilots_first(units: Sequence[Unit]) -> list[Unit]:
    """One unit of each cost group before the others, so that the remaining time can be estimated early."""
    pilots = {_cost_group(unit): unit for unit in reversed(units)}
    return [*pilots.values(), *(unit for unit in units if pilots[_cost_group(unit)] != unit)]


def _estimate(done: Iterable[Finished], left: Sequence[Unit], sizes: dict[str, int], jobs: int) -> float | None:
    """Seconds for the units left: per sample as measured, spread over the processes."""
    paces: dict[tuple[str, bool], list[float]] = {}
    for each in done:
        paces.setdefault(_cost_group(each.unit), []).append(each.seconds / sizes[each.unit.target])
    if any(_cost_group(unit) not in paces for unit in left):
        return None
    return sum(float(np.mean(paces[_cost_group(unit)])) * sizes[unit.target] for unit in left) / jobs
