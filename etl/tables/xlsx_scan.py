"""The parts of an .xlsx: its sheets, the texts that cells share, and what the style of a cell does to what it shows."""

from __future__ import annotations

import posixpath
import zipfile
from typing import NamedTuple

from etl.tables.number_formats import BUILT_IN, is_plain
from etl.tables.rich_text import STRUCK, Look, RichText, Told
from etl.tables.workbook_scan import Scan, local_name, parse_part, place_of

ALL_RAISED = Told("raised-characters", "all characters are raised or lowered", "is it a footnote mark?")
CONDITIONAL = Told(
    "number-format", "a conditional format shows some of these cells in another way, the value in the cell was read",
    "take the rule away, and write what counts",
)  # fmt: skip


class CellStyle(NamedTuple):
    """What a style does beyond digits and colours."""

    code: str | None = None
    doubt: Told | None = None


def scan_xlsx(archive: zipfile.ZipFile) -> dict[str, Scan]:
    """Scans by sheet name; raises UnreadableSource for what is too large, and what DAMAGED names for what is broken."""
    shared, styles = SharedTexts(), _StyleSheet()
    for part in [each for each in archive.namelist() if each.lower() == "xl/sharedstrings.xml"]:
        parse_part(archive, part, shared.start, shared.end, shared.text)
    for part in [each for each in archive.namelist() if each.lower() == "xl/styles.xml"]:
        parse_part(archive, part, styles.start, styles.end)
    odd = styles.find_odd()
    return {
        name: _scan_sheet(archive, part, shared, odd, styles.odd_rules) for name, part in _list_sheets(archive).items()
    }


def _list_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
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
            key = next((value for key, value in attributes.items() if local_name(key) == "id"), "")
            sheets[attributes["name"]] = key

    parse_part(archive, "xl/_rels/workbook.xml.rels", relation)
    parse_part(archive, "xl/workbook.xml", sheet)
    return {name: posixpath.normpath(targets[key]) for name, key in sheets.items() if key in targets}


def _is_on(attributes: dict[str, str]) -> bool:
    return attributes.get("val", "1") not in ("0", "false", "off")


def look_of(name: str, attributes: dict[str, str], look: Look) -> Look:
    """How characters look after a property of theirs was read."""
    if name in ("strike", "dstrike") and _is_on(attributes):
        return "struck"
    if name == "vertAlign" and look == "plain":
        return {"superscript": "raised", "subscript": "lowered"}.get(attributes.get("val", ""), look)  # type: ignore[return-value]  # two words of Look
    return look


class _StyleSheet:
    """Handlers for ``styles.xml``: number formats and fonts of cells, and the rules of conditional formats."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        self.looks: list[Look] = []
        self.styles: list[tuple[str, int]] = []
        self.rules = 0
        self.odd_rules: set[str] = set()
        self.part = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of a format, a font or a style, by the part that it stands in."""
        if name in ("numFmts", "fonts", "cellXfs", "dxfs"):
            self.part = name
        elif name == "dxf" and self.part == "dxfs":
            self.rules += 1
        elif self.part == "dxfs":
            if name == "numFmt" or (name == "strike" and _is_on(attributes)):
                self.odd_rules.add(str(self.rules - 1))
        elif name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and self.part == "fonts":
            self.looks.append("plain")
        elif self.part == "fonts" and self.looks:
            self.looks[-1] = look_of(name, attributes, self.looks[-1])
        elif name == "xf" and self.part == "cellXfs":
            self.styles.append((attributes.get("numFmtId", "0"), int(attributes.get("fontId", "0"))))

    def end(self, name: str) -> None:
        """Leave a part."""
        if name == self.part:
            self.part = ""

    def find_odd(self) -> dict[str, CellStyle]:
        """Styles by number, those only that do something beyond digits and colours."""
        found = {}
        for place, (number, font) in enumerate(self.styles):
            code = self.codes.get(number)
            look = self.looks[font] if font < len(self.looks) else "plain"
            doubt = {"struck": STRUCK, "raised": ALL_RAISED, "lowered": ALL_RAISED}.get(look)
            if (code is not None and not is_plain(code)) or doubt is not None:
                found[str(place)] = CellStyle(code if code and not is_plain(code) else None, doubt)
        return found


