"""How the values are known: stated, assumed or derived, at which temperature; and the scores of the measured alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.evaluation.comparison import MEASURED
from analysis.evaluation.results import TargetResults, difference_rows, score_rows
from analysis.folds.protocols import BY_PUBLICATION
from analysis.models.candidates import MEDIAN
from analysis.report.sections.base import Section, Study
from analysis.report.sections.short import find_judged


def describe_bases(study: Study) -> Section:
    """The section with one row per target, and the scores on measured values alone where others are among them."""
    counts = [{"target": target.name, **target.bases} for target in study.targets]
    scored = [row for target in study.targets if target.results and (row := _score_measured(target))]
    return Section(
        "bases",
        "How the values are known",
        values={"rows": counts, "scores": scored, "labels": {each.name: each.label for each in study.targets}},
        tables={"bases": pd.DataFrame(counts)},
        facts={"bases": counts},
    )


def _score_measured(target: TargetResults) -> dict[str, Any] | None:
    """The paired difference to the median, on measured values alone, of what In short judges."""
    judged = find_judged(score_rows([target]))
    if judged is None or target.measured is None:
        return None
    pairs = difference_rows([target])
    wanted = {"protocol": BY_PUBLICATION, "rows": MEASURED, "model": judged["model"], "than": MEDIAN}
    found = pairs[(pairs[list(wanted)] == pd.Series(wanted)).all(axis="columns")].to_dict("records")
    if not found:
        return None
    return {**{str(name): value for name, value in found[0].items()}, "label": judged["label"]}
