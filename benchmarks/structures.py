"""Structure files of an archive against CrystalNN of pymatgen: time per structure, and where the coordination differs.

Usage: python benchmarks/structures.py [--small] [--files FOLDER_OR_ZIP] [--count N] [--json FILE]

The files (by default those of the seed) are read one by one: whole by us, while CrystalNN counts around every Li site
of the parsed structure, each site given its majority species; it is timed on the files that it can read. Then an
archive of 10,000 different structures, made from these files by other lengths of the cell and other free coordinates,
is read by the process pool as importing does, and a tenth of it by this process alone. Ratios of the pool are of the
clock on both sides, the others of the processor.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import resource
import statistics
import tempfile
import time
import warnings
import zipfile
from pathlib import Path
from typing import Any

import gemmi
import numpy as np
from pymatgen.analysis.local_env import CrystalNN
from pymatgen.core import Structure
from rich.console import Console
from rich.table import Table

from etl.papers.structure_files import StructureFile, read_structure_files
from etl.papers.structure_pool import read_structures
from sse_db.errors import SseDbError
from sse_db.materials.crystals.cif import parse_structure
from sse_db.materials.structures import read_structure

SEED = Path(__file__).parents[1] / "seed_data" / "structures"
WANTED = 10.0
FIXED = 0.001
"""Distance to a multiple of 1/24 up to which symmetry may fix a coordinate."""
SAME = 0.05
"""Difference of coordination numbers that is none."""


def gather(place: Path) -> list[StructureFile]:
    """The structure files of a folder or an archive."""
    paths = sorted(place.glob("*.cif")) if place.is_dir() else [place]
    return [file for path in paths for file in read_structure_files(path)[0]]


def count_with_crystal_nn(structure: Structure) -> float:
    """Mean coordination of Li, weighted by its content; ValueError where no Li is left or a site cannot be counted."""
    content = np.array([site.species["Li"] for site in structure])
    ordered = Structure(
        structure.lattice,
        [max(site.species.items(), key=lambda item: item[1])[0] for site in structure],
        structure.frac_coords,
    )
    places = [n for n, site in enumerate(ordered) if site.specie.symbol == "Li"]
    if not places:
        raise ValueError("no Li is left")
    finder = CrystalNN()
    found = [finder.get_cn(ordered, place) for place in places]
    return float(np.average(found, weights=content[places] if content[places].any() else None))


def compare(files: list[StructureFile]) -> list[dict[str, Any]]:
    """One entry per file that both can read: seconds and coordination numbers."""
    rows = []
    for file in files:
        start = time.process_time()
        try:
            ours = read_structure(file.name, file.data)
        except SseDbError:
            continue
        between = time.process_time()
        structure = parse_structure(file.name, file.data).structure
        begin, clock = time.process_time(), time.perf_counter()
        try:
            theirs = count_with_crystal_nn(structure)
        except (ValueError, RuntimeError, IndexError, KeyError, TypeError):
            continue
        seconds = {
            "ours_s": between - start,
            "crystal_nn_s": time.process_time() - begin,
            "crystal_nn_wall_s": time.perf_counter() - clock,
        }
        rows.append({"file": file.name, **seconds, "ours": ours.li_coordination_number, "crystal_nn": theirs})
    return rows


def vary(file: StructureFile, number: int) -> bytes:
    """Another structure of the same kind: the cell up to 1 % longer or shorter, free coordinates moved a little.

    The shift is the same for x, -x and x + 1/4 and nothing at multiples of 1/8; with those of 1/24 left alone, what
    symmetry fixes stays as it is.
    """
    draw = random.Random(number)
    length, shift = 1 + draw.uniform(-0.01, 0.01), draw.uniform(0.0, 0.001)
    document = gemmi.cif.read_string(file.data.decode("utf-8", "replace"))
    block = document[0]
    powers = {f"_cell_length_{edge}": 1 for edge in "abc"} | {"_cell_volume": 3, "_exptl_crystal_density_diffrn": -3}
    for tag, power in powers.items():
        value = gemmi.cif.as_number(block.find_value(tag) or "?")
        if not math.isnan(value):
            block.set_pair(tag, f"{value * length**power:.6f}")
    for axis in "xyz":
        column = block.find_values(f"_atom_site_fract_{axis}")
        for place, text in enumerate(column):
            value = gemmi.cif.as_number(text)
            if not math.isnan(value) and abs(value * 24 - round(value * 24)) > 24 * FIXED:
                column[place] = f"{value + shift * math.sin(8 * math.pi * value):.6f}"
    return str(document.as_string()).encode()


def time_alone(files: list[StructureFile], count: int) -> float:
    """Seconds of the processor per structure, of so many different ones read by this process."""
    varied = [StructureFile(f"{n}.cif", str(n), vary(file, n)) for n, file in zip(range(count), itertools.cycle(files))]
    start = time.process_time()
    for _ in read_structures(varied, jobs=1):
        pass
    return (time.process_time() - start) / count


def time_archive(files: list[StructureFile], count: int) -> dict[str, float]:
    """Seconds per structure of an archive of so many different ones, read by the pool: of the clock and of all
    processes."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "structures.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(count):
                archive.writestr(f"{number:05d}.cif", vary(files[number % len(files)], number))
        before, start = _processor_time(), time.perf_counter()
        read = sum(not isinstance(facts, SseDbError) for facts in read_structures(read_structure_files(path)[0]))
        return {
            "structures": count,
            "read": read,
            "wall_s": (time.perf_counter() - start) / count,
            "processor_s": (_processor_time() - before) / count,
        }


