"""A model of one's own in one file is scored, trained, saved and used like the others; its mistakes end in one line."""

from __future__ import annotations

import json
import pickle
import re
import sys

import cloudpickle
import numpy as np
import pandas as pd
import pytest
from support.tour import call

import sse_db
from analysis.models.model_file import load_model_file
from sse_db.errors import UnusableEstimator, WrongUsage

MY_MODEL = """
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

print("a word at import")


class Shrunk(RegressorMixin, BaseEstimator):
    def __init__(self, alpha=100.0):
        self.alpha = alpha

    def fit(self, X, y):
        print("a word at each fit")
        steps = SimpleImputer(keep_empty_features=True), StandardScaler(), Ridge(self.alpha)
        self.model_ = make_pipeline(*steps).fit(X, y)
        return self

    def predict(self, X):
        return self.model_.predict(X)


def make():
    return Shrunk()
"""


@pytest.fixture(scope="module")
def folder(system, tmp_path_factory):
    place = tmp_path_factory.mktemp("own")
    (place / "my_model.py").write_text(MY_MODEL, encoding="utf-8")
    return place


@pytest.fixture
def here(folder, seed_home, monkeypatch):
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def db(here, seed_url):
    with sse_db.open(seed_url) as opened:
        yield opened


def test_a_file_is_scored_beside_a_model_of_the_package_and_stdout_holds_the_result_alone(here):
    words = "sse-db evaluate -t total -m my_model.py:make -m lasso --protocol by-publication --jobs 1 --json"
    outcome = call(words)
    assert outcome.returncode == 0, outcome.stderr
    found = json.loads(outcome.stdout)
    assert [row["model"] for row in found["results"]] == ["my_model.py:make", "lasso", "median", "nearest-neighbour"]
    assert "a word at each fit" in outcome.stderr


def test_other_processes_need_not_have_the_file(here, monkeypatch):
    candidate = load_model_file("my_model.py")
    content = cloudpickle.dumps(candidate.build)
    monkeypatch.delitem(sys.modules, candidate.source.module)
    assert type(pickle.loads(content)()).__name__ == "Shrunk"


def test_a_file_is_trained_saved_and_loaded_only_with_the_file_named_again(here):
    outcome = call("sse-db train -t total -m my_model.py:make -o mine.model --force")
    assert outcome.returncode == 0, outcome.stderr
    refused = call("sse-db predict mine.model --formula Li7La3Zr2O12")
    assert refused.returncode == 2
    assert "mine.model was made by my_model.py:make, whose code is needed to load it" in refused.stderr
    for named in ("my_model.py", "my_model.py:make"):
        outcome = call(f"sse-db predict mine.model --formula Li7La3Zr2O12 -m {named} --json")
        assert outcome.returncode == 0, outcome.stderr
        assert json.loads(outcome.stdout)["predictions"][0]["intervals"]["0.8"]
    (here / "changed.py").write_text(f"{MY_MODEL}\nprint('it ran')\n", encoding="utf-8")
    refused = call("sse-db predict mine.model --formula Li7La3Zr2O12 --model changed.py:make")
    assert refused.returncode == 2
    assert "changed.py is not what mine.model was made with: its SHA-256 is" in refused.stderr
    assert "it ran" not in refused.stderr


def test_a_model_of_the_package_takes_no_file(here, lasso):
    lasso.save("lasso.model")
    outcome = call("sse-db predict lasso.model --formula Li3N --model my_model.py")
    assert outcome.returncode == 2
    assert "lasso.model was made in no file of your own" in outcome.stderr


