"""Straight lines through temperature series, and their activation energies beside the reported ones."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.data.arrhenius_lines import FEWEST_TEMPERATURES, OUTLIER_DEVIATIONS
from analysis.figures.base import (
    HEIGHT,
    NEUTRAL,
    WIDTH,
    Figure,
    MissingFigure,
    count_rows,
    faded,
    legend_toggle,
    sample_tooltip,
    zoomable,
)
from sse_db.spelling import counted

LINES, ENERGIES = "arrhenius_lines", "arrhenius_energies"
KINDS = alt.Scale(domain=["point", "outlier"], range=["circle", "cross"])


def draw_lines(traced: pd.DataFrame) -> Figure | MissingFigure:
    """Every fitted point and line; ``traced`` are rows of ``analysis.data.arrhenius.trace_series``."""
    title = "Arrhenius fits of ln(σT)"
    if traced.empty:
        sentence = f"No sample was measured at {FEWEST_TEMPERATURES} or more stated temperatures."
        return MissingFigure(LINES, title, sentence)
    points = traced.assign(
        part=_in_words(traced["contribution"]),
        series=traced["sample_id"].astype(str) + " " + traced["contribution"],
        kind=np.where(traced["outlier"].astype(bool), "outlier", "point"),
    )
    toggle = legend_toggle("part")
    base = alt.Chart(points).encode(
        x=alt.X("reciprocal_temperature:Q", title="1000 / T (1/K)", scale=alt.Scale(zero=False, padding=12)),
        color=alt.Color("part:N", title="Contribution"),
    )
    lines = base.mark_line(strokeWidth=1, clip=True).encode(
        y="ln_sigma_t_on_line:Q", detail="series:N", opacity=faded(toggle, 0.5)
    )
    dots = base.mark_point(filled=True, size=60, clip=True).encode(
        y=alt.Y("ln_sigma_t:Q", title="ln(σT / (S·K/cm))", scale=alt.Scale(zero=False)),
        shape=alt.Shape("kind:N", title="Marks", scale=KINDS, legend=alt.Legend(symbolFillColor=NEUTRAL)),
        opacity=faded(toggle),
        tooltip=sample_tooltip("part:N", alt.Tooltip("temperature_c:Q", title="T (°C)"), "kind:N"),
    )
    numbers = count_rows(points) | {
        "series": int(points["series"].nunique()),
        "outliers": int(points["outlier"].sum()),
    }
    caption = (
        f"{title} against 1/T by least squares: {numbers['series']} series of "
        f"{counted(numbers['samples'], 'sample')}, {numbers['points']} points at {FEWEST_TEMPERATURES} or more "
        f"stated temperatures; {counted(numbers['outliers'], 'outlier')} (crosses), more than "
        f"{OUTLIER_DEVIATIONS:g} standard deviations from the line through the others."
    )
    columns = ["sample_id", "publication_id", "label", "formula", "doi", "contribution", "temperature_c"]
    columns += ["conductivity_s_per_cm"]
    drawn = zoomable((lines + dots.add_params(toggle)).properties(width=WIDTH, height=HEIGHT))
    data = points[[*columns, "reciprocal_temperature", "ln_sigma_t", "ln_sigma_t_on_line", "outlier"]]
    return Figure(LINES, title, caption, chart=drawn, data=data, source="measurements", numbers=numbers)


def draw_energies(compared: pd.DataFrame) -> Figure | MissingFigure:
    """Fitted against reported activation energies; ``compared`` are rows of ``arrhenius.compare_energies``."""
    title = "Activation energies, fitted against reported"
    if compared.empty:
        sentence = "No series with a fit belongs to a sample and contribution with a reported activation energy."
        return MissingFigure(ENERGIES, title, sentence)
    points = compared.assign(part=_in_words(compared["contribution"]))
    points["low"] = points["fitted_ev_sigma_t"] - points["fitted_se_ev_sigma_t"]
    points["high"] = points["fitted_ev_sigma_t"] + points["fitted_se_ev_sigma_t"]
    ends = points[["activation_energy_ev", "fitted_ev_sigma_t"]].stack()
    low, high = float(np.floor(ends.min() * 20) / 20), float(np.ceil(ends.max() * 20) / 20)
    toggle = legend_toggle("part")
    scale = alt.Scale(domain=[low, high], nice=False)
    x = alt.X("activation_energy_ev:Q", title="Reported activation energy (eV)", scale=scale)
    base = alt.Chart(points).encode(x=x, opacity=faded(toggle))
    dots = base.mark_point(filled=True, size=55, clip=True).encode(
        y=alt.Y("fitted_ev_sigma_t:Q", title="Fitted activation energy, ln(σT) (eV)", scale=scale),
        color=alt.Color("part:N", title="Contribution"),
        shape=alt.Shape("part:N", title="Contribution"),
        tooltip=sample_tooltip(
            alt.Tooltip("activation_energy_ev:Q", title="Reported (eV)", format=".3f"),
            alt.Tooltip("fitted_ev_sigma_t:Q", title="Fitted to ln(σT) (eV)", format=".3f"),
            alt.Tooltip("fitted_ev_sigma:Q", title="Fitted to ln σ (eV)", format=".3f"),
        ),
    )
    errors = base.mark_rule(color=NEUTRAL, clip=True).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
    line = pd.DataFrame({"activation_energy_ev": [low, high], "fitted_ev_sigma_t": [low, high]})
    diagonal = alt.Chart(line).mark_line(color=NEUTRAL, strokeDash=[5, 3], clip=True)
    diagonal = diagonal.encode(
        x=alt.X("activation_energy_ev:Q", scale=scale), y=alt.Y("fitted_ev_sigma_t:Q", scale=scale)
    )
    numbers = {"points": len(points), "samples": int(points["sample_id"].nunique())}
    caption = (
        f"{title}: {counted(numbers['points'], 'value')} of {counted(numbers['samples'], 'sample')}; vertical "
        "lines are one standard error of the fit, dashed is equality. Fits of ln σ give energies lower by about kT."
    )
    drawn = zoomable((diagonal + errors + dots.add_params(toggle)).properties(width=WIDTH, height=HEIGHT))
    source = "activation_energies"
    return Figure(ENERGIES, title, caption, chart=drawn, data=compared, source=source, numbers=numbers)


def _in_words(contribution: pd.Series) -> pd.Series:
    return contribution.str.replace("_", " ")
