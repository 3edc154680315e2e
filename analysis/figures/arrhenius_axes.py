"""Conductivity against temperature on Arrhenius axes, coloured by sample (the paper's Figure 4; total beside it)."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.figures.base import (
    COLOURS,
    HEIGHT,
    NEUTRAL,
    QUANTITIES,
    WIDTH,
    Figure,
    MissingFigure,
    axis_title,
    count_rows,
    faded,
    legend_toggle,
    log_axis,
    sample_tooltip,
    zoomable,
)
from sse_db.spelling import counted
from sse_db.temperatures import ZERO_CELSIUS_K

PANELS = {
    "figure_4a": ("bulk", "conductivity_s_per_cm"),
    "figure_4b": ("grain_boundary_conductance", "conductance_s_per_cm2"),
    "figure_4c": ("grain_boundary", "conductivity_s_per_cm"),
    "temperature_total": ("total", "conductivity_s_per_cm"),
}
EXTRAPOLATED = "datum.value_basis == 'extrapolated'"


def draw_arrhenius_axes(measurements: pd.DataFrame) -> list[Figure | MissingFigure]:
    """Panels a–c and one for total; ``measurements`` has one row per measurement with contribution, temperature_c, the
    conductivity (S/cm), for grain boundaries the conductance (S/cm²) where the grain size is known, and names."""
    return [_draw_panel(measurements, name, kind, value) for name, (kind, value) in PANELS.items()]


def _draw_panel(measurements: pd.DataFrame, name: str, kind: str, value: str) -> Figure | MissingFigure:
    title = f"{QUANTITIES[kind][0]} against temperature"
    contribution = kind.removesuffix("_conductance")
    chosen = measurements["contribution"].eq(contribution) & measurements[[value, "temperature_c"]].notna().all(axis=1)
    points = measurements[chosen].copy()
    if points.empty:
        needs = " of samples with a grain size" if kind == "grain_boundary_conductance" else ""
        return MissingFigure(
            name, title, f"No {contribution.replace('_', ' ')} measurements{needs} with a temperature."
        )
    points["reciprocal_temperature"] = 1000 / (points["temperature_c"] + ZERO_CELSIUS_K)
    points["sample"] = points["label"] + " · " + points["reference"]
    toggle = legend_toggle("structure_class")
    base = alt.Chart(points).encode(
        x=alt.X("reciprocal_temperature:Q", title="1000 / T (1/K)", scale=alt.Scale(zero=False, padding=12)),
        y=alt.Y(f"{value}:Q", title=axis_title(kind), scale=alt.Scale(type="log"), axis=log_axis("y")),
        color=alt.Color("sample:N", legend=None, scale=alt.Scale(range=list(COLOURS))),
    )
    dots = base.mark_point(filled=True, size=50, strokeWidth=1.2, clip=True).encode(
        stroke=alt.Stroke("sample:N", legend=None, scale=alt.Scale(range=list(COLOURS))),
        fillOpacity=alt.condition(EXTRAPOLATED, alt.value(0.0), alt.value(1.0)),
        shape=alt.Shape("structure_class:N", title="Structure class", legend=alt.Legend(symbolFillColor=NEUTRAL)),
        opacity=faded(toggle),
        tooltip=sample_tooltip(
            alt.Tooltip("temperature_c:Q", title="T (°C)"),
            alt.Tooltip(f"{value}:Q", title=axis_title(kind), format=".3g"),
            alt.Tooltip("relation:N", title="Relation"),
            alt.Tooltip("value_basis:N", title="Value"),
        ),
    )
    lines = base.mark_line(strokeWidth=1, opacity=0.4, clip=True)
    numbers = count_rows(points) | {"extrapolated": int(points["value_basis"].eq("extrapolated").sum())}
    caption = (
        f"{title}: {counted(numbers['points'], 'point')} of {counted(numbers['samples'], 'sample')} from "
        f"{counted(numbers['publications'], 'publication')}, all temperatures; one colour "
        f"per sample, limits as reported; {numbers['extrapolated']} extrapolated by the source (hollow)."
    )
    drawn = zoomable((lines + dots.add_params(toggle)).properties(width=WIDTH, height=HEIGHT))
    columns = ["sample_id", "publication_id", "label", "formula", "doi", "structure_class", "contribution"]
    columns += ["temperature_c", "relation", "value_basis", value]
    data = points[columns]
    return Figure(name, title, caption, chart=drawn, data=data, source="measurements", numbers=numbers)
