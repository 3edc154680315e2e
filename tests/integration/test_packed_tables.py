"""Tables in gzip and Parquet are read as the CSV that they stand for; bombs and other types are refused in words."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from support.logical_dump import logical_dump

from etl.pipeline import check_file, examine_file, find_files, load_file
from etl.tables.extract import read_sheets
from sse_db.errors import RefusedFile

SHEET = (
    "DOI,Sample,Formula,Year,Temperature (°C),σ total (S/cm),Remark\n"
    "10.1000/a,S1,Li1.3Al0.3Ti1.7(PO4)3,2001,25,0.0003,\n"
    "10.1000/a,S1,Li1.3Al0.3Ti1.7(PO4)3,2001,60,~1e-3,read off\n"
)


def frame(**columns: Any) -> pd.DataFrame:
    """The sheet as a program's table, with typed columns."""
    rows: dict[str, Any] = {
        "DOI": ["10.1000/a"] * 2, "Sample": ["S1"] * 2, "Formula": ["Li1.3Al0.3Ti1.7(PO4)3"] * 2, "Year": [2001, 2001],
        "Temperature (°C)": [25.0, 60.0], "σ total (S/cm)": [0.0003, 0.001], "Remark": [None, "read off"],
    }  # fmt: skip
    return pd.DataFrame(rows | columns)


def test_a_packed_csv_gives_the_rows_of_the_csv(make_engine: Callable[[], sa.Engine], tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "paper.csv").write_text(SHEET, encoding="utf-8")
    packed = tmp_path / "paper.csv.gz"
    packed.write_bytes(gzip.compress(SHEET.encode()))
    found, passed_over = find_files([tmp_path])
    assert [path.name for path in found] == ["paper.csv.gz", "paper.csv"]
    assert not passed_over
    dumps = []
    for path in found:
        engine = make_engine()
        load_file(engine, path, curator="a")
        dumps.append(logical_dump(engine))
    assert dumps[0] == dumps[1]


def test_a_parquet_file_gives_the_rows_of_the_csv(make_engine: Callable[[], sa.Engine], tmp_path: Path) -> None:
    plain, file = tmp_path / "paper.csv", tmp_path / "paper.parquet"
    plain.write_text(SHEET.replace("~1e-3", "0.001"), encoding="utf-8")
    frame(Sample=pd.Categorical(["S1"] * 2)).to_parquet(file, index=False)
    assert read_sheets(file)[0].rows == read_sheets(plain)[0].rows
    dumps = []
    for path in (plain, file):
        engine = make_engine()
        load_file(engine, path, curator="a")
        dumps.append(logical_dump(engine))
    assert dumps[0] == dumps[1]


def test_numbers_of_parquet_are_written_in_their_own_precision(tmp_path: Path) -> None:
    values = pd.Series([0.1, float("nan")], dtype="float32")
    frame(**{"σ total (S/cm)": values, "Year": pd.array([2001, None], dtype="Int64")}).to_parquet(
        tmp_path / "a.parquet"
    )
    rows = read_sheets(tmp_path / "a.parquet")[0].rows
    assert [(row[3], row[5]) for row in rows[1:]] == [("2001", "0.1"), ("", "")]


@pytest.mark.parametrize(
    ("column", "values", "code", "words"),
    [
        ("Year", [True, False], "truth-value", "truth values"),
        ("Year", [date(2001, 1, 1)] * 2, "date", "dates or times"),
        ("σ total (S/cm)", [[1.0], [2.0]], "column-type", "values of the type list"),
        ("Remark", [b"x", b"y"], "column-type", "values of the type binary"),
    ],
    ids=["truth values", "dates", "lists", "bytes"],
)
def test_a_column_of_another_type_is_a_problem_at_its_header(
    column: str, values: list[Any], code: str, words: str, tmp_path: Path
) -> None:
    frame(**{column: values}).to_parquet(tmp_path / "paper.parquet", index=False)
    with pytest.raises(RefusedFile) as refused:
        check_file(tmp_path / "paper.parquet")
    problem = next(each for each in refused.value.problems if each.severity == "error")
    assert (problem.code, problem.row, problem.column) == (code, 1, column)
    assert words in problem.message


@pytest.mark.parametrize("suffix", ["csv.gz", "parquet"])
@pytest.mark.parametrize("damage", ["cut", "other"])
def test_a_damaged_file_is_refused_in_words(suffix: str, damage: str, tmp_path: Path) -> None:
    path = tmp_path / f"paper.{suffix}"
    if suffix == "parquet":
        frame().to_parquet(path)
    else:
        path.write_bytes(gzip.compress(SHEET.encode()))
    path.write_bytes(path.read_bytes()[:60] if damage == "cut" else b"DOI,Sample\n")
    _, findings = examine_file(path)
    assert [problem.code for problem in findings.errors] == ["unreadable-source"]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(130):
            stream.write(bytes(1_000_000))
    _, findings = examine_file(path)
    assert "unpacks to more than 120 MB" in findings.errors[0].message
