"""From a database to a model file to predictions, as the command line does it."""

import io
import json
import os
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from support import seed_counts
from support.engines import opened
from support.logical_dump import exact_dump
from support.reports import narrow_grids
from support.tour import call

from analysis.prediction.predicting import predict_samples
from analysis.prediction.saved_model import load_model, save_model
from analysis.prediction.training import train_model
from sse_db.cli.predict import show_card
from sse_db.database.engine import open_engine
from sse_db.errors import UnusableModel, WrongUsage

FORMULA = "Li1.3Al0.3Ti1.7(PO4)3"


@pytest.fixture(scope="module")
def models(seed_url, tmp_path_factory):
    """A folder with one model of each kind, trained on the seed with narrow grids."""
    folder = tmp_path_factory.mktemp("models")
    engine = open_engine(seed_url)
    with pytest.MonkeyPatch.context() as patch:
        narrow_grids(patch)
        for name in ("xgboost", "lasso"):
            save_model(train_model(engine, "total", name, compare=name == "xgboost"), folder / f"{name}.model")
    engine.dispose()
    return folder


@pytest.fixture
def here(models, seed_home, monkeypatch):
    monkeypatch.chdir(models)
    return models


@pytest.mark.parametrize("name", ["xgboost", "lasso"])
def test_a_loaded_model_predicts_what_the_trained_one_did(models, name):
    loaded = load_model(models / f"{name}.model")
    X = loaded.rows[loaded.descriptors].to_numpy(float)
    fitted = loaded.estimator.predict(X)
    assert np.isfinite(fitted).all()
    again = models / "again.model"
    save_model(loaded, again, force=True)
    assert again.read_bytes() == (models / f"{name}.model").read_bytes() or name == "lasso"
    assert np.array_equal(load_model(again).estimator.predict(X), fitted)


def test_the_card_tells_what_the_model_is_worth(models):
    card = load_model(models / "xgboost.model").card
    assert (card["n"], card["publications"], card["target"]) == (seed_counts.TRAINING["total"], 97, "total")
    assert [(row["protocol"], row["model"]) for row in card["scores"]] == [
        ("random", "xgboost"), ("random", "median"), ("by publication", "xgboost"), ("by publication", "median"),
        ("by publication", "svr-rbf"), ("by publication", "svr-linear"), ("by publication", "lasso"),
    ]  # fmt: skip
    for coverage in card["coverage"]:
        assert coverage["low"] <= coverage["level"] <= coverage["high"]
    assert len(card["data_sha256"]) == 64


def test_a_card_that_compares_names_the_model_that_scored_best_by_publication(models):
    card = load_model(models / "xgboost.model").card
    errors = {
        row["model"]: row["mae"]
        for row in card["scores"]
        if row["protocol"] == "by publication" and not row["baseline"]
    }
    best = min(errors, key=errors.get)
    assert len(errors) == 4
    assert f"{errors[best]:.3f} decades" in card["comparison"]
    assert f"{errors['xgboost']:.3f}" in card["comparison"]
    assert (best in card["comparison"]) == (best != "xgboost")


def test_unless_it_is_asked_for_nothing_but_the_model_and_the_median_is_scored_and_that_is_said(models):
    card = load_model(models / "lasso.model").card
    by_paper = {row["model"]: row["mae"] for row in card["scores"] if row["protocol"] == "by publication"}
    assert list(by_paper) == ["lasso", "median"]
    for value in by_paper.values():
        assert f"{value:.3f}" in card["comparison"]
    assert "other models were not scored: --compare" in card["comparison"]


def test_a_measuring_temperature_in_a_sheet_is_told_not_to_be_read(here):
    sheet = f"Formula,Temperature (°C)\n{FORMULA},60\nLi7La3Zr2O12,25\n"
    (here / "hot.csv").write_text(sheet, encoding="utf-8")
    outcome = call("sse-db predict lasso.model hot.csv --json")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stderr.count("is not what is predicted at") == 1
    assert "B2" in outcome.stderr
    assert "--temperature" in outcome.stderr


