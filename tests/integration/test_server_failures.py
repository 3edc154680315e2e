"""A server that goes away, and a program that is killed: nothing is left half, and one line says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from support import postgres
from support.command_line import run
from support.engines import opened
from support.logical_dump import exact_dump

from etl.loading import load

pytestmark = pytest.mark.one_system("what a server and its sessions do; files are in test_damaged_databases.py")
SHEET = Path(__file__).parents[2] / "seed_data" / "literature" / "perovskite.csv"


@pytest.fixture
def url() -> Iterator[sa.URL]:
    made = postgres.make_database()
    yield made
    postgres.drop_database(made)


def end_sessions(url: sa.URL) -> None:
    postgres.run_as_owner(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'")


def count(url: sa.URL) -> int:
    with opened(url) as engine:
        return sum(len(rows) for rows in exact_dump(engine).values())


@pytest.fixture
def ends_meanwhile(url: sa.URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server goes away when all rows of an import are written, before they are kept."""
    keep: Callable[..., None] = load.record_counts

    def end_and_keep(*words: object) -> None:
        end_sessions(url)
        keep(*words)

    monkeypatch.setattr(load, "record_counts", end_and_keep)


@pytest.mark.usefixtures("ends_meanwhile")
def test_a_server_that_goes_away_in_the_middle_of_an_import_is_one_line_and_nothing_is_kept(url, tmp_path):
    refused = run(tmp_path, "--db", url.render_as_string(), "import", SHEET)
    assert refused.returncode == 1
    assert "went away: nothing was written" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert count(url) == 0


def test_an_import_that_is_killed_leaves_nothing_and_comes_in_again(url, tmp_path):
    words = [Path(sys.executable).with_name("sse-db"), "--db", url.render_as_string(), "import", SHEET]
    writing = (
        "SELECT count(*) FROM pg_stat_activity "
        f"WHERE datname = '{url.database}' AND xact_start IS NOT NULL AND backend_xid IS NOT NULL"
    )
    with subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ.copy()
    ) as process:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline and not postgres.ask_as_owner(writing):
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    again = run(tmp_path, "--db", url.render_as_string(), "import", SHEET)
    assert again.returncode == 0, again.stderr
    assert run(tmp_path, "--db", url.render_as_string(), "migrate", "check").returncode == 0
    assert "0 row" not in run(tmp_path, "--db", url.render_as_string(), "batches").stdout
    assert run(tmp_path, "--db", url.render_as_string(), "audit", "batch_unfinished").returncode == 0


def test_who_waits_too_long_for_another_writer_is_told_so(url, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "sse_db.dialects.postgresql.dialect.SETTINGS",
        ("SET search_path = public, pg_temp", "SET lock_timeout = '50ms'"),
    )
    with opened(url) as engine, engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("LOCK TABLE import_batches IN SHARE ROW EXCLUSIVE MODE")
        refused = run(tmp_path, "--db", url.render_as_string(), "import", SHEET)
    assert refused.returncode == 1
    assert "somebody else is writing to the database" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert count(url) == 0
