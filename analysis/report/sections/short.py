"""In short: per target how much there is, and whether choosing among the models beats median and 1-NN on new papers.

Every statement follows from a paired difference and its interval, not from two intervals that overlap or not.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.evaluation.comparison import ALL, compare_results
from analysis.evaluation.results import TargetResults, score_rows
from analysis.evaluation.scores import rank_models
from analysis.folds.protocols import BY_PUBLICATION, CHOSEN
from analysis.models.candidates import BASELINES, MEDIAN, NEAREST
from analysis.report.sections.base import Section, Study

BEATEN, UNSURE, NO_MODEL, WORSE = (
    "beats {}",
    "lower than {}, but the interval of the difference holds zero",
    "no better than {}",
    "worse than {}",
)


def describe_short(study: Study) -> Section:
    """The section on top of the page."""
    rows = [
        summarise_target(target, score_rows([target]), compare_results(target.results))
        for target in study.targets
        if target.results
    ]
    found = [row for row in rows if row]
    return Section(
        "short",
        "In short",
        values={
            "rows": found,
            "beaten": [row["label"] for row in found if row["beaten"]],
            "beats_nearest": [row["label"] for row in found if row["beaten"] and row["beats_nearest"]],
            "shortages": [target.shortage for target in study.targets if target.shortage],
        },
    )


def summarise_target(
    target: TargetResults, scores: list[dict[str, Any]], differences: pd.DataFrame
) -> dict[str, Any] | None:
    """What folds by publication say of a target: the procedure that chooses among the models (the model with the lowest
    MAE where there was nothing to choose from), its paired differences to both baselines, and the verdict in words.

    None where folds by publication were not scored.
    """
    judged = find_judged(scores)
    if judged is None:
        return None
    ranked = rank_models(scores)
    ours = {row["model"]: row for row in scores if row["protocol"] == BY_PUBLICATION}
    wanted = {"protocol": BY_PUBLICATION, "rows": ALL, "model": judged["model"]}
    pairs = differences[(differences[list(wanted)] == pd.Series(wanted)).all(axis="columns")]
    rows = [{str(name): value for name, value in row.items()} for row in pairs.to_dict("records")]
    against = {row["than"]: row for row in rows if row["than"] in BASELINES}
    median, nearest = (judge(against[name]) for name in (MEDIAN, NEAREST))
    return {
        "label": target.label,
        "n": target.n,
        "publications": target.publications,
        "best": ranked[0],
        "judged": judged,
        "models": len(ranked),
        "baselines": {name: ours[name] for name in BASELINES},
        "against": against,
        "floor": target.noise_floor,
        "verdict": f"{median.format('the median')}; {nearest.format('1-NN')}",
        "beaten": median == BEATEN,
        "beats_nearest": nearest == BEATEN,
    }


def find_judged(scores: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The score row under folds by publication of the choice among models, or of the model with the lowest MAE where
    there was nothing to choose from; None without such folds."""
    ranked = rank_models(scores)
    chosen = [row for row in scores if row["protocol"] == BY_PUBLICATION and row["model"] == CHOSEN]
    return next(iter([*chosen, *ranked]), None)


def judge(difference: dict[str, Any]) -> str:
    """What the paired difference of a model to a baseline says, with a place for the name of the baseline."""
    if difference["high"] < 0:
        return BEATEN
    if difference["low"] > 0:
        return WORSE
    return UNSURE if difference["mae_difference"] < 0 else NO_MODEL
