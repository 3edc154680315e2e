"""The database of a release: written anew from the rows, so that its bytes follow from them and from nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from sse_db.database.engine import resolve_url
from sse_db.schema import CURATED, CurrentBatch, metadata

DRAFTS = "SELECT id FROM publications WHERE review_state <> 'reviewed'"
DROP_DRAFTS = (
    f"DELETE FROM structural_records WHERE publication_id IN ({DRAFTS}) "
    f"OR sample_id IN (SELECT id FROM samples WHERE publication_id IN ({DRAFTS})) "
    "OR (publication_id IS NULL AND sample_id IS NULL)",
    f"DELETE FROM samples WHERE publication_id IN ({DRAFTS})",
    f"DELETE FROM publications WHERE id IN ({DRAFTS})",
    "DELETE FROM compositions WHERE id NOT IN (SELECT composition_id FROM samples WHERE composition_id IS NOT NULL "
    "UNION SELECT composition_id FROM structural_records WHERE composition_id IS NOT NULL)",
    "DELETE FROM change_log",
)
"""What a release of reviewed publications leaves out: drafts, what hangs on them, structures of no publication and no
sample, which nobody can have reviewed, and a history that tells of them."""
DROP_TRACES = (
    "DELETE FROM change_log WHERE "
    + " AND ".join(
        f"NOT (table_name = '{model.__tablename__}' AND row_id IN (SELECT id FROM {model.__tablename__}))"
        for model in CURATED
    ),
    "DELETE FROM change_log WHERE action = 'insert' AND batch_id IN (SELECT carried_by FROM import_batches)",
    "UPDATE import_batches SET carried_by = NULL",
    "DELETE FROM import_batches WHERE id NOT IN ("
    + " UNION ".join(f"SELECT batch_id FROM {model.__tablename__}" for model in CURATED)
    + " UNION SELECT batch_id FROM change_log WHERE batch_id IS NOT NULL)",
)
"""What no release tells of: rows that are gone, and that rows came out of another release, with the batches that are
then left without rows and without changes."""


def copy_database(engine: sa.Engine, path: Path, *, reviewed_only: bool) -> None:
    """Write all rows in the order of their keys into a new file; with ``reviewed_only`` without publications in draft.

    A row keeps its number, its batch and its history, wherever it came through since.
    A file copied as it is would hold the free pages, statistics and order of its own past.
    """
    from sse_db.database.migrate import upgrade
    from sse_db.database.transfer import as_file

    upgrade(resolve_url(str(path)))
    with (
        as_file(engine) as own,
        closing(sqlite3.connect(f"file:{quote(str(path))}", uri=True, isolation_level=None)) as copy,
    ):
        source = f"file:{quote(str(own.resolve()))}?mode=ro"
        copy.execute("PRAGMA foreign_keys = ON")
        copy.execute("ATTACH ? AS source", (source,))
        copy.execute("BEGIN")
        triggers = copy.execute(
            "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' ORDER BY rowid"
        ).fetchall()
        for name, _ in triggers:
            copy.execute(f'DROP TRIGGER main."{name}"')
        _copy_rows(copy)
        for statement in (*(DROP_DRAFTS if reviewed_only else ()), *DROP_TRACES):
            copy.execute(statement)
        _forget_numbers(copy)
        for _, statement in triggers:
            copy.execute(statement)
        copy.execute("COMMIT")
        copy.execute("DETACH source")
        copy.execute("VACUUM")


def _copy_rows(copy: sqlite3.Connection) -> None:
    for table in metadata.sorted_tables:
        if table.name == CurrentBatch.__tablename__:
            continue
        names = ", ".join(column.name for column in table.columns)
        copy.execute(f"DELETE FROM main.{table.name}")
        copy.execute(f"INSERT INTO main.{table.name} ({names}) SELECT {names} FROM source.{table.name} ORDER BY id")


def _forget_numbers(copy: sqlite3.Connection) -> None:
    """Set the highest number that a table has given to that of its rows, as if those left out had never been."""
    copy.execute("DELETE FROM sqlite_sequence")
    for table in metadata.sorted_tables:
        if table.dialect_options["sqlite"]["autoincrement"]:
            copy.execute(
                "INSERT INTO sqlite_sequence (name, seq) "
                f"SELECT '{table.name}', max(id) FROM {table.name} HAVING max(id) IS NOT NULL"
            )
