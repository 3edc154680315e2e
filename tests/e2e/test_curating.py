"""Publications and samples from the command line: flags, JSON, exit codes, and questions at a terminal."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.command_line import run
from support.engines import opened
from support.logical_dump import logical_dump

from sse_db.cli import publication, sample
from sse_db.schema import metadata

SSE_DB = Path(sys.executable).with_name("sse-db")


@pytest.fixture
def desk(tmp_path, seeded_home, monkeypatch):
    """A folder in which commands find a database that holds the seed."""
    monkeypatch.setenv("SSE_DB_CURATOR", "eve")
    return tmp_path


def dump(database):
    with opened(database) as engine:
        return logical_dump(engine)


def read(folder, *words):
    finished = run(folder, *words, "--json")
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def find_sample(folder, label):
    return next(each for each in read(folder, "sample", "list", "--search", label)["samples"] if each["label"] == label)


def test_a_sample_is_added_shown_corrected_removed_and_all_taken_back(desk, seeded_home):
    before = dump(seeded_home)
    new = read(desk, "publication", "add", "--doi", "10.1000/new", "--title", "New", "--year", "2024")
    added = read(
        desk, "sample", "add", "--publication", "10.1000/new", "--label", "LLZO-1", "--formula", "Li7La3Zr2O12",
        "--step", "sintering: temperature = 1230; time = 12", "--measurement", "total @ 25 = 1e-4",
        "--measurement", "total @ 50 = 3e-4", "--measurement", "total @ 75 = 8e-4",
    )  # fmt: skip
    page = read(desk, "sample", "show", str(added["id"]))
    assert page["composition"]["elements"] == {"Li": 7, "La": 3, "Zr": 2, "O": 12}
    assert {fit["form"] for fit in page["arrhenius"]} == {"sigma_t", "sigma"}
    assert page["arrhenius"][0]["activation_energy_ev"] == pytest.approx(0.4, abs=0.05)
    assert {"id": added["batch"], "curator": "eve"}.items() <= page["batches"][-1].items()
    edited = read(desk, "sample", "edit", "LLZO-1", "--measurement", "total @ 25 = 1.1e-4", "--curator", "ada")
    assert edited["changed"] == {"impedance_measurements": 1}
    assert read(desk, "sample", "show", "LLZO-1")["history"][0]["curator"] == "ada"
    refused = run(desk, "sample", "remove", "LLZO-1", "--yes")
    assert refused.returncode == 1
    assert "total · 75 °C" in refused.stderr
    gone = read(desk, "sample", "remove", "LLZO-1", "--take-along", "--yes")
    assert gone["removed"]["impedance_measurements"] == 3
    for batch in (gone, edited, added, new):
        assert run(desk, "undo", batch["batch"], "--yes").returncode == 0
    assert dump(seeded_home) == before


def test_the_page_of_a_sample_holds_everything_about_it(desk):
    shown = run(desk, "sample", "show", find_sample(desk, "Z-0.1")["id"])
    for words in ("10.1016/j.ceramint.2020.06.143", "Li1.3Al0.3Ti1.6Zr0.1P3O12", "sintering", "abstract",
                  "Arrhenius fits", "0.63", "nasicon.csv 44", "tester"):  # fmt: skip
        assert words in shown.stdout, words


def test_a_publication_is_reviewed_and_listed_by_its_state(desk):
    assert read(desk, "publication", "list", "--review-state", "reviewed")["publications"] == []
    assert (
        run(desk, "publication", "edit", "10.1016/j.ceramint.2020.06.143", "--review-state", "reviewed").returncode == 0
    )
    (row,) = read(desk, "publication", "list", "--review-state", "reviewed")["publications"]
    page = read(desk, "publication", "show", row["id"])
    assert page["publication"]["reviewed_by"] == "eve"
    assert len(page["samples"]) == row["samples"]


def test_mistakes_name_the_flag_and_leave_the_database_as_it_was(desk, seeded_home):
    before = dump(seeded_home)
    refused = run(desk, "sample", "edit", "1", "--structure-class", "garnat", "--grain-size", "3 km")
    assert refused.returncode == 1
    assert "--structure-class: garnat is not a word" in refused.stderr
    assert "did you mean garnet?" in refused.stderr
    assert "--grain-size" in refused.stderr
    refused = run(desk, "sample", "edit", "1", "--phase", "cristal", "--json")
    assert refused.returncode == 1
    (problem,) = json.loads(refused.stdout)["problems"]
    assert (problem["cell"], problem["hint"]) == ("--phase", "did you mean crystal?")
    assert run(desk, "sample", "edit", "1").returncode == 2
    assert run(desk, "sample", "edit", "1", "--measurement", "bulk").returncode == 2
    assert run(desk, "sample", "show", "no such sample").returncode == 1
    assert run(desk, "publication", "remove", "1", "--take-along", stdin="n\n").returncode == 1
    assert dump(seeded_home) == before


def test_duplicates_are_merged_and_taken_back(desk, seeded_home):
    before = dump(seeded_home)
    proposed = [row for row in read(desk, "audit", "duplicates") if row["table_name"] == "compositions"]
    pair = (proposed[0]["row_id"], proposed[0]["other_id"])
    merged = read(desk, "merge", "compositions", *pair)
    assert merged["removed"]["compositions"] == 1
    assert all(row["table_name"] != "compositions" for row in read(desk, "audit", "duplicates"))
    assert run(desk, "undo", merged["batch"], "--yes").returncode == 0
    assert dump(seeded_home) == before
    samples = [row for row in read(desk, "audit", "duplicates") if row["table_name"] == "samples"]
    refused = run(desk, "merge", "samples", samples[-1]["row_id"], samples[-1]["other_id"])
    assert refused.returncode == 1
    assert "disagree" in refused.stderr


def test_the_conflicts_end_with_the_spread_between_papers(desk):
    assert "spread between papers, total: median 0." in run(desk, "audit", "conflicts").stderr


def test_flags_stand_for_columns_of_their_tables():
    for table, columns in (("publications", publication.COLUMNS), ("samples", sample.COLUMNS)):
        assert set(columns) <= set(metadata.tables[table].columns.keys())


def talk(folder, words, answers):
    """Call the command at a pseudo-terminal and answer its questions in order; returns all that was on the screen."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [SSE_DB, *words], cwd=folder, stdin=slave, stdout=slave, stderr=slave, close_fds=True
    ) as process:
        os.close(slave)
        screen, waiting, deadline = "", list(answers), time.monotonic() + 120
        while time.monotonic() < deadline:
            if select.select([master], [], [], 0.1)[0]:
                try:
                    read = os.read(master, 65536).decode()
                except OSError:
                    break
                if not read:
                    break
                screen += read
            if waiting and screen.rstrip(" ").endswith(":"):
                os.write(master, (waiting.pop(0) + "\n").encode())
                screen += "\n"
        assert process.wait(10) == 0, screen
    os.close(master)
    return screen


def test_at_a_terminal_it_asks_and_asks_again_after_a_slip(desk):
    answers = ["10.1000/ASKED", "A title", "", "", "", "in press", "2024", "", "", "", ""]
    screen = talk(desk, ["publication", "add"], answers)
    assert "in press is no whole number" in screen
    page = read(desk, "publication", "show", "10.1000/asked")["publication"]
    assert (page["title"], page["year"], page["kind"]) == ("A title", 2024, "article")
