"""Drawings for the pages of the browser: static SVG, so that no script has to come with the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from analysis.data.arrhenius import fit_all, predict
from analysis.figures.base import COLOURS, log_axis, themed
from sse_db.temperatures import ZERO_CELSIUS_K

if TYPE_CHECKING:
    from sse_db.browse.pages.drawings import Scatter

HERE = "http://this-server.invalid"
CONTRIBUTIONS = ["bulk", "grain_boundary", "total", "unspecified"]


def draw_sample(points: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """SVG of one sample's conductivities against 1000/T, and the fits of ln(σT) whose lines stand in it.

    ``points`` are rows of the view ``measurement_points`` with a temperature; the fits have the columns of
    ``analysis.data.arrhenius``.
    """
    fits = fit_all(points)
    fits = fits[fits["form"] == "sigma_t"]
    drawn = points.assign(x=1000 / (points["temperature_c"] + ZERO_CELSIUS_K))
    drawn["says"] = [
        f"{row.contribution} {row.relation} {row.conductivity_s_per_cm:.3g} S/cm at {row.temperature_c:g} °C"
        for row in drawn.itertuples()
    ]
    colour = alt.Color(
        "contribution:N", title=None, scale=alt.Scale(domain=CONTRIBUTIONS, range=list(COLOURS)), legend=_legend(drawn)
    )
    ends = [drawn["x"].min() - 0.1, drawn["x"].max() + 0.1]
    x = alt.X("x:Q", title="1000 / T (1/K)", scale=alt.Scale(domain=ends, nice=False))
    y = alt.Y("conductivity_s_per_cm:Q", title="σ (S/cm)", scale=alt.Scale(type="log", padding=12), axis=log_axis("y"))
    dots = alt.Chart(drawn).mark_point(filled=True, size=70).encode(
        x=x, y=y, color=colour, description="says:N",
        shape=alt.Shape("relation:N", title=None, legend=None, scale=alt.Scale(
            domain=["=", "~", "<", ">"], range=["circle", "diamond", "triangle-down", "triangle-up"])),
    )  # fmt: skip
    layers: list[Any] = [dots]
    lines = _fitted_lines(fits)
    if not lines.empty:
        layers.insert(0, alt.Chart(lines).mark_line(strokeWidth=1.5, opacity=0.6).encode(x=x, y=y, color=colour))
    return _to_svg(alt.layer(*layers).properties(width=380, height=260)), fits


def _legend(points: pd.DataFrame) -> alt.Legend:
    present = [each for each in CONTRIBUTIONS if each in set(points["contribution"])]
    return alt.Legend(orient="top", values=present, labelExpr="replace(datum.label, '_', ' ')")


def _fitted_lines(fits: pd.DataFrame) -> pd.DataFrame:
    """The fitted line of each contribution, inside the measured range."""
    rows = []
    for fit in fits.to_dict("records"):
        ends = np.linspace(fit["lowest_c"], fit["highest_c"], 12)
        for temperature, sigma in zip(ends, predict(fit, ends), strict=True):
            rows.append((1000 / (temperature + ZERO_CELSIUS_K), sigma, fit["contribution"]))
    return pd.DataFrame(rows, columns=["x", "conductivity_s_per_cm", "contribution"])


def draw_scatter(frame: pd.DataFrame, plan: Scatter) -> str:
    """SVG of one column of a view against another; ``page`` is where a point leads to, ``says`` its description."""
    encoding: dict[str, Any] = {
        "x": alt.X(f"{plan.x}:Q", title=plan.x_title, scale=_scale(plan.x_log), axis=_axis("x", plan.x_log)),
        "y": alt.Y(f"{plan.y}:Q", title=plan.y_title, scale=_scale(plan.y_log), axis=_axis("y", plan.y_log)),
        "href": "page:N",
        "description": "says:N",
    }
    if plan.colour:
        encoding["color"] = alt.Color(
            f"{plan.colour}:N", title=plan.colour.replace("_", " "), scale=alt.Scale(range=list(COLOURS))
        )
    # the renderer puts an address of its own before a relative one: ours is absolute until it has been drawn
    dots = alt.Chart(frame.assign(page=HERE + frame["page"])).mark_point(
        filled=True, size=45, opacity=0.75, color=COLOURS[0]
    )
    svg = _to_svg(dots.encode(**encoding).properties(width=560, height=380))
    return svg.replace(f'href="{HERE}', 'href="')


def _scale(logarithmic: bool) -> alt.Scale:
    return alt.Scale(type="log", padding=10) if logarithmic else alt.Scale(zero=False, padding=10)


def _axis(channel: Literal["x", "y"], logarithmic: bool) -> alt.Axis:
    return log_axis(channel) if logarithmic else alt.Axis()


def _to_svg(chart: Any) -> str:
    import vl_convert as vlc

    return str(vlc.vegalite_to_svg(themed(chart).to_dict()))
