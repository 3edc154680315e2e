"""The literature sheet: its rows grouped by sample, what describes a sample merged over its rows, drafts made."""

from __future__ import annotations

from etl.cells.normalise import open_rows
from etl.drafts import Intake
from etl.papers.repeated_rows import RepeatedRows
from etl.papers.sample_gatherer import DESCRIBING
from etl.papers.sheet_gatherer import SheetGatherer
from etl.problems import Findings
from etl.sheets.literature import LITERATURE
from etl.tables.extract import StagedSheet


def read_literature(sheet: StagedSheet, intake: Intake, findings: Findings) -> None:
    """Add all that a literature sheet says to an intake."""
    reader = open_rows(sheet, LITERATURE, findings)
    if reader is not None:
        SheetGatherer(intake, findings, RepeatedRows(reader, LITERATURE, DESCRIBING)).gather()
