"""The command line as its users meet it: in an empty folder, on real files."""

import csv
import json
import subprocess
import sys
from functools import partial

import pandas as pd
import pytest
from support import command_line, seed_counts
from support.engines import opened
from support.logical_dump import whole_dump

from sse_db.cli.render import say_problems
from sse_db.errors import Problem


@pytest.fixture
def run(tmp_path, no_home):
    """Call sse-db in an empty folder, with no database yet; returns its exit code and what it wrote."""
    return partial(command_line.run, tmp_path)


@pytest.fixture(scope="module")
def seeded(seed_url):
    """The address of a database with the whole seed."""
    return seed_url


def dump(database):
    with opened(database) as engine:
        return whole_dump(engine)


def distinct_samples(root):
    found = set()
    for sheet in (root / "seed_data" / "literature").glob("*.csv"):
        with sheet.open(encoding="utf-8", newline="") as stream:
            found |= {(row["DOI"] or (row["Title"], row["Year"]), row["Sample"]) for row in csv.DictReader(stream)}
    return found


def test_help_names_every_command_and_imports_nothing_heavy(run):
    code = "import sys, sse_db.cli.app; print(sorted({'pandas', 'pymatgen', 'xgboost', 'sklearn', 'altair'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
    text = run("--help").stdout
    for command in ("init", "migrate", "validate", "import", "query", "export", "evaluate", "report"):
        assert f"  {command} " in text


def test_init_is_safe_to_repeat(run):
    assert run("init").returncode == 0
    second = run("init")
    assert second.returncode == 0
    assert "nothing to do" in second.stderr


def test_the_seed_has_as_many_samples_as_its_sheets(run, seeded, root):
    result = run("--db", seeded, "query", "select count(*) from samples", "--format", "csv")
    assert int(result.stdout.splitlines()[1]) == len(distinct_samples(root)) == seed_counts.SAMPLES


def test_importing_the_seed_again_changes_nothing(run, seeded, root):
    before = dump(seeded)
    result = run("--db", seeded, "import", root / "seed_data", "--json")
    assert result.returncode == 0
    batches = json.loads(result.stdout)["batches"]
    assert all(not batch["added"] and not batch["changed"] and batch["id"] is None for batch in batches)
    assert dump(seeded) == before


def test_every_row_knows_its_batch_and_every_batch_its_curator(run, seeded):
    batches = json.loads(run("--db", seeded, "batches", "--json").stdout)["batches"]
    assert {batch["curator"] for batch in batches} == {"tester"}
    for table in ("publications", "compositions", "composition_elements", "samples", "processing_steps",
                  "impedance_measurements", "activation_energies", "structural_records"):  # fmt: skip
        orphans = run("--db", seeded, "query", f"SELECT count(*) FROM {table} WHERE batch_id IS NULL", "-f", "csv")
        assert orphans.stdout.splitlines()[1] == "0", table


TEN_MISTAKES = """\
DOI,Sample,Formula,Structure class,Synthesis method,Sintering temperature (°C),Grain size (µm),Relative density (%),\
Temperature (°C),σ total (mS/cm),Confidence
10.1000/ten,A,LLZO,garnet,sol-gel,900,2,95,25,0.1,high
10.1000/ten,B,Li7La3Zr2O12,garnett,sol-gel,900,2,95,25,0.1,high
10.1000/ten,C,Li7La3Zr2O12,garnet,sol-gel,9000,2,95,25,0.1,high
10.1000/ten,D,Li7La3Zr2O12,garnet,sol-gel,900,0,95,25,0.1,high
10.1000/ten,E,Li7La3Zr2O12,garnet,sol-gel,900,2,195,25,0.1,high
10.1000/ten,F,Li7La3Zr2O12,garnet,sol-gel,900,2,95,warm,0.1,high
10.1000/ten,G,Li7La3Zr2O12,garnet,sol-gel,900,2,95,25,1e9,high
10.1000/ten,H,Li7La3Zr2O12,garnet,sol-gel,900,2,95,25,0.1,certain
not-a-doi,I,Li7La3Zr2O12,garnet,sol-gel,900,2,95,25,0.1,high
10.1000/ten,J,Li7La3(Zr2O12,garnet,sol-gel,900,2,95,25,"0.1.2",high
"""


