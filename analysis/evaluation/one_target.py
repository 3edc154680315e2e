"""One target evaluated: what ``db.evaluate`` and ``sse-db evaluate`` give."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import hash_frames
from analysis.data.matrices import read_matrix
from analysis.data.targets import FeatureMatrix, require_enough
from analysis.evaluation.results import (
    TargetResults,
    difference_rows,
    error_rows,
    evaluate_targets,
    noise_floor_rows,
    prediction_rows,
    score_rows,
)
from analysis.evaluation.runs import EvaluationPlan, Own, Tell
from analysis.folds.fitting import require_numbers
from analysis.folds.own_folds import read_folds
from analysis.folds.protocols import OWN_FOLDS, PROTOCOLS, find_protocol
from analysis.models.own import find_candidates
from sse_db.about import VERSION
from sse_db.errors import NothingToLearnFrom, WrongUsage
from sse_db.formats import replace_file


@dataclass(frozen=True)
class Evaluation:
    """Scores and predictions of models on one target, in decades (log10); frames are made when they are asked for."""

    target: str
    plan: EvaluationPlan
    data_sha256: str
    found: TargetResults

    @property
    def scores(self) -> pd.DataFrame:
        """One row per protocol and model, baselines among them: n, R², MSE, MAE with intervals over publications."""
        return pd.DataFrame(score_rows([self.found]))

    @property
    def differences(self) -> pd.DataFrame:
        """One row per protocol and pair of models: the paired difference of their MAE, with its 95 % interval."""
        return difference_rows([self.found])

    @property
    def errors(self) -> pd.DataFrame:
        """One row per protocol, model, and structure class or publication: its errors beside those of the median."""
        return error_rows([self.found])

    @property
    def predictions(self) -> pd.DataFrame:
        """One row per protocol, model, seed and sample: fold, observed and predicted log10 value."""
        return prediction_rows([self.found]).reset_index(drop=True)

    @property
    def noise_floor(self) -> pd.DataFrame:
        """The error that a perfect model of compositions would keep, in one row; none where it cannot be known."""
        return pd.DataFrame(noise_floor_rows([self.found]))

    @property
    def left_out(self) -> list[str]:
        """A sentence for each protocol that cannot be followed on these samples."""
        return list(self.found.obstacles)

    def as_json(self) -> dict[str, Any]:
        """Everything, as the command line writes it with ``--json``: results, differences, noise floor, predictions,
        and which data and settings they are of."""
        plan = {name: value for name, value in asdict(self.plan).items() if name not in ("comparison_seeds", "models")}
        return {
            "target": self.target,
            **plan,
            "data_sha256": self.data_sha256,
            "code_version": VERSION,
            "results": score_rows([self.found]),
            "differences": self.differences.to_dict("records"),
            "errors": _without_gaps(self.errors),
            "noise_floor": noise_floor_rows([self.found]),
            "left_out": self.left_out,
            "predictions": self.predictions.to_dict("records"),
        }

    def save(self, path: str | Path) -> None:
        """Write ``as_json`` to a file; raises WrongUsage where none can be."""
        save_json(self.as_json(), Path(path))


def save_json(content: dict[str, Any], path: Path) -> None:
    """Write an evaluation to a file, for ``sse-db compare``; raises WrongUsage where none can be."""
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    replace_file(path, f"{text}\n".encode())


def evaluate_models(
    engine: sa.Engine,
    models: Any,
    target: str,
    plan: EvaluationPlan,
    *,
    extra: Any = None,
    drop_empty: bool = False,
    cv: Any = None,
    jobs: int | None = None,
    tell: Tell | None = None,
) -> Evaluation:
    """Score models on one target beside the baselines, all on the same folds.

    ``models`` as ``analysis.models.own.find_candidates`` takes them; ``extra``, ``drop_empty`` as ``read_matrix``;
    ``cv`` as ``read_folds``, in place of the plan's protocols. Raises NothingToLearnFrom for too few samples, NotFound
    for unknown names, UnusableEstimator for what somebody brought.
    """
    candidates = find_candidates(models)
    matrix = read_matrix(engine, target, plan.mode, interpolate=plan.interpolate, drop_empty=drop_empty, extra=extra)
    require_enough(matrix)
    require_numbers(matrix, candidates)
    folds = None
    if cv is not None:
        folds, plan = read_folds(cv, matrix), replace(plan, protocols=(OWN_FOLDS,), seeds=1)
    plan = replace(plan, models=tuple(each.name for each in candidates))
    own = Own([each for each in candidates if each.brought], extra, folds, drop_empty)
    [found] = evaluate_targets(engine, [matrix.target.name], plan, jobs=jobs, tell=tell, own=own)
    if not found.results:
        raise NothingToLearnFrom("; ".join(found.obstacles), "import more papers, or ask for another protocol")
    return Evaluation(matrix.target.name, plan, hash_rows(matrix), found)


def hash_rows(matrix: FeatureMatrix) -> str:
    """SHA-256 over which samples and publications are predicted, and their values: equal for evaluations that can be
    compared row by row, whatever their models learn from."""
    return hash_frames([pd.concat([matrix.groups, matrix.y], axis=1).reset_index()])


def find_protocols(names: Any) -> tuple[str, ...]:
    """Protocols by their names, ``all`` for all of them, in the order in which they are shown; raises NotFound, or
    WrongUsage for none."""
    asked = list(names) if isinstance(names, list | tuple | set | frozenset) else [names]
    if not asked:
        raise WrongUsage("no protocol is named", f"protocols are {', '.join(PROTOCOLS)}")
    if "all" in asked:
        return tuple(PROTOCOLS)
    found = {find_protocol(name).name for name in asked}
    return tuple(name for name in PROTOCOLS if name in found)


def _without_gaps(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows, with None where there is no value: JSON has no NaN."""
    known = frame.astype(object).where(frame.notna(), None)
    return known.to_dict("records")  # type: ignore[return-value]  # column names are texts
