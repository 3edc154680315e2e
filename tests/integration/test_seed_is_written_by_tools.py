"""The sheets and structure files of the seed are what the tools write from tables of facts."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from etl.pipeline import check_file


def load_tool(root: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, root / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_rows(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [tuple(row) for row in csv.reader(stream)]


@pytest.fixture(scope="module")
def written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seed")
    facts = root / "tests" / "data" / "seed_facts"
    load_tool(root, "seed_literature").main(facts / "literature.csv", folder / "literature")
    load_tool(root, "seed_structures").main(facts / "structures.yaml", folder)
    return folder


def test_every_sheet_holds_rows_of_the_seed_to_the_letter(root: Path, written: Path) -> None:
    sheets = [*sorted((written / "literature").iterdir()), written / "structure_facts.csv"]
    assert [sheet.name for sheet in sheets] == ["garnet.csv", "nasicon.csv", "perovskite.csv", "structure_facts.csv"]
    for sheet in sheets:
        header, *rows = read_rows(sheet)
        shipped_header, *shipped = read_rows(root / "seed_data" / sheet.relative_to(written))
        assert header == shipped_header
        assert len(rows) >= 1
        assert set(rows) <= set(shipped)


def test_structure_files_are_those_of_the_seed_to_the_byte(root: Path, written: Path) -> None:
    files = sorted((written / "structures").iterdir())
    assert len(files) == 3
    for file in files:
        assert file.read_bytes() == (root / "seed_data" / "structures" / file.name).read_bytes()


def test_what_the_tools_write_is_read(written: Path) -> None:
    for path in sorted(written.rglob("*.c*")):
        assert check_file(path).drafts
