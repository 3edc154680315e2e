"""Conductivity against grain size and against sintering temperature (the paper's Figure 8)."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from scipy import stats

from analysis.figures.base import QUANTITIES, Figure, MissingFigure, faded, legend_toggle

PANELS = {
    "figure_8a": ("bulk_conductivity_s_per_cm", "bulk", "grain_size_um"),
    "figure_8b": ("grain_boundary_conductivity_s_per_cm", "grain_boundary", "grain_size_um"),
    "figure_8c": ("bulk_conductivity_s_per_cm", "bulk", "sintering_temperature_c"),
    "figure_8d": ("grain_boundary_conductivity_s_per_cm", "grain_boundary", "sintering_temperature_c"),
}
LABELS = {"grain_size_um": "Grain size (µm)", "sintering_temperature_c": "Sintering temperature (°C)"}
PHRASES = {"grain_size_um": "grain size (µm)", "sintering_temperature_c": "sintering temperature (°C)"}
FEWEST_POINTS = 3


def draw_trends(samples: pd.DataFrame) -> list[Figure | MissingFigure]:
    """Panels a–d; ``samples`` has one row per sample with conductivities (S/cm), descriptors, formula and DOI."""
    return [_draw_panel(samples, name, *panel) for name, panel in PANELS.items()]


def _draw_panel(samples: pd.DataFrame, name: str, target: str, kind: str, x: str) -> Figure | MissingFigure:
    title = f"{QUANTITIES[kind]} against {PHRASES[x]}"
    points = samples.dropna(subset=[target, x])
    if len(points) < FEWEST_POINTS:
        sentence = f"Samples with both {PHRASES[x]} and {QUANTITIES[kind]}: {len(points)}; {FEWEST_POINTS} are needed."
        return MissingFigure(name, title, sentence)
    logarithmic = x == "grain_size_um"
    toggle = legend_toggle("structure_class")
    scale = alt.Scale(type="log" if logarithmic else "linear", zero=False, nice=True, padding=12)
    base = alt.Chart(points)
    dots = (
        base.mark_point(filled=True, size=55)
        .encode(
            x=alt.X(f"{x}:Q", title=LABELS[x], scale=scale),
            y=alt.Y(f"{target}:Q", title=QUANTITIES[kind], scale=alt.Scale(type="log"), axis=alt.Axis(format="~e")),
            color=alt.Color("structure_class:N", title="Structure class"),
            shape=alt.Shape("structure_class:N", title="Structure class"),
            opacity=faded(toggle),
            tooltip=["label:N", "formula:N", "doi:N", f"{x}:Q", alt.Tooltip(f"{target}:Q", format=".3g")],
        )
        .add_params(toggle)
    )
    line, text = _fit(points[x].to_numpy(float), points[target].to_numpy(float), logarithmic)
    trend = alt.Chart(pd.DataFrame({x: line[0], target: line[1]})).mark_line(color="black", strokeDash=[5, 3])
    caption = f"{title}; n = {len(points)} samples. Dashed: least squares in {text}."
    columns = ["sample_id", "label", "formula", "doi", "structure_class", x, target]
    drawn = (dots + trend.encode(x=f"{x}:Q", y=f"{target}:Q")).properties(width=360, height=280).interactive()
    return Figure(name, title, caption, chart=drawn, data=points[columns])


def _fit(x: np.ndarray, y: np.ndarray, logarithmic: bool) -> tuple[tuple[np.ndarray, np.ndarray], str]:
    """Ends of the least-squares line of log10 y against x (or log10 x), and a sentence part with its slope and p."""
    abscissa = np.log10(x) if logarithmic else x
    if np.ptp(abscissa) == 0:
        return (x[:1], y[:1]), "one abscissa only: no line"
    fit = stats.linregress(abscissa, np.log10(y))
    ends = np.array([abscissa.min(), abscissa.max()])
    unit = "per decade" if logarithmic else "per °C"
    text = f"log10 units, slope {fit.slope:.3g} {unit} (p = {fit.pvalue:.2g})"
    return (10**ends if logarithmic else ends, 10 ** (fit.intercept + fit.slope * ends)), text
