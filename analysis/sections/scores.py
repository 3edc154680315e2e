"""Scores of the models: Table 1 beside the paper's, all scores with their baselines."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis import paper
from analysis.results import prediction_rows, score_rows
from analysis.sections.base import Section, Study


def describe_scores(study: Study) -> Section:
    """The section with Table 1 and all scores."""
    scores = score_rows(study.targets)
    gaps = [target.complete_case for target in study.targets if target.complete_case]
    return Section(
        "scores",
        "How well conductivity is predicted",
        values={"scores": scores, "table_1": compare_with_paper(scores), "targets": study.targets, "gaps": gaps},
        tables={"scores": pd.DataFrame(scores), "predictions": prediction_rows(study.targets)},
        facts={
            "scores": scores,
            "shortages": [target.shortage for target in study.targets if target.shortage],
            "complete_case": gaps,
            "table_1_of_the_paper": paper.TABLE_1,
        },
    )


def compare_with_paper(scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Table 1: one row per model, the paper's R² and MSE beside ours under random folds."""
    rows = []
    for model, figures in paper.TABLE_1.items():
        ours = {s["target"]: s for s in scores if s["model"] == model and s["protocol"] == "random"}
        label = next((s["label"] for s in scores if s["model"] == model), model)
        rows.append({"label": label, "paper": figures, "ours": ours})
    return rows
