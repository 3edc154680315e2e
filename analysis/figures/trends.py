"""Conductivity against grain size and against sintering temperature (the paper's Figure 8)."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.figures.base import (
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
    print_number,
    sample_tooltip,
    zoomable,
)
from analysis.figures.trend_fits import fit_trend
from sse_db.spelling import counted

PANELS = {
    "figure_8a": ("bulk_conductivity_s_per_cm", "bulk", "grain_size_um"),
    "figure_8b": ("grain_boundary_conductivity_s_per_cm", "grain_boundary", "grain_size_um"),
    "figure_8c": ("bulk_conductivity_s_per_cm", "bulk", "sintering_temperature_c"),
    "figure_8d": ("grain_boundary_conductivity_s_per_cm", "grain_boundary", "sintering_temperature_c"),
}
PHRASES = {"grain_size_um": ("grain size", "µm"), "sintering_temperature_c": ("sintering temperature", "°C")}
FEWEST_POINTS = 3
DASHES = alt.Scale(domain=["straight", "saturating"], range=[[6, 3], [2, 2]])


def draw_trends(samples: pd.DataFrame) -> list[Figure | MissingFigure]:
    """Panels a–d; ``samples`` has one row per sample with conductivities (S/cm), descriptors, formula and DOI."""
    return [_draw_panel(samples, name, *panel) for name, panel in PANELS.items()]


def _draw_panel(samples: pd.DataFrame, name: str, target: str, kind: str, x: str) -> Figure | MissingFigure:
    title = f"{QUANTITIES[kind][0]} against {PHRASES[x][0]}"
    points = samples.dropna(subset=[target, x])
    if len(points) < FEWEST_POINTS:
        what = f"{PHRASES[x][0]} and {QUANTITIES[kind][0].lower()} near room temperature"
        sentence = f"Samples with both {what}: {len(points)}; {FEWEST_POINTS} are needed."
        return MissingFigure(name, title, sentence)
    logarithmic, (phrase, unit) = x == "grain_size_um", PHRASES[x]
    x_title, x_axis = f"{phrase.capitalize()} ({unit})", log_axis("x", powers=False) if logarithmic else alt.Axis()
    toggle = legend_toggle("structure_class")
    scale = alt.Scale(type="log", padding=12) if logarithmic else alt.Scale(zero=False, padding=12)
    base = alt.Chart(points)
    dots = (
        base.mark_point(filled=True, size=55, clip=True)
        .encode(
            x=alt.X(f"{x}:Q", title=x_title, scale=scale, axis=x_axis),
            y=alt.Y(f"{target}:Q", title=axis_title(kind), scale=alt.Scale(type="log"), axis=log_axis("y")),
            color=alt.Color("structure_class:N", title="Structure class"),
            shape=alt.Shape("structure_class:N", title="Structure class"),
            opacity=faded(toggle),
            tooltip=sample_tooltip(
                alt.Tooltip(f"{x}:Q", title=x_title, format=".4~g"),
                alt.Tooltip(f"{target}:Q", title=axis_title(kind), format=".3g"),
            ),
        )
        .add_params(toggle)
    )
    lines, fit, text = _fit(points, x, target, logarithmic)
    trend = (
        alt.Chart(lines)
        .mark_line(color=NEUTRAL, clip=True)
        .encode(x=f"{x}:Q", y=f"{target}:Q", strokeDash=alt.StrokeDash("trend:N", title="Trend", scale=DASHES))
    )
    numbers: dict[str, float] = {**count_rows(points), **fit}
    caption = (
        f"{title}, values near room temperature; n = {counted(len(points), 'sample')} from "
        f"{counted(int(numbers['publications']), 'publication')}. {text}"
    )
    columns = ["sample_id", "publication_id", "label", "formula", "doi", "structure_class", x, target]
    drawn = zoomable((trend + dots).properties(width=WIDTH, height=HEIGHT))
    return Figure(name, title, caption, chart=drawn, data=points[columns], source="samples", numbers=numbers)


def _fit(points: pd.DataFrame, x: str, target: str, logarithmic: bool) -> tuple[pd.DataFrame, dict[str, float], str]:
    """Points of both trends of log10 y against x (or log10 x), their numbers, and words for them."""
    raw, y = points[x].to_numpy(float), np.log10(points[target].to_numpy(float))
    abscissa = np.log10(raw) if logarithmic else raw
    if np.ptp(abscissa) == 0:
        return pd.DataFrame({x: raw[:1], target: 10 ** y[:1], "trend": "straight"}), {}, "One abscissa only: no trend."
    trend = fit_trend(abscissa, y, points["publication_id"].to_numpy())
    along = np.unique([abscissa.min(), trend.bend, abscissa.max()])
    drawn = [(name, line(along)) for name, line in (("straight", trend.straight), ("saturating", trend.bent))]
    lines = pd.concat(
        [
            pd.DataFrame({x: 10**along if logarithmic else along, target: 10**line, "trend": name})
            for name, line in drawn
        ]
    )
    bend, unit = 10**trend.bend if logarithmic else trend.bend, PHRASES[x][1]
    words = f"slope {print_number(trend.slope)} {'per decade' if logarithmic else 'per °C'}"
    words += (
        f" (p = {print_number(trend.p)} by publication)" if np.isfinite(trend.p) else " (too few publications for p)"
    )
    text = (
        f"Least squares in log₁₀ units: straight (dashed), {words}, R² {print_number(trend.r2)}; saturating (dotted), "
        f"level beyond {bend:.4g} {unit}, R² {print_number(trend.r2_bent)}, never smaller for its free bend."
    )
    numbers = {"slope": trend.slope, "bend": float(bend), "r2": trend.r2, "r2_bent": trend.r2_bent}
    return lines, numbers | ({"p": trend.p} if np.isfinite(trend.p) else {}), text
