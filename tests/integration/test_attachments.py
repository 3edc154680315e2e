"""Files are attached by reference: place, hash and size; an audit finds what is missing or changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from support.command_line import run
from support.intakes import make_intake, measurement, publication, sample
from support.logical_dump import exact_dump

from etl.curation.attachments import attach_file, detach_file
from etl.curation.removal import remove_row
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.workbooks.export import export_workbook
from sse_db.audits import find_audit, run_audit
from sse_db.errors import NotFound, SseDbError, UnreadableSource, WrongUsage
from sse_db.records.pages import read_sample


@pytest.fixture
def paper(engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    monkeypatch.chdir(tmp_path)  # the home of files beside a database that is none
    source = publication()
    first = sample(source, "A")
    load_intake(engine, make_intake(source, first, measurement(first)), curator="ada")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "Figure 3.PNG").write_bytes(b"a figure")
    return engine


def attach(engine: sa.Engine, tmp_path: Path, owner: str = "sample", reference: str = "A", **options: str):
    return attach_file(engine, tmp_path / "files" / "Figure 3.PNG", owner, reference, curator="ada", **options)


@pytest.mark.parametrize(("owner", "reference"), [("publication", "10.1000/x"), ("sample", "A"), ("measurement", "1")])
def test_a_file_is_known_by_place_hash_and_size(owner: str, reference: str, paper: sa.Engine, tmp_path: Path) -> None:
    attach(paper, tmp_path, owner, reference, description="micrograph")
    with paper.connect() as connection:
        row = connection.execute(sa.text("SELECT * FROM attachments")).mappings().one()
    assert row["place"] == "files/Figure 3.PNG"
    assert (row["kind"], row["size_bytes"], row["note"], row[f"{owner}_id"]) == ("figure", 8, "micrograph", 1)
    assert len(row["sha256"]) == 64


def test_the_sample_page_lists_files_of_the_sample_and_of_its_values(paper: sa.Engine, tmp_path: Path) -> None:
    attach(paper, tmp_path)
    attach(paper, tmp_path, "measurement", "1")
    assert len(read_sample(paper, "A")["attachments"]) == 2
    shown = run(tmp_path, "--db", paper.url.render_as_string(), "sample", "show", "A")
    assert "files/Figure 3.PNG" in shown.stdout


def test_attached_again_it_is_brought_up_to_date_and_undo_takes_it_back(paper: sa.Engine, tmp_path: Path) -> None:
    before = exact_dump(paper)
    first = attach(paper, tmp_path)
    assert attach(paper, tmp_path).batch.id is None
    (tmp_path / "files" / "Figure 3.PNG").write_bytes(b"another figure")
    second = attach(paper, tmp_path)
    assert second.batch.changed == {"attachments": 1}
    for report in (second, first):
        undo_batch(paper, report.batch.id, curator="ada")
    assert exact_dump(paper) == before


def test_an_audit_finds_what_is_missing_and_what_is_changed(paper: sa.Engine, tmp_path: Path) -> None:
    report = attach(paper, tmp_path)
    check = find_audit("attachment_changed")
    assert run_audit(paper.url, check).rows == []
    (tmp_path / "files" / "Figure 3.PNG").write_bytes(b"o figure")
    assert [tuple(row[:4]) for row in run_audit(paper.url, check).rows] == [
        ("attachments", 1, "changed", "files/Figure 3.PNG")
    ]
    (tmp_path / "files" / "Figure 3.PNG").unlink()
    assert [row[2] for row in run_audit(paper.url, check, since=report.batch.id).rows] == ["missing"]


def test_hundreds_of_missing_files_are_found(paper: sa.Engine) -> None:
    with paper.begin() as connection:
        values = ", ".join(f"(1, 1, 'other', 'x', 'files/{place}', '{'0' * 64}', 1)" for place in range(600))
        columns = "batch_id, sample_id, kind, file_name, place, sha256, size_bytes"
        connection.execute(sa.text(f"INSERT INTO attachments ({columns}) VALUES {values}"))
    assert len(run_audit(paper.url, find_audit("attachment_changed")).rows) == 600


@pytest.mark.parametrize(("owner", "reference", "name", "told"), [
    ("sample", "A", "no.pdf", "there is no file"), ("sample", "Q", "Figure 3.PNG", "there is no sample Q"),
    ("measurement", "bulk", "Figure 3.PNG", "there is no measurement bulk"),
    ("publication", "10.1000/X1", "Figure 3.PNG", "there is no publication 10.1000/X1"),
    ("sample", "A", "", "is a folder"),
    ("step", "1", "Figure 3.PNG", "nothing is attached to a step"),
])  # fmt: skip
def test_wrong_words_are_one_clear_line_and_nothing_changes(
    owner: str, reference: str, name: str, told: str, paper: sa.Engine, tmp_path: Path
) -> None:
    before = exact_dump(paper)
    with pytest.raises((NotFound, UnreadableSource, WrongUsage), match=told) as refused:
        attach_file(paper, tmp_path / "files" / name, owner, reference, curator="ada")
    assert isinstance(refused.value, SseDbError)
    assert exact_dump(paper) == before


def test_a_reference_is_taken_away_and_goes_with_its_sample(paper: sa.Engine, tmp_path: Path) -> None:
    attach(paper, tmp_path)
    before = exact_dump(paper)
    taken = detach_file(paper, 1, curator="ada")
    assert exact_dump(paper)["attachments"] == []
    undo_batch(paper, taken.batch.id, curator="ada")
    gone = remove_row(paper, "samples", "A", take_along=True, curator="ada")
    assert exact_dump(paper)["attachments"] == []
    undo_batch(paper, gone.batch.id, curator="ada")
    assert exact_dump(paper) == before


def test_an_exported_workbook_of_one_paper_leaves_files_of_others_out(paper: sa.Engine, tmp_path: Path) -> None:
    load_intake(paper, make_intake(publication("10.1000/y")), curator="ada")
    attach(paper, tmp_path)
    assert export_workbook(paper, tmp_path / "out.xlsx", ["10.1000/y"]).rows["Publication"] == 1


def test_the_command_attaches_and_detaches(paper: sa.Engine, tmp_path: Path) -> None:
    database = ("--db", paper.url.render_as_string())
    done = run(
        tmp_path, *database, "attach", "files/Figure 3.PNG", "--to", "sample", "A", "--shows", "grains", "--note", "x"
    )
    assert done.returncode == 0, done.stderr
    assert run(tmp_path, *database, "attach").returncode == 2
    assert run(tmp_path, *database, "attach", "--remove", "1").returncode == 0
    assert exact_dump(paper)["attachments"] == []
