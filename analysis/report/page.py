"""The page of a report: sections to one self-contained HTML text that asks nothing of the network."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from analysis.evaluation.results import Provenance
from analysis.evaluation.runs import FEW_SAMPLES
from analysis.figures.base import Figure
from analysis.report import paper
from analysis.report.sections.base import Section

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

BUNDLE = "window.vegaEmbed = vegaEmbed;"


def render_page(provenance: Provenance, sections: list[Section]) -> str:
    """The HTML text of a report."""
    import vl_convert as vlc

    return (
        make_environment()
        .get_template("report.html")
        .render(
            provenance=provenance,
            sections=sections,
            specifications={
                figure.name: figure.specification
                for section in sections
                for figure in section.figures
                if isinstance(figure, Figure) and figure.chart is not None
            },
            paper=paper,
            few_samples=FEW_SAMPLES,
            bundle=vlc.javascript_bundle(BUNDLE).replace("</script", "<\\/script"),
        )
    )


def make_environment() -> jinja2.Environment:
    """What the templates of the page and of its sections are rendered with."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read_template), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(number=format_number, inline=embed_json)
    return environment


def _read_template(name: str) -> str:
    return files("analysis.report").joinpath("templates", name).read_text(encoding="utf-8")


def format_number(value: float | None, digits: int = 2) -> Markup:
    """A number as the page prints it, with a true minus sign, and its whole value for machines; a dash for nothing."""
    from markupsafe import Markup

    if value is None or value != value:
        return Markup("–")
    shown = f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return Markup('<data value="{}">{}</data>').format(repr(float(value)).removesuffix(".0"), shown)


def embed_json(value: Any) -> Markup:
    """JSON that can stand inside a script element."""
    from markupsafe import Markup

    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
