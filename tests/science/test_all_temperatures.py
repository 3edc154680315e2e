"""Known answers at all temperatures: planted activation energies, beside interpolation and the room-temperature model."""

import numpy as np
import pandas as pd
import pytest
from support.seeded import copy_seed
from support.simulated import matrix, simulate
from support.tour import call

from analysis.data.all_temperatures import OUTPUT, read_all_temperatures
from analysis.data.arrhenius_lines import fit_series
from analysis.data.targets import DESCRIPTOR_NAMES
from analysis.models.two_stage import TwoStage, find_energies, shift
from analysis.studies.temperatures import (
    ALL_TEMPERATURES,
    AT_25,
    ELSEWHERE,
    INTERPOLATION,
    predict_temperatures,
    score_temperatures,
)
from sse_db.database.engine import open_engine
from sse_db.errors import NothingToLearnFrom

TEMPERATURES = (0.0, 25.0, 50.0, 75.0, 100.0)


def plant(*, noise=0.1, temperatures=TEMPERATURES, seed=0):
    """Measurements of the simulated samples along activation energies that follow the electronegativity, and the
    room-temperature matrix of the same samples."""
    frame, random = simulate(seed), np.random.default_rng(seed)
    chosen = frame["electronegativity"]
    energy = 0.35 + 0.12 * (chosen - chosen.mean()) / chosen.std()
    parts = []
    for temperature in temperatures:
        moved = frame["log10_bulk_conductivity"] + shift(np.full(len(frame), temperature), energy)
        parts.append(
            frame.assign(
                contribution="bulk",
                temperature_c=temperature,
                **{OUTPUT: moved + random.normal(0, noise, len(frame))},
            )
        )
    rows = pd.concat(parts, ignore_index=True).assign(measurement_id=lambda each: range(len(each)))
    names = ["measurement_id", "sample_id", "publication_id", "contribution", "temperature_c"]
    return rows[[*names, *DESCRIPTOR_NAMES, OUTPUT]], matrix(frame), energy.set_axis(frame["sample_id"])


def test_planted_activation_energies_are_found_and_learnt():
    rows, _, energy = plant(noise=0.02)
    found = find_energies(rows).droplevel("contribution")
    assert (found - energy.loc[found.index]).abs().max() < 0.05
    held_out = rows["publication_id"].mod(4).eq(0)
    predicted = TwoStage().fit(rows[~held_out]).predict_energy(rows[held_out])
    truth = energy.loc[rows.loc[held_out, "sample_id"]].to_numpy()
    usual = np.abs(truth - energy.median()).mean()
    assert np.abs(predicted - truth).mean() < 0.6 * usual


def test_energies_of_all_series_at_once_are_those_of_one_fit_each():
    rows, _, _ = plant()
    rows = rows[~(rows["sample_id"].mod(5).eq(0) & rows["temperature_c"].gt(20))]  # some of one temperature alone
    found = find_energies(rows)
    assert set(found.index.get_level_values("sample_id")) == set(rows.loc[rows["sample_id"].mod(5).ne(0), "sample_id"])
    for sample, series in rows[rows["sample_id"].mod(5).ne(0)].groupby("sample_id"):
        alone = fit_series(series["temperature_c"].to_numpy(), 10 ** series[OUTPUT].to_numpy())
        assert found[sample, "bulk"] == pytest.approx(alone["activation_energy_ev"], abs=1e-9)


def test_predictions_follow_arrhenius_exactly():
    rows, _, _ = plant()
    model = TwoStage().fit(rows)
    one = pd.concat([rows.iloc[[0]].assign(temperature_c=t) for t in (-20.0, 25.0, 80.0, 150.0)])
    [found] = find_energies(one.assign(**{OUTPUT: model.predict(one)}))
    assert found == pytest.approx(model.predict_energy(one)[0], abs=1e-9)


@pytest.fixture(scope="module")
def planted():
    rows, near, _ = plant()
    return score_temperatures(predict_temperatures(rows, near)).set_index(["where", "known", "model"])


def test_with_planted_energies_the_model_beats_interpolation_where_little_of_a_series_is_known(planted):
    ours = planted.xs(ALL_TEMPERATURES, level="model").loc[ELSEWHERE]
    for known in (1, 2):
        assert ours.loc[known, "difference_high"] < 0, known
    line = planted.xs(INTERPOLATION, level="model").loc[ELSEWHERE]
    assert line.loc[3, "mae"] < line.loc[2, "mae"], "interpolation gains from every further point"
    assert ours.loc[3, "difference"] > ours.loc[2, "difference"], "and so catches up"


def test_at_25_degrees_both_models_answer_for_the_same_samples_of_held_out_papers(planted):
    at_25 = planted.loc[AT_25, 0]
    assert at_25["n"].nunique() == 1
    assert at_25.loc["xgboost", "difference"] == 0
    assert at_25.loc[ALL_TEMPERATURES, "mae"] < at_25.loc["median", "mae"]


def test_samples_never_measured_near_25_degrees_help_there():
    rows, near, _ = plant(noise=0.05)
    hot_only = rows["publication_id"].mod(3).eq(0)
    rows = rows[~hot_only | rows["temperature_c"].gt(40)]
    kept = ~near.groups.mod(3).eq(0)
    thinned = type(near)(near.target, near.mode, near.X[kept], near.y[kept], near.groups[kept], near.samples[kept])
    found = score_temperatures(predict_temperatures(rows, thinned)).set_index(["where", "model"])
    assert found.loc[(AT_25, ALL_TEMPERATURES), "difference"] < 0


def test_too_few_series_are_told():
    rows, near, _ = plant(temperatures=(25.0,))
    with pytest.raises(NothingToLearnFrom, match="0 publications have a series of 4 or more temperatures"):
        predict_temperatures(rows, near)
    with pytest.raises(NothingToLearnFrom, match="0 temperature series"):
        TwoStage().fit(rows)


def test_the_seed_has_too_few_series_and_its_rows_are_every_usable_measurement(tmp_path, monkeypatch):
    engine = open_engine(str(copy_seed(tmp_path)))
    rows = read_all_temperatures(engine)
    engine.dispose()
    assert len(rows) == rows["measurement_id"].nunique() > 200
    assert rows[OUTPUT].notna().all()
    assert set(rows["contribution"]) <= {"bulk", "grain_boundary", "total"}
    monkeypatch.chdir(tmp_path)
    outcome = call("sse-db study all-temperatures -t total")
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert "publications have a series of 4 or more temperatures of total conductivity" in outcome.stderr
    written = call("sse-db export training-set -t total --all-temperatures -o every.csv")
    assert written.returncode == 0, written.stderr
    assert len(pd.read_csv(tmp_path / "every.csv")) == len(rows)
