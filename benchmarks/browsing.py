"""Pages of ``sse-db serve`` on a generated database: 100,000 samples and 1,000,000 measurements by default.

Usage: python benchmarks/browsing.py [--small] [--database FILE]

Prints seconds of the first visit of each page, the processor time in it (what stays of it on a busy machine), and the
median of three more visits, the slowest first.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from large_database import generate
from rich.console import Console
from rich.table import Table

from analysis.figures.browsing import draw_sample, draw_scatter
from sse_db.browse.pages.drawings import Drawings
from sse_db.browse.serving.server import warm_up
from sse_db.browse.serving.site import Browser, open_site
from sse_db.browse.serving.snapshot import take_snapshot
from sse_db.cli.spectrum_output import draw_nyquist_of

LIMIT_S = 1.0
PAGES = {
    "start": "/",
    "tables and SQL": "/sse",
    "samples at a glance": "/sse/sample_overview",
    "the same, a class, sorted": "/sse/sample_overview?structure_class=garnet&_sort_desc=total_conductivity_s_per_cm",
    "samples with facets": "/sse/samples",
    "samples of a class": "/sse/samples?structure_class=garnet",
    "samples found by words": "/sse/samples?_search=garnet+sol",
    "samples sorted": "/sse/samples?_sort_desc=grain_size_um",
    "measurements with facets": "/sse/impedance_measurements",
    "measurements of a kind": "/sse/impedance_measurements?contribution=bulk",
    "publications": "/sse/publications",
    "room_temperature_conductivity": "/sse/room_temperature_conductivity",
    "the same, sorted": "/sse/room_temperature_conductivity?_sort_desc=bulk_conductivity_s_per_cm",
    "descriptors": "/sse/descriptors",
    "training_bulk": "/sse/training_bulk",
    "measurement_points": "/sse/measurement_points",
    "a sample": "/sse/samples/54321",
    "a publication": "/sse/publications/4321",
    "a composition": "/sse/compositions/17",
    "a measurement": "/sse/impedance_measurements/500000",
    "search: one word in every row": "/-/search?q=li",
    "search: a formula": "/-/search?q=Li1.3Al0.3Ti1.7(PO4)3",
    "search: words": "/-/search?q=garnet+melt",
    "plot of room_temperature_conductivity": "/-/plot/room_temperature_conductivity",
    "plot of measurement_points": "/-/plot/measurement_points",
    "query best_conductors": "/sse/best_conductors",
    "plot of sample_overview": "/-/plot/sample_overview",
    "query values_of_formula, by abbreviation": "/sse/values_of_formula?formula=LATP",
    "query formulas_with_element": "/sse/formulas_with_element?element=Ge",
}


async def visit(site: Browser) -> list[tuple[float, float, float, str]]:
    """First visit, its processor time, and the median of three more visits of each page, the slowest first."""
    results = []
    await site.client.get("/-/versions.json")  # the first request of all sets Datasette up
    for name, path in PAGES.items():
        times = []
        for _ in range(4):
            start, worked = time.perf_counter(), time.process_time()
            answer = await site.client.get(path)
            times.append((time.perf_counter() - start, time.process_time() - worked))
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
        results.append((*times[0], statistics.median(wall for wall, _ in times[1:]), name))
    return sorted(results, reverse=True)


def report(path: Path) -> None:
    """Prepare a database for browsing and time its pages."""
    drawings = Drawings(arrhenius=draw_sample, scatter=draw_scatter, spectrum=draw_nyquist_of)
    warm_up(drawings)
    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        snapshot = take_snapshot(path, Path(scratch) / "snapshot.db")
        print(
            f"prepared in {time.perf_counter() - start:.1f} s: {path.stat().st_size / 1e6:.0f} MB become "
            f"{snapshot.path.stat().st_size / 1e6:.0f} MB"
        )
        with open_site(snapshot, drawings, hosts=None) as site:
            results = asyncio.run(visit(site))
    table = Table("page", "first (s)", "of it processor", "later (s)", f"within {LIMIT_S:g} s")
    for first, worked, later, name in results:
        table.add_row(name, f"{first:.3f}", f"{worked:.3f}", f"{later:.3f}", "yes" if first <= LIMIT_S else "NO")
    Console(width=100).print(table)


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="60,000 samples, to see that it runs")
    parser.add_argument("--database", type=Path, help="a database that is there already, such as of large_database.py")
    options = parser.parse_args()
    if options.database:
        report(options.database)
        return
    samples = 60_000 if options.small else 100_000
    with tempfile.TemporaryDirectory() as scratch:
        generate(Path(scratch) / "large.db", samples)
        report(Path(scratch) / "large.db")


if __name__ == "__main__":
    main()
