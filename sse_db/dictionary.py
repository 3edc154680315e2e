"""The data dictionary: every table, view and column with type, unit, meaning and limits, read from the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from sse_db import schema
from sse_db.columns import bounds_of, vocabulary_of
from sse_db.errors import NotFound
from sse_db.schema import metadata
from sse_db.units import display_unit
from sse_db.views import VIEWS, read_select

if TYPE_CHECKING:
    import pandas as pd

ValueType = Literal["integer", "number", "string"]
TYPES: dict[str, ValueType] = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
VIEW_COLUMNS = {
    "sample_id": "Sample",
    "additive_present": "1 with an additive, 0 without, NULL where the source is silent",
    "sintering_temperature_c": "Temperature of the last densifying step",
    "sintering_time_h": "Dwell time of the last densifying step",
    "method_code": "0 solid state or ball mill, 1 melt quench, 2 liquid phase, 3 sol-gel",
    "phase_code": "0 crystal, 1 glass ceramic",
    "li_ratio": "Li atoms by all atoms of the formula",
    "electronegativity": "Eq. (1) of the paper over Pauling electronegativities",
    "polarizability": "Eq. (1) over static dipole polarizabilities, atomic units",
    "atomic_number": "Eq. (1) over atomic numbers",
    "grain_boundary_conductance_s_per_cm2": "Conductance of a single grain boundary, Eq. (11)",
    "conductance_s_per_cm2": "Conductance of a single grain boundary, Eq. (11)",
    "grain_boundary_rounding_ruled": "1 where a derived grain-boundary value rests on total/bulk above 0.8",
    "log10_bulk_conductivity": "Decimal logarithm of the bulk conductivity in S/cm",
    "log10_grain_boundary_conductance": "Decimal logarithm of h_gb in S/cm²",
    "log10_observed_grain_boundary_conductivity": "Decimal logarithm of the grain-boundary conductivity in S/cm",
    "log10_bulk_per_grain": "Decimal logarithm of σ_b/D in S/cm²",
    "log10_grain_boundary_per_grain": "Decimal logarithm of h_gb/D in S/cm³",
    "log10_total_conductivity": "Decimal logarithm of the total conductivity in S/cm",
    "reference": "First author, else title, else DOI; with the year",
    "target": "Target whose value is a limit",
    "formula": "Composition, else the formula as written",
    "measurement_id": "Measurement",
    "activation_energy_id": "Activation energy",
    "spectrum_id": "Spectrum",
    "spectrum_fit_id": "Fit; NULL for a spectrum without one",
    "spectrum_label": "Name of the spectrum: file name without suffix, with the sheet or section if there are several",
    "processing_step_id": "Step that gives the sintering descriptors",
}
"""Meaning of view columns that no table has under the same name; patterns are in VIEW_PATTERNS."""

VIEW_TYPES = {"atomic_number": "REAL"}
"""Where a view's column is of another type than the table's of the same name."""

VIEW_PATTERNS = {
    "_conductivity_s_per_cm": "Conductivity near room temperature",
    "_uncertainty_s_per_cm": "Its standard uncertainty",
    "_temperature_c": "Temperature of the chosen value",
    "_temperature_basis": "How the source gives that temperature",
    "_relation": "How the number relates to the conductivity",
    "_basis": "stated or assumed by the source, or derived from the other two",
    "_measurement_id": "Measurement that was chosen, NULL where derived",
    "_record_id": "Structural record that gives it",
}


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column of a table or view."""

    name: str
    type: str
    unit: str
    description: str
    limits: str = ""
    words: tuple[str, ...] = ()
    references: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table or view with its columns."""

    name: str
    kind: str
    description: str
    columns: tuple[ColumnFacts, ...]


def describe_all() -> list[TableFacts]:
    """Tables in the order of insertion, then views in the order of creation."""
    models = [getattr(schema, name) for name in schema.__all__ if hasattr(getattr(schema, name), "__table__")]
    tables = {str(model.__tablename__): model for model in models}
    ordered = [_describe_table(table, tables[table.name]) for table in metadata.sorted_tables]
    return ordered + _describe_views()


def describe(name: str) -> TableFacts:
    """One table or view; raises NotFound."""
    for facts in describe_all():
        if facts.name == name:
            return facts
    raise NotFound(f"there is no table or view {name}", "list them with: sse-db schema")


def value_type(column: ColumnFacts) -> ValueType:
    """The kind of values of a column; a view's column that no table has is a number unless its name says else."""
    if column.type:
        return TYPES[column.type]
    whole = ("_id", "_code", "ruled")
    if column.name.endswith(whole):
        return "integer"
    text = ("_basis", "_relation", "target", "reference", "relation", "formula")
    return "string" if column.name.endswith(text) else "number"


