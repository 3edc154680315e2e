"""What stands on top of the report: made from paired differences, and honest where no model beats the median."""

import pandas as pd

from analysis.evaluation.noise_floor import NoiseFloor
from analysis.evaluation.results import TargetResults
from analysis.report.sections.importance import tabulate_ranks
from analysis.report.sections.short import summarise_target


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


def pair(model, than, mae_difference, half=0.03):
    low, high = mae_difference - half, mae_difference + half
    return {
        "protocol": "by publication",
        "rows": "all",
        "model": model,
        "than": than,
        "mae_difference": mae_difference,
    } | {
        "low": low,
        "high": high,
    }


def test_what_is_judged_is_the_choice_among_models_and_the_lowest_of_them_is_named_beside():
    target = TargetResults("bulk", "bulk", 45, 20, "", "", noise_floor=FLOOR)
    scores = [row("xgboost", 0.3, "random"), row("xgboost", 0.66), row("lasso", 0.61), *BASELINES, row("chosen", 0.64)]
    pairs = [
        pair("chosen", "median", -0.06),
        pair("chosen", "nearest-neighbour", -0.01),
        pair("lasso", "median", -0.09),
    ]
    found = summarise_target(target, scores, pd.DataFrame(pairs))
    assert found["best"] is scores[2]
    assert found["judged"] is scores[-1]
    assert found["models"] == 2
    assert (found["n"], found["publications"], found["floor"]) == (45, 20, FLOOR)
    assert found["verdict"] == "beats the median; lower than 1-NN, but the interval of the difference holds zero"
    assert (found["beaten"], found["beats_nearest"]) == (True, False)


def test_with_nothing_to_choose_from_the_lowest_model_is_judged():
    target = TargetResults("bulk", "bulk", 45, 20, "", "")
    pairs = pd.DataFrame([pair("lasso", "median", 0.2), pair("lasso", "nearest-neighbour", 0.01)])
    found = summarise_target(target, [row("lasso", 0.9), *BASELINES], pairs)
    assert found["judged"]["model"] == "lasso"
    assert found["verdict"] == "worse than the median; no better than 1-NN"


def test_without_folds_by_publication_nothing_is_said():
    target = TargetResults("bulk", "bulk", 45, 20, "", "")
    assert summarise_target(target, [row("lasso", 0.6, "random"), row("median", 0.7, "random")], pd.DataFrame()) is None


def test_descriptors_without_any_value_come_last_in_the_ranks():
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
