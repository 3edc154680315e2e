"""The model of all temperatures is scored, trained, saved and asked at a temperature like any other candidate."""

import json

import numpy as np
import pandas as pd
import pytest
from support.recomputed import altered_cell, read_scripts
from support.simulated import simulate
from support.simulated_database import write_simulated
from support.tour import call

import sse_db
from analysis.data.all_temperatures import CONTRIBUTIONS, add_measurements, read_all_temperatures
from analysis.data.matrices import read_matrix
from analysis.evaluation.results import describe_provenance, evaluate_targets
from analysis.evaluation.runs import EvaluationPlan
from analysis.folds.measurements import choose_measurements
from analysis.folds.protocols import OUTER_FOLDS, PROTOCOLS, groups_of, split_outer
from analysis.models.two_stage import shift
from analysis.report.page import render_page
from analysis.report.sections.all_temperatures import describe_all_temperatures
from analysis.report.sections.base import read_study
from sse_db.errors import UnusableEstimator, WrongUsage

pytestmark = pytest.mark.one_system("learns from views, which answer the same on both: test_same_answers.py")
MODEL = "all-temperatures"
FORMULAS = pd.DataFrame({"Formula": ["Li7La3Zr2O12", "Li1.3Al0.3Ti1.7(PO4)3"]})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("temperatures")
    write_simulated(place, simulate(0, missing=0.1), points=768)
    return place


