"""Databases that are not what a command needs: each is told in one sentence, and nothing is changed."""

import contextlib
import ctypes
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from support.command_line import run
from support.seeded import copy_seed

SHEET = "DOI,Sample,Formula,σ total (S/cm),T (°C)\n10.5555/one.1,A,Li7La3Zr2O12,1e-4,25\n"

pytestmark = pytest.mark.one_system("files that are damaged, locked, or lie where nobody may write")


@pytest.fixture
def here(tmp_path: Path, blank_database: Path) -> Path:
    shutil.copyfile(blank_database, tmp_path / "sse.db")
    (tmp_path / "one.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "two.csv").write_text(SHEET.replace(",A,", ",B,"), encoding="utf-8")
    (tmp_path / "three.csv").write_text(SHEET.replace(",A,", ",C,"), encoding="utf-8")
    return tmp_path


@contextlib.contextmanager
def as_a_stranger():
    """The rights of a user who owns nothing, also where tests run as root; of no effect where they do not."""
    change = ctypes.CDLL(None).setfsuid
    change(65534)
    try:
        yield
    finally:
        change(os.geteuid())


@contextlib.contextmanager
def read_only(folder: Path):
    """A folder in which nothing can be made or written."""
    folder.chmod(0o555)
    for path in folder.iterdir():
        path.chmod(0o444)
    try:
        with as_a_stranger():
            yield
    finally:
        folder.chmod(0o755)


@pytest.fixture
def open_folder(here: Path):
    """A copy of the folder in a place that other users can reach, as they cannot reach pytest's."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        for path in here.iterdir():
            shutil.copyfile(path, Path(place, path.name))
        yield Path(place)


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def refusal(folder: Path, *words: object) -> str:
    outcome = run(folder, *words)
    assert outcome.returncode in (1, 2), outcome.stdout
    assert "Traceback" not in outcome.stderr
    return outcome.stderr


def test_a_truncated_file_leads_to_a_backup(tmp_path):
    path = copy_seed(tmp_path)
    path.write_bytes(path.read_bytes()[:40_000])
    assert "restore a backup" in refusal(tmp_path, "--db", path, "query", "SELECT count(*) FROM change_log")
    (tmp_path / f"{path.name}.0003.backup").write_bytes(b"")
    assert f"restore a backup: {path.name}.0003.backup" in refusal(
        tmp_path, "--db", path, "query", "SELECT count(*) FROM change_log"
    )


def test_an_exclusive_lock_of_another_program_is_told_as_such(here, monkeypatch):
    monkeypatch.setattr("sse_db.dialects.sqlite.dialect.BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr("sse_db.dialects.sqlite.reading.BUSY_TIMEOUT_MS", 50)
    with closing(sqlite3.connect(here / "sse.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for words in (("query", "SELECT 1"), ("import", "one.csv"), ("init",)):
            told = refusal(here, *words)
            assert "another process is writing to the database" in told
            assert "try again" in told


@pytest.mark.parametrize(
    "words",
    [("import", "three.csv"), ("undo", "2", "--yes"), ("migrate", "downgrade", "0003"), ("merge", "samples", "1", "2"),
     ("sample", "edit", "A", "--grain-size", "2")],
    ids=["import", "undo", "downgrade", "merge", "edit"],
)  # fmt: skip
def test_a_folder_that_cannot_be_written_is_told(open_folder, words):
    here = open_folder
    assert run(here, "import", "one.csv", "two.csv").returncode == 0
    refusal(here, "sample", "edit", "no such sample", "--grain-size", "2")  # loads what the commands need
    refusal(here, "undo", "99", "--yes")
    before = (here / "sse.db").read_bytes()
    with read_only(here):
        told = refusal(here, *words)
    assert "sse.db cannot be" in told
    assert (here / "sse.db").read_bytes() == before


def test_reading_works_in_a_folder_that_cannot_be_written(open_folder):
    here = open_folder
    assert run(here, "import", "one.csv").returncode == 0
    execute(here / "sse.db", "PRAGMA journal_mode = wal")
    counting = ("query", "SELECT count(*) FROM samples", "-f", "csv")
    assert run(here, *counting).stdout.split() == ["count(*)", "1"]
    for left in here.glob("sse.db-*"):
        left.unlink()
    with read_only(here):
        outcome = run(here, *counting)
        told = refusal(here, "import", "two.csv")
    assert (outcome.stdout.split(), outcome.stderr) == (["count(*)", "1"], "")
    assert "sse.db cannot be" in told


@pytest.mark.parametrize(
    "url", ["sqlite://", ":memory:", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"]
)
def test_a_database_that_would_not_be_kept_is_refused(tmp_path, url):
    assert "nothing would be kept" in refusal(tmp_path, "--db", url, "init")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite://e.db", "sqlite://e.db names no file"),
        ("sqlite:/e.db", "sqlite:/e.db names no file"),
        ("file:e.db", "write e.db, or sqlite:///e.db"),
        ("sqlite:///e.db?mode=ro", "what stands behind the ? is not understood"),
        ("   ", "the name of the database is blank"),
        ("x" * 300, "File name too long"),
    ],
)
def test_what_names_no_file_makes_none(tmp_path, url, told):
    for words in (("init",), ("query", "SELECT 1")):
        assert told in refusal(tmp_path, "--db", url, *words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["~/x.db", "sqlite:///~/x.db"])
def test_the_home_folder_has_its_short_name(tmp_path, monkeypatch, text):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SSE_DB_URL", text)
    assert run(tmp_path, "init").returncode == 0
    assert (tmp_path / "x.db").is_file()
    assert run(tmp_path, "query", "SELECT 1").returncode == 0


@pytest.mark.parametrize("words", [("init",), ("query", "SELECT 1"), ("import", "one.csv")])
def test_a_folder_that_is_not_there_is_named(here, words):
    assert "there is no folder nodir" in refusal(here, "--db", "nodir/x.db", *words)
    assert "is a folder, no database" in refusal(here, "--db", here, *words)


OWN = (
    "CREATE VIEW my_best AS SELECT label FROM samples",
    "CREATE TRIGGER my_watch AFTER INSERT ON samples BEGIN SELECT 1; END",
    "CREATE TABLE my_notes (text)",
    "CREATE INDEX my_index ON samples (label)",
)


def test_views_and_triggers_of_a_users_own_survive_migrations(here):
    execute(here / "sse.db", *OWN)
    assert run(here, "migrate", "downgrade", "0002").returncode == 0
    assert run(here, "migrate", "upgrade").returncode == 0
    with closing(sqlite3.connect(here / "sse.db")) as connection:
        kept = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name LIKE 'my!_%' ESCAPE '!' ORDER BY name"
        ).fetchall()
    assert {sql for (sql,) in kept} == set(OWN)
