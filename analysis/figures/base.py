"""What every figure is: a chart that is interactive in the page and a static SVG and PNG beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import altair as alt
import pandas as pd

PNG_DPI = 300
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442")
"""Okabe and Ito's palette, distinguishable with any kind of colour vision (jfly.uni-koeln.de/color)."""
SEQUENTIAL: Literal["viridis"] = "viridis"
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")

QUANTITIES = {
    "bulk": "σ_b (S/cm)",
    "grain_boundary": "σ_gb^tot (S/cm)",
    "grain_boundary_conductance": "h_gb (S/cm²)",
    "total": "σ_total (S/cm)",
}


@dataclass(frozen=True)
class Figure:
    """A figure with its data; ``chart`` is an Altair chart, ``svg`` a drawing where there is nothing to plot."""

    name: str
    title: str
    caption: str
    chart: alt.TopLevelMixin | None = None
    svg: str | None = None
    data: pd.DataFrame = field(default_factory=pd.DataFrame)

    @cached_property
    def specification(self) -> dict[str, Any] | None:
        """The Vega-Lite specification of the chart, None for a drawing."""
        return None if self.chart is None else themed(self.chart).to_dict()


@dataclass(frozen=True)
class MissingFigure:
    """A figure whose data are not in the database, and one sentence on what is missing."""

    name: str
    title: str
    sentence: str


def themed(chart: Any) -> Any:
    """A chart in the report's type, grid and colours; transparent, so that it stands on a light or a dark page."""
    return (
        chart.configure(background="white", font="system-ui, 'DejaVu Sans', sans-serif", padding=8)
        .configure_axis(labelFontSize=11, titleFontSize=12, titleFontWeight="normal", gridColor="#e6e6e6")
        .configure_legend(labelFontSize=11, titleFontSize=11, symbolLimit=30, labelLimit=260)
        .configure_range(category=list(COLOURS))
        .configure_view(stroke="#bbbbbb")
    )


def legend_toggle(field_name: str) -> alt.Parameter:
    """A selection that a click on the legend makes: the other points fade."""
    return alt.selection_point(fields=[field_name], bind="legend")


def faded(toggle: alt.Parameter, opacity: float = 0.85) -> Any:
    """Full opacity for what the legend selects, nearly none for the rest."""
    return alt.when(toggle).then(alt.value(opacity)).otherwise(alt.value(0.06))


def save_figure(figure: Figure, folder: Path) -> list[Path]:
    """Write SVG, PNG at 300 dpi and the data as CSV; returns the paths."""
    import vl_convert as vlc

    specification = figure.specification
    svg = figure.svg if specification is None else vlc.vegalite_to_svg(specification)
    if svg is None:
        raise ValueError(f"figure {figure.name} has neither a chart nor a drawing")
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{figure.name}.svg", folder / f"{figure.name}.png"]
    paths[0].write_text(svg, encoding="utf-8")
    paths[1].write_bytes(vlc.svg_to_png(svg, ppi=PNG_DPI))
    if not figure.data.empty:
        paths.append(folder / f"{figure.name}.csv")
        figure.data.to_csv(paths[-1], index=False)
    return paths
