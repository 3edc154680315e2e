"""Saved evaluations: compared row by row, refused with the difference named; errors by structure class and by paper."""

import json

import numpy as np
import pandas as pd
import pytest
from support.seeded import copy_seed
from support.tour import call

from analysis.evaluation.error_groups import CLASS, PAPER, group_errors
from analysis.evaluation.scores import bootstrap_mean, score
from analysis.evaluation.validation import NestedResult
from analysis.folds.protocols import BY_PUBLICATION

PAPERS = np.repeat(np.arange(12), 2)
OBSERVED = np.linspace(-8, -3, 24)


def rows_of(model="lasso", error=0.5, *, protocol=BY_PUBLICATION, seed=0, moved=0, shifted=0, fewer=0):
    """Predictions of 24 samples in 12 papers: the last ``moved`` stand in another fold, the observed values of the
    first ``shifted`` differ, and ``fewer`` samples are missing."""
    found = []
    for sample, (paper, observed) in enumerate(zip(PAPERS.tolist(), OBSERVED.tolist(), strict=True)):
        value = observed + (0.1 if sample < shifted else 0.0)
        found.append(
            {
                "protocol": protocol,
                "model": model,
                "seed": seed,
                "sample_id": sample,
                "publication_id": paper,
                "group": paper,
                "fold": paper % 5 + 1 + (sample >= 24 - moved),
                "observed": value,
                "predicted": value + error * (1 + paper / 12),
            }
        )
    return found[: 24 - fewer]


