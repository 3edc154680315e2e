"""What the spectrum commands write: tables of fits, doubts, and pages with plots."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sse_db.cli.render import print_json, print_table

if TYPE_CHECKING:
    from analysis.figures.base import Figure
    from analysis.spectra.analyse import Analysis
    from analysis.spectra.conversion import Arrhenius
    from analysis.spectra.fitting import Estimate
    from etl.spectra.points import RawSpectrum

PARTS: tuple[Literal["bulk", "grain_boundary", "total"], ...] = ("bulk", "grain_boundary", "total")
Named = tuple[str, float | None, Any, Any, dict[str, Any] | None]
"""Label, temperature, frequencies, impedances, and the record of a fit or None."""

SIGMAS = tuple(f"σ {part.replace('_', ' ')} (S/cm)" for part in PARTS)


def show_fits(analyses: list[tuple[RawSpectrum, Analysis]]) -> None:
    """One row per spectrum, one per arc, and every doubt."""
    rows = [
        (raw.label, each.temperature_c, each.fit.circuit.code, f"{100 * each.misfit:.2f}",
         f"{100 * each.check.rms:.2f}", *(_with_error(each.conductivities.get(part)) for part in PARTS),
         _with_error(each.per_area), len(each.sentences()) or None)
        for raw, each in analyses
    ]  # fmt: skip
    headers = ("spectrum", "°C", "circuit", "misfit %", "KK %", *SIGMAS, "h_gb (S/cm²)", "doubts")
    print_table(headers, rows, title="Fits")
    arcs = [
        (raw.label, k, said.part.replace("_", " "), _with_error(arc.resistance_ohm), _with_error(arc.capacitance_f),
         f"{arc.exponent.value:.3f}", f"{arc.peak_frequency_hz:.3g}", said.reason)
        for raw, each in analyses
        for k, (arc, said) in enumerate(zip(each.fit.arcs, each.assignments, strict=True), 1)
    ]  # fmt: skip
    print_table(("spectrum", "arc", "is", "R (Ω)", "C (F)", "n", "peak (Hz)", "because"), arcs, title="Arcs")
    doubts = [(raw.label, sentence) for raw, each in analyses for sentence in each.sentences()]
    if doubts:
        print_table(("spectrum", "doubt"), doubts, title="Doubts")
    layers = [(raw.label, _with_error(each.brick_layer)) for raw, each in analyses if each.brick_layer]
    if layers:
        headers = ("spectrum", "σ of the boundary itself (S/cm), an estimate")
        print_table(headers, layers, title="Brick-layer estimate")


def show_arrhenius(energies: dict[Any, Arrhenius]) -> None:
    """Activation energies by contribution."""
    rows = [
        (
            part.replace("_", " "),
            each.count,
            f"{each.energy_ev:.3f} ± {each.standard_error_ev:.3f}",
            f"{each.low:.3f} … {each.high:.3f}",
        )
        for part, each in energies.items()
    ]
    if rows:
        print_table(("contribution", "n", "Ea of σT (eV)", "95 %"), rows, title="Arrhenius")


def _with_error(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    return f"{estimate.value:.3e} ± {min(estimate.relative_error, 9.99):.1%}"


def show_stored(rows: list[dict[str, Any]], *, is_single: bool, json_output: bool) -> None:
    """Stored spectra: a list, or one with its parameters."""
    if json_output:
        print_json({"spectra": rows})
        return
    listed = [
        (row["spectrum_id"], row["label"], row["spectrum_label"], row["temperature_c"], row["point_count"],
         row["instrument"], row["circuit"], row["misfit_percent"],
         *(row[f"fitted_{part}_conductivity_s_per_cm"] for part in PARTS), row["accepted_by"])
        for row in rows
    ]  # fmt: skip
    names = ("spectrum", "sample", "label", "°C", "points", "instrument", "circuit", "misfit %", *SIGMAS, "accepted by")
    print_table(names, listed)
    for row in rows if is_single else ():
        _show_parameters(row)


def _show_parameters(row: dict[str, Any]) -> None:
    if row["parameters"]:
        parts = ("value", "standard_error", "low", "high")
        values = [(name, *(each.get(part) for part in parts)) for name, each in row["parameters"].items()]
        print_table(("parameter", "value", "standard error", "95 % from", "to"), values, title=row["circuit"])
        arcs = [(k, arc["contribution"], arc["reason"], arc["doubt"]) for k, arc in enumerate(row["arcs"], 1)]
        print_table(("arc", "is", "because", "doubt"), arcs, title="Arcs")
    for title, sentences in (("Doubts", row["doubts"]), ("Reading", row["reading"])):
        if sentences:
            print_table((title.lower(),), [(each,) for each in sentences], title=title)


def write_plots(analyses: list[tuple[RawSpectrum, Analysis]], folder: Path) -> int:
    """A page with all spectra, an SVG and a CSV for each; returns how many files."""
    from analysis.spectra.analyse import record_of

    named: list[Named] = []
    for raw, each in analyses:
        record = record_of(each)
        named.append(
            (raw.label, raw.conditions.temperature_c, each.measured.frequency_hz, each.measured.impedance_ohm, record)
        )
    return _write(named, folder)


def write_stored_plots(rows: list[dict[str, Any]], folder: Path) -> int:
    """The same for stored spectra."""
    named: list[Named] = []
    for row in rows:
        points = row["points"]
        impedance = [complex(a, b) for a, b in zip(points["z_real_ohm"], points["z_imaginary_ohm"], strict=True)]
        named.append(
            (
                row["spectrum_label"],
                row["temperature_c"],
                points["frequency_hz"],
                impedance,
                row if row["parameters"] else None,
            )
        )
    return _write(named, folder)


def _write(named: list[Named], folder: Path) -> int:
    """One page with all figures, and an SVG and the curves as CSV for each."""
    import vl_convert as vlc

    from analysis.figures.spectra import render_page

    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    figures = []
    for label, temperature, frequency, impedance, record in named:
        figure = draw_record(label, temperature, frequency, impedance, record)
        svg = vlc.vegalite_to_svg(figure.specification or {})
        figures.append((figure, svg))
        stem = _free_name(label, taken)
        (folder / f"{stem}.svg").write_text(svg, encoding="utf-8")
        figure.data.to_csv(folder / f"{stem}.csv", index=False)
    (folder / "index.html").write_text(render_page(figures), encoding="utf-8")
    return 2 * len(named) + 1


def draw_record(
    label: str, temperature: float | None, frequency: Any, impedance: Any, record: dict[str, Any] | None
) -> Figure:
    """The figure of a spectrum, with its fit if there is one."""
    from analysis.figures.spectra import draw_spectrum
    from analysis.spectra.curves import curves_of

    curves = curves_of(frequency, impedance, record)
    at = "" if temperature is None else f" at {temperature:g} °C"
    fitted = f", {record['circuit']}, misfit {record['misfit_percent']:.2f} %" if record else ""
    doubts = "".join(f" Doubt: {each}." for each in (record or {}).get("doubts") or [])
    title = f"{label}{at}{fitted}"
    return draw_spectrum("spectrum", title, title + "." + doubts, curves.points, curves.arcs, curves.tops)


def _free_name(label: str, taken: set[str]) -> str:
    stem = re.sub(r"[^\w.+-]+", "_", label).strip("._") or "spectrum"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    taken.add(name)
    return name


def draw_nyquist_of(row: dict[str, Any]) -> str:
    """A row of ``fitted_spectra``, its JSON columns read, as the SVG of a Nyquist plot."""
    import vl_convert as vlc

    from analysis.figures.base import themed
    from analysis.figures.spectra import draw_nyquist
    from analysis.spectra.curves import curves_of

    points = row["points"]
    impedance = [complex(a, b) for a, b in zip(points["z_real_ohm"], points["z_imaginary_ohm"], strict=True)]
    curves = curves_of(points["frequency_hz"], impedance, row if row["parameters"] else None)
    chart = themed(draw_nyquist(curves.points, curves.arcs, curves.tops))
    return vlc.vegalite_to_svg(chart.to_dict(validate=False))
