"""Importance of the descriptors as bars with their spread over outer folds (the paper's Figure 7)."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.figures.base import COLOURS, NEUTRAL, Figure

MARKED = {"weight": 2, "gain": 7, "permutation": 7, "shap": 7}
"""How many are marked: as in the paper's Figure 7 the first two by weight and the first seven by gain."""
MEANINGS = {
    "weight": "Number of splits",
    "gain": "Mean gain of a split",
    "permutation": "Rise of MSE / variance when shuffled",
    "shap": "Mean absolute SHAP value (decades)",
}


def draw_importance(
    importances: pd.DataFrame, name: str, *, target: str, kind: str, n: int, protocol: str, seed: int
) -> Figure:
    """One panel; ``importances`` has one row per descriptor with target, kind, label, mean and spread (standard
    deviation)."""
    ordered = importances.sort_values("mean", ascending=False, kind="stable").reset_index(drop=True)
    ordered["rank"] = ordered.index + 1
    ordered["low"] = (ordered["mean"] - ordered["spread"]).clip(lower=ordered["mean"].clip(upper=0))
    ordered["high"] = ordered["mean"] + ordered["spread"]
    number = MARKED[kind]
    first = "first two" if number == 2 else f"first {number}"
    ordered["marked"] = (ordered["rank"] <= number).map({True: first, False: "others"})
    order = ordered["label"].tolist()
    base = alt.Chart(ordered).encode(y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=260)))
    colour = alt.Color(
        "marked:N", title=None, scale=alt.Scale(domain=[first, "others"], range=[COLOURS[0], COLOURS[5]])
    )
    tooltip = [
        alt.Tooltip("label:N", title="Descriptor"),
        alt.Tooltip("rank:Q", title="Rank"),
        alt.Tooltip("mean:Q", title="Mean over folds", format=".3g"),
        alt.Tooltip("spread:Q", title="Standard deviation", format=".3g"),
    ]
    bars = base.mark_bar().encode(x=alt.X("mean:Q", title=MEANINGS[kind]), color=colour, tooltip=tooltip)
    whiskers = base.mark_rule(color=NEUTRAL, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    title = f"Importance by {'SHAP' if kind == 'shap' else kind}, {target}"
    caption = (
        f"{title}: mean over the outer folds of XGBoost ({protocol} folds, n = {n}, seed {seed}); whiskers are "
        f"one standard deviation over folds, unused descriptors count as zero; the {first} are marked."
    )
    drawn = (bars + whiskers).properties(width=320, height=18 * len(ordered))
    data = ordered[["target", "kind", "descriptor", "label", "mean", "spread"]].assign(n=n)
    return Figure(name, title, caption, chart=drawn, data=data, source="importances", numbers={"n": n})
