"""Slips of a modeller end in one sentence, before anything heavy is loaded or computed, and with the right exit code."""

import shutil
import sqlite3
import subprocess
import sys

import pytest
from support import seed_counts
from support.tour import call

from analysis.data.arrhenius import compare_energies, fit_all
from analysis.data.frames import read_view
from analysis.models.extended import EVERY_CANDIDATE
from sse_db.cli.choices import ModelName
from sse_db.database.engine import open_engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a file and a folder in the way."""
    place = tmp_path_factory.mktemp("slips")
    (place / "t.csv").write_text("somebody's table", encoding="utf-8")
    (place / "taken.csv").mkdir()
    return place


@pytest.fixture
def here(folder, seed_home, monkeypatch):
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="module")
def empty(blank_url):
    """The address of a database without rows."""
    return blank_url.render_as_string()


IN_THE_WAY = {
    "a report in a file": "report -o t.csv",
    "a report below a file": "report -o t.csv/report",
    "a release in a file": "export release t.csv",
    "a release below a file": "export release t.csv/release",
    "a training set in a folder": "export training-set -t bulk -o taken.csv",
    "a training set below a file": "export training-set -t bulk -o t.csv/set.csv",
    "a model in a folder": "train -t total -o taken.csv --force",
    "a model below a file": "train -t total -o t.csv/a.model",
    "predictions in a folder": "evaluate -t total -o taken.csv",
    "predictions below a file": "evaluate -t total -o t.csv/a.csv",
    "a benchmark in a folder": "benchmark obelix nowhere -o taken.csv",
    "rows of a query below a file": "query 'SELECT 1' -o t.csv/rows.csv",
    "rows of an audit in a folder": "audit conflicts -o taken.csv",
}


@pytest.mark.parametrize("words", IN_THE_WAY.values(), ids=IN_THE_WAY.keys())
def test_an_output_that_cannot_be_written_is_refused_first(here, words, monkeypatch):
    monkeypatch.setattr("analysis.evaluation.runs.run_units", lambda *_, **__: pytest.fail("something was computed"))
    outcome = call(f"sse-db {words}")
    assert outcome.returncode == 2, outcome.stderr
    assert ("is a file" in outcome.stderr) or ("is a folder" in outcome.stderr)
    assert (here / "t.csv").read_text(encoding="utf-8") == "somebody's table"


USAGE = {
    "predict model.zip": "give either a FILE or --formula",
    "predict model.zip nofile.csv": "there is no file model.zip",
    "evaluate -t bulk --limits": "no value of this target is a limit",
    "evaluate -t bulk --mode complete": "target bulk with every descriptor known: 0 of the 20 samples wanted",
    "train -t grain-boundary -o gb.model": f"target grain-boundary: {seed_counts.SHORTAGE}",
    "--db EMPTY report": "the database holds no sample",
    "report -o t.csv": "t.csv is a file, no folder",
}
HEAVY = ("sklearn", "xgboost", "altair", "scipy.stats")


def test_slips_are_told_before_anything_heavy_is_loaded(here, root, empty):
    usage = {words.replace("EMPTY", empty): message for words, message in USAGE.items()}
    script = (
        "import sys\n"
        f"sys.path[:0] = [{str(root)!r}, {str(root / 'tests')!r}]\n"
        "from support.tour import call\n"
        f"for words, message in {usage!r}.items():\n"
        "    outcome = call('sse-db ' + words)\n"
        "    assert outcome.returncode and message in outcome.stderr, (words, outcome.stderr)\n"
        f"    loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "    assert not loaded, (words, loaded)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_energies_without_any_fitted_series_compare_to_nothing(empty, seed_url):
    engine = open_engine(empty)
    nothing = compare_energies(
        fit_all(read_view(engine, "measurement_points")), read_view(engine, "reported_activation_energies")
    )
    engine.dispose()
    engine = open_engine(seed_url)
    reported = read_view(engine, "reported_activation_energies")
    no_series = compare_energies(fit_all(read_view(engine, "measurement_points").head(0)), reported)
    engine.dispose()
    assert len(reported) > 0
    assert nothing.empty
    assert no_series.empty


def test_an_empty_database_is_reported_in_one_sentence(here, empty):
    outcome = call(f"sse-db --db {empty} report -o nothing")
    assert outcome.returncode == 1
    assert "the database holds no sample: there is nothing to report" in outcome.stderr
    assert not (here / "nothing").exists()


def test_a_release_of_an_empty_database_warns(here, empty):
    outcome = call(f"sse-db --db {empty} export release bare")
    assert outcome.returncode == 0, outcome.stderr
    assert "warning: training sets without any row: bulk" in outcome.stderr
    shutil.rmtree("bare")


def test_the_models_of_the_command_line_are_the_candidates():
    assert [name.value for name in ModelName] == list(EVERY_CANDIDATE)


def test_targets_may_be_written_with_underscores_and_unknown_ones_are_told_with_all_names(here):
    assert call("sse-db export training-set -t grain_boundary_observed -o observed.csv").returncode == 0
    outcome = call("sse-db evaluate -t gold")
    assert outcome.returncode == 2
    assert "grain-boundary-observed" in outcome.stderr


def test_help_and_errors_name_the_same_suffixes_and_every_model(here, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    outcome = call("sse-db export training-set -t bulk -o bulk.doc")
    assert outcome.returncode == 2
    suffixes = ".csv, .json, .jsonl, .parquet, .xlsx"
    assert suffixes in outcome.stderr
    assert suffixes in call("sse-db export training-set --help").stdout
    assert "svr-linear" in call("sse-db train --help").stdout
    assert "list[" not in call("sse-db evaluate --help").stdout


@pytest.mark.one_system("files that hold no database are files")
def test_a_file_that_is_no_database_is_told_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    here = tmp_path
    (here / "text.db").write_text("no database at all " * 50, encoding="utf-8")
    outcome = call("sse-db --db text.db query 'SELECT 1'")
    assert outcome.returncode == 1
    assert "not a database" not in outcome.stderr
    assert "text.db is not an SQLite database" in outcome.stderr
    with sqlite3.connect(here / "other.db") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    assert "holds no sse-db schema" in call("sse-db --db other.db query 'SELECT 1'").stderr
