"""Metric multidimensional scaling of the standardised descriptors (the paper's Figure 5)."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.manifold import MDS
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from analysis.figures.base import (
    COLOURS,
    HEIGHT,
    NEUTRAL,
    SEQUENTIAL,
    SHAPES,
    WIDTH,
    Figure,
    MissingFigure,
    count_rows,
    faded,
    legend_toggle,
    sample_tooltip,
    zoomable,
)

PANELS = {
    "figure_5a": ("log10_total", "total conductivity"),
    "figure_5b": ("element_set", "element set"),
    "figure_5c": ("structure_type_or_class", "structure type"),
}
TOTAL = "log₁₀ total conductivity σ (S/cm)"
FEWEST_SAMPLES = 5
MOST_NAMED = 15
"""As many element sets as the paper has; colour and shape together tell them apart."""
OTHERS = "others"
SEED = 0


def embed_descriptors(descriptors: pd.DataFrame) -> tuple[np.ndarray, float]:
    """Two MDS coordinates per row and the normalised stress; columns without any value are left out, gaps take the
    median. Every setting is pinned because defaults of the library change between versions."""
    kept = descriptors.dropna(axis=1, how="all")
    scaled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit_transform(kept)
    scaling = MDS(
        n_components=2, metric_mds=True, metric="euclidean", init="random", n_init=4, max_iter=300, eps=1e-6,
        normalized_stress=True, random_state=SEED,
    )  # fmt: skip
    return scaling.fit_transform(scaled), float(scaling.stress_)


def draw_embedding(samples: pd.DataFrame, names: list[str]) -> list[Figure | MissingFigure]:
    """Panels a–c; ``samples`` has one row per sample with the descriptors called ``names``."""
    usable = samples[samples[names].notna().any(axis=1)]
    if len(usable) < FEWEST_SAMPLES:
        sentence = f"{len(usable)} samples have descriptors; {FEWEST_SAMPLES} are needed for a map."
        return [MissingFigure(name, f"Map of descriptors by {by}", sentence) for name, (_, by) in PANELS.items()]
    places, stress = embed_descriptors(usable[names])
    mapped = usable.assign(mds_1=places[:, 0], mds_2=places[:, 1])
    return [_draw_panel(mapped, name, column, by, stress, len(names)) for name, (column, by) in PANELS.items()]


def _draw_panel(
    mapped: pd.DataFrame, name: str, column: str, by: str, stress: float, width: int
) -> Figure | MissingFigure:
    title = f"Map of descriptors by {by}"
    points = mapped.dropna(subset=[column])
    if points.empty:
        return MissingFigure(name, title, f"No sample with descriptors has a {by}.")
    tooltip = sample_tooltip(alt.Tooltip(f"{column}:N", title=by.capitalize()))
    x, y = (alt.X("mds_1:Q", title="MDS coordinate 1"), alt.Y("mds_2:Q", title="MDS coordinate 2"))
    if column == "log10_total":
        tooltip[-1] = alt.Tooltip(f"{column}:Q", title=TOTAL, format=".2f")
        scale = alt.Scale(scheme=SEQUENTIAL)
        colour = alt.Color(f"{column}:Q", title=TOTAL, scale=scale)
        chart = alt.Chart(points).encode(x=x, y=y, color=colour, tooltip=tooltip, opacity=alt.value(0.85))
    else:
        points = points.assign(group=_name_largest(points[column]))
        chart = _draw_groups(points, by).encode(x=x, y=y, tooltip=tooltip)
    chart = chart.mark_point(filled=True, size=60, clip=True).properties(width=WIDTH, height=HEIGHT)
    numbers = count_rows(points) | {"mapped": len(mapped), "stress": stress}
    columns = ["sample_id", "publication_id", "label", "formula", "doi", column]
    known = f"the value is known of {numbers['points']}"
    if column == "structure_type_or_class":
        numbers |= count_bases(points)
        columns.append("structure_type_basis")
        known = (
            f"the type is stated of {numbers['stated']}, assigned to {numbers['assigned']} by rule from class and "
            f"space group (view structure_types), and not known of {numbers['by_class']}, which are shown by class"
            f"{_tell_left_out(len(mapped) - len(points))}"
        )
    caption = (
        f"Two-dimensional metric MDS (Euclidean) of {width} standardised descriptors of {len(mapped)} samples, "
        f"coloured by {by}; gaps take the column's median, {known}; normalised stress {stress:.3f}, seed {SEED}."
    )
    data = points[[*columns, "mds_1", "mds_2"]]
    return Figure(name, title, caption, chart=zoomable(chart), data=data, source="samples", numbers=numbers)


def count_bases(points: pd.DataFrame) -> dict[str, int]:
    """How many samples have a structure type that is stated, one that a rule assigned, and none but a class."""
    bases = points["structure_type_basis"]
    counts = {basis: int(bases.eq(basis).sum()) for basis in ("stated", "assigned")}
    return {**counts, "by_class": int(bases.isna().sum())}


def _tell_left_out(number: int) -> str:
    return f"; {number} without type and class are not shown" if number else ""


def _draw_groups(points: pd.DataFrame, by: str) -> alt.Chart:
    """Colour and shape by ``group``, the most frequent first, with a legend that toggles."""
    names = [name for name in points["group"].value_counts().index if name != OTHERS]
    colours = [COLOURS[place % (len(COLOURS) - 1)] for place in range(len(names))]
    shapes = [SHAPES[(place // (len(COLOURS) - 1) + place) % len(SHAPES)] for place in range(len(names))]
    if points["group"].eq(OTHERS).any():
        names, colours, shapes = [*names, OTHERS], [*colours, NEUTRAL], [*shapes, "circle"]
    toggle = legend_toggle("group")
    title = by.capitalize()
    return (
        alt.Chart(points)
        .encode(
            color=alt.Color("group:N", title=title, scale=alt.Scale(domain=names, range=colours)),
            shape=alt.Shape("group:N", title=title, scale=alt.Scale(domain=names, range=shapes)),
            opacity=faded(toggle),
        )
        .add_params(toggle)
    )


def _name_largest(values: pd.Series) -> pd.Series:
    """The values, with all but the most frequent ones called ``others``, so that colours stay distinguishable."""
    counts = values.value_counts()
    largest = counts.index[: MOST_NAMED if len(counts) <= MOST_NAMED else MOST_NAMED - 1]
    return values.where(values.isin(largest), OTHERS)
