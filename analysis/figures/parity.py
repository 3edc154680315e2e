"""Observed against predicted, coloured by outer fold (the paper's Figures 6 and S1)."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from analysis.figures.base import Figure, faded, legend_toggle


def draw_parity(predictions: pd.DataFrame, name: str, *, target: str, model: str, protocol: str, seed: int) -> Figure:
    """One panel; ``predictions`` has one row per sample with observed, predicted (both log10), fold and names."""
    points = predictions.assign(fold=predictions["fold"].astype(str))
    low = float(np.floor(points[["observed", "predicted"]].min().min()))
    high = float(np.ceil(points[["observed", "predicted"]].max().max()))
    scale = alt.Scale(domain=[low, high], nice=False)
    toggle = legend_toggle("fold")
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, size=55)
        .encode(
            x=alt.X("observed:Q", title=f"Observed {target}", scale=scale),
            y=alt.Y("predicted:Q", title=f"Predicted {target}", scale=scale),
            color=alt.Color("fold:N", title="Outer fold"),
            shape=alt.Shape("fold:N", title="Outer fold"),
            opacity=faded(toggle),
            tooltip=[
                "label:N", "formula:N", "doi:N",
                alt.Tooltip("observed:Q", format=".2f"), alt.Tooltip("predicted:Q", format=".2f"),
            ],
        )
        .add_params(toggle)
    )  # fmt: skip
    ends = pd.DataFrame({"observed": [low, high], "predicted": [low, high]})
    diagonal = alt.Chart(ends).mark_line(color="grey", strokeDash=[5, 3]).encode(x="observed:Q", y="predicted:Q")
    title = f"Observed against predicted {target}, {model}, {protocol} folds"
    caption = (
        f"{title}: n = {len(points)} samples from {points['publication_id'].nunique()} publications, every point "
        f"predicted by the outer fold that did not hold it; seed {seed}. Dashed: equality."
    )
    drawn = (diagonal + dots).properties(width=320, height=320).interactive()
    columns = ["sample_id", "publication_id", "label", "formula", "doi", "fold", "observed", "predicted"]
    return Figure(name, title, caption, chart=drawn, data=predictions[columns])
