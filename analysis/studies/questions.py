"""The studies that a command asks by name: what each computes row by row, and how it is summarised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.studies.learners import Learners


ALL_TEMPERATURES = "all-temperatures"
"""A study of measurements, not of rows with papers alone."""


@dataclass(frozen=True)
class Question:
    """A study of learners over publications: errors of every row by fold seeds, and a table of these."""

    name: str
    title: str
    predict: Callable[[Learners, Sequence[int]], pd.DataFrame]
    score: Callable[[pd.DataFrame], pd.DataFrame]


def _predict_known_papers(learners: Learners, seeds: Sequence[int]) -> pd.DataFrame:
    from analysis.studies.known_papers import predict_known_papers

    return predict_known_papers(learners, seeds)


def _score_known_papers(errors: pd.DataFrame) -> pd.DataFrame:
    from analysis.studies.known_papers import score_known_papers

    return score_known_papers(errors)


def _predict_learning_curve(learners: Learners, seeds: Sequence[int]) -> pd.DataFrame:
    from analysis.studies.learning_curve import predict_learning_curve

    return predict_learning_curve(learners, seeds)


def _score_learning_curve(errors: pd.DataFrame) -> pd.DataFrame:
    from analysis.studies.learning_curve import score_learning_curve

    return score_learning_curve(errors)


QUESTIONS = {
    each.name: each
    for each in (
        Question(
            "known-paper",
            "papers of which no, one or two samples are known",
            _predict_known_papers,
            _score_known_papers,
        ),
        Question(
            "learning-curve", "learning from more and more papers", _predict_learning_curve, _score_learning_curve
        ),
    )
}
"""Name to study; the command line lists the names, so that libraries are imported where a study is made."""
