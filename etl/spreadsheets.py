"""A spreadsheet file to what its sheets bring: each sheet goes to the reader that knows its columns."""

from __future__ import annotations

from pathlib import Path

from etl.cells.contracts import check_staged
from etl.cells.headers import count_known, find_lower_header, has_column
from etl.drafts import Intake
from etl.foreign.mapping import SheetMapping, public_mapping
from etl.foreign.reader import choose_sheet, read_mapped, recognise_public, tell_other_sheets
from etl.options import ReadOptions
from etl.papers.literature import read_literature
from etl.papers.split_workbook import find_parts, read_parts
from etl.papers.structure_facts import is_facts_sheet, read_structure_facts
from etl.papers.workbook import is_workbook, read_workbook
from etl.problems import Findings
from etl.sheets import PUBLIC_DATA_SETS
from etl.sheets.literature import LITERATURE
from etl.sheets.workbook import MEASUREMENTS_SHEET, PASSED_OVER, PROCESSING_SHEET, SAMPLES_SHEET
from etl.tables.extract import StagedSheet, read_sheets
from sse_db.errors import UnreadableSource

NAMES_A_PUBLICATION = ("publications.doi", "publications.title")
BY_REFERENCE = (SAMPLES_SHEET, PROCESSING_SHEET, MEASUREMENTS_SHEET)
"""Sheets of the workbook whose rows refer to a publication that stands on another one."""


def read_sheet_file(path: Path, intake: Intake, findings: Findings, options: ReadOptions) -> None:
    """Add all that a spreadsheet says to an intake; raises UnreadableSource for one without content."""
    parts = {} if options.mapping is not None else find_parts(path)
    if parts:
        sheets, intake.file_sha256 = read_parts(path, parts)
    else:
        sheets = read_sheets(path)
    findings.sheets = [sheet.name for sheet in sheets]
    for sheet in sheets:
        for remark in sheet.remarks:
            findings.add(None, *remark, severity="doubt", sheet=sheet.name)
    _tell_hidden(sheets, findings)
    mapping = _choose_mapping(sheets, intake, options)
    if mapping is not None:
        chosen = choose_sheet(sheets, mapping)
        tell_other_sheets(sheets, chosen, mapping, findings)
        read_mapped(chosen, mapping, path, intake, findings, options)
        return
    if intake.format == "workbook" or is_workbook(sheets):
        intake.format = "workbook"
        read_workbook(sheets, intake, findings)
        return
    sheets = [sheet for sheet in sheets if sheet.rows and sheet.name not in PASSED_OVER]
    if not sheets:
        raise UnreadableSource(f"{path.name}: there is nothing in it")
    _refuse_single_sheet(path, sheets)
    known = _with_data(sheets, findings)
    check_staged(known, findings)
    for sheet in known:
        if is_facts_sheet(sheet):
            read_structure_facts(sheet, intake, findings)
        else:
            read_literature(sheet, intake, findings)


def _refuse_single_sheet(path: Path, sheets: list[StagedSheet]) -> None:
    """Raise UnreadableSource for one sheet of a workbook that was saved alone: its rows refer to the others."""
    if len(sheets) != 1 or any(has_column(sheets[0], LITERATURE, name) for name in NAMES_A_PUBLICATION):
        return
    headers = [text for text in sheets[0].rows[0] if text.strip()]
    alone = max(BY_REFERENCE, key=lambda each: count_known(headers, each))
    if count_known(headers, alone) > max(2, count_known(headers, LITERATURE)):
        raise UnreadableSource(
            f"{path.name} is the sheet {alone.name} of a workbook alone, without the publication that it belongs to",
            "save the workbook as .xlsx, or every sheet (as in paper - Samples.csv) into one folder, and give that",
        )


def _tell_hidden(sheets: list[StagedSheet], findings: Findings) -> None:
    """Tell of sheets that hold something and are hidden: they are not read."""
    for name in (name for sheet in sheets for name in sheet.hidden):
        message = f"the sheet {name} is hidden, and was not read"
        findings.add(None, "hidden", message, "unhide it if it counts", severity="doubt", sheet=name)


def _choose_mapping(sheets: list[StagedSheet], intake: Intake, options: ReadOptions) -> SheetMapping | None:
    """The mapping to read a file through: the user's own, the public data set that is named, or the one it is."""
    if options.mapping is not None:
        return options.mapping
    if intake.format == "sheet":
        intake.format = next((name for sheet in sheets if (name := recognise_public(sheet)) is not None), "sheet")
    return public_mapping(intake.format) if intake.format in PUBLIC_DATA_SETS else None


def _with_data(sheets: list[StagedSheet], findings: Findings) -> list[StagedSheet]:
    """The sheets that have a column of samples or records; others are passed over unless there is none that has."""
    known = [
        sheet
        for sheet in sheets
        if is_facts_sheet(sheet)
        or has_column(sheet, LITERATURE, "samples.label")
        or find_lower_header(sheet, LITERATURE, 0) is not None
    ]
    for sheet in sheets:
        if known and sheet not in known:
            message = f"the sheet {sheet.name} was passed over: it has no column Sample"
            findings.add(None, "unknown-sheet", message, severity="doubt", sheet=sheet.name)
    return known or sheets[:1]
