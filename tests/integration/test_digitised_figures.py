"""Points read from a figure with WebPlotDigitizer come in as a series of one sample, marked as digitised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.command_line import run
from support.intakes import make_intake, publication, sample

from etl.loading.load import load_intake

PAIRS = [(3.354, -0.9), (3.193, 0.1), (3.0, 1.3)]
"""1000/T in 1/K and log10(σT) in S K/cm."""


def project(*names: str) -> str:
    data = [{"x": 10 + x, "y": 20 - y, "value": [x, y]} for x, y in PAIRS]
    sets = [{"name": name, "axesName": "XY", "metadataKeys": [], "data": data} for name in names]
    return json.dumps({"version": [4, 2], "axesColl": [{"name": "XY", "type": "XYAxes"}], "datasetColl": sets})


OLD_PROJECT = json.dumps({"wpd": {"version": [3, 8], "dataSeries": [{"name": "A", "data": [
    {"x": 1, "y": 2, "value": list(pair)} for pair in PAIRS]}]}})  # fmt: skip
LINES = "\n".join(f"{x}, {y}" for x, y in PAIRS)
NAMED = "bulk,,total,\nX,Y,X,Y\n" + "\n".join(f"{x},{y},{x},{y - 1}" for x, y in PAIRS)


@pytest.fixture
def desk(engine: sa.Engine, tmp_path: Path) -> sa.Engine:
    source = publication(None, "Garnets", 2020)
    load_intake(engine, make_intake(source, sample(source, "A")), curator="ada")
    return engine


def bring(desk: sa.Engine, folder: Path, name: str, text: str, *words: str):
    (folder / name).write_text(text, encoding="utf-8")
    return run(folder, "--db", desk.url.render_as_string(), "import", name, *words)


AXES = ("--axes", "1000/T (1/K)", "log10(σT) (S K/cm)")


@pytest.mark.parametrize(("name", "text", "more"), [
    ("points.csv", LINES, ()), ("points.csv", LINES.replace(",", ";"), ()), ("wpd.json", project("one"), ()),
    ("wpd.json", project("one", "two"), ("--dataset", "two")), ("wpd.json", OLD_PROJECT, ()),
    ("points.csv", NAMED, ("--dataset", "bulk")),
], ids=["csv", "semicolons", "project", "one of two", "old project", "named csv"])  # fmt: skip
def test_points_are_a_series_of_the_sample(
    name: str, text: str, more: tuple[str, ...], desk: sa.Engine, tmp_path: Path
) -> None:
    done = bring(desk, tmp_path, name, text, "--sample", "A", *AXES, *more)
    assert done.returncode == 0, done.stderr
    with desk.connect() as connection:
        rows = connection.execute(sa.text(
            "SELECT temperature_c, conductivity_s_per_cm, contribution, contribution_basis, value_basis, sample_id "
            "FROM impedance_measurements ORDER BY 1"
        )).all()  # fmt: skip
    for (x, y), row in zip(PAIRS, rows, strict=True):
        assert row[0] == pytest.approx(1000 / x - 273.15, abs=1e-3)
        assert row[1] == pytest.approx(10**y / (1000 / x), rel=1e-3)
        assert tuple(row[2:]) == ("total", "assumed", "digitised", 1)


@pytest.mark.parametrize(("name", "text", "words", "told"), [
    ("wpd.json", project("one"), (), "whose points are they"),
    ("wpd.json", project("one", "two"), ("--sample", "A", *AXES), "several data sets: one, two"),
    ("wpd.json", project("one"), ("--sample", "A", *AXES, "--dataset", "x"), "no data set x"),
    ("points.csv", "1, 2\n3, a\n", ("--sample", "A", *AXES), "pairs of numbers"),
    ("points.csv", "\n", ("--sample", "A", *AXES), "no point"),
    ("points.csv", LINES, ("--sample", "A", "--axes", "colour", "σ (S/cm)"), "unknown column colour"),
    ("points.csv", LINES, AXES, "need a sample"),
    ("wpd.json", '{"datasetColl": [{"data": [{"value": [null, 1]}]}]}', ("--sample", "A", *AXES), "no project"),
], ids=["nothing said", "two sets", "no such set", "a word", "empty", "unknown axis", "no sample", "damaged"])  # fmt: skip
def test_what_is_not_understood_is_one_clear_line(
    name: str, text: str, words: tuple[str, ...], told: str, desk: sa.Engine, tmp_path: Path
) -> None:
    done = bring(desk, tmp_path, name, text, *words)
    assert done.returncode in (1, 2)
    assert told in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
