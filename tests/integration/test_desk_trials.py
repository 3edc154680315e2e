"""A new curator's files, each on a copy: what was once misread is read, refused or doubted."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from support.command_line import run

from etl.pipeline import load_file
from sse_db.errors import RefusedFile

DESK = Path(__file__).parents[1] / "data" / "desk"


def copy(name: str, folder: Path) -> Path:
    return Path(shutil.copy(DESK / name, folder))


def labels(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text("SELECT label FROM samples ORDER BY id")).scalars())


def test_a_renamed_sheet_is_recognised_by_its_headers(engine: sa.Engine, tmp_path: Path) -> None:
    path = copy("w06_renamed_sheet.xlsx", tmp_path)
    with pytest.raises(RefusedFile) as refused:
        load_file(engine, path, curator="ada")
    (problem,) = refused.value.problems
    assert (problem.sheet, problem.hint) == ("Conductivity", "did you mean Measurements?")
    assert labels(engine) == []


@pytest.mark.parametrize(("title", "hint"), [("Values", "did you mean Measurements?"), ("#Values", None),
                                             ("Sheet1", "did you mean Measurements?")])  # fmt: skip
def test_any_other_name_is_recognised_too_and_a_private_sheet_is_passed_over(
    title: str, hint: str | None, engine: sa.Engine, tmp_path: Path
) -> None:
    path = copy("w06_renamed_sheet.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    book["Conductivity"].title = title
    book.save(path)
    if hint is None:
        report = load_file(engine, path, curator="ada")
        assert "unknown-sheet" in [doubt.code for doubt in report.doubts]
        return
    with pytest.raises(RefusedFile) as refused:
        load_file(engine, path, curator="ada")
    assert [problem.hint for problem in refused.value.problems] == [hint]


def test_a_copy_of_a_sheet_beside_it_is_refused(engine: sa.Engine, tmp_path: Path) -> None:
    path = copy("w11_ada.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Samples"]).title = "More of them"
    book.save(path)
    with pytest.raises(RefusedFile) as refused:
        load_file(engine, path, curator="ada")
    assert refused.value.problems[0].hint.startswith("its headers are those of Samples")


@pytest.mark.parametrize("second", ["w04_as_printed.csv", "w04_one_sheet.csv"])
def test_labels_that_differ_by_their_dash_are_one(second: str, engine: sa.Engine, tmp_path: Path) -> None:
    load_file(engine, copy("w04_first.csv", tmp_path), curator="ada")
    load_file(engine, copy(second, tmp_path), curator="ada", on_conflict="update")
    plain = [label.replace("\N{MINUS SIGN}", "-") for label in labels(engine)]
    assert len(plain) == len(set(plain))


def test_a_preprint_in_a_bibliography_is_a_preprint(engine: sa.Engine, tmp_path: Path) -> None:
    load_file(engine, copy("w12_preprint.bib", tmp_path), curator="ada")
    with engine.connect() as connection:
        kinds = set(connection.execute(sa.text("SELECT kind FROM publications")).scalars())
    assert kinds == {"preprint", "article"}


@pytest.mark.parametrize("sheet", ["Measurements", "Samples", "Processing"])
def test_one_sheet_of_a_workbook_alone_says_what_to_do(sheet: str, engine: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as refused:
        load_file(engine, copy(f"a05_csv/paper - {sheet}.csv", tmp_path), curator="ada")
    (problem,) = refused.value.problems
    assert f"is the sheet {sheet} of a workbook alone" in problem.message
    assert "save the workbook as .xlsx, or every sheet" in problem.hint


def test_the_sheets_of_a_workbook_as_texts_are_read_together(engine: sa.Engine, tmp_path: Path) -> None:
    shutil.copytree(DESK / "a05_csv", tmp_path / "a05_csv")
    done = run(tmp_path, "--db", engine.url.render_as_string(), "import", "a05_csv")
    assert done.returncode == 0, done.stderr
    assert labels(engine) == ["P1", "P2"]


def test_batches_and_log_show_why_and_who(engine: sa.Engine, tmp_path: Path) -> None:
    copy("w05_ada.csv", tmp_path)
    database = ("--db", engine.url.render_as_string())
    for words in (("import", "w05_ada.csv", "--curator", "Ada", "--note", "from the thesis"),
                  ("sample", "edit", "1", "--remark", "dense", "--curator", "Bob", "--note", "seen in Fig. 2"),
                  ("undo", "2", "--yes", "--curator", "Bob", "--note", "it was not")):  # fmt: skip
        assert run(tmp_path, *database, *words).returncode == 0
    shown = run(tmp_path, *database, "batches").stdout
    assert all(text in shown for text in ("from the thesis", "seen in Fig. 2", "it was not"))
    lines = run(
        tmp_path, *database, "log", "samples", "--who", "bob", "--since", "2020-01-01", "--csv"
    ).stdout.splitlines()
    assert lines[0] == "when,action,table,id,batch,file,who,what,why"
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["seen in Fig. 2", "it was not"]
    assert run(tmp_path, *database, "log", "--since", "2999-01-01", "--csv").stdout.count("\n") == 1
    wrong = run(tmp_path, *database, "log", "--since", "yesterday")
    assert (wrong.returncode, "is no date" in wrong.stderr) == (2, True)


def test_a_workbook_that_a_query_wrote_is_refused_by_name(engine: sa.Engine, tmp_path: Path) -> None:
    database = ("--db", engine.url.render_as_string())
    assert run(tmp_path, *database, "query", "SELECT * FROM samples", "-o", "rows.xlsx").returncode == 0
    done = run(tmp_path, *database, "import", "rows.xlsx")
    assert done.returncode == 1
    assert "tables for readers" in done.stdout + done.stderr
