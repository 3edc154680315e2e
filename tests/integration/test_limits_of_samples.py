"""Grain sizes and relative densities that are limits stay limits: in tables, views, exports, workbooks and by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.curation.samples import SampleWords, edit_sample
from etl.drafts import Cell
from etl.loading.load import load_intake
from etl.loading.stored_drafts import collect_intake
from etl.pipeline import check_file
from etl.workbooks.filled import rows_of
from etl.workbooks.template import write_workbook
from sse_db.database import migrate

HEADER = (
    "DOI,Sample,Formula,Temperature (°C),σ bulk (S/cm),σ grain boundary (S/cm),Relative density (%),Grain size (µm)\n"
)
ROWS = (
    "10.5555/invented.1,P1,Li7La3Zr2O12,25,3e-4,1e-4,>95,<1\n"
    "10.5555/invented.1,P2,Li7La3Zr2O12,25,4e-4,1e-4,~96,>10\n"
    "10.5555/invented.1,P3,Li7La3Zr2O12,25,5e-4,1e-4,96,~5\n"
    "10.5555/invented.1,P4,Li7La3Zr2O12,25,5e-4,1e-4,94-96,2-4\n"
    "10.5555/invented.1,P5,Li7La3Zr2O12,25,5e-4,1e-4,,\n"
)
STORED = {"P1": (95, ">", 1, "<"), "P2": (96, "~", 10, ">"), "P3": (96, "=", 5, "~"), "P4": (95, "~", 3, "~"),
          "P5": (None, None, None, None)}  # fmt: skip


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    (tmp_path / "limits.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return tmp_path / "limits.csv"


@pytest.fixture
def database(sheet: Path, engine: sa.Engine) -> sa.Engine:
    load_intake(engine, check_file(sheet), curator="ada")
    return engine


def ask(engine: sa.Engine, sql: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def stored(engine: sa.Engine) -> dict[str, tuple[object, ...]]:
    sql = "SELECT label, relative_density_percent, relative_density_relation, grain_size_um, grain_size_relation FROM samples"
    return {str(label): tuple(rest) for label, *rest in ask(engine, sql)}


def test_limits_are_stored_with_their_relation(database: sa.Engine) -> None:
    assert stored(database) == STORED


def test_descriptors_and_conductances_take_no_limits(database: sa.Engine) -> None:
    sizes = ask(database, "SELECT label, d.grain_size_um FROM descriptors AS d JOIN samples AS s ON s.id = d.sample_id")
    assert dict(sizes) == {"P1": None, "P2": None, "P3": 5, "P4": 3, "P5": None}  # type: ignore[arg-type]  # pairs
    views = ("single_grain_conductivity", "training_samples", "training_grain_boundary")
    for view in views:
        sql = f"SELECT label FROM {view} JOIN samples AS s ON s.id = sample_id WHERE grain_boundary_conductance_s_per_cm2 > 0 ORDER BY 1"
        assert ask(database, sql) == [("P3",), ("P4",)]
    sql = "SELECT label FROM measurement_points WHERE conductance_s_per_cm2 > 0 ORDER BY 1"
    assert ask(database, sql) == [("P3",), ("P4",)]


def test_same_sheet_again_changes_nothing(database: sa.Engine, sheet: Path) -> None:
    assert load_intake(database, check_file(sheet), curator="ada").id is None


def test_filled_workbook_brings_the_limits_back(
    database: sa.Engine, make_engine: Callable[[], sa.Engine], tmp_path: Path
) -> None:
    with database.connect() as connection:
        rows = rows_of(collect_intake(connection))
    write_workbook(tmp_path / "filled.xlsx", rows)
    assert load_intake(database, check_file(tmp_path / "filled.xlsx"), curator="ada").id is None
    copy = make_engine()
    load_intake(copy, check_file(tmp_path / "filled.xlsx"), curator="ada")
    assert stored(copy) == STORED


def test_limits_are_corrected_by_hand_with_their_numbers(database: sa.Engine) -> None:
    def edit(**texts: str) -> tuple[object, ...]:
        cells = {name: Cell("", 0, name, text) for name, text in texts.items()}
        edit_sample(database, "1", SampleWords(cells), curator="eve")
        return stored(database)["P1"]

    assert edit(relative_density_percent="95.5") == (95.5, "=", 1, "<")
    assert edit(grain_size_um=">2") == (95.5, "=", 2, ">")
    assert edit(grain_size_um="", relative_density_percent="-") == (None, None, None, None)


def test_migration_reads_the_relation_from_the_texts_of_cells(database: sa.Engine) -> None:
    texts = [">95", "94.5-95.5 %", "95.0", "ca. 95 %", "at most 95"]
    migrate.downgrade(database.url, "0004")
    with database.begin() as connection:
        for number, text in enumerate(texts, 1):
            connection.execute(
                sa.text("UPDATE samples SET relative_density_percent = 95, as_written = :written WHERE id = :id"),
                {"written": json.dumps({"relative_density_percent": text}), "id": number},
            )
    count = "SELECT count(*) FROM change_log"
    history = ask(database, count)
    migrate.upgrade(database.url)
    found = ask(database, "SELECT relative_density_relation FROM samples ORDER BY id")
    assert [relation for (relation,) in found] == [">", "~", "=", "~", "<"]
    assert ask(database, count) == history
    missing = "SELECT count(*) FROM samples WHERE (grain_size_um IS NULL) <> (grain_size_relation IS NULL)"
    assert ask(database, missing) == [(0,)]
