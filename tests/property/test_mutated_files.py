"""No file crashes the reader: each of two thousand mutants is read and comes in, or is refused in words."""

from __future__ import annotations

import random
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.mutations import damage_text, mutate_book, mutate_csv

from etl.drafts import Intake
from etl.loading.load import load_intake
from etl.pipeline import examine_file
from etl.sheets.example import EXAMPLE
from etl.tables.extract import read_sheets
from etl.workbooks.template import write_workbook
from sse_db.errors import Problem, RefusedFile

POSCAR = b"LiCl\n1.0\n3.6 0 0\n0 3.6 0\n0 0 3.6\nLi Cl\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n"
MOST_SECONDS = 20
MOST_BYTES = 1_500_000_000
"""What reading mutants may add to the address space of the process; beyond it Python raises MemoryError."""


@pytest.fixture(autouse=True)
def bounded_memory() -> Iterator[None]:
    """Reading stays within bounds: where Linux tells the size of the process, it cannot grow beyond them."""
    size = Path("/proc/self/statm")
    if not size.is_file():
        yield
        return
    used = int(size.read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + MOST_BYTES, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def write_ods(book: Path, out: Path) -> None:
    """The visible sheets of a workbook as a plain OpenDocument spreadsheet."""
    from support.monsters import ODS, table_rows

    tables = "".join(
        f'<table:table table:name="{sheet.name}">{table_rows(*(",".join(text.replace(",", ";") for text in row) for row in sheet.rows))}</table:table>'
        for sheet in read_sheets(book)
    ).replace("&", "&amp;")
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODS}><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("originals")
    write_workbook(folder / "paper.xlsx", EXAMPLE)
    write_ods(folder / "paper.xlsx", folder / "paper.ods")
    seed = root / "seed_data"
    lines = (seed / "literature" / "perovskite.csv").read_bytes().split(b"\n")
    return {
        "csv": b"\n".join(lines[:9]) + b"\n",
        "xlsx": (folder / "paper.xlsx").read_bytes(),
        "xlsm": (folder / "paper.xlsx").read_bytes(),
        "ods": (folder / "paper.ods").read_bytes(),
        "cif": (seed / "structures" / "LLZO_tetragonal.cif").read_bytes(),
        "vasp": POSCAR,
    }


KINDS: dict[str, tuple[Callable[[bytes, random.Random], bytes], int]] = {
    "csv": (mutate_csv, 700),
    "xlsx": (mutate_book, 400),
    "xlsm": (mutate_book, 50),
    "ods": (mutate_book, 250),
    "cif": (damage_text, 300),
    "vasp": (damage_text, 300),
}


def refusals(engine: sa.Engine, intake: Intake) -> list[Problem]:
    """What keeps an intake out of an empty database."""
    try:
        load_intake(engine, intake, curator="tester", dry_run=True)
    except RefusedFile as refusal:
        return [problem for problem in refusal.problems if problem.severity == "error"]
    return []


def test_there_are_two_thousand() -> None:
    assert sum(count for _, count in KINDS.values()) == 2000


@pytest.mark.parametrize("system", ["sqlite"])  # it is the reading that is asked here
@pytest.mark.parametrize("kind", KINDS)
def test_mutant_comes_in_or_is_refused(
    kind: str, originals: dict[str, bytes], engine: sa.Engine, tmp_path: Path
) -> None:
    mutate, count = KINDS[kind]
    outcomes = set()
    for seed in range(count):
        path = tmp_path / f"mutant_{seed}.{kind}"
        path.write_bytes(mutate(originals[kind], random.Random(seed)))
        started = time.process_time()
        intake, findings = examine_file(path)
        assert time.process_time() - started < MOST_SECONDS
        assert all(each.message and each.code and each.file == path.name for each in findings.problems)
        outcomes.add("refused" if findings.errors else "read")
        if not findings.errors:
            assert all(each.cell for each in refusals(engine, intake))
        path.unlink()
    assert outcomes == {"read", "refused"}


def test_original_workbooks_are_read(originals: dict[str, bytes], tmp_path: Path) -> None:
    for kind in ("xlsx", "ods"):
        path = tmp_path / f"paper.{kind}"
        path.write_bytes(originals[kind])
        _, findings = examine_file(path)
        assert not findings.errors, findings.errors
