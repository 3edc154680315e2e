"""An impedance spectrum with its fit: Nyquist plot with labelled arcs, Bode plot, residuals."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from analysis.figures.base import COLOURS, NEUTRAL, Figure, log_axis, zoomable

SIDE, HALF, FLAT = 340, 160, 0.7
MEASURED = COLOURS[0]
FITTED = COLOURS[1]


def draw_spectrum(
    name: str, title: str, caption: str, points: pd.DataFrame, arcs: pd.DataFrame, tops: pd.DataFrame
) -> Figure:
    """The figure of one spectrum; the frames are those of ``analysis.spectra.curves.Curves``."""
    has_fit = "fitted_z_real_ohm" in points
    upper = [_nyquist(points, arcs, tops, has_fit), *([_residuals(points)] if has_fit else [])]
    rows = (alt.hconcat(*upper).resolve_scale(color="independent"), _bode(points, has_fit))
    chart = alt.vconcat(*rows, title=title).resolve_scale(color="independent")
    numbers = {"points": len(points), "left_out": int(points["is_left_out"].sum())}
    return Figure(name, title, caption, chart=chart, data=points, source="spectrum_points", numbers=numbers)


def draw_nyquist(points: pd.DataFrame, arcs: pd.DataFrame, tops: pd.DataFrame) -> alt.LayerChart:
    """The Nyquist plot alone, as small pages show it."""
    return _nyquist(points, arcs, tops, "fitted_z_real_ohm" in points)


def _tooltip() -> list[alt.Tooltip]:
    names = {"frequency_hz": "f (Hz)", "z_real_ohm": "Z′ (Ω)", "minus_z_imaginary_ohm": "−Z″ (Ω)"}
    return [alt.Tooltip(f"{field}:Q", title=title, format=".4g") for field, title in names.items()]


def _nyquist(points: pd.DataFrame, arcs: pd.DataFrame, tops: pd.DataFrame, has_fit: bool) -> alt.LayerChart:
    """Axes of one length and one unit, so that a circle looks like one."""
    reach = _reach(points, arcs)
    x = alt.X(
        "z_real_ohm:Q",
        title="Z′ (Ω)",
        scale=alt.Scale(domain=[0, reach], nice=False),
        axis=alt.Axis(format="~s", tickCount=6),
    )
    y = alt.Y(
        "minus_z_imaginary_ohm:Q",
        title="−Z″ (Ω)",
        scale=alt.Scale(domain=[0, FLAT * reach], nice=False),
        axis=alt.Axis(format="~s"),
    )
    layers: list[Any] = []
    if len(arcs):
        colour = alt.Color("part:N", title="Arc")
        drawn = alt.Chart(arcs).mark_line(clip=True, strokeWidth=1.2, strokeDash=[4, 3])
        layers.append(drawn.encode(x=x, y=y, color=colour, order="place:Q"))
        names = alt.Chart(tops).mark_text(dy=-8, fontSize=11, clip=True)
        layers.append(names.encode(x=x, y=y, text="part:N", color=colour))
    if has_fit:
        fitted = points[["fitted_z_real_ohm", "fitted_minus_z_imaginary_ohm", "frequency_hz"]]
        line = alt.Chart(fitted).mark_line(color=FITTED, clip=True, strokeWidth=1.5)
        layers.append(
            line.encode(
                x=alt.X("fitted_z_real_ohm:Q", title="Z′ (Ω)"),
                y=alt.Y("fitted_minus_z_imaginary_ohm:Q", title="−Z″ (Ω)"),
                order="frequency_hz:Q",
            )
        )
    shown = alt.Chart(points).mark_point(filled=True, size=22, clip=True)
    by_use = alt.condition("datum.is_left_out", alt.value(NEUTRAL), alt.value(MEASURED))
    layers.append(shown.encode(x=x, y=y, color=by_use, tooltip=_tooltip()))
    return zoomable(alt.layer(*layers).properties(width=SIDE, height=FLAT * SIDE))


def _reach(points: pd.DataFrame, arcs: pd.DataFrame) -> float:
    """The end of both axes: where the arcs end, so that a long electrode does not make them invisible."""
    last = float(arcs["z_real_ohm"].max()) if len(arcs) else 0.0
    whole = float(np.nanmax([points["z_real_ohm"].max(), points["minus_z_imaginary_ohm"].max()]))
    return 1.15 * (min(last, whole) if last > 0 else whole)


BODE: tuple[tuple[str, str, Literal["log", "linear"]], ...] = (
    ("modulus_ohm", "|Z| (Ω)", "log"),
    ("phase_degree", "Phase (°)", "linear"),
)


def _bode(points: pd.DataFrame, has_fit: bool) -> alt.HConcatChart:
    rows = []
    for field, title, scale in BODE:
        x = alt.X("frequency_hz:Q", title="f (Hz)", scale=alt.Scale(type="log", nice=False), axis=log_axis("x"))
        axis = alt.Axis(format="~s") if scale == "log" else alt.Axis()
        y = alt.Y(f"{field}:Q", title=title, scale=alt.Scale(type=scale, zero=False), axis=axis)
        layers: list[Any] = [
            alt.Chart(points).mark_point(filled=True, size=18, color=MEASURED).encode(x=x, y=y, tooltip=_tooltip())
        ]
        if has_fit:
            layers.append(
                alt.Chart(points)
                .mark_line(color=FITTED, strokeWidth=1.5)
                .encode(x=x, y=alt.Y(f"fitted_{field}:Q", title=title, scale=alt.Scale(type=scale, zero=False)))
            )
        rows.append(alt.layer(*layers).properties(width=SIDE, height=HALF))
    return alt.hconcat(*rows)


def _residuals(points: pd.DataFrame) -> Any:
    names = {"residual_real_percent": "real", "residual_imaginary_percent": "imaginary"}
    long = points.rename(columns=names).melt(["frequency_hz", "is_left_out"], list(names.values()), "part", "percent")
    x = alt.X("frequency_hz:Q", title="f (Hz)", scale=alt.Scale(type="log", nice=False), axis=log_axis("x"))
    base = alt.Chart(long[~long["is_left_out"]]).encode(x=x)
    colour = alt.Color("part:N", title="Residual", scale=alt.Scale(range=list(COLOURS[:2])))
    dots = base.mark_line(point=True, strokeWidth=0.7).encode(
        y=alt.Y("percent:Q", title="(measured − fitted) / |Z| (%)"), color=colour
    )
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=NEUTRAL).encode(y="zero:Q")
    return alt.layer(zero, dots).properties(width=SIDE, height=FLAT * SIDE)


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Impedance spectra</title>
<style>
body {{ font-family: system-ui, sans-serif; margin: 2em; }}
figure {{ margin: 0 0 3em; }}
svg {{ max-width: 100%; height: auto; }}
</style>
</head><body>
{figures}
</body></html>
"""


def render_page(drawn: Sequence[tuple[Figure, str]]) -> str:
    """One page with all figures, each with its SVG, and their captions; no script and nothing of the network."""
    figures = [f"<figure>{svg}<figcaption>{escape(figure.caption)}</figcaption></figure>" for figure, svg in drawn]
    return PAGE.format(figures="\n".join(figures))
