"""Template, diff, undo and log from the command line, and an import that is killed."""

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from support import homes, seed_counts
from support.command_line import run
from support.engines import opened
from support.logical_dump import logical_dump
from support.seeded import seed_path


def dump(path):
    with opened(path) as engine:
        return logical_dump(engine)


@pytest.fixture
def database(system, tmp_path, monkeypatch):
    """The address of a database with the seed, which the commands take."""
    with homes.seeded(system, tmp_path / "sse.db") as url:
        monkeypatch.setenv("SSE_DB_URL", url.render_as_string())
        yield url


def test_a_batch_is_shown_and_taken_back_and_comes_in_again(tmp_path, root, database):
    before = dump(database)
    batches = json.loads(run(tmp_path, "batches", "--json").stdout)["batches"]
    batch = max(batches, key=lambda each: each["id"])
    shown = json.loads(run(tmp_path, "diff", batch["id"], "--json").stdout)["rows"]
    assert len(shown) == sum(batch["added"].values())
    assert run(tmp_path, "undo", batch["id"], "--yes").returncode == 0
    left = run(tmp_path, "query", "SELECT count(*) FROM structural_records", "-f", "csv")
    assert left.stdout.splitlines()[1] == str(seed_counts.STRUCTURES - 1)
    again = run(tmp_path, "import", root / "seed_data" / "structures" / batch["file"])
    assert again.returncode == 0, again.stderr
    assert dump(database) == before


def test_undo_is_refused_with_the_rows_where_later_batches_built_on_it(tmp_path, make_url, monkeypatch):
    monkeypatch.setenv("SSE_DB_URL", make_url().render_as_string())
    sheet = tmp_path / "one.csv"
    head = "DOI,Sample,Formula,Temperature (°C),σ total (S/cm)\n10.1000/x,A,Li7La3Zr2O12,"
    run(tmp_path, "init")
    sheet.write_text(head + "25,1e-4\n", encoding="utf-8")
    assert run(tmp_path, "import", sheet).returncode == 0
    sheet.write_text(head + "50,3e-4\n", encoding="utf-8")
    assert run(tmp_path, "import", sheet).returncode == 0
    refused = run(tmp_path, "undo", "1", "--yes")
    assert refused.returncode == 1
    assert "batch 2" in refused.stderr
    assert run(tmp_path, "undo", "2", "--yes").returncode == 0
    assert run(tmp_path, "undo", "1", "--yes").returncode == 0
    assert run(tmp_path, "query", "SELECT count(*) FROM samples", "-f", "csv").stdout.splitlines()[1] == "0"


@pytest.mark.usefixtures("database")
def test_undo_asks_first(tmp_path):
    assert run(tmp_path, "undo", "1", stdin="n\n").returncode == 1
    assert run(tmp_path, "query", "SELECT count(*) FROM samples", "-f", "csv").stdout.splitlines()[1] == str(
        seed_counts.SAMPLES
    )


def test_a_row_changed_by_any_road_is_in_its_log(tmp_path, database):
    with opened(database) as engine, engine.begin() as connection:
        connection.exec_driver_sql("UPDATE samples SET pellet_diameter_mm = 11.5 WHERE id = 1")
    events = json.loads(run(tmp_path, "log", "samples", "1", "--json").stdout)["events"]
    assert [event["action"] for event in events] == ["insert", "update"]
    assert events[1]["after"]["pellet_diameter_mm"] == 11.5
    assert events[1]["batch_id"] is None
    assert run(tmp_path, "log", "samples", "99999").returncode == 1


def test_the_change_log_is_only_ever_added_to(database):
    with opened(database) as engine:
        for sql in ("DELETE FROM change_log", "UPDATE change_log SET action = 'delete'"):
            with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), engine.begin() as connection:
                connection.exec_driver_sql(sql)


def test_a_template_is_written_once_and_says_that_it_is_empty(tmp_path):
    assert run(tmp_path, "template", "paper.xlsx").returncode == 0
    assert run(tmp_path, "template", "paper.xlsx").returncode == 2
    assert run(tmp_path, "template", "paper.csv").returncode == 2
    empty = run(tmp_path, "validate", "paper.xlsx")
    assert empty.returncode == 1
    assert "Traceback" not in empty.stderr


def test_problems_come_back_in_the_curators_own_workbook(tmp_path, root):
    import openpyxl

    shutil.copy(root / "tests" / "data" / "sheets" / "ten_mistakes.csv", tmp_path / "ten.csv")
    result = run(tmp_path, "validate", "ten.csv", "--annotate", "marked.xlsx", "--json")
    assert result.returncode == 1
    cells = {each["cell"] for each in json.loads(result.stdout)["problems"] if each["cell"]}
    sheet = openpyxl.load_workbook(tmp_path / "marked.xlsx")["ten"]
    assert all(sheet[cell].comment is not None for cell in cells)


@pytest.mark.one_system("kills while the journal of a file is there; at a server: test_server_failures.py")
def test_imports_killed_one_after_another_leave_all_or_nothing_of_each_file_and_the_last_ends_in_the_same(
    tmp_path, root, blank_database
):
    shutil.copy(blank_database, tmp_path / "sse.db")
    for seed in range(4):
        _kill_an_import(tmp_path, root / "seed_data", random.Random(seed).uniform(0, 0.2))
        _check_that_each_batch_is_whole(tmp_path / "sse.db")
    assert run(tmp_path, "import", root / "seed_data", "--curator", "tester").returncode == 0
    assert dump(tmp_path / "sse.db") == dump(seed_path())


def _kill_an_import(folder, sources, delay):
    """Kill it some time after it began to write, so that the kill meets a transaction, not the imports of Python."""
    words = [Path(sys.executable).with_name("sse-db"), "import", str(sources), "--curator", "tester"]
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        journal = folder / "sse.db-journal"
        while not journal.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)


def _check_that_each_batch_is_whole(database):
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("SELECT count(*) FROM current_batch").fetchone() == (0,)
    for batch, counts in connection.execute("SELECT id, counts FROM import_batches").fetchall():
        logged = connection.execute(
            "SELECT count(*) FROM change_log WHERE batch_id = ? AND action = 'insert'", (batch,)
        )
        assert logged.fetchone()[0] == sum(json.loads(counts)["added"].values())
    connection.close()
