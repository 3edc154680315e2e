"""Candidates that learn from the composition beside the descriptors are trained, saved and used like the others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.simulated import matrix, simulate

from analysis.folds.fitting import fit, rows_for
from analysis.models.candidates import Candidate, scaled
from analysis.models.extended import EVERY_CANDIDATE, EXTENDED, matrix_for
from analysis.prediction.estimator_file import TRUSTED, dump_estimator, load_estimator
from analysis.prediction.predicting import describe_samples, predict_samples
from analysis.prediction.saved_model import load_model, save_model
from analysis.prediction.training import train_model
from sse_db.cli.choices import ModelName
from sse_db.database.engine import open_engine


def build_ridge():
    from sklearn.linear_model import Ridge

    return scaled(Ridge())


RIDGE = Candidate("ridge", "Ridge", build_ridge, {"small": {"model__alpha": [10.0]}}, of_composition=True)


def test_every_candidate_can_be_named():
    assert {each.value for each in ModelName} == set(EVERY_CANDIDATE) > set(EXTENDED)


def test_a_model_of_composition_predicts_the_same_when_loaded(tmp_path: Path, seed_url: str, monkeypatch):
    monkeypatch.setitem(EVERY_CANDIDATE, "ridge", RIDGE)
    engine = open_engine(seed_url)
    model = train_model(engine, "total", "ridge")
    assert len(model.descriptors) < 18 < len(model.features)
    save_model(model, tmp_path / "ridge.model")
    samples = describe_samples(engine, [1, 2, 3])
    engine.dispose()
    loaded = predict_samples(load_model(tmp_path / "ridge.model"), samples)
    assert [each.value for each in loaded] == [each.value for each in predict_samples(model, samples)]
    changed = predict_samples(model, samples.assign(formula="Li6PS5Cl"))
    assert changed[0].value != loaded[0].value


@pytest.mark.parametrize("name", EXTENDED)
def test_their_types_can_be_saved_and_read_back(name):
    data = matrix_for(EXTENDED[name], matrix(simulate(1, samples=30)))
    X, y = rows_for(EXTENDED[name], data), data.y.to_numpy()
    estimator = fit(EXTENDED[name], {}, X, y, None, data.samples)
    again = load_estimator(f"{name}.model", *dump_estimator(estimator))
    np.testing.assert_array_equal(again.predict(X), estimator.predict(X))
    assert sorted(TRUSTED) == TRUSTED