class _Pieces:
    """Gathers the pieces of a text and their looks while its elements go by."""

    def __init__(self) -> None:
        self.text = RichText()
        self.look: Look = "plain"

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A piece begins, or one of its properties."""
        self.look = "plain" if name == "r" else look_of(name, attributes, self.look)


class SharedTexts:
    """Handlers for the texts that cells refer to by number: the length of each, and those whose characters are not all
    alike."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.rich: dict[int, RichText] = {}
        self.pieces = _Pieces()
        self.inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A text begins, or a piece of it."""
        self.inside = name
        if name == "si":
            self.lengths.append(0)
            self.pieces = _Pieces()
        elif name not in ("t", "rPh"):
            self.pieces.start(name, attributes)

    def end(self, name: str) -> None:
        """Keep a text whose characters are not all alike."""
        self.inside = ""
        if name == "si" and not self.pieces.text.is_plain:
            self.rich[len(self.lengths) - 1] = self.pieces.text

    def text(self, characters: str) -> None:
        """Characters of a text; those of its reading aids count, but are no part of it."""
        if self.lengths:
            self.lengths[-1] += len(characters)
            if self.inside == "t":
                self.pieces.text.add(characters, self.pieces.look)


def _scan_sheet(
    archive: zipfile.ZipFile, part: str, shared: SharedTexts, odd: dict[str, CellStyle], odd_rules: set[str]
) -> Scan:
    scan = _Sheet(shared, odd, odd_rules)
    parse_part(archive, part, scan.start, scan.end, scan.text)
    return scan.found


class _Sheet:
    """Handlers for the XML of one sheet."""

    def __init__(self, shared: SharedTexts, odd: dict[str, CellStyle], odd_rules: set[str]) -> None:
        self.found = Scan()
        self.shared, self.odd, self.odd_rules = shared, odd, odd_rules
        self.value, self.style = "", ""
        self.row, self.column = -1, -1
        self.kind, self.inside, self.area = "", "", ""
        self.parts: set[str] = set()
        self.pieces = _Pieces()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of rows, cells and what is in them; a row or cell without a place follows the one before."""
        if name == "c":
            here = place_of(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
            self.row, self.column = here
            self.kind, self.value, self.style = attributes.get("t", ""), "", attributes.get("s", "")
            self.parts.clear()
        elif name in ("f", "v", "is"):
            self.parts.add(name)
            self.found.reach(self.row + 1, self.column + 1)
            if name == "is":
                self.pieces = _Pieces()
        elif name == "row":
            self._start_row(attributes)
        elif "is" in self.parts and name not in ("t", "rPh"):
            self.pieces.start(name, attributes)
        elif name in ("col", "mergeCell", "conditionalFormatting", "cfRule"):
            self._note_area(name, attributes)
        self.inside = name

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
            self.found.hidden_rows.add(self.row)

    def _note_area(self, name: str, attributes: dict[str, str]) -> None:
        if name == "col" and (attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0"):
            self.found.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]) - 1)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (row, column), (to_row, to_column) = place_of(first), place_of(last or first)
            self.found.add_merged(row, column, to_row - row + 1, to_column - column + 1)
        elif name == "conditionalFormatting":
            self.parts.clear()
            self.area = attributes.get("sqref", "")
        elif name == "cfRule" and attributes.get("dxfId") in self.odd_rules and self.area:
            self.found.add_doubt(*place_of(self.area.replace(":", " ").split()[0]), CONDITIONAL)

    def text(self, characters: str) -> None:
        """A value that is not empty."""
        if self.inside == "v":
            self.parts.add("text")
            self.value += characters
        elif self.inside == "t" and "is" in self.parts:
            self.pieces.text.add(characters, self.pieces.look)

    def end(self, name: str) -> None:
        """Judge a cell when all of it was seen."""
        self.inside = ""
        if name != "c":
            return
        shared = self.kind == "s" and self.value.isdecimal() and int(self.value) < len(self.shared.lengths)
        if shared:
            self.found.hold(self.shared.lengths[int(self.value)])
        if self.kind == "e":
            self.found.add_error(self.row, self.column)
        elif "f" in self.parts and "text" not in self.parts and self.kind != "str":
            self.found.add_uncomputed(self.row, self.column)  # a formula of kind str may give an empty text
        if self.style in self.odd and self.parts:
            self._note_style(self.odd[self.style])
        rich = self.shared.rich.get(int(self.value)) if shared else self.pieces.text if "is" in self.parts else None
        if rich is not None and not rich.is_plain:
            self._note_rich(rich)
        self.parts.clear()

    def _note_style(self, style: CellStyle) -> None:
        if style.code is not None:
            self.found.formats[self.row, self.column] = style.code
        if style.doubt is not None:
            self.found.add_doubt(self.row, self.column, style.doubt)

    def _note_rich(self, rich: RichText) -> None:
        text, told = rich.flatten()
        self.found.texts[self.row, self.column] = text
        for each in told:
            self.found.add_doubt(self.row, self.column, each)
