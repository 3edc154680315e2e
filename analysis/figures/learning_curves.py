"""Error against the number of papers that are learnt from, and coverage of intervals against what they promise."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.figures.base import COLOURS, NEUTRAL, SHAPES, Figure

SIDE = 300


def draw_learning_curve(scores: pd.DataFrame, name: str, *, target: str) -> Figure:
    """One panel; ``scores`` has one row per model and number of publications, with mae, mae_low, mae_high (decades)."""
    models = list(dict.fromkeys(scores["label"]))
    x = alt.X("papers:Q", title="Publications learnt from", scale=alt.Scale(type="log", nice=False))
    colour = alt.Color("label:N", sort=models, title="Model", scale=alt.Scale(domain=models, range=list(COLOURS)))
    shape = alt.Shape("label:N", sort=models, title="Model", scale=alt.Scale(domain=models, range=list(SHAPES)))
    base = alt.Chart(scores).encode(x=x, color=colour)
    title = "Mean absolute error (decades)"
    error = alt.Y("mae:Q", title=title, scale=alt.Scale(zero=False))
    tooltip = ["label:N", "papers:Q", "n:Q"] + [
        alt.Tooltip(f"{column}:Q", format=".2f") for column in ("mae", "mae_low", "mae_high")
    ]
    drawn = (
        base.mark_rule(opacity=0.6).encode(y=alt.Y("mae_low:Q", title=title), y2="mae_high:Q")
        + base.mark_line().encode(y=error)
        + base.mark_point(filled=True, size=60).encode(y=error, shape=shape, tooltip=tooltip)
    )
    numbers = {"n": int(scores["n"].max()), "publications_held_out_in_turn": int(scores["publications"].max())}
    caption = (
        f"Error of {target} against the number of publications that are learnt from: n = {numbers['n']} samples of "
        f"{numbers['publications_held_out_in_turn']} publications, each held out in turn; bars are 95 % bootstrap "
        "intervals over publications."
    )
    columns = ["target", "model", "papers", "samples", "mae", "mae_low", "mae_high", "n"]
    return Figure(
        name,
        f"Learning curve of {target}",
        caption,
        chart=drawn.properties(width=380, height=260),
        data=scores[columns],
        source="learning_curve",
        numbers=numbers,
    )


def draw_calibration(scores: pd.DataFrame, name: str, *, target: str, model: str) -> Figure:
    """One panel; ``scores`` has one row per level with covered, covered_low, covered_high (shares of publications)."""
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("level:Q", title="Share that intervals promise to hold", scale=scale)
    tooltip = [alt.Tooltip(f"{column}:Q", format=".2f") for column in ("level", "covered", "half_width")]
    base = alt.Chart(scores).encode(x=x)
    held = "Share that they held"
    dots = base.mark_point(filled=True, size=60, color=COLOURS[0]).encode(
        y=alt.Y("covered:Q", title=held, scale=scale), tooltip=tooltip
    )
    bars = base.mark_rule(color=COLOURS[0]).encode(
        y=alt.Y("covered_low:Q", title=held, scale=scale), y2="covered_high:Q"
    )
    ends = pd.DataFrame({"level": [0, 1], "covered": [0, 1]})
    diagonal = alt.Chart(ends).mark_line(color=NEUTRAL, strokeDash=[5, 3])
    diagonal = diagonal.encode(x=x, y=alt.Y("covered:Q", scale=scale))
    numbers = {"n": int(scores["n"].max())}
    caption = (
        f"Intervals of {target}, {model}, on publications never seen: n = {numbers['n']} samples of "
        f"{int(scores['publications'].max())} publications; bars are 95 % binomial intervals over publications. "
        "Dashed: as promised."
    )
    columns = ["target", "level", "covered", "covered_low", "covered_high", "half_width", "n"]
    return Figure(
        name,
        f"Calibration of {target}",
        caption,
        chart=(diagonal + bars + dots).properties(width=SIDE, height=SIDE),
        data=scores[columns],
        source="calibration",
        numbers=numbers,
    )
