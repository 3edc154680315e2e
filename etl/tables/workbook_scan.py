"""What a workbook's XML says beside its values: errors, formulas without a value, merged cells, and how far it reaches.

The parts are read as a stream, so that a sheet that unpacks to much is refused before it fills the memory.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from sse_db.errors import UnreadableSource

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 1_000_000
MOST_CHARACTERS = 100_000_000
"""In all cells of a sheet; a text that cells share, or that is repeated, counts as often as it stands there."""
MOST_MARKS = 10_000
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
    width: int = 1


@dataclass(slots=True)
class Scan:
    """What was found in one sheet: its marks, and how many rows and columns it spans."""

    marks: list[Mark] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    characters: int = 0
    merged: int = 0

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
        self._mark(Mark(row, column, "merged-cells", message, "unmerge them and fill in each one", columns))

    def _mark(self, mark: Mark) -> None:
        self.marks.append(mark)
        if len(self.marks) > MOST_MARKS:
            raise UnreadableSource(f"a sheet has more than {MOST_MARKS} merged cells and errors", "copy its values")


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


def scan_workbook(path: Path) -> dict[str, Scan]:
    """Scans by sheet name of an .xlsx, .xlsm or .ods; raises UnreadableSource for what is damaged or too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            if path.suffix.lower() == ".ods":
                return _scan_ods(archive)
            lengths = _shared_lengths(archive)
            return {name: _scan_xlsx_sheet(archive, part, lengths) for name, part in _xlsx_sheets(archive).items()}
    except DAMAGED as error:
        raise UnreadableSource(f"{path.name}: not a readable workbook: {error}", "open it and save it anew") from error
    except UnreadableSource as error:
        raise UnreadableSource(f"{path.name}: {error}", error.hint) from error


Start = Callable[[str, dict[str, str]], None]


def _parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Stream one XML part through handlers that see element names without prefix; entities are refused."""
    parser = expat.ParserCreate()

    def refuse_entity(*_: object) -> None:
        raise UnreadableSource("it declares XML entities", "open it in a spreadsheet program and save it anew")

    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(_local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        parser.ParseFile(stream)


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _xlsx_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the part of the archive that holds it."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes["Id"]] = posixpath.join("/xl", attributes["Target"]).lstrip("/")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            if attributes["name"] in sheets:
                raise ValueError(f"two sheets are named {attributes['name'][:40]}")
            sheets[attributes["name"]] = next((value for key, value in attributes.items() if _local(key) == "id"), "")

    _parse(archive, "xl/_rels/workbook.xml.rels", relation)
    _parse(archive, "xl/workbook.xml", sheet)
    return {name: posixpath.normpath(targets[key]) for name, key in sheets.items() if key in targets}


def _shared_lengths(archive: zipfile.ZipFile) -> list[int]:
    """Lengths of the texts that cells refer to by number."""
    lengths: list[int] = []

    def item(name: str, _: dict[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    for part in [each for each in archive.namelist() if each.lower() == "xl/sharedstrings.xml"]:
        _parse(archive, part, item, text=text)
    return lengths


def _scan_xlsx_sheet(archive: zipfile.ZipFile, part: str, lengths: list[int]) -> Scan:
    scan = _XlsxSheet(lengths)
    _parse(archive, part, scan.start, scan.end, scan.text)
    return scan.found


class _XlsxSheet:
    """Handlers for the XML of one sheet; ``lengths`` are those of the shared texts."""

    def __init__(self, lengths: list[int]) -> None:
        self.found = Scan()
        self.lengths = lengths
        self.value = ""
        self.row, self.column = -1, -1
        self.kind, self.inside = "", ""
        self.parts: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of rows, cells and what is in them; a row or cell without a place follows the one before."""
        if name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "c":
            here = place_of(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
            self.row, self.column = here
            self.kind, self.value = attributes.get("t", ""), ""
            self.parts.clear()
        elif name in ("f", "v", "is"):
            self.parts.add(name)
            self.found.reach(self.row + 1, self.column + 1)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (row, column), (to_row, to_column) = place_of(first), place_of(last or first)
            self.found.add_merged(row, column, to_row - row + 1, to_column - column + 1)
        self.inside = name

    def text(self, characters: str) -> None:
        """A value that is not empty."""
        if self.inside == "v":
            self.parts.add("text")
            self.value = characters

    def end(self, name: str) -> None:
        """Judge a cell when all of it was seen."""
        self.inside = ""
        if name == "c" and self.kind == "s" and self.value.isdecimal() and int(self.value) < len(self.lengths):
            self.found.hold(self.lengths[int(self.value)])
        if name == "c" and self.kind == "e":
            self.found.add_error(self.row, self.column)
        elif name == "c" and "f" in self.parts and "text" not in self.parts and self.kind != "str":
            self.found.add_uncomputed(self.row, self.column)  # a formula of kind str may give an empty text


def _scan_ods(archive: zipfile.ZipFile) -> dict[str, Scan]:
    scans: dict[str, Scan] = {}
    place = {"row": 0, "rows": 1, "column": 0, "width": 1}
    current = [Scan()]

    def start(name: str, attributes: dict[str, str]) -> None:
        told = {_local(key): value for key, value in attributes.items()}
        if name == "table":
            current[0] = scans.setdefault(told.get("name", ""), Scan())
            place.update(row=0, rows=1)
        elif name == "table-row":
            place.update(rows=int(told.get("number-rows-repeated", "1")), column=0)
        elif name in ("table-cell", "covered-table-cell"):
            width = int(told.get("number-columns-repeated", "1"))
            _note_ods_cell(current[0], place, width, attributes, told)
            place["column"] += width
            place["width"] = width
        elif name == "p":
            current[0].reach(place["row"] + place["rows"], place["column"])

    def end(name: str) -> None:
        if name == "table-row":
            place["row"] += place["rows"]

    def text(characters: str) -> None:
        current[0].hold(len(characters) * max(1, place["rows"]) * max(1, place["width"]))

    _parse(archive, "content.xml", start, end, text)
    return scans


def _note_ods_cell(
    scan: Scan, place: dict[str, int], width: int, attributes: dict[str, str], told: dict[str, str]
) -> None:
    row, column = place["row"], place["column"]
    if attributes.get("calcext:value-type") == "error":
        scan.add_error(row, column)
    elif "formula" in told and "value-type" not in told:
        scan.add_uncomputed(row, column)
    if "value-type" in told or "formula" in told:
        scan.reach(row + place["rows"], column + width)
    rows, columns = int(told.get("number-rows-spanned", "1")), int(told.get("number-columns-spanned", "1"))
    if rows > 1 or columns > 1:
        scan.add_merged(row, column, rows, columns)
