"""Targets divided by the grain size (the paper's Figure S1), and why that raises R²."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.interpolation import read_training
from analysis.data.targets import TARGETS, Mode, build_matrix
from analysis.evaluation.results import score_rows
from analysis.figures.base import Figure, MissingFigure
from analysis.figures.grain_size_scores import DIVISION, draw_division, draw_target_scores
from analysis.folds.protocols import RANDOM
from analysis.report import paper
from analysis.report.sections.base import Section, Study
from analysis.studies.grain_size import (
    DIRECT,
    DIVIDED,
    PAIRS,
    RECOVERED,
    SIZE_ALONE,
    Division,
    explain_division,
    share_variance,
)


def describe_grain_size(study: Study) -> Section:
    """The section on the grain-size targets, all samples with gaps kept, and those without gaps."""
    labels = {name: target.label for name, target in TARGETS.items()}
    native = _explain(study, "native")
    same = not _have_gaps(study)
    complete = [] if same else _explain(study, "complete")
    scores = pd.concat([each.scores for each in native], ignore_index=True)
    everything = pd.concat([scores, *(each.scores for each in complete)], ignore_index=True)
    shortages = [each.shortage for each in native if each.shortage]
    # what all rows are too few for, complete ones are as well: it stands once
    gaps = [
        each.shortage for each, whole in zip(complete, native, strict=False) if each.shortage and not whole.shortage
    ]
    variances = {name: _variances(study, name) for name in PAIRS}
    readings = [_read(scores, name, int(variances[name]["n"])) for name in PAIRS if name in set(scores["target"])]
    return Section(
        "grain_size",
        "Grain-size targets",
        values={
            "readings": readings, "rows": everything.to_dict("records"), "shortages": shortages, "gaps": gaps,
            "same": same, "variances": variances, "labels": labels, "pairs": PAIRS, "table_s1": paper.GRAIN_SIZE_R2,
        },
        figures=[draw_target_scores(score_rows(study.targets), labels), *_draw(scores, study.provenance.seed)],
        tables={
            "grain_size": everything,
            "grain_size_predictions": pd.concat([each.predictions for each in [*native, *complete]]),
        },
        facts={
            "grain_size": {"variances": variances, "readings": readings, "shortages": shortages + gaps},
            "grain_size_r2_of_the_paper": paper.GRAIN_SIZE_R2,
        },
    )  # fmt: skip


def _explain(study: Study, mode: Mode) -> list[Division]:
    made, done = study.provenance, [result for target in study.targets for result in target.results]
    names = ("seed", "grid", "search", "interpolate")
    settings: dict[str, Any] = {name: getattr(made, name) for name in names}
    return [explain_division(study.engine, name, mode, done=done, **settings) for name in PAIRS]


def _have_gaps(study: Study) -> bool:
    """Whether any row with a divided target lacks a descriptor."""
    for name in PAIRS.values():
        frame = read_training(study.engine, TARGETS[name], interpolate=study.provenance.interpolate)
        if len(build_matrix(frame, TARGETS[name], "complete").y) < len(build_matrix(frame, TARGETS[name]).y):
            return True
    return False


def _variances(study: Study, name: str) -> dict[str, float]:
    target = TARGETS[PAIRS[name]]
    return share_variance(read_training(study.engine, target, interpolate=study.provenance.interpolate), name)


def _draw(table: pd.DataFrame, seed: int) -> list[Figure | MissingFigure]:
    if table.empty:
        sentence = "No target has enough samples with a grain size to compare it with the same target divided by it."
        return [MissingFigure(DIVISION, "What dividing by the grain size does to R²", sentence)]
    return [draw_division(rows, seed) for _, rows in table.groupby("target", sort=False)]


def _read(table: pd.DataFrame, name: str, n: int) -> dict[str, Any]:
    """The gain of R² under random folds, split into variance of log D and better prediction."""
    chosen = table[table["target"].eq(name) & table["protocol"].eq(RANDOM)].set_index("prediction")["r2"]
    return {
        "target": name, "n": n, "direct": chosen[DIRECT],
        "divided": chosen[DIVIDED], "alone": chosen[SIZE_ALONE], "recovered": chosen[RECOVERED],
        "by_variance": chosen[DIVIDED] - chosen[RECOVERED], "by_prediction": chosen[RECOVERED] - chosen[DIRECT],
    }  # fmt: skip
