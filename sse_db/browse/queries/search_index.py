"""Search: the words of samples and publications in an index of their own, beside the snapshot.

A statement of a user cannot reach the index, because an expression of its query language can take minutes that no time
limit of SQLite interrupts. What a user types becomes a few words, each of which has to occur.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from pathlib import Path

MOST_WORDS = 20
SAMPLE_TEXT = """
SELECT
    s.id,
    s.label
    || coalesce((SELECT ' ' || group_concat(a.label, ' ') FROM sample_aliases AS a WHERE a.sample_id = s.id), ''),
    coalesce(c.formula, '') || ' ' || coalesce(s.formula_as_written, ''),
    (SELECT group_concat(e.element, ' ') FROM composition_elements AS e WHERE e.composition_id = s.composition_id),
    coalesce(p.authors, p.first_author, '') || ' ' || coalesce(p.year, '') || ' ' || coalesce(p.title, '') || ' '
    || coalesce(p.journal, '') || ' ' || coalesce(p.doi, ''),
    coalesce(s.structure_class, '') || ' ' || coalesce(s.structure_type, '') || ' '
    || coalesce(s.space_group_symbol, '') || ' ' || coalesce(s.phase_type, '') || ' '
    || coalesce(s.synthesis_method, '') || ' ' || coalesce(s.synthesis_method_text, '') || ' '
    || coalesce(s.additive_formula, '') || ' ' || coalesce(s.remark, '')
FROM samples AS s
INNER JOIN publications AS p ON p.id = s.publication_id
LEFT JOIN compositions AS c ON c.id = s.composition_id
"""
PUBLICATION_TEXT = """
SELECT
    id, coalesce(title, ''), coalesce(authors, first_author, ''), coalesce(journal, '') || ' ' || coalesce(year, ''),
    coalesce(doi, '') || ' ' || coalesce(url, '')
    || coalesce((SELECT ' ' || group_concat(i.value, ' ') FROM publication_identifiers AS i
        WHERE i.publication_id = publications.id), '')
FROM publications
"""
DOCUMENTS = {
    "samples": ("label, formula, elements, source, description", SAMPLE_TEXT),
    "publications": ("title, authors, journal, doi", PUBLICATION_TEXT),
}
"""For each table that can be searched its fields, and the SELECT of key and fields."""


def index_texts(copy: sqlite3.Connection, path: Path) -> None:
    """Write the index of a snapshot's texts to a new file."""
    copy.create_function("plain", 1, plain_text, deterministic=True)
    copy.execute("ATTACH ? AS words", [str(path)])
    for pragma in ("journal_mode", "synchronous"):
        copy.execute(f"PRAGMA words.{pragma} = OFF")
    copy.execute("BEGIN")
    for table, (fields, documents) in DOCUMENTS.items():
        copy.execute(f"CREATE VIRTUAL TABLE words.{table}_text USING fts5({fields}, content = '', prefix = '2 3')")
        texts = ", ".join(f"plain({field})" for field in fields.split(", "))
        copy.execute(
            f"INSERT INTO words.{table}_text (rowid, {fields}) WITH documents (id, {fields}) AS ({documents}) "
            f"SELECT id, {texts} FROM documents"
        )
    copy.execute("COMMIT")
    copy.execute("DETACH words")


def plain_text(text: str | None) -> str:
    """Text as it is searched: subscript digits and ligatures become plain ones (NFKC)."""
    return unicodedata.normalize("NFKC", text or "")


def match_expression(text: str) -> str:
    """What a user types as an FTS5 expression: each of the first MOST_WORDS words has to occur, or begin one."""
    words = plain_text(text).replace('"', " ").replace("\0", " ").split()
    wanted = [f'"{word}"*' for word in words if any(letter.isalnum() for letter in word)]
    return " ".join(wanted[:MOST_WORDS]) or '""'


class Texts:
    """The index, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{path}?immutable=1", uri=True, check_same_thread=False)

    def find(self, table: str, text: str | None) -> str:
        """The keys of all rows whose texts hold the words, as a JSON list."""
        found = self._connection.execute(
            f"SELECT rowid FROM {table}_text WHERE {table}_text MATCH ?", [match_expression(text or "")]
        )
        return json.dumps([key for (key,) in found])

    def find_best(self, table: str, text: str, most: int) -> tuple[list[int], int]:
        """The keys of the best rows, the best first, and how many rows there are in all."""
        words = [match_expression(text)]
        matching = f"FROM {table}_text WHERE {table}_text MATCH ?"
        (total,) = self._connection.execute(f"SELECT count(*) {matching}", words).fetchone()
        rows = self._connection.execute(f"SELECT rowid {matching} ORDER BY rank, rowid LIMIT {most}", words)
        return [key for (key,) in rows], total

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()
