"""A sheet with ten different mistakes, in each kind of file: ten located problems, exit code 1, unchanged database."""

import csv
import json
import shutil

import openpyxl
import pytest
from support.command_line import run
from support.engines import opened
from support.logical_dump import whole_dump
from support.monsters import table, table_rows

from etl.workbooks.template import write_workbook

PAPER = {
    "Publication": [{"DOI": "10.1000", "Title": "A paper", "Year": "twenty"}],
    "Samples": [
        {"Sample": "A", "Formula": "LLZO", "Phase": "cristal", "Relative density": "195"},
        {"Sample": "B", "Structure class": "garnett", "Grain size": "0"},
    ],
    "Processing": [{"Sample": "A", "Operation": "sintring", "Temperature": "9OO"}],
    "Measurements": [
        {"Sample": "C", "Temperature": "25", "σ total": "1e-4"},
        {"Sample": "A", "Temperature": "warm", "σ total": "1e-4"},
        {"Sample": "B", "Temperature": "25", "σ total": "0.1.2"},
    ],
}
CELLS_OF_PAPER = {
    "Publication!A2", "Publication!E2", "Samples!B2", "Samples!F2", "Samples!O2", "Samples!C3", "Samples!M3",
    "Processing!C2", "Processing!E2", "Measurements!A2", "Measurements!B3", "Measurements!E4",
}  # fmt: skip


def ten_mistakes(root):
    with (root / "tests" / "data" / "sheets" / "ten_mistakes.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def write_mistakes(path, root):
    if path.name == "paper.xlsx":
        write_workbook(path, PAPER)
    elif path.suffix == ".csv":
        shutil.copy(root / "tests" / "data" / "sheets" / "ten_mistakes.csv", path)
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in ten_mistakes(root):
            book.active.append(row)
        book.save(path)
    else:
        rows = [",".join(text.replace("&", "&amp;").replace("<", "&lt;") for text in row) for row in ten_mistakes(root)]
        path.write_bytes(table(table_rows(*rows)))


def dump(database):
    with opened(database) as engine:
        return whole_dump(engine)


@pytest.mark.parametrize("name", ["ten.csv", "ten.xlsx", "ten.ods", "paper.xlsx"])
def test_ten_mistakes_are_located_and_change_nothing(tmp_path, root, home, name):
    write_mistakes(tmp_path / name, root)
    before = dump(home)
    refused = run(tmp_path, "import", name, "--json")
    assert refused.returncode == 1
    cells = {each["cell"] for each in json.loads(refused.stdout)["problems"] if each["severity"] == "error"}
    assert len(cells - {None}) >= 10
    if name == "paper.xlsx":
        assert cells >= CELLS_OF_PAPER
    assert dump(home) == before
