"""What stands on top of the report: made from the score tables, and honest where no model beats the median."""

import pytest

from analysis.evaluation.noise_floor import NoiseFloor
from analysis.evaluation.results import TargetResults
from analysis.report.sections.importance import tabulate_ranks
from analysis.report.sections.short import BEATEN, NO_MODEL, UNSURE, judge, summarise_target


def row(model, mae, protocol="by publication", half=0.1):
    return {
        "model": model,
        "label": model,
        "protocol": protocol,
        "mae": mae,
        "mae_low": mae - half,
        "mae_high": mae + half,
    }


BASELINES = [row("median", 0.7), row("nearest-neighbour", 0.8)]
FLOOR = NoiseFloor(3, 9, 0.5, 0.2, 0.8, 0.3)


def test_the_best_model_is_chosen_under_folds_by_publication_and_no_baseline_is_a_model():
    target = TargetResults("bulk", "bulk", 45, 20, "", "", noise_floor=FLOOR)
    scores = [row("xgboost", 0.3, "random"), row("xgboost", 0.66), row("lasso", 0.65), *BASELINES]
    found = summarise_target(target, scores)
    assert found["best"] is scores[2]
    assert found["models"] == 2
    assert (found["n"], found["publications"], found["floor"]) == (45, 20, FLOOR)
    assert found["baselines"]["median"] is scores[3]
    assert found["verdict"] == UNSURE
    near = [row("lasso", 0.65), row("median", 0.7), row("nearest-neighbour", 0.6)]
    assert summarise_target(target, near)["verdict"] == f"{UNSURE}; 1-NN is as good or better"


@pytest.mark.parametrize(("mae", "verdict"), [(0.4, BEATEN), (0.65, UNSURE), (0.7, NO_MODEL), (0.9, NO_MODEL)])
def test_the_verdict_follows_from_the_errors_and_their_intervals(mae, verdict):
    assert judge(row("lasso", mae), BASELINES[0]) == verdict


def test_without_folds_by_publication_nothing_is_said():
    target = TargetResults("bulk", "bulk", 45, 20, "", "")
    assert summarise_target(target, [row("lasso", 0.6, "random"), row("median", 0.7, "random")]) is None


def test_descriptors_without_any_value_come_last_in_the_ranks():
    import pandas as pd

    ranks = [
        {"kind": kind, "descriptor": name, "label": label, "mean_rank": rank, "rank_spread": 0.4}
        for kind in ("weight", "gain", "permutation", "shap")
        for name, label, rank in (("additive_present", "Additive (0/1)", 1.0), ("li_ratio", "Li ratio", 2.0))
    ]
    known = {"additive_present": 0, "li_ratio": 44}
    target = TargetResults("bulk", "bulk", 45, 20, "", "", importances=pd.DataFrame(ranks), known=known)
    assert [(each["label"], each["known"]) for each in tabulate_ranks(target)] == [
        ("Li ratio", 44),
        ("Additive (0/1)", 0),
    ]
