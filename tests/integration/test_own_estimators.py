"""Estimators, descriptors and folds of one's own, scored from Python by the rules and on the folds of ``sse-db evaluate``."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    PredefinedSplit,
    RepeatedKFold,
    ShuffleSplit,
    cross_val_predict,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from support.tour import call

import sse_db
from analysis.folds.protocols import PROTOCOLS
from sse_db.errors import NotFound, NothingToLearnFrom, SseDbError, UnusableEstimator, WrongUsage
from sse_db.modelling import ProtocolKFold

TARGET = "grain-boundary-observed"


@pytest.fixture(scope="module")
def db(seed_url):
    with sse_db.open(seed_url) as opened:
        yield opened


@pytest.fixture(scope="module")
def training_set(db):
    return db.training_set(TARGET)


def make_ridge():
    return make_pipeline(SimpleImputer(keep_empty_features=True), StandardScaler(), Ridge(100.0))


def predictions_of(found, model):
    rows = found.predictions
    return rows[rows["model"].eq(model)].set_index("sample_id")["predicted"]


def test_an_estimator_is_scored_as_scikit_learn_would_on_the_same_folds(db, training_set):
    X, y, _ = training_set
    found = db.evaluate(make_ridge(), TARGET, protocol="by publication")
    expected = cross_val_predict(make_ridge(), X, y, cv=db.folds(TARGET, "by publication", 0))
    np.testing.assert_allclose(predictions_of(found, "Ridge"), expected)
    row = found.scores.set_index("model").loc["Ridge"]
    assert row["mae"] == pytest.approx(np.abs(y - expected).mean())
    assert list(found.scores["model"]) == ["Ridge", "median", "nearest-neighbour"]
    assert set(found.differences["than"]) == {"median", "nearest-neighbour"}


def test_python_and_command_line_give_the_same_numbers(db, seed_url):
    words = f"sse-db --db {seed_url} evaluate -t {TARGET} --models paper --protocol leave-one-publication-out --jobs 1 --json"
    outcome = call(words)
    assert outcome.returncode == 0, outcome.stderr
    found = db.evaluate(["xgboost", "svr-rbf", "svr-linear", "lasso"], TARGET, protocol="leave-one-publication-out")
    assert json.loads(outcome.stdout) == json.loads(json.dumps(found.as_json(), default=str))


def test_what_is_saved_says_which_rows_it_is_of_and_holds_every_prediction(db, tmp_path):
    found = db.evaluate(make_ridge(), TARGET, protocol="random", seeds=2)
    found.save(tmp_path / "ridge.json")
    content = json.loads((tmp_path / "ridge.json").read_text(encoding="utf-8"))
    assert {"target", "protocols", "seed", "data_sha256", "results", "differences"} <= set(content)
    assert len(content["predictions"]) == len(found.predictions) == 2 * 3 * len(db.samples(TARGET))
    other = db.evaluate(DummyRegressor(), TARGET, protocol="random", extra=db.samples(TARGET)[["formula"]])
    assert other.data_sha256 == content["data_sha256"]
    assert other.data_sha256 != db.evaluate(DummyRegressor(), "total", protocol="random").data_sha256


def test_a_descriptor_of_ones_own_reaches_the_model_and_rows_without_it_have_none(db, training_set):
    _, y, _ = training_set
    leak = y.rename("answer").to_frame().iloc[5:]
    found = db.evaluate(make_ridge(), TARGET, protocol="by publication", extra=leak)
    plain = db.evaluate(make_ridge(), TARGET, protocol="by publication")
    assert found.scores.loc[0, "mae"] < 0.85 * plain.scores.loc[0, "mae"]
    as_column = db.evaluate(make_ridge(), TARGET, protocol="by publication", extra=leak.reset_index())
    assert as_column.scores.equals(found.scores)
    trees = db.evaluate("xgboost", TARGET, protocol="leave one publication out", extra=leak)
    assert trees.scores.loc[0, "mae"] < 0.4


def test_columns_of_text_reach_estimators_that_can_read_them(db):
    from sklearn.compose import make_column_transformer
    from sklearn.preprocessing import OneHotEncoder

    by_class = make_pipeline(
        make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["structure_class"])), Ridge()
    )
    classes = db.samples(TARGET)[["structure_class"]]
    found = db.evaluate({"class alone": by_class}, TARGET, extra=classes, protocol="by publication")
    assert np.isfinite(found.scores["mae"]).all()
    with pytest.raises(
        UnusableEstimator, match="XGBoost learns from numbers: structure_class of extra does not hold any"
    ):
        db.evaluate("xgboost", TARGET, extra=classes)


def test_descriptors_without_any_value_can_be_left_out(db):
    X, _, _ = db.training_set(TARGET, drop_empty=True)
    everything, _, _ = db.training_set(TARGET)
    assert X.notna().any().all()
    assert list(X) == [name for name in everything if everything[name].notna().any()]
    lean = make_pipeline(SimpleImputer(), Ridge())
    assert db.evaluate(lean, TARGET, protocol="by publication", drop_empty=True).scores.loc[0, "n"] == len(X)


def test_a_search_is_given_the_groups_of_its_own_training_rows(db):
    seen = []

    class Watched(ProtocolKFold):
        def split(self, X, y=None, groups=None):
            seen.append(groups)
            return super().split(X, y, groups)

    search = GridSearchCV(make_ridge(), {"ridge__alpha": [10.0, 100.0]}, cv=Watched("by publication", 3))
    found = db.evaluate({"tuned": search}, TARGET, protocol="by publication or composition")
    samples = db.samples(TARGET)
    assert all(len(groups) < len(samples) for groups in seen)
    assert {"publication_id", "formula"} <= set(seen[0])
    assert found.scores.loc[0, "model"] == "tuned"
    usual = GridSearchCV(make_ridge(), {"ridge__alpha": [10.0]}, cv=GroupKFold(3))
    assert db.evaluate(usual, TARGET, protocol="random").scores.loc[0, "model"] == "Ridge"


@pytest.mark.parametrize(
    "cv", [GroupKFold(4), 4, PredefinedSplit([0] * 10 + [-1] * 44)], ids=["splitter", "number", "part"]
)
def test_folds_of_ones_own_stand_in_place_of_a_protocol(db, cv):
    n = len(db.samples(TARGET))
    cv = PredefinedSplit([0] * 10 + [-1] * (n - 10)) if isinstance(cv, PredefinedSplit) else cv
    found = db.evaluate(make_ridge(), TARGET, cv=cv)
    assert set(found.scores["protocol"]) == {"own folds"}
    assert set(found.scores["n"]) == {10 if isinstance(cv, PredefinedSplit) else n}


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_folds_of_every_protocol_are_those_of_the_evaluation_and_of_the_splitter(db, training_set, protocol):
    X, y, _ = training_set
    samples = db.samples(TARGET)
    folds = db.folds(TARGET, protocol, 1)
    held_out = np.zeros(len(y), dtype=int)
    for number, (_, test) in enumerate(folds, start=1):
        held_out[test] = number
    found = db.evaluate(DummyRegressor(), TARGET, protocol=protocol, seed=1).predictions
    assert found.loc[found["model"].eq("DummyRegressor"), "fold"].tolist() == held_out.tolist()
    splits = list(ProtocolKFold(protocol, random_state=1).split(X, y, samples))
    assert all(
        np.array_equal(a, b)
        for ours, theirs in zip(folds, splits, strict=True)
        for a, b in zip(ours, theirs, strict=True)
    )


def test_folds_of_seed_0_are_those_of_an_export(db, seed_url, tmp_path):
    assert (
        call(f"sse-db --db {seed_url} export training-set -t {TARGET} --folds -o {tmp_path}/rows.csv").returncode == 0
    )
    rows = pd.read_csv(tmp_path / "rows.csv").set_index("sample_id")
    index = db.samples(TARGET).index
    for column, protocol in {"fold_random": "random", "fold_by_publication": "by-publication"}.items():
        for number, (_, test) in enumerate(db.folds(TARGET, protocol), start=1):
            assert set(rows.loc[index[test], column]) == {number}


class WritesIntoWhatItIsGiven(DummyRegressor):
    """Changes its input, as a careless model may."""

    def fit(self, X, y):
        X[:], y[:] = 0.0, 0.0
        return super().fit(X, y)


def test_what_an_estimator_does_to_its_input_stays_with_it(db, training_set):
    found = db.evaluate([WritesIntoWhatItIsGiven(), DummyRegressor()], TARGET, protocol="random")
    plain = db.evaluate(DummyRegressor(), TARGET, protocol="random")
    assert predictions_of(found, "DummyRegressor").equals(predictions_of(plain, "DummyRegressor"))


class Odd(DummyRegressor):
    """Predicts whatever it was made with."""

    def __init__(self, answer=None):
        super().__init__()
        self.answer = answer

    def predict(self, X):
        return self.answer(len(X))


class OnlyFitAndPredict:
    """No estimator of scikit-learn: it has no parameters."""

    def fit(self, X, y):
        self.mean = float(np.mean(y))

    def predict(self, X):
        return [[self.mean]] * len(X)


def test_fit_and_predict_are_all_that_a_model_needs(db):
    found = db.evaluate(OnlyFitAndPredict(), TARGET, protocol="random")
    assert found.scores.loc[0, "mae"] == pytest.approx(
        db.evaluate(DummyRegressor(), TARGET, protocol="random").scores.loc[0, "mae"]
    )


def test_a_study_takes_estimators_and_descriptors_of_ones_own_and_gives_what_the_command_line_does(db, seed_url):
    _, y, _ = db.training_set("total")
    leak = y.rename("answer").to_frame()
    found = db.evaluate({"mine": make_ridge()}, "total", protocol="known-paper", extra=leak)
    by_case = found.scores.set_index(["model", "offset", "known"])
    assert by_case.loc[("mine", "shrunk", "0"), "mae"] < 0.9 * by_case.loc[("median", "shrunk", "0"), "mae"]
    outcome = call(f"sse-db --db {seed_url} study learning-curve -t bulk -m lasso --seeds 1 --json")
    assert outcome.returncode == 0, outcome.stderr
    curve = db.study("learning-curve", "bulk", "lasso", seeds=1)
    assert json.loads(outcome.stdout) == json.loads(json.dumps(curve.as_json()))


SLIPS = {
    "gaps": (lambda db: db.evaluate(Ridge(), TARGET), UnusableEstimator, r"Ridge cannot be fitted: ValueError: Input X contains NaN"),
    "a class": (lambda db: db.evaluate(Ridge, TARGET), UnusableEstimator, "Ridge is a class, no estimator"),
    "no model": (lambda db: db.evaluate(None, TARGET), UnusableEstimator, "None, which has no fit and no predict"),
    "a number": (lambda db: db.evaluate(3, TARGET), UnusableEstimator, "object of class int, which has no fit"),
    "an empty list": (lambda db: db.evaluate([], TARGET), UnusableEstimator, "there is no model to evaluate"),
    "two of one name": (lambda db: db.evaluate([make_ridge(), make_ridge()], TARGET), UnusableEstimator, "name of another model"),
    "a baseline's name": (lambda db: db.evaluate({"median": make_ridge()}, TARGET), UnusableEstimator, "name of a baseline"),
    "a candidate's name": (lambda db: db.evaluate({"lasso": make_ridge()}, TARGET), UnusableEstimator, "name of a model of the package"),
    "an unknown model": (lambda db: db.evaluate("gold", TARGET), NotFound, "there is no model gold: models are xgboost"),
    "an unknown target": (lambda db: db.evaluate("lasso", "gold"), NotFound, "there is no target gold"),
    "an unknown protocol": (lambda db: db.evaluate("lasso", TARGET, protocol="by paper"), NotFound, "protocols are random"),
    "too few samples": (lambda db: db.evaluate("lasso", "grain-boundary"), NothingToLearnFrom, "of the 20 samples wanted"),
    "too few predictions": (lambda db: db.evaluate(Odd(lambda n: np.zeros(3)), TARGET), UnusableEstimator, r"Odd predicts 3 for \d+ samples"),
    "one prediction": (lambda db: db.evaluate(Odd(lambda n: 1.0), TARGET), UnusableEstimator, "predicts one number for"),
    "a table of predictions": (lambda db: db.evaluate(Odd(lambda n: np.zeros((n, 2))), TARGET), UnusableEstimator, "× 2 for"),
    "infinite predictions": (lambda db: db.evaluate(Odd(lambda n: np.full(n, np.inf)), TARGET), UnusableEstimator, "no finite number"),
    "words as predictions": (lambda db: db.evaluate(Odd(lambda n: ["high"] * n), TARGET), UnusableEstimator, "could not convert"),
    "folds by a word": (lambda db: db.evaluate("lasso", TARGET, cv="five"), UnusableEstimator, "cv cannot split"),
    "no folds": (lambda db: db.evaluate("lasso", TARGET, cv=[]), UnusableEstimator, "cv gives no fold"),
    "samples held out twice": (lambda db: db.evaluate("lasso", TARGET, cv=ShuffleSplit(9)), UnusableEstimator, "out more than once"),
    "fitted and held out": (lambda db: db.evaluate("lasso", TARGET, cv=[([0, 1], [1, 2])]), UnusableEstimator, "fold 1: 1 samples"),
    "a position too far": (lambda db: db.evaluate("lasso", TARGET, cv=[([0], [999])]), UnusableEstimator, "position 999 of"),
    "extra that is no frame": (lambda db: db.evaluate("lasso", TARGET, extra=[1, 2]), UnusableEstimator, "extra is a list, no frame"),
    "extra of other samples": (
        lambda db: db.evaluate("lasso", TARGET, extra=pd.DataFrame({"a": [1.0]}, index=["x"])), UnusableEstimator, "none of its rows",
    ),
    "extra by place": (lambda db: db.evaluate("lasso", TARGET, extra=pd.DataFrame({"a": [1.0]})), UnusableEstimator, "they are numbered"),
    "a class of folds": (lambda db: db.evaluate("lasso", TARGET, cv=GroupKFold), UnusableEstimator, "cv is the class GroupKFold"),
    "repeated folds": (lambda db: db.evaluate("lasso", TARGET, cv=RepeatedKFold()), UnusableEstimator, "out more than once"),
    "no protocol": (lambda db: db.evaluate("lasso", TARGET, protocol=[]), WrongUsage, "no protocol is named"),
    "a list of targets": (lambda db: db.evaluate("lasso", [TARGET]), NotFound, "there is no target"),
    "a search inside of a pipeline": (
        lambda db: db.evaluate(make_pipeline(GridSearchCV(DummyRegressor(), {}, cv=ProtocolKFold())), TARGET), UnusableEstimator, "need groups",
    ),
    "extra twice": (
        lambda db: db.evaluate("lasso", TARGET, extra=pd.DataFrame({"sample_id": [1, 1], "a": 0.5})), UnusableEstimator, "sample 1 stands in it twice",
    ),
    "extra that is there": (lambda db: db.evaluate("lasso", TARGET, extra=db.training_set(TARGET)[0][["li_ratio"]]), UnusableEstimator, "extra: li_ratio is there"),
    "extra without names": (lambda db: db.evaluate("lasso", TARGET, extra=pd.DataFrame([[1.0]], index=pd.Index([19], name="sample_id"))), UnusableEstimator, "the column 0 has no name"),
    "extra without end": (
        lambda db: db.evaluate("lasso", TARGET, extra=(db.training_set(TARGET)[1] * np.inf).to_frame("a")), UnusableEstimator, "extra: a holds an infinite",
    ),
    "a negative seed": (lambda db: db.evaluate("lasso", TARGET, seed=-1), WrongUsage, "seed is a whole number from 0 on"),
    "no seeds": (lambda db: db.evaluate("lasso", TARGET, seeds=0), WrongUsage, "seeds is a whole number from 1 on"),
    "an unknown grid": (lambda db: db.evaluate("lasso", TARGET, grid="huge"), WrongUsage, "there is no grid huge"),
    "seeds beside cv": (lambda db: db.evaluate("lasso", TARGET, cv=3, seeds=5), WrongUsage, "cv gives the folds"),
    "known papers beside cv": (lambda db: db.evaluate("lasso", TARGET, cv=3, protocol="known-paper"), WrongUsage, "makes its own folds"),
    "known papers beside others": (lambda db: db.evaluate("lasso", TARGET, protocol=["random", "known paper"]), WrongUsage, "no other protocol"),
    "a package's model twice": (lambda db: db.evaluate(["lasso", "lasso"], TARGET), UnusableEstimator, "lasso is named twice"),
    "an unknown study": (lambda db: db.study("fortune", TARGET), NotFound, "studies are known-paper, learning-curve, all-temp"),
    "a study of an unknown target": (lambda db: db.study("known-paper", "gold"), NotFound, "there is no target gold"),
    "a study of no seeds": (lambda db: db.study("known-paper", "total", seeds=0), WrongUsage, "seeds is a whole number"),
    "a study of gaps": (lambda db: db.study("known-paper", "total", Ridge(), seeds=1), UnusableEstimator, "Input X contains NaN"),
    "a study of too few papers": (lambda db: db.study("known-paper", TARGET), NothingToLearnFrom, "4 publications have 3"),
    "folds by an unknown rule": (lambda db: db.folds(TARGET, "by weather"), NotFound, "there is no protocol by weather"),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "kind", "message"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_ends_in_one_sentence(db, ask, kind, message):
    with pytest.raises(SseDbError, match=message) as told:
        ask(db)
    assert type(told.value) is kind
    assert "\n" not in str(told.value)
    assert told.value.exit_code == (2 if issubclass(kind, WrongUsage) else 1)
