"""Dividing by the grain size raises R² by the variance of log D; multiplying back shows how much of it is prediction."""

import numpy as np
import pytest
from support.engines import opened
from support.reports import narrow_grids
from support.simulated import simulate
from support.simulated_database import simulated_path, write_simulated

from analysis.data.frames import read_view
from analysis.data.targets import TARGETS, build_matrix
from analysis.studies.grain_size import DIRECT, DIVIDED, RECOVERED, SIZE_ALONE, explain_division, share_variance


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    narrow_grids(monkeypatch)


def test_multiplied_back_the_residuals_are_the_same_and_the_gain_is_variance():
    with opened(simulated_path()) as engine:
        table, _, shortage = explain_division(engine, "bulk")
        variance = np.var(read_view(engine, "training_bulk")[TARGETS["bulk"].column])
    assert shortage == ""
    for _, rows in table.set_index("prediction").groupby("protocol"):
        assert rows.loc[RECOVERED, "mse"] == pytest.approx(rows.loc[DIVIDED, "mse"])
        assert rows.loc[RECOVERED, "r2"] == pytest.approx(1 - rows.loc[DIVIDED, "mse"] / variance)
        assert rows.loc[SIZE_ALONE, "r2"] > 0.3
        assert rows.loc[DIVIDED, "r2"] > rows.loc[RECOVERED, "r2"] + 0.1
        assert rows.loc[DIRECT, "r2"] > 0.3


def test_variances_add_up():
    frame = simulate(3)
    found = share_variance(frame, "grain-boundary")
    covariance = found["correlation"] * np.sqrt(found["original"] * found["grain_size"])
    assert found["divided"] == pytest.approx(found["original"] + found["grain_size"] - 2 * covariance)
    assert found["n"] == len(frame)


def test_complete_rows_are_analysed_apart_from_those_with_gaps(tmp_path):
    with opened(write_simulated(tmp_path, simulate(0, missing=0.03))) as engine:
        native = build_matrix(read_view(engine, "training_bulk"), TARGETS["bulk-per-grain"])
        complete, _, _ = explain_division(engine, "bulk", "complete")
    assert set(complete["mode"]) == {"complete"}
    assert 20 <= complete["n"].iloc[0] < len(native.y) < 96


def test_too_few_grain_sizes_are_told_in_one_sentence(engine):
    table, _, shortage = explain_division(engine, "grain-boundary")
    assert table.empty
    assert "0 of the 20 samples wanted" in shortage
