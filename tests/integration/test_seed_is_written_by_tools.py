"""The folder of the seed is what the tools write from tables of facts."""

from __future__ import annotations

import csv
import hashlib
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy as sa
from support import seed_counts

from etl.loading.load import load_intake
from etl.pipeline import check_file
from sse_db.errors import RefusedFile


@pytest.fixture(scope="module")
def tools(root: Path) -> Iterator[Callable[[str], ModuleType]]:
    """A tool by its name."""
    sys.path.insert(0, str(root / "tools"))
    yield importlib.import_module
    sys.path.remove(str(root / "tools"))


def read_rows(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [tuple(row) for row in csv.reader(stream)]


@pytest.fixture(scope="module")
def small(root: Path) -> Path:
    return root / "tests" / "data" / "seed_facts"


@pytest.fixture(scope="module")
def written(small: Path, tools: Callable[[str], ModuleType], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seed")
    tools("seed_literature").main(small / "literature.csv", folder / "literature", small / "decisions.csv")
    tools("seed_structures").main(small / "structures.yaml", folder)
    tools("seed_pages").main(small, folder, small / "decisions.csv")
    return folder


def test_every_sheet_holds_rows_of_the_seed_to_the_letter(root: Path, written: Path) -> None:
    sheets = [*sorted((written / "literature").iterdir()), written / "structure_facts.csv"]
    assert [sheet.stem for sheet in sheets] == [
        "antiperovskite", "garnet", "nasicon", "oxide", "perovskite", "structure_facts",
    ]  # fmt: skip
    for sheet in sheets:
        header, *rows = read_rows(sheet)
        shipped_header, *shipped = read_rows(root / "seed_data" / sheet.relative_to(written))
        assert header == shipped_header
        assert len(rows) >= 1
        assert set(rows) <= set(shipped)


def test_structure_files_are_those_of_the_seed_to_the_byte(root: Path, written: Path) -> None:
    files = sorted((written / "structures").iterdir())
    assert len(files) == 5
    for file in files:
        assert file.read_bytes() == (root / "seed_data" / "structures" / file.name).read_bytes()


def test_leads_are_lines_of_the_page_of_leads(root: Path, written: Path) -> None:
    shipped = (root / "seed_data" / "LEADS.md").read_text(encoding="utf-8").splitlines()
    assert set((written / "LEADS.md").read_text(encoding="utf-8").splitlines()) <= set(shipped)


def test_what_the_tools_write_is_read(written: Path) -> None:
    for path in sorted(written.rglob("*.c*")):
        assert check_file(path).drafts


def test_decisions_of_the_small_table_are_those_of_the_seed(root: Path, small: Path) -> None:
    assert set(read_rows(small / "decisions.csv")) <= set(read_rows(root / "tools" / "seed_decisions.csv"))


ALTERED = {
    "a decision about a cell that has changed": (("decisions.csv", ",6,2–10", ",9,2–10"), "decided was"),
    "a decision about a row that is gone": (("literature.csv", "LLZT-10Al2O3", "LLZT-10"), "not among the facts"),
    "a range without a decision": (("literature.csv", ",200,stated,", ",200,range-midpoint,"), "needs a decision"),
    "an unknown word for a temperature": (("literature.csv", ",exact,", ",nearly,"), "nobody decided"),
}


@pytest.mark.parametrize(("edit", "words"), ALTERED.values(), ids=ALTERED.keys())
def test_facts_and_decisions_that_do_not_fit_together_stop_the_tool(
    small: Path, tools: Callable[[str], ModuleType], tmp_path: Path, edit: tuple[str, str, str], words: str
) -> None:
    for name in ("literature.csv", "decisions.csv"):
        text = (small / name).read_text(encoding="utf-8")
        altered = text.replace(edit[1], edit[2]) if name == edit[0] else text
        assert (altered != text) == (name == edit[0])
        (tmp_path / name).write_text(altered, encoding="utf-8")
    with pytest.raises(SystemExit, match=words):
        tools("seed_literature").main(tmp_path / "literature.csv", tmp_path / "out", tmp_path / "decisions.csv")


@pytest.fixture
def facts(root: Path) -> Path:
    """The full facts in the version that the seed was written from; they are no part of the repository."""
    folder = Path(os.environ.get("SSE_DB_SEED_FACTS", root.parent / "shared" / "seed"))
    lines = (root / "tools" / "seed_facts.sha256").read_text(encoding="ascii").split()
    for digest, name in zip(lines[::2], lines[1::2], strict=True):
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            pytest.skip(f"the facts of the version named in tools/seed_facts.sha256 are not here: {name}")
    return folder


def test_the_whole_folder_is_written_from_the_full_facts(
    root: Path, facts: Path, tools: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    tools("seed_literature").main(facts / "literature.csv", tmp_path / "literature")
    tools("seed_structures").main(facts / "structures.yaml", tmp_path)
    tools("seed_pages").main(facts, tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    seed = root / "seed_data"
    shipped = {path.relative_to(seed): path.read_bytes() for path in seed.rglob("*") if path.is_file()}
    licence = shipped.pop(Path("LICENSE"))
    assert b"CC BY 4.0" in licence
    assert made.keys() == shipped.keys()
    assert [name for name in made if made[name] != shipped[name]] == []


REMARKS = {
    "extrapolated": "extrapolated value",
    "value given as ~": "approximate value",
    "bulk approximately": "approximate value",
    "% excess": "excess lithium",
    "grain size range": "range of grain size",
    "additive in mol%": "additive by mole",
}
"""Words of a remark that ask for a decision, and its kind."""


def test_every_remark_that_asks_for_a_decision_has_one(facts: Path, tools: Callable[[str], ModuleType]) -> None:
    tool = tools("seed_literature")
    decided = tool.read_decisions(tool.DECISIONS)
    rows = tool.read_table(facts / "literature.csv")
    assert len(rows) == seed_counts.ROWS
    for words, kind in REMARKS.items():
        asking = [row for row in rows if words in row["remark"]]
        assert asking
        for row in asking:
            assert kind in {each["kind"] for each in decided.get(tool.name_fact(row), [])}, row["remark"]


def test_a_row_that_repairs_an_old_one_changes_it_by_conflict_and_update(
    written: Path, tmp_path: Path, engine: sa.Engine
) -> None:
    sheet = written / "literature" / "garnet.csv"
    earlier = tmp_path / "garnet.csv"
    earlier.write_text(sheet.read_text(encoding="utf-8").replace("1.25e-6", "1.52e-6"), encoding="utf-8")
    load_intake(engine, check_file(earlier), curator="tester")
    with pytest.raises(RefusedFile):
        load_intake(engine, check_file(sheet), curator="tester")
    load_intake(engine, check_file(sheet), curator="tester", on_conflict="update")
    with engine.connect() as connection:
        sigma = "SELECT count(*) FROM impedance_measurements WHERE conductivity_s_per_cm = "
        assert connection.exec_driver_sql(sigma + "1.25e-6").scalar() == 1
        assert connection.exec_driver_sql(sigma + "1.52e-6").scalar() == 0
        logged = "SELECT count(*) FROM change_log WHERE action = 'update' AND table_name = 'impedance_measurements'"
        assert connection.exec_driver_sql(logged).scalar() == 1