def test_the_card_and_its_tables_tell_what_is_known_of_the_descriptors_and_both_widths(models, capsys):
    card = load_model(models / "xgboost.model").card
    assert card["coverage_of_descriptors"].keys() == set(card["descriptors"])
    rows = load_model(models / "xgboost.model").rows
    assert card["coverage_of_descriptors"] == {name: int(rows[name].notna().sum()) for name in card["descriptors"]}
    show_card(card)
    shown = capsys.readouterr().out
    assert "half width, mean of folds" in shown
    assert "half width in predict" in shown
    for row in card["coverage"]:
        assert f"{row['half_width']:.3f}" in shown
        assert f"{card['half_widths'][format(row['level'], 'g')]:.3f}" in shown


def test_one_sample_is_predicted_from_flags_with_intervals_and_nearest_samples(here):
    outcome = call(
        f"sse-db predict xgboost.model --formula '{FORMULA}' --sintering-temperature '1223 K' --method sol-gel --json"
    )
    assert outcome.returncode == 0, outcome.stderr
    (prediction,) = json.loads(outcome.stdout)["predictions"]
    low, high = prediction["intervals"]["0.8"]
    wider_low, wider_high = prediction["intervals"]["0.9"]
    assert wider_low <= low < prediction["value"] < high <= wider_high
    assert prediction["nearest"][0]["formula"] == "Li1.3Al0.3Ti1.7P3O12"
    assert prediction["warnings"] == []


