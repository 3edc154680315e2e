"""Any spreadsheet to staged sheets: the text of every cell with the row and column that the user sees."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from etl.rows import Cell
from sse_db.errors import UnreadableSource

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
BOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
ZIPPED_SUFFIXES = (".xlsx", ".xlsm", ".ods")

LARGEST_FILE = 60_000_000
LARGEST_UNPACKED = 400_000_000
LARGEST_RATIO = 300
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class StagedSheet:
    """A sheet as read: ``name`` is None in a CSV; ``rows`` holds cell texts, trailing empty cells left out."""

    name: str | None
    rows: list[list[str]]

    def cell(self, row: int, column: int, header: str = "") -> Cell:
        """The cell at zero-based places, addressed as the user sees it."""
        texts = self.rows[row]
        text = texts[column] if column < len(texts) else ""
        return Cell(f"{column_letters(column)}{row + 1}", row + 1, header, text, self.name)


def column_letters(place: int) -> str:
    """The letters of a zero-based column: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


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


def decode(data: bytes, name: str) -> str:
    """Text of a file in UTF-8, UTF-16 or, where it is neither, the encoding that fits best."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
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
    """The delimiter of the header line: the one that splits it most; a comma where none does."""
    header = text.partition("\n")[0]
    return max((",", ";", "\t"), key=header.count)


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
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    check_archive(path)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        _check_extent(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = []
        for meta in book.sheets_metadata:
            if meta.visible == SheetVisibleEnum.Visible:
                rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                texts = ([_as_shown(value) for value in row] for row in rows)
                sheets.append(StagedSheet(meta.name, _limit(texts, path)))
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnreadableSource(f"{path.name}: not a readable workbook: {error}", "open it and save it anew") from error
    return sheets


_PLACE = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')


def _check_extent(path: Path) -> None:
    """Refuse a sheet with a cell far out, which would be filled up with empty cells in memory."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        for name in names:
            with archive.open(name) as stream:
                rows, columns = _extent(stream)
            if rows > MOST_ROWS or columns > MOST_COLUMNS:
                place = f"{column_letters(columns - 1)}{rows}"
                limit = f"{column_letters(MOST_COLUMNS - 1)}{MOST_ROWS}"
                raise UnreadableSource(f"{path.name}: {Path(name).stem} reaches to {place}, cells may reach to {limit}")


def _extent(stream: IO[bytes]) -> tuple[int, int]:
    rows = columns = 0
    tail = b""
    while chunk := stream.read(1 << 20):
        for letters, digits in _PLACE.findall(tail + chunk):
            rows = max(rows, int(digits))
            columns = max(columns, _column_number(letters))
        tail = chunk[-32:]
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def find_uncomputed(path: Path) -> list[tuple[str, str]]:
    """Sheet and address of formulas whose value the workbook does not hold; only .xlsx and .xlsm tell."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return []
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        if not any(b"<f" in archive.read(name) for name in names):
            return []
    import openpyxl

    formulas = openpyxl.load_workbook(path, read_only=True, data_only=False)
    values = openpyxl.load_workbook(path, read_only=True, data_only=True)
    found = []
    for sheet in formulas.worksheets:
        for row, computed in zip(sheet.iter_rows(), values[sheet.title].iter_rows(), strict=False):
            pairs = zip(row, computed, strict=False)
            found += [(sheet.title, c.coordinate) for c, v in pairs if c.data_type == "f" and v.value is None]
    formulas.close()
    values.close()
    return found


def check_archive(path: Path) -> None:
    """Raise UnreadableSource for a zipped file that unpacks to too much, before anything is unpacked."""
    if path.suffix.lower() not in (*ZIPPED_SUFFIXES, ".zip"):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableSource(f"{path.name}: damaged, or not what its suffix says: {error}") from error
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if total > LARGEST_UNPACKED or (total > 10_000_000 and total / packed > LARGEST_RATIO) or len(members) > 20_000:
        raise UnreadableSource(f"{path.name}: unpacks to {total / 1e6:.0f} MB in {len(members)} parts, too much")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableSource(f"{path.name}: protected by a password", "save it without one")


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
