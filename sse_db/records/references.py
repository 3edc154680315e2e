"""Which row a curator means: a number, a DOI in any spelling, a title, the label of a sample."""

from __future__ import annotations

import sqlalchemy as sa

from sse_db.errors import NotFound, UnreadableDoi
from sse_db.records.identity import make_title_key, normalise_doi
from sse_db.records.keys import TABLES, Row, fetch, name_rows
from sse_db.spelling import plain_label

SHOWN = 5


def find_row(connection: sa.Connection, table: str, text: str) -> Row:
    """The row of a table that a text means; raises NotFound, also when it may mean several."""
    if text.strip().isdigit():
        rows = fetch(connection, table, "id", [int(text)])
    elif table == "publications":
        rows = find_publications(connection, text)
    elif table == "samples":
        rows = find_samples(connection, text)
    else:
        rows = []
    if len(rows) == 1:
        return rows[0]
    one = table.removesuffix("s")
    if not rows:
        raise NotFound(f"there is no {one} {text}", _listing(table))
    names = name_rows(connection, [(table, row) for row in rows[:SHOWN]])
    several = "; ".join(f"{row['id']} ({name})" for row, name in zip(rows, names, strict=False))
    raise NotFound(f"several rows of {table} are called {text}", f"give the number: {several}")


def _listing(table: str) -> str:
    command = {"publications": "publication list", "samples": "sample list"}.get(table)
    return f"list them with: sse-db {command}" if command else f'sse-db query "SELECT * FROM {table}"'


def find_publications(connection: sa.Connection, text: str) -> list[Row]:
    """Publications of a DOI in any spelling, or of a title."""
    try:
        return fetch(connection, "publications", "doi", [normalise_doi(text)])
    except UnreadableDoi:
        return fetch(connection, "publications", "title_key", [make_title_key(text)])


def find_samples(connection: sa.Connection, text: str) -> list[Row]:
    """Samples of a label in any type of dash and blank."""
    labels = connection.execute(sa.select(TABLES["samples"].c.id, TABLES["samples"].c.label))
    ids = [row.id for row in labels if plain_label(row.label) == plain_label(text)]
    return fetch(connection, "samples", "id", ids)


def count_references(connection: sa.Connection, table: str, row_id: int) -> int:
    """Number of rows that refer to a row."""
    statements = [
        sa.select(sa.func.count()).where(column == row_id)
        for its in TABLES.values()
        for column in its.c
        for key in column.foreign_keys
        if key.column.table.name == table
    ]
    return sum(int(connection.execute(statement).scalar_one()) for statement in statements)