def test_an_estimator_from_a_notebook_predicts_the_same_when_it_is_read_back(db):
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline

    X, _, _ = db.training_set("total")
    extra = pd.DataFrame({"heat": X["sintering_temperature_c"] * X["sintering_time_h"]})
    trained = db.train(
        {"mine": make_pipeline(SimpleImputer(keep_empty_features=True), Ridge(100.0))}, "total", extra=extra
    )
    samples = pd.DataFrame(
        {"Formula": ["Li7La3Zr2O12", "Li3N"], "Sintering temperature (°C)": [1200, None], "heat": [2400, None]},
        index=["a", "b"],
    )
    found = db.predict(samples)
    assert list(found.index) == list(found["sample"]) == ["a", "b"]
    assert (found["low_90_percent"] < found["predicted_log10"]).all()
    assert "no known sample holds N" in found.loc["b", "warnings"]
    trained.save("notebook.model")
    assert db.predict(samples, "notebook.model").equals(found)
    warmer = db.predict(samples.assign(heat=[4800, None]), trained)
    assert warmer.loc["a", "predicted_log10"] != found.loc["a", "predicted_log10"]
    samples.to_csv("wanted.csv", index=False)
    outcome = call("sse-db predict notebook.model wanted.csv --json")
    assert outcome.returncode == 0, outcome.stderr
    values = [each["value"] for each in json.loads(outcome.stdout)["predictions"]]
    np.testing.assert_allclose(values, found["predicted_log10"])
    outcome = call("sse-db predict notebook.model --formula Li3N")
    assert (outcome.returncode, "learnt from heat too" in outcome.stderr) == (2, True)


def test_descriptors_by_name_stand_in_place_of_what_the_database_knows(db, lasso):
    X, _, _ = db.training_set("total")
    formulas = db.samples("total")["formula"]
    given = X.join(formulas).head(3)
    np.testing.assert_allclose(
        db.predict(given, lasso)["predicted_log10"], lasso.estimator.predict(X.head(3).to_numpy(float))
    )


def test_a_class_of_a_notebook_cannot_be_saved_and_is_told_where_it_belongs(db):
    from sklearn.dummy import DummyRegressor

    class Local(DummyRegressor):
        pass

    model = db.train(Local(), "total")
    with pytest.raises(UnusableEstimator, match="Local cannot be saved"):
        model.save("local.model")


@pytest.mark.parametrize("words", ["-m my_model.py --models all", "-m gold", "-m gold -m lasso", "--extra nowhere.csv"])
def test_words_that_do_not_fit_together_are_refused(here, words):
    outcome = call(f"sse-db evaluate -t total {words}")
    assert outcome.returncode == 2, outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_descriptors_of_ones_own_come_from_a_table_too(db):
    _, y, _ = db.training_set("total")
    y.rename("answer").to_frame().to_csv("own.csv")
    outcome = call("sse-db evaluate -t total -m lasso --extra own.csv --protocol by-publication --jobs 1 --json")
    assert outcome.returncode == 0, outcome.stderr
    assert json.loads(outcome.stdout)["results"][0]["mae"] < 0.3


FILES = {
    "no function": ("x = 1", "bad.py has no function make"),
    "another function": ("def build():\n    return 1", "has no function make"),
    "a value": ("make = 3", "holds a value, no function, under the name make"),
    "a number": ("def make():\n    return 3", r"bad.py: make\(\) gives an object of class int, which has no fit"),
    "nothing": ("def make():\n    pass", r"make\(\) gives None, which has no fit and no predict"),
    "a class": ("from sklearn.linear_model import Ridge\ndef make():\n    return Ridge", "gives the class Ridge"),
    "fit alone": ("class A:\n    def fit(self, X, y):\n        pass\ndef make():\n    return A()", "which has no predict"),
    "arguments": ("def make(alpha):\n    return alpha", r"make\(\) failed: TypeError: make\(\) missing 1 required"),
    "a failure": ("def make():\n    return 1 / 0", r"make\(\) failed: ZeroDivisionError: division by zero"),
    "no Python": ("def make(:\n", "bad.py, line 1: SyntaxError"),
    "a failure at import": ("x = 1\ny = x.z", "bad.py, line 2: AttributeError"),
    "a missing package": ("import no_such_package", "bad.py, line 1: ModuleNotFoundError: No module named"),
    "an exit": ("import sys\nsys.exit(0)", "bad.py, line 2: SystemExit: 0"),
    "bytes": (b"\xff\xfe\x00", "bad.py"),
    "no array": ("class A:\n    def fit(self, X, y):\n        raise RuntimeError('no')\n    def predict(self, X):\n        pass\ndef make():\n    return A()", "bad.py:make cannot be fitted: RuntimeError: no"),
    "one value": ("class A:\n    def fit(self, X, y):\n        pass\n    def predict(self, X):\n        return 1.0\ndef make():\n    return A()", "bad.py:make predicts one number for"),
    "too few": ("class A:\n    def fit(self, X, y):\n        pass\n    def predict(self, X):\n        return [1.0]\ndef make():\n    return A()", r"bad.py:make predicts 1 for \d+ samples"),
    "no number": ("class A:\n    def fit(self, X, y):\n        pass\n    def predict(self, X):\n        return [float('nan')] * len(X)\ndef make():\n    return A()", "predicts no finite number for"),
    "gaps": ("from sklearn.linear_model import Ridge\ndef make():\n    return Ridge()", "Ridge|cannot be fitted: ValueError: Input X contains NaN"),
    "a lambda": (
        "from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import FunctionTransformer\nfrom sklearn.dummy import DummyRegressor\n"
        "def make():\n    return make_pipeline(FunctionTransformer(lambda X: X), DummyRegressor())", "bad.py:make cannot be saved",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), FILES.values(), ids=FILES.keys())
