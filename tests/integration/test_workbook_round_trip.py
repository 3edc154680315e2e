"""An exported workbook changes nothing when it is imported; edited, exactly the edits are changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from support.engines import opened
from support.intakes import composition, make_intake, measurement, publication, sample, step
from support.logical_dump import exact_dump
from support.typed import typed

from etl.curation.samples import SampleWords, edit_sample
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.pipeline import load_file
from etl.workbooks.export import export_tables, export_workbook
from sse_db.errors import NotFound, RefusedFile


def edit(path: Path, sheet: str, edits: dict[str, str | None], row: int = 2) -> Path:
    """Write cells of a row, by header, as a person would."""
    book = openpyxl.load_workbook(path)
    headers = {cell.value: cell.column for cell in book[sheet][1]}
    for header, text in edits.items():
        book[sheet].cell(row, headers[header]).value = text
    book.save(path)
    return path


def test_the_whole_seed_goes_out_and_comes_back_unchanged(seeded_home: sa.URL, tmp_path: Path) -> None:
    with opened(seeded_home) as engine:
        export_workbook(engine, tmp_path / "all.xlsx")
        before = exact_dump(engine)
        report = load_file(engine, tmp_path / "all.xlsx", curator="ada")
        assert [(each.name, each.before, each.after) for each in report.changes if each.outcome != "unchanged"] == []
        assert report.id is None
        assert exact_dump(engine) == before


@pytest.fixture
def paper(engine: sa.Engine) -> sa.Engine:
    source = publication("10.1000/x", "Garnets", 2023, kind="preprint", journal="arXiv")
    first = sample(source, "A", "Li7La3Zr2O12", grain_size_um=3.0, grain_size_basis="reported", remark="dense")
    load_intake(engine, make_intake(
        source, composition("Li7La3Zr2O12"), first, sample(source, "B"), step(first, 1, temperature_c=1150.0),
        measurement(first, 1e-4, "bulk"), measurement(first, 5e-5), measurement(first, 2e-4, temperature=50.0),
    ), curator="ada")  # fmt: skip
    return engine


EDITS: dict[str, tuple[str, dict[str, str | None], list[tuple[str, dict[str, object]]]]] = {
    "a corrected grain size": ("Samples", {"Grain size (µm)": "4"}, [("samples", {"grain_size_um": 4.0})]),
    "an emptied remark": ("Samples", {"Sample remark": None}, [("samples", {"remark": None})]),
    "an emptied grain size": ("Samples", {"Grain size (µm)": None, "Grain size basis": None},
                              [("samples", {"grain_size_um": None, "grain_size_basis": None})]),
    "another conductivity": ("Measurements", {"σ bulk (S/cm)": "2e-4"},
                             [("impedance_measurements", {"conductivity_s_per_cm": 2e-4})]),
    "another temperature": ("Measurements", {"Temperature (°C)": "30"},
                            [("impedance_measurements", {"temperature_c": 30.0})] * 2),
    "a step": ("Processing", {"Temperature (°C)": "1200"}, [("processing_steps", {"temperature_c": 1200.0})]),
    "a journal": ("Publication", {"Journal": "Ionics", "Publication kind": "article"},
                  [("publications", {"journal": "Ionics", "kind": "article"})]),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_one_edit_is_one_change_and_undo_takes_it_back(name: str, paper: sa.Engine, tmp_path: Path) -> None:
    sheet, cells, changes = EDITS[name]
    export_workbook(paper, tmp_path / "out.xlsx")
    before = exact_dump(paper)
    report = load_file(paper, edit(tmp_path / "out.xlsx", sheet, cells), curator="ada")
    told = [(each.table, {k: v for k, v in each.after.items() if k != "as_written" and not k.endswith("_relation")})
            for each in report.changes if each.outcome != "unchanged"]  # fmt: skip
    assert told == changes
    assert load_file(paper, tmp_path / "out.xlsx", curator="ada").id is None
    assert report.id is not None
    undo_batch(paper, report.id, curator="ada")
    assert exact_dump(paper) == before


def test_a_sample_renamed_in_the_sheet_keeps_its_old_label(paper: sa.Engine, tmp_path: Path) -> None:
    export_workbook(paper, tmp_path / "out.xlsx")
    report = load_file(paper, edit(tmp_path / "out.xlsx", "Samples", {"Sample": "B2"}, row=3), curator="ada")
    assert (report.added, report.changed) == ({"sample_aliases": 1}, {"samples": 1})


def test_labels_that_change_places_are_refused_and_the_hint_works(paper: sa.Engine, tmp_path: Path) -> None:
    export_workbook(paper, tmp_path / "out.xlsx")
    edit(tmp_path / "out.xlsx", "Samples", {"Sample": "B"}, row=2)
    with pytest.raises(RefusedFile) as refused:
        load_file(paper, edit(tmp_path / "out.xlsx", "Samples", {"Sample": "A"}, row=3), curator="ada")
    assert "sample edit 1 --label OTHER, then sse-db sample edit 1 --remove-alias 'A'" in str(
        refused.value.problems[0].hint
    )
    for number, words in (
        ("1", SampleWords(typed(label="OTHER"))), ("1", SampleWords(without_aliases=("A",))),
        ("2", SampleWords(typed(label="A"))), ("2", SampleWords(without_aliases=("B",))),
        ("1", SampleWords(typed(label="B"))),
    ):  # fmt: skip
        edit_sample(paper, number, words, curator="ada")
    with paper.connect() as connection:
        assert list(connection.execute(sa.text("SELECT id, label FROM samples ORDER BY id"))) == [(1, "B"), (2, "A")]


def test_an_emptied_value_is_told_and_stays(paper: sa.Engine, tmp_path: Path) -> None:
    export_workbook(paper, tmp_path / "out.xlsx")
    report = load_file(paper, edit(tmp_path / "out.xlsx", "Measurements", {"σ bulk (S/cm)": None}), curator="ada")
    assert report.id is None
    (told,) = [doubt for doubt in report.doubts if doubt.code == "value-emptied"]
    assert "--remove-measurement" in told.hint


@pytest.mark.parametrize(("sheet", "row", "told"), [
    ("Measurements", 3, "conductivities that this workbook no longer has stay in the database: number 3"),
    ("Processing", 2, "steps that this workbook no longer has stay in the database: number 1"),
    ("Samples", 3, "samples that this workbook no longer has stay in the database: number 2"),
], ids=["a conductivity", "the only step", "a sample"])  # fmt: skip
def test_a_deleted_line_is_told_and_its_row_stays(
    sheet: str, row: int, told: str, paper: sa.Engine, tmp_path: Path
) -> None:
    export_workbook(paper, tmp_path / "out.xlsx")
    before = exact_dump(paper)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    book[sheet].delete_rows(row)
    book.save(tmp_path / "out.xlsx")
    report = load_file(paper, tmp_path / "out.xlsx", curator="ada")
    assert [doubt.message for doubt in report.doubts if doubt.code == "row-left-out"] == [told]
    assert exact_dump(paper) == before


def test_what_came_in_after_the_export_is_named_and_stays(paper: sa.Engine, tmp_path: Path) -> None:
    export_workbook(paper, tmp_path / "out.xlsx")
    source = publication("10.1000/x", "Garnets", 2023)
    load_intake(paper, make_intake(source, sample(source, "C")), curator="bob")
    doubts = load_file(paper, tmp_path / "out.xlsx", curator="ada").doubts
    (hint,) = [doubt.hint for doubt in doubts if doubt.code == "row-left-out"]
    assert "came in after the export" in hint


def test_what_somebody_changed_since_the_export_is_a_conflict(paper: sa.Engine, tmp_path: Path) -> None:
    export_workbook(paper, tmp_path / "first.xlsx")
    export_workbook(paper, tmp_path / "second.xlsx")
    load_file(paper, edit(tmp_path / "first.xlsx", "Samples", {"Grain size (µm)": "4"}), curator="ada")
    with pytest.raises(RefusedFile) as refused:
        load_file(paper, edit(tmp_path / "second.xlsx", "Samples", {"Grain size (µm)": "5"}), curator="bob")
    assert "grain_size_um is 4 in the database, 5 here" in refused.value.problems[0].message


def test_another_database_takes_the_workbook_as_any_other(
    paper: sa.Engine, make_engine: Callable[[], sa.Engine], tmp_path: Path
) -> None:
    export_workbook(paper, tmp_path / "out.xlsx", ["Garnets"])
    other = make_engine()
    load_file(other, tmp_path / "out.xlsx", curator="ada")
    assert load_file(other, tmp_path / "out.xlsx", curator="ada").id is None


@pytest.mark.parametrize(("sheet", "key", "code"), [("Samples", "nonsense", "row-key"), ("Samples", None, None)])
def test_a_damaged_row_key_is_refused_and_an_empty_one_is_no_key(
    sheet: str, key: str | None, code: str | None, paper: sa.Engine, tmp_path: Path
) -> None:
    export_workbook(paper, tmp_path / "out.xlsx")
    path = edit(tmp_path / "out.xlsx", sheet, {"Row key": key})
    if code is None:
        assert load_file(paper, path, curator="ada").id is None
        return
    with pytest.raises(RefusedFile) as refused:
        load_file(paper, path, curator="ada")
    assert [problem.code for problem in refused.value.problems if problem.severity == "error"] == [code]


def test_a_title_that_fits_two_publications_is_refused(paper: sa.Engine, tmp_path: Path) -> None:
    load_intake(paper, make_intake(publication("10.1000/y", "Garnets", 2024)), curator="ada")
    with pytest.raises(NotFound, match="several rows of publications are called Garnets"):
        export_workbook(paper, tmp_path / "out.xlsx", ["Garnets"])
    assert not (tmp_path / "out.xlsx").exists()


def test_tables_for_readers_are_refused_by_import_in_one_sentence(paper: sa.Engine, tmp_path: Path) -> None:
    written = export_tables(paper, tmp_path / "tables.xlsx")
    assert written.rows["samples"] == 2
    with pytest.raises(RefusedFile) as refused:
        load_file(paper, tmp_path / "tables.xlsx", curator="ada")
    (problem,) = refused.value.problems
    assert "tables for readers" in problem.message
