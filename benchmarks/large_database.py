"""Saved queries, audits and views on a generated database: 100,000 samples and 1,000,000 measurements by default.

Usage: python benchmarks/large_database.py [--small] [--keep FILE]

Prints seconds per statement, the slowest first, and how the room-temperature view compares with the same choice made by
pandas on the whole table in the same run.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from sse_db.audits import Audit, list_audits, run_audit
from sse_db.database.engine import open_engine
from sse_db.database.migrate import upgrade
from sse_db.errors import QueryRefused
from sse_db.materials.formulas import read_formula
from sse_db.queries import SavedQuery, list_queries
from sse_db.query import run_query
from sse_db.views import VIEWS

SEED = 0
LIMIT_S = 5.0
STOPPED_S = 60.0
PER_SAMPLE = 10
SAMPLES_PER_PAPER = 8
EXAMPLES = {
    "element": "Al", "doi": "10.5555/17", "formula": "Li1.3Al0.3Ti1.7P3O12", "date": "2026-01-01", "sample": 54321,
}  # fmt: skip
"""Values for the parameters of saved queries."""


def generate(path: Path, samples: int) -> int:
    """Fill a database: ten measurements and two steps per sample, eight samples per paper, 600 compositions;
    the triggers log each row.

    Returns the number of samples.
    """
    engine = open_engine(str(path), must_exist=False)
    upgrade(engine.url)
    engine.dispose()
    random = np.random.default_rng(SEED)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")  # nobody misses a scratch file that is half made
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(
        "INSERT INTO import_batches (file_name, file_sha256, format, curator, created_at, code_version, counts, "
        "skipped) "
        "VALUES ('generated', '0', 'sheet', 'benchmark', '2026-01-01T00:00:00+00:00', '0', '{}', '[]')"
    )
    connection.execute("INSERT INTO current_batch (id, batch_id) VALUES (1, 1)")
    insert = connection.executemany
    papers = samples // SAMPLES_PER_PAPER
    insert(
        "INSERT INTO publications (doi, title, title_key, first_author, year, kind, review_state, batch_id) "
        "VALUES (?, ?, ?, ?, ?, 'article', 'draft', 1)",
        ((f"10.5555/{n}", f"Paper {n}", f"paper{n}", f"Author {n % 997}", 1990 + n % 36) for n in range(papers)),
    )
    compositions = _insert_compositions(connection)
    classes = ["NASICON", "garnet", "perovskite", "argyrodite", "halide"]
    methods = ["solid_state", "sol_gel", "melt_quench", "ball_mill", "solution"]
    choice = random.integers(0, compositions, samples) + 1
    insert(
        "INSERT INTO samples (publication_id, composition_id, label, formula_as_written, structure_class, "
        "synthesis_method, grain_size_um, phase_type, batch_id) VALUES (?, ?, ?, 'x', ?, ?, ?, 'crystal', 1)",
        (
            (
                n // SAMPLES_PER_PAPER % papers + 1,
                int(choice[n]),
                f"S{n}",
                classes[n % 5],
                methods[n % 5],
                0.1 + n % 400,
            )
            for n in range(samples)
        ),
    )
    insert(
        "INSERT INTO processing_steps (sample_id, position, operation, temperature_c, duration_h, batch_id) "
        "VALUES (?, ?, ?, ?, ?, 1)",
        (
            (n + 1, p, op, 700 + n % 500, 1 + n % 20)
            for n in range(samples)
            for p, op in ((1, "calcination"), (2, "sintering"))
        ),
    )
    insert(
        "INSERT INTO impedance_measurements (sample_id, contribution, contribution_basis, temperature_c, "
        "temperature_basis, replicate_label, conductivity_s_per_cm, relation, value_basis, source_location, batch_id) "
        "VALUES (?, ?, 'stated', ?, 'stated', '', ?, '=', 'measured', 'table', 1)",
        _measurements(random, samples),
    )
    insert(
        "INSERT INTO structural_records (record_key, label, composition_id, match, temperature_basis, "
        "coordinates_basis, formula_units, density_g_per_cm3, cell_volume_angstrom3, li_site_occupancy, batch_id) "
        "VALUES (?, ?, ?, 'exact', 'not_stated', 'unknown', 6, 3.0, 200, 0.4, 1)",
        ((f"r{n}", f"r{n}", n % compositions + 1) for n in range(2 * compositions)),
    )
    connection.execute("DELETE FROM current_batch")
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()
    return samples


def _insert_compositions(connection: sqlite3.Connection) -> int:
    formulas = {
        (read := read_formula(f"Li{1 + x / 100:g}Al{x / 100:g}{m}{2 - x / 100:g}(PO4)3")).fingerprint: read
        for x in range(1, 100)
        for m in ("Ti", "Ge", "Zr", "Hf", "Sn", "Si")
    }
    for key, (fingerprint, formula) in enumerate(formulas.items(), start=1):
        row = (key, formula.formula, formula.reduced_formula, fingerprint)
        connection.execute(
            "INSERT INTO compositions (id, formula, reduced_formula, fingerprint, batch_id) VALUES (?, ?, ?, ?, 1)", row
        )
        connection.executemany(
            "INSERT INTO composition_elements (composition_id, element, amount, batch_id) VALUES (?, ?, ?, 1)",
            [(key, symbol, amount) for symbol, amount in formula.amounts.items()],
        )
    return len(formulas)


def _measurements(random: np.random.Generator, samples: int) -> Iterator[tuple[int, str, float, float]]:
    """Bulk and total at five temperatures, Arrhenius with scatter."""
    temperatures = np.array([25.0, 40.0, 60.0, 80.0, 100.0])
    for start in range(0, samples, 10_000):
        size = min(10_000, samples - start)
        bulk = 10 ** random.normal(-4, 1, size)
        total = bulk * random.uniform(0.05, 0.95, size)
        rise = 10 ** ((temperatures - 25) / 60)
        for n in range(size):
            for place, temperature in enumerate(temperatures):
                yield start + n + 1, "bulk", float(temperature), float(bulk[n] * rise[place])
                yield start + n + 1, "total", float(temperature), float(total[n] * rise[place])


def timed(action: Callable[[], int]) -> tuple[float, float, int]:
    """Seconds, processor seconds (what stays of them on a busy machine) and number of rows of one run; no rows where
    it was stopped."""
    start, worked = time.perf_counter(), time.process_time()
    try:
        rows = action()
    except QueryRefused:
        rows = -1
    return time.perf_counter() - start, time.process_time() - worked, rows


def choose_with_pandas(path: Path) -> int:
    """The same choice near room temperature by pandas: read the table, sort, take the first of each group."""
    connection = sqlite3.connect(path)
    frame = pd.read_sql_query("SELECT * FROM impedance_measurements", connection)
    connection.close()
    near = frame[frame["temperature_c"].between(24, 30)]
    near = near.assign(away=(near["temperature_c"] - 25).abs(), nominal=near["temperature_basis"].ne("stated"))
    first = near.sort_values(["nominal", "away", "relation", "temperature_c", "replicate_label"])
    return len(first.drop_duplicates(["sample_id", "contribution"]).pivot(index="sample_id", columns="contribution"))


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="2,000 samples, to see that it runs")
    parser.add_argument("--keep", type=Path, help="write the database here and keep it, or take it where it is there")
    parser.add_argument("--only", default="", metavar="WORD", help="statements whose names hold this word")
    options = parser.parse_args()
    samples = 2_000 if options.small else 100_000
    with tempfile.TemporaryDirectory() as scratch:
        path = options.keep or Path(scratch) / "large.db"
        if not path.is_file():
            seconds, *_ = timed(partial(generate, path, samples))
            print(
                f"generated {samples} samples, {samples * PER_SAMPLE} measurements in {seconds:.1f} s, "
                f"{path.stat().st_size / 1e6:.0f} MB"
            )
        report(path, options.only)


def report(path: Path, only: str = "") -> None:
    """Time every statement, or those whose names hold a word, and print the slowest first."""
    url = open_engine(str(path)).url

    def count_findings(audit: Audit) -> int:
        return len(run_audit(url, audit, time_limit_s=STOPPED_S).rows)

    def count_answers(saved: SavedQuery) -> int:
        parameters = {name: EXAMPLES[name] for name in saved.parameters}
        return len(run_query(url, saved.sql, parameters, time_limit_s=STOPPED_S).rows)

    def count_rows(view: str) -> int:
        sql = f"SELECT count(*) FROM (SELECT * FROM {view})"
        return int(run_query(url, sql, time_limit_s=STOPPED_S).rows[0][0])

    statements: list[tuple[str, Callable[[], int]]] = [
        *((f"audit {audit.name}", partial(count_findings, audit)) for audit in list_audits()),
        *((f"query {saved.name}", partial(count_answers, saved)) for saved in list_queries()),
        *((f"view {view}", partial(count_rows, view)) for view in VIEWS),
    ]
    table = Table("statement", "rows", "seconds", "of it processor", "within 5 s")
    results = [(*timed(action), name) for name, action in statements if only in name]
    for seconds, worked, rows, name in sorted(results, reverse=True):
        verdict = "yes" if seconds <= LIMIT_S else "busy" if rows >= 0 and worked <= LIMIT_S else "NO"
        table.add_row(name, str(rows) if rows >= 0 else "stopped", f"{seconds:.2f}", f"{worked:.2f}", verdict)
    Console(width=100).print(table)
    choice = "SELECT * FROM room_temperature_conductivity"
    _, ours, _ = timed(lambda: len(run_query(url, choice, time_limit_s=STOPPED_S).rows))
    _, theirs, _ = timed(partial(choose_with_pandas, path))
    print(
        f"room_temperature_conductivity: view {ours:.2f} s, pandas on the table {theirs:.2f} s, "
        f"ratio {theirs / ours:.2f}"
    )


if __name__ == "__main__":
    main()