def test_ten_mistakes_are_ten_located_problems_and_an_unchanged_database(run, tmp_path, no_home):
    sheet = tmp_path / "ten.csv"
    sheet.write_text(TEN_MISTAKES, encoding="utf-8")
    run("init")
    before = dump(no_home)
    result = run("import", sheet, "--json")
    assert result.returncode == 1
    problems = [each for each in json.loads(result.stdout)["problems"] if each["severity"] == "error"]
    cells = {"C2", "D3", "F4", "G5", "H6", "I7", "J8", "K9", "A10", "C11", "J11"}
    assert cells <= {each["cell"] for each in problems}
    for each in problems:
        assert each["file"] == "ten.csv"
        assert each["message"]
        assert each["code"]
        assert each["row"] == int("".join(filter(str.isdigit, each["cell"])))
    assert dump(no_home) == before
    validated = run("validate", sheet, "--json")
    assert validated.returncode == 1
    assert json.loads(validated.stdout)["problems"] == json.loads(result.stdout)["problems"]


ONE_VALUE = "DOI,Sample,Formula,Temperature (°C),σ total (S/cm)\n10.1000/one,A,Li7La3Zr2O12,25,{}\n"


def test_a_changed_value_is_a_conflict_refused_unless_update_is_asked_for(run, tmp_path):
    sheet = tmp_path / "one.csv"
    value = "SELECT conductivity_s_per_cm FROM impedance_measurements"
    run("init")
    sheet.write_text(ONE_VALUE.format("1e-4"), encoding="utf-8")
    assert run("import", sheet).returncode == 0
    sheet.write_text(ONE_VALUE.format("2e-4"), encoding="utf-8")
    refused = run("import", sheet, "--json")
    assert refused.returncode == 1
    conflict = json.loads(refused.stdout)["problems"][0]
    assert (conflict["code"], conflict["cell"]) == ("conflict", "E2")
    assert "is 1e-4 in the database, 2e-4 here" in conflict["message"]
    assert run("query", value, "-f", "csv").stdout.splitlines()[1] == "0.0001"
    assert run("import", sheet, "--on-conflict", "skip").returncode == 0
    assert run("query", value, "-f", "csv").stdout.splitlines()[1] == "0.0001"
    assert run("import", sheet, "--on-conflict", "update").returncode == 0
    assert run("query", value, "-f", "csv").stdout.splitlines()[1] == "0.0002"
    log = "SELECT action, batch_id FROM change_log WHERE table_name = 'impedance_measurements' ORDER BY id"
    assert run("query", log, "-f", "csv").stdout.splitlines()[1:] == ["insert,1", "update,2"]


def test_a_trial_run_writes_nothing(run, tmp_path, no_home):
    run("init")
    before = dump(no_home)
    (tmp_path / "one.csv").write_text(ONE_VALUE.format("1e-4"), encoding="utf-8")
    result = run("import", "one.csv", "--dry-run", "--json")
    assert result.returncode == 0
    assert json.loads(result.stdout)["batches"][0]["added"]["impedance_measurements"] == 1
    assert dump(no_home) == before


