"""The correlation matrix of the descriptors."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.data.targets import DESCRIPTORS, LABELS
from analysis.figures.base import Figure
from analysis.studies.correlation import FEWEST, STRONG


def draw_correlations(correlations: pd.DataFrame, samples: int) -> Figure:
    """One panel; ``correlations`` has one row per pair with first, second, n and r."""
    mirrored = correlations.rename(columns={"first": "second", "second": "first"})
    cells = pd.concat([correlations, mirrored]).dropna()
    cells = cells.assign(first=cells["first"].map(LABELS), second=cells["second"].map(LABELS))
    order = [descriptor.label for descriptor in DESCRIPTORS]
    domain = alt.Axis(labelLimit=220)
    base = alt.Chart(cells).encode(
        x=alt.X("first:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=domain),
        y=alt.Y("second:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=domain),
    )
    scale = alt.Scale(domain=[-1, 0, 1], range=["#D55E00", "#f5f5f5", "#0072B2"])
    tooltip = ["first:N", "second:N", alt.Tooltip("r:Q", format=".3f"), "n:Q"]
    squares = base.mark_rect().encode(color=alt.Color("r:Q", title="Pearson r", scale=scale), tooltip=tooltip)
    marks = base.transform_filter(f"abs(datum.r) > {STRONG}").mark_text(text="●", color="white", fontSize=11)
    title = "Correlation of the descriptors"
    caption = (
        f"{title}: Pearson's r over the samples of {samples} that have both, empty below {FEWEST} samples or where one "
        f"is constant; a dot marks |r| above {STRONG}. No model, fold or seed is involved."
    )
    chart = (squares + marks).properties(width=380, height=380)
    return Figure(
        "descriptor_correlations", title, caption, chart=chart, data=correlations, source="correlations",
        numbers={"all_samples": samples},
    )  # fmt: skip
