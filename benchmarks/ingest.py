"""Values a second of an import with full validation, beside roads that check nothing, for sheets of three sizes.

Usage: python benchmarks/ingest.py [--small] [--sizes N N …]

A value is a conductivity. The sheet has three of them a row, ten temperatures a sample; each road runs in a process of
its own, whose peak of memory is told. pandas and sqlite-utils write the sheet as it is (one row for three values), or
the table that an import makes of it (one row for each value, "rows"): eleven columns of it, those that the sheet fills,
into a table without keys, indexes, checks and history, in a file of the same disk with the same settings. Ratios are of
processor time, as other work on the machine stretches the clock. Each clock begins when its libraries are loaded; what
that takes for an import, by a sheet of ten rows, is told as its start-up.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

SIZES = (10_000, 100_000, 1_000_000)
SMALL = (300, 3_000)
TEMPERATURES = range(25, 175, 15)
METALS = ("Ti", "Ge", "Zr", "Hf", "Sn", "Si")
HEADER = (
    "DOI", "Title", "First author", "Year", "Journal", "Sample", "Formula", "Structure class", "Synthesis method",
    "Sintering temperature (°C)", "Sintering time (h)", "Relative density (%)", "Temperature (°C)", "σ bulk (S/cm)",
    "σ grain boundary (S/cm)", "σ total (S/cm)", "Place in the paper",
)  # fmt: skip
ROWS = (
    "sample", "contribution", "contribution_basis", "temperature_c", "temperature_basis", "replicate_label",
    "conductivity_s_per_cm", "relation", "value_basis", "source_location", "source_row",
)  # fmt: skip
BAD_ROWS = 1_000
PACK = "pack"
OURS = "sse-db import"
WANTED, AIM = 0.25, 1.0
MOST_MEGABYTES = 1_500


def write_sheet(path: Path, values: int, bad: int = 0) -> None:
    """A literature sheet of so many values, of which ``bad`` rows hold a word for a number."""
    random = np.random.default_rng(0)
    written, sample, rows = 0, 0, -(-values // 3)
    every = rows // bad if bad else 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        while written < values:
            paper, x = sample // 8, int(random.integers(2, 60))
            formula = f"Li{1 + x / 100:g}Al{x / 100:g}{METALS[sample % 6]}{2 - x / 100:g}(PO4)3"
            described = [
                f"10.5555/{paper}", f"Paper {paper} on conductors", f"Author{paper % 997}, A.", 1990 + paper % 36,
                "Solid State Ionics", f"S{sample}", formula, "NASICON", ("solid state", "sol-gel")[sample % 2],
                700 + 25 * (sample % 20), 1 + sample % 12, 85 + sample % 14,
            ]  # fmt: skip
            energy, at_25 = 0.3 + 0.05 * random.random(), 10 ** (-3.5 + 0.15 * random.standard_normal())
            for celsius in TEMPERATURES:
                if written >= values:
                    break
                kelvin = celsius + 273.15
                bulk = at_25 * 298.15 / kelvin * 10 ** (-energy / 1.9842e-4 * (1 / kelvin - 1 / 298.15))
                is_bad = every and written // 3 % every == 1
                numbers = ["abc" if is_bad else f"{bulk:.3g}", f"{bulk / 2:.3g}", f"{bulk / 3:.3g}"]
                writer.writerow([*described, celsius, *numbers, f"Table {1 + paper % 5}"])
                written += 3
            sample += 1


def write_rows(sheet: Path, path: Path) -> None:
    """The same values as the table that an import makes of the sheet: one row for each."""
    with sheet.open(encoding="utf-8") as source, path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(ROWS)
        for number, row in enumerate(csv.DictReader(source), start=2):
            for part in ("bulk", "grain boundary", "total"):
                writer.writerow([
                    row["Sample"][1:], part, "stated", row["Temperature (°C)"], "stated", "",
                    row[f"σ {part} (S/cm)"], "=", "measured", row["Place in the paper"], number,
                ])  # fmt: skip


def _import(sheet: Path, database: Path) -> dict[str, Any]:
    from etl.pipeline import load_file
    from sse_db.database.engine import open_engine
    from sse_db.database.migrate import upgrade
    from sse_db.errors import RefusedFile

    engine = open_engine(str(database), must_exist=False)
    upgrade(engine.url)
    start_up = _load_libraries(engine, database)
    start = time.perf_counter(), time.process_time()
    try:
        added = load_file(engine, sheet, curator="benchmark").added["impedance_measurements"]
        told: dict[str, Any] = {"values": added}
    except RefusedFile as error:
        with sqlite3.connect(database) as connection:
            rows = connection.execute("SELECT count(*) FROM samples").fetchone()[0]
        first = error.problems[0]
        told = {"problems": len(error.problems), "first": f"{first.cell}: {first.message}", "rows written": rows}
    return told | _spent(start) | {"start_up": start_up}


def _load_libraries(engine: Any, database: Path) -> float:
    """The processor time of trying a sheet of ten rows, in which an import loads all that it needs."""
    from etl.pipeline import load_file

    few = database.with_suffix(".few.csv")
    write_sheet(few, 30)
    start = time.process_time()
    load_file(engine, few, curator="benchmark", dry_run=True)
    return time.process_time() - start


def _pack(sheet: Path, _database: Path) -> dict[str, Any]:
    """The sheet once more in gzip, and as Parquet with its numbers as numbers; by the end of their roads' names. In a
    process of its own, as one that starts others hands its peak of memory on."""
    import pandas as pd

    packed, columns = sheet.with_name(f"{sheet.name}.gz"), sheet.with_suffix(".parquet")
    packed.write_bytes(gzip.compress(sheet.read_bytes(), compresslevel=6))
    pd.read_csv(sheet).to_parquet(columns)
    return {"gzip": str(packed), "Parquet": str(columns)}


def _undo(sheet: Path, database: Path) -> dict[str, Any]:
    """Takes back what the road of the import left in its database."""
    from etl.loading.undo import undo_batch
    from sse_db.database.engine import open_engine

    start = time.perf_counter(), time.process_time()
    report = undo_batch(open_engine(str(database)), 1, curator="benchmark")
    return {"values": report.removed["impedance_measurements"], "file": sheet.name} | _spent(start)


def _to_sql(table: Path, database: Path) -> dict[str, Any]:
    import pandas as pd

    start = time.perf_counter(), time.process_time()
    with sqlite3.connect(database) as connection:
        pd.read_csv(table).to_sql("t", connection, index=False)
    return _spent(start)


def _executemany(table: Path, database: Path) -> dict[str, Any]:
    import sqlalchemy as sa

    start = time.perf_counter(), time.process_time()
    engine = sa.create_engine(f"sqlite:///{database}")
    with table.open(encoding="utf-8") as stream, engine.begin() as connection:
        reader = csv.DictReader(stream)
        target = sa.Table("t", sa.MetaData(), *(sa.Column(name, sa.String) for name in reader.fieldnames or ()))
        target.create(connection)
        connection.execute(sa.insert(target), list(reader))
    return _spent(start)


def _sqlite_utils(table: Path, database: Path) -> dict[str, Any]:
    import sqlite_utils

    start = time.perf_counter(), time.process_time()
    with table.open(encoding="utf-8") as stream:
        target: Any = sqlite_utils.Database(database)["t"]
        target.insert_all(csv.DictReader(stream))
    return _spent(start)


def _spent(start: tuple[float, float]) -> dict[str, Any]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - start[0], "cpu": time.process_time() - start[1], "peak_mb": peak}


ROADS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {
    OURS: _import,
    "sse-db import, gzip": _import,
    "sse-db import, Parquet": _import,
    "sse-db undo": _undo,
    "pandas to_sql, sheet": _to_sql,
    "pandas to_sql, rows": _to_sql,
    "core executemany, rows": _executemany,
    "sqlite-utils insert, rows": _sqlite_utils,
}


def run(road: str, table: Path, database: Path, *, small: bool = False) -> dict[str, Any]:
    """One road in a process of its own; in a small run, whose figures say nothing, others than that of the import are
    taken in this process."""
    if small and road != OURS:
        return find_road(road)(table, database)
    command = [sys.executable, __file__, "--road", road, str(table), str(database)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(result.stderr[-2000:])
    told: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return told


def find_road(name: str) -> Callable[[Path, Path], dict[str, Any]]:
    """What takes the road of a name, or packs the sheet."""
    return _pack if name == PACK else ROADS[name]


def measure(values: int, folder: Path, *, packed: bool, small: bool = False) -> dict[str, dict[str, Any]]:
    """All roads on a sheet of so many values, those of packed sheets on request."""
    sheet, rows = folder / f"{values}.csv", folder / f"{values}_rows.csv"
    write_sheet(sheet, values)
    write_rows(sheet, rows)
    made = run(PACK, sheet, folder, small=small) if packed else None
    tables = {"rows": rows} | {end: Path(place) for end, place in (made or {}).items()}
    found = {}
    for road in ROADS:
        end = road.rpartition(", ")[2]
        if end in ("gzip", "Parquet") and not packed:
            continue
        table = tables.get(end, sheet)
        database = folder / (f"{values}.db" if road in (OURS, "sse-db undo") else f"{values} {road}.db")
        told = found[road] = run(road, table, database, small=small)
        print(f"{values:,} values, {road}: {told['cpu']:.1f} s of processor, {told['peak_mb']:.0f} MB", flush=True)
    for path in folder.iterdir():
        path.unlink()
    return found


def report(results: dict[int, dict[str, dict[str, Any]]]) -> None:
    """Print what each road took, and how the import compares."""
    table = Table("values", "road", "seconds", "processor s", "values/s", "peak MB", "import as fast as")
    for values, roads in results.items():
        ours = roads[OURS]["cpu"]
        for road, told in roads.items():
            ratio = "" if road.startswith("sse-db") else f"{told['cpu'] / ours:.3f} ×"
            table.add_row(
                f"{values:,}", road, f"{told['seconds']:.2f}", f"{told['cpu']:.2f}", f"{values / told['cpu']:,.0f}",
                f"{told['peak_mb']:.0f}", ratio,
            )  # fmt: skip
    Console(width=120).print(table)
    sizes = list(results)
    for road in (OURS, "sse-db undo"):
        cpu = [results[size][road]["cpu"] for size in sizes[-2:]]
        power = math.log(cpu[1] / cpu[0]) / math.log(sizes[-1] / sizes[-2])
        print(f"{road}: from {sizes[-2]:,} to {sizes[-1]:,} values the time grows with the power {power:.2f}")
    ours = results[sizes[-1]][OURS]
    print(f"start-up of an import, before its clock: {ours['start_up']:.2f} s of processor")
    for road in ("pandas to_sql, sheet", "pandas to_sql, rows"):
        theirs = results[sizes[-1]][road]["cpu"]
        ratio, with_start = theirs / ours["cpu"], theirs / (ours["cpu"] + ours["start_up"])
        wanted, aim = ("met" if ratio >= each else "MISSED" for each in (WANTED, AIM))
        print(
            f"{ratio:.3f} of the speed of {road}, {with_start:.3f} with the import's start-up; "
            f"wanted {WANTED}: {wanted}; aim {AIM:g}: {aim}"
        )
    word = "met" if ours["peak_mb"] < MOST_MEGABYTES else "MISSED"
    print(f"peak {ours['peak_mb']:.0f} MB; wanted under {MOST_MEGABYTES}: {word}")


def write_figures(results: dict[int, dict[str, dict[str, Any]]], path: Path) -> None:
    """The figures for docs/benchmarks.md: the largest sheet beside each other road, and how the times grow."""
    size = max(results)
    ours = results[size][OURS]
    rows = []
    for road, told in results[size].items():
        if road.startswith("sse-db"):
            seconds = {"import (s)": round(ours["cpu"], 2), "other (s)": round(told["cpu"], 2)}
            if road != OURS:
                rows.append({"beside": road, "values": size, **seconds, "ratio": "", "missed": ""})
            continue
        ratio = told["cpu"] / ours["cpu"]
        missed = [f"{WANTED} of its speed"] if road.startswith("pandas") and ratio < WANTED else []
        missed += [f"under {MOST_MEGABYTES} MB"] if ours["peak_mb"] >= MOST_MEGABYTES else []
        seconds = {"import (s)": round(ours["cpu"], 2), "other (s)": round(told["cpu"], 2)}
        rows.append({"beside": road, "values": size, **seconds, "ratio": round(ratio, 3), "missed": "; ".join(missed)})
    growth = [
        {"system": road, "what": "import", "n": values, "seconds": told["cpu"]}
        for values, roads in results.items()
        for road, told in roads.items()
        if road.rpartition(", ")[2] not in ("gzip", "Parquet")
    ]
    figures = {"title": "Imports", "rows": rows, "growth": growth, "peak_mb": round(ours["peak_mb"])}
    path.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def report_bad(values: int, folder: Path) -> None:
    """Print what becomes of a sheet with bad rows."""
    sheet = folder / "bad.csv"
    write_sheet(sheet, values, bad=min(BAD_ROWS, values // 30))
    told = run(OURS, sheet, folder / "bad.db")
    print(f"{values:,} values with bad rows: {json.dumps(told, ensure_ascii=False)}")


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help=f"sheets of {SMALL} values, to see that it runs")
    parser.add_argument("--sizes", type=int, nargs="+", help=f"numbers of values, by default {SIZES}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures for docs/benchmarks.md here")
    parser.add_argument("--road", nargs=3, metavar=("ROAD", "TABLE", "DATABASE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.road:
        road, table, database = options.road
        print(json.dumps(find_road(road)(Path(table), Path(database))))
        return
    sizes = options.sizes or (SMALL if options.small else SIZES)
    with tempfile.TemporaryDirectory() as scratch:
        results = {
            values: measure(values, Path(scratch), packed=values == sizes[-1], small=options.small) for values in sizes
        }
        report(results)
        if options.json:
            write_figures(results, options.json)
        report_bad(sizes[-1], Path(scratch))


if __name__ == "__main__":
    main()
