"""A sheet of many rows comes in, or is refused with every bad cell, and is taken back whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from support.logical_dump import exact_dump

from etl.loading.undo import undo_batch
from etl.pipeline import load_file
from sse_db.errors import RefusedFile
from sse_db.records.history import CHANGE_LOG

HEADER = "DOI,Sample,Formula,Temperature (°C),σ bulk (S/cm),σ grain boundary (S/cm),σ total (S/cm)\n"
ROWS = 400
BAD = range(50, ROWS, 40)
CHUNK = 500
"""Rows that are written and undone at once here, instead of 10,000."""


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.loading.writing.CHUNK", CHUNK)
    monkeypatch.setattr("etl.loading.undo.CHUNK", CHUNK)
    monkeypatch.setattr("etl.planning.plan_columns.SAMPLES_AT_ONCE", 7)


def write_sheet(path: Path, bad: range = range(0)) -> Path:
    """More values than go in at once, twenty temperatures a sample; rows of which one number is a word."""
    lines = []
    for row in range(ROWS):
        sample, step = divmod(row, 20)
        bulk = 1e-5 * 1.3**step
        number = "abc" if row in bad else f"{bulk:.3g}"
        described = f"10.1000/{sample // 5},S{sample},Li1.3Al0.3Ti1.7(PO4)3,{25 + 5 * step}"
        lines.append(f"{described},{number},{bulk / 2:.3g},{bulk / 3:.3g}\n")
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def test_a_large_sheet_comes_in_twice_and_is_taken_back(engine: sa.Engine, tmp_path: Path) -> None:
    empty = exact_dump(engine)
    sheet = write_sheet(tmp_path / "large.csv")
    report = load_file(engine, sheet, curator="a")
    assert report.added["impedance_measurements"] == 3 * ROWS > CHUNK
    again = load_file(engine, sheet, curator="a")
    assert (again.id, again.added, again.changed) == (None, {}, {})
    assert again.unchanged == report.added
    rows = sum(report.added.values())
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(CHANGE_LOG)).scalar_one() == rows
    assert report.id is not None
    assert undo_batch(engine, report.id, curator="a").removed == report.added
    assert exact_dump(engine) == empty


def test_every_bad_cell_of_a_large_sheet_is_told_and_nothing_written(engine: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as refused:
        load_file(engine, write_sheet(tmp_path / "large.csv", BAD), curator="a")
    errors = [problem for problem in refused.value.problems if problem.severity == "error"]
    assert [problem.cell for problem in errors] == [f"E{row + 2}" for row in BAD]
    assert not any(exact_dump(engine).values())
