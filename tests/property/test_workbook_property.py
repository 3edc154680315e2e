"""Any filled workbook is refused with a located reason, or goes through an export without loss."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.engines import opened

from etl.drafts import Intake
from etl.loading.load import load_intake
from etl.pipeline import examine_file, load_file
from etl.sheets.workbook import WORKBOOK
from etl.workbooks.export import export_workbook
from etl.workbooks.filled import rows_of
from etl.workbooks.template import write_workbook
from sse_db.columns import vocabulary_of

NUMBERS = ["1", "2.5e-4", "~3e-5", "<1e-10", "1.2(3)e-4", "(4±1)e-3", "1–3", "95", "900", "298 K", "RT", "0.3 mS/cm",
           "3,2e-4", "7.1 × 10⁻⁴", "-20", "1e30", "abc", "20 nm", "n.r."]  # fmt: skip
RIGHT_NUMBERS = {
    "conductivity_s_per_cm": [
        "1",
        "2.5e-4",
        "~3e-5",
        "<1e-10",
        "1.2(3)e-4",
        "(4±1)e-3",
        "0.3 mS/cm",
        "7.1 × 10⁻⁴",
        "n.r.",
    ],
    "activation_energy_ev": ["0.3", "~0.31", "<1", "0.30(2)", "0.4±0.1", "28.9 kJ/mol", "n.r."],
    "temperature_c": ["25", "298 K", "-20", "900", "n.r."],
    "grain_size_um": ["1", "~3", "<1", "1–3", "20 nm", "1.2±0.3"],
    "relative_density_percent": ["95", "~95", ">95", "95±1"],
    "year": ["2019", "n.r."],
    "position": ["1", "2", "3"],
}
"""Texts that columns take; the other columns of numbers take the second list."""
PLAIN_NUMBERS = ["1", "2.5", "3,2", "20", "n.r."]
WORDS = ["x", "Li2O", "none", "a, b; c", 'O\'Brien "quoted"', "=1+1", "ä µ σ", "10.1000/two", "  two  blanks "]
RIGHT_WORDS = {
    "formula_as_written": ["Li7La3Zr2O12", "Li1+xAlxTi2-x(PO4)3, x=0.3", "Li₀.₃₃La₀.₅₇TiO₃"],
    "space_group_symbol": ["R-3c", "Ia-3d", "n.r."],
    "url": ["https://example.org/a?b=c", "n.r."],
    "reviewed_by": ["eve"], "reviewed_at": ["2026-01-01"],
}  # fmt: skip
WRONG = ["nonsense", "LLZO", *NUMBERS[-4:], *WORDS]
OFTEN = 40
"""How many times as often a text that its column takes is drawn as one that it may refuse."""


def texts_for(column: Any) -> st.SearchStrategy[str]:
    """Cells that a curator might put into a column: mostly right ones, or few workbooks would get beyond the check."""
    vocabulary, name = vocabulary_of(column.schema_column), column.column
    if vocabulary is not None:
        right = [str(term.value) for term in vocabulary]
    elif str(column.schema_column.type) in ("FLOAT", "INTEGER"):
        right = RIGHT_NUMBERS.get(name, PLAIN_NUMBERS)
    else:
        right = RIGHT_WORDS.get(name, WORDS)
    return st.integers(0, OFTEN).flatmap(lambda place: st.sampled_from(right if place else WRONG))


def rows_for(name: str, fixed: dict[str, str]) -> st.SearchStrategy[dict[str, str]]:
    free = {column: texts for column, texts in columns_of(name).items() if column not in (*fixed, "Publication")}
    some = st.lists(st.sampled_from(sorted(free)), max_size=4, unique=True)
    return some.flatmap(lambda names: st.fixed_dictionaries({each: free[each] for each in names})).map(
        lambda row: {**row, **fixed}
    )


@cache
def columns_of(name: str) -> dict[str, st.SearchStrategy[str]]:
    columns = next(each for each in WORKBOOK if each.name == name).columns
    return {column.name: texts_for(column) for column in columns}


@st.composite
def workbooks(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    labels = draw(st.lists(st.sampled_from(["A", "B", "x = 0.1", "Li+"]), min_size=1, max_size=3, unique=True))
    sample = st.sampled_from(labels)
    values = st.sampled_from(RIGHT_NUMBERS["conductivity_s_per_cm"])
    steps, points = draw(st.integers(0, 2)), draw(st.integers(0, 3))
    return {
        "Publication": [draw(rows_for("Publication", {"DOI": "10.1000/one"}))],
        "Samples": [draw(rows_for("Samples", {"Sample": label})) for label in labels],
        "Processing": [
            draw(rows_for("Processing", {"Sample": draw(sample), "Step": str(place + 1), "Operation": operation}))
            for place, operation in enumerate(["calcination", "sintering"][:steps])
        ],
        "Measurements": [
            draw(
                rows_for("Measurements", {"Sample": draw(sample), "σ total": draw(values), "Temperature": temperature})
            )
            for temperature in ["25", "RT", "323 K", "-20"][:points]
        ],
    }


def contents(intake: Intake) -> dict[Any, Any]:
    return {
        (table, draft.key): ({k: v for k, v in draft.values.items() if v not in (None, "")}, draft.parents)
        for table, drafts in intake.drafts.items()
        for draft in drafts
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workbooks")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(rows=workbooks())
def test_workbook_is_refused_in_a_cell_or_survives_the_export(rows: dict[str, Any], folder: Path) -> None:
    write_workbook(folder / "first.xlsx", rows)
    intake, findings = examine_file(folder / "first.xlsx")
    if findings.errors:
        assert all(problem.cell for problem in findings.errors)
        return
    write_workbook(folder / "second.xlsx", rows_of(intake))
    again, later = examine_file(folder / "second.xlsx")
    assert not later.errors
    assert contents(again) == contents(intake)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(rows=workbooks())
def test_generated_database_goes_out_and_comes_back_unchanged(
    rows: dict[str, Any], folder: Path, blank_database: Path
) -> None:
    write_workbook(folder / "first.xlsx", rows)
    intake, findings = examine_file(folder / "first.xlsx")
    if findings.errors:
        return
    shutil.copyfile(blank_database, folder / "sse.db")
    with opened(folder / "sse.db") as engine:
        load_intake(engine, intake, curator="ada")
        export_workbook(engine, folder / "second.xlsx")
        report = load_file(engine, folder / "second.xlsx", curator="ada")
        assert [(each.name, each.before, each.after) for each in report.changes if each.outcome != "unchanged"] == []
