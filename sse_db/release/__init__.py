"""A citable release: the database and everything in it in open formats, each file following from the rows alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from sse_db.engine import open_engine
from sse_db.errors import WrongUsage
from sse_db.release import bibliography, croissant, documents, optimade, package
from sse_db.release.content import Content, read_content
from sse_db.release.tables import write_tables

if TYPE_CHECKING:
    import pandas as pd

DATABASE = "sse.db"


def write_release(
    engine: sa.Engine,
    folder: Path,
    training_sets: Mapping[str, pd.DataFrame],
    *,
    reviewed_only: bool = False,
) -> list[Path]:
    """Write a release into an empty folder; returns its files. The same database gives byte-identical files.

    ``training_sets`` maps a target to its frame with frozen fold ids. With ``reviewed_only`` publications in draft,
    and all that hangs on them, are left out. Raises WrongUsage for a folder that is not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUsage(f"{folder} is not an empty folder", "choose another, or remove what is in it")
    folder.mkdir(parents=True, exist_ok=True)
    copy_database(engine, folder / DATABASE, reviewed_only=reviewed_only)
    with closing_engine(folder / DATABASE) as released:
        content = read_content(released, training_sets)
        write_tables(content, folder)
        for write in (bibliography.write, documents.write, optimade.write, package.write, croissant.write):
            write(content, folder)
    documents.write_crate(content, folder)
    documents.write_checksums(folder)
    return sorted(path for path in folder.rglob("*") if path.is_file())


class closing_engine:  # noqa: N801  # a context manager, named like contextlib's
    """Opens the released copy and gives its file back."""

    def __init__(self, path: Path) -> None:
        self.engine = open_engine(str(path))

    def __enter__(self) -> sa.Engine:
        return self.engine

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


def copy_database(engine: sa.Engine, path: Path, *, reviewed_only: bool) -> None:
    """A compact copy of a database; with ``reviewed_only`` without publications in draft."""
    with closing(sqlite3.connect(str(engine.url.database))) as source:
        source.execute("VACUUM INTO ?", (str(path),))
    if reviewed_only:
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            _drop_drafts(copy)


DROP_DRAFTS = (
    "DELETE FROM samples WHERE publication_id IN (SELECT id FROM publications WHERE review_state <> 'reviewed')",
    "UPDATE structural_records SET publication_id = NULL WHERE publication_id IN "
    "(SELECT id FROM publications WHERE review_state <> 'reviewed')",
    "DELETE FROM publications WHERE review_state <> 'reviewed'",
    "DELETE FROM compositions WHERE id NOT IN (SELECT composition_id FROM samples WHERE composition_id IS NOT NULL "
    "UNION SELECT composition_id FROM structural_records WHERE composition_id IS NOT NULL)",
    "DELETE FROM change_log",
)


def _drop_drafts(copy: sqlite3.Connection) -> None:
    """Remove drafts without logging it: the release is another database, its history is the original's."""
    triggers = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").fetchall()
    copy.execute("PRAGMA foreign_keys = ON")
    copy.execute("BEGIN")
    for name, _ in triggers:
        copy.execute(f'DROP TRIGGER "{name}"')
    copy.execute(
        "UPDATE structural_records SET sample_id = NULL WHERE sample_id IN (SELECT s.id FROM samples AS s "
        "INNER JOIN publications AS p ON p.id = s.publication_id WHERE p.review_state <> 'reviewed')"
    )
    for statement in DROP_DRAFTS:
        copy.execute(statement)
    for _, statement in triggers:
        copy.execute(statement)
    copy.execute("COMMIT")
    copy.execute("VACUUM")


__all__ = ["Content", "write_release"]