@pytest.fixture
def db(folder, monkeypatch):
    monkeypatch.delenv("SSE_DB_URL", raising=False)
    monkeypatch.chdir(folder)
    with sse_db.open("sse.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def trained(folder):
    with sse_db.open(folder / "sse.db") as opened:
        model = opened.train(MODEL, "bulk")
        model.save(folder / "hot.model")
        return model


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_no_measurement_of_what_a_fold_holds_out_is_learnt_from(db, protocol):
    matrix = add_measurements(db._engine, read_matrix(db._engine, "bulk"))
    hot_only = matrix.samples.index[::7]  # as if these had never been measured near room temperature
    kept = ~matrix.samples.index.isin(hot_only)
    thinned = type(matrix)(
        matrix.target, "native", matrix.X[kept], matrix.y[kept], matrix.groups[kept], matrix.samples[kept],
        matrix.measurements,
    )  # fmt: skip
    for train, test in split_outer(int(kept.sum()), groups_of(thinned, protocol), protocol, OUTER_FOLDS, 0):
        learnt = choose_measurements(thinned, train, protocol)
        ids = set(learnt.rows["sample_id"])
        held_out, seen = thinned.samples.iloc[test], set(thinned.samples.index[train])
        assert not ids & set(held_out.index)
        assert seen <= ids
        for column in PROTOCOLS[protocol].together:
            others = learnt.rows[~learnt.rows["sample_id"].isin(seen)]
            assert not set(others[column]) & set(held_out[column])
    assert set(read_all_temperatures(db._engine)["contribution"]) <= set(CONTRIBUTIONS)


def test_it_is_scored_on_the_rows_and_folds_of_the_others(db):
    words = f"sse-db evaluate -t bulk -m {MODEL} -m lasso --protocol by-publication --jobs 1 --json"
    outcome = call(words)
    assert outcome.returncode == 0, outcome.stderr
    found = json.loads(outcome.stdout)
    rows = pd.DataFrame(found["predictions"]).pivot(index="sample_id", columns="model", values="fold")
    assert rows.notna().all().all()
    assert rows.nunique(axis=1).eq(1).all()
    scores = {row["model"]: row["mae"] for row in found["results"]}
    assert scores[MODEL] < scores["median"]
    assert (MODEL, "lasso") in {(row["model"], row["than"]) for row in found["differences"]}


def test_a_saved_model_follows_arrhenius_from_25_degrees_to_others(db, trained):
    values = {t: db.predict(FORMULAS, "hot.model", temperature_c=t) for t in (25.0, 60.0, 100.0)}
    pd.testing.assert_frame_equal(values[25.0], db.predict(FORMULAS, trained))
    rise = [values[t]["predicted_log10"] - values[25.0]["predicted_log10"] for t in (60.0, 100.0)]
    energies = [
        (each - shift([t], [0.0])) / (shift([t], [1.0]) - shift([t], [0.0]))
        for each, t in zip(rise, (60.0, 100.0), strict=True)
    ]
    np.testing.assert_allclose(energies[0], energies[1], atol=1e-6)
    assert ((energies[0] > 0.2) & (energies[0] < 0.4)).all(), "planted are 0.30 ± 0.03 eV"
    width = {t: values[t]["high_80_percent"] - values[t]["low_80_percent"] for t in values}
    assert (width[60.0] >= width[25.0]).all()
    assert "500 °C is outside of 25 … 100 °C" in db.predict(FORMULAS, trained, temperature_c=500)["warnings"][0]


def test_the_command_line_predicts_what_python_does_in_any_unit(db, trained):
    expected = db.predict(FORMULAS.iloc[[0]], trained, temperature_c=60.0)["predicted_log10"].item()
    for text in ("60", "'60 °C'", "'333.15 K'"):
        outcome = call(f"sse-db predict hot.model --formula Li7La3Zr2O12 --temperature {text} --json")
        assert outcome.returncode == 0, outcome.stderr
        [found] = json.loads(outcome.stdout)["predictions"]
        assert found["value"] == pytest.approx(expected)
        assert found["temperature_c"] == pytest.approx(60)
    shown = call("sse-db predict hot.model --formula Li7La3Zr2O12 --temperature 60")
    assert "at 60 °C" in shown.stdout


WRONG = {
    "no temperature": ("predict hot.model --formula LiI --temperature warm", 2, "--temperature warm"),
    "below absolute zero": ("predict hot.model --formula LiI --temperature=-300", 2, "no temperature of a measurement"),
    "a limit": ("predict hot.model --formula LiI --temperature '<60'", 2, "is a limit or a range"),
    "another unit": ("predict hot.model --formula LiI --temperature '60 h'", 2, "--temperature 60 h"),
    "no number": ("predict hot.model --formula LiI --temperature nan", 2, "--temperature nan"),
    "a model of room temperature": (
        "predict cold.model --formula LiI --temperature 60", 2, "learnt from room temperature alone",
    ),
    "a target that is no conductivity": (f"train -t grain-boundary -m {MODEL} -o x.model", 2, "is no conductivity"),
    "a study of rows at 25 degrees": (f"study learning-curve -t bulk -m {MODEL}", 2, "learns from measurements"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_predicted_is_told_in_one_sentence(db, trained, folder, words, code, sentence):
    if "cold.model" in words:
        db.train("lasso", "bulk").save(folder / "cold.model", force=True)
    outcome = call(f"sse-db {words}")
    assert (outcome.returncode, outcome.stdout) == (code, ""), outcome.stderr
    assert sentence in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_columns_of_ones_own_are_of_no_use_to_it(db):
    X, _, _ = db.training_set("bulk")
    extra = pd.DataFrame({"mine": 1.0}, index=X.index)
    with pytest.raises(UnusableEstimator, match="mine is of no use to it"):
        db.evaluate(MODEL, "bulk", extra=extra)
    with pytest.raises(WrongUsage, match="temperature_c is a number"):
        db.predict(FORMULAS, "hot.model", temperature_c="60")


def test_the_report_says_what_all_temperatures_teach_or_what_is_missing(db, root, tmp_path, monkeypatch):
    plan = EvaluationPlan(protocols=("by publication",), models=("lasso",))
    targets = evaluate_targets(db._engine, ["bulk", "total"], plan, jobs=1)
    provenance = describe_provenance(db._engine, plan)
    section = describe_all_temperatures(read_study(db._engine, targets, provenance))
    assert {row["target"] for row in section.facts["all_temperatures"]} == {"bulk"}
    assert [each["target"] for each in section.values["missing"]] == ["total"]
    page = render_page(provenance, [section])
    assert "minus interpolation" in page
    assert "0 publications have a series of 4 or more temperatures of total conductivity" in page
    (tmp_path / "report").mkdir()
    for name, table in section.tables.items():
        table.to_csv(tmp_path / "report" / f"{name}.csv", index=False)
    monkeypatch.chdir(tmp_path)
    [script] = [
        each for each in read_scripts(root / "docs" / "recomputing.md") if each.reads("all_temperatures_errors.csv")
    ]
    assert not script.notices()
    for column in ("n", "mae", "difference_high"):
        with altered_cell(tmp_path / "report" / "all_temperatures.csv", column):
            assert script.notices(), column
