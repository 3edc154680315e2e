"""Samples that nobody measured, in the words of the literature sheet: read, checked and converted like any others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from etl.extract import StagedSheet, read_sheets
from etl.findings import Findings
from etl.headers import has_column
from etl.literature import read_literature
from etl.pipeline import hash_file
from etl.rows import Intake
from etl.sheets.literature import LITERATURE
from etl.sheets.workbook import PASSED_OVER
from sse_db.errors import RefusedFile, UnreadableSource

NO_PUBLICATION = "Samples to predict"
"""Stands for the paper that there is not, so that the sheet needs neither DOI nor title."""


def read_samples_to_predict(path: Path) -> Intake:
    """The samples of a sheet; a column Sample may be missing. Raises RefusedFile with every problem of every cell."""
    sheets = [sheet for sheet in read_sheets(path) if sheet.rows and sheet.name not in PASSED_OVER]
    if not sheets:
        raise UnreadableSource(f"{path.name}: there is nothing in it")
    return _read(sheets[0], path.name, hash_file(path))


def describe_one_sample(facts: Mapping[str, str]) -> Intake:
    """One sample from texts by header of the literature sheet, such as Formula or Sintering temperature."""
    return _read(StagedSheet(None, [list(facts), list(facts.values())]), "command line", "")


def _read(sheet: StagedSheet, name: str, digest: str) -> Intake:
    intake, findings = Intake(name, digest, "sheet"), Findings(name)
    read_literature(_complete(sheet), intake, findings)
    if not intake.drafts.get("samples") and not findings.errors:
        raise UnreadableSource(f"{name}: there is no row of data in it", "write at least a formula in Formula")
    if findings.errors:
        raise RefusedFile(name, findings.problems)
    intake.doubts = findings.problems
    return intake


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
