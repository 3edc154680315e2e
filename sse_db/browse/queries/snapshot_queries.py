"""How Datasette reads the snapshot: counts that are known, results of bounded size, facets without repetition."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette.database import Database, Results
from datasette.facets import ColumnFacet

from sse_db.browse.queries import DATABASE

LARGEST_RESULT = 64_000_000
"""Bytes of text and blobs that one statement may return."""


class SnapshotDatabase(Database):
    """Datasette's view of the snapshot: counts known beforehand, errors shown in the page."""

    async def table_counts(self, limit: int = 10) -> dict[str, int]:
        """The counts of the snapshot, of tables alone."""
        known = self.ds.inspect_data[DATABASE]["tables"]
        return {name: known[name]["count"] for name in await self.table_names()}

    async def attached_databases(self) -> list[Any]:
        """None, without asking: listing them would name the file."""
        return []

    async def execute(self, *args: Any, **options: Any) -> Results:
        """The rows of a statement; what is wrong with it stands in the page, not in the terminal."""
        return await super().execute(*args, **{**options, "log_sql_errors": False})


class OnceFacet(ColumnFacet):
    """Facets of columns, each once, also where an address asks for one that is always there."""

    def get_configs(self) -> list[dict[str, Any]]:
        """What to count."""
        once: dict[str, dict[str, Any]] = {}
        for each in super().get_configs():
            once.setdefault(repr(each["config"]), each)
        return list(once.values())


def bounded_rows() -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """A row factory that raises once a statement has returned more than LARGEST_RESULT bytes."""
    current: list[Any] = [None, 0]

    def make(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> sqlite3.Row:
        if current[0] is not cursor:
            current[:] = [cursor, 0]
        current[1] += sum(len(value) for value in row if isinstance(value, str | bytes))
        if current[1] > LARGEST_RESULT:
            raise sqlite3.OperationalError(f"the result is larger than {LARGEST_RESULT // 1_000_000} MB")
        return sqlite3.Row(cursor, row)

    return make
