"""Everything a report says, computed once: scores, predictions, importances, and which data they come from."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.all_temperatures import add_measurements
from analysis.data.frames import hash_frames, read_view
from analysis.data.interpolation import read_training
from analysis.data.matrices import add_columns
from analysis.data.requirements import count_known
from analysis.data.targets import TARGETS, FeatureMatrix, build_matrix, describe_shortage, leave_ruled_out
from analysis.evaluation.bases import count_bases, find_measured
from analysis.evaluation.comparison import COLUMNS, choose_models, compare_results, group_seeds
from analysis.evaluation.error_groups import COLUMNS as ERROR_COLUMNS
from analysis.evaluation.error_groups import group_errors
from analysis.evaluation.importance import summarise_importances
from analysis.evaluation.noise_floor import NoiseFloor, measure_noise_floor
from analysis.evaluation.runs import NOTHING_OWN, EvaluationPlan, Own, Tell, Unit, plan_units, run_units
from analysis.evaluation.scores import score
from analysis.evaluation.unit_cache import PACKAGES, UnitCache, fingerprint_code
from analysis.evaluation.validation import NestedResult
from analysis.folds.protocols import INNER_FOLDS, OUTER_FOLDS
from analysis.models.candidates import CANDIDATES
from analysis.models.extended import EVERY_CANDIDATE
from sse_db.about import VERSION
from sse_db.code_hash import find_files, find_modules, hash_files
from sse_db.views import VIEWS

DRAWING = ("altair", "vl-convert-python", "jinja2")


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
    importances_by_fold: pd.DataFrame = field(default_factory=pd.DataFrame)
    noise_floor: NoiseFloor | None = None
    obstacles: list[str] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)
    measured: frozenset[int] | None = None
    names: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Structure class and reference of every sample, by its id."""


@dataclass(frozen=True)
class Provenance:
    """What a figure can be traced back to: hash of the data, versions, seed and protocol.

    ``code_sha256`` is that of the code that computes predictions, ``page_sha256`` that of all that makes its page.
    """

    data_sha256: str
    code_version: str
    code_sha256: str
    page_sha256: str
    python: str
    packages: dict[str, str]
    seed: int
    seeds: int
    comparison_seeds: int
    grid: str
    search: str
    protocols: list[str]
    outer_folds: int
    inner_folds: int
    interpolate: bool = False


WITHOUT_SAMPLES = ("chemical_descriptors",)
"""Views that are not read by sample; their columns stand in ``descriptors``."""


@cache
def fingerprint_page() -> str:
    """SHA-256 over all files of ``analysis``, the views, and the modules that writing a report reaches, hexadecimal."""
    reached = find_modules("analysis.report.write").values()
    return hash_files([*reached, *find_files("analysis", "sse_db/views")], (*PACKAGES, *DRAWING))


def describe_provenance(engine: sa.Engine, plan: EvaluationPlan) -> Provenance:
    """The provenance of results computed from a database now."""
    return Provenance(
        data_sha256=hash_frames([read_view(engine, name) for name in VIEWS if name not in WITHOUT_SAMPLES]),
        code_version=VERSION,
        code_sha256=fingerprint_code(),
        page_sha256=fingerprint_page(),
        python=platform.python_version(),
        packages={name: version(name) for name in PACKAGES},
        seed=plan.seed,
        seeds=plan.seeds,
        comparison_seeds=max(plan.seeds, plan.comparison_seeds),
        grid=plan.grid,
        search=plan.search,
        protocols=list(plan.protocols),
        outer_folds=OUTER_FOLDS,
        inner_folds=INNER_FOLDS,
        interpolate=plan.interpolate,
    )


def evaluate_targets(
    engine: sa.Engine,
    names: Sequence[str],
    plan: EvaluationPlan,
    *,
    unit_cache: UnitCache | None = None,
    jobs: int | None = None,
    tell: Tell | None = None,
    own: Own = NOTHING_OWN,
) -> list[TargetResults]:
    """Evaluate targets as planned, or say what each lacks; units found in the cache are not computed again."""
    rows = {
        name: read_training(engine, TARGETS[name], interpolate=plan.interpolate, rounding_ruled=True) for name in names
    }
    frames = {name: leave_ruled_out(each, TARGETS[name]) for name, each in rows.items()}
    matrices = {name: build_matrix(frame, TARGETS[name], plan.mode) for name, frame in frames.items()}
    matrices = {
        name: add_columns(matrix, drop_empty=own.drop_empty, extra=own.extra) for name, matrix in matrices.items()
    }
    if any(EVERY_CANDIDATE[name].of_measurements for name in plan.models if name in EVERY_CANDIDATE):
        matrices = {name: add_measurements(engine, matrix) for name, matrix in matrices.items()}
    near = read_view(engine, "room_temperature_conductivity")
    described = read_view(engine, "sample_names").set_index("sample_id")[["structure_class", "reference"]]
    found = {name: _describe_target(matrix, frames[name]) for name, matrix in matrices.items()}
    for name, target in found.items():
        target.names = described
        target.bases = count_bases(rows[name], near, TARGETS[name])
        target.measured = find_measured(frames[name], TARGETS[name])
    units: list[Unit] = []
    for name, target in found.items():
        if not target.shortage:
            planned, target.obstacles = plan_units(matrices[name], plan)
            units += planned
    wanted = {unit.target: matrices[unit.target] for unit in units}
    runs = run_units(wanted, units, unit_cache=unit_cache, jobs=jobs, tell=tell, own=own)
    for name, target in found.items():
        ours = [run for run in runs if run.unit.target == name]
        target.results = [run.result for run in ours]
        target.results += choose_models(target.results)
        by_fold = [run.importances for run in ours if not run.importances.empty]
        if by_fold:
            target.importances_by_fold = pd.concat(by_fold, ignore_index=True)
            target.importances = summarise_importances(target.importances_by_fold)
    return list(found.values())


