"""The page of a report: sections to one self-contained HTML text that asks nothing of the network."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from analysis import paper
from analysis.figures.base import Figure
from analysis.results import Provenance
from analysis.sections.base import Section

if TYPE_CHECKING:
    from markupsafe import Markup

BUNDLE = "window.vegaEmbed = vegaEmbed;"
SYMBOL = re.compile(r"(?P<letter>[σhR])_(?P<low>gb|b|total)(?:\^(?P<high>tot))?|log10")


def render_page(provenance: Provenance, sections: list[Section]) -> str:
    """The HTML text of a report."""
    import jinja2
    import vl_convert as vlc

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read_template), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(typeset=typeset, number=format_number, inline=embed_json)
    return environment.get_template("report.html").render(
        provenance=provenance,
        sections=sections,
        specifications={
            figure.name: figure.specification
            for section in sections
            for figure in section.figures
            if isinstance(figure, Figure) and figure.chart is not None
        },
        paper=paper,
        bundle=vlc.javascript_bundle(BUNDLE).replace("</script", "<\\/script"),
    )


def _read_template(name: str) -> str:
    return files("analysis").joinpath("templates", name).read_text(encoding="utf-8")


def typeset(text: object) -> Markup:
    """Text as HTML, with the indices of σ_b, σ_gb^tot, h_gb and log10 set as such."""
    from markupsafe import Markup, escape

    return Markup(SYMBOL.sub(_set_indices, str(escape(text))))


def _set_indices(found: re.Match[str]) -> str:
    if found["letter"] is None:
        return "log<sub>10</sub>"
    high = f"<sup>{found['high']}</sup>" if found["high"] else ""
    return f"{found['letter']}<sub>{found['low']}</sub>{high}"


def format_number(value: float | None, digits: int = 2) -> str:
    """A number with a true minus sign; a dash for nothing."""
    if value is None or value != value:
        return "–"
    return f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")


def embed_json(value: Any) -> Markup:
    """JSON that can stand inside a script element."""
    from markupsafe import Markup

    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
