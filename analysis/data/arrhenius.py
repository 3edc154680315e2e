"""Arrhenius fits per sample and contribution: activation energy and prefactor with standard errors, outliers marked."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.data.arrhenius_lines import (
    FEWEST_TEMPERATURES,
    FORMS,
    USABLE,
    Form,
    conduct,
    describe_series,
    find_outliers,
    fit_series,
)
from sse_db.temperatures import ROOM_TEMPERATURE_C, ZERO_CELSIUS_K

INTERPOLATED = "interpolated"
"""The basis of a conductivity that was not measured near room temperature."""
COLUMNS = [
    "sample_id", "contribution", "form", "n", "lowest_c", "highest_c", "activation_energy_ev",
    "activation_energy_se_ev", "ln_prefactor", "ln_prefactor_se", "log10_se_at_25_c", "residual_sd", "outliers",
]  # fmt: skip

VALUE = "conductivity_s_per_cm"
WORDS = ["contribution", "form", "outliers"]
"""Columns of texts; the others hold numbers."""
TRACED = ["reciprocal_temperature", "ln_sigma_t", "ln_sigma_t_on_line", "outlier"]


def fit_all(points: pd.DataFrame) -> pd.DataFrame:
    """One row per sample, contribution and form with enough stated temperatures; columns as in ``COLUMNS``.

    ``points`` are rows of the view ``measurement_points``. Limits, approximate and extrapolated values stay out.
    """
    rows = [
        describe_series(sample, contribution, series["temperature_c"].tolist(), series[VALUE].tolist(), form)
        for (sample, contribution), series in _series(points)
        for form in FORMS
    ]
    fits = pd.DataFrame(rows, columns=COLUMNS)
    # without any row the columns would be objects, which no table of numbers can be joined with
    return fits if rows else fits.astype(dict.fromkeys(set(COLUMNS) - set(WORDS), float) | dict.fromkeys(WORDS, "str"))


def _series(points: pd.DataFrame) -> Iterator[tuple[tuple[Hashable, Hashable], pd.DataFrame]]:
    """Sample and contribution with their usable points in order of temperature, where there are enough to fit."""
    usable = points[np.logical_and.reduce([points[name].isin(words) for name, words in USABLE.items()])]
    for (sample, contribution), series in usable.groupby(["sample_id", "contribution"], sort=True):
        if series["temperature_c"].nunique() >= FEWEST_TEMPERATURES:
            yield (sample, contribution), series.sort_values("temperature_c")


def trace_series(points: pd.DataFrame) -> pd.DataFrame:
    """The points that were fitted: reciprocal temperature (1000/K), ln(σT) of point and line, outlier or not."""
    traced = []
    for _, series in _series(points):
        temperature, value = (series[name].to_numpy(float) for name in ("temperature_c", "conductivity_s_per_cm"))
        kelvin = temperature + ZERO_CELSIUS_K
        on_line = predict(fit_series(temperature, value), temperature)
        traced.append(
            series.assign(
                reciprocal_temperature=1000 / kelvin,
                ln_sigma_t=np.log(value * kelvin),
                ln_sigma_t_on_line=np.log(on_line * kelvin),
                outlier=find_outliers(temperature, value),
            )
        )
    return pd.concat(traced, ignore_index=True) if traced else pd.DataFrame(columns=[*points, *TRACED])


def compare_energies(fits: pd.DataFrame, reported: pd.DataFrame) -> pd.DataFrame:
    """One row per reported activation energy of a fitted series: reported and fitted in both forms, differences (eV).

    ``reported`` are rows of the view ``reported_activation_energies``; limits and approximate values stay out.
    """
    keys = ["sample_id", "contribution"]
    names = ["label", "formula", "doi", "replicate_label", "activation_energy_ev", "uncertainty_ev"]
    found = reported.loc[reported["relation"].eq("="), [*keys, *names]]
    for form in FORMS:
        line = fits.loc[fits["form"].eq(form), [*keys, "activation_energy_ev", "activation_energy_se_ev"]]
        found = found.merge(line.set_axis([*keys, f"fitted_ev_{form}", f"fitted_se_ev_{form}"], axis=1), on=keys)
        found[f"difference_ev_{form}"] = found[f"fitted_ev_{form}"] - found["activation_energy_ev"]
    return found


def predict(fit: Mapping[Any, Any], temperature_c: np.ndarray, form: Form = "sigma_t") -> np.ndarray:
    """Conductivity (S/cm) of a fit at temperatures in °C."""
    return np.array([conduct(fit, float(each), form) for each in temperature_c])


def interpolate_room_temperature(fits: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """Conductivity at 25 °C of samples never measured in the window, where 25 °C lies inside the measured range.

    An explicit option, never a default: every row carries ``basis = interpolated``, the range it rests on, and the
    standard error of log10 σ.
    ``measured`` are rows of ``room_temperature_conductivity``.
    """
    known = {
        (row.sample_id, part)
        for row in measured.itertuples()
        for part in ("bulk", "grain_boundary", "total")
        if pd.notna(getattr(row, f"{part}_relation"))
    }
    line = fits[fits["form"].eq("sigma_t")]
    inside = line[(line["lowest_c"] <= ROOM_TEMPERATURE_C) & (line["highest_c"] >= ROOM_TEMPERATURE_C)]
    pairs = zip(inside["sample_id"], inside["contribution"], strict=True)
    chosen = inside[np.array([pair not in known for pair in pairs], dtype=bool)]
    values = [float(predict(fit, np.array([ROOM_TEMPERATURE_C]))[0]) for fit in chosen.to_dict("records")]
    names = ["sample_id", "contribution", "n", "lowest_c", "highest_c", "log10_se_at_25_c"]
    return chosen[names].assign(conductivity_s_per_cm=values, basis=INTERPOLATED).reset_index(drop=True)
