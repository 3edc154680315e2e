"""Read-only SQL: the database itself refuses to write, and stops what takes too long."""

from __future__ import annotations

import gc
import marshal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from sse_db.dialects import choose
from sse_db.errors import COLUMNAR_WAY, QueryRefused, too_slow

TIME_LIMIT_S = 60.0
GRACE_S = 1.0
"""After the limit a database stops between two instructions; what is stuck inside of one is left alone after that."""
MOST_BYTES = 1_000_000_000
"""Size of an answer, in marshal's encoding, the cheapest to measure; larger ones are refused while they are read."""
ROWS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query returned: column names, and rows as tuples of SQLite's own types."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run_query(
    url: sa.URL,
    sql: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    time_limit_s: float = TIME_LIMIT_S,
) -> QueryResult:
    """Run one reading statement; raises QueryRefused for one that writes, is malformed, takes too long or too much.

    It runs in a thread of its own, because one call of a function such as ``instr`` on long texts cannot be stopped.
    """
    outcome: list[QueryResult | Exception] = []

    def answer() -> None:
        try:
            outcome.append(_run(url, sql, dict(parameters or {}), time_limit_s))
        except Exception as error:  # noqa: BLE001  # raised again in the caller's thread
            outcome.append(error)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    thread.join(time_limit_s + GRACE_S)
    if not outcome:
        raise too_slow(time_limit_s, COLUMNAR_WAY)
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _run(url: sa.URL, sql: str, parameters: dict[str, Any], time_limit_s: float) -> QueryResult:
    return QueryResult(*choose(url).run_reading(url, sql, parameters, time_limit_s, _fetch))


def _fetch(cursor: Any) -> list[tuple[Any, ...]]:
    collecting = gc.isenabled()
    gc.disable()  # numbers and texts hold no cycles, and looking for some costs a tenth of the time
    try:
        return fetch_bounded(cursor)
    finally:
        if collecting:
            gc.enable()


def fetch_bounded(cursor: Any) -> list[tuple[Any, ...]]:
    """All rows of a cursor; raises QueryRefused for more than a gigabyte."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    while some := cursor.fetchmany(ROWS_AT_ONCE):
        rows += some
        size += len(marshal.dumps(some))
        if size > MOST_BYTES:
            raise QueryRefused("the answer is larger than a gigabyte", "ask for less, for example with LIMIT")
    return rows
