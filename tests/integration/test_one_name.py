"""One paper is one publication and one sample one row, however their names are spelt; what may be one is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from support.command_line import run
from support.intakes import make_intake, measurement, publication, sample
from support.seeded import ROOT

from etl.loading.load import load_intake
from etl.pipeline import load_file
from sse_db.audits import find_audit, run_audit
from sse_db.errors import RefusedFile
from sse_db.records.references import find_row
from sse_db.spelling import loose_label

FOLDER = ROOT / "tests" / "data" / "texts"
QUESTION = "the publication has LATP-900 already: the same sample?"


def load(engine: sa.Engine, name: str):
    return load_file(engine, FOLDER / name, curator="ada")


def count(engine: sa.Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


def labels_found(engine: sa.Engine) -> list[tuple[str, str]]:
    found = run_audit(engine.url, find_audit("label_twice"))
    places = [found.columns.index(name) for name in ("first_label", "second_label")]
    return [tuple(row[place] for place in places) for row in found.rows]


@pytest.mark.parametrize(
    ("name", "publications", "samples", "values"),
    [
        ("doi_spellings.csv", 1, 1, 5),
        ("invisible_in_name.csv", 1, 1, 4),
        ("one_sheet.csv", 1, 1, 2),
        ("doi_links.csv", 3, 3, 3),
    ],
)
def test_spellings_of_one_name_are_one_row(engine, name, publications, samples, values):
    load(engine, name)
    assert count(engine, "publications") == publications
    assert count(engine, "samples") == samples
    assert count(engine, "impedance_measurements") == values


def test_a_label_with_another_dash_is_the_same_sample(engine):
    load(engine, "first.csv")
    report = load(engine, "as_printed.csv")
    assert (report.added, report.changed) == ({}, {})
    with engine.connect() as connection:
        assert find_row(connection, "samples", "SL−2") == find_row(connection, "samples", "SL-2")


def test_a_sample_of_an_older_database_is_found_under_every_dash(engine):
    paper = publication("10.5555/invented.1")
    printed = sample(paper, "SL−1")
    load_intake(engine, make_intake(paper, printed, measurement(printed, 3e-4)), curator="ada")
    load(engine, "first.csv")
    assert count(engine, "samples") == 2
    with engine.connect() as connection:
        assert find_row(connection, "samples", "SL-1")["label"] == "SL−1"


def test_both_spellings_of_an_older_database_stay_apart_until_somebody_joins_them(engine):
    paper = publication("10.5555/invented.1")
    both = [sample(paper, label) for label in ("SL−1", "SL‐1")]
    load_intake(engine, make_intake(paper, both), curator="ada")
    assert count(engine, "samples") == 2
    assert labels_found(engine) == [("SL−1", "SL‐1")]
    with pytest.raises(RefusedFile) as refusal:
        load(engine, "first.csv")
    (problem,) = refusal.value.problems
    assert (problem.code, problem.cell) == ("ambiguous-sample", "B2")
    assert "merge" in problem.hint


def test_a_label_that_may_be_another_one_is_asked_about_and_audited(engine):
    load(engine, "curator_one.csv")
    report = load(engine, "curator_two.csv")
    assert [(doubt.code, doubt.cell, doubt.message) for doubt in report.doubts] == [("label-alike", "B2", QUESTION)]
    assert labels_found(engine) == [("LATP-900", "LATP 900")]
    assert load(engine, "curator_two.csv").doubts == [], "a sample that is there is no question any more"


@pytest.mark.usefixtures("no_home")
def test_an_import_shows_the_question_that_checking_the_file_alone_cannot(tmp_path: Path):
    assert run(tmp_path, "init").returncode == 0
    run(tmp_path, "import", FOLDER / "curator_one.csv")
    done = run(tmp_path, "import", FOLDER / "curator_two.csv")
    assert done.returncode == 0
    assert QUESTION in " ".join((done.stdout + done.stderr).split())
    assert run(tmp_path, "sample", "show", "LATP‑900").returncode == 0


def test_a_doi_of_an_older_database_that_holds_an_address_is_found(engine):
    paper = publication("10.5555/abc_1?via=ihub")
    load_intake(engine, make_intake(paper, sample(paper)), curator="ada")
    found = run_audit(engine.url, find_audit("doi_spelling"))
    assert [row[2] for row in found.rows] == ["10.5555/abc_1?via=ihub"]


@pytest.mark.parametrize(("first", "second"), [("SL1", "SL₁"), ("LATP", "L\u0410TP"), ("µ1", "μ1"), ("SL1", "ＳＬ1")])
def test_labels_in_letters_that_look_alike_may_be_one(first: str, second: str) -> None:
    assert loose_label(first) == loose_label(second)
    assert loose_label("SL1") != loose_label("SL2")
