"""Arrhenius fits per sample and contribution: activation energy and prefactor with standard errors, outliers marked.

σT = A·exp(−Ea/kT) and σ = σ0·exp(−Ea/kT); k is the Boltzmann constant of CODATA 2018.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from scipy import constants, stats

from sse_db.temperatures import ROOM_TEMPERATURE_C, ZERO_CELSIUS_K

INTERPOLATED = "interpolated"
"""The basis of a conductivity that was not measured near room temperature."""
BOLTZMANN_EV_PER_K = constants.value("Boltzmann constant in eV/K")
FEWEST_TEMPERATURES = 3
OUTLIER_DEVIATIONS = 3.0

Form = Literal["sigma_t", "sigma"]
FORMS: tuple[Form, ...] = get_args(Form)
COLUMNS = [
    "sample_id", "contribution", "form", "n", "lowest_c", "highest_c", "activation_energy_ev",
    "activation_energy_se_ev", "ln_prefactor", "ln_prefactor_se", "log10_se_at_25_c", "residual_sd", "outliers",
]  # fmt: skip

WORDS = ["contribution", "form", "outliers"]
"""Columns of texts; the others hold numbers."""
TRACED = ["reciprocal_temperature", "ln_sigma_t", "ln_sigma_t_on_line", "outlier"]


def fit_series(temperature_c: np.ndarray, conductivity: np.ndarray, form: Form = "sigma_t") -> dict[str, float]:
    """Least squares of ln(σT) or ln σ against 1/T.

    Temperatures in °C, conductivities in S/cm; activation energy in eV with its standard error, the natural logarithm
    of the prefactor (S·K/cm or S/cm) with its standard error, the standard error of log10 σ on the line at 25 °C, and
    the residual standard deviation.

    A series made with Ea = 0.3 eV gives it back:

    >>> temperature_c = np.array([0.0, 25.0, 50.0, 75.0])
    >>> kelvin = temperature_c + ZERO_CELSIUS_K
    >>> fit = fit_series(temperature_c, 1e4 / kelvin * np.exp(-0.3 / (BOLTZMANN_EV_PER_K * kelvin)))
    >>> round(float(fit["activation_energy_ev"]), 6), round(np.exp(fit["ln_prefactor"]))
    (0.3, 10000)
    """
    kelvin = temperature_c + ZERO_CELSIUS_K
    ordinate = np.log(conductivity * kelvin) if form == "sigma_t" else np.log(conductivity)
    fit = stats.linregress(1 / kelvin, ordinate)
    residuals = ordinate - fit.intercept - fit.slope / kelvin
    freedom = max(len(kelvin) - 2, 1)
    distance = 1 / (ROOM_TEMPERATURE_C + ZERO_CELSIUS_K) - (1 / kelvin).mean()
    residual_sd = float(np.sqrt((residuals**2).sum() / freedom))
    return {
        "activation_energy_ev": -fit.slope * BOLTZMANN_EV_PER_K,
        "activation_energy_se_ev": fit.stderr * BOLTZMANN_EV_PER_K,
        "ln_prefactor": fit.intercept,
        "ln_prefactor_se": fit.intercept_stderr,
        "log10_se_at_25_c": float(np.hypot(residual_sd / np.sqrt(len(kelvin)), distance * fit.stderr) / np.log(10)),
        "residual_sd": residual_sd,
    }


def fit_all(points: pd.DataFrame) -> pd.DataFrame:
    """One row per sample, contribution and form with enough stated temperatures; columns as in ``COLUMNS``.

    ``points`` are rows of the view ``measurement_points``. Limits, approximate and extrapolated values stay out.
    """
    rows = [
        _fit_row(sample, contribution, series, form)
        for (sample, contribution), series in _series(points)
        for form in FORMS
    ]
    fits = pd.DataFrame(rows, columns=COLUMNS)
    # without any row the columns would be objects, which no table of numbers can be joined with
    return fits if rows else fits.astype(dict.fromkeys(set(COLUMNS) - set(WORDS), float) | dict.fromkeys(WORDS, "str"))


def _series(points: pd.DataFrame) -> Iterator[tuple[tuple[Hashable, Hashable], pd.DataFrame]]:
    """Sample and contribution with their usable points in order of temperature, where there are enough to fit."""
    usable = points[
        points["relation"].eq("=")
        & points["temperature_basis"].eq("stated")
        & points["value_basis"].isin(["measured", "digitised"])
    ]
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


def _fit_row(sample: Hashable, contribution: Hashable, series: pd.DataFrame, form: Form) -> dict[str, object]:
    temperature = series["temperature_c"].to_numpy(float)
    conductivity = series["conductivity_s_per_cm"].to_numpy(float)
    return {
        "sample_id": sample,
        "contribution": contribution,
        "form": form,
        "n": len(series),
        "lowest_c": float(temperature.min()),
        "highest_c": float(temperature.max()),
        **fit_series(temperature, conductivity, form),
        "outliers": ", ".join(f"{each:g} °C" for each in temperature[find_outliers(temperature, conductivity, form)]),
    }


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


def find_outliers(temperature_c: np.ndarray, conductivity: np.ndarray, form: Form = "sigma_t") -> np.ndarray:
    """Which points lie more than three standard deviations of the others from the line through the others."""
    marked = np.zeros(len(temperature_c), dtype=bool)
    if len(temperature_c) < FEWEST_TEMPERATURES + 2:
        return marked
    for place in range(len(temperature_c)):
        others = np.arange(len(temperature_c)) != place
        fit = fit_series(temperature_c[others], conductivity[others], form)
        predicted = predict(fit, temperature_c[place : place + 1], form)
        distance = abs(np.log(conductivity[place] / predicted[0]))
        marked[place] = distance > OUTLIER_DEVIATIONS * max(fit["residual_sd"], 0.02)
    return marked


def predict(fit: Mapping[Any, Any], temperature_c: np.ndarray, form: Form = "sigma_t") -> np.ndarray:
    """Conductivity (S/cm) of a fit at temperatures in °C."""
    kelvin = temperature_c + ZERO_CELSIUS_K
    exponent = fit["ln_prefactor"] - fit["activation_energy_ev"] / (BOLTZMANN_EV_PER_K * kelvin)
    return np.exp(exponent) / (kelvin if form == "sigma_t" else 1.0)


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
