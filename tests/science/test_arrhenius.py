"""Arrhenius fits return what was put in, mark what does not belong, and never interpolate unasked."""

import numpy as np
import pandas as pd
import pytest

from analysis.data.arrhenius import compare_energies, fit_all, interpolate_room_temperature, predict
from analysis.data.arrhenius_lines import BOLTZMANN_EV_PER_K, find_outliers, fit_rows, fit_series

TEMPERATURES = np.array([-20.0, 0.0, 50.0, 75.0, 100.0, 125.0])


def conduct(energy, ln_prefactor, temperature, form="sigma_t"):
    kelvin = temperature + 273.15
    return np.exp(ln_prefactor - energy / (BOLTZMANN_EV_PER_K * kelvin)) / (kelvin if form == "sigma_t" else 1)


@pytest.mark.parametrize("form", ["sigma_t", "sigma"])
def test_a_fit_returns_energy_and_prefactor(form):
    fit = fit_series(TEMPERATURES, conduct(0.38, 9.0, TEMPERATURES, form), form)
    assert fit["activation_energy_ev"] == pytest.approx(0.38, rel=1e-9)
    assert fit["ln_prefactor"] == pytest.approx(9.0, rel=1e-9)
    assert fit["activation_energy_se_ev"] == pytest.approx(0, abs=1e-9)
    assert predict(fit, TEMPERATURES, form) == pytest.approx(conduct(0.38, 9.0, TEMPERATURES, form))


def test_the_standard_error_covers_the_truth():
    random = np.random.default_rng(0)
    covered = 0
    for _ in range(200):
        fit = fit_series(TEMPERATURES, conduct(0.4, 8.0, TEMPERATURES) * np.exp(random.normal(0, 0.1, 6)))
        covered += abs(fit["activation_energy_ev"] - 0.4) < 2.776 * fit["activation_energy_se_ev"]
    assert 0.90 <= covered / 200 <= 0.99


def test_a_slipped_exponent_is_marked_and_the_others_are_not():
    values = conduct(0.4, 8.0, TEMPERATURES)
    values[3] *= 10
    assert find_outliers(TEMPERATURES, values) == [False, False, False, True, False, False]
    assert not any(find_outliers(TEMPERATURES, conduct(0.4, 8.0, TEMPERATURES)))


def frame(**changes):
    values = {
        "sample_id": 1, "contribution": "bulk", "temperature_c": TEMPERATURES, "relation": "=", "temperature_basis": "stated",
        "value_basis": "measured", "conductivity_s_per_cm": conduct(0.4, 8.0, TEMPERATURES),
    }  # fmt: skip
    return pd.DataFrame({**values, **changes})


def test_limits_nominal_temperatures_and_extrapolated_values_stay_out():
    assert len(fit_all(frame())) == 2
    for changes in ({"relation": "<"}, {"temperature_basis": "room_temperature"}, {"value_basis": "extrapolated"}):
        assert fit_all(frame(**changes)).empty


def test_interpolation_is_marked_and_stays_inside_the_measured_range():
    measured = pd.DataFrame(columns=["sample_id", "bulk_relation", "grain_boundary_relation", "total_relation"])
    found = interpolate_room_temperature(fit_all(frame()), measured)
    assert found["basis"].tolist() == ["interpolated"]
    assert found["conductivity_s_per_cm"].item() == pytest.approx(conduct(0.4, 8.0, np.array([25.0]))[0])
    warm = fit_all(frame(temperature_c=TEMPERATURES + 100))
    assert interpolate_room_temperature(warm, measured).empty
    known = pd.DataFrame(
        [{"sample_id": 1, "bulk_relation": "=", "grain_boundary_relation": None, "total_relation": None}]
    )
    assert interpolate_room_temperature(fit_all(frame()), known).empty


def test_fitted_energies_stand_beside_the_reported_ones_of_the_same_part():
    fits = fit_all(pd.concat([frame(), frame(contribution="total")]))
    reported = pd.DataFrame(
        {
            "sample_id": [1, 1, 2], "contribution": ["bulk", "bulk", "bulk"], "label": "A", "formula": "LiX", "doi": "10.1/x",
            "replicate_label": "", "relation": ["=", "~", "="], "activation_energy_ev": [0.35, 0.3, 0.2], "uncertainty_ev": None,
        }
    )  # fmt: skip
    compared = compare_energies(fits, reported)
    assert len(compared) == 1
    assert compared["difference_ev_sigma_t"].item() == pytest.approx(0.05)
    assert compared["difference_ev_sigma"].item() < compared["difference_ev_sigma_t"].item()


def test_the_error_at_25_degrees_grows_with_the_distance_from_the_series():
    random = np.random.default_rng(3)
    noisy = conduct(0.4, 8.0, TEMPERATURES) * np.exp(random.normal(0, 0.05, 6))
    near, far = fit_series(TEMPERATURES, noisy), fit_series(TEMPERATURES + 300, noisy)
    assert 0 < near["log10_se_at_25_c"] < far["log10_se_at_25_c"]


@pytest.mark.parametrize("form", ["sigma_t", "sigma"])
def test_the_line_and_its_errors_are_those_of_scipy(form):
    from scipy import constants, stats

    kelvin = TEMPERATURES + 273.15
    noisy = conduct(0.4, 8.0, TEMPERATURES) * np.exp(np.random.default_rng(0).normal(0, 0.1, len(TEMPERATURES)))
    theirs = stats.linregress(1 / kelvin, np.log(noisy * kelvin if form == "sigma_t" else noisy))
    ours = fit_series(TEMPERATURES, noisy, form)
    boltzmann = constants.k / constants.e
    assert ours["activation_energy_ev"] == pytest.approx(-theirs.slope * boltzmann, rel=1e-10)
    assert ours["activation_energy_se_ev"] == pytest.approx(theirs.stderr * boltzmann, rel=1e-10)
    assert ours["ln_prefactor"] == pytest.approx(theirs.intercept, rel=1e-10)
    assert ours["ln_prefactor_se"] == pytest.approx(theirs.intercept_stderr, rel=1e-10)


def test_rows_as_dictionaries_are_fitted_as_frames_are():
    frames = pd.concat([frame(), frame(contribution="total"), frame(relation="<", sample_id=9)])
    assert fit_rows(frames.to_dict("records")) == fit_all(frames).to_dict("records")
