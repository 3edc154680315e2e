"""Rows of tables as dictionaries, read without the classes of the schema: commands that only read begin with this."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

Row = dict[str, Any]
CHUNK = 10_000


def fetch(connection: sa.Connection, table: str, column: str, wanted: Iterable[Any]) -> list[Row]:
    """Rows whose column has one of the wanted values, by number, in chunks that any database takes."""
    values = list(wanted)
    every = sa.select(sa.text("*")).select_from(sa.table(table)).order_by(sa.column("id"))
    rows: list[Row] = []
    for start in range(0, len(values), CHUNK):
        statement = every.where(sa.column(column).in_(values[start : start + CHUNK]))
        found = connection.execute(statement)
        names = tuple(found.keys())
        rows += [dict(zip(names, row, strict=True)) for row in found]
    return rows