def saved(path, *parts, target="bulk"):
    content = {"target": target, "predictions": [row for part in parts for row in part]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    saved(tmp_path / "a.json", rows_of(), rows_of("median", 1.0))
    return tmp_path


def test_two_evaluations_differ_by_the_paired_mean_with_its_interval_over_publications(here):
    saved(here / "b.json", rows_of(error=0.8))
    [found] = json.loads(call("sse-db compare a.json b.json --json").stdout)["differences"]
    differences = -0.3 * (1 + PAPERS / 12)
    assert found["mae_difference"] == pytest.approx(differences.mean())
    assert (found["low"], found["high"]) == pytest.approx(bootstrap_mean(differences, PAPERS))
    assert (found["n"], found["groups"], found["seeds"]) == (24, 12, 1)
    shown = call("sse-db compare a.json b.json")
    assert "-0.4" in shown.stdout
    assert "negative: A has the smaller error" in shown.stderr


def test_models_of_other_names_are_compared_where_each_is_named_or_the_only_one(here):
    saved(here / "b.json", rows_of("forest", 0.8))
    [found] = json.loads(call("sse-db compare a.json b.json --json").stdout)["differences"]
    assert (found["model"], found["than"]) == ("lasso", "forest")
    [found] = json.loads(call("sse-db compare a.json a.json --model lasso --than median --json").stdout)["differences"]
    assert found["mae_difference"] < 0


REFUSED = {
    "another target": ({"target": "total"}, {}, "other targets: a.json is of bulk, b.json of total"),
    "another protocol": ({}, {"protocol": "random"}, "other protocols: a.json has by publication; b.json has random"),
    "another seed": ({}, {"seed": 3}, "other fold seeds: a.json has 0; b.json has 3"),
    "fewer samples": ({}, {"fewer": 2}, "other data: 2 samples in a.json alone, 0 in b.json alone"),
    "other values": ({}, {"shifted": 3}, "other data: the observed value of 3 samples differs"),
    "other folds": ({}, {"moved": 2}, "other folds: 2 samples"),
}


@pytest.mark.parametrize(("of_file", "of_rows", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_of_the_same_rows_is_refused_with_the_difference_named(here, of_file, of_rows, sentence):
    saved(here / "b.json", rows_of(**of_rows), **of_file)
    outcome = call("sse-db compare a.json b.json")
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert sentence in outcome.stderr
    assert "hint" in outcome.stderr


def test_a_protocol_that_both_hold_can_be_chosen(here):
    saved(here / "b.json", rows_of(), rows_of(protocol="random"))
    refused = call("sse-db compare a.json b.json")
    assert "--protocol by-publication compares what both hold" in refused.stderr
    assert call("sse-db compare a.json b.json --protocol by-publication").returncode == 0
    assert "a.json has no folds random" in call("sse-db compare a.json b.json --protocol random").stderr


SPOILT = {
    "no JSON": ('{"target": "bulk", "predic', "is no JSON, or was cut"),
    "a list": ("[1, 2]", "holds no evaluation"),
    "no rows": ('{"target": "bulk", "predictions": []}', "holds no predictions"),
    "rows that are numbers": ('{"target": "bulk", "predictions": [1]}', "holds no predictions"),
    "columns missing": ('{"target": "bulk", "predictions": [{"protocol": "random"}]}', "lack model, seed"),
    "a word for a number": (json.dumps({"target": "b", "predictions": [rows_of()[0] | {"predicted": "x"}]}), "'x'"),
    "no finite number": (json.dumps({"target": "b", "predictions": [rows_of()[0] | {"predicted": None}]}), "no number"),
    "a row twice": (json.dumps({"target": "b", "predictions": rows_of()[:1] * 2}), "predicted twice"),
    "bytes": ("\udcff\udcfe", "cannot be read"),
}


@pytest.mark.parametrize(("text", "sentence"), SPOILT.values(), ids=SPOILT.keys())
def test_a_file_that_is_no_evaluation_is_told_in_one_sentence(here, text, sentence):
    (here / "b.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    outcome = call("sse-db compare a.json b.json")
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert sentence in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_file_that_is_not_there_and_a_model_that_is_not_there_are_told(here):
    assert "none.json cannot be read" in call("sse-db compare a.json none.json").stderr
    outcome = call("sse-db compare a.json a.json --model stack")
    assert "a.json has no model stack: it has lasso, median" in outcome.stderr
    assert outcome.returncode == 1


def test_an_evaluation_of_the_seed_is_saved_and_compared_with_itself(tmp_path, monkeypatch):
    copy_seed(tmp_path)
    monkeypatch.chdir(tmp_path)
    words = "sse-db evaluate -t bulk --protocol leave-one-publication-out --jobs 1"
    assert call(f"{words} --save a.json").returncode == 0
    content = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert {"sample_id", "publication_id", "protocol", "seed", "observed", "predicted"} <= content["predictions"][
        0
    ].keys()
    by_class = [row for row in content["errors"] if row["kind"] == CLASS and row["model"] == "xgboost"]
    assert sum(row["n"] for row in by_class) == content["results"][0]["n"]
    [one, *_] = json.loads(call("sse-db compare a.json a.json --json").stdout)["differences"]
    assert (one["mae_difference"], one["low"], one["high"]) == (0, 0, 0)


def test_errors_by_class_and_by_paper_are_the_means_over_their_rows():
    frame = pd.DataFrame({"sample_id": np.arange(24), "publication_id": PAPERS, "observed": OBSERVED, "fold": 1})
    errors = np.where(PAPERS < 6, 0.2, -1.0)

    def result(model, off):
        rows = frame.assign(predicted=OBSERVED + off)
        return NestedResult("bulk", model, model, BY_PUBLICATION, 0, score(OBSERVED, OBSERVED + off), rows, PAPERS)

    names = pd.DataFrame({"structure_class": np.where(PAPERS < 6, "garnet", None), "reference": "A 2020"})
    found = group_errors([result("lasso", errors), result("median", np.full(24, 0.5))], names)
    by_class = found[found["kind"].eq(CLASS)].set_index("name")
    assert by_class["mae"].to_dict() == pytest.approx({"garnet": 0.2, "unknown": 1.0})
    assert by_class["mean_error"].to_dict() == pytest.approx({"garnet": 0.2, "unknown": -1.0})
    assert by_class["mae_difference"].to_dict() == pytest.approx({"garnet": -0.3, "unknown": 0.5})
    by_paper = found[found["kind"].eq(PAPER)]
    assert len(by_paper) == 12
    assert by_paper["mae_low"].isna().all(), "of one paper there is no interval"
