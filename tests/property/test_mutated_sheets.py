"""No spreadsheet crashes the reader: each mutant is read, or refused in words."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from mutations import mutate_book, mutate_csv

from etl.pipeline import examine_file
from etl.sheets.example import EXAMPLE
from etl.template import write_workbook

MUTANTS = 120


def read_or_refuse(path: Path) -> str:
    _, findings = examine_file(path)
    assert all(problem.message and problem.code for problem in findings.problems)
    return "refused" if findings.errors else "read"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("book") / "paper.xlsx"
    write_workbook(path, EXAMPLE)
    return path.read_bytes()


def test_mutated_csv_is_read_or_refused(root: Path, tmp_path: Path) -> None:
    lines = (root / "seed_data" / "literature" / "perovskite.csv").read_bytes()
    outcomes = set()
    for seed in range(MUTANTS):
        path = tmp_path / f"mutant_{seed}.csv"
        path.write_bytes(mutate_csv(lines, random.Random(seed)))
        outcomes.add(read_or_refuse(path))
    assert outcomes == {"read", "refused"}


def test_mutated_workbook_is_read_or_refused(book: bytes, tmp_path: Path) -> None:
    outcomes = set()
    for seed in range(MUTANTS):
        path = tmp_path / f"mutant_{seed}.xlsx"
        path.write_bytes(mutate_book(book, random.Random(seed)))
        outcomes.add(read_or_refuse(path))
    assert outcomes == {"read", "refused"}
