"""What commands take from their start to their end, where next to nothing is to be done: mostly loading of libraries.

Usage: python benchmarks/commands.py [--small] [--json FILE]

Each command runs in a process of its own on a database of two samples; told are the processor seconds of the quickest
of some runs, beside those of Python itself. Libraries for development that others load where they find them (pint loads
dask, pandera loads hypothesis) are in the way here and not where the program alone is installed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

REPEATS, REPEATS_SMALL = 5, 1
SHEET = """DOI,Title,Year,Sample,Formula,Temperature (°C),σ bulk (S/cm)
10.5555/a,A paper on conductors,2001,P1,Li1.3Al0.3Ti1.7(PO4)3,25,1e-3
10.5555/a,A paper on conductors,2001,P2,Li7La3Zr2O12,25,2e-4
"""
SSE_DB = (sys.executable, "-c", "from sse_db.cli.app import main; main()")
COMMANDS = {
    "Python itself": (sys.executable, "-c", "pass"),
    "sse-db --help": (*SSE_DB, "--help"),
    'sse-db query "select 1"': (*SSE_DB, "query", "select 1"),
    "sse-db batches": (*SSE_DB, "batches"),
    "sse-db sample show": (*SSE_DB, "sample", "show", "1"),
    "sse-db validate, two rows": (*SSE_DB, "validate", "a.csv"),
    "sse-db import, two rows": (*SSE_DB, "import", "--dry-run", "a.csv"),
}
AIMS = {
    'sse-db query "select 1"': 0.4, "sse-db batches": 0.4, "sse-db sample show": 0.4, "sse-db validate, two rows": 1.0,
}  # fmt: skip


def measure(repeats: int) -> list[dict[str, Any]]:
    """One entry a command: seconds, and the aim where it has one."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "a.csv").write_text(SHEET, encoding="utf-8")
        for first in (["init"], ["import", "a.csv"]):
            subprocess.run([*SSE_DB, *first], cwd=folder, check=True, capture_output=True)
        found = []
        for name, words in COMMANDS.items():
            seconds = min(_time(words, folder) for _ in range(repeats))
            aim = AIMS.get(name)
            missed = f"aim {aim:g} s" if aim is not None and seconds > aim else ""
            found.append({"command": name, "s": round(seconds, 2), "aim (s)": aim or "", "missed": missed})
    return found


def _time(words: tuple[str, ...], folder: Path) -> float:
    """Processor seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="one run of each, to see that it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures for docs/benchmarks.md here")
    options = parser.parse_args()
    rows = measure(REPEATS_SMALL if options.small else REPEATS)
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console(width=120).print(table)
    if options.json:
        options.json.write_text(json.dumps({"title": "Commands", "rows": rows}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
