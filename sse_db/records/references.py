"""Which row a curator means: a number, a DOI in any spelling, a title, the label of a sample."""

from __future__ import annotations

import sqlalchemy as sa

from sse_db.errors import NotFound, UnreadableDoi
from sse_db.records.fetching import Row, fetch
from sse_db.records.identity import make_title_key, normalise_doi
from sse_db.spelling import find_like, plain_label, suggest
from sse_db.vocabulary import IdentifierKind

SHOWN = 5
LONGEST_NUMBER = 18
"""Digits of the largest number that a row can have."""
MOST_NAMES = 20_000
"""Names among which one that is like the text is looked for."""
ONE = {
    "publications": "publication", "samples": "sample", "structural_records": "structure",
    "impedance_measurements": "measurement",
}  # fmt: skip
"""What one row of a table is called in messages."""
NAMES = {
    "publications": "SELECT doi FROM publications UNION ALL SELECT title FROM publications LIMIT :most",
    "samples": "SELECT label FROM samples UNION SELECT label FROM sample_aliases LIMIT :most",
}
"""What rows may be called instead of by their numbers."""


def find_row(connection: sa.Connection, table: str, text: str) -> Row:
    """The row of a table that a text means; raises NotFound, also when it may mean several."""
    rows = fetch(connection, table, "id", [int(text)]) if _is_number(text) else []
    if not rows and table == "publications":
        rows = find_publications(connection, text)
    elif not rows and table == "samples":
        rows = find_samples(connection, text)
    if len(rows) == 1:
        return rows[0]
    if not rows:
        raise NotFound(f"there is no {ONE.get(table, table)} {text}", _hint(connection, table, text))
    from sse_db.records.keys import name_rows  # which knows the schema

    names = name_rows(connection, [(table, row) for row in rows[:SHOWN]])
    several = "; ".join(f"{row['id']} ({name})" for row, name in zip(rows, names, strict=False))
    raise NotFound(f"several rows of {table} are called {text}", f"give the number: {several}")


def _is_number(text: str) -> bool:
    return text.strip().isdecimal() and len(text.strip()) <= LONGEST_NUMBER


def _hint(connection: sa.Connection, table: str, text: str) -> str:
    """The name that was meant, where one is much like the text; else where the names are listed."""
    if table not in NAMES:
        return "give its number, as sse-db sample show lists it"
    listing = f"list them with: sse-db {ONE[table]} list"
    names = connection.execute(sa.text(NAMES[table]).bindparams(most=MOST_NAMES + 1)).scalars().all()
    known = [str(name) for name in names if name is not None]
    meant = find_like(text, known) if len(names) <= MOST_NAMES and not _is_number(text) else None
    return f"did you mean {meant}? {listing}" if meant else listing


def title_identifier(title: str, year: int | None) -> str:
    """A former title as it is kept, with its year: ``Lithium garnets (2021)``."""
    return f"{title} ({year})" if year else title


def title_identifier_key(value: str) -> str:
    """What former titles are compared by: letters and digits of title and year."""
    return make_title_key(value)


def find_publications(connection: sa.Connection, text: str) -> list[Row]:
    """Publications of a DOI or title, else those that were called so before."""
    try:
        doi = normalise_doi(text)
    except UnreadableDoi:
        key = make_title_key(text)
        titles = fetch(connection, "publication_identifiers", "kind", [str(IdentifierKind.TITLE)])
        former = [row for row in titles if title_identifier_key(row["value"]).startswith(key)] if key else []
        return fetch(connection, "publications", "title_key", [key]) or _publications_of(connection, former)
    former = fetch(connection, "publication_identifiers", "value", [doi])
    return fetch(connection, "publications", "doi", [doi]) or _publications_of(connection, former)


def _publications_of(connection: sa.Connection, names: list[Row]) -> list[Row]:
    return fetch(connection, "publications", "id", {row["publication_id"] for row in names})


def find_samples(connection: sa.Connection, text: str) -> list[Row]:
    """Samples of a label in any type of dash and blank, else those that had it before."""
    for names in ("SELECT id, label FROM samples", "SELECT sample_id, label FROM sample_aliases"):
        labels = connection.execute(sa.text(names))
        ids = {row_id for row_id, label in labels if plain_label(label) == plain_label(text)}
        if ids:
            return fetch(connection, "samples", "id", ids)
    return []


def find_sample(connection: sa.Connection, text: str, publication: str | None = None) -> Row:
    """The sample that a number or a label means, of one publication where that is given; raises NotFound, also when it
    may mean several."""
    if publication is None:
        return find_row(connection, "samples", text)
    home = find_row(connection, "publications", publication)
    rows = fetch(connection, "samples", "id", [int(text)]) if text.strip().isdigit() else []
    found = [row for row in (*find_samples(connection, text), *rows) if row["publication_id"] == home["id"]]
    chosen = {row["id"]: row for row in found}
    if len(chosen) == 1:
        return next(iter(chosen.values()))
    name = home["doi"] or home["title"]
    labels = [row["label"] for row in fetch(connection, "samples", "publication_id", [home["id"]])]
    if not chosen:
        raise NotFound(f"{name} has no sample {text}", suggest(text, labels))
    raise NotFound(f"several samples of {name} are called {text}", f"give the number: {', '.join(map(str, chosen))}")


def count_references(connection: sa.Connection, table: str, row_id: int) -> int:
    """Number of rows that refer to a row."""
    from sse_db.records.keys import TABLES

    statements = [
        sa.select(sa.func.count()).where(column == row_id)
        for its in TABLES.values()
        for column in its.c
        for key in column.foreign_keys
        if key.column.table.name == table
    ]
    return sum(int(connection.execute(statement).scalar_one()) for statement in statements)