def _processor_time() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def report(files: list[StructureFile], count: int, json_file: Path | None) -> None:
    """Print times and differences, and keep them."""
    rows = compare(files)
    names = ("ours_s", "crystal_nn_s", "crystal_nn_wall_s")
    ours, theirs, theirs_wall = (statistics.fmean(row[name] for row in rows) for name in names)
    readable = [file for file in files if file.name in {row["file"] for row in rows}]
    archive, alone = time_archive(readable, count), time_alone(readable, max(count // 10, 1))
    ways = (
        ("the same files, one process, of the processor", len(rows), ours, theirs),
        ("different structures, one process, of the processor", max(count // 10, 1), alone, theirs),
        ("different structures, the pool, of the clock", count, archive["wall_s"], theirs_wall),
    )
    for how, structures, seconds, other in ways:
        print(
            f"{how}: {structures:,} structures, {seconds * 1000:.1f} ms each, CrystalNN {other * 1000:.1f} ms: "
            f"{other / seconds:.1f} times as fast ({WANTED:g} wanted)"
        )
    print(f"{archive['read']:,} of {count:,} could be read; {archive['processor_s'] * 1000:.1f} ms of processors each")
    table = Table("file", "coordination of Li, ours", "CrystalNN")
    apart = [row for row in rows if row["ours"] is None or abs(row["ours"] - row["crystal_nn"]) > SAME]
    for row in apart:
        table.add_row(row["file"], "none" if row["ours"] is None else f"{row['ours']:.2f}", f"{row['crystal_nn']:.2f}")
    Console(width=120).print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    of_workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB, of a worker {of_workers:.0f} MB")
    if json_file:
        figures = [
            {
                "what": how, "files": len(rows), "structures": structures, "ours (ms)": round(1000 * seconds, 1),
                "CrystalNN (ms)": round(1000 * other, 1), "ratio": round(other / seconds, 1),
                "missed": "" if other / seconds >= WANTED else f"{WANTED:g} times as fast",
            }
            for how, structures, seconds, other in ways
        ]  # fmt: skip
        differences = [
            {"file": row["file"], "ours": row["ours"], "CrystalNN": round(row["crystal_nn"], 2)} for row in apart
        ]
        found = {
            "title": "Structures",
            "rows": figures,
            "differences": differences,
            "peak_mb": round(max(peak, of_workers)),
        }
        json_file.write_text(json.dumps(found, indent=1), encoding="utf-8")


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="two files and no pool, to see that it runs")
    parser.add_argument("--files", type=Path, default=SEED, help="folder or archive of structure files")
    parser.add_argument("--count", type=int, default=10_000, help="structures in the archive")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures for docs/benchmarks.md here")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # pymatgen tells of tolerances and of radii that it has not
    files = gather(options.files)
    report(files[:2] if options.small else files, 20 if options.small else options.count, options.json)


if __name__ == "__main__":
    main()
