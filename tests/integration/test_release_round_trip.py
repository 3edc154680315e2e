"""A release that comes back brings its provenance along: file, row, who, when, and every change since."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.intakes import composition, make_intake, measurement, publication, sample, structure
from support.logical_dump import exact_dump, logical_dump
from support.seeded import ROOT

from etl.drafts import Intake
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.pipeline import check_file, load_file
from sse_db.audits import find_audit, run_audit
from sse_db.database.engine import open_engine
from sse_db.database.transfer import copy_database
from sse_db.errors import RefusedFile, UndoRefused, UnreadableSource
from sse_db.records.events import list_batches, row_log
from sse_db.records.history import diff_batch
from sse_db.release import write_release
from sse_db.release.documents import write_checksums

WHO = ("file_name", "file_sha256", "format", "curator", "created_at", "code_version")


def paper(doi: str, formula: str, value: float, name: str) -> Intake:
    article = publication(doi)
    pellet = sample(article, "A", formula, pellet_diameter_mm=12.0)
    return make_intake(article, composition(formula), pellet, measurement(pellet, value), name=name)


def release(engine: sa.Engine, folder: Path, **options: bool) -> Path:
    write_release(engine, folder, lambda _: {}, **options)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def provenance(engine: sa.Engine) -> list[tuple[object, ...]]:
    """Every measurement and sample with its row and what its batch says."""
    columns = ", ".join(f"b.{name}" for name in WHO)
    with engine.connect() as connection:
        return [
            tuple(row)
            for table, value in (("samples", "label"), ("impedance_measurements", "conductivity_s_per_cm"))
            for row in connection.execute(
                sa.text(
                    f"SELECT r.{value}, r.source_row, {columns} FROM {table} AS r "
                    "INNER JOIN import_batches AS b ON b.id = r.batch_id ORDER BY r.id"
                )
            )
        ]


@pytest.fixture(scope="module")
def lived(blank_url: sa.URL) -> Iterator[sa.Engine]:
    """A database with a life: three curators, an import taken back, a value corrected. Tests only read it."""
    engine = open_engine(blank_url)
    load_intake(engine, check_file(ROOT / "seed_data" / "literature" / "perovskite.csv"), curator="ada")
    mistake = load_intake(engine, paper("10.1000/mistake", "Li3N", 1e-3, "mistake.csv"), curator="bob").id
    assert mistake is not None
    undo_batch(engine, mistake, curator="bob")
    load_intake(engine, paper("10.1000/late", "Li7La3Zr2O12", 1.2345678901234567e-4, "late.csv"), curator="bob")
    corrected = paper("10.1000/late", "Li7La3Zr2O12", 0.1 + 0.2, "late corrected.csv")
    load_intake(engine, corrected, curator="eve", on_conflict="update")
    load_intake(engine, make_intake(structure()), curator="ada")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def folder(lived: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of it."""
    return release(lived, tmp_path_factory.mktemp("release") / "release-1")


@pytest.fixture
def reviewed(lived: sa.Engine, make_engine: Callable[[], sa.Engine]) -> sa.Engine:
    """A copy in which somebody has reviewed all publications but the first."""
    engine = make_engine()
    copy_database(lived.url, engine.url)
    with engine.begin() as connection:
        statement = (
            "UPDATE publications SET review_state='reviewed', reviewed_by='ada', reviewed_at='2999-01-01' WHERE id > 1"
        )
        connection.execute(sa.text(statement))
    return engine


def test_every_row_keeps_its_file_row_curator_and_time(lived: sa.Engine, folder: Path, engine: sa.Engine) -> None:
    load_file(engine, folder, curator="zoe")
    assert provenance(engine) == provenance(lived)
    assert {row[5] for row in provenance(engine)} == {"ada", "bob"}


