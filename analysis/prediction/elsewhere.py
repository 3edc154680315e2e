"""Predictions at other temperatures than 25 °C: what their intervals are worth, and which temperatures are known."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.data.all_temperatures import OUTPUT, Measurements, is_near_room
from analysis.data.targets import FeatureMatrix
from analysis.evaluation.conformal import CALIBRATION_FOLDS, LEVELS, half_width
from analysis.folds.fitting import fit, rows_for, take
from analysis.folds.protocols import split_folds
from analysis.models.candidates import Candidate
from sse_db.errors import WrongUsage
from sse_db.temperatures import ROOM_TEMPERATURE_C, ZERO_CELSIUS_K

HOTTEST_C = 1500.0
"""As far as conductivities are kept (CHECK of the table)."""


def describe_elsewhere(matrix: FeatureMatrix, candidate: Candidate, seed: int) -> dict[str, Any] | None:
    """Half widths (decades) of intervals away from room temperature, from errors on publications that the model saw
    nothing of, and the range of temperatures (°C); None for a candidate that knows room temperature alone."""
    if matrix.measurements is None or not candidate.of_measurements:
        return None
    rows, part = matrix.measurements, matrix.target.contribution
    papers, errors = rows["publication_id"].to_numpy(), np.full(len(rows), np.nan)
    X, y = rows_for(candidate, matrix), matrix.y.to_numpy(float)
    for train, test in split_folds(len(rows), papers, CALIBRATION_FOLDS, seed):
        seen = np.flatnonzero(~matrix.groups.isin(papers[test]).to_numpy())
        known = Measurements(rows.iloc[train], part)
        model: Any = fit(candidate, {}, take(X, seen), y[seen], None, matrix.samples.iloc[seen], known)
        asked = rows.iloc[test]
        predicted = model.predict(asked, asked["temperature_c"].to_numpy(float))
        errors[test] = asked[OUTPUT].to_numpy(float) - predicted
    counted = (rows["contribution"].eq(part) & ~is_near_room(rows)).to_numpy()
    temperatures = rows.loc[rows["contribution"].eq(part), "temperature_c"]
    return {
        "half_widths": {
            f"{level:g}": half_width(errors[counted], papers[counted], level) if counted.any() else float("inf")
            for level in LEVELS
        },
        "temperatures_c": [float(temperatures.min()), float(temperatures.max())],
        "measurements": int(counted.sum()),
        "publications": len(np.unique(papers[counted])),
    }


def require_temperature(card: dict[str, Any], temperature_c: float) -> None:
    """Raise WrongUsage for a temperature that is none, or that a model knows nothing of."""
    if not -ZERO_CELSIUS_K < temperature_c <= HOTTEST_C:
        raise WrongUsage(
            f"{temperature_c:g} °C is no temperature of a measurement",
            f"above {-ZERO_CELSIUS_K} up to {HOTTEST_C:g} °C",
        )
    if card["elsewhere"] is None and temperature_c != ROOM_TEMPERATURE_C:
        raise WrongUsage(
            f"the model {card['model']} learnt from room temperature alone, and predicts at 25 °C",
            "train with --model all-temperatures to predict at others",
        )


def warn_of_temperature(card: dict[str, Any], temperature_c: float) -> list[str]:
    """A sentence where nothing was measured at such a temperature."""
    low, high = card["elsewhere"]["temperatures_c"]
    if low <= temperature_c <= high:
        return []
    return [f"{temperature_c:g} °C is outside of {low:g} … {high:g} °C, where conductivities were measured"]
