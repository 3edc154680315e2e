"""The curator's own workbook back, with every cell that has a problem coloured and commented."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.cells.contracts import CONTROL_CHARACTERS
from etl.tables.archives import BOOK_SUFFIXES, check_archive
from etl.tables.extract import read_sheets
from etl.tables.workbook_scan import MOST_CELLS, place_of
from sse_db.errors import Problem, UnreadableSource

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

COLOURS = {"error": "FFFF9999", "doubt": "FFFFE699"}
AUTHOR = "sse-db"
OVERVIEW = "Problems"
"""Sheet that lists all problems; readers pass it over."""
BEFORE = "\n—— before ——\n"
"""Parts our words from a comment that stood there already."""
DAMAGED = (
    KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError, SyntaxError, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip
"""What openpyxl raises for a workbook that its reader does not understand; broken XML is a SyntaxError."""


def annotate(path: Path, problems: Iterable[Problem], out: Path) -> int:
    """Write a copy of a spreadsheet in which problems are comments; errors are red, doubts yellow. The first sheet
    lists them all and leads to their cells. Returns how many cells are marked.

    An .xlsx keeps all that openpyxl keeps; other kinds are copied cell by cell into a new workbook. Comments and
    colours of an earlier copy go. Raises UnreadableSource when the copy cannot be made.
    """
    book = _open(path)
    _clear_earlier(book)
    placed = [(problem, _address(problem, book)) for problem in problems]
    told: dict[tuple[str, str], list[Problem]] = {}
    for problem, place in placed:
        if place is not None:
            told.setdefault(place, []).append(problem)
    for (sheet, address), group in told.items():
        _mark(book[sheet], address, group)
    if placed:
        _list(book, placed)
    try:
        book.save(out)
    except OSError as error:
        raise UnreadableSource(f"{out}: cannot be written: {error.strerror or error}") from error
    return len(told)


def _open(path: Path) -> Workbook:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    if path.suffix.lower() in (".xlsx", ".xlsm"):
        check_archive(path)
        read_sheets(path)  # refuses what is damaged or too large before the whole workbook is taken into memory
        try:
            return openpyxl.load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
        except (InvalidFileException, *DAMAGED) as error:
            raise UnreadableSource(
                f"{path.name}: cannot be copied with annotations: {error}", "save it anew as .xlsx"
            ) from error
    return _copy_text(path)


def _copy_text(path: Path) -> Workbook:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in read_sheets(path):
        if sum(map(len, sheet.rows)) > MOST_CELLS:
            hint = "sse-db validate lists its problems without --annotate"
            raise UnreadableSource(f"{path.name}: too large for a marked copy in a workbook", hint)
        copy = book.create_sheet(_title(sheet.name or path.stem))
        for row, texts in enumerate(sheet.rows, start=1):
            for column, text in enumerate(texts, start=1):
                if text:
                    cell = copy.cell(row, column)
                    cell.number_format = "@"
                    cell.value = CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text)
                    cell.data_type = "s"
    if path.suffix.lower() not in BOOK_SUFFIXES:
        book.active.freeze_panes = "B2"
    return book


def _title(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31] or "Sheet"


def _clear_earlier(book: Workbook) -> None:
    from openpyxl.comments import Comment

    if OVERVIEW in book.sheetnames:
        del book[OVERVIEW]
    for sheet in book.worksheets:
        colour = sheet.sheet_properties.tabColor
        if colour is not None and colour.rgb in COLOURS.values():
            sheet.sheet_properties.tabColor = None
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.comment is not None and cell.comment.author == AUTHOR:
                _, _, earlier = cell.comment.text.partition(BEFORE)
                cell.comment = Comment(earlier, "") if earlier else None
                _paint(cell, None)


def _address(problem: Problem, book: Workbook) -> tuple[str, str] | None:
    """Sheet and address of a problem's cell; None where it has none."""
    sheet = problem.sheet or (book.sheetnames[0] if book.sheetnames else None)
    if problem.cell is None or sheet is None or sheet not in book.sheetnames:
        return None
    return sheet, problem.cell.rpartition("!")[2]


def _mark(sheet: Worksheet, address: str, problems: list[Problem]) -> None:
    from openpyxl.comments import Comment

    row, column = place_of(address)
    cell = sheet.cell(row + 1, column + 1)
    if not hasattr(type(cell), "comment") or type(cell).__name__ == "MergedCell":
        cell = sheet.cell(*_first_of_merged(sheet, row + 1, column + 1))
    worst = _worst(problems)
    lines = [
        f"{problem.severity}: {problem.message}" + f"\n→ {problem.hint}" * bool(problem.hint) for problem in problems
    ]
    earlier = f"{BEFORE}{cell.comment.text}" if cell.comment is not None else ""
    text = CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", "\n".join(lines) + earlier)
    cell.comment = Comment(
        text[:30_000], AUTHOR, width=360, height=40 + 22 * min(12, text.count("\n") + len(text) // 50)
    )
    _paint(cell, COLOURS[worst])
    tab = sheet.sheet_properties
    if worst == "error" or tab.tabColor is None:
        tab.tabColor = COLOURS[worst]


def _worst(problems: list[Problem]) -> str:
    return "error" if any(problem.severity == "error" for problem in problems) else "doubt"


def _first_of_merged(sheet: Worksheet, row: int, column: int) -> tuple[int, int]:
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return area.min_row, area.min_col
    return row, column


def _paint(cell: Any, colour: str | None) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()


def _list(book: Workbook, placed: list[tuple[Problem, tuple[str, str] | None]]) -> None:
    """A first sheet with all problems, errors before doubts, each with a way to its cell."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = book.create_sheet(OVERVIEW, 0)
    sheet.append(["Severity", "Cell", "Value", "Problem", "Hint"])
    for row, (problem, place) in enumerate(sorted(placed, key=lambda each: each[0].severity != "error"), start=2):
        where = problem.cell or problem.sheet or problem.file
        texts = (problem.severity, where, problem.value or "", problem.message, problem.hint)
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(row, column, CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text)[:30_000])
            cell.data_type = "s"
        _paint(sheet.cell(row, 1), COLOURS[problem.severity])
        if place is not None:
            title = place[0].replace("'", "''")
            sheet.cell(row, 2).hyperlink = Hyperlink(ref=f"B{row}", location=f"'{title}'!{place[1]}")
            sheet.cell(row, 2).font = Font(color="FF0563C1", underline="single")
    for letter, width in zip("ABCDE", (10, 20, 24, 80, 60), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"
    book.active = 0
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is sheet
