"""The data dictionary: every table, view and column with type, unit, meaning and limits, read from the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

import sse_db.schema as schema
from sse_db.columns import bounds_of, vocabulary_of
from sse_db.errors import NotFound
from sse_db.schema import metadata
from sse_db.units import display_unit
from sse_db.views import VIEWS, describe_columns, describe_view

if TYPE_CHECKING:
    import pandas as pd

ValueType = Literal["integer", "number", "string"]
TYPES: dict[str, ValueType] = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}


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
    """The kind of values of a column."""
    return TYPES[column.type]


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
    """Views from a database in memory; a column means what its view's file says, else what it means in a view before,
    else in a table."""
    from sse_db.database.migrate import create_from_models

    known: dict[str, ColumnFacts] = {}
    for table in reversed(metadata.sorted_tables):
        known |= {column.name: _describe_column(column) for column in table.columns}
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        create_from_models(connection)
        names = {view: list(connection.exec_driver_sql(f"SELECT * FROM {view}").keys()) for view in VIEWS}
    engine.dispose()
    found = []
    for view in VIEWS:
        described = describe_columns(view)
        columns = {name: _view_column(name, described.get(name, ("", "")), known.get(name)) for name in names[view]}
        known |= columns
        found.append(TableFacts(view, "view", _first_sentence(describe_view(view)), tuple(columns.values())))
    return found


def _view_column(name: str, described: tuple[str, str], inherited: ColumnFacts | None) -> ColumnFacts:
    """``described`` holds type and meaning that the view's file gives; each is empty where it is inherited."""
    kind, meaning = described
    if inherited is None:
        return ColumnFacts(name, kind, display_unit(name), meaning)
    return ColumnFacts(
        name, kind or inherited.type, inherited.unit, meaning or inherited.description, words=inherited.words
    )


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
