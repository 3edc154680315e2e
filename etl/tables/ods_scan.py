"""The parts of an .ods: what its cells show beside what they hold, and what their styles do to it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field

from etl.tables.rich_text import STRUCK, Look, RichText
from etl.tables.workbook_scan import MOST_COLUMNS, Scan, local_name, parse_part
from etl.tables.xlsx_scan import ALL_RAISED

MOST_REPEATED = 10_000
"""Cells that one element stands for, beyond which what it shows is not noted for each."""
LONGEST_BLANK = 1_000
HIDDEN = ("collapse", "filter")
NUMBERS = ("float", "percentage", "currency")


def scan_ods(archive: zipfile.ZipFile) -> dict[str, Scan]:
    """Scans by sheet name; raises UnreadableSource for what is too large, and what DAMAGED names for what is broken."""
    styles = _Styles()
    if "styles.xml" in archive.namelist():
        parse_part(archive, "styles.xml", styles.start)
    content = _Content(styles)
    parse_part(archive, "content.xml", content.start, content.end, content.text)
    return content.scans


@dataclass(slots=True)
class _Styles:
    """How the characters of a style look, by its kind and name, with what it inherits."""

    looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    current: tuple[str, str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a style, or of a property of its characters."""
        told = {local_name(key): value for key, value in attributes.items()}
        if name == "style":
            family = told.get("family", "")
            self.current = family, told.get("name", "")
            self.looks[self.current] = self.look(family, told.get("parent-style-name"))
        elif name == "text-properties" and self.current is not None:
            lines = (told.get("text-line-through-style"), told.get("text-line-through-type"))
            position = told.get("text-position", "").split()[:1]
            if any(line not in (None, "none") for line in lines):
                self.looks[self.current] = "struck"
            elif position and position[0] not in ("0%", "normal"):
                lowered = position[0] == "sub" or position[0].startswith("-")
                self.looks[self.current] = "lowered" if lowered else "raised"

    def look(self, family: str, name: str | None) -> Look:
        """How the characters of a style look; plain where nothing is known of it."""
        return self.looks.get((family, name or ""), "plain")


class _Content:
    """Handlers for ``content.xml``."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.scans: dict[str, Scan] = {}
        self.scan = Scan()
        self.row, self.rows, self.column, self.width = 0, 1, 0, 1
        self.column_styles: list[str] = []
        self.kind, self.value, self.style = "", "", ""
        self.is_cell, self.notes = False, 0
        self.looks: list[Look] = []
        self.pieces = RichText()
        self.paragraphs = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of sheets, rows, cells and the pieces of their texts."""
        if name == "annotation":
            self.notes += 1
        if self.notes:
            return
        told = {local_name(key): value for key, value in attributes.items()}
        if name in ("table-cell", "covered-table-cell"):
            self._start_cell(attributes, told)
        elif name in ("p", "span", "s", "tab", "line-break"):
            self._start_piece(name, told)
        elif name in ("table", "table-row", "table-column"):
            self._start_area(name, told)
        elif not self.is_cell:
            self.styles.start(name, attributes)

    def _start_area(self, name: str, told: dict[str, str]) -> None:
        if name == "table":
            self.scan = self.scans.setdefault(told.get("name", ""), Scan())
            self.row, self.rows, self.column_styles = 0, 1, []
        elif name == "table-column":
            self._start_column(told)
        else:
            self.rows, self.column = int(told.get("number-rows-repeated", "1")), 0
            if told.get("visibility") in HIDDEN and self.rows <= MOST_REPEATED:
                self.scan.hidden_rows.update(range(self.row, self.row + self.rows))

    def _start_piece(self, name: str, told: dict[str, str]) -> None:
        if name == "span":
            self.looks.append(self.styles.look("text", told.get("style-name")))
        elif name != "p":
            blank = min(int(told.get("c", "1")), LONGEST_BLANK)
            self.scan.hold(blank)
            self.pieces.add(" " * blank, self._look())
        else:
            self.scan.reach(self.row + self.rows, self.column)
            if self.paragraphs:
                self.pieces.add("\n", "plain")
            self.paragraphs += 1

    def _start_column(self, told: dict[str, str]) -> None:
        number = min(int(told.get("number-columns-repeated", "1")), MOST_COLUMNS)
        first = len(self.column_styles)
        if told.get("visibility") in HIDDEN:
            self.scan.hide_columns(first, first + number - 1)
        if first < MOST_COLUMNS:
            self.column_styles += [told.get("default-cell-style-name", "")] * number

    def _start_cell(self, attributes: dict[str, str], told: dict[str, str]) -> None:
        self.width = int(told.get("number-columns-repeated", "1"))
        own = self.column_styles[self.column] if self.column < len(self.column_styles) else ""
        self.kind, self.value = told.get("value-type", ""), told.get("value", "")
        self.style, self.is_cell = told.get("style-name", own), True
        self.pieces, self.paragraphs, self.looks = RichText(), 0, []
        self._note_cell(attributes, told)
        self.column += self.width

    def _note_cell(self, attributes: dict[str, str], told: dict[str, str]) -> None:
        if attributes.get("calcext:value-type") == "error":
            self.scan.add_error(self.row, self.column)
            self.kind = "error"
        elif "formula" in told and "value-type" not in told:
            self.scan.add_uncomputed(self.row, self.column)
        if "value-type" in told or "formula" in told:
            self.scan.reach(self.row + self.rows, self.column + self.width)
        rows, columns = int(told.get("number-rows-spanned", "1")), int(told.get("number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            self.scan.add_merged(self.row, self.column, rows, columns)

    def _look(self) -> Look:
        return next((look for look in reversed(self.looks) if look != "plain"), "plain")

    def text(self, characters: str) -> None:
        """Characters of a cell."""
        self.scan.hold(len(characters) * max(1, self.rows) * max(1, self.width))
        if self.is_cell and self.paragraphs and not self.notes:
            self.pieces.add(characters, self._look())

    def end(self, name: str) -> None:
        """Judge a cell when all of it was seen."""
        if name == "annotation":
            self.notes -= 1
        elif self.notes:
            return
        elif name == "span" and self.looks:
            self.looks.pop()
        elif name in ("table-cell", "covered-table-cell"):
            if self.kind and self.rows * self.width <= MOST_REPEATED:
                self._finish_cell()
            self.is_cell = False
        elif name == "table-row":
            self.row += self.rows

    def _finish_cell(self) -> None:
        places = [
            (row, column)
            for row in range(self.row, self.row + self.rows)
            for column in range(self.column - self.width, self.column)
        ]
        look = self.styles.look("table-cell", self.style)
        if look != "plain":
            self.scan.add_doubt(*places[0], STRUCK if look == "struck" else ALL_RAISED)
        if self.kind in NUMBERS:
            shown = "".join(text for text, _ in self.pieces.pieces)
            self.scan.shown.update(dict.fromkeys(places, shown) if shown != self.value else {})
        if not self.pieces.is_plain:
            text, told = self.pieces.flatten()
            if self.kind == "string":
                self.scan.texts.update(dict.fromkeys(places, text))
            for each in told:
                self.scan.add_doubt(*places[0], each)
