"""Commands that only read import little: half of a second is what a library such as pandas or alembic alone takes."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
import typer

from sse_db.cli.app import FILES

HEAVY = ("alembic", "gemmi", "numpy", "pandas", "pint", "pyarrow", "pymatgen", "scipy", "sklearn", "altair")
RUN = """
import sys
from sse_db.cli.app import main
try:
    main()
except SystemExit as end:
    assert not end.code, end
sys.stderr.write("\\n" + " ".join(["imported:", *(name for name in {names!r} if name in sys.modules)]))
"""


SCHEMA = ("sqlmodel", "sse_db.schema")
"""The classes of the schema, which take a quarter of a second, and what they are made with."""
READING = {
    "query": ["query", "SELECT 1"], "saved query": ["query", "best_conductors"], "batches": ["batches"],
    "log": ["log", "samples", "1"], "sample list": ["sample", "list"], "sample show": ["sample", "show", "5"],
    "publication list": ["publication", "list"], "publication show": ["publication", "show", "1"],
}  # fmt: skip


@pytest.mark.parametrize("words", READING.values(), ids=READING)
def test_a_command_that_reads_imports_no_heavy_library(words, seed_url):
    code = RUN.format(names=(*HEAVY, *SCHEMA))
    command = [sys.executable, "-c", code, "--db", seed_url, *words]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    assert ran.stderr.splitlines()[-1] == "imported:"
    assert ran.stdout


SHEET = (
    "DOI,Title,Year,Sample,Formula,Temperature (°C),σ bulk (S/cm),Grain size (µm)\n"
    "10.5555/a,A paper,2001,P1,Li1.3Al0.3Ti1.7(PO4)3,25,1e-3,2\n"
)
NOT_FOR_A_SHEET = ("alembic", "altair", "gemmi", "pint", "scipy", "sklearn")


def test_a_sheet_in_the_units_of_the_database_is_checked_without_a_library_of_units(tmp_path):
    (tmp_path / "a.csv").write_text(SHEET, encoding="utf-8")
    command = [sys.executable, "-c", RUN.format(names=NOT_FOR_A_SHEET), "validate", str(tmp_path / "a.csv")]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    assert ran.stderr.splitlines()[-1] == "imported:"


def test_each_command_stands_beside_the_file_that_holds_it():
    for file, commands in FILES.items():
        app = typer.Typer()
        importlib.import_module(f"sse_db.cli.{file}").register(app)
        groups = [group.name for group in app.registered_groups]
        assert sorted([*groups, *(command.name for command in app.registered_commands)]) == sorted(commands)
