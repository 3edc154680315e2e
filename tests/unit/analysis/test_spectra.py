"""Circuits and fits of impedance spectra: derivatives, recovery of what was put in, doubts, conversion."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.spectra.analyse import Options, analyse_series, analyse_spectrum, arrhenius_of, record_of
from analysis.spectra.circuits import Circuit, evaluate, parse_circuit
from analysis.spectra.conversion import Geometry, brick_layer_estimate, fit_arrhenius, to_conductivity
from analysis.spectra.curves import curves_of, evaluate_record
from analysis.spectra.fitting import Estimate, Spectrum, finish_fit, fit_circuit
from analysis.spectra.validity import check_kramers_kronig

FREQUENCY = np.geomspace(1e7, 1.0, 50)
GEOMETRY = Geometry(1.0, 10.0, grain_size_um=2.0)


def arc(resistance: float, capacitance: float, exponent: float = 0.92, frequency: np.ndarray = FREQUENCY) -> np.ndarray:
    return resistance / (1 + (2j * np.pi * frequency * resistance * capacitance) ** exponent)


def tail(coefficient: float = 3e-6, exponent: float = 0.8, frequency: np.ndarray = FREQUENCY) -> np.ndarray:
    return 1 / (coefficient * (2j * np.pi * frequency) ** exponent)


def noisy(impedance: np.ndarray, seed: int = 1, size: float = 0.01) -> np.ndarray:
    scatter = np.random.default_rng(seed).normal(size=(2, len(impedance))) * size * np.abs(impedance)
    return impedance + scatter[0] + 1j * scatter[1]


def pellet(**values: float) -> Spectrum:
    return Spectrum(FREQUENCY, noisy(arc(2e3, 1e-11) + arc(8e3, 2e-9) + tail(), **values))


@pytest.mark.parametrize(
    "circuit",
    [
        Circuit(1),
        Circuit(2, "cpe"),
        Circuit(3, "warburg", True),
        Circuit(1, "cpe", True, True),
        Circuit(0, "cpe", True),
    ],
    ids=lambda circuit: circuit.code,
)
def test_derivatives_are_those_of_the_impedance(circuit: Circuit) -> None:
    window = Spectrum(FREQUENCY, arc(1e4, 1e-11)).window
    values = {"ln_R": 8.0, "ln_tau": -9.0, "n": 0.8, "ln_tail": 7.0, "n_tail": 0.7, "series": 0.1, "ln_L": -12.0}
    vector = np.array([values[name.rstrip("123")] for name in circuit.names])
    vector[: 3 * circuit.arcs : 3] += np.arange(circuit.arcs)
    _, slopes = evaluate(circuit, vector, window)
    for k in range(len(vector)):
        step = np.zeros(len(vector))
        step[k] = 1e-6
        (above,), (below,) = evaluate(circuit, vector + step, window)[0], evaluate(circuit, vector - step, window)[0]
        np.testing.assert_allclose(slopes[0, :, k], (above - below) / 2e-6, rtol=1e-5, atol=1e-4)


@pytest.mark.parametrize(
    ("code", "circuit"),
    [
        ("(R1|Q1)-(R2|Q2)-Q3", Circuit(2, "cpe")), ("R0-(RQ)-W", Circuit(1, "warburg", True)),
        ("L-R-p(R,Q)", Circuit(1, "none", True, True)), ("(R1‖CPE1)+Q2", Circuit(1, "cpe")),
    ],
)  # fmt: skip
def test_a_circuit_is_read_as_the_literature_writes_it(code: str, circuit: Circuit) -> None:
    assert parse_circuit(code) == circuit
    assert parse_circuit(circuit.code) == circuit


@pytest.mark.parametrize("code", ["", "(R1|C1)", "(RQ)-(RQ)-(RQ)-(RQ)", "Q-W", "R-R", "hello"])
def test_what_is_no_circuit_is_refused_in_words(code: str) -> None:
    with pytest.raises(ValueError, match="no circuit that can be fitted"):
        parse_circuit(code)


def test_two_arcs_and_a_tail_are_found_without_start_values() -> None:
    analysis = analyse_spectrum(pellet(), GEOMETRY)
    assert analysis.fit.circuit.code == "(R1|Q1)-(R2|Q2)-Q3"
    assert [each.part for each in analysis.assignments] == ["bulk", "grain_boundary"]
    for found, true in zip(analysis.fit.arcs, (2e3, 8e3), strict=True):
        assert found.resistance_ohm.low < true < found.resistance_ohm.high
    assert not analysis.doubts


def test_conductivities_follow_from_the_geometry_and_the_total_from_both_arcs() -> None:
    analysis = analyse_spectrum(pellet(), GEOMETRY)
    constant = 0.1 / (np.pi / 4)
    assert analysis.conductivities["bulk"].value == pytest.approx(constant / 2e3, rel=0.03)
    assert analysis.conductivities["grain_boundary"].value == pytest.approx(constant / 8e3, rel=0.03)
    assert analysis.conductivities["total"].value == pytest.approx(constant / 1e4, rel=0.01)
    assert analysis.conductivities["total"].relative_error < analysis.conductivities["bulk"].relative_error
    assert analysis.per_area is not None
    assert analysis.per_area.value == pytest.approx(analysis.conductivities["grain_boundary"].value / 2e-4)
    assert analysis.brick_layer is not None
    assert analysis.brick_layer.value == pytest.approx(constant / 8e3 * 1e-11 / 2e-9, rel=0.1)


def test_an_electrode_with_an_exponent_of_one_half_is_a_warburg_element() -> None:
    impedance = noisy(arc(2e3, 1e-11) + arc(8e3, 2e-9) + tail(1e-5, 0.5), size=0.005)
    assert analyse_spectrum(Spectrum(FREQUENCY, impedance), GEOMETRY).fit.circuit.code == "(R1|Q1)-(R2|Q2)-W3"


def test_without_geometry_there_is_no_conductivity_and_the_assignment_says_so() -> None:
    analysis = analyse_spectrum(pellet())
    assert not analysis.conductivities
    assert "the geometry is not stated" in analysis.assignments[0].reason


def test_the_uncertainty_of_the_geometry_adds_to_that_of_the_fit() -> None:
    resistance = Estimate(1e4, 300.0, 9.4e3, 1.06e4)
    value = to_conductivity(resistance, Geometry(1.0, 10.0, relative_uncertainty=0.04))
    assert value.relative_error == pytest.approx(0.05)
    assert value.low < to_conductivity(resistance, Geometry(1.0, 10.0)).low


@pytest.mark.parametrize(
    ("impedance", "code"),
    [
        (arc(1e6, 4e-7), "below-window"), (arc(50.0, 1e-11) + tail(), "above-window"),
        (arc(5e3, 1e-11) + arc(5e3, 4e-11) + tail(), "overlapping"), (tail() + 300.0, "no-arc"),
        (arc(4e3, 1e-11) + 500.0 + tail(), "series"), (arc(1e4, 1e-11, 0.72) + tail(), "depressed"),
        (arc(1e4, 1e-11, 0.95) + tail(3e-10, 0.9), "tail"), (arc(1e4, 1e-11) + arc(4e4, 1e-7, 0.55), "flat"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_what_cannot_be_told_is_doubted(impedance: np.ndarray, code: str) -> None:
    analysis = analyse_spectrum(Spectrum(FREQUENCY, noisy(impedance, size=0.005)), GEOMETRY)
    assert code in {doubt.code for doubt in analysis.doubts}, analysis.sentences()


def test_one_arc_that_may_be_several_counts_as_total_alone() -> None:
    analysis = analyse_spectrum(Spectrum(FREQUENCY, noisy(arc(1e4, 1e-11, 0.7) + tail(), size=0.005)), GEOMETRY)
    assert set(analysis.conductivities) == {"total"}


def test_the_interval_of_a_loose_resistance_follows_the_likelihood() -> None:
    spectrum = Spectrum(FREQUENCY, noisy(arc(500.0, 4e-12) + arc(1e5, 2e-11) + tail(), size=0.03))
    fit = finish_fit(fit_circuit(spectrum, Circuit(2, "cpe")))
    loose = fit.arcs[0].resistance_ohm
    assert loose.is_profiled
    assert loose.low < loose.value < loose.high


def test_a_spectrum_of_one_system_passes_the_check_and_a_spoiled_point_fails() -> None:
    clean = pellet(size=0.002)
    assert not check_kramers_kronig(clean).failing.any()
    spoiled = clean.impedance_ohm.copy()
    spoiled[20] *= 1.3
    assert list(np.flatnonzero(check_kramers_kronig(Spectrum(FREQUENCY, spoiled)).failing)) == [20]


def test_failing_points_are_left_out_on_request_alone_and_recorded() -> None:
    spoiled = pellet(size=0.002).impedance_ohm.copy()
    spoiled[20] *= 1.3
    spectrum = Spectrum(FREQUENCY, spoiled)
    kept = analyse_spectrum(spectrum)
    assert kept.left_out_hz == ()
    assert "kramers-kronig" in {doubt.code for doubt in kept.doubts}
    left = analyse_spectrum(spectrum, options=Options(drop_failing=True))
    assert left.left_out_hz == (FREQUENCY[20],)
    assert record_of(left)["left_out"] == [FREQUENCY[20]]


def test_a_record_gives_the_fitted_curve_again() -> None:
    analysis = analyse_spectrum(pellet(), GEOMETRY)
    again = evaluate_record(record_of(analysis), analysis.measured.frequency_hz)
    np.testing.assert_allclose(again, analysis.fit.impedance_ohm, rtol=1e-4)
    curves = curves_of(FREQUENCY, pellet().impedance_ohm, record_of(analysis))
    assert set(curves.tops["part"]) == {"1 bulk", "2 grain boundary"}
    assert curves.points["residual_real_percent"].abs().max() < 5


def at_temperature(celsius: float) -> Spectrum:
    hot = 1 / (8.617e-5 * (celsius + 273.15))
    bulk, boundary = 2.2e-3 * np.exp(0.38 * hot), 2.9e-4 * np.exp(0.46 * hot)
    return Spectrum(FREQUENCY, noisy(arc(bulk, 1.1e-11) + arc(boundary, 1.5e-9) + tail(), seed=int(celsius) + 99))


@pytest.mark.parametrize("tied", [False, True], ids=["free capacitances", "tied capacitances"])
def test_a_series_gives_the_activation_energies_that_were_put_in(tied: bool) -> None:
    spectra = [(celsius, at_temperature(celsius), GEOMETRY) for celsius in (25.0, 0.0, 50.0, 75.0)]
    found = analyse_series(spectra, tie_capacitances=tied)
    assert [each.temperature_c for each in found] == [0.0, 25.0, 50.0, 75.0]
    energies = arrhenius_of(found)
    # R falls with Ea/kT, so σT has an energy larger by about kT
    assert energies["bulk"].energy_ev == pytest.approx(0.38 + 0.027, abs=0.02)
    assert energies["grain_boundary"].energy_ev == pytest.approx(0.46 + 0.027, abs=0.02)


def test_an_arc_that_leaves_the_window_is_said_to_have_left() -> None:
    found = analyse_series(
        [(celsius, at_temperature(celsius), GEOMETRY) for celsius in (-20.0, 20.0, 60.0, 130.0, 200.0)]
    )
    assert any("has left the window (above)" in sentence for each in found for sentence in each.sentences())
    assert "bulk" not in found[-1].conductivities or any(doubt.arc == 1 for doubt in found[-1].doubts)


def test_a_series_needs_two_temperatures() -> None:
    with pytest.raises(ValueError, match="each of another temperature"):
        analyse_series([(25.0, pellet(), None), (25.0, pellet(), None)])


def test_an_activation_energy_needs_three_temperatures() -> None:
    with pytest.raises(ValueError, match="three temperatures"):
        fit_arrhenius([25.0, 50.0], [1e-4, 2e-4])


def test_a_brick_layer_estimate_carries_the_errors_of_its_three_parts() -> None:
    parts = (Estimate(1e-5, 3e-7, 0, 1), Estimate(1e-11, 4e-13, 0, 1), Estimate(1e-9, 0.0, 0, 1))
    assert brick_layer_estimate(*parts).relative_error == pytest.approx(0.05)


def test_too_few_points_are_refused_in_words() -> None:
    spectrum = Spectrum(FREQUENCY[:3], arc(1e4, 1e-11)[:3])
    with pytest.raises(ValueError, match="3 points cannot determine the 8 parameters"):
        fit_circuit(spectrum, Circuit(2, "cpe"))
