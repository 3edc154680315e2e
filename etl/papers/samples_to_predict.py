"""Samples that nobody measured, in the words of the literature sheet: read, checked and converted like any others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from etl.cells.headers import find_column, has_column
from etl.drafts import Intake
from etl.files import hash_file
from etl.papers.literature import read_literature
from etl.problems import Findings
from etl.sheets.literature import LITERATURE
from etl.sheets.workbook import PASSED_OVER
from etl.tables.extract import StagedSheet, read_sheets
from sse_db.errors import Problem, RefusedFile, UnreadableSource

COMMAND_LINE = "command line"
NO_PUBLICATION = "Samples to predict"
"""Stands for the paper that there is not, so that the sheet needs neither DOI nor title."""
ROOM = ("", "25", "25.0")
"""Measuring temperatures that ask for what is predicted anyway."""


def read_samples_to_predict(path: Path) -> Intake:
    """The samples of a sheet; a column Sample may be missing. Raises RefusedFile with every problem of every cell, and
    UnreadableSource for a file that is not there or holds nothing."""
    if not path.is_file():
        raise UnreadableSource(f"there is no file {path}")
    sheets = [sheet for sheet in read_sheets(path) if sheet.rows and sheet.name not in PASSED_OVER]
    if not sheets:
        raise UnreadableSource(f"{path.name}: there is nothing in it")
    return _read(sheets[0], path.name, hash_file(path))


def read_sample_rows(rows: Sequence[Sequence[str]], name: str) -> Intake:
    """The samples of rows of texts, the first of which holds headers; raises as ``read_samples_to_predict`` does."""
    return _read(StagedSheet(None, [list(row) for row in rows]), name, "")


def describe_one_sample(facts: Mapping[str, str], options: Mapping[str, str] | None = None) -> Intake:
    """One sample from texts by header of the literature sheet, such as Formula or Sintering temperature.

    It is named by its formula. ``options`` gives for each header the words by which problems name the place.
    """
    sheet = StagedSheet(None, [["Sample", *facts], [facts.get("Formula", ""), *facts.values()]])
    places = {"Sample": "Formula", **(options or {})}
    try:
        intake = _read(sheet, COMMAND_LINE, "")
    except RefusedFile as error:
        raise RefusedFile(COMMAND_LINE, _rename_cells(error.problems, places)) from error
    intake.doubts = _rename_cells(intake.doubts, places)
    return intake


def _rename_cells(problems: Sequence[Problem], places: Mapping[str, str]) -> list[Problem]:
    return [replace(each, cell=places.get(each.column or "", each.cell)) for each in problems]


def _read(sheet: StagedSheet, name: str, digest: str) -> Intake:
    intake, findings = Intake(name, digest, "sheet"), Findings(name)
    if not has_column(sheet, LITERATURE, "samples.formula_as_written"):
        findings.add(None, "missing-header", "there is no column Formula", "a prediction needs a composition")
    read_literature(_complete(sheet), intake, findings)
    if not intake.drafts.get("samples") and not findings.errors:
        raise UnreadableSource(f"{name}: there is no row of data in it", "write at least a formula in Formula")
    if findings.errors:
        raise RefusedFile(name, findings.problems)
    _doubt_temperatures(sheet, findings)
    intake.doubts = findings.problems
    return intake


def _doubt_temperatures(sheet: StagedSheet, findings: Findings) -> None:
    """Tell of measuring temperatures: what is asked is one temperature for all samples, 25 °C by default."""
    place = find_column(sheet, LITERATURE, "impedance_measurements.temperature_c")
    for number, texts in enumerate(sheet.rows[1:], start=1):
        text = "" if place is None or place >= len(texts) else texts[place].strip()
        if place is not None and text not in ROOM:
            findings.add(
                sheet.cell(number, place, sheet.rows[0][place]),
                "temperature-unread",
                f"the temperature {text} is not what is predicted at",
                "one temperature holds for all samples: --temperature, in Python temperature_c",
                severity="doubt",
            )


def _complete(sheet: StagedSheet) -> StagedSheet:
    """The sheet with names for what a sample nobody measured has not: a label and a paper, behind its last column."""
    added: dict[str, list[str]] = {}
    numbers = range(2, len(sheet.rows) + 1)
    if not has_column(sheet, LITERATURE, "samples.label"):
        added["Sample"] = [f"row {number}" for number in numbers]
    if not any(has_column(sheet, LITERATURE, f"publications.{name}") for name in ("doi", "title")):
        added["Title"] = [NO_PUBLICATION for _ in numbers]
    width = max(map(len, sheet.rows))
    columns = [[header, *texts] for header, texts in added.items()]
    rows = [
        [*texts, *[""] * (width - len(texts)), *(column[place] for column in columns)] if any(texts) else texts
        for place, texts in enumerate(sheet.rows)
    ]
    return StagedSheet(sheet.name, rows, sheet.marks)
