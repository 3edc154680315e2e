"""The page that plots one column of a table or view against another, with the filters of the table's page."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from datasette.utils import escape_sqlite
from datasette.utils.asgi import NotFound
from markupsafe import Markup

from sse_db.browse.pages.drawings import Drawings, Scatter
from sse_db.browse.queries import DATABASE
from sse_db.browse.queries.labels import Labels
from sse_db.dictionary import describe_all
from sse_db.units import display_unit, suffix_of

if TYPE_CHECKING:
    import pandas as pd
    from datasette.database import Database

MOST_POINTS = 2_000
LOOKED_AT = 400
"""Rows that are looked at to tell numbers from words."""
MOST_COLOURS = 8
DEFAULT = "sample_overview"
"""What is plotted first."""
FIRST = {
    "sample_overview": ("sintering_temperature_c", "total_conductivity_s_per_cm", "structure_class"),
    "room_temperature_conductivity": ("bulk_conductivity_s_per_cm", "total_conductivity_s_per_cm", "total_basis"),
    "single_grain_conductivity": ("grain_size_um", "grain_boundary_conductivity_s_per_cm", "grain_boundary_basis"),
    "measurement_points": ("temperature_c", "conductivity_s_per_cm", "contribution"),
    "descriptors": ("li_ratio", "electronegativity", None),
    "training_bulk": ("li_ratio", "bulk_conductivity_s_per_cm", "structure_class"),
    "training_grain_boundary": ("grain_size_um", "grain_boundary_conductance_s_per_cm2", "structure_class"),
    "training_grain_boundary_observed": ("li_ratio", "grain_boundary_conductivity_s_per_cm", "structure_class"),
    "training_total": ("sintering_temperature_c", "total_conductivity_s_per_cm", "structure_class"),
    "training_samples": ("li_ratio", "total_conductivity_s_per_cm", "structure_class"),
    "sintering_steps": ("sintering_temperature_c", "sintering_time_h", "operation"),
    "sample_structures": ("cell_volume_angstrom3", "density_g_per_cm3", None),
    "chemical_descriptors": ("li_ratio", "electronegativity", None),
    "samples": ("grain_size_um", "relative_density_percent", "structure_class"),
    "impedance_measurements": ("temperature_c", "conductivity_s_per_cm", "contribution"),
}
"""Axes and colour that a plot begins with."""
LARGE = 50_000
SCATTER = 2654435761
"""Knuth's multiplicative hash: neighbouring keys land far from one another."""
KEYS = ("measurement_id", "id", "sample_id", "composition_id")
PAGES = ("sample_id", "id", "composition_id")
"""What tells rows apart, and whose page a point leads to: the first column of these that a table has."""
LOGARITHMIC = ("_s_per_cm", "_s_per_cm2", "_um")


def plotted_names() -> list[str]:
    """Tables and views that can be plotted."""
    known = {facts.name for facts in describe_all()}
    return [name for name in FIRST if name in known]


async def describe_plot(
    database: Database, labels: Labels, drawings: Drawings, table: str, arguments: Mapping[str, str]
) -> dict[str, Any]:
    """What the plot's page shows; raises NotFound for a table or a column that cannot be plotted."""
    if table not in FIRST:
        raise NotFound(f"there is no plot of {table}")
    columns = await database.table_columns(table)
    numbers, words = await _sort_columns(database, table, columns)
    x, y, colour = (arguments.get(name, first or "") for name, first in zip("xyc", FIRST[table], strict=True))
    if x not in numbers or y not in numbers or (colour and colour not in words):
        raise NotFound("there is no such column to plot")
    filters = {name: value for name, value in arguments.items() if name in columns}
    rows = await _choose(database, table, columns, (x, y, *([colour] if colour else [])), filters)
    plan = Scatter(x, y, colour or None, _title(x), _title(y), x.endswith(LOGARITHMIC), y.endswith(LOGARITHMIC))
    plot = await asyncio.to_thread(drawings.scatter, _frame(labels, rows, plan), plan) if rows else ""
    return {
        "table": table, "names": plotted_names(), "numbers": numbers, "words": words, "plan": plan, "filters": filters,
        "shown": len(rows), "most": MOST_POINTS, "plot": Markup(plot),
    }  # fmt: skip


async def _sort_columns(database: Database, table: str, columns: list[str]) -> tuple[list[str], list[str]]:
    """Columns with numbers to plot, and those with few words to colour by."""
    rows = list(await database.execute(f"SELECT * FROM {table} LIMIT {LOOKED_AT}"))
    values = {name: {row[name] for row in rows} - {None} for name in columns}
    numbers = [
        name
        for name in columns
        if name != "id"
        and not name.endswith("_id")
        and (name in FIRST[table] or (values[name] and all(isinstance(each, int | float) for each in values[name])))
    ]
    words = [
        name
        for name in columns
        if name in FIRST[table][2:]
        or (1 < len(values[name]) <= MOST_COLOURS and all(isinstance(each, str) for each in values[name]))
    ]
    return [name for name in numbers if name not in words], words


async def _choose(
    database: Database, table: str, columns: list[str], wanted: tuple[str, ...], filters: dict[str, str]
) -> list[dict[str, Any]]:
    """At most MOST_POINTS rows that have both numbers, the same ones every time: of more, those whose keys scatter.

    Of a large table without a filter only scattered keys are looked up: reading all of it would take seconds.
    """
    key, page = (next(name for name in names if name in columns) for names in (KEYS, PAGES))
    clauses = [f"{escape_sqlite(name)} = :f{place}" for place, name in enumerate(filters)]
    values: dict[str, Any] = {f"f{place}": value for place, value in enumerate(filters.values())}
    for name in wanted[:2]:
        clauses.append(f"{escape_sqlite(name)} {'> 0' if name.endswith(LOGARITHMIC) else 'IS NOT NULL'}")
    rows = database.ds.inspect_data[DATABASE]["tables"][table]["count"]
    order = f"ORDER BY ({key} * {SCATTER}) % 4294967296"
    if rows > LARGE and not filters:
        values["keys"] = json.dumps([number * SCATTER % rows + 1 for number in range(2 * MOST_POINTS)])
        clauses.append(f"{key} IN (SELECT value FROM json_each(:keys))")
        order = ""
    listed = ", ".join(escape_sqlite(name) for name in dict.fromkeys([*wanted, page]))
    sql = f"SELECT {listed} FROM {table} WHERE {' AND '.join(clauses)} {order} LIMIT {MOST_POINTS}"
    return [dict(row) for row in await database.execute(sql, values)]


def _title(column: str) -> str:
    suffix = suffix_of(column)
    name = column.removesuffix(f"_{suffix}").replace("_", " ")
    return f"{name} ({display_unit(column)})" if suffix else name


def _frame(labels: Labels, rows: list[dict[str, Any]], plan: Scatter) -> pd.DataFrame:
    """The rows with the page that each point leads to, and what it says under the pointer."""
    import pandas as pd

    frame = pd.DataFrame(rows)
    key = str(frame.columns[-1])
    other = "compositions" if key == "composition_id" else "samples"
    names = labels.find(other, frame[key].tolist())
    frame["page"] = [f"/{DATABASE}/{other}/{each}" for each in frame[key]]
    values = zip(frame[key], frame[plan.x], frame[plan.y], strict=True)
    frame["says"] = [f"{names.get(each, each)}: {x:.4g}, {y:.4g}" for each, x, y in values]
    return frame
