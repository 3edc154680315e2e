"""The tables and their references as one SVG: parents left, children right, a line from each key to its table."""

from __future__ import annotations

from html import escape

import sqlalchemy as sa

from sse_db.columns import vocabulary_of
from sse_db.schema import metadata
from sse_db.units import display_unit

LINE, WIDTH, GAP, MARGIN = 17, 290, 110, 20
INK, LINK, HEAD, PAPER = "#1f2933", "#0072b2", "#e3eef6", "#ffffff"
HIDDEN = ("batch_id", "source_row", "as_written")
"""Columns that every curated table has: they would only thicken the picture. Said below it."""


def find_levels() -> dict[str, int]:
    """How many references away from a table without parents each table is."""
    levels: dict[str, int] = {}
    for table in metadata.sorted_tables:
        parents = [key.column.table.name for key in _references(table)]
        levels[table.name] = max((levels[parent] + 1 for parent in parents), default=0)
    return levels


def _references(table: sa.Table) -> list[sa.ForeignKey]:
    keys = [key for column in table.columns for key in column.foreign_keys]
    return [key for key in keys if key.parent.name not in HIDDEN and key.column.table is not table]


def render_svg() -> str:
    """The diagram, drawn from the schema alone."""
    columns: dict[int, list[sa.Table]] = {}
    for name, level in find_levels().items():
        columns.setdefault(level, []).append(metadata.tables[name])
    places: dict[str, tuple[float, float]] = {}
    bottom = 0.0
    for level, tables in sorted(columns.items()):
        y = MARGIN
        for table in tables:
            places[table.name] = (MARGIN + level * (WIDTH + GAP), y)
            y += LINE * (len(_shown(table)) + 2) + 14
        bottom = max(bottom, y)
    parts = [part for table in metadata.sorted_tables for part in _draw_links(table, places)]
    parts += [part for table in metadata.sorted_tables for part in _draw_table(table, *places[table.name])]
    width, height = 2 * MARGIN + len(columns) * (WIDTH + GAP) - GAP, bottom + MARGIN
    size = f'width="{width}" height="{height:g}" viewBox="0 0 {width} {height:g}"'
    font = 'font-family="system-ui, \'DejaVu Sans\', sans-serif" font-size="12"'
    ground = f'<rect width="{width}" height="{height:g}" fill="{PAPER}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>\n{ground}\n' + "\n".join(parts) + "\n</svg>"


def _shown(table: sa.Table) -> list[sa.Column]:
    return [column for column in table.columns if column.name not in HIDDEN]


def _draw_table(table: sa.Table, x: float, y: float) -> list[str]:
    height = LINE * (len(_shown(table)) + 1) + 10
    parts = [
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="4" fill="{PAPER}" stroke="{INK}"/>',
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{LINE + 4}" rx="4" fill="{HEAD}" stroke="{INK}"/>',
        f'<text x="{x + 8}" y="{y + 15}" font-weight="bold" fill="{INK}">{escape(table.name)}</text>',
    ]
    for number, column in enumerate(_shown(table), start=1):
        line = y + LINE * number + 17
        weight = "bold" if column.primary_key else "normal"
        colour = LINK if column.foreign_keys else INK
        parts.append(
            f'<text x="{x + 8}" y="{line}" font-weight="{weight}" fill="{colour}">{escape(column.name)}</text>'
        )
        parts.append(
            f'<text x="{x + WIDTH - 8}" y="{line}" text-anchor="end" fill="#66727f">{escape(_note(column))}</text>'
        )
    return parts


def _note(column: sa.Column) -> str:
    if column.foreign_keys:
        return "→ " + next(iter(column.foreign_keys)).column.table.name
    return "word list" if vocabulary_of(column) else display_unit(column.name)


def _draw_links(table: sa.Table, places: dict[str, tuple[float, float]]) -> list[str]:
    """A curve from each referring column to the head of the table it names."""
    x, y = places[table.name]
    names = [column.name for column in _shown(table)]
    parts = []
    for key in _references(table):
        start = y + LINE * (names.index(key.parent.name) + 1) + 13
        end_x, end_y = places[key.column.table.name][0] + WIDTH, places[key.column.table.name][1] + 11
        bend = f"C {x - 60} {start} {end_x + 60} {end_y} {end_x} {end_y}"
        parts.append(f'<path d="M {x} {start} {bend}" fill="none" stroke="{LINK}" stroke-width="1.3" opacity="0.7"/>')
    return parts
