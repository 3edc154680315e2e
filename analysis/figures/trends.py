"""Conductivity against grain size and against sintering temperature (the paper's Figure 8)."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from scipy import stats

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
from sse_db.spelling import counted

PANELS = {
    "figure_8a": ("bulk_conductivity_s_per_cm", "bulk", "grain_size_um"),
    "figure_8b": ("grain_boundary_conductivity_s_per_cm", "grain_boundary", "grain_size_um"),
    "figure_8c": ("bulk_conductivity_s_per_cm", "bulk", "sintering_temperature_c"),
    "figure_8d": ("grain_boundary_conductivity_s_per_cm", "grain_boundary", "sintering_temperature_c"),
}
PHRASES = {"grain_size_um": ("grain size", "µm"), "sintering_temperature_c": ("sintering temperature", "°C")}
FEWEST_POINTS = 3


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
    line, fit, text = _fit(points[x].to_numpy(float), points[target].to_numpy(float), logarithmic)
    trend = alt.Chart(pd.DataFrame({x: line[0], target: line[1]})).mark_line(
        color=NEUTRAL, strokeDash=[5, 3], clip=True
    )
    numbers: dict[str, float] = {**count_rows(points), **fit}
    caption = (
        f"{title}, values near room temperature; n = {counted(len(points), 'sample')} from "
        f"{counted(int(numbers['publications']), 'publication')}. Dashed: least squares in {text}."
    )
    columns = ["sample_id", "publication_id", "label", "formula", "doi", "structure_class", x, target]
    drawn = zoomable((dots + trend.encode(x=f"{x}:Q", y=f"{target}:Q")).properties(width=WIDTH, height=HEIGHT))
    return Figure(name, title, caption, chart=drawn, data=points[columns], source="samples", numbers=numbers)


def _fit(
    x: np.ndarray, y: np.ndarray, logarithmic: bool
) -> tuple[tuple[np.ndarray, np.ndarray], dict[str, float], str]:
    """Ends of the least-squares line of log10 y against x (or log10 x), its slope and p, and words for them."""
    abscissa = np.log10(x) if logarithmic else x
    if np.ptp(abscissa) == 0:
        return (x[:1], y[:1]), {}, "one abscissa only: no line"
    fit = stats.linregress(abscissa, np.log10(y))
    ends = np.array([abscissa.min(), abscissa.max()])
    unit = "per decade" if logarithmic else "per °C"
    text = f"log₁₀ units, slope {print_number(fit.slope)} {unit} (p = {print_number(fit.pvalue)})"
    line = (10**ends if logarithmic else ends, 10 ** (fit.intercept + fit.slope * ends))
    return line, {"slope": float(fit.slope), "p": float(fit.pvalue)}, text
