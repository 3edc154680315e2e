"""``make bench-small`` writes the page of benchmarks, with what is missed named as missed."""

from __future__ import annotations

import subprocess
import sys

from etl.papers.structure_files import StructureFile
from etl.papers.structure_pool import read_structures
from sse_db.errors import SseDbError


def test_the_small_benchmarks_run_and_write_their_page(root, tmp_path):
    words = [sys.executable, root / "benchmarks" / "page.py", "--small", "--output", tmp_path]
    subprocess.run(words, check=True, capture_output=True, cwd=tmp_path)
    page = (tmp_path / "benchmarks.md").read_text()
    assert page.startswith("# Benchmarks\n\nMeasured on 20")
    for heading in ("## Missed", "## Growth", "## Views", "## Structures", "## Commands"):
        assert heading in page
    assert "| room_temperature_conductivity | 1000 |" in page
    assert (tmp_path / "benchmarks.svg").read_text().startswith("<svg")


def test_many_structures_read_by_processes_are_those_read_by_one(root):
    paths = sorted((root / "seed_data" / "structures").glob("*.cif"))[:3]
    files = [StructureFile(path.name, path.stem, path.read_bytes()) for path in paths]
    files.insert(1, StructureFile("broken.cif", "broken", b"data_x\n_cell_length_a 5\n"))
    together, alone = list(read_structures(files, jobs=2)), list(read_structures(files, jobs=1))
    refused = [(str(each), each.hint) for each in together if isinstance(each, SseDbError)]
    assert refused == [(str(each), each.hint) for each in alone if isinstance(each, SseDbError)] != []
    assert [each for each in together if not isinstance(each, SseDbError)] == [
        each for each in alone if not isinstance(each, SseDbError)
    ]
