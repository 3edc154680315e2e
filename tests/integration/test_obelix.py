"""The whole of OBELiX, which is not part of the repository: every row lands, and importing it again changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.foreign.guess import draft_mapping
from etl.loading.load import BatchReport
from etl.options import ReadOptions
from etl.pipeline import check_file, examine_file, find_files, load_file
from sse_db.database.engine import open_engine


@pytest.fixture(scope="module")
def imported(shared_data: Path, blank_url: sa.URL) -> Iterator[tuple[sa.Engine, BatchReport]]:
    """A database with the folder of OBELiX, and the report of its import."""
    engine = open_engine(blank_url)
    (table,) = find_files([shared_data / "obelix"])[0]
    yield engine, load_file(engine, table, curator="test")
    engine.dispose()


def counted(engine: sa.Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


def test_all_599_rows_land(imported: tuple[sa.Engine, BatchReport]) -> None:
    engine, report = imported
    assert report.as_dict()["rows"] == {"read": 599, "landed": 599}
    assert report.added["samples"] == 599
    assert counted(engine, "SELECT count(DISTINCT label) FROM samples") == [(599,)]
    kinds = "SELECT contribution, contribution_basis, relation, count(*) FROM impedance_measurements GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    assert counted(engine, kinds) == [
        ("bulk", "stated", "=", 29),  # 28 in the column of bulk values, and nng by its note
        ("total", "assumed", "<", 37),
        ("total", "assumed", "=", 531),
        ("total", "stated", "=", 29),
    ]
    both = "SELECT count(*) FROM (SELECT sample_id FROM impedance_measurements GROUP BY 1 HAVING count(*) = 2) AS twice"
    assert counted(engine, both) == [(27,)]
    assert counted(engine, "SELECT DISTINCT temperature_basis FROM impedance_measurements") == [("room_temperature",)]


def test_structures_are_321_files_and_599_lattices(imported: tuple[sa.Engine, BatchReport]) -> None:
    engine, _ = imported
    kinds = "SELECT coordinates_basis, match, count(*), count(cif_text), count(sample_id) FROM structural_records GROUP BY 1, 2 ORDER BY 1, 2"
    assert counted(engine, kinds) == [
        ("exact", "close", 2, 2, 2),
        ("exact", "exact", 30, 30, 30),
        ("perturbed", "close", 59, 59, 59),
        ("perturbed", "exact", 230, 230, 230),
        ("unknown", "exact", 599, 0, 599),
    ]
    without = "SELECT count(*) FROM structural_records WHERE cif_text IS NOT NULL AND li_site_occupancy IS NULL"
    assert counted(engine, without) == [(7,)]
    whole = "SELECT count(*), count(space_group_number), count(formula_units) FROM structural_records WHERE cif_text IS NULL"
    assert counted(engine, whole) == [(599, 599, 596)]  # three take the whole cell for a formula unit


def test_importing_it_again_changes_nothing(imported: tuple[sa.Engine, BatchReport], shared_data: Path) -> None:
    engine, _ = imported
    again = load_file(engine, shared_data / "obelix" / "all.csv", curator="test")
    assert (again.id, again.added, again.changed) == (None, {}, {})
    assert again.unchanged["structural_records"] == 920


def test_workbook_and_parts_say_the_same_as_the_table(
    imported: tuple[sa.Engine, BatchReport], shared_data: Path, tmp_path: Path
) -> None:
    engine, _ = imported
    for name in ("all.xlsx", "test.csv"):  # alone, without the archive beside them
        report = load_file(engine, Path(shutil.copy(shared_data / "obelix" / name, tmp_path)), curator="test")
        assert (report.id, report.added, report.changed) == (None, {}, {}), name


def test_a_changed_number_of_known_defects_is_loud(shared_data: Path, tmp_path: Path) -> None:
    text = (shared_data / "obelix" / "all.csv").read_text(encoding="utf-8").replace("<1E-8", "1E-8")
    (tmp_path / "all.csv").write_text(text, encoding="utf-8")
    _, findings = examine_file(tmp_path / "all.csv")
    assert [problem.message for problem in findings.errors] == [
        "conductivities that are limits: 36, where 37 are known"
    ]


def test_as_a_foreign_sheet_its_mapping_is_drafted_and_reads_every_row(shared_data: Path, tmp_path: Path) -> None:
    table = Path(shutil.copy(shared_data / "obelix" / "all.csv", tmp_path / "strange.csv"))
    _, mapping = draft_mapping(table)
    intake, findings = examine_file(table, "sheet", ReadOptions(mapping=mapping))
    assert findings.errors == []
    assert len(intake.drafts["samples"]) == intake.rows_read == 599
    ours, drafted = (
        {draft.key: draft.values["conductivity_s_per_cm"] for draft in each.drafts["impedance_measurements"]}
        for each in (check_file(table), intake)
    )
    others = {key[0][1] for key, value in ours.items() if drafted.get(key) != value}
    assert others == {"nng", "45e", "ueu", "uwh"}  # bulk by a note alone; an abstract or a cover before the paper
