"""Views at growing numbers of measurements, read by SQLite, DuckDB and PostgreSQL in one run.

Usage: python benchmarks/views.py [--small] [--json FILE]

All systems hold the same tables and views and give all rows to Python; DuckDB has its tables in memory, in its own
format, and PostgreSQL a server of this run (left out where the machine has none). Printed are processor seconds, which
a busy machine changes least (for PostgreSQL seconds of the clock), the ratio to DuckDB, the growth of the time (1 is
linear), and the milliseconds that one sample's row takes.
"""

from __future__ import annotations

import argparse
import atexit
import json
import math
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from large_database import PER_SAMPLE, generate
from rich.console import Console
from rich.table import Table

from sse_db.columnar import load
from sse_db.database.engine import open_engine, resolve_url
from sse_db.database.transfer import copy_database
from sse_db.views import VIEWS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.postgres_server import OWNER, find_programs, join_server

SIZES = (1_000, 10_000, 100_000, 1_000_000)
SMALL_SIZES = (200, 1_000)
MEASURED = (
    "room_temperature_conductivity", "training_bulk", "training_grain_boundary", "training_total", "descriptors",
    "sample_overview",
)  # fmt: skip
WITHIN = ("room_temperature_conductivity", "training_bulk", "training_grain_boundary", "training_total")
"""Views that are wanted within 1.5 times of DuckDB."""
WANTED_RATIO = 1.5
WANTED_ROW_MS = 5.0
WANTED_GROWTH = 1.1
"""Exponent of the time between the two largest sizes; n log n of a sort is 1.08 there."""
REPEATS = 3
"""Runs of which the quickest counts; on PostgreSQL, which is compared with nothing here, it is one."""
Ask = Callable[[str], list[Any]]


@contextmanager
def open_sqlite(path: Path) -> Iterator[Ask]:
    """The database itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA cache_size = -400000")  # the whole of it, as DuckDB has it in memory
        yield lambda sql: connection.execute(sql).fetchall()


@contextmanager
def open_duckdb(path: Path) -> Iterator[Ask]:
    """A copy, its tables loaded; how long that takes is told on stderr."""
    engine = open_engine(str(path))
    start = time.process_time()
    with closing(load(engine, " ".join(VIEWS))) as connection:
        print(f"loaded into DuckDB in {time.process_time() - start:.1f} s (processor)", file=sys.stderr)
        yield lambda sql: connection.execute(sql).fetchall()
    engine.dispose()


@contextmanager
def open_postgresql(path: Path) -> Iterator[Ask]:
    """A copy on a server that is started for this run; how long copying takes is told on stderr."""
    import psycopg

    host, port = find_server()
    place: dict[str, Any] = {"host": host, "port": port, "user": OWNER, "autocommit": True}
    with closing(psycopg.connect(dbname="postgres", **place)) as server:
        server.execute("CREATE DATABASE views TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        start = time.perf_counter()
        url = sa.URL.create("postgresql+psycopg", OWNER, host=host, port=port, database="views")
        copy_database(resolve_url(str(path)), url)
        print(f"copied to PostgreSQL in {time.perf_counter() - start:.1f} s (clock)", file=sys.stderr)
        with closing(psycopg.connect(dbname="views", **place)) as connection:
            connection.execute("ANALYZE")
            yield lambda sql: connection.execute(sql).fetchall()
        server.execute("DROP DATABASE views WITH (FORCE)")


@cache
def find_server() -> tuple[str, int]:
    """Host and port of the server of this run, which ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="sse-db-views-")
    atexit.register(folder.cleanup)
    return join_server(Path(folder.name))


SYSTEMS: dict[str, tuple[Callable[[Path], AbstractContextManager[Ask]], Callable[[], float]]] = {
    "SQLite": (open_sqlite, time.process_time),
    "DuckDB": (open_duckdb, time.process_time),
    "PostgreSQL": (open_postgresql, time.perf_counter),  # works in another process: the clock is all there is
}
"""What is compared: each opens a copy of the database and gives a function that answers a SELECT; and its clock."""


