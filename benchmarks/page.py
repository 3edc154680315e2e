"""Write docs/benchmarks.md and its plot from what the benchmarks measure, in one run on this machine.

Usage: python benchmarks/page.py [--small] [--output FOLDER] [--figures FOLDER]

Runs the benchmarks of PARTS, each with ``--json``, unless a folder with their figures is given. What is
missed is named as missed.
"""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import vl_convert as vlc

HERE = Path(__file__).parent
PARTS = ("ingest", "views", "structures", "commands", "cluster")
INTRODUCTION = {
    "ingest": (
        "Importing with every check and the whole history, in seconds of the processor, beside roads that write the "
        "same sheet, or the table that an import makes of it (`rows`: one row a value, eleven columns), into a file of "
        "the same disk with the same settings, without keys, indexes, checks or history. Each clock begins when its "
        "libraries are loaded, which for an import takes about a second more. Of an import of a million values about "
        "half is SQLite writing rows, indexes and a line of history for each; the rest is reading the file and what "
        "describes the samples."
    ),
    "views": "All rows of a view given to Python by SQLite, and by DuckDB with its tables in memory and the same SQL. "
    "Processor seconds; growth is the exponent between the two largest sizes, 1 is linear; one row is one sample's. "
    "PostgreSQL works in another process: its seconds are of the clock, and one row is mostly planning. "
    "Where SQLite is too slow, `--engine duckdb` of `query`, `export training-set` and `report` reads with "
    "DuckDB; it loads the tables first, about 8 s of the processor for a million measurements: worth it for several "
    "views. One row of `descriptors` and `training_*` sums over the elements of all compositions: it grows with them.",
    "structures": "Reading structure files whole, beside CrystalNN counting around Li in the same files. The different "
    "structures are made from these files: other lengths of the cell, other free coordinates.",
    "commands": "Processor seconds of commands that have next to nothing to do: mostly loading libraries. Those for "
    "development, which pint and pandera load where they find them, are part of it here, and not where the program "
    "alone is installed.",
    "cluster": "Seconds of the clock for the same work on workers of a Dask cluster, processes of this machine with "
    "one thread each; results are compared and equal. It says what sharing out costs, and how two cores are used. It "
    "does not say how work scales over machines: four workers share two cores here, and nothing travels further than "
    "this machine.",
}
PACKAGES = ("pandas", "SQLAlchemy", "duckdb", "pymatgen", "pyarrow")


def run(parts: Iterable[str], folder: Path, *, small: bool) -> list[str]:
    """Run benchmarks, each writing its figures into a folder; returns those that failed, which takes nothing from the
    others."""
    failed = []
    for part in parts:
        words = [sys.executable, str(HERE / f"{part}.py"), "--json", str(folder / f"{part}.json")]
        start = time.perf_counter()
        ended = subprocess.run([*words, *(["--small"] if small else [])], check=False).returncode
        print(f"{part}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        failed += [part] if ended else []
    return failed


def write_page(
    figures: Path, output: Path, *, small: bool, how: str = "with `make bench`", failed: Iterable[str] = ()
) -> Path:
    """The page, and the plot of growth beside it, from a folder of figures; ``how`` they were measured, and what could
    not be."""
    output.mkdir(parents=True, exist_ok=True)
    found = {part: json.loads(path.read_text()) for part in PARTS if (path := figures / f"{part}.json").is_file()}
    missed = [f"- `{part}.py` failed: it measured nothing" for part in failed]
    missed += [sentence for each in found.values() for sentence in name_misses(each)]
    lines = ["# Benchmarks", "", _describe_run(small, how), ""]
    lines += ["## Missed", "", *(missed or ["Nothing of what was wanted."]), ""]
    growth = [point for each in found.values() for point in each.get("growth", [])]
    if growth:
        (output / "benchmarks.svg").write_text(draw_growth(growth), encoding="utf-8")
        lines += ["## Growth", "", "![Time over size, both axes logarithmic](benchmarks.svg)", ""]
    for part, each in found.items():
        lines += [f"## {each['title']}", "", INTRODUCTION[part], "", *write_table(each["rows"]), ""]
        lines += [f"Peak memory {each['peak_mb']} MB.", ""] if "peak_mb" in each else []
        for table in each.get("further", []):
            lines += [table["told"], "", *write_table(table["rows"]), ""]
        if each.get("differences"):
            lines += ["Where the coordination of Li differs:", "", *write_table(each["differences"]), ""]
    page = output / "benchmarks.md"
    page.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    return page


def _describe_run(small: bool, how: str) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    size = " Small sizes: the figures say that it runs, not how fast." if small else ""
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} {how}, each ratio within one run, on "
        f"{platform.machine()}, {platform.system()}, {_name_processor()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {versions}.{size}"
    )


def _name_processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(models)} × {models[0]}" if models else platform.processor() or "a processor without a name"


def name_misses(found: dict[str, Any]) -> list[str]:
    """What was wanted and not reached, one line each."""
    subjects = ((str(next(iter(row.values()))), row.get("missed", "")) for row in found["rows"])
    return [f"- {found['title']}, `{subject}`: {missed}" for subject, missed in subjects if missed]


def write_table(rows: list[dict[str, Any]]) -> list[str]:
    """Rows as a table in Markdown."""
    names = list(rows[0]) if rows else []
    lines = [names, ["---"] * len(names), *([str(row.get(name, "")) for name in names] for row in rows)]
    return [f"| {' | '.join(line)} |" for line in lines]


def draw_growth(points: list[dict[str, Any]]) -> str:
    """Seconds over number of values, one panel a subject, one line a system, as SVG."""
    frame = pd.DataFrame(points)
    chart = (
        alt.Chart(frame)
        .mark_line(point=True)
        .encode(
            x=alt.X("n:Q", title="values").scale(type="log"),
            y=alt.Y("seconds:Q", title="seconds of the processor").scale(type="log"),
            color=alt.Color("system:N", title=None),
        )
        .properties(width=200, height=140)
        .facet(alt.Facet("what:N", title=None, sort=list(dict.fromkeys(frame["what"]))), columns=3)
    )
    return str(vlc.vegalite_to_svg(chart.to_dict()))


def main() -> None:
    """Run the benchmarks and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--output", type=Path, default=HERE.parent / "docs", help="folder of the page")
    parser.add_argument("--figures", type=Path, help="folder with figures that were measured before")
    parser.add_argument(
        "--how", default="with `make bench`", metavar="TEXT", help="how they were measured, for the page"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        figures = options.figures or Path(scratch)
        failed = run(PARTS, figures, small=options.small) if options.figures is None else []
        page = write_page(figures, options.output, small=options.small, how=options.how, failed=failed)
    print(f"wrote {page}")
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
