"""Impedance spectra that the database keeps, with the circuits fitted to them and what came of each."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from analysis.data.frames import read_view
from analysis.figures.base import Figure
from analysis.figures.spectra import draw_spectrum
from analysis.report.sections.base import Section, Study
from analysis.spectra.curves import curves_of

MOST_DRAWN = 3
MOST_SHOWN = 40
JSON_COLUMNS = ("points", "left_out", "parameters", "arcs", "doubts")
NOT_IN_TABLE = ("points", "parameters", "arcs", "reading")


def describe_spectra(study: Study) -> Section:
    """The section on spectra; its figures show the first fitted spectrum of each of a few samples."""
    frame = read_view(study.engine, "fitted_spectra")
    rows = [_read(row) for row in frame.to_dict("records")]
    fitted = [row for row in rows if row["circuit"]]
    shown = list({row["sample_id"]: row for row in reversed(fitted)}.values())[::-1][:MOST_DRAWN]
    figures, points = [], []
    for number, row in enumerate(shown, 1):
        figure = _draw(row, f"impedance_spectrum_{number}")
        figures.append(figure)
        points.append(figure.data.assign(sample_id=row["sample_id"], spectrum_id=row["spectrum_id"]))
    tables = {"fitted_spectra": frame.drop(columns=list(NOT_IN_TABLE))}
    if points:
        tables["spectrum_points"] = pd.concat(points, ignore_index=True)
    counts = {
        "spectra": int(frame["spectrum_id"].nunique()),
        "samples": int(frame["sample_id"].nunique()),
        "fits": len(fitted),
        "doubtful": sum(bool(row["doubts"]) for row in fitted),
    }
    values = {**counts, "rows": fitted[:MOST_SHOWN]}
    return Section(
        "spectra", "Impedance spectra", values=values, figures=figures, tables=tables, facts={"spectra": counts}
    )


def _read(row: dict[Any, Any]) -> dict[str, Any]:
    """A row with its JSON columns as values and nothing where the database has nothing."""
    plain = {str(name): None if pd.isna(value) else value for name, value in row.items()}
    return {
        name: json.loads(value) if name in JSON_COLUMNS and value is not None else value
        for name, value in plain.items()
    }


def _draw(row: dict[str, Any], name: str) -> Figure:
    points = row["points"]
    impedance = [complex(a, b) for a, b in zip(points["z_real_ohm"], points["z_imaginary_ohm"], strict=True)]
    curves = curves_of(points["frequency_hz"], impedance, row)
    at = "" if row["temperature_c"] is None else f" at {row['temperature_c']:g} °C"
    title = f"Impedance of {row['label']}{at}"
    arcs = ", ".join(f"{k} {arc['contribution'].replace('_', ' ')}" for k, arc in enumerate(row["arcs"], 1))
    caption = (
        f"{title}: {row['point_count']} points of {row['spectrum_label']}, fitted with {row['circuit']} to "
        f"{row['misfit_percent']:.2f} % (root mean square of the relative residuals). Arcs: {arcs or 'none'}. "
        "Above Nyquist plot and residuals, below modulus and phase."
    )
    return draw_spectrum(name, title, caption, curves.points, curves.arcs, curves.tops)