def test_a_folder_goes_on_after_a_refused_file_and_names_what_it_passes_over(run, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.csv").write_text(ONE_VALUE.format("nonsense"), encoding="utf-8")
    (folder / "b.csv").write_text(ONE_VALUE.format("1e-4"), encoding="utf-8")
    (folder / "notes.docx").write_bytes(b"x")
    run("init")
    result = run("import", folder)
    assert result.returncode == 1
    assert "notes.docx" in result.stderr
    assert run("query", "SELECT count(*) FROM samples", "-f", "csv").stdout.splitlines()[1] == "1"


WRONG = {
    "an unknown command": (["frobnicate"], 2),
    "an unknown option": (["init", "--frob"], 2),
    "an unknown target": (["evaluate", "--target", "gold"], 2),
    "a missing argument": (["query"], 2),
    "a database that is not there": (["query", "SELECT 1"], 1),
    "a database of another kind": (["--db", "mysql://x/y", "init"], 2),
    "a file that is not there": (["validate", "nowhere.csv"], 1),
    "an output of unknown kind": (["export", "training-set", "--target", "bulk", "-o", "x.doc"], 2),
    "a URL that is none": (["--db", "://", "init"], 2),
}


@pytest.mark.parametrize(("words", "code"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_ends_in_one_message_without_traceback(run, words, code):
    result = run(*words)
    assert result.returncode == code
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()


@pytest.mark.one_system("a file that holds no database is a file")
def test_a_file_that_is_no_database_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("SSE_DB_URL", raising=False)
    run = partial(command_line.run, tmp_path)
    (tmp_path / "sse.db").write_text("this is text, not a database, and long enough to be looked at" * 20)
    for words in (["query", "SELECT 1"], ["init"], ["import", "x.csv"]):
        result = run(*words)
        assert result.returncode == 1
        assert "Traceback" not in result.stderr


def test_text_from_data_is_never_read_as_markup(run, seeded):
    result = run("--db", seeded, "query", "SELECT '[red]see note[/red]' AS remark")
    assert "[red]see note[/red]" in result.stdout


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx", "json"])
def test_training_sets_come_in_every_format_with_the_same_rows(run, seeded, tmp_path, suffix):
    path = tmp_path / f"bulk.{suffix}"
    assert run("--db", seeded, "export", "training-set", "--target", "bulk", "-o", path).returncode == 0
    readers = {
        "csv": pd.read_csv,
        "parquet": pd.read_parquet,
        "xlsx": partial(pd.read_excel, engine="calamine"),
        "json": pd.read_json,
    }
    frame = readers[suffix](path)
    assert len(frame) == seed_counts.TRAINING["bulk"]
    assert list(frame.columns[:5]) == ["sample_id", "publication_id", "formula", "structure_class", "additive_present"]


def test_a_target_with_too_few_samples_says_how_many_are_missing(run, seeded):
    result = run("--db", seeded, "evaluate", "--target", "grain-boundary")
    assert result.returncode == 1
    assert f"{seed_counts.SHORTAGE} (17 missing)" in result.stderr


def test_migrate_check_agrees_with_a_fresh_database_and_sees_a_changed_view(run, no_home):
    run("init")
    assert run("migrate", "check").returncode == 0
    with opened(no_home) as engine, engine.begin() as connection:
        connection.exec_driver_sql("DROP VIEW training_total")
        connection.exec_driver_sql("CREATE VIEW training_total AS SELECT 1 AS sample_id")
    result = run("migrate", "check")
    assert result.returncode == 1
    assert "training_total" in result.stderr


def test_a_query_reads_standard_input_and_takes_parameters(run, seeded):
    result = run(
        "--db",
        seeded,
        "query",
        "-",
        "-p",
        "n=2",
        "-f",
        "jsonl",
        stdin="SELECT symbol FROM elements ORDER BY atomic_number LIMIT :n",
    )
    assert [json.loads(line) for line in result.stdout.splitlines()] == [{"symbol": "H"}, {"symbol": "He"}]


def test_scores_come_as_json_with_their_protocol_noise_floor_and_predictions(run, seeded, tmp_path):
    words = ["evaluate", "--target", "grain-boundary-observed", "--protocol", "leave-one-publication-out", "--seeds", 3]
    result = run("--db", seeded, *words, "--json", "-o", tmp_path / "predictions.csv")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    names = {"protocol", "limits", "model", "n", "mae", "mae_low", "mae_high", "r2", "mse", "seeds", "groups"}
    assert len(found["results"]) == 6
    for row in found["results"]:
        assert names <= set(row)
        assert (row["protocol"], row["n"], row["groups"], row["seeds"]) == ("leave one publication out", 48, 23, 1)
        assert row["mae_low"] < row["mae"] < row["mae_high"]
    assert found["noise_floor"][0]["compositions"] == 6
    predictions = pd.read_csv(tmp_path / "predictions.csv")
    assert len(predictions) == 6 * 48
    assert (predictions.groupby("fold")["publication_id"].nunique() == 1).all()


@pytest.mark.parametrize(
    "words",
    [
        ("import", ""), ("import", "paper.csv", " "), ("validate", ""), ("diff", ""), ("map", "guess", ""), ("report", "-o", ""),
        ("export", "release", "--title", ""), ("import", "paper.csv", "--map="), ("--db", "x.db", "attach", "", "--to", "sample", "1"),
    ],
)  # fmt: skip
def test_an_empty_word_is_refused_and_never_the_working_folder(run, tmp_path, words):
    (tmp_path / "paper.csv").write_text("DOI,Sample\n10.5555/one.1,A\n", encoding="utf-8")
    assert run("init").returncode == 0
    refused = run(*words)
    assert refused.returncode == 2
    assert "there is an empty word" in refused.stderr
    assert run("query", "SELECT count(*) AS n FROM publications", "-f", "csv").stdout.split() == ["n", "0"]


def test_an_empty_text_still_empties_a_column(run):
    assert run("init").returncode == 0
    run("publication", "add", "--doi", "10.5555/one.1", "--journal", "Wrong")
    assert run("publication", "edit", "10.5555/one.1", "--journal", "").returncode == 0
    assert run("query", "SELECT journal FROM publications", "-f", "csv").stdout.split("\n")[1] == '""'


def test_an_import_lists_the_first_ten_doubts_and_counts_the_others(capsys):
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    say_problems([Problem("paper.csv", f"{word} is doubtful", word, severity="doubt") for word in words])
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[2] for line in told[:-1]] == words[:10]
    assert told[-1] == "… and 2 more"
