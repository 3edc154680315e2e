"""Everything a report says, computed once: scores, predictions, importances, and which data they come from."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis.features import TARGETS, FeatureMatrix, Mode, build_matrix, describe_shortage
from analysis.frames import hash_frames, read_view
from analysis.importance import measure_importance
from analysis.interpolation import read_training
from analysis.models import CANDIDATES, GridSize
from analysis.validation import BY_PUBLICATION, RANDOM, NestedResult, evaluate_all

PACKAGES = ("numpy", "pandas", "scikit-learn", "scipy", "xgboost")
IMPORTANCE_OF = "xgboost"
IMPORTANCE_PROTOCOL = RANDOM
"""The paper's protocol, so that its Table 2 can stand beside ours."""


@dataclass
class TargetResults:
    """One target: its size, or what it lacks, and what every candidate did."""

    name: str
    label: str
    n: int
    publications: int
    shortage: str
    complete_case: str
    results: list[NestedResult] = field(default_factory=list)
    importances: pd.DataFrame = field(default_factory=pd.DataFrame)


@dataclass(frozen=True)
class Provenance:
    """What a figure can be traced back to: hash of the data, versions, seed and protocol."""

    data_sha256: str
    code_version: str
    python: str
    packages: dict[str, str]
    seed: int
    grid: str
    outer_folds: int
    inner_folds: int
    interpolate: bool = False


def describe_provenance(engine: sa.Engine, *, seed: int, grid: GridSize, interpolate: bool = False) -> Provenance:
    """The provenance of results computed from a database now."""
    from analysis.validation import INNER_FOLDS, OUTER_FOLDS

    frames = [
        read_view(engine, name) for name in ("training_samples", "measurement_points", "reported_activation_energies")
    ]
    packages = {name: version(name) for name in PACKAGES}
    return Provenance(
        hash_frames(frames),
        version("sse-db"),
        platform.python_version(),
        packages,
        seed,
        grid,
        OUTER_FOLDS,
        INNER_FOLDS,
        interpolate,
    )


def evaluate_target(
    engine: sa.Engine,
    name: str,
    *,
    mode: Mode = "native",
    seed: int = 0,
    grid: GridSize = "small",
    interpolate: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> TargetResults:
    """Evaluate one target under random folds and folds by publication, or say what it lacks."""
    target = TARGETS[name]
    frame = read_training(engine, target, interpolate=interpolate)
    matrix = build_matrix(frame, target, mode)
    complete = describe_shortage(build_matrix(frame, target, "complete"))
    found = TargetResults(name, target.label, len(matrix.y), matrix.publications, describe_shortage(matrix), complete)
    if not found.shortage:
        found.results = evaluate_all(matrix, (RANDOM, BY_PUBLICATION), seed=seed, grid=grid, progress=progress)
        found.importances = _importances(matrix, found.results)
    return found


def _importances(matrix: FeatureMatrix, results: list[NestedResult]) -> pd.DataFrame:
    chosen = next(r for r in results if r.model == IMPORTANCE_OF and r.protocol == IMPORTANCE_PROTOCOL)
    return measure_importance(matrix, chosen)


def score_rows(targets: list[TargetResults]) -> list[dict[str, Any]]:
    """One object per target, protocol and model, in the words of the interface; limits are no part of training."""
    return [
        {
            "target": result.target,
            "protocol": result.protocol,
            "limits": "left out",
            "model": result.model,
            "label": result.label,
            **asdict(result.scores),
            "publications": target.publications,
            "seed": result.seed,
        }
        for target in targets
        for result in target.results
    ]


def prediction_rows(targets: list[TargetResults]) -> pd.DataFrame:
    """All predictions per row: target, model, protocol, sample, fold, observed, predicted (log10)."""
    frames = [
        result.predictions.assign(target=result.target, model=result.model, protocol=result.protocol)
        for target in targets
        for result in target.results
    ]
    columns = ["target", "protocol", "model", "sample_id", "publication_id", "fold", "observed", "predicted"]
    return pd.concat(frames)[columns] if frames else pd.DataFrame(columns=columns)


def importance_rows(targets: list[TargetResults]) -> pd.DataFrame:
    """All importances: target, kind, descriptor, mean, spread over outer folds, mean rank."""
    frames = [target.importances.assign(target=target.name) for target in targets if not target.importances.empty]
    columns = ["target", "kind", "descriptor", "label", "mean", "spread", "mean_rank"]
    return pd.concat(frames)[columns] if frames else pd.DataFrame(columns=columns)


CANDIDATE_NAMES = tuple(CANDIDATES)
