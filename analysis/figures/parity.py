"""Observed against predicted, coloured by outer fold (the paper's Figures 6 and S1)."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.figures.base import NEUTRAL, Figure, count_rows, faded, legend_toggle, sample_tooltip, zoomable
from analysis.folds.protocols import RANDOM
from sse_db.spelling import counted

SIDE = 340


def draw_parity(predictions: pd.DataFrame, name: str, *, target: str, model: str, protocol: str, seed: int) -> Figure:
    """One panel; ``predictions`` has one row per sample with observed, predicted (both log10), fold and names, and what
    was predicted how."""
    points = predictions.assign(fold=predictions["fold"].astype(str))
    low = float(np.floor(points[["observed", "predicted"]].min().min()))
    high = float(np.ceil(points[["observed", "predicted"]].max().max()))
    scale = alt.Scale(domain=[low, high], nice=False)
    toggle = legend_toggle("fold")
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, size=55, clip=True)
        .encode(
            x=alt.X("observed:Q", title=f"Observed {target}", scale=scale),
            y=alt.Y("predicted:Q", title=f"Predicted {target}", scale=scale),
            color=alt.Color("fold:N", title="Outer fold"),
            shape=alt.Shape("fold:N", title="Outer fold"),
            opacity=faded(toggle),
            tooltip=sample_tooltip(
                alt.Tooltip("observed:Q", title="Observed", format=".2f"),
                alt.Tooltip("predicted:Q", title="Predicted", format=".2f"),
                alt.Tooltip("fold:N", title="Outer fold"),
            ),
        )
        .add_params(toggle)
    )
    ends = pd.DataFrame({"observed": [low, high], "predicted": [low, high]})
    diagonal = alt.Chart(ends).mark_line(color=NEUTRAL, strokeDash=[5, 3], clip=True)
    diagonal = diagonal.encode(x=alt.X("observed:Q", scale=scale), y=alt.Y("predicted:Q", scale=scale))
    folds = "random folds" if protocol == RANDOM else f"folds {protocol}"
    title = f"Observed against predicted {target}, {model}, {folds}"
    numbers = count_rows(points)
    caption = (
        f"{title}: n = {counted(numbers['samples'], 'sample')} from {counted(numbers['publications'], 'publication')}, "
        f"every point predicted by the outer fold that did not hold it; seed {seed}. Dashed: equality."
    )
    drawn = zoomable((diagonal + dots).properties(width=SIDE, height=SIDE))
    columns = ["target", "protocol", "model", "seed", "sample_id", "publication_id", "label", "formula", "doi"]
    data = predictions[[*columns, "fold", "observed", "predicted"]]
    return Figure(name, title, caption, chart=drawn, data=data, source="predictions", numbers=numbers)
