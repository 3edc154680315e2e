"""Every export format writes the same values, and a spreadsheet runs none of them."""

import csv
import io
import json
import zipfile

import pandas as pd
import pytest

from sse_db.errors import WrongUsage
from sse_db.formats import defuse, format_of, frame_rows, to_bytes, to_text, write_rows

COLUMNS = ("formula", "conductivity_s_per_cm")
ROWS = [("Li7La3Zr2O12", 2.4e-4), ("=cmd|' /C calc'!A0", None)]


def test_csv_reads_back_with_formulas_defused():
    read = list(csv.reader(io.StringIO(to_text(COLUMNS, ROWS, "csv"))))
    assert read == [list(COLUMNS), ["Li7La3Zr2O12", "0.00024"], ["'=cmd|' /C calc'!A0", ""]]


def test_json_and_jsonl_hold_the_same_objects():
    lines = [json.loads(line) for line in to_text(COLUMNS, ROWS, "jsonl").splitlines()]
    assert json.loads(to_text(COLUMNS, ROWS, "json")) == lines
    assert lines[1]["conductivity_s_per_cm"] is None


def test_parquet_keeps_types_and_mixed_columns_become_text():
    data = to_bytes(("a", "b"), [(1, "x"), (2, 3)], "parquet")
    frame = pd.read_parquet(io.BytesIO(data))
    assert frame["a"].tolist() == [1, 2]
    assert frame["b"].tolist() == ["x", "3"]


def test_xlsx_holds_no_formula_and_is_byte_identical():
    data = to_bytes(COLUMNS, ROWS, "xlsx")
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert data == to_bytes(COLUMNS, ROWS, "xlsx")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1*2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "=A1", "－1＋1", "\t", "-cmd|' /C calc'!A0"],
)
def test_texts_that_start_like_formulas_are_defused(text):
    assert defuse(text) == "'" + text


@pytest.mark.parametrize("value", [-1.5, "-1.5e-3", "=", "<", "-", "Li7La3Zr2O12", "a=b", ""])
def test_numbers_and_signs_alone_are_left_as_they_are(value):
    assert defuse(value) == value


def test_an_unknown_suffix_is_wrong_usage(tmp_path):
    with pytest.raises(WrongUsage, match="unknown suffix"):
        format_of(tmp_path / "rows.doc")


def test_a_written_file_leaves_no_part_behind(tmp_path):
    (tmp_path / "new").mkdir()
    write_rows(COLUMNS, ROWS, tmp_path / "new" / "rows.csv")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["rows.csv"]


def test_frame_rows_turn_missing_values_into_none():
    columns, rows = frame_rows(pd.DataFrame({"a": [1.0, float("nan")], "b": ["x", None]}))
    assert columns == ["a", "b"]
    assert rows == [[1.0, "x"], [None, None]]
