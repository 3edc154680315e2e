"""Limits in a real database reach the comparison and the report's section."""

import json

import pytest
from support.engines import opened
from support.recomputed import altered_cell, numeric_columns, read_scripts
from support.tour import call

from analysis.data.targets import TARGETS
from analysis.evaluation.results import TargetResults, describe_provenance
from analysis.evaluation.runs import EvaluationPlan
from analysis.report.sections.base import read_study
from analysis.report.sections.limits import describe_limits
from analysis.studies.censoring import TREATMENTS, read_rows


@pytest.fixture(autouse=True)
def few_trees(monkeypatch):
    """One kind of trees and two scales, so that the inner folds are quick."""
    for name, values in {"DEPTHS": (2,), "ROUNDS": (10, 30), "SCALES": (0.1, 1.0)}.items():
        monkeypatch.setattr(f"analysis.studies.censoring.{name}", values)


@pytest.fixture
def engine(seeded_home):
    """The seed, with every total conductivity below 1e-6 S/cm turned into the limit that a poor instrument gives."""
    with opened(seeded_home) as database:
        with database.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE impedance_measurements SET relation = '<', conductivity_s_per_cm = 1e-6 "
                "WHERE contribution = 'total' AND relation = '=' AND conductivity_s_per_cm < 1e-6"
            )
        yield database


def test_rows_of_a_target_hold_values_and_limits(engine):
    rows = read_rows(engine, TARGETS["total"])
    below = rows.relation == "<"
    assert 0 < below.sum() == rows.limits < len(rows.y)
    assert rows.y[below] == pytest.approx(-6.0)
    assert rows.X.shape == (len(rows.y), 17)


def test_the_section_compares_all_treatments_of_targets_with_limits(engine):
    total = TargetResults("total", "log₁₀ total σ (S/cm)", 1, 1, "", "")
    bulk = TargetResults("bulk", "log₁₀ bulk σ (S/cm)", 1, 1, "", "")
    study = read_study(engine, [total, bulk], describe_provenance(engine, EvaluationPlan()))
    section = describe_limits(study)
    assert [row["limits"] for row in section.values["rows"]] == list(TREATMENTS)
    assert {row["target"] for row in section.values["rows"]} == {"total"}
    rows = read_rows(engine, TARGETS["total"])
    assert set(section.tables["limits"]["n"]) == {int((rows.relation == "=").sum())}
    assert set(section.tables["limits"]["limit_rows"]) == {rows.limits}


def test_the_section_is_recomputed_by_the_script_of_the_documentation(engine, root, tmp_path, monkeypatch):
    total = TargetResults("total", "log₁₀ total σ (S/cm)", 1, 1, "", "")
    section = describe_limits(read_study(engine, [total], describe_provenance(engine, EvaluationPlan())))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report").mkdir()
    for name, table in section.tables.items():
        table.to_csv(tmp_path / "report" / f"{name}.csv", index=False)
    (script,) = (
        each for each in read_scripts(root / "docs" / "recomputing.md") if each.reads("limits_predictions.csv")
    )
    script.compare()
    path = tmp_path / "report" / "limits.csv"
    for column in numeric_columns(path):
        with altered_cell(path, column):
            assert script.notices(), column


@pytest.mark.usefixtures("seed_home")
def test_the_command_says_where_there_is_no_limit():
    finished = call("sse-db evaluate --target total --limits")
    assert finished.returncode == 1
    assert "no value of this target is a limit" in finished.stderr


def test_the_command_names_each_treatment(engine, monkeypatch):
    monkeypatch.setattr("analysis.studies.censoring.TREATMENTS", TREATMENTS[:2])
    finished = call(f"sse-db --db {engine.url.render_as_string()} evaluate --target total --limits --json")
    assert finished.returncode == 0, finished.stderr
    assert [row["limits"] for row in json.loads(finished.stdout)["results"]] == list(TREATMENTS[:2])