def test_a_file_that_gives_no_model_ends_in_one_line(here, content, message, tmp_path):
    path = tmp_path / "bad.py"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    outcome = call(f"sse-db train -t total -m {path}:make -o {tmp_path}/bad.model")
    assert outcome.returncode == 2, outcome.stderr
    told = [line for line in outcome.stderr.splitlines() if line.startswith("sse-db: ")]
    assert len(told) == 1
    assert re.search(message, told[0]), told
    assert "Traceback" not in outcome.stderr
    assert not (tmp_path / "bad.model").exists()


WORDS = {
    "a file that is not there": ("nowhere.py:make", "there is no file nowhere.py"),
    "a folder": ("folder.py:make", "folder.py"),
    "a function with a blank": ("'my_model.py:my function'", "is no name of a function"),
    "no function named": ("my_model.py:", "is no name of a function"),
    "two colons": ("my_model.py:make:more", "names no file of Python"),
}


@pytest.mark.parametrize(("reference", "message"), WORDS.values(), ids=WORDS.keys())
def test_a_name_that_leads_nowhere_ends_in_one_line(here, reference, message):
    (here / "folder.py").mkdir(exist_ok=True)
    outcome = call(f"sse-db train -t total -m {reference} -o bad.model")
    assert outcome.returncode == 2, outcome.stderr
    assert message in outcome.stderr
    assert "Traceback" not in outcome.stderr


SAMPLES = {
    "no frame": (lambda: [1], "samples is a list, no frame"),
    "no row": (lambda: pd.DataFrame({"Formula": []}), "samples has no row"),
    "no formula": (lambda: pd.DataFrame({"Grain size (µm)": [1.0]}), "there is no column Formula"),
    "an abbreviation": (lambda: pd.DataFrame({"Formula": ["LLZO"]}, index=["x"]), "row x, column Formula: LLZO"),
    "an unknown column": (lambda: pd.DataFrame({"Formula": ["Li3N"], "Colour": ["red"]}), "unknown column Colour"),
    "a row without formula": (
        lambda: pd.DataFrame({"Formula": ["Li3N", None]}, index=["a", "b"]),
        "row b: nothing is known",
    ),
    "a row with a size alone": (
        lambda: pd.DataFrame({"Formula": ["Li3N", None], "Grain size (µm)": [1.0, 2.0]}),
        "row 1",
    ),
    "an infinite descriptor": (
        lambda: pd.DataFrame({"Formula": ["Li3N"], "li_ratio": [np.inf]}),
        "holds an infinite value",
    ),
    "a word for a descriptor": (lambda: pd.DataFrame({"Formula": ["Li3N"], "li_ratio": ["x"]}), "li_ratio is a number"),
}


@pytest.mark.parametrize(("make", "message"), SAMPLES.values(), ids=SAMPLES.keys())
def test_samples_that_cannot_be_read_are_told_by_row_and_column(db, lasso, make, message):
    with pytest.raises(WrongUsage, match=message):
        db.predict(make(), lasso)


@pytest.fixture(scope="module")
def lasso(seed_url):
    with sse_db.open(seed_url) as opened:
        return opened.train("lasso", "total")


def test_what_is_no_model_is_refused(db):
    with pytest.raises(WrongUsage, match="no model was trained here"):
        db.predict(pd.DataFrame({"Formula": ["Li3N"]}))
    with pytest.raises(WrongUsage, match="a DataFrame is no trained model"):
        db.predict("lasso.model", pd.DataFrame({"Formula": ["Li3N"]}))
    with pytest.raises(UnusableEstimator, match="one model is fitted at a time, not 2"):
        db.train(["lasso", "xgboost"], "total")