@cache
def value_types() -> dict[str, ValueType]:
    """The kind of values of every column of tables and views, by its name; a table's stands where both have it."""
    return {column.name: value_type(column) for facts in reversed(describe_all()) for column in facts.columns}


def cast_empty(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose columns without any value have the type of the schema's column of that name: float or text.

    Columns of other names stay as they are.
    """
    empty = [name for name in frame.columns[frame.isna().all()].unique() if name in value_types()]
    return frame.astype({name: "str" if value_types()[name] == "string" else "float64" for name in empty})


def _describe_table(table: sa.Table, model: type[Any]) -> TableFacts:
    columns = tuple(_describe_column(column) for column in table.columns)
    return TableFacts(table.name, "table", _first_sentence(model.__doc__ or ""), columns)


def _describe_column(column: sa.Column[Any]) -> ColumnFacts:
    low, high = bounds_of(column)
    limits = "" if low is None and high is None else f"{low:g} … {high:g}"
    vocabulary = vocabulary_of(column)
    target = next((f"{key.column.table.name}.{key.column.name}" for key in column.foreign_keys), "")
    words = tuple(str(word.value) for word in vocabulary) if vocabulary else ()
    unit = display_unit(column.name) if isinstance(column.type, sa.Float) else ""
    kind = {"VARCHAR": "TEXT", "FLOAT": "REAL"}.get(str(column.type), str(column.type))
    return ColumnFacts(
        column.name, kind, unit, str(column.comment or ""), limits, words, target, required=not column.nullable
    )


def _describe_views() -> list[TableFacts]:
    """Views from a database in memory; a column that a table has too means the same there."""
    from sse_db.migrate import create_from_models

    known: dict[str, ColumnFacts] = {}
    for table in reversed(metadata.sorted_tables):
        known |= {column.name: _describe_column(column) for column in table.columns}
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        create_from_models(connection)
        names = {view: list(connection.exec_driver_sql(f"SELECT * FROM {view}").keys()) for view in VIEWS}
    engine.dispose()
    return [
        TableFacts(view, "view", _view_sentence(view), tuple(_view_column(name, known) for name in names[view]))
        for view in VIEWS
    ]


def _view_sentence(view: str) -> str:
    lines = []
    for line in read_select(view).splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return _first_sentence(" ".join(lines))


def _view_column(name: str, known: dict[str, ColumnFacts]) -> ColumnFacts:
    pattern = next((text for ending, text in VIEW_PATTERNS.items() if name.endswith(ending)), "")
    description = VIEW_COLUMNS.get(name) or (known[name].description if name in known else pattern)
    inherited = known.get(name)
    unit = inherited.unit if inherited else display_unit(name)
    kind, words = (inherited.type, inherited.words) if inherited else ("", ())
    return ColumnFacts(name, VIEW_TYPES.get(name, kind), unit, description, words=words)


def _first_sentence(text: str) -> str:
    plain = " ".join(text.split())
    return re.split(r"(?<=\.)(?<!\bEq\.)(?<!\bEqs\.) ", plain, maxsplit=1)[0]


def render_markdown() -> str:
    """The data dictionary as one Markdown page."""
    lines = [
        "# Data dictionary",
        "",
        "Generated from the schema by `make docs`; a test compares the two. A column's unit is the end of",
        "its name.",
        "",
    ]
    for facts in describe_all():
        lines += [f"## {facts.name}", "", f"*{facts.kind.capitalize()}.* {facts.description}", ""]
        lines += ["| column | type | unit | meaning | limits or words |", "|---|---|---|---|---|"]
        lines += [_row(column) for column in facts.columns]
        lines.append("")
    return "\n".join(lines)


def _row(column: ColumnFacts) -> str:
    words = ", ".join(f"`{word}`" for word in column.words)
    link = f"→ `{column.references}`" if column.references else ""
    bounds = "; ".join(
        filter(None, [column.limits, words, link, "required" if column.required and column.name != "id" else ""])
    )
    cells = (f"`{column.name}`", column.type, column.unit, column.description, bounds)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
