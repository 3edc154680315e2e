"""What every figure is: a chart that is interactive in the page and a static SVG and PNG beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import altair as alt
import pandas as pd

PNG_DPI = 300
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F")
"""Okabe and Ito's palette, distinguishable with any kind of colour vision (jfly.uni-koeln.de/color); a grey stands for
its black and its yellow is left out, so that every colour shows on a light and on a dark page."""
NEUTRAL = "#7F7F7F"
SEQUENTIAL: Literal["viridis"] = "viridis"
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
WIDTH, HEIGHT = 400, 300
"""Size of a panel's plot in pixels; a narrow page makes it narrower."""

PAPER_NAME = re.compile(r"figure_(s?\d)([a-d])?")

QUANTITIES = {
    "bulk": ("Bulk conductivity σ", "S/cm"),
    "grain_boundary": ("Observed grain-boundary conductivity σ", "S/cm"),
    "grain_boundary_conductance": ("Grain-boundary conductance h", "S/cm²"),
    "total": ("Total conductivity σ", "S/cm"),
}
"""Kind of quantity to its name and unit."""


@dataclass(frozen=True)
class _Named:
    name: str
    title: str

    @property
    def number(self) -> str:
        """Which figure of the paper it is, as in ``Figure 4 a``; empty for a further one."""
        found = PAPER_NAME.fullmatch(self.name)
        return " ".join(("Figure", *filter(None, found.groups()))).replace("s", "S") if found else ""


@dataclass(frozen=True)
class Figure(_Named):
    """A figure with its data; ``chart`` is an Altair chart, ``svg`` a drawing where there is nothing to plot.

    ``numbers`` are those that the caption states, ``source`` is the table of the report whose rows ``data`` shows.
    """

    caption: str
    chart: alt.TopLevelMixin | None = None
    svg: str | None = None
    data: pd.DataFrame = field(default_factory=pd.DataFrame)
    source: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def specification(self) -> dict[str, Any] | None:
        """The Vega-Lite specification of the chart, None for a drawing; Vega-Lite itself is its judge, and quicker."""
        return None if self.chart is None else themed(self.chart).to_dict(validate=False)


@dataclass(frozen=True)
class MissingFigure(_Named):
    """A figure whose data are not in the database, and one sentence on what is missing."""

    sentence: str


def themed(chart: Any) -> Any:
    """A chart in the report's type and colours on white; the page gives it the colours of a dark screen."""
    return (
        chart.configure(background="white", font="system-ui, 'DejaVu Sans', sans-serif", padding=6)
        .configure_axis(
            labelFontSize=11, titleFontSize=12, titleFontWeight="normal", titlePadding=8, gridColor="#e6e6e6",
            labelFlush=False,
        )
        .configure_legend(
            orient="bottom", columns=3, labelFontSize=11, titleFontSize=11, symbolLimit=30, labelLimit=190,
            gradientLength=260, titleLimit=300, symbolStrokeWidth=1.5,
        )
        .configure_range(category=list(COLOURS))
        .configure_view(stroke="#bbbbbb")
    )  # fmt: skip


def axis_title(kind: str) -> str:
    """Name and unit of a quantity."""
    return "{} ({})".format(*QUANTITIES[kind])


def raise_digits(exponent: int) -> str:
    """A whole number in superscript digits, as in 10⁻⁵."""
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def print_number(value: float) -> str:
    """Three significant digits with a true minus sign, and a power of ten where they would not show otherwise."""
    mantissa, _, exponent = f"{value:.3g}".replace("-", "\N{MINUS SIGN}").partition("e")
    return f"{mantissa}·10{raise_digits(int(exponent.replace(chr(0x2212), '-')))}" if exponent else mantissa


def log_axis(channel: Literal["x", "y"], *, powers: bool = True) -> alt.Axis:
    """An axis of a logarithmic scale that names whole decades, twice and five times them where it spans fewer than
    three, and all that is between when it is zoomed into one; ``powers`` writes 10⁻⁵, else they are plain numbers."""
    decade, raised = "log(datum.value) / LN10", json.dumps([f"10{raise_digits(each)}" for each in range(-30, 31)])
    whole = f"abs({decade} - round({decade})) < 1e-6"
    span = f"abs(log(domain('{channel}')[1] / domain('{channel}')[0]))"
    floor = f"floor({decade} + 1e-6)"
    mantissa = f"format(datum.value / pow(10, {floor}), '.2~f')"
    named = f"{mantissa} + '·' + {raised}[{floor} + 30]" if powers else "format(datum.value, '~g')"
    told = f"{span} < LN10 || ({span} < 3 * LN10 && ({mantissa} == '2' || {mantissa} == '5'))"
    between = f"{told} ? {named} : ''"
    power = f"{raised}[round({decade}) + 30]" if powers else "format(datum.value, '~g')"
    return alt.Axis(labelExpr=f"{whole} ? {power} : ({between})")


def count_rows(points: pd.DataFrame) -> dict[str, int]:
    """How many points a figure shows, and of how many samples and publications they are."""
    ids = {"samples": "sample_id", "publications": "publication_id"}
    return {"points": len(points), **{name: int(points[column].nunique()) for name, column in ids.items()}}


def sample_tooltip(*further: Any) -> list[Any]:
    """What a point tells of its sample, and ``further`` fields."""
    names = {"label": "Sample", "formula": "Formula", "doi": "DOI"}
    return [*(alt.Tooltip(f"{name}:N", title=title) for name, title in names.items()), *further]


def legend_toggle(field_name: str) -> alt.Parameter:
    """A selection that a click on the legend makes: the other points fade."""
    return alt.selection_point(fields=[field_name], bind="legend")


def faded(toggle: alt.Parameter, opacity: float = 0.85) -> Any:
    """Full opacity for what the legend selects, nearly none for the rest."""
    return alt.when(toggle).then(alt.value(opacity)).otherwise(alt.value(0.06))


def draw_whiskers(base: alt.Chart, field_name: str, names: list[str], low: str, high: str) -> list[alt.Chart]:
    """Horizontal lines from ``low`` to ``high`` in the colour of each name, without a legend of their own."""
    lines = base.mark_rule(strokeWidth=1.5).encode(x=f"{low}:Q", x2=f"{high}:Q")
    return [
        lines.transform_filter(alt.FieldEqualPredicate(field=field_name, equal=name)).encode(color=alt.value(colour))
        for name, colour in zip(names, COLOURS, strict=False)
    ]


def zoomable(chart: Any) -> Any:
    """A chart that drags and zooms; the wheel zooms with Ctrl held only, so that it still scrolls the page."""
    return chart.add_params(alt.selection_interval(bind="scales", zoom="wheel![event.ctrlKey || event.metaKey]"))


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
