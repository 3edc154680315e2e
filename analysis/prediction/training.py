"""A model fitted on all rows of a target, with everything that a user of its predictions should know."""

from __future__ import annotations

import platform
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning

from analysis.data.all_temperatures import add_measurements
from analysis.data.frames import hash_frames, read_target, read_view
from analysis.data.matrices import add_columns
from analysis.data.requirements import count_known
from analysis.data.targets import FeatureMatrix, build_matrix, find_target, require_enough
from analysis.evaluation.conformal import LEVELS, half_width, measure_coverage, residuals_with_gaps
from analysis.evaluation.scores import compare_models
from analysis.evaluation.validation import (
    NestedResult,
    choose_parameters,
    cross_validate_baseline,
    nested_cross_validate,
)
from analysis.folds.fitting import fit, predict, require_numbers, rows_for
from analysis.folds.measurements import choose_measurements
from analysis.folds.protocols import BY_PUBLICATION, RANDOM
from analysis.models.candidates import BASELINES, CANDIDATES, Candidate
from analysis.models.extended import matrix_for
from analysis.models.own import find_one_candidate
from analysis.prediction.elsewhere import describe_elsewhere
from analysis.prediction.estimator_file import require_storable
from sse_db.materials.formulas import elements_of

BASELINE = "median"
NOTHING = "nothing"
UNKNOWN_GROUPS = {
    "processing": (
        "additive_present", "additive_wt_percent", "sintering_temperature_c", "sintering_time_h", "pellet_diameter_mm",
        "method_code", "grain_size_um", "phase_code",
    ),
    "structure": (
        "li_site_occupancy", "li_neighbor_distance_angstrom", "li_coordination_number", "density_g_per_cm3",
        "cell_volume_angstrom3",
    ),
}  # fmt: skip
"""Descriptors that are known or unknown together: of how a sample was made, and of its structure. What follows from the
formula is always known."""


@dataclass(frozen=True)
class TrainedModel:
    """An estimator, its card (target, data hash, rows, protocol, scores, coverage, versions), and the rows it learnt
    from: names, descriptors, observed log10 values."""

    estimator: BaseEstimator
    card: dict[str, Any]
    rows: pd.DataFrame

    @property
    def descriptors(self) -> list[str]:
        """The descriptors among the columns of X, in order."""
        return list(self.card["descriptors"])

    @property
    def features(self) -> list[str]:
        """All columns that the model learned from, in order: the descriptors, and maybe composition statistics."""
        return list(self.card["features"])

    @property
    def extra(self) -> list[str]:
        """The columns among them that somebody brought beside the descriptors."""
        return list(self.card["extra"])

    def save(self, path: str | Path, *, force: bool = False) -> None:
        """Write the model to a file, for ``sse-db predict`` and ``db.predict``; raises WrongUsage where one is there,
        unless it may be replaced, and UnusableEstimator for an estimator that no file can hold."""
        from analysis.prediction.saved_model import save_model

        save_model(self, Path(path), force=force)


def hidden_columns(descriptors: list[str]) -> dict[str, list[int]]:
    """Every set of unknown groups to the places of its descriptors.

    >>> hidden_columns(["li_ratio", "grain_size_um", "density_g_per_cm3"])
    {'nothing': [], 'processing': [1], 'structure': [2], 'processing and structure': [1, 2]}
    """
    sets = [names for number in range(len(UNKNOWN_GROUPS) + 1) for names in combinations(UNKNOWN_GROUPS, number)]
    return {
        " and ".join(names) or NOTHING: [
            place for place, each in enumerate(descriptors) if any(each in UNKNOWN_GROUPS[name] for name in names)
        ]
        for names in sets
    }


def find_unknown_groups(missing: np.ndarray, known: pd.DataFrame) -> list[str]:
    """The name of the set of unknown groups of each row of ``missing`` (m × descriptors): a group is unknown of which
    more descriptors are missing than of half of the ``known`` samples."""
    found = []
    places = {
        name: [place for place, each in enumerate(known.columns) if each in names]
        for name, names in UNKNOWN_GROUPS.items()
    }
    usual = {name: known.iloc[:, each].isna().sum(axis=1).median() for name, each in places.items()}
    for row in missing:
        unknown = [name for name, each in places.items() if row[each].sum() > usual[name]]
        found.append(" and ".join(unknown) or NOTHING)
    return found


