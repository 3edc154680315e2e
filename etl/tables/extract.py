"""Any spreadsheet to staged sheets: the text of every cell with the row and column that the user sees."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from etl.drafts import Cell, name_row
from etl.tables.archives import BOOK_SUFFIXES, PACKED_SUFFIX, check_archive, unpack
from etl.tables.number_formats import reconcile, show, write_number
from etl.tables.ods_scan import scan_ods
from etl.tables.parquet import PARQUET_SUFFIX, read_parquet
from etl.tables.texts import Remark, decode, keep_once, split_head, split_table
from etl.tables.workbook_scan import DAMAGED, MOST_COLUMNS, MOST_ROWS, Mark, Scan, column_letters
from etl.tables.xlsx_scan import scan_xlsx
from sse_db.errors import UnreadableSource
from sse_db.formats import STAMP_SHEET

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")

"""Hidden sheet of our own workbooks that says which version of the template they follow."""

HIDDEN_OURS = (STAMP_SHEET, "Lists")
"""Sheets of our own workbooks that nobody needs to see."""

LARGEST_FILE = 60_000_000
LARGEST_TEXT = 120_000_000
"""Bytes of a text, unpacked: a million rows and more."""
MOST_TEXT_ROWS = 2_000_000
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class StagedSheet:
    """A sheet as read: ``name`` is None in a CSV; ``rows`` holds cell texts, trailing empty cells left out; ``marks``
    the cells whose text is not what it seems; ``remarks`` what is doubtful about the whole of it. The first sheet of a
    workbook names those that are ``hidden``."""

    name: str | None
    rows: list[list[str]]
    marks: list[Mark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    hidden: tuple[str, ...] = ()

    def cell(self, row: int, column: int, header: str = "") -> Cell:
        """The cell at zero-based places, addressed as the user sees it."""
        texts = self.rows[row] if row < len(self.rows) else []
        text = texts[column] if column < len(texts) else ""
        return Cell(f"{column_letters(column)}{row + 1}", row + 1, header, text, self.name)

    def address_of(self, row: int) -> str:
        """A row, numbered as a spreadsheet shows it, with its sheet where the file has several."""
        return name_row(row, self.name)

    def header_above(self, column: int) -> str:
        """The text of the first row in a column."""
        return self.rows[0][column] if self.rows and column < len(self.rows[0]) else ""


def read_sheets(path: Path) -> list[StagedSheet]:
    """All visible sheets of a file as text; raises UnreadableSource for what is no spreadsheet or too large."""
    size, suffix = path.stat().st_size, path.suffix.lower()
    if size > (LARGEST_FILE if suffix in BOOK_SUFFIXES else LARGEST_TEXT):
        raise UnreadableSource(f"{path.name}: {size / 1e6:.0f} MB are too large for a sheet", "split the file")
    if size == 0:
        raise UnreadableSource(f"{path.name}: the file is empty")
    if suffix in BOOK_SUFFIXES:
        return _read_book(path)
    if suffix == PARQUET_SUFFIX:
        rows, marks = read_parquet(path, MOST_TEXT_ROWS)
        return [StagedSheet(None, _limit(*keep_once(rows), path, MOST_TEXT_ROWS), marks)]
    return [_read_text(path)]


def _read_text(path: Path) -> StagedSheet:
    is_packed = path.suffix.lower() == PACKED_SUFFIX
    text, doubt = decode(unpack(path, LARGEST_TEXT) if is_packed else path.read_bytes(), path.name)
    table = split_table(text, path.name, MOST_TEXT_ROWS)
    remarks = [doubt, *table.remarks] if doubt else table.remarks
    return StagedSheet(None, _limit(table.rows, table.texts, path, MOST_TEXT_ROWS), remarks=remarks)


HEAD_BYTES = 20_000


def read_head(path: Path) -> list[list[str]]:
    """The first rows of a text table, enough to see what it is; raises UnreadableSource."""
    with path.open("rb") as stream:
        data = stream.read(HEAD_BYTES)
    if len(data) == HEAD_BYTES:  # cut off behind a whole letter
        data = data[: HEAD_BYTES // 4 * 4] if b"\x00" in data else data[: data.rfind(b"\n") + 1]
    return split_head(decode(data, path.name).text)


def _limit(rows: list[list[str]], texts: Collection[str], path: Path, most_rows: int) -> list[list[str]]:
    """Rows that hold some distinct texts, without blank cells at their ends; raises for too many, or too long."""
    if len(rows) > most_rows:
        raise UnreadableSource(f"{path.name}: more than {most_rows} rows", "split the file")
    kept = [_strip_tail(row) if row and not row[-1].strip() else row for row in rows]
    if max(map(len, kept), default=0) > MOST_COLUMNS:
        number, row = next((number, row) for number, row in enumerate(kept, start=1) if len(row) > MOST_COLUMNS)
        raise UnreadableSource(f"{path.name}: row {number} has {len(row)} columns, {MOST_COLUMNS} are the most")
    if max(map(len, texts), default=0) > LONGEST_CELL:
        _refuse_long(kept, path)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _refuse_long(rows: list[list[str]], path: Path) -> None:
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            if len(text) > LONGEST_CELL:
                where = f"{column_letters(place)}{number}"
                raise UnreadableSource(f"{path.name}, {where}: {len(text)} characters are too many for a cell")


def _strip_tail(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _read_book(path: Path) -> list[StagedSheet]:
    check_archive(path)
    scans = _scan_book(path)
    try:
        return _read_visible(path, scans)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnreadableSource(f"{path.name}: not a readable workbook: {error}", "open it and save it anew") from error


def _scan_book(path: Path) -> dict[str, Scan]:
    """What the XML of a workbook says beside its values, by sheet name."""
    try:
        with zipfile.ZipFile(path) as archive:
            return scan_ods(archive) if path.suffix.lower() == ".ods" else scan_xlsx(archive)
    except DAMAGED as error:
        raise UnreadableSource(f"{path.name}: not a readable workbook: {error}", "open it and save it anew") from error
    except UnreadableSource as error:
        raise UnreadableSource(f"{path.name}: {error}", error.hint) from error


def _read_visible(path: Path, scans: dict[str, Scan]) -> list[StagedSheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets, hidden = [], []
        for meta in book.sheets_metadata:
            wanted = meta.visible == SheetVisibleEnum.Visible or meta.name == STAMP_SHEET
            if wanted and meta.typ == SheetTypeEnum.WorkSheet:
                scan = scans[meta.name]  # a sheet that was not scanned may be of any size
                rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                sheets.append(_stage(meta.name, rows, scan, path))
            elif meta.name not in HIDDEN_OURS and (meta.name not in scans or scans[meta.name].rows):
                hidden.append(meta.name)
        return [replace(sheets[0], hidden=tuple(hidden)), *sheets[1:]] if sheets else []
    except CalamineError as error:
        raise ValueError(str(error)) from error
    except BaseException as error:  # a panic inside the library is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("the reading library gave up on it") from error


def _stage(name: str, rows: list[list[Any]], scan: Scan, path: Path) -> StagedSheet:
    marks = list(scan.marks)
    for row, values in enumerate(rows):
        marks += [Mark(row, column, *why) for column, value in enumerate(values) if (why := _why_odd(value))]
    marks += _apply_shown(rows, scan)
    texts = _limit(
        *keep_once([_as_shown(value) for value in row] for row in islice(rows, MOST_ROWS + 1)), path, MOST_ROWS
    )
    return StagedSheet(name, texts, [*marks, *_mark_hidden(texts, scan)])


def _apply_shown(rows: list[list[Any]], scan: Scan) -> list[Mark]:
    """Put what cells show in the place of what they hold; marks where the two are not one."""
    marks = []
    for (row, column), text in scan.texts.items():
        if row < len(rows) and column < len(rows[row]) and isinstance(rows[row][column], str):
            rows[row][column] = text
    for place, told in (*scan.formats.items(), *scan.shown.items()):
        row, column = place
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if isinstance(value, bool) or not isinstance(value, int | float | str) or value == "":
            continue
        if place in scan.formats:
            shown = show(value, told)
        elif isinstance(value, str):
            continue
        else:
            shown = reconcile(value, told)
        rows[row][column] = shown.text
        if shown.doubt:
            hint = "format the cell as plain number or text, and write what counts"
            marks.append(Mark(row, column, "number-format", shown.doubt, hint, severity="doubt"))
    return marks


def _mark_hidden(rows: list[list[str]], scan: Scan) -> list[Mark]:
    """Marks at hidden rows and columns that hold something, which is read all the same: one for each block."""
    marks = []
    hint = "unhide or delete what is hidden"
    filled = [row for row in sorted(scan.hidden_rows) if row < len(rows) and any(text.strip() for text in rows[row])]
    for first, last in _blocks(filled):
        column = next(column for column, text in enumerate(rows[first]) if text.strip())
        words = f"rows {first + 1} to {last + 1} are hidden" if last > first else f"row {first + 1} is hidden"
        message = f"{words}, and read all the same"
        marks.append(Mark(first, column, "hidden", message, hint, severity="doubt"))
    for column in sorted(scan.hidden_columns):
        row = next((row for row, texts in enumerate(rows) if column < len(texts) and texts[column].strip()), None)
        if row is not None:
            message = f"column {column_letters(column)} is hidden, and read all the same"
            marks.append(Mark(row, column, "hidden", message, hint, severity="doubt"))
    return marks


def _blocks(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow each other."""
    for _, group in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        run = [number for _, number in group]
        yield run[0], run[-1]


def _why_odd(value: Any) -> tuple[str, str, str] | None:
    """Code, message and hint for a value that a spreadsheet has made of what was typed."""
    if isinstance(value, bool):
        return "truth-value", "the cell holds a truth value, no text", "format the cell as text and write it again"
    if isinstance(value, date | time | timedelta):
        return (
            "date", "the cell holds a date or time, which the spreadsheet may have made of something else",
            "format the cell as text and write it again",
        )  # fmt: skip
    return None


def _as_shown(value: Any) -> str:
    """A cell's value as text: whole floats without a point, others as the shortest text that reads back."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return write_number(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)
