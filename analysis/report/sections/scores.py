"""Scores of the models: Table 1 beside the paper's, all scores with their baselines."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.evaluation.results import difference_rows, prediction_rows, score_rows
from analysis.report import paper
from analysis.report.sections.base import Section, Study
from analysis.studies.paper_spread import compare_papers, median_spreads

COLUMNS = {
    "bulk": "bulk",
    "grain-boundary": "grain boundary",
    "grain-boundary-observed": "observed grain boundary",
}
"""Targets of Table 1; the paper has the first two, which need grain sizes, and the third needs none."""


def describe_scores(study: Study) -> Section:
    """The section with Table 1 and all scores."""
    scores, differences = score_rows(study.targets), difference_rows(study.targets)
    spread = compare_papers(study.engine)
    floors = median_spreads(spread)
    gaps = [target.complete_case for target in study.targets if target.complete_case]
    # what lacks rows at all lacks complete ones: it stands once, on top of the page
    unexplained = [target.complete_case for target in study.targets if target.complete_case and not target.shortage]
    return Section(
        "scores",
        "How well conductivity is predicted",
        values={
            "scores": scores, "columns": COLUMNS, "table_1": compare_with_paper(scores), "gaps": unexplained,
            "floors": [(part.replace("_", " "), *floor) for part, floor in floors.items()],
        },
        tables={
            "scores": pd.DataFrame(scores), "differences": differences, "predictions": prediction_rows(study.targets),
            "differences_between_papers": spread,
        },
        facts={
            "scores": scores,
            "differences": differences.to_dict("records"),
            "targets": [
                {"name": each.name, "samples": each.n, "publications": each.publications} for each in study.targets
            ],
            "shortages": [target.shortage for target in study.targets if target.shortage],
            "complete_case": gaps,
            "differences_between_papers": {
                part: {"median_spread": floor, "compositions": n} for part, (floor, n) in floors.items()
            },
            "table_1_of_the_paper": paper.TABLE_1,
        },
    )  # fmt: skip


def compare_with_paper(scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Table 1: one row per model, the paper's R² and MSE beside ours under random folds."""
    rows = []
    for model, figures in paper.TABLE_1.items():
        ours = {s["target"]: s for s in scores if s["model"] == model and s["protocol"] == "random"}
        label = next((s["label"] for s in scores if s["model"] == model), model)
        rows.append({"label": label, "paper": figures, "ours": ours})
    return rows
