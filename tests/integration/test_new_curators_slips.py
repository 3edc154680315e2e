"""Slips of somebody who types a first paper by hand: each is one line that leads on, and the database stays as it was."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.command_line import run
from support.intakes import make_intake, measurement, publication, sample
from support.logical_dump import exact_dump

from etl.loading.load import load_intake
from etl.pipeline import examine_file
from sse_db.errors import Problem

ROW = {
    "DOI": "10.5555/odd.1", "Sample": "A", "Formula": "Li6.4La3Zr1.4Ta0.6O12", "Additive": "none",
    "Additive content (wt%)": "", "Synthesis method": "solid state", "Relative density (%)": "95", "T (°C)": "25",
    "Contribution": "total", "σ (S/cm)": "3e-4", "Ea total (eV)": "0.4",
}  # fmt: skip


@pytest.fixture
def paper(engine: sa.Engine) -> sa.Engine:
    source = publication("10.1000/article", "Grain growth in garnets")
    pellets = [sample(source, label) for label in ("LLZTO-1100", "LLZTO-1120", "7")]
    load_intake(engine, make_intake(source, *pellets, measurement(pellets[0])), curator="ada")
    return engine


SLIPS = {
    "a sample in other capitals": (("sample", "show", "llzto 1100"), "did you mean LLZTO-1100?"),
    "a title half given": (("publication", "show", "Grain growth"), "did you mean Grain growth in garnets?"),
    "an alias that is the label": (("sample", "edit", "LLZTO-1100", "--alias", "LLZTO-1100"), "label of the sample itself"),
    "the label of another": (("sample", "edit", "LLZTO-1100", "--label", "LLZTO‑1120"), "is sample 2 already"),
    "an identifier that is its own DOI": (("publication", "edit", "1", "--identifier", "10.1000/ARTICLE"), "its own already"),
    "half of a DOI": (("publication", "edit", "1", "--identifier", "10.5555"), "is no DOI, and no title"),
    "an address without a DOI": (("publication", "edit", "1", "--identifier", "https://example.org/1"), "is no DOI"),
    "a number beyond all rows": (("sample", "show", "9" * 30), "there is no sample"),
    "a folder for a file": (("attach", ".", "--to", "sample", "1"), "is a folder"),
    "a measurement in words": (("attach", "x.png", "--to", "measurement", "bulk @ 25"), "as sse-db sample show lists it"),
    "a workbook into no folder": (("export", "workbook", "nowhere/out.xlsx"), "cannot be written: No such file"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_clear_line_and_changes_nothing(name: str, paper: sa.Engine, tmp_path: Path) -> None:
    words, told = SLIPS[name]
    (tmp_path / "x.png").write_bytes(b"x")
    before = exact_dump(paper)
    done = run(tmp_path, "--db", paper.url.render_as_string(), *words)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert exact_dump(paper) == before


def test_a_label_made_of_digits_is_found_where_no_row_has_that_number(paper: sa.Engine, tmp_path: Path) -> None:
    assert "Sample 3: 7" in run(tmp_path, "--db", paper.url.render_as_string(), "sample", "show", "7").stdout


def test_the_log_of_an_unknown_curator_names_those_that_are_known(paper: sa.Engine, tmp_path: Path) -> None:
    done = run(tmp_path, "--db", paper.url.render_as_string(), "log", "--who", "eva")
    assert "nothing by eva; curators are: ada" in done.stderr


def examine(folder: Path, **cells: str) -> tuple[list[Problem], dict[str, object]]:
    """Problems of a sheet of one row with these cells, and what is stored of its sample."""
    names = {"additive": "Additive", "content": "Additive content (wt%)", "method": "Synthesis method",
             "density": "Relative density (%)", "sigma": "σ (S/cm)", "ea": "Ea total (eV)"}  # fmt: skip
    row = ROW | {names[name]: text for name, text in cells.items()}
    with (folder / "paper.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row))
        writer.writeheader()
        writer.writerow(row)
    intake, findings = examine_file(folder / "paper.csv")
    return findings.problems, intake.drafts["samples"][0].values


@pytest.mark.parametrize("text", ["none added", "No sintering aid", "without any additive", "not used", "undoped"])
def test_words_that_say_that_there_is_no_additive_are_no_additive(text: str, tmp_path: Path) -> None:
    problems, stored = examine(tmp_path, additive=text)
    assert problems == []
    assert (stored["additive_present"], stored["additive_formula"], stored["additive_wt_percent"]) == (0, None, 0.0)


@pytest.mark.parametrize("text", ["Li3BO3 (2 wt%)", "2 wt.% Li3BO3", "Li3BO3, 0.5 mol %", "excess Li (10%)"])
def test_a_content_in_the_name_of_an_additive_is_doubted(text: str, tmp_path: Path) -> None:
    problems, stored = examine(tmp_path, additive=text)
    assert [(each.code, each.severity) for each in problems] == [("additive-content", "doubt")]
    assert "Additive content" in problems[0].hint
    assert stored["additive_formula"] == text


def test_a_content_beside_the_word_that_there_is_none_is_refused(tmp_path: Path) -> None:
    problems, _ = examine(tmp_path, additive="none", content="2")
    assert [(each.code, each.severity, each.column) for each in problems] == [
        ("additive-content", "error", "Additive content (wt%)")
    ]
    assert examine(tmp_path, additive="none", content="0")[0] == []
    assert examine(tmp_path, additive="Li3BO3", content="2")[0] == []


METHODS = {
    "conventional solid state route": "solid_state", "Solid-state synthesis": "solid_state", "ball-milled": "ball_mill",
    "sol gel (Pechini)": "pechini", "modified Pechini method": "pechini", "melt-quenched": "melt_quench",
    "via a sol-gel process": "sol_gel", "co-precipitation technique": "co_precipitation",
}  # fmt: skip


@pytest.mark.parametrize(("words", "method"), METHODS.items())
def test_a_method_has_its_class_whatever_stands_around_it(words: str, method: str, tmp_path: Path) -> None:
    problems, stored = examine(tmp_path, method=words)
    assert (problems, stored["synthesis_method"], stored["synthesis_method_text"]) == ([], method, words)


@pytest.mark.parametrize("words", ["SPS", "solid-state of matter", "our own method", "a reaction"])
def test_a_method_that_no_table_has_stays_without_a_class_and_is_doubted(words: str, tmp_path: Path) -> None:
    problems, stored = examine(tmp_path, method=words)
    assert [each.code for each in problems] == ["unknown-method"]
    assert stored["synthesis_method"] is None


@pytest.mark.parametrize(
    "cells", [{"sigma": "3e-4 - 4e-4"}, {"ea": "0.35–0.45"}, {"density": "93-95"}], ids=["sigma", "energy", "density"]
)
def test_a_range_of_which_only_the_middle_is_stored_is_doubted(cells: dict[str, str], tmp_path: Path) -> None:
    problems, _ = examine(tmp_path, **cells)
    assert [(each.code, each.severity) for each in problems] == [("range-not-kept", "doubt")]
