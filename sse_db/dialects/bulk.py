"""Many rows into one table at once, the way that each database takes them fastest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import sqlalchemy as sa

ROWS_AT_ONCE = 500
"""Rows of one statement: SQLite builds the lists of words in CHECK constraints anew for each statement."""
MOST_VARIABLES = 30_000


def insert_rows(connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: list[Sequence[Any]]) -> None:
    """Insert rows, given as values in the order of the columns' names; raises what the database raises."""
    if connection.dialect.name != "sqlite":
        connection.execute(sa.insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        return
    size = min(ROWS_AT_ONCE, MOST_VARIABLES // len(names))
    quote = connection.dialect.identifier_preparer.quote
    into = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))}) VALUES "
    row_of = f"({', '.join('?' * len(names))})"
    for start in range(0, len(rows), size):
        chunk = rows[start : start + size]
        statement = into + ", ".join([row_of] * len(chunk))
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(chunk)))
