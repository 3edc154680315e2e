"""What more papers would bring, and what one or two known samples of a paper are worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.data.matrices import read_matrix
from analysis.figures.base import Figure
from analysis.figures.learning_curves import draw_learning_curve
from analysis.report.sections.base import Section, Study
from analysis.studies.learners import label_of, make_learners
from analysis.studies.questions import QUESTIONS
from sse_db.errors import NothingToLearnFrom

MOST_SEEDS = 5
"""Fold seeds of a full report; a default one has one."""
FILES = {"learning-curve": "learning_curve", "known-paper": "known_papers"}


def describe_learning(study: Study) -> Section:
    """Both studies of every evaluated target: tables, the curves, and the error of every row as files."""
    rows: dict[str, list[pd.DataFrame]] = {name: [] for name in FILES}
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in FILES}
    missing = []
    for target, name, found in _ask(study):
        if isinstance(found, str):
            missing.append({"study": QUESTIONS[name].title, "target": target, "sentence": found})
            continue
        rows[name].append(found.assign(target=target))
        tables[name].append(QUESTIONS[name].score(found).assign(target=target))
    scores = {name: _join(frames) for name, frames in tables.items()}
    files = {FILES[name]: table for name, table in scores.items() if len(table)}
    files |= {f"{FILES[name]}_errors": _join(frames) for name, frames in rows.items() if frames}
    labels = {each.name: each.label for each in study.targets}
    return Section(
        "learning",
        "What more papers would bring",
        values={
            "curves": _shown(scores["learning-curve"]), "known": _shown(scores["known-paper"]), "labels": labels,
            "missing": missing,
        },
        figures=[_draw(str(target), labels, table) for target, table in _by_target(scores["learning-curve"])],
        tables=files,
        facts={FILES[name]: table.to_dict("records") for name, table in scores.items()},
    )  # fmt: skip


def _ask(study: Study) -> Iterator[tuple[str, str, pd.DataFrame | str]]:
    """Target, study, and the errors of every row, or one sentence on what is missing."""
    how = study.provenance
    seeds = range(how.seed, how.seed + min(how.seeds, MOST_SEEDS))
    for target in study.targets:
        if target.results:
            learners = make_learners(read_matrix(study.engine, target.name, interpolate=how.interpolate))
            for name in FILES:
                try:
                    yield target.name, name, QUESTIONS[name].predict(learners, seeds)
                except NothingToLearnFrom as error:
                    yield target.name, name, str(error)


def _join(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _shown(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return [{**row, "label": label_of(row["model"])} for row in table.to_dict("records")]


def _by_target(table: pd.DataFrame) -> Iterator[tuple[Any, pd.DataFrame]]:
    yield from table.groupby("target", sort=False) if len(table) else ()


def _draw(target: str, labels: dict[str, str], table: pd.DataFrame) -> Figure:
    named = table.assign(label=table["model"].map(label_of))
    return draw_learning_curve(named, f"learning_curve_{target.replace('-', '_')}", target=labels[target])