def find_systems() -> list[str]:
    """Those that are on this machine."""
    there = [name for name in SYSTEMS if name != "PostgreSQL" or find_programs() is not None]
    if len(there) < len(SYSTEMS):
        print("there is no PostgreSQL on this machine", file=sys.stderr)
    return there


def time_least(action: Callable[[], list[Any]], clock: Callable[[], float], repeats: int) -> float:
    """Seconds of the quickest of some runs."""
    least = math.inf
    for _ in range(repeats):
        start = clock()
        action()
        least = min(least, clock() - start)
    return least


def measure(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    """One entry per size, view and system: seconds for all rows, and for one sample's."""
    found = []
    for size in sizes:
        samples = size // PER_SAMPLE
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / "views.db"
            generate(path, samples)
            for system in find_systems():
                with SYSTEMS[system][0](path) as ask:
                    found += [_measure_view(ask, system, view, size, samples // 2) for view in MEASURED]
    return found


def _measure_view(ask: Ask, system: str, view: str, size: int, sample: int) -> dict[str, Any]:
    clock, repeats = SYSTEMS[system][1], 1 if system == "PostgreSQL" else REPEATS
    every = time_least(lambda: ask(f"SELECT * FROM {view}"), clock, repeats)
    one = time_least(lambda: ask(f"SELECT * FROM {view} WHERE sample_id = {sample}"), clock, REPEATS)
    return {"system": system, "what": view, "n": size, "seconds": every, "row_ms": one * 1000}


def judge(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry per view at the largest size: what was wanted and what came out."""
    sizes = sorted({each["n"] for each in found})
    at = {(each["system"], each["what"], each["n"]): each for each in found}
    rows = []
    for view in MEASURED:
        ours, before = at["SQLite", view, sizes[-1]], at["SQLite", view, sizes[-2]]
        ratio = ours["seconds"] / at["DuckDB", view, sizes[-1]]["seconds"]
        server = at.get(("PostgreSQL", view, sizes[-1]))
        growth = math.log(ours["seconds"] / before["seconds"]) / math.log(sizes[-1] / sizes[-2])
        rows.append(
            {
                "view": view,
                "measurements": sizes[-1],
                "SQLite (s)": round(ours["seconds"], 3),
                "DuckDB (s)": round(at["DuckDB", view, sizes[-1]]["seconds"], 3),
                "ratio": round(ratio, 2),
                "growth": round(growth, 2),
                "one row (ms)": round(ours["row_ms"], 2),
                "PostgreSQL (s)": "" if server is None else round(server["seconds"], 3),
                "one row there (ms)": "" if server is None else round(server["row_ms"], 2),
                "missed": "; ".join(
                    _find_misses(view, ratio, growth, ours["row_ms"], None if server is None else server["row_ms"])
                ),
            }
        )
    return rows


def _find_misses(view: str, ratio: float, growth: float, row_ms: float, there_ms: float | None) -> Iterator[str]:
    if view in WITHIN and ratio > WANTED_RATIO:
        yield f"within {WANTED_RATIO} times of DuckDB"
    if growth > WANTED_GROWTH:
        yield "linear growth"
    if row_ms > WANTED_ROW_MS:
        yield f"one row under {WANTED_ROW_MS:g} ms"
    if there_ms is not None and there_ms > WANTED_ROW_MS:
        yield f"one row under {WANTED_ROW_MS:g} ms on PostgreSQL"


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="200 and 1,000 measurements, to see that it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures for docs/benchmarks.md here")
    options = parser.parse_args()
    found = measure(SMALL_SIZES if options.small else SIZES)
    rows = judge(found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console(width=160).print(table)
    print(f"peak memory {peak:.0f} MB")
    if options.json:
        figures = {"title": "Views", "rows": rows, "growth": found, "peak_mb": round(peak)}
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
