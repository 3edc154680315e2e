"""Commands that only read import little: half of a second is what a library such as pandas or alembic alone takes."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("alembic", "gemmi", "numpy", "pandas", "pint", "pyarrow", "pymatgen", "scipy", "sklearn", "altair")
RUN = """
import sys
from sse_db.cli.app import main
try:
    main()
except SystemExit as end:
    assert not end.code, end
sys.stderr.write(" ".join(name for name in {names!r} if name in sys.modules))
"""


@pytest.mark.parametrize(
    ("words", "besides"),
    [(["query", "SELECT 1"], ("sqlmodel",)), (["batches"], ()), (["log", "samples", "1"], ())],
    ids=["query", "batches", "log"],
)
def test_a_command_that_reads_imports_no_heavy_library(words, besides, seed_url):
    code = RUN.format(names=(*HEAVY, *besides))
    words = [sys.executable, "-c", code, "--db", seed_url, *words]
    ran = subprocess.run(words, check=True, capture_output=True, text=True)
    assert ran.stderr == ""
    assert ran.stdout
