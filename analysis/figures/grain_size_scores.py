"""What becomes of R² when the targets are divided by the grain size (the paper's Figure S1, and what stays open)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from analysis.figures.base import COLOURS, NEUTRAL, Figure, MissingFigure, draw_whiskers, faded, legend_toggle
from analysis.folds.protocols import RANDOM
from analysis.studies.grain_size import PAIRS

S1, DIVISION = "figure_s1", "grain_size_division"


def draw_target_scores(scores: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> Figure | MissingFigure:
    """R² of every candidate for each target and the same divided by D; ``scores`` are the rows of the score table."""
    title = "Scores of the grain-size targets"
    targets = [name for pair in PAIRS.items() for name in pair]
    chosen = [row for row in scores if row["target"] in targets and row["protocol"] == RANDOM and _is_model(row)]
    if not {row["target"] for row in chosen} & set(PAIRS.values()):
        return MissingFigure(S1, title, "No target divided by the grain size has enough samples with a grain size.")
    table = pd.DataFrame(chosen)
    table["what"] = table["target"].map(labels)
    order = table["label"].drop_duplicates().tolist()
    kinds = [labels[name] for name in targets if name in set(table["target"])]
    toggle = legend_toggle("what")
    base = alt.Chart(table).encode(
        y=alt.Y("label:N", title=None, sort=order),
        yOffset=alt.YOffset("what:N", scale=alt.Scale(domain=kinds)),
        opacity=faded(toggle),
    )
    legend = alt.Legend(columns=2)
    dots = base.mark_point(filled=True, size=60).encode(
        x=alt.X("r2:Q", title="R², pooled over the outer folds", scale=alt.Scale(zero=False)),
        color=alt.Color("what:N", title=None, scale=alt.Scale(domain=kinds, range=list(COLOURS)), legend=legend),
        shape=alt.Shape("what:N", title=None, scale=alt.Scale(domain=kinds), legend=legend),
        tooltip=["label:N", "what:N", "n:Q", *(alt.Tooltip(f"{name}:Q", format=".3f") for name in ("r2", "mse"))],
    )
    whiskers = draw_whiskers(base, "what", kinds, "r2_low", "r2_high")
    n = ", ".join(f"{labels[str(name)]} n = {rows['n'].iloc[0]}" for name, rows in table.groupby("target", sort=False))
    caption = f"{title}: {n}; random folds, seed {table['seed'].iloc[0]}; lines are 95 % bootstrap intervals."
    drawn = alt.layer(*whiskers, dots.add_params(toggle)).properties(width=380, height=70 * len(order))
    return Figure(S1, title, caption, chart=drawn, data=table.drop(columns="what"), source="scores")


def _is_model(row: Mapping[str, Any]) -> bool:
    return row["model"] not in ("median", "nearest-neighbour")


def draw_division(table: pd.DataFrame, seed: int) -> Figure:
    """R² of the five predictions of ``analysis.studies.grain_size.explain_division`` for one target."""
    target = str(table["target"].iloc[0])
    title = f"What dividing by the grain size does to R², {target.replace('-', ' ')}"
    order = table["prediction"].drop_duplicates().tolist()
    folds = table["protocol"].drop_duplicates().tolist()
    base = alt.Chart(table).encode(
        y=alt.Y("prediction:N", title=None, sort=order, axis=alt.Axis(labelLimit=220)),
        yOffset=alt.YOffset("protocol:N", scale=alt.Scale(domain=folds)),
    )
    dots = base.mark_point(filled=True, size=60).encode(
        x=alt.X("r2:Q", title="R²", scale=alt.Scale(zero=True)),
        color=alt.Color("protocol:N", title="Folds", scale=alt.Scale(domain=folds, range=list(COLOURS))),
        shape=alt.Shape("protocol:N", title="Folds", scale=alt.Scale(domain=folds)),
        tooltip=["target:N", "prediction:N", "protocol:N", "n:Q", alt.Tooltip("r2:Q", format=".3f")],
    )
    whiskers = draw_whiskers(base, "protocol", folds, "r2_low", "r2_high")
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=NEUTRAL, strokeDash=[5, 3]).encode(x="zero:Q")
    caption = (
        f"{title}: XGBoost on the same rows and folds, n = {table['n'].iloc[0]}, seed {seed}; lines are 95 % "
        "bootstrap intervals, over publications for folds by publication. "
        "Recovered: log D added again to the prediction of the divided target."
    )
    drawn = alt.layer(zero, *whiskers, dots).properties(width=270, height=190)
    name, numbers = f"{DIVISION}_{target.replace('-', '_')}", {"n": int(table["n"].iloc[0])}
    return Figure(name, title, caption, chart=drawn, data=table, source="grain_size", numbers=numbers)
