"""From points to conductivities in one call: check, fit, assign, convert, and say what is doubtful."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from analysis.spectra.assessment import Doubt, assess_fit, make_doubt
from analysis.spectra.assignment import Assignment, Part, assign_arcs
from analysis.spectra.choice import Choice, choose_circuit
from analysis.spectra.circuits import Circuit
from analysis.spectra.conversion import (
    Arrhenius,
    Geometry,
    brick_layer_estimate,
    fit_arrhenius,
    grain_boundary_per_area,
    to_conductivity,
)
from analysis.spectra.fitting import CircuitFit, Estimate, Spectrum, Weighting, finish_fit, fit_circuit
from analysis.spectra.series import fit_series
from analysis.spectra.validity import KramersKronig, check_kramers_kronig

CONTRIBUTIONS: tuple[Part, ...] = ("bulk", "grain_boundary", "total")
UNRESOLVED = ("hidden", "depressed", "no-arc")
TOTAL_UNKNOWN = ("below-window", "tail")


@dataclass(frozen=True)
class Options:
    """How to fit: a circuit of one's own or None, weighting, frequencies in Hz between which points count, and
    whether points that fail the Kramers–Kronig check are left out."""

    circuit: Circuit | None = None
    weighting: Weighting = "modulus"
    lowest_hz: float | None = None
    highest_hz: float | None = None
    drop_failing: bool = False


@dataclass(frozen=True)
class Analysis:
    """One spectrum understood. `conductivities` in S/cm hold what could be said, by contribution; empty without
    geometry."""

    measured: Spectrum
    fit: CircuitFit
    check: KramersKronig
    choice: Choice | None
    assignments: tuple[Assignment, ...]
    doubts: tuple[Doubt, ...]
    geometry: Geometry | None
    left_out_hz: tuple[float, ...] = ()
    temperature_c: float | None = None
    arc_numbers: tuple[int, ...] = ()
    resistances: dict[Part, Estimate] = field(default_factory=dict)
    conductivities: dict[Part, Estimate] = field(default_factory=dict)
    per_area: Estimate | None = None
    brick_layer: Estimate | None = None

    @property
    def misfit(self) -> float:
        """Root mean square of the relative residuals."""
        return float(np.sqrt(np.mean(np.abs(self.fit.residuals) ** 2) / 2))

    def sentences(self) -> list[str]:
        """All doubts in words, those about the assignment of arcs included."""
        found = [doubt.message for doubt in self.doubts]
        return found + [f"arc {k}: {each.doubt}" for k, each in enumerate(self.assignments, 1) if each.doubt]


def analyse_spectrum(
    spectrum: Spectrum,
    geometry: Geometry | None = None,
    options: Options | None = None,
    temperature_c: float | None = None,
) -> Analysis:
    """Check, fit and convert one spectrum. Raises ValueError where too few points are left."""
    options = options or Options()
    used, check, left_out = select_points(spectrum, options)
    choice = None
    if options.circuit is None:
        choice = choose_circuit(used, weighting=options.weighting)
        fit = choice.best
    else:
        fit = fit_circuit(used, options.circuit, weighting=options.weighting)
    return _describe(spectrum, finish_fit(fit), check, choice, geometry, left_out, temperature_c)


def analyse_series(
    spectra: Sequence[tuple[float, Spectrum, Geometry | None]],
    options: Options | None = None,
    *,
    tie_capacitances: bool = False,
    report: Callable[[int, int], None] | None = None,
) -> list[Analysis]:
    """Spectra of one body at several temperatures (°C), fitted together; in the order of temperature."""
    options = options or Options()
    ordered = sorted(spectra, key=lambda each: each[0])
    selected = [select_points(spectrum, options) for _, spectrum, _ in ordered]
    series = fit_series(
        [(each[0], used) for each, (used, _, _) in zip(ordered, selected, strict=True)],
        circuit=options.circuit, weighting=options.weighting, tie_capacitances=tie_capacitances, report=report,
    )  # fmt: skip
    found = []
    for (temperature, spectrum, geometry), (_, check, left_out), member in zip(
        ordered, selected, series.members, strict=True
    ):
        analysis = _describe(spectrum, member.fit, check, None, geometry, left_out, temperature)
        said = (*analysis.doubts, *(make_doubt("left", sentence=sentence) for sentence in member.left))
        found.append(replace(analysis, doubts=said, arc_numbers=member.arc_numbers))
    return found


def select_points(spectrum: Spectrum, options: Options) -> tuple[Spectrum, KramersKronig, tuple[float, ...]]:
    """The points that are fitted, the Kramers–Kronig check of those in the window, and the frequencies in Hz left
    out."""
    inside = spectrum.within(options.lowest_hz, options.highest_hz)
    if len(inside.frequency_hz) < 6:
        raise ValueError(f"{len(inside.frequency_hz)} points between the given frequencies are too few")
    check = check_kramers_kronig(inside)
    used = inside
    if options.drop_failing and check.failing.any():
        used = Spectrum(inside.frequency_hz[~check.failing], inside.impedance_ohm[~check.failing])
    kept = set(used.frequency_hz.tolist())
    return used, check, tuple(each for each in spectrum.frequency_hz.tolist() if each not in kept)


def _describe(
    measured: Spectrum, fit: CircuitFit, check: KramersKronig, choice: Choice | None, geometry: Geometry | None,
    left_out: tuple[float, ...], temperature_c: float | None,
) -> Analysis:  # fmt: skip
    assignments = assign_arcs(fit, geometry)
    doubts = assess_fit(fit, geometry, choice, check)
    failing = int(check.failing.sum())
    if failing:
        doubts = (*doubts, make_doubt("kramers-kronig", failing=failing, points=len(check.failing)))
    if any(doubt.code in UNRESOLVED for doubt in doubts) and len(assignments) == 1 and assignments[0].part == "bulk":
        assignments = (replace(assignments[0], part="total", doubt="bulk and grain boundary are not told apart"),)
    resistances = _resistances(fit, assignments, doubts)
    analysis = Analysis(
        measured, fit, check, choice, assignments, doubts, geometry, left_out, temperature_c, (), resistances
    )
    return analysis if geometry is None else _convert(analysis, geometry)


def _resistances(fit: CircuitFit, assignments: Sequence[Assignment], doubts: Sequence[Doubt]) -> dict[Part, Estimate]:
    found: dict[Part, Estimate] = {}
    inner = [k for k, each in enumerate(assignments) if each.part in ("bulk", "grain_boundary", "total", "unassigned")]
    for part in ("bulk", "grain_boundary"):
        own = [k for k, each in enumerate(assignments) if each.part == part]
        if own:
            found[part] = fit.resistance_sum(own, with_series=False)
    if not any(doubt.code in TOTAL_UNKNOWN for doubt in doubts) and (inner or fit.circuit.has_series):
        found["total"] = fit.resistance_sum(inner, with_series=True)
    return found


def _convert(analysis: Analysis, geometry: Geometry) -> Analysis:
    conductivities = {part: to_conductivity(estimate, geometry) for part, estimate in analysis.resistances.items()}
    boundary = conductivities.get("grain_boundary")
    per_area = grain_boundary_per_area(boundary, geometry) if boundary and geometry.grain_size_um else None
    parts = [each.part for each in analysis.assignments]
    layer = None
    if boundary and "bulk" in parts:
        arcs = analysis.fit.arcs
        bulk, other = (arcs[parts.index(part)].capacitance_f for part in ("bulk", "grain_boundary"))
        layer = brick_layer_estimate(boundary, bulk, other)
    return replace(analysis, conductivities=conductivities, per_area=per_area, brick_layer=layer)


def arrhenius_of(analyses: Sequence[Analysis]) -> dict[Part, Arrhenius]:
    """Activation energies by contribution, where three temperatures or more have it."""
    found: dict[Part, Arrhenius] = {}
    for part in CONTRIBUTIONS:
        points = [
            (each.temperature_c, each.conductivities[part].value)
            for each in analyses
            if part in each.conductivities and each.temperature_c is not None
        ]
        if len({temperature for temperature, _ in points}) >= 3:
            found[part] = fit_arrhenius([t for t, _ in points], [value for _, value in points])
    return found


def record_of(analysis: Analysis) -> dict[str, Any]:
    """An analysis as plain values, as they are stored and written as JSON; units stand at the end of the names."""
    fit = analysis.fit
    parameters: dict[str, Any] = {}
    for k, arc in enumerate(fit.arcs, 1):
        named = {
            f"R{k}_ohm": arc.resistance_ohm,
            f"tau{k}_s": arc.time_constant_s,
            f"n{k}": arc.exponent,
            f"Q{k}_s": arc.cpe_s,
            f"C{k}_f": arc.capacitance_f,
        }
        parameters |= {name: _plain(estimate) for name, estimate in named.items()}
    others = {"R0_ohm": fit.series_ohm, f"Q{len(fit.arcs) + 1}_s": fit.tail_cpe_s, "L0_h": fit.inductance_h}
    parameters |= {name: _plain(estimate) for name, estimate in others.items() if estimate is not None}
    if fit.tail_exponent is not None:
        parameters[f"n{len(fit.arcs) + 1}"] = {"value": fit.tail_exponent}
    return {
        "circuit": fit.circuit.code,
        "circuit_basis": "person" if analysis.choice is None and not analysis.arc_numbers else "program",
        "weighting": fit.weighting,
        "left_out": list(analysis.left_out_hz),
        "parameters": parameters,
        "correlations": {"names": list(fit.circuit.names), "matrix": np.round(fit.correlation, 4).tolist()},
        "arcs": [
            {"contribution": each.part, "capacitance_f_per_cm": each.capacitance_f_per_cm, "reason": each.reason,
             "doubt": each.doubt}
            for each in analysis.assignments
        ],
        "doubts": analysis.sentences(),
        "misfit_percent": 100 * analysis.misfit,
        "kramers_kronig_percent": 100 * analysis.check.rms,
        "points_failing": int(analysis.check.failing.sum()),
        "information_criterion": fit.information_criterion(),
        "resistances_ohm": {part: _plain(each) for part, each in analysis.resistances.items()},
        "conductivities_s_per_cm": {part: _plain(each) for part, each in analysis.conductivities.items()},
        "grain_boundary_conductivity_s_per_cm2": _plain(analysis.per_area) if analysis.per_area else None,
        "brick_layer_conductivity_s_per_cm": _plain(analysis.brick_layer) if analysis.brick_layer else None,
    }  # fmt: skip


def _plain(estimate: Estimate) -> dict[str, Any]:
    """Six significant digits: what follows them differs from machine to machine."""
    values = {
        "value": estimate.value,
        "standard_error": estimate.standard_error,
        "low": estimate.low,
        "high": estimate.high,
    }
    finite = {name: (float(f"{value:.6g}") if np.isfinite(value) else None) for name, value in values.items()}
    return finite | {"interval": "profile" if estimate.is_profiled else "linear"}
