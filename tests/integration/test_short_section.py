"""What stands on top of the report: made from paired differences, and honest where no model beats the median."""

import re

import numpy as np
import pandas as pd
import pytest
from support.evaluated import evaluate_quickly, measure_again, permute_target
from support.simulated import simulate

from analysis.evaluation.noise_floor import NoiseFloor
from analysis.evaluation.results import TargetResults
from analysis.models.candidates import CANDIDATES
from analysis.report.page import make_environment
from analysis.report.sections.base import Study
from analysis.report.sections.importance import tabulate_ranks
from analysis.report.sections.short import describe_short, summarise_target


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


TOLD, CHANCE, AGAIN, LACKING = "told by descriptors", "chance", "measured again", "lacking"
"""Simulated targets of which is known what may be said: descriptors tell the values; nothing tells them; the same
materials in other papers do, better than descriptors; there are too few samples."""


@pytest.fixture(scope="module")
def simulated():
    """The targets, evaluated once."""
    frames = {TOLD: simulate(1), CHANCE: permute_target(simulate(1)), AGAIN: measure_again()}
    found = {name: evaluate_quickly(frame, name) for name, frame in frames.items()}
    shortage = "target lacking: 3 of the 20 samples wanted (17 missing)"
    return {**found, LACKING: TargetResults("bulk", LACKING, 3, 3, shortage, "")}


@pytest.fixture
def say(simulated):
    """A function that gives the text of the section on targets of these names."""

    def read(*names):
        section = describe_short(Study(None, pd.DataFrame(), pd.DataFrame(), [simulated[each] for each in names], None))
        page = make_environment().get_template("sections/short.html").render(values=section.values)
        return " ".join(re.sub(r"<[^>]+>", " ", page).split())

    return read


@pytest.mark.parametrize(
    ("sentence", "true_of", "false_of"),
    [
        (f"a model beats the median for {TOLD}; for no other target", (TOLD, CHANCE), (CHANCE,)),
        (
            f"a model beats the median for {TOLD} and {AGAIN}; for no other target",
            (TOLD, CHANCE, AGAIN),
            (TOLD, CHANCE),
        ),
        ("For no target does the model so chosen beat the median", (CHANCE,), (TOLD,)),
        (f"It beats 1-NN as well for {TOLD}.", (TOLD, AGAIN), (AGAIN,)),
        ("For none of these does it beat 1-NN as well.", (AGAIN,), (TOLD, AGAIN)),
        ("beats the median; beats 1-NN", (TOLD,), (CHANCE,)),
        ("beats the median; worse than 1-NN", (AGAIN,), (TOLD,)),
        ("No target has enough samples of enough publications to be scored by publication.", (LACKING,), (TOLD,)),
        ("3 of the 20 samples wanted (17 missing): not evaluated anywhere on this page.", (TOLD, LACKING), (TOLD,)),
    ],
)
def test_a_sentence_stands_where_it_is_true_and_nowhere_else(say, sentence, true_of, false_of):
    assert sentence in say(*true_of)
    assert sentence not in say(*false_of)


def test_by_chance_the_verdict_on_the_median_is_one_of_the_other_three(simulated, say):
    assert re.search(r"(lower than|no better than|worse than) the median", say(CHANCE))
    assert "beats the median;" not in say(CHANCE)


def test_a_noise_floor_stands_where_papers_share_compositions_and_a_dash_elsewhere(simulated, say):
    floor = simulated[AGAIN].noise_floor
    assert floor.mae == pytest.approx(0.05 * (2 / 3.1416) ** 0.5, rel=0.2)
    assert f"{floor.mae:.2f} {floor.mae_low:.2f} – {floor.mae_high:.2f} beats the median" in say(AGAIN)
    assert simulated[TOLD].noise_floor is None
    assert "– beats the median" in say(TOLD)


def test_the_lowest_of_the_models_is_named_beside_the_choice_with_its_own_error(simulated, say):
    errors = {
        CANDIDATES[name].label: np.mean([each.scores.mae for each in simulated[TOLD].results if each.model == name])
        for name in ("lasso", "svr-linear")
    }
    lowest = min(errors, key=errors.get)
    assert f"lowest of 2: {lowest}, {errors[lowest]:.2f}" in say(TOLD)
