"""``--on-conflict skip`` skips the values in dispute and nothing else, and says which."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.intakes import composition, make_intake, measurement, publication, sample

from etl.loading.load import load_intake
from etl.pipeline import load_file

DESK = Path(__file__).parents[1] / "data" / "desk"


def values(engine, sql):
    with engine.connect() as connection:
        return [tuple(each) for each in connection.execute(sa.text(sql))]


@pytest.fixture
def two_curators(engine, tmp_path):
    reports = []
    for name, curator in (("w05_ada.csv", "ada"), ("w05_bob.csv", "bob")):
        path = Path(shutil.copy(DESK / name, tmp_path))
        reports.append(load_file(engine, path, curator=curator, on_conflict="skip"))
    return engine, reports[1]


def test_densities_stay_and_grain_sizes_come_in(two_curators):
    engine, _ = two_curators
    found = values(engine, "SELECT relative_density_percent, grain_size_um FROM samples ORDER BY id")
    assert found == [(95.0, 2.0), (96.0, 3.0)]


def test_the_report_and_the_batch_name_what_was_skipped(two_curators):
    engine, report = two_curators
    told = [doubt for doubt in report.doubts if doubt.code == "conflict"]
    assert len(told) == 2
    assert all("relative_density_percent is" in doubt.message and doubt.hint.startswith("skipped") for doubt in told)
    assert [each["message"] for each in report.as_dict()["not_taken"]] == [doubt.message for doubt in told]
    ((skipped,),) = values(engine, "SELECT skipped FROM import_batches WHERE curator = 'bob'")
    assert [each["reason"] for each in json.loads(skipped)] == [doubt.message for doubt in told]


def test_the_same_file_again_changes_nothing_more(two_curators, tmp_path):
    engine, _ = two_curators
    assert load_file(engine, tmp_path / "w05_bob.csv", curator="bob", on_conflict="skip").id is None


def test_what_belongs_to_a_skipped_value_stays_with_it(engine):
    source = publication()
    first = sample(source, "A", "Li3N")
    load_intake(engine, make_intake(source, composition("Li3N"), first, measurement(first, 1e-4)), curator="ada")
    other = sample(source, "A", "Li7La3Zr2O12", remark="dense")
    value = measurement(other, 2e-4, relation="<", source_location="Fig. 3", remark="by eye")
    load_intake(
        engine, make_intake(source, composition("Li7La3Zr2O12"), other, value), curator="bob", on_conflict="skip"
    )
    assert values(engine, "SELECT formula_as_written, remark FROM samples") == [("Li3N", "dense")]
    assert values(engine, "SELECT formula FROM compositions") == [("Li3N",)]
    assert values(engine, "SELECT conductivity_s_per_cm, relation, source_location, remark FROM impedance_measurements") == [
        (1e-4, "=", None, "by eye")
    ]  # fmt: skip
