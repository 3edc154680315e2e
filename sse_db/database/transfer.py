"""A whole database brought to another home: rows, history and keys, checked, all or nothing."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from sse_db.database import migrate
from sse_db.database.engine import database_path, open_engine
from sse_db.database.revisions import without_triggers
from sse_db.dialects import choose
from sse_db.errors import CopyRefused, SseDbError, WrongUsage
from sse_db.schema import CurrentBatch, Element, metadata
from sse_db.views import VIEWS

Progress = Callable[[int, int], None]
Found = Literal["missing", "bare", "ready"]
ROWS_AT_ONCE = 2_000
TABLES = tuple(table for table in metadata.sorted_tables if table.name != CurrentBatch.__tablename__)
"""What is copied, parents before children; the mark of an import that runs is not."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """Rows copied by table, and what was found that is no part of the schema and stays behind."""

    rows: dict[str, int]
    left_behind: tuple[str, ...]


def copy_database(source_url: sa.URL, target_url: sa.URL, progress: Progress | None = None) -> CopyReport:
    """Copy all rows, the history and the highest keys ever given into another database, which holds no rows yet.

    A target that is not there is made, and is gone again if the copy fails. Every table is read back and compared
    by its SHA-256. Raises WrongUsage for one and the same database, CopyRefused for a target that holds rows, and
    DatabaseOutdated for one of another revision.
    """
    source = open_engine(source_url)
    try:
        migrate.require_current(source)
        found = _require_empty(source, target_url)
        try:
            migrate.upgrade(target_url)
            target = open_engine(target_url)
            try:
                return _copy(source, target, progress)
            finally:
                target.dispose()
        except BaseException:
            _clear(target_url, found)
            raise
    finally:
        source.dispose()


def write_file(engine: sa.Engine, path: Path) -> None:
    """Write a database as an SQLite file, as one state, also while somebody writes to it."""
    if database_path(engine.url) is not None:
        choose(engine).copy_to_file(engine, path)
        return
    target_url = sa.URL.create("sqlite", database=str(path))
    migrate.upgrade(target_url)
    target = open_engine(target_url)
    try:
        _copy(engine, target, None)
    finally:
        target.dispose()


@contextmanager
def as_file(engine: sa.Engine) -> Iterator[Path]:
    """The SQLite file of a database: its own, or a copy that is gone afterwards."""
    own = database_path(engine.url)
    if own is not None:
        yield own
        return
    with tempfile.TemporaryDirectory(prefix="sse-db-copy-") as folder:
        path = Path(folder) / "sse.db"
        write_file(engine, path)
        yield path


def _clear(target_url: sa.URL, found: Found) -> None:
    """Leave a target as it was before a copy that failed."""
    if found == "missing":
        choose(target_url).remove_database(target_url)
    elif found == "bare":
        with suppress(SseDbError):  # the reason of the failure is told, such as a server that went away
            migrate.downgrade(target_url, "base")


def _require_empty(source: sa.Engine, target_url: sa.URL) -> Found:
    """What is there of the target; raises unless it holds no rows and is another database than the source."""
    dialect = choose(target_url)
    if not dialect.exists(target_url):
        return "missing"
    target = open_engine(target_url)
    try:
        with source.connect() as one, target.connect() as other:
            if choose(source).identify(one) == dialect.identify(other):
                raise WrongUsage("source and target are one and the same database", "give another target")
            held = sa.inspect(other).get_table_names()
        if not held:
            return "bare"
        migrate.require_current(target)
        with target.connect() as connection:
            rows = {table.name: connection.execute(_count(table)).scalar_one() for table in _curated()}
        if held_rows := [f"{name} {count}" for name, count in rows.items() if count]:
            raise CopyRefused(
                f"{target.url.database} holds rows already: {', '.join(held_rows)}", "copy into a new database"
            )
        return "ready"
    finally:
        target.dispose()


def _curated() -> Iterator[sa.Table]:
    return (table for table in TABLES if table.name != Element.__tablename__)


def _count(table: sa.Table) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table)


def _copy(source: sa.Engine, target: sa.Engine, progress: Progress | None) -> CopyReport:
    dialect = choose(target)
    with source.connect() as reading:
        counts = {table.name: int(reading.execute(_count(table)).scalar_one()) for table in TABLES}
        total, done = sum(counts.values()), 0
        with dialect.migration_transaction(target) as writing, without_triggers(writing):
            _refuse_late_rows(target, writing)
            for table in reversed(TABLES):
                writing.execute(sa.delete(table))
            for table in TABLES:
                with closing(_read(reading, table)) as rows:
                    copied = _Digest(rows)
                    _write(writing, table, copied)
                dialect.set_highest_key(writing, table.name, choose(source).find_highest_key(reading, table.name))
                if copied.hexdigest() != _Digest(_read(writing, table)).exhaust():
                    raise CopyRefused(f"{table.name}: what was written is not what was read: nothing was kept")
                done += counts[table.name]
                if progress:
                    progress(done, total)
        return CopyReport(counts, _find_others(reading))


def _write(writing: sa.Connection, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    try:
        choose(writing).insert_rows(writing, table, table.columns.keys(), rows)
    except (sa.exc.IntegrityError, sa.exc.DataError, OverflowError, UnicodeEncodeError) as error:
        raise CopyRefused(f"{table.name}: {choose(writing).find_violation(error, table).words}") from error


def _refuse_late_rows(target: sa.Engine, writing: sa.Connection) -> None:
    if any(writing.execute(_count(table)).scalar_one() for table in _curated()):
        raise CopyRefused(f"somebody wrote to {target.url.database} meanwhile: nothing was copied")


def _read(connection: sa.Connection, table: sa.Table) -> Generator[tuple[Any, ...], None, None]:
    statement = sa.select(*table.columns).order_by(table.c.id).execution_options(yield_per=ROWS_AT_ONCE)
    with connection.execute(statement) as found:
        for row in found:
            yield tuple(row)


class _Digest:
    """Rows passed on, with the SHA-256 of what passed."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._hash = hashlib.sha256()

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._rows:
            self._hash.update(repr(row).encode())
            yield row

    def exhaust(self) -> str:
        """The sum of all rows."""
        for _ in self:
            pass
        return self.hexdigest()

    def hexdigest(self) -> str:
        """The sum of what has passed."""
        return self._hash.hexdigest()


def _find_others(reading: sa.Connection) -> tuple[str, ...]:
    """Tables and views that users made in the source."""
    ours = {*metadata.tables, "alembic_version", *VIEWS}
    inspector = sa.inspect(reading)
    return tuple(sorted({*inspector.get_table_names(), *inspector.get_view_names()} - ours))
