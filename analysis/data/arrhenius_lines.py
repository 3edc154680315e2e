"""Straight lines through one Arrhenius series, without libraries: one sample's page needs none.

σT = A·exp(−Ea/kT) and σ = σ0·exp(−Ea/kT); k is the Boltzmann constant of the SI, exact since 2019.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, fsum, hypot, log, sqrt
from typing import TYPE_CHECKING, Any, Literal, get_args

from sse_db.temperatures import ROOM_TEMPERATURE_C, ZERO_CELSIUS_K

if TYPE_CHECKING:
    import numpy as np

BOLTZMANN_EV_PER_K = 1.380649e-23 / 1.602176634e-19
FEWEST_TEMPERATURES = 3
OUTLIER_DEVIATIONS = 3.0

Form = Literal["sigma_t", "sigma"]
FORMS: tuple[Form, ...] = get_args(Form)
USABLE = {"relation": ("=",), "temperature_basis": ("stated",), "value_basis": ("measured", "digitised")}
"""What a value has to be to be fitted: limits, approximate and extrapolated values stay out."""


def fit_series(
    temperature_c: Sequence[float] | np.ndarray, conductivity: Sequence[float] | np.ndarray, form: Form = "sigma_t"
) -> dict[str, float]:
    """Least squares of ln(σT) or ln σ against 1/T.

    Temperatures in °C, conductivities in S/cm; activation energy in eV with its standard error, the natural logarithm
    of the prefactor (S·K/cm or S/cm) with its standard error, the standard error of log10 σ on the line at 25 °C, and
    the residual standard deviation.

    A series made with Ea = 0.3 eV gives it back:

    >>> temperature_c = [0.0, 25.0, 50.0, 75.0]
    >>> kelvin = [each + ZERO_CELSIUS_K for each in temperature_c]
    >>> fit = fit_series(temperature_c, [1e4 / each * exp(-0.3 / (BOLTZMANN_EV_PER_K * each)) for each in kelvin])
    >>> round(fit["activation_energy_ev"], 6), round(exp(fit["ln_prefactor"]))
    (0.3, 10000)
    """
    reciprocal = [1 / (each + ZERO_CELSIUS_K) for each in map(float, temperature_c)]
    pairs = zip(map(float, conductivity), reciprocal, strict=True)
    ordinate = [log(value / inverse) if form == "sigma_t" else log(value) for value, inverse in pairs]
    count = len(reciprocal)
    middle, height = fsum(reciprocal) / count, fsum(ordinate) / count
    spread = fsum((each - middle) ** 2 for each in reciprocal)
    slope = fsum((x - middle) * (y - height) for x, y in zip(reciprocal, ordinate, strict=True)) / spread
    intercept = height - slope * middle
    squares = fsum((y - intercept - slope * x) ** 2 for x, y in zip(reciprocal, ordinate, strict=True))
    residual_sd = sqrt(squares / max(count - 2, 1))
    slope_se = residual_sd / sqrt(spread) if count > 2 else 0.0
    distance = 1 / (ROOM_TEMPERATURE_C + ZERO_CELSIUS_K) - middle
    return {
        "activation_energy_ev": -slope * BOLTZMANN_EV_PER_K,
        "activation_energy_se_ev": slope_se * BOLTZMANN_EV_PER_K,
        "ln_prefactor": intercept,
        "ln_prefactor_se": slope_se * sqrt(spread / count + middle**2),
        "log10_se_at_25_c": hypot(residual_sd / sqrt(count), distance * slope_se) / log(10),
        "residual_sd": residual_sd,
    }


def find_outliers(
    temperature_c: Sequence[float] | np.ndarray, conductivity: Sequence[float] | np.ndarray, form: Form = "sigma_t"
) -> list[bool]:
    """Which points lie more than three standard deviations of the others from the line through the others."""
    temperatures, values = list(map(float, temperature_c)), list(map(float, conductivity))
    if len(temperatures) < FEWEST_TEMPERATURES + 2:
        return [False] * len(temperatures)
    marked = []
    for place, (temperature, value) in enumerate(zip(temperatures, values, strict=True)):
        others, theirs = (each[:place] + each[place + 1 :] for each in (temperatures, values))
        fit = fit_series(others, theirs, form)
        distance = abs(log(value / conduct(fit, temperature, form)))
        marked.append(distance > OUTLIER_DEVIATIONS * max(fit["residual_sd"], 0.02))
    return marked


def conduct(fit: Mapping[Any, Any], temperature_c: float, form: Form = "sigma_t") -> float:
    """Conductivity (S/cm) of a fit at a temperature in °C."""
    kelvin = temperature_c + ZERO_CELSIUS_K
    exponent = fit["ln_prefactor"] - fit["activation_energy_ev"] / (BOLTZMANN_EV_PER_K * kelvin)
    return exp(exponent) / (kelvin if form == "sigma_t" else 1.0)


def describe_series(
    sample: Any, contribution: Any, temperature_c: Sequence[float], conductivity: Sequence[float], form: Form
) -> dict[str, Any]:
    """The row of a series: whose it is, how far it reaches, its line, and the temperatures that lie off it."""
    marked = zip(temperature_c, find_outliers(temperature_c, conductivity, form), strict=True)
    return {
        "sample_id": sample,
        "contribution": contribution,
        "form": form,
        "n": len(temperature_c),
        "lowest_c": float(min(temperature_c)),
        "highest_c": float(max(temperature_c)),
        **fit_series(temperature_c, conductivity, form),
        "outliers": ", ".join(f"{temperature:g} °C" for temperature, is_off in marked if is_off),
    }


def fit_rows(points: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of all series of measurements, given as dictionaries, that have enough stated temperatures."""
    series: dict[tuple[Any, Any], list[tuple[float, float]]] = {}
    for row in points:
        if all(row[name] in words for name, words in USABLE.items()):
            pair = (row["temperature_c"], row["conductivity_s_per_cm"])
            series.setdefault((row["sample_id"], row["contribution"]), []).append(pair)
    rows = []
    for (sample, contribution), pairs in sorted(series.items()):
        temperatures, values = zip(*sorted(pairs), strict=True)
        if len(set(temperatures)) >= FEWEST_TEMPERATURES:
            rows += [describe_series(sample, contribution, temperatures, values, form) for form in FORMS]
    return rows