def train_model(
    engine: sa.Engine,
    target_name: str,
    model: Any = "xgboost",
    *,
    extra: Any = None,
    drop_empty: bool = False,
    compare: bool = False,
    seed: int = 0,
    jobs: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> TrainedModel:
    """Score a model by nested cross-validation, then fit it on all rows with parameters chosen over publications.

    ``model`` is a name, ``FILE.py:FUNCTION``, or a scikit-learn estimator; ``extra`` and ``drop_empty`` as in
    ``analysis.data.matrices``; ``compare`` scores the paper's other models by publication too. Raises
    NothingToLearnFrom for a target with too few samples or publications, and UnusableEstimator for a model in a file
    that could not be saved.
    """
    target, candidate = find_target(target_name), find_one_candidate(model)
    tell = progress or (lambda _done, _total: None)
    frame = read_target(engine, target)
    matrix = add_columns(build_matrix(frame, target), drop_empty=drop_empty, extra=extra)
    require_enough(matrix)
    require_numbers(matrix, [candidate])
    if candidate.of_measurements:
        matrix = add_measurements(engine, matrix)
    own = matrix_for(candidate, matrix)
    parameters = choose_parameters(own, candidate, BY_PUBLICATION, seed=seed, jobs=jobs)
    X, y, groups = rows_for(candidate, own), matrix.y.to_numpy(float), matrix.groups.to_numpy()
    everything = choose_measurements(own, np.arange(len(y)), BY_PUBLICATION)
    estimator = fit(candidate, parameters, X, y, groups, own.samples, everything)
    if candidate.source and isinstance(X, pd.DataFrame):  # before anything that takes long
        predict(candidate, estimator, X)
        require_storable(candidate.name, estimator, X, sys.modules[candidate.source.module])
    results = _score(matrix, candidate, seed, jobs, tell, compare=compare)
    scores = [_score_row(result) for result in results]
    by_publication = next(r for r in results if r.model == candidate.name and r.protocol == BY_PUBLICATION)
    features = [str(name) for name in (X.columns if isinstance(X, pd.DataFrame) else own.X.select_dtypes("number"))]
    gaps = residuals_with_gaps(candidate, parameters, own, seed, hidden_columns(features))
    widths = {name: {f"{level:g}": half_width(each, groups, level) for level in LEVELS} for name, each in gaps.items()}
    card = {
        "target": target.name,
        "label": target.label,
        "model": candidate.name,
        "parameters": parameters,
        "source": asdict(candidate.source) if candidate.source else None,
        "brought": candidate.brought,
        "named_columns": candidate.takes_frame,
        "descriptors": [name for name in target.descriptors if name in matrix.X],
        "extra": [str(name) for name in matrix.X if name not in target.descriptors],
        "features": features,
        "elements": sorted(frozenset().union(*map(elements_of, matrix.samples["formula"].dropna()))),
        "n": len(y),
        "publications": matrix.publications,
        "data_sha256": hash_frames([frame]),
        "seed": seed,
        "coverage_of_descriptors": count_known(matrix),
        "scores": scores,
        "comparison": compare_models(scores, candidate.name),
        "coverage": [asdict(each) for each in measure_coverage(own, candidate, by_publication)],
        "half_widths": widths[NOTHING],
        "elsewhere": describe_elsewhere(own, candidate, seed),
        "half_widths_by_unknown": {
            name: {level: max(width, widths[NOTHING][level]) for level, width in each.items()}
            for name, each in widths.items()
        },
        "python": platform.python_version(),
        "packages": installed_versions(),
    }
    return TrainedModel(estimator, _plain(card), _describe_rows(engine, matrix))


def _score(
    matrix: FeatureMatrix,
    candidate: Candidate,
    seed: int,
    jobs: int,
    tell: Callable[[int, int], None],
    *,
    compare: bool,
) -> list[NestedResult]:
    """The candidate and the baseline under both protocols; on request the paper's other candidates by publication."""
    others = [each for each in CANDIDATES.values() if compare and each.name != candidate.name]
    planned = [(candidate, RANDOM), (None, RANDOM), (candidate, BY_PUBLICATION), (None, BY_PUBLICATION)]
    planned += [(other, BY_PUBLICATION) for other in others]
    results = []
    for done, (each, protocol) in enumerate(planned):
        tell(done, len(planned) + 1)
        if each is None:
            results.append(cross_validate_baseline(matrix, BASELINE, protocol, seed=seed))
        else:
            with warnings.catch_warnings():
                if not each.brought:  # as in an evaluation: docs/protocols.md says where the package's models stop
                    warnings.simplefilter("ignore", ConvergenceWarning)
                results.append(nested_cross_validate(matrix_for(each, matrix), each, protocol, seed=seed, jobs=jobs))
    tell(len(planned), len(planned) + 1)
    return results


def installed_versions() -> dict[str, str]:
    """Versions that decide whether a saved model predicts here what it predicted where it was made."""
    return {name: version(name) for name in ("sse-db", "xgboost", "scikit-learn", "skops")}


def _score_row(result: NestedResult) -> dict[str, Any]:
    rule = {"protocol": result.protocol, "limits": "left out", "model": result.model}
    return {**rule, "baseline": result.model in BASELINES, **asdict(result.scores)}


def _plain(value: Any) -> Any:
    """The same in types that JSON knows; an infinite width is None."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _describe_rows(engine: sa.Engine, matrix: FeatureMatrix) -> pd.DataFrame:
    """One row per training sample: sample_id, publication_id, names, descriptors, observed."""
    names = read_view(engine, "sample_names").set_index("sample_id")[["label", "formula", "doi", "reference"]]
    names = names.loc[matrix.y.index]
    columns = matrix.X.drop(columns=names.columns, errors="ignore")
    return pd.concat([matrix.groups, names, columns, matrix.y.rename("observed")], axis=1).reset_index()