def test_a_release_of_what_a_release_brought_is_the_same_to_the_byte(
    folder: Path, engine: sa.Engine, tmp_path: Path
) -> None:
    load_file(engine, folder, curator="zoe")
    first, second = contents(folder), contents(release(engine, tmp_path / "release-2"))
    assert [name for name in first if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()


def test_so_is_a_release_of_reviewed_publications(reviewed: sa.Engine, engine: sa.Engine, tmp_path: Path) -> None:
    folder = release(reviewed, tmp_path / "release-1", reviewed_only=True)
    load_file(engine, folder, curator="zoe")
    assert contents(folder) == contents(release(engine, tmp_path / "again", reviewed_only=True))
    assert contents(folder) == contents(release(engine, tmp_path / "all"))


def test_a_release_tells_nothing_of_rows_that_are_gone(folder: Path) -> None:
    assert not [name for name, data in contents(folder).items() if b"mistake" in data or b"Li3N" in data]
    released = open_engine(str(folder / "sse.db"))
    files = [batch["file"] for batch in list_batches(released)]
    assert files == ["perovskite.csv", "late.csv", "late corrected.csv", "paper.csv"]
    released.dispose()


def test_the_life_of_a_row_comes_along(folder: Path, engine: sa.Engine) -> None:
    load_file(engine, folder, curator="zoe")
    with engine.connect() as connection:
        row = connection.execute(sa.text("SELECT id FROM impedance_measurements ORDER BY id DESC")).scalar()
    events = row_log(engine, "impedance_measurements", row)
    told = [(event.action, event.file, event.curator) for event in events]
    assert told == [
        ("insert", "late.csv", "bob"),
        ("update", "late corrected.csv", "eve"),
        ("insert", "release-1", "zoe"),
    ]
    assert events[1].before == {"conductivity_s_per_cm": 1.2345678901234567e-4}


def test_batches_say_what_they_came_with(folder: Path, engine: sa.Engine) -> None:
    report = load_file(engine, folder, curator="zoe")
    batches = list_batches(engine)
    told = {batch["file"]: (batch["curator"], batch["carried_by"]) for batch in batches}
    assert told == {
        "perovskite.csv": ("ada", report.id),
        "late.csv": ("bob", report.id),
        "late corrected.csv": ("eve", report.id),
        "paper.csv": ("ada", report.id),
        "release-1": ("zoe", None),
    }
    assert sum(batches[-1]["added"].values()) == len(diff_batch(engine, batches[-1]["id"]))


def test_importing_a_release_twice_changes_nothing(folder: Path, engine: sa.Engine) -> None:
    load_file(engine, folder, curator="zoe")
    rows, batches = exact_dump(engine), list_batches(engine)
    again = load_file(engine, folder, curator="yan")
    assert (again.id, again.added, again.changed) == (None, {}, {})
    assert (exact_dump(engine), list_batches(engine)) == (rows, batches)


def test_a_release_is_taken_back_whole_and_comes_back_whole(lived: sa.Engine, folder: Path, engine: sa.Engine) -> None:
    batch = load_file(engine, folder, curator="zoe").id
    assert batch is not None
    rows = exact_dump(engine)
    undone = undo_batch(engine, batch, curator="zoe")
    assert not any(exact_dump(engine).values())
    assert all(each["undone_at"] for each in list_batches(engine) if each["id"] != undone.id)
    undo_batch(engine, undone.id, curator="zoe")
    assert exact_dump(engine) == rows
    assert [each["file"] for each in list_batches(engine) if each["undone_at"]] == ["undo of batch 7: release-1"]
    undo_batch(engine, batch, curator="zoe")
    load_file(engine, folder, curator="zoe")
    assert logical_dump(engine) == logical_dump(lived)
    assert provenance(engine) == provenance(lived)


def test_a_batch_out_of_a_release_is_not_taken_back_alone(folder: Path, engine: sa.Engine) -> None:
    load_file(engine, folder, curator="zoe")
    before = exact_dump(engine)
    with pytest.raises(UndoRefused, match="batch 1 came out of a release with batch 7") as refusal:
        undo_batch(engine, 1, curator="zoe")
    assert "sse-db undo 7" in refusal.value.hint
    assert exact_dump(engine) == before


def test_into_a_filled_database_batches_and_history_come_under_new_numbers(
    lived: sa.Engine, folder: Path, engine: sa.Engine
) -> None:
    load_intake(engine, paper("10.1000/own", "Li3OCl", 1e-3, "own.csv"), curator="kim")
    own = exact_dump(engine)
    report = load_file(engine, folder, curator="zoe")
    assert provenance(engine)[1:12] == provenance(lived)[:11]
    assert {row[2] for row in provenance(engine)} == {"own.csv", "perovskite.csv", "late.csv"}
    update = next(each for each in list_batches(engine) if each["file"] == "late corrected.csv")
    (change,) = diff_batch(engine, update["id"])
    with engine.connect() as connection:
        row = connection.execute(sa.text("SELECT * FROM impedance_measurements ORDER BY id DESC")).mappings().first()
    assert row is not None
    assert (change.row_id, change.after["conductivity_s_per_cm"]) == (row["id"], row["conductivity_s_per_cm"])
    entry = json.loads(_last_image(engine, update["id"]))
    assert (entry["id"], entry["sample_id"], entry["batch_id"]) == (row["id"], row["sample_id"], row["batch_id"])
    assert report.id is not None
    undo_batch(engine, report.id, curator="zoe")
    assert exact_dump(engine) == own


def _last_image(engine: sa.Engine, batch: int) -> str:
    with engine.connect() as connection:
        statement = sa.text("SELECT after FROM change_log WHERE batch_id = :batch ORDER BY id DESC")
        return str(connection.execute(statement, {"batch": batch}).scalar())


def test_rows_that_were_there_already_keep_their_own_batch(folder: Path, engine: sa.Engine) -> None:
    load_intake(engine, paper("10.1000/late", "Li7La3Zr2O12", 0.1 + 0.2, "here first.csv"), curator="kim")
    load_file(engine, folder, curator="zoe")
    assert [row[2] for row in provenance(engine) if row[0] == 0.1 + 0.2] == ["here first.csv"]
    assert not [batch for batch in list_batches(engine) if batch["file"] == "late corrected.csv"]


def test_a_trial_import_leaves_no_batch_behind(folder: Path, engine: sa.Engine) -> None:
    load_file(engine, folder, curator="zoe", dry_run=True)
    assert list_batches(engine) == []


def test_coming_out_of_a_release_is_no_change_after_the_review(
    reviewed: sa.Engine, engine: sa.Engine, tmp_path: Path
) -> None:
    audit = find_audit("changed-after-review")
    load_file(engine, release(reviewed, tmp_path / "release-1"), curator="zoe")
    with engine.begin() as connection:  # reviewed after all that the release tells, before its import
        statement = (
            "UPDATE publications SET reviewed_at = (SELECT max(changed_at) FROM change_log WHERE batch_id IN "
            "(SELECT id FROM import_batches WHERE carried_by IS NOT NULL) OR batch_id IS NULL)"
        )
        connection.execute(sa.text(statement))
    assert run_audit(engine.url, audit).rows == []
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE samples SET pellet_diameter_mm = 11 WHERE id = 2"))
    found = run_audit(engine.url, audit)
    row = found.columns.index("row_id")
    assert {each[row] for each in found.rows} == {2}


def test_a_release_of_an_older_revision_brings_its_provenance_too(engine: sa.Engine, tmp_path: Path) -> None:
    old = tmp_path / "old release"
    old.mkdir()
    with closing(sqlite3.connect(old / "sse.db")) as connection:
        connection.executescript((ROOT / "tests" / "migrations" / "dumps" / "0001.sql").read_text(encoding="utf-8"))
    (old / "datapackage.json").write_text("{}", encoding="utf-8")
    write_checksums(old)
    load_file(engine, old, "release", curator="zoe")
    assert {row[2] for row in provenance(engine)} == {"perovskite.csv"}
    assert [each["file"] for each in list_batches(engine)] == ["perovskite.csv", "LLZO_tetragonal.cif", "old release"]


DAMAGES = {
    "counts that are no object": "UPDATE import_batches SET counts = '{\"added\": 5}'",
    "a list of rows passed over that is none": "UPDATE import_batches SET skipped = 'none'",
    "a curator that is no text": "UPDATE import_batches SET curator = x'00ff'",
    "an image that is no object": "INSERT INTO change_log (table_name, row_id, action, after, changed_at) "
    "VALUES ('samples', 1, 'insert', '[1', '2026-01-01')",
    "an action that is none": "PRAGMA ignore_check_constraints = 1; INSERT INTO change_log (table_name, row_id, action, "
    "changed_at) VALUES ('samples', 1, 'eat', '2026-01-01')",
}


@pytest.mark.parametrize("sql", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_release_with_a_history_that_nobody_wrote_is_refused(
    folder: Path, engine: sa.Engine, tmp_path: Path, sql: str
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "release-1"))
    with closing(sqlite3.connect(copy / "sse.db")) as connection:
        connection.executescript(sql)
    (copy / "SHA256SUMS").unlink()
    write_checksums(copy)
    with pytest.raises((RefusedFile, UnreadableSource)) as refusal:
        load_file(engine, copy, curator="zoe")
    problems = refusal.value.problems if isinstance(refusal.value, RefusedFile) else [refusal.value]
    assert "history in" in str(problems)
    assert list_batches(engine) == []
