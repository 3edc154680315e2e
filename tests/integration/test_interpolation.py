"""Interpolation to 25 °C happens only when asked for, says so in the data, and agrees with what was hidden from it."""

from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from support import homes
from support.engines import opened
from support.simulated_database import simulated_path

from analysis.data.arrhenius import INTERPOLATED
from analysis.data.frames import read_view
from analysis.data.interpolation import STANDARD_ERROR, derive_targets, read_training
from analysis.data.targets import TARGETS
from analysis.evaluation.results import describe_provenance, evaluate_targets
from analysis.evaluation.runs import EvaluationPlan
from sse_db.dictionary import cast_empty


@pytest.fixture(scope="module")
def hidden(system, tmp_path_factory):
    """The simulated database with every second sample measured at 20 °C instead of 25 °C."""
    with make_simulated(system, tmp_path_factory) as engine:
        with engine.begin() as connection:
            connection.execute(
                sa.text(
                    "UPDATE impedance_measurements SET temperature_c = 20 WHERE temperature_c = 25 AND sample_id % 2 = 0"
                )
            )
        yield engine


@pytest.fixture(scope="module")
def simulated(system, tmp_path_factory):
    """The simulated database as it is; never written to."""
    with make_simulated(system, tmp_path_factory) as engine:
        yield engine


@contextmanager
def make_simulated(system, tmp_path_factory):
    path = tmp_path_factory.mktemp("simulated") / "sse.db"
    with homes.copied(system, "simulated", simulated_path, path) as url, opened(url) as engine:
        yield engine


def test_a_sample_outside_the_window_is_left_out_unless_asked_for(hidden):
    plain = read_training(hidden, TARGETS["bulk"])
    assert len(plain) == 48
    assert STANDARD_ERROR not in plain
    more = read_training(hidden, TARGETS["bulk"], interpolate=True)
    added = more[more["bulk_basis"] == INTERPOLATED]
    assert len(more) == len(plain) + len(added)
    assert len(added) > 10
    assert added[STANDARD_ERROR].gt(0).all()
    assert more.loc[more["bulk_basis"] != INTERPOLATED, STANDARD_ERROR].isna().all()


@pytest.mark.parametrize("name", TARGETS)
def test_interpolated_rows_have_the_shape_of_the_view_and_every_descriptor(hidden, name):
    target = TARGETS[name]
    rows = read_training(hidden, target, interpolate=True)
    view = read_view(hidden, target.view)
    assert list(rows) == [*view, STANDARD_ERROR]
    assert rows["sample_id"].is_unique
    added = rows[rows[f"{target.contribution}_basis"] == INTERPOLATED]
    assert added[target.descriptors].notna().all().all()
    assert set(added["sample_id"]).isdisjoint(view["sample_id"])


def test_the_equations_are_those_of_the_views(simulated):
    with simulated.connect() as connection:  # with all digits, of which models read twelve
        view = cast_empty(pd.read_sql_query(sa.text("SELECT * FROM training_samples"), connection))
    derived = [each for each in view if each.startswith("log10_") or each == "grain_boundary_conductance_s_per_cm2"]
    again = derive_targets(view.drop(columns=derived))
    assert len(derived) == 7
    np.testing.assert_allclose(again[derived].astype(float), view[derived].astype(float), rtol=1e-12)


@pytest.mark.parametrize("name", ["bulk", "grain-boundary", "grain-boundary-per-grain"])
def test_interpolation_agrees_with_the_line_through_the_series(hidden, simulated, name):
    """The value that was measured at 25 °C now stands at 20 °C: the line at 25 °C lies above it, by less than a third
    of a decade at these activation energies."""
    target = TARGETS[name]
    truth = read_view(simulated, target.view).set_index("sample_id")[target.column]
    rows = read_training(hidden, target, interpolate=True).set_index("sample_id")
    added = rows.loc[rows[f"{target.contribution}_basis"] == INTERPOLATED, target.column]
    above = added - truth.loc[added.index]
    assert above.between(0, 0.3).all()


def test_evaluation_and_provenance_tell_interpolated_from_measured(hidden, monkeypatch):
    monkeypatch.setattr("analysis.evaluation.results.run_units", lambda *_, **__: [])
    plans = [EvaluationPlan(interpolate=each) for each in (False, True)]
    [measured], [with_interpolated] = (evaluate_targets(hidden, ["bulk"], plan) for plan in plans)
    assert with_interpolated.n > measured.n
    plain, more = (describe_provenance(hidden, plan) for plan in plans)
    assert (plain.interpolate, more.interpolate) == (False, True)
    assert plain != more


def test_the_simulated_database_gives_back_what_was_simulated(simulated):
    from support.simulated import simulate

    frame = simulate(0).set_index("sample_id")
    rows = read_view(simulated, "training_samples").set_index("sample_id")
    labels = read_view(simulated, "sample_names").set_index("sample_id")["label"]
    assert len(read_view(simulated, "measurement_points")) == 437
    rows.index = labels.loc[rows.index].str.removeprefix("S").astype(int)
    for target in TARGETS.values():
        for column in (*target.descriptors, target.column):
            assert np.allclose(rows[column].sort_index().astype(float), frame[column].sort_index(), rtol=1e-9), column
