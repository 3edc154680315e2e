"""In short: per target how much there is, which model scored best by publication, and whether it beats the median."""

from __future__ import annotations

from typing import Any

from analysis.evaluation.protocols import BY_PUBLICATION
from analysis.evaluation.results import TargetResults, score_rows
from analysis.evaluation.scores import rank_models
from analysis.models.candidates import BASELINES
from analysis.report.sections.base import Section, Study

NO_MODEL, UNSURE, BEATEN = (
    "no model beats the median",
    "lower than the median, but the intervals overlap",
    "beats the median",
)
AS_GOOD = "; 1-NN is as good or better"


def describe_short(study: Study) -> Section:
    """The section on top of the page, made from the score tables alone."""
    rows = [summarise_target(target, score_rows([target])) for target in study.targets if target.results]
    return Section(
        "short",
        "In short",
        values={
            "rows": [row for row in rows if row],
            "beaten": [row["label"] for row in rows if row and row["beaten"]],
            "shortages": [target.shortage for target in study.targets if target.shortage],
        },
    )


def summarise_target(target: TargetResults, scores: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The best model by publication beside both baselines and the noise floor, and the verdict in words; None where
    folds by publication were not scored."""
    ranked = rank_models(scores)
    if not ranked:
        return None
    baselines = {row["model"]: row for row in scores if row["protocol"] == BY_PUBLICATION and row["model"] in BASELINES}
    verdict = judge(ranked[0], baselines["median"])
    return {
        "label": target.label,
        "n": target.n,
        "publications": target.publications,
        "best": ranked[0],
        "models": len(ranked),
        "baselines": baselines,
        "floor": target.noise_floor,
        "verdict": verdict + AS_GOOD * (baselines["nearest-neighbour"]["mae"] <= ranked[0]["mae"]),
        "beaten": verdict == BEATEN,
    }


def judge(best: dict[str, Any], median: dict[str, Any]) -> str:
    """Whether a model has a lower MAE than the median, and whether their 95 % intervals part."""
    if best["mae"] >= median["mae"]:
        return NO_MODEL
    return BEATEN if best["mae_high"] < median["mae_low"] else UNSURE
