"""Mean absolute error of every model under every protocol, with intervals, baselines and noise floor."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.figures.base import COLOURS, SHAPES, Figure, faded, legend_toggle
from sse_db.spelling import counted


def draw_protocols(scores: pd.DataFrame, name: str, *, target: str, noise_floor: float | None) -> Figure:
    """One panel; ``scores`` has one row per protocol and model with label, mae, mae_low, mae_high (decades)."""
    models, protocols = list(dict.fromkeys(scores["label"])), list(dict.fromkeys(scores["protocol"]))
    toggle = legend_toggle("label")
    base = alt.Chart(scores).encode(
        y=alt.Y("protocol:N", sort=protocols, title=None, axis=alt.Axis(labelLimit=220)),
        yOffset=alt.YOffset("label:N", sort=models),
        color=alt.Color("label:N", sort=models, title="Model", scale=alt.Scale(domain=models, range=list(COLOURS))),
        opacity=faded(toggle),
    )
    title = "Mean absolute error (decades)"
    shape = alt.Shape("label:N", sort=models, title="Model", scale=alt.Scale(domain=models, range=list(SHAPES)))
    tooltip = ["protocol:N", "label:N", "n:Q", "groups:Q"] + [
        alt.Tooltip(f"{column}:Q", format=".2f") for column in ("mae", "mae_low", "mae_high", "r2")
    ]
    dots = (
        base.mark_point(filled=True, size=60)
        .encode(x=alt.X("mae:Q", title=title), shape=shape, tooltip=tooltip)
        .add_params(toggle)
    )
    drawn = base.mark_rule().encode(x=alt.X("mae_low:Q", title=title), x2="mae_high:Q") + dots
    if noise_floor is not None:
        floor = alt.Chart(pd.DataFrame({"floor": [noise_floor]})).mark_rule(color="grey", strokeDash=[5, 3])
        drawn += floor.encode(x="floor:Q")
    numbers = {"n": int(scores["n"].max()), "seeds": int(scores["seeds"].max())}
    caption = (
        f"Error of {target} by protocol: n = {numbers['n']} samples, {counted(numbers['seeds'], 'fold seed')} from "
        f"{int(scores['seed'].min())}; bars are 95 % bootstrap intervals over the groups of the protocol."
    )
    if noise_floor is not None:
        caption += f" Dashed: {noise_floor:.2f} decades, what publications differ by for one composition."
    chart = drawn.properties(width=330, height=max(90, 80 * len(protocols)))
    columns = ["target", "protocol", "model", "label", "n", "groups", "seeds", "r2", "mse"]
    columns += ["mae", "mae_low", "mae_high"]
    title, data = f"Error of {target} by protocol", scores[columns]
    return Figure(name, title, caption, chart=chart, data=data, source="scores", numbers=numbers)