def _describe_target(matrix: FeatureMatrix, frame: pd.DataFrame) -> TargetResults:
    target = matrix.target
    complete = build_matrix(frame, target, "complete")
    return TargetResults(
        target.name,
        target.label,
        len(matrix.y),
        matrix.publications,
        describe_shortage(matrix),
        describe_shortage(complete),
        noise_floor=measure_noise_floor(matrix),
        known=count_known(matrix),
    )


def score_rows(targets: list[TargetResults]) -> list[dict[str, Any]]:
    """One object per target, protocol and model, in the words of the interface: means over the fold seeds, with their
    spread; limits are no part of training."""
    return [_score_row(target, results) for target in targets for results in group_seeds(target.results).values()]


def difference_rows(targets: list[TargetResults]) -> pd.DataFrame:
    """The paired differences of every evaluated target (``analysis.evaluation.comparison``)."""
    frames = [compare_results(target.results, target.measured) for target in targets if target.results]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)


def error_rows(targets: list[TargetResults]) -> pd.DataFrame:
    """Errors by structure class and by paper of every evaluated target (``analysis.evaluation.error_groups``)."""
    frames = [group_errors(target.results, target.names) for target in targets if target.results]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=ERROR_COLUMNS)


def _score_row(target: TargetResults, results: list[NestedResult]) -> dict[str, Any]:
    first = results[0]
    predicted = np.array([each.predictions["predicted"] for each in results])
    scores = score(first.predictions["observed"].to_numpy(), predicted, first.groups)
    return {
        "target": first.target,
        "protocol": first.protocol,
        "limits": "left out",
        "model": first.model,
        "label": first.label,
        **asdict(scores),
        "publications": target.publications,
        "groups": len(set(first.groups)),
        "seed": first.seed,
    }


def prediction_rows(targets: list[TargetResults]) -> pd.DataFrame:
    """All predictions per row: target, protocol, model, seed of the folds, sample, its publication and the group that
    intervals resample, fold, observed, predicted (log10)."""
    columns = ["target", "protocol", "model", "seed", "sample_id", "publication_id", "group", "fold"]
    frames = [
        result.predictions.assign(
            target=result.target,
            model=result.model,
            protocol=result.protocol,
            seed=result.seed,
            group=result.groups,
        )
        for target in targets
        for result in target.results
    ]
    columns += ["observed", "predicted"]
    return pd.concat(frames)[columns] if frames else pd.DataFrame(columns=columns)


def noise_floor_rows(targets: list[TargetResults]) -> list[dict[str, Any]]:
    """One object per target with a noise floor."""
    return [{"target": each.name, **asdict(each.noise_floor)} for each in targets if each.noise_floor]


def fold_importance_rows(targets: list[TargetResults]) -> pd.DataFrame:
    """Every importance: target, seed of the folds, outer fold, kind, descriptor, value."""
    frames = [each.importances_by_fold.assign(target=each.name) for each in targets if len(each.importances_by_fold)]
    columns = ["target", "seed", "fold", "kind", "descriptor", "value"]
    return pd.concat(frames)[columns] if frames else pd.DataFrame(columns=columns)


def importance_rows(targets: list[TargetResults]) -> pd.DataFrame:
    """All importances: target, and the columns of ``summarise_importances``."""
    frames = [target.importances.assign(target=target.name) for target in targets if not target.importances.empty]
    columns = ["target", "kind", "descriptor", "label", "mean", "spread", "mean_rank", "rank_spread"]
    columns += ["top_share", "stability_rank"]
    return pd.concat(frames)[columns] if frames else pd.DataFrame(columns=columns)


CANDIDATE_NAMES = tuple(CANDIDATES)
