"""What a workbook's XML says beside its values: errors, formulas without a value, merged cells, and how far it reaches.

The parts are read as a stream, so that a sheet that unpacks to much is refused before it fills the memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple
from xml.parsers import expat

from etl.tables.rich_text import Told
from sse_db.errors import Severity, UnreadableSource

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 1_000_000
MOST_CHARACTERS = 100_000_000
"""In all cells of a sheet; a text that cells share, or that is repeated, counts as often as it stands there."""
MOST_MARKS = 10_000
MOST_DOUBTS = 2_000
MOST_MERGED = 200_000
"""Cells that merged areas of a sheet cover together."""

DAMAGED = (expat.ExpatError, zipfile.BadZipFile, zlib.error, LookupError, OSError, EOFError, RuntimeError, ValueError)
"""What a broken archive or broken XML raises."""


class Mark(NamedTuple):
    """A cell, at zero-based places, whose value is not what a reader would take it for; ``width`` is how many columns
    it covers."""

    row: int
    column: int
    code: str
    message: str
    hint: str
    severity: Severity = "error"
    width: int = 1

    @property
    def is_unreadable(self) -> bool:
        """Whether the cell gives no value; the first of merged cells gives one."""
        return self.severity == "error" and self.code != "merged-cells"


@dataclass(slots=True)
class Scan:
    """What was found in one sheet: its marks, and how many rows and columns it spans; by place the number format of a
    cell that shows something else than it holds, the text of one whose characters are not all alike, and the text
    that an OpenDocument file keeps beside a number; rows and ranges of columns that are hidden."""

    marks: list[Mark] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    rows: int = 0
    columns: int = 0
    characters: int = 0
    merged: int = 0
    doubts: int = 0

    def hold(self, characters: int) -> None:
        """Take note of the text of a cell; raises UnreadableSource when the sheet holds too much."""
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            raise UnreadableSource(f"a sheet holds more than {MOST_CHARACTERS / 1e6:g} million characters", "split it")

    def reach(self, rows: int, columns: int) -> None:
        """Take note of a cell with content; raises UnreadableSource when the sheet spans too much."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
        if self.rows > MOST_ROWS or self.columns > MOST_COLUMNS or self.rows * self.columns > MOST_CELLS:
            raise UnreadableSource(
                f"a sheet reaches to {column_letters(columns - 1)}{rows}, which is too far",
                f"at most {MOST_ROWS} rows, {MOST_COLUMNS} columns, {MOST_CELLS} cells: delete stray ones, or split it",
            )

    def add_error(self, row: int, column: int) -> None:
        """Mark a cell that shows an error of the spreadsheet."""
        hint = "mend the formula, or write the number"
        self._mark(Mark(row, column, "spreadsheet-error", "the cell shows an error", hint))

    def add_uncomputed(self, row: int, column: int) -> None:
        """Mark a formula whose value the file does not hold."""
        hint = "open the file in a spreadsheet program and save it, or write the number"
        self._mark(Mark(row, column, "uncomputed-formula", "a formula without a value", hint))

    def add_merged(self, row: int, column: int, rows: int, columns: int) -> None:
        """Mark the first of merged cells; raises UnreadableSource when too many are merged."""
        self.merged += rows * columns
        if self.merged > MOST_MERGED:
            raise UnreadableSource(f"a sheet has more than {MOST_MERGED} cells merged into others", "unmerge them")
        end = f"{column_letters(column + columns - 1)}{row + rows}"
        message = f"merged with the cells to {end}, but only the first of them holds the value"
        self._mark(Mark(row, column, "merged-cells", message, "unmerge them and fill in each one", width=columns))

    def add_doubt(self, row: int, column: int, told: Told) -> None:
        """Mark a cell that may be misread; no more than anybody would read."""
        self.doubts += 1
        if self.doubts <= MOST_DOUBTS:
            self._mark(Mark(row, column, *told, severity="doubt"))

    def hide_columns(self, first: int, last: int) -> None:
        """Take note of columns that are not shown."""
        self.hidden_columns.update(range(first, min(last + 1, MOST_COLUMNS)))

    def _mark(self, mark: Mark) -> None:
        self.marks.append(mark)
        if len(self.marks) > MOST_MARKS:
            raise UnreadableSource(f"a sheet has more than {MOST_MARKS} merged cells and errors", "copy its values")


@cache
@cache
def column_letters(place: int) -> str:
    """The letters of a zero-based column: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def place_of(address: str) -> tuple[int, int]:
    """Zero-based row and column of an address such as ``F17``; raises ValueError for what is none."""
    match = re.fullmatch(r"\$?([A-Za-z]{1,9})\$?([0-9]{1,18})", address)
    if match is None or int(match[2]) < 1:
        raise ValueError(f"{address[:20]!r} is no address of a cell")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


Start = Callable[[str, dict[str, str]], None]


def parse_part(
    archive: zipfile.ZipFile,
    part: str,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Stream one XML part through handlers that see element names without prefix; entities are refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse_entity(*_: object) -> None:
        raise UnreadableSource("it declares XML entities", "open it in a spreadsheet program and save it anew")

    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = lambda name, attributes: start(local_name(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(local_name(name))
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def local_name(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name
