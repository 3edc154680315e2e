"""``--engine duckdb`` gives what the database itself gives: queries, training sets, and what a report is made from."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from support.command_line import run
from support.seeded import seed_path

from analysis.data.frames import read_view
from analysis.evaluation.results import WITHOUT_SAMPLES, describe_provenance
from analysis.evaluation.runs import DEFAULT_REPORT
from sse_db.columnar import keep_copy, run_columnar
from sse_db.database.engine import open_engine
from sse_db.errors import QueryRefused
from sse_db.views import VIEWS

pytestmark = pytest.mark.one_system("reads a copy of the tables, which hold the same on both: test_same_answers.py")
ENGINES = ("sqlite", "duckdb")


def read_both(folder, *words):
    """Frame and description of a training set that each engine wrote."""
    found = []
    for engine in ENGINES:
        file = folder / f"{engine}.csv"
        done = run(folder, "--db", seed_path(), "export", "training-set", *words, "-o", file, "--engine", engine)
        assert done.returncode == 0, done.stderr
        described = list(folder.glob(f"{engine}*.json"))
        found.append((pd.read_csv(file), [json.loads(path.read_text()) for path in described], done.stderr))
    return found


@pytest.mark.parametrize("target", ["bulk", "grain-boundary-observed", "total"])
def test_a_training_set_is_the_same_and_described_the_same(tmp_path, target):
    (ours, described, told), (theirs, other, said) = read_both(tmp_path, "--target", target)
    pd.testing.assert_frame_equal(theirs, ours, check_exact=True)
    assert said == told.replace("sqlite", "duckdb")
    assert [each | {"file": None} for each in other] == [each | {"file": None} for each in described] != []


@pytest.mark.parametrize("option", ["--interpolate", "--folds", "--all-temperatures"])
def test_so_is_a_training_set_with_options(tmp_path, option):
    (ours, *_), (theirs, *_) = read_both(tmp_path, "--target", "total", option)
    pd.testing.assert_frame_equal(theirs, ours, check_exact=True)


@pytest.mark.parametrize(
    "words", [["best_conductors"], ["values_of_formula", "-p", "formula=LLZO"], ["SELECT 5 / 2 AS n"]]
)
def test_a_query_prints_the_same(tmp_path, words):
    told = [run(tmp_path, "--db", seed_path(), "query", *words, "--json", "--engine", engine) for engine in ENGINES]
    assert told[0].returncode == 0
    assert (told[1].stdout, told[1].stderr) == (told[0].stdout, told[0].stderr)


def test_a_report_is_made_from_the_same_data():
    """To the last bit: a difference in the sixteenth digit decides ties between parameters and between neighbours."""
    found, frames = [], []
    for engine in ENGINES:
        opened = open_engine(str(seed_path()))
        if engine == "duckdb":
            keep_copy(opened)
        found.append(describe_provenance(opened, DEFAULT_REPORT))
        frames.append({name: read_view(opened, name) for name in VIEWS if name not in WITHOUT_SAMPLES})
        opened.dispose()
    assert found[1] == found[0]
    for name, frame in frames[0].items():
        pd.testing.assert_frame_equal(frames[1][name], frame, check_exact=True, obj=name)


def test_a_query_stopped_in_duckdb_is_not_told_of_duckdb():
    engine = open_engine(str(seed_path()))
    with pytest.raises(QueryRefused, match="stopped after") as refusal:
        run_columnar(engine, "SELECT count(*) FROM range(1000000000000) AS a (i) WHERE i % 7 = 3", time_limit_s=0.1)
    engine.dispose()
    assert refusal.value.hint == "ask for less, or raise --time-limit"
