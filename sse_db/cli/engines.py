"""Which engine reads: SQLite the database itself, or DuckDB a copy in memory, for views of large databases."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sse_db.cli.render import settings_of

if TYPE_CHECKING:
    import sqlalchemy as sa


class EngineName(StrEnum):
    """What answers."""

    SQLITE = "sqlite"
    DUCKDB = "duckdb"


EngineOption = Annotated[
    EngineName,
    typer.Option(
        "--engine", help="What reads: the database, or DuckDB on a copy of it in memory, quicker on large databases."
    ),
]


def open_for_views(context: typer.Context, engine: EngineName) -> sa.Engine:
    """The database, its views read by that engine."""
    opened = settings_of(context).open()
    if engine is EngineName.DUCKDB:
        from sse_db.columnar import keep_copy

        keep_copy(opened)
    return opened
