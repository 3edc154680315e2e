"""Attachments whose file is not where it was attached, or is not what it was: the only audit that looks at files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa

from sse_db.database.engine import database_path
from sse_db.query import run_query

SEVERITY = "doubt"
GROUP = "provenance"
SENTENCE = "An attached file is missing, or is not what it was."
REMEDY = "Put it back, or attach it again; the place is relative to the folder of the database."
COLUMNS = ("table_name", "row_id", "what", "place", "belongs_to")
STORED = """
    SELECT
        id, place, sha256, size_bytes,
        CASE
            WHEN publication_id IS NOT NULL THEN 'publication ' || publication_id
            WHEN sample_id IS NOT NULL THEN 'sample ' || sample_id
            ELSE 'measurement ' || measurement_id
        END AS belongs_to
    FROM attachments ORDER BY id
"""


def build_sql() -> str:
    """The SELECT for a place where the files are not: it finds nothing."""
    return (
        "SELECT " + ", ".join(f"{0 if name == 'row_id' else repr('')} AS {name}" for name in COLUMNS) + " WHERE 1 = 0"
    )


def build_sql_beside(url: sa.URL) -> str:
    """A SELECT of what is found in the folder of a database, as literal rows."""
    file = database_path(url)
    home = file.resolve().parent if file is not None else Path.cwd()
    found = []
    for row_id, place, digest, size, belongs_to in run_query(url, STORED).rows:
        if what := find_fault(home / str(place), str(digest), size):
            values = ("attachments", row_id, what, place, belongs_to)
            found.append(f"({', '.join(map(_literal, values))})")
    if not found:
        return build_sql()
    return f"WITH faults ({', '.join(COLUMNS)}) AS (VALUES {', '.join(found)}) SELECT * FROM faults"


def find_fault(path: Path, digest: str, size: object) -> str:
    """``missing`` or ``changed`` for a file that is not what was attached, by SHA-256 and size; else nothing."""
    if not path.is_file():
        return "missing"
    if path.stat().st_size != size:
        return "changed"
    with path.open("rb") as stream:
        return "" if hashlib.file_digest(stream, "sha256").hexdigest() == digest else "changed"


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''").replace("\0", "") + "'"