def test_a_sheet_of_samples_is_predicted_in_its_order_and_the_database_stays_as_it_is(here, seed_url):
    with opened(seed_url) as engine:
        before = exact_dump(engine)
    sheet = f"Formula,Sintering temperature (K),Grain size (nm)\n{FORMULA},1223,900\nLi7La3Zr2O12,1503,\n"
    (here / "wanted.csv").write_text(sheet, encoding="utf-8")
    outcome = call("sse-db predict lasso.model wanted.csv -o predicted.csv")
    assert outcome.returncode == 0, outcome.stderr
    lines = (here / "predicted.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines] == ["sample", "row 2", "row 3"]
    with opened(seed_url) as engine:
        assert exact_dump(engine) == before


def test_a_descriptor_of_the_sheet_reaches_the_model_in_its_own_unit(models, seed_url):
    model = load_model(models / "xgboost.model")
    from etl.papers.samples_to_predict import describe_one_sample
    from sse_db.notebook.samples import describe_in_copy

    intake = describe_one_sample({"Formula": FORMULA, "Sintering temperature": "1223.15 K", "Grain size": "900 nm"})
    engine = open_engine(seed_url)
    samples = describe_in_copy(engine, intake)
    engine.dispose()
    assert samples["sintering_temperature_c"].iloc[0] == pytest.approx(950)
    assert samples["grain_size_um"].iloc[0] == pytest.approx(0.9)
    assert samples["li_ratio"].iloc[0] == pytest.approx(1.3 / 18.3)
    assert len(predict_samples(model, samples)) == 1


def test_a_sample_outside_of_the_domain_is_told_why(here):
    outcome = call("sse-db predict xgboost.model --formula Li6PS5Cl --sintering-temperature 20")
    assert outcome.returncode == 0
    assert "no known sample holds Cl, S" in outcome.stderr
    assert "Sintering temperature (°C) 20 is outside of" in outcome.stderr


def test_a_sample_given_by_flags_is_named_by_its_formula_and_mistakes_by_their_option(here):
    outcome = call("sse-db predict xgboost.model --formula Li6PS5Cl --sintering-temperature 20")
    assert "Li6PS5Cl: outside of what is known" in outcome.stderr
    outcome = call("sse-db predict xgboost.model --formula LLZO --sintering-temperature 12000")
    assert outcome.returncode == 1
    assert "command line, --formula:" in outcome.stderr
    assert "command line, --sintering-temperature:" in outcome.stderr
    assert "A2" not in outcome.stderr


@pytest.mark.parametrize("words", ["nofile.csv", "nofile.xlsx"])
def test_a_sheet_that_is_not_there_is_named(here, words):
    outcome = call(f"sse-db predict xgboost.model {words}")
    assert outcome.returncode == 1
    assert f"there is no file {words}" in outcome.stderr


def test_a_sheet_without_formula_and_with_an_unknown_column_is_told_of_both(here):
    (here / "odd.csv").write_text("Sinter heat,Colour\n1100,blue\n", encoding="utf-8")
    outcome = call("sse-db predict xgboost.model odd.csv")
    assert outcome.returncode == 1
    assert "there is no column Formula" in outcome.stderr
    assert "unknown column Colour" in outcome.stderr


def test_mistakes_in_the_sheet_are_told_with_their_cells(here):
    (here / "bad.csv").write_text("Formula,Sintering temperature (°C)\nLLZO,12000\n", encoding="utf-8")
    outcome = call("sse-db predict xgboost.model bad.csv")
    assert outcome.returncode == 1
    assert "A2" in outcome.stderr
    assert "B2" in outcome.stderr


@pytest.mark.parametrize("words", ["", "sheet.csv --formula Li3N", "--method sol-gel", "sheet.csv --method sol-gel"])
def test_a_prediction_needs_a_sheet_or_a_formula(here, words):
    assert call(f"sse-db predict xgboost.model {words}").returncode == 2


def test_a_model_is_not_written_over_unless_asked(here):
    outcome = call("sse-db train -t total -o xgboost.model")
    assert outcome.returncode == 2
    with pytest.raises(WrongUsage, match="there already"):
        save_model(load_model(here / "xgboost.model"), here / "xgboost.model")


def test_a_target_with_too_few_samples_is_not_trained(here):
    outcome = call("sse-db train -t grain-boundary -o gb.model")
    assert outcome.returncode == 1
    assert seed_counts.SHORTAGE in outcome.stderr
    assert not (here / "gb.model").exists()


def rewrite(path, **changed):
    """A copy of a model with members replaced, as somebody might tamper with it; None leaves one out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stream, "w") as target:
        for info in source.infolist():
            data = changed.get(info.filename.split(".")[0], source.read(info))
            if data is not None:
                target.writestr(info.filename, data)
    copy = path.with_name("tampered.model")
    copy.write_bytes(stream.getvalue())
    return copy


DAMAGED = {
    "a changed card": ({"card": b"{}"}, "was changed after it was written: card.json"),
    "a changed model": ({"xgboost": b"{}"}, "was changed after it was written: xgboost.json"),
    "rows left out": ({"rows": None}, "is no model of sse-db"),
    "checksums left out": ({"SHA256SUMS": None}, "is no model of sse-db"),
}


@pytest.mark.parametrize(("changed", "message"), DAMAGED.values(), ids=DAMAGED.keys())
def test_a_tampered_model_is_refused(models, changed, message):
    with pytest.raises(UnusableModel, match=message):
        load_model(rewrite(models / "xgboost.model", **changed))


def test_what_is_no_model_is_refused(here):
    (here / "text.model").write_text("not a zip", encoding="utf-8")
    for name in ("text.model", "missing.model"):
        outcome = call(f"sse-db predict {name} --formula Li3N")
        assert outcome.returncode == 1
        assert "model" in outcome.stderr
        assert "Traceback" not in outcome.stderr


def test_a_model_of_another_version_is_refused_with_both_versions(models, monkeypatch):
    monkeypatch.setattr("analysis.prediction.saved_model.installed_versions", lambda: {"xgboost": "99.0"})
    with pytest.raises(UnusableModel, match=r"xgboost 3\.\S+ \(here 99\.0\)"):
        load_model(models / "xgboost.model")


def test_a_pipeline_with_foreign_types_is_refused(models):
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import FunctionTransformer

    model = load_model(models / "lasso.model")
    hostile = Pipeline([("shell", FunctionTransformer(os.system)), *model.estimator.steps])
    save_model(replace(model, estimator=hostile), models / "hostile.model", force=True)
    with pytest.raises(UnusableModel, match="system"):
        load_model(models / "hostile.model")
