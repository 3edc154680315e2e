"""Slips of a curator in the five-sheet workbook: each is told in its cell with a hint that mends it, and told once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.pipeline import examine_file
from etl.workbooks.template import write_workbook
from sse_db.errors import Problem

LABELS = ("LATP-00", "LATP-01", "LATP-02")
PAPER = {
    "Publication": [{"DOI": "10.1000/one", "Title": "Grain boundaries"}],
    "Samples": [
        {"Sample": label, "Formula": f"Li1+xAlxTi2-x(PO4)3, x=0.{place}", "Phase": "crystal"}
        for place, label in enumerate(LABELS)
    ],
    "Processing": [{"Sample": label, "Operation": "sintering", "Temperature": "900"} for label in LABELS],
    "Measurements": [
        {"Sample": label, "Temperature": temperature, "σ bulk": value}
        for label in LABELS
        for temperature, value in (("25", "1.0e-4"), ("50", "2.5e-4"))
    ],
}


@pytest.fixture
def problems_after(tmp_path: Path) -> Callable[..., list[Problem]]:
    """A function that writes the paper, lets a curator spoil the workbook, and returns what is told."""

    def spoil(change: Callable[[Any], object]) -> list[Problem]:
        path = tmp_path / "paper.xlsx"
        write_workbook(path, PAPER)
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return examine_file(path)[1].problems

    return spoil


def type_into(sheet: str, cell: str, text: object) -> Callable[[Any], object]:
    return lambda book: book[sheet].__setitem__(cell, text)


@pytest.mark.parametrize(
    ("sheet", "cell", "text", "code", "hint"),
    [
        ("Measurements", "B2", "l00", "unreadable-quantity", "did you mean 100?"),
        ("Processing", "E3", "9OO", "unreadable-quantity", "did you mean 900?"),
        ("Measurements", "C1", "σ bluk (S/cm)", "unknown-header", "did you mean σ bulk (S/cm)?"),
        ("Samples", "R1", "my own thoughts", "unknown-header", "a column of your own begins with #"),
        ("Measurements", "B3", "25", "double-value", "is the sample or temperature right?"),
        ("Samples", "A3", None, "no-sample", "give the paper's own label"),
        ("Measurements", "A4", "LAPT-01", "unknown-sample", "did you mean LATP-01?"),
    ],
    ids=["letter l", "letter O", "header", "own column", "temperature twice", "blank name", "sample misspelt"],
)
def test_slip_is_told_in_its_cell_with_the_way_to_mend_it(
    problems_after: Callable[..., list[Problem]], sheet: str, cell: str, text: str | None, code: str, hint: str
) -> None:
    told = [problem for problem in problems_after(type_into(sheet, cell, text)) if problem.code == code]
    where = {"B3": "Measurements!C3", "A3": "Samples!B3"}.get(cell, f"{sheet}!{cell}")  # the nearest filled cell
    assert [problem.cell for problem in told] == [where]
    assert hint in told[0].hint


def test_rows_that_refer_to_a_misspelt_label_are_led_to_it(problems_after: Callable[..., list[Problem]]) -> None:
    told = problems_after(type_into("Samples", "A4", "LATP-O2"))
    assert {problem.cell for problem in told} == {"Processing!A4", "Measurements!A6", "Measurements!A7"}
    assert {problem.hint for problem in told} == {"did you mean LATP-O2, which no row mentions?"}


def test_misspelt_sheet_is_an_error_and_a_sheet_of_ones_own_is_not(
    problems_after: Callable[..., list[Problem]],
) -> None:
    (slip,) = problems_after(lambda book: setattr(book["Measurements"], "title", "Mesurements"))
    assert (slip.severity, slip.hint) == ("error", "did you mean Measurements?")
    (own,) = problems_after(lambda book: book.create_sheet("thoughts").append(["x"]))
    assert own.severity == "doubt"


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        (lambda book: book["Publication"].delete_rows(2), ["Samples!A2"]),
        (type_into("Publication", "A3", "10.1000/two"), ["Samples!A2", "Samples!A3", "Samples!A4"]),
    ],
    ids=["no publication", "two publications"],
)
def test_what_follows_from_a_mistake_is_not_told_again(
    problems_after: Callable[..., list[Problem]], change: Callable[[Any], object], cells: list[str]
) -> None:
    assert [problem.cell for problem in problems_after(change)] == cells


def test_problems_come_in_the_order_of_the_file(problems_after: Callable[..., list[Problem]]) -> None:
    def spoil(book: Any) -> None:
        book["Measurements"]["C2"] = "x"
        book["Samples"]["B4"] = "LLZO"
        book["Samples"]["F3"] = "cristal"

    assert [each.cell for each in problems_after(spoil)] == ["Samples!F3", "Samples!B4", "Measurements!C2"]
