"""The tables of mapping keys in the documentation: complete, and each example does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.drafts import Intake
from etl.foreign.column_map import ColumnMap
from etl.foreign.mapping import Layout, SheetMapping, parse_mapping
from etl.options import ReadOptions
from etl.pipeline import examine_file

PAGE = (Path(__file__).parents[2] / "docs" / "public-data.md").read_text(encoding="utf-8")
BASE = 'columns.S = "Sample"\nconstants.Title = "A paper"\n'
ONLY_OF_DATA_SETS = {
    "columns", "required", "title", "key", "recognise", "tables", "edition", "corrections", "defects", "structures",
    "sheet",
}  # fmt: skip


def table(width: int) -> dict[str, list[str]]:
    """Rows of the tables of that many columns whose first cell is a key, without the marks of code."""
    found = {}
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if len(cells) == width and re.fullmatch(r"`[a-z_.]+`", cells[0]):
            found[cells[0].strip("`")] = [cell.strip("`") for cell in cells[1:]]
    return found


COLUMN_KEYS, SHEET_KEYS = table(5), table(3)


def read(tmp_path: Path, mapping: str, cell: str) -> tuple[Intake, list[str]]:
    path = tmp_path / "sheet.csv"
    path.write_text(f'S,x,y\nA,"{cell}",\nB,"{cell}",\n', encoding="utf-8")
    intake, findings = examine_file(path, "sheet", ReadOptions(mapping=parse_mapping(mapping, "the example")))
    return intake, [problem.message for problem in findings.errors]


def test_the_tables_name_every_key() -> None:
    assert set(COLUMN_KEYS) == set(ColumnMap.model_fields)
    of_sheet = {f"sheet.{name}" for name in Layout.model_fields}
    assert set(SHEET_KEYS) == of_sheet | (set(SheetMapping.model_fields) - ONLY_OF_DATA_SETS)


@pytest.mark.parametrize("key", COLUMN_KEYS)
def test_an_example_of_a_column_stores_what_the_table_says(key: str, tmp_path: Path) -> None:
    _, example, cell, stored = COLUMN_KEYS[key]
    assert key in example
    intake, errors = read(tmp_path, f"{BASE}columns.{example}", cell)
    assert errors == []
    name, value = stored.split(" = ", 1)
    found = [str(draft.values[name]) for drafts in intake.drafts.values() for draft in drafts if name in draft.values]
    assert value in found


@pytest.mark.parametrize("key", SHEET_KEYS)
def test_an_example_of_a_sheet_is_read(key: str, tmp_path: Path) -> None:
    example = SHEET_KEYS[key][1]
    assert example.startswith(key)
    _, errors = read(tmp_path, f"{example}\n{BASE}", "2")
    assert errors == [] or key == "sheet.name"
