"""What the browser shows: a private copy of the database with the costly views stored, and a text index beside it.

The user's file is opened once, for reading, and never again; whatever a page asks can only touch the copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sse_db.browse.queries.search_index import index_texts
from sse_db.browse.serving.metadata import FACETS
from sse_db.dialects.sqlite.files import BUSY_TIMEOUT_MS
from sse_db.views import VIEWS

STORED_VIEWS = (
    "chemical_descriptors", "sintering_steps", "sample_structures", "room_temperature_conductivity",
    "single_grain_conductivity", "descriptors", "training_samples", "sample_overview",
)  # fmt: skip
"""Views that look at every row before they give the first one; the others are quick once these are stored."""
ORDERED = {"compositions": ("formula",)}
"""Columns by which saved queries sort first: by an index the first thousand rows need not wait for the rest."""


@dataclass(frozen=True)
class Snapshot:
    """A copy of a database at one moment, with the number of rows of each table and view."""

    path: Path
    source: Path
    taken_at: datetime
    state: tuple[tuple[int, int], ...]
    counts: dict[str, int]

    @property
    def text_path(self) -> Path:
        """The text index, in a file of its own that no statement of a user can reach."""
        return self.path.with_suffix(".text")

    def is_outdated(self) -> bool:
        """Whether the database's file has changed since it was copied."""
        return file_state(self.source) != self.state


def file_state(path: Path) -> tuple[tuple[int, int], ...]:
    """Time and size of a database's file and of its write-ahead log, where there is one."""
    files = [path, path.with_name(path.name + "-wal")]
    return tuple((each.stat().st_mtime_ns, each.stat().st_size) for each in files if each.is_file())


def take_snapshot(source: Path, target: Path, progress: Callable[[int, int], None] | None = None) -> Snapshot:
    """Copy a database to ``target`` and prepare the copy for browsing."""
    state, taken_at = file_state(source), datetime.now(UTC)
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        address = f"file:{quote(str(source.resolve()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_MS / 1000)) as origin:
            origin.backup(copy)
        copy.execute("PRAGMA journal_mode = OFF")  # the copy brought the mode of its origin
        copy.execute("BEGIN")
        steps = (_store_views, _index_facets, _analyse)
        for number, step in enumerate(steps):
            if progress:
                progress(number, len(steps) + 1)
            step(copy)
        copy.execute("COMMIT")
        index_texts(copy, target.with_suffix(".text"))
        counts = _count_rows(copy)
    return Snapshot(target, source, taken_at, state, counts)


def _store_views(copy: sqlite3.Connection) -> None:
    """Keep the rows of costly views in tables; the view stays, under its name, with its definition as a comment."""
    for view in (name for name in VIEWS if name in STORED_VIEWS):
        (definition,) = copy.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?", (view,)
        ).fetchone()
        copy.execute(f"CREATE TABLE stored_{view} AS SELECT * FROM {view} ORDER BY 1")
        copy.execute(f"CREATE UNIQUE INDEX key_of_stored_{view} ON stored_{view} ({_first_column(copy, view)})")
        copy.execute(f"DROP VIEW {view}")
        remark = definition.replace("*/", "* /")
        copy.execute(f"CREATE VIEW {view} AS SELECT * FROM stored_{view}\n/* stored for browsing from:\n{remark}\n*/")


def _first_column(copy: sqlite3.Connection, table: str) -> str:
    return str(copy.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0])


def _index_facets(copy: sqlite3.Connection) -> None:
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table, columns in (*FACETS.items(), *ORDERED.items()):
        stored = f"stored_{table}" if table in STORED_VIEWS else table
        for column in columns if stored in tables else ():
            copy.execute(f"CREATE INDEX facet_{table}_{column} ON {stored} ({column})")


def _analyse(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA analysis_limit = 1000")
    copy.execute("ANALYZE")


def _count_rows(copy: sqlite3.Connection) -> dict[str, int]:
    names = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    return {name: int(copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}
