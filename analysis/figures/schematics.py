"""Drawn figures: the descriptor groups, the workflow with this database's counts, and the single-grain model
(the paper's Figures 1–3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from analysis.figures.base import COLOURS, NEUTRAL, Figure

FONT = "font-family=\"system-ui, 'DejaVu Sans', sans-serif\""


MODEL = (
    "R_b = 1 / (σ_b · D)",
    "R_gb = 1 / (h_gb · D²)",
    "R^tot = N · (R_b + R_gb) = L / (σ^tot · D²)",
    "σ_b = σ_b^tot   (Eq. 10)",
    "h_gb = σ_gb^tot / D   (Eq. 11)",
    "½: half a boundary (h_gb/2)",
)
INDEX = re.compile(r"[_^][A-Za-z]+")


def draw_descriptor_groups(groups: Mapping[str, Sequence[str]], counts: Mapping[str, int], n: int) -> Figure:
    """Descriptors by category, each with the number of samples that have it; ``groups`` maps category to labels."""
    height = 60 + 22 * max(len(labels) for labels in groups.values())
    width = 270
    parts = []
    for place, (category, labels) in enumerate(groups.items()):
        x = 10 + place * (width + 10)
        parts.append(_box(x, 10, width, height - 20, COLOURS[place % len(COLOURS)]))
        parts.append(_text(x + 12, 34, category.capitalize(), size=15, weight="bold"))
        for line, label in enumerate(labels):
            parts.append(_text(x + 12, 60 + 22 * line, f"{label} ({counts.get(label, 0)})", size=12))
    total = sum(map(len, groups.values()))
    caption = f"The {total} descriptors in their groups; in brackets the number of the {n} samples that have each."
    svg = _svg(20 + len(groups) * (width + 10), height, parts)
    return Figure("figure_1", "Descriptor groups", caption, svg=svg)


def draw_workflow(steps: Sequence[tuple[str, str]], outer: int, inner: int) -> Figure:
    """The road from papers to scores, and below it the nested loops that give them; ``steps`` are pairs of a title and
    its actual count, ``outer`` and ``inner`` the numbers of folds."""
    width, height, gap = 150, 74, 34
    parts = []
    for place, (title, detail) in enumerate(steps):
        x = 10 + place * (width + gap)
        parts.append(_box(x, 10, width, height, COLOURS[place % len(COLOURS)]))
        parts.append(_text(x + width / 2, 40, title, size=14, weight="bold", anchor="middle"))
        parts.append(_text(x + width / 2, 62, detail, size=12, anchor="middle"))
        if place:
            parts.append(_arrow(x - gap + 4, 10 + height / 2, x - 4))
    across = 20 + len(steps) * (width + gap) - gap
    loops = (
        (10, across - 20, 132, f"Outer loop: {outer} folds score", f"one of {outer} is held out, the rest goes in"),
        (40, across - 80, 80, f"Inner loop: {inner} folds choose", f"parameters with the least MSE over {inner} folds"),
    )
    for place, (x, wide, high, title, detail) in enumerate(loops):
        y = height + 40 + 44 * place
        parts.append(_box(x, y, wide, high, COLOURS[place + 1]))
        parts.append(_text(x + 14, y + 24, title, size=14, weight="bold"))
        parts.append(_text(x + 260, y + 24, detail, size=12))
    parts.append(
        _text(54, height + 146, "then: fit the chosen model on all rows of the outer loop's training part", size=12)
    )
    caption = "How the results come about: " + ", ".join(f"{title} {detail}" for title, detail in steps)
    caption += f"; below, the nested loops: {outer} outer folds score, in each {inner} inner folds choose."
    return Figure("figure_2", "Workflow", caption, svg=_svg(across, height + 190, parts))


def draw_single_grain_model(with_grain_size: int, with_conductance: int) -> Figure:
    """Cubic grains in line and the circuit of their resistances, with the numbers of samples it can be applied to."""
    side, grains, left = 84, 4, 20
    end = left + grains * side
    parts = [_line(left, 34, left + side, 34), _text(left + side / 2, 26, "D", size=14, anchor="middle")]
    parts += [_line(left, 202, end, 202), _text((left + end) / 2, 220, "L = N · D", size=14, anchor="middle")]
    wire = 168
    parts += [_line(left, wire, left + 12, wire), _line(end - 12, wire, end, wire)]
    for grain in range(grains):
        x = left + grain * side
        parts.append(_box(x, 44, side, side, COLOURS[5]))
        parts.append(_text(x + side / 2, 91, "σ_b", size=15, anchor="middle"))
        parts.append(_resistor(x + 26, wire, 32, "R_b", COLOURS[0]))
        for face in (x + 9, x + side - 9):
            parts.append(_text(face, 120, "½", size=11, anchor="middle"))
        if grain:
            parts.append(_line(x, 44, x, 44 + side, colour=COLOURS[1], width=5))
        if grain + 1 < grains:
            parts.append(_resistor(x + 72, wire, 24, "R_gb", COLOURS[1]))
    for place, formula in enumerate(MODEL):
        parts.append(_text(end + 40, 62 + 30 * place, formula, size=15))
    caption = (
        "Brick-layer model of one dimension (doi 10.1080/14686996.2020.1824985, Eqs. 3–11): N cubic grains of side D "
        f"in series, boundaries without thickness (orange), half of one at each face of a grain. "
        f"Here {with_grain_size} samples have a grain size and "
        f"{with_conductance} of them a grain-boundary conductivity near room temperature as well."
    )
    numbers = {"with_grain_size": with_grain_size, "with_conductance": with_conductance}
    return Figure("figure_3", "Single-grain model", caption, svg=_svg(end + 340, 232, parts), numbers=numbers)


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    marker = (
        '<defs><marker id="head" markerWidth="8" markerHeight="8" refX="6" refY="3" orient="auto">'
        '<path d="M0,0 L6,3 L0,6 z" fill="#7F7F7F"/></marker></defs>'
    )
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    ground = f'<rect width="{width:g}" height="{height:g}" fill="white" class="ground"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {FONT}>{marker}{ground}{"".join(parts)}</svg>'


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6" fill="{colour}" fill-opacity="0.12" '
        f'stroke="{colour}" stroke-width="1.5"/>'
    )


def _text(x: float, y: float, text: str, *, size: int, weight: str = "normal", anchor: str = "start") -> str:
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}"'
    return f'<text x="{x:g}" y="{y:g}" {style} fill="#222" class="ink">{_set_indices(text, size)}</text>'


def _set_indices(text: str, size: int) -> str:
    """Text with ``_b`` set below and ``^tot`` above the line; what follows stands on the line again."""
    parts, at, level = [], 0, 0.0
    for found in [*INDEX.finditer(text), None]:
        plain = text[at : found.start() if found else len(text)]
        if plain:
            parts.append(f'<tspan dy="{-level:g}">{escape(plain)}</tspan>')
            level = 0.0
        if found:
            place = 0.3 * size if found[0][0] == "_" else -0.4 * size
            shift, level = place - level, place
            parts.append(f'<tspan dy="{shift:g}" font-size="{0.72 * size:g}">{found[0][1:]}</tspan>')
            at = found.end()
    return "".join(parts)


def _line(x1: float, y1: float, x2: float, y2: float, *, colour: str = NEUTRAL, width: float = 1.5) -> str:
    ends = f'x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"/>'


def _resistor(x: float, y: float, width: float, name: str, colour: str) -> str:
    """A resistor with its name above; a wide one brings the wires to both sides."""
    place = f'x="{x:g}" y="{y - 6:g}" width="{width:g}" height="12"'
    body = f'<rect {place} fill="none" stroke="{colour}" stroke-width="2"/>'
    wires = _line(x - 14, y, x, y) + _line(x + width, y, x + width + 14, y) if width > 24 else ""
    return wires + body + _text(x + width / 2, y - 13, name, size=13, anchor="middle")


def _arrow(x1: float, y: float, x2: float) -> str:
    ends = f'x1="{x1:g}" y1="{y:g}" x2="{x2:g}" y2="{y:g}"'
    return f'<line {ends} stroke="{NEUTRAL}" stroke-width="2" marker-end="url(#head)"/>'
