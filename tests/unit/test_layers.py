"""The contracts of import-linter are no decoration: an import against them breaks the one that forbids it."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

FORBIDDEN = {
    "the floors of sse_db": ("sse_db/materials/lattice.py", "import sse_db.records.keys"),
    "only the doors know etl and analysis": ("sse_db/query.py", "import analysis.data.frames"),
    "the floors of etl": ("etl/problems.py", "import etl.papers.assemble"),
    "the floors of analysis": ("analysis/data/frames.py", "import analysis.models.kernel"),
    "the floors of the browser": ("sse_db/browse/queries/labels.py", "import sse_db.browse.pages.plots"),
    "what comes in does not know how it goes out": ("etl/bibliographies/doi_lookup.py", "import sse_db.release.label"),
    "nothing imports the package itself": ("analysis/data/targets.py", "from sse_db import __version__"),
}
"""Beginning of a contract's name to an import that it forbids, and the file it is added to."""


@pytest.fixture
def copy(root, tmp_path):
    for package in ("sse_db", "etl", "analysis"):
        shutil.copytree(
            root / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.html", "*.js")
        )
    shutil.copyfile(root / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def lint(folder):
    """Exit code of the linter and the names of broken contracts."""
    program = Path(sys.executable).with_name("lint-imports")
    paths = {**os.environ, "PYTHONPATH": str(folder)}
    result = subprocess.run(
        [program, "--no-cache"], cwd=folder, env=paths, capture_output=True, text=True, check=False, timeout=120
    )
    lines = result.stdout.splitlines()
    return result.returncode, {line.removesuffix(" BROKEN") for line in lines if line.endswith(" BROKEN")}


def test_every_contract_is_broken_by_an_import_that_it_forbids(copy):
    for file, line in FORBIDDEN.values():
        with (copy / file).open("a", encoding="utf-8") as stream:
            stream.write(f"\n{line}\n")
    code, broken = lint(copy)
    assert code == 1
    contracts = tomllib.loads((copy / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert broken == {contract["name"] for contract in contracts}
    assert all(any(name.startswith(start) for name in broken) for start in FORBIDDEN)


def test_a_new_module_has_to_choose_its_floor(copy):
    (copy / "sse_db" / "attic.py").touch()
    (copy / "etl" / "cellar.py").touch()
    code, broken = lint(copy)
    assert code == 1
    assert {name.partition(":")[0] for name in broken} == {"the floors of sse_db", "the floors of etl"}


def test_no_contract_has_an_exception(root):
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert not any("ignore_imports" in contract for contract in settings["contracts"])
