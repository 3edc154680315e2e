"""The two stories of an import, from top to bottom: check a file, load a file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from etl.doubts import find_doubts, find_doubts_beside
from etl.extract import BOOK_SUFFIXES, StagedSheet, read_sheets
from etl.findings import Findings
from etl.headers import has_column
from etl.literature import read_literature
from etl.load import BatchReport, load_intake
from etl.rows import Intake
from etl.sheets.literature import LITERATURE
from etl.sheets.workbook import PASSED_OVER
from etl.structure_intake import is_facts_sheet, read_structure_facts, read_structure_file
from etl.structures import STRUCTURE_SUFFIXES, is_structure_file
from etl.workbook import is_workbook, read_workbook
from sse_db.errors import Problem, RefusedFile, SseDbError, UnknownFormat, UnreadableSource
from sse_db.schema import CURATED

if TYPE_CHECKING:
    import sqlalchemy as sa

SHEET_SUFFIXES = (".csv", ".tsv", *BOOK_SUFFIXES)


def recognise(path: Path) -> str:
    """The format of a file by its name; raises UnknownFormat."""
    if is_structure_file(path) or path.suffix.lower() == ".zip":
        return "cif"
    if path.suffix.lower() in SHEET_SUFFIXES:
        return "sheet"
    known = ", ".join((*SHEET_SUFFIXES, *STRUCTURE_SUFFIXES, ".zip"))
    raise UnknownFormat(f"{path.name}: unknown kind of file", f"known are {known} and files named POSCAR")


def find_files(places: list[Path]) -> tuple[list[Path], list[Path]]:
    """Files to read, folders searched through, in the order of their names; and files of unknown kind in folders.

    Raises UnreadableSource for a place that is not there.
    """
    found: list[Path] = []
    unknown: list[Path] = []
    for place in places:
        if place.is_dir():
            inside = sorted(path for path in place.rglob("*") if path.is_file() and not path.name.startswith("."))
            for path in inside:
                (found if is_known(path) else unknown).append(path)
        elif place.is_file():
            found.append(place)
        else:
            raise UnreadableSource(f"there is no file {place}")
    return found, unknown


def is_known(path: Path) -> bool:
    """Whether a reader takes files of this name."""
    try:
        recognise(path)
    except UnknownFormat:
        return False
    return True


def load_file(
    engine: sa.Engine, path: Path, form: str = "auto", *, curator: str, on_conflict: str = "fail", dry_run: bool = False
) -> BatchReport:
    """Check one file and write it as one batch; raises RefusedFile, and then nothing was written."""
    intake = check_file(path, form)
    with engine.connect() as connection:
        intake.doubts += find_doubts_beside(intake, connection)
    return load_intake(engine, intake, curator=curator, on_conflict=on_conflict, dry_run=dry_run)


def check_file(path: Path, form: str = "auto") -> Intake:
    """Read and check one file without a database; raises RefusedFile with every problem of every cell."""
    intake, findings = examine_file(path, form)
    if findings.errors:
        raise RefusedFile(path.name, findings.problems)
    intake.doubts = findings.problems
    return intake


def examine_file(path: Path, form: str = "auto") -> tuple[Intake, Findings]:
    """Read one file as far as it can be read; what is wrong stands in the findings."""
    findings = Findings(path.name)
    intake = Intake(path.name, hash_file(path), recognise(path) if form == "auto" else form)
    try:
        if intake.format in ("sheet", "workbook"):
            _read_sheet_file(path, intake, findings)
        else:
            read_structure_file(path, intake, findings)
    except SseDbError as error:
        findings.problems.append(Problem(path.name, str(error), "unreadable-source", error.hint))
    if not intake.drafts and not findings.errors:
        findings.problems.append(Problem(path.name, "there is no row of data in it", "empty", "is it filled in?"))
    intake.drafts = {
        str(model.__tablename__): intake.drafts[str(model.__tablename__)]
        for model in CURATED
        if str(model.__tablename__) in intake.drafts
    }
    findings.add_doubts(find_doubts(intake))
    return intake, findings


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal; raises UnreadableSource."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableSource(f"{path}: {error.strerror or error}") from error


def _read_sheet_file(path: Path, intake: Intake, findings: Findings) -> None:
    sheets = read_sheets(path)
    if intake.format == "workbook" or is_workbook(sheets):
        intake.format = "workbook"
        read_workbook(sheets, intake, findings)
        return
    sheets = [sheet for sheet in sheets if sheet.rows and sheet.name not in PASSED_OVER]
    if not sheets:
        raise UnreadableSource(f"{path.name}: there is nothing in it")
    for sheet in _with_data(sheets, findings):
        if is_facts_sheet(sheet):
            read_structure_facts(sheet, intake, findings)
        else:
            read_literature(sheet, intake, findings)


def _with_data(sheets: list[StagedSheet], findings: Findings) -> list[StagedSheet]:
    """The sheets that have a column of samples or records; others are passed over unless there is none that has."""
    known = [sheet for sheet in sheets if is_facts_sheet(sheet) or has_column(sheet, LITERATURE, "samples.label")]
    for sheet in sheets:
        if known and sheet not in known:
            message = f"the sheet {sheet.name} was passed over: it has no column Sample"
            findings.add(None, "unknown-sheet", message, severity="doubt", sheet=sheet.name)
    return known or sheets[:1]
