"""All temperatures on a user's own copy of the Liverpool data set: on a simulated table in its shape everywhere, on the
true one where it lies beside the checkout."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from support.simulated import simulate
from support.tour import call

from analysis.data.all_temperatures import OUTPUT
from analysis.models.two_stage import find_energies, shift
from sse_db.errors import NothingToLearnFrom, RefusedFile, UnreadableSource
from sse_db.modelling import benchmark_liverpool
from sse_db.notebook.liverpool import read_liverpool

pytestmark = pytest.mark.one_system("reads a table into a file of its own, whatever database there is")
HEADERS = ("ID", "composition", "source", "temperature", "target", "log_target", "family", "ChemicalFamily")
TEMPERATURES = (25, 50, 75, 100, 125)
FILE = "LiIonDatabase.csv"


def write_table(path, temperatures=TEMPERATURES, papers=20):
    """A table in the shape of the data set, with activation energies that follow the electronegativity."""
    frame, random = simulate(0).drop_duplicates(["publication_id", "formula"]), np.random.default_rng(0)
    frame = frame[frame["publication_id"].le(papers)]
    chosen = frame["electronegativity"]
    energies = 0.4 + 0.1 * (chosen - chosen.mean()) / chosen.std()
    rows = []
    for row, energy in zip(frame.to_dict("records"), energies, strict=True):
        moves = shift(np.array(temperatures, float), np.full(len(temperatures), energy))
        for temperature, move in zip(temperatures, moves, strict=True):
            value = row["log10_bulk_conductivity"] + move + random.normal(0, 0.05)
            source = f"10.5555/simulated.{row['publication_id']}"
            rows.append(
                (len(rows) + 1, row["formula"], source, temperature, f"{10**value:.4g}", value, "Garnet", "#N/A")
            )
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([("Terms",), ("Citation",), (), HEADERS, *rows])
    return energies


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("liverpool") / FILE
    write_table(path)
    return path


def test_a_copy_gives_every_measurement_and_its_activation_energies(table, tmp_path):
    energies = write_table(tmp_path / "again.csv")
    rows, about = read_liverpool(table)
    assert about["measurements"] == len(rows) == len(TEMPERATURES) * len(energies)
    assert about["left_out"] == []
    assert set(rows["contribution"]) == {"unspecified"}
    assert rows[["li_ratio", "electronegativity", OUTPUT]].notna().all().all()
    assert np.median(np.abs(np.sort(find_energies(rows)) - np.sort(energies))) < 0.02


def test_python_and_command_line_score_a_copy_alike_at_25_degrees_and_elsewhere(table, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = call(f"sse-db benchmark liverpool {table} -o errors.csv --json")
    assert outcome.returncode == 0, outcome.stderr
    told = json.loads(outcome.stdout)
    found = benchmark_liverpool(table)
    assert told == json.loads(json.dumps(found.as_json()))
    scores = found.scores.set_index(["where", "known", "model"])
    assert scores.loc[("25 °C", 0)].index.tolist() == ["xgboost", "median", "all temperatures"]
    assert scores.loc[("other temperatures", 1, "all temperatures"), "difference_high"] < 0
    assert not (tmp_path / "sse.db").exists()


def test_what_is_no_copy_or_has_no_series_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableSource, match="there is no file nowhere"):
        benchmark_liverpool("nowhere.csv")
    Path("other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(RefusedFile):
        benchmark_liverpool("other.csv")
    write_table(Path("short.csv"), (25, 60))
    with pytest.raises(NothingToLearnFrom, match="0 publications have a series of 4 or more temperatures"):
        benchmark_liverpool("short.csv")
    for words, code in (("nowhere.csv", 1), ("other.csv", 1), ("short.csv", 1), ("short.csv --seeds 0", 2)):
        outcome = call(f"sse-db benchmark liverpool {words}")
        assert (outcome.returncode, outcome.stdout) == (code, ""), words
        assert "Traceback" not in outcome.stderr


def test_the_true_data_set_is_read_and_scored(shared_data):
    path = shared_data / "liverpool" / FILE
    if not path.is_file():
        pytest.skip(f"no {FILE} in {path.parent.name}: its licence lets nobody pass it on, download it yourself")
    found = benchmark_liverpool(path)
    assert found.about["measurements"] > 700
    assert {"25 °C", "other temperatures"} == set(found.scores["where"])
    assert found.scores["mae"].between(0.05, 3).all()
