"""Any spreadsheet to staged sheets: the text of every cell with the row and column that the user sees."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from etl.drafts import Cell
from etl.tables.archives import BOOK_SUFFIXES, check_archive
from etl.tables.workbook_scan import MOST_COLUMNS, MOST_ROWS, Mark, Scan, column_letters, scan_workbook
from sse_db.errors import UnreadableSource

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")

STAMP_SHEET = "sse-db"
"""Hidden sheet of our own workbooks that says which version of the template they follow."""

LARGEST_FILE = 60_000_000
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class StagedSheet:
    """A sheet as read: ``name`` is None in a CSV; ``rows`` holds cell texts, trailing empty cells left out; ``marks``
    the cells whose text is not what it seems."""

    name: str | None
    rows: list[list[str]]
    marks: list[Mark] = field(default_factory=list)

    def cell(self, row: int, column: int, header: str = "") -> Cell:
        """The cell at zero-based places, addressed as the user sees it."""
        texts = self.rows[row] if row < len(self.rows) else []
        text = texts[column] if column < len(texts) else ""
        return Cell(f"{column_letters(column)}{row + 1}", row + 1, header, text, self.name)

    def header_above(self, column: int) -> str:
        """The text of the first row in a column."""
        return self.rows[0][column] if self.rows and column < len(self.rows[0]) else ""


def read_sheets(path: Path) -> list[StagedSheet]:
    """All visible sheets of a file as text; raises UnreadableSource for what is no spreadsheet or too large."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise UnreadableSource(f"{path.name}: {size / 1e6:.0f} MB are too large for a sheet", "split the file")
    if size == 0:
        raise UnreadableSource(f"{path.name}: the file is empty")
    suffix = path.suffix.lower()
    if suffix in BOOK_SUFFIXES:
        return _read_book(path)
    return [StagedSheet(None, _limit(_read_text(path), path))]


def _read_text(path: Path) -> Iterator[list[str]]:
    text = decode(path.read_bytes(), path.name)
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableSource(f"{path.name}: line {reader.line_num}: {error}", "is it a CSV file?") from error


HEAD_BYTES = 20_000


def read_head(path: Path) -> list[list[str]]:
    """The first rows of a text table, enough to see what it is; raises UnreadableSource."""
    with path.open("rb") as stream:
        data = stream.read(HEAD_BYTES)
    text = decode(data if len(data) < HEAD_BYTES else data[: data.rfind(b"\n") + 1], path.name)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False))


def decode(data: bytes, name: str) -> str:
    """Text of a file in UTF-8, UTF-16, UTF-32 or, where it is neither, the encoding that fits best."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decode_as(data, encoding, name)
    if b"\x00" in data[:4096]:
        raise UnreadableSource(f"{name}: this is a binary file, not text", "is its suffix right?")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, _guess_encoding(data), name)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{name}: not readable as {encoding}: {error}", "save it as UTF-8") from error


def _guess_encoding(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(
        data[:200_000], cp_isolation=["cp1252", "latin_1", "mac_roman", "shift_jis", "gb18030", "cp949"]
    ).best()
    return best.encoding if best else "cp1252"


def _delimiter(text: str) -> str:
    """The delimiter that most of the first lines hold equally often, quoted texts left out: a line of terms may stand
    above the header, and decimal commas beside semicolons. Of equals the one that splits the first line most."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:20_000].splitlines()[:30] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return max(counts.values(), default=0), lines[0].count(sign) if lines else 0

    return max((",", ";", "\t"), key=agreement)


def _limit(rows: Iterator[list[str]], path: Path) -> list[list[str]]:
    kept = []
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise UnreadableSource(f"{path.name}: more than {MOST_ROWS} rows", "split the file")
        texts = _strip_tail(row)
        if len(texts) > MOST_COLUMNS:
            raise UnreadableSource(f"{path.name}: row {number} has {len(texts)} columns, {MOST_COLUMNS} are the most")
        for place, text in enumerate(texts):
            if len(text) > LONGEST_CELL:
                where = f"{column_letters(place)}{number}"
                raise UnreadableSource(f"{path.name}, {where}: {len(text)} characters are too many for a cell")
        kept.append(texts)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _strip_tail(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return row[:end]


def _read_book(path: Path) -> list[StagedSheet]:
    check_archive(path)
    scans = scan_workbook(path)
    try:
        return _read_visible(path, scans)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnreadableSource(f"{path.name}: not a readable workbook: {error}", "open it and save it anew") from error


def _read_visible(path: Path, scans: dict[str, Scan]) -> list[StagedSheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = []
        for meta in book.sheets_metadata:
            wanted = meta.visible == SheetVisibleEnum.Visible or meta.name == STAMP_SHEET
            if wanted and meta.typ == SheetTypeEnum.WorkSheet:
                scan = scans[meta.name]  # a sheet that was not scanned may be of any size
                rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                sheets.append(_stage(meta.name, rows, scan, path))
        return sheets
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
    return StagedSheet(name, _limit(([_as_shown(value) for value in row] for row in rows), path), marks)


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
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)
