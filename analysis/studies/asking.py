"""A study asked of one target: what ``db.study`` and ``sse-db study`` give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis.data.all_temperatures import read_all_temperatures, require_conductivity
from analysis.data.matrices import read_matrix
from analysis.data.targets import FeatureMatrix, require_enough
from analysis.folds.fitting import require_numbers
from analysis.models.candidates import Candidate
from analysis.models.own import find_candidates
from analysis.studies.learners import SHOWN, make_learners
from analysis.studies.questions import ALL_TEMPERATURES, QUESTIONS
from sse_db.errors import NotFound, WrongUsage


@dataclass(frozen=True)
class Answer:
    """What a study found: ``scores``, a row per model and case with 95 % intervals over publications, and ``errors``,
    the absolute error (decades) of every sample that they rest on; ``about`` says of what, and by which fold seeds."""

    study: str
    about: dict[str, Any]
    scores: pd.DataFrame
    errors: pd.DataFrame

    def as_json(self) -> dict[str, Any]:
        """Everything, as the command line writes it with ``--json``."""
        rows = {"results": self.scores.to_dict("records"), "errors": self.errors.to_dict("records")}
        return {"study": self.study, **self.about, **rows}


def find_study(name: str) -> str:
    """The study of a name, in which underscores and blanks are read as hyphens; raises NotFound."""
    found = str(name).replace("_", "-").replace(" ", "-")
    studies = [*QUESTIONS, ALL_TEMPERATURES]
    if found not in studies:
        raise NotFound(f"there is no study {name}: studies are {', '.join(studies)}", "choose one of them")
    return found


def ask_study(
    engine: sa.Engine,
    name: str,
    target: str,
    models: Any = None,
    *,
    seeds: Sequence[int],
    interpolate: bool = False,
    extra: Any = None,
) -> Answer:
    """Ask a study of a target, of models as ``find_candidates`` takes them (XGBoost unless others are named).

    Raises NotFound for unknown names, WrongUsage for a model or target that a study has no use for, NothingToLearnFrom
    for too few samples, publications or series.
    """
    study = find_study(name)
    about = {"target": target, "seed": seeds[0], "seeds": len(seeds)}
    if study == ALL_TEMPERATURES and (models is not None or extra is not None):
        raise WrongUsage(f"{study} has a model of its own, on descriptors alone", "leave other models and extra out")
    candidates = _find_candidates(models)
    matrix = read_matrix(engine, target, interpolate=interpolate, extra=extra)
    require_enough(matrix)
    if study == ALL_TEMPERATURES:
        require_conductivity(matrix.target)
        return ask_temperatures(read_all_temperatures(engine), matrix, about, seeds)
    require_numbers(matrix, candidates)
    question = QUESTIONS[study]
    errors = question.predict(make_learners(matrix, candidates), seeds)
    return Answer(study, about, question.score(errors), errors)


def ask_temperatures(rows: pd.DataFrame, matrix: FeatureMatrix, about: dict[str, Any], seeds: Sequence[int]) -> Answer:
    """Ask what measurements at all temperatures teach; raises NothingToLearnFrom for too few series."""
    from analysis.studies.temperatures import predict_temperatures, score_temperatures

    errors = predict_temperatures(rows, matrix, seeds)
    return Answer(ALL_TEMPERATURES, about, score_temperatures(errors), errors)


def _find_candidates(models: Any) -> list[Candidate]:
    found = find_candidates(SHOWN if models is None else models)
    for each in found:
        if each.of_measurements:
            raise WrongUsage(
                f"{each.name} learns from measurements, and this study is of rows at 25 °C",
                f"its own study: {ALL_TEMPERATURES}",
            )
    return found
