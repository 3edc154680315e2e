"""Where the models err: by structure class and by paper, beside the median on the same samples."""

from __future__ import annotations

import pandas as pd

from analysis.evaluation.error_groups import CLASS, COLUMNS, PAPER
from analysis.evaluation.results import TargetResults, error_rows, score_rows
from analysis.folds.protocols import BY_PUBLICATION
from analysis.report.sections.base import Section, Study
from analysis.report.sections.short import find_judged

FEW_PAPERS = 6
"""Below so many papers an interval says little, and the page says so."""
WORST = 8
"""Papers that the page names: those with the largest sum of errors."""


def describe_errors(study: Study) -> Section:
    """One table by structure class per target, and the papers that cost most; all papers as a file."""
    frames = [_judged(target) for target in study.targets if target.results]
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)
    labels = {each.name: each.label for each in study.targets}
    tables = [
        {
            "label": labels[str(target)],
            "classes": rows[rows["kind"].eq(CLASS)].sort_values("n", ascending=False).to_dict("records"),
            "papers": _find_worst(rows[rows["kind"].eq(PAPER)]).to_dict("records"),
        }
        for target, rows in table.groupby("target", sort=False)
    ]
    return Section(
        "errors",
        "Where the models err",
        values={"tables": tables, "few": FEW_PAPERS},
        tables={"errors": table} if len(table) else {},
        facts={"errors_by_class": table[table["kind"].eq(CLASS)].drop(columns="publication_id").to_dict("records")},
    )


def _judged(target: TargetResults) -> pd.DataFrame:
    """The rows of what In short judges, under folds by publication."""
    judged, rows = find_judged(score_rows([target])), error_rows([target])
    if judged is None:
        return rows.iloc[:0]
    return rows[rows["protocol"].eq(BY_PUBLICATION) & rows["model"].eq(judged["model"])]


def _find_worst(papers: pd.DataFrame) -> pd.DataFrame:
    cost = papers["mae"] * papers["n"]
    return papers.loc[cost.sort_values(ascending=False, kind="stable").index[:WORST]]
