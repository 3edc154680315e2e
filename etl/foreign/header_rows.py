"""The header of a foreign sheet: one row or several, what stands above and below it, and the name of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.tables.extract import StagedSheet
from etl.tables.workbook_scan import column_letters
from sse_db.units import is_unit

JOINED = " | "
"""Stands between the texts of a header that several rows make up."""
MOST_ABOVE = 3
"""Rows above a header that are looked at for titles over several columns."""
TEMPERATURE = re.compile(
    r"""
    (?<![\d.,A-Za-z])(?P<number>[-+−–]?\s?\d{1,4}(?:[.,]\d+)?)              # 25, -10.5
    \s?(?P<unit>°\s?C|º\s?C|°\s?F|K|C)(?![A-Za-z\d])                        # °C, K
    |(?<![A-Za-z])(?P<room>RT|R\.T\.|[Rr]oom[ -]temperature)(?![A-Za-z])    # RT, room temperature
    """,
    re.VERBOSE,
)
"""A temperature in a header: ``25 °C``, ``298 K``, ``RT``."""

KIND = re.compile(r"(?i)\b(?:bulk|grain[- ]boundar(?:y|ies)|grain interior|total)\b")
"""A kind of conductivity in a title."""


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The header of a sheet: its last row (zero-based); and by column its text, what stands above it, and the unit in a
    row below it, each empty where there is none."""

    row: int
    texts: list[str]
    above: list[str]
    units: list[str]

    def name(self, place: int) -> str:
        """A column as a mapping names it: its texts joined; its letters where it has none."""
        joined = JOINED.join(filter(None, (self.above[place], self.texts[place])))
        return joined or f"@{column_letters(place)}"


def read_header(sheet: StagedSheet, rows: Sequence[int], first_row: int | None = None) -> HeaderBlock:
    """The header that some rows (zero-based) make up; units are looked for between it and the first row of data."""
    last = rows[-1]
    width = max((len(texts) for texts in sheet.rows[last:]), default=0)
    texts = [_text(sheet, last, place) for place in range(width)]
    spread = [_spread(sheet, row, texts, width) for row in rows[:-1]]
    above = [JOINED.join(filter(None, (each[place] for each in spread))) for place in range(width)]
    units = [""] * width
    for row in range(last + 1, min(first_row if first_row is not None else 0, len(sheet.rows))):
        for place in range(width):
            bare = _text(sheet, row, place).strip("()[] ")
            units[place] = bare if bare and is_unit(bare) else units[place]
    return HeaderBlock(last, texts, above, units)


def _text(sheet: StagedSheet, row: int, place: int) -> str:
    texts = sheet.rows[row] if row < len(sheet.rows) else []
    return " ".join(texts[place].split()) if place < len(texts) else ""


def _spread(sheet: StagedSheet, row: int, below: Sequence[str], width: int) -> list[str]:
    """The texts of a row for each column that they stand over: those of merged cells for the cells merged, others for
    the blank ones to their right; a text with nothing below it is the name of its own column."""
    merged = {mark.column: mark.width for mark in sheet.marks if mark.code == "merged-cells" and mark.row == row}
    is_merged = any(each > 1 for each in merged.values())
    found, reach, last = [""] * width, -1, ""
    for place in range(width):
        if text := _text(sheet, row, place):
            last = text
            reach = place + merged.get(place, 1) - 1 if is_merged or not below[place] else width
        if place <= reach:
            found[place] = last
    return found


def rows_above(sheet: StagedSheet, header: int) -> list[int]:
    """Rows (zero-based) right above a header that title its columns: a row with a text beyond the first column."""
    found: list[int] = []
    for row in range(header - 1, max(-1, header - 1 - MOST_ABOVE), -1):
        texts = [_text(sheet, row, place) for place in range(len(sheet.rows[row]))]
        if not any(texts[1:]):
            break
        found.insert(0, row)
    return found


def find_temperature(text: str) -> re.Match[str] | None:
    """The temperature that a header names, None where it names none or is one over it (1/K)."""
    return next((match for match in TEMPERATURE.finditer(text) if match["room"] or _is_written(match)), None)


def _is_written(match: re.Match[str]) -> bool:
    """Whether a number with a unit is a temperature: no end of a range, no rate, no one over it, nothing that a dash
    joins to a letter."""
    before, after = match.string[: match.start()].rstrip(), match.string[match.end() :]
    is_range = re.search(r"(?:\d\s*(?:[-–−/,;~…]|\.\.+|to|and|und|bis)?|[^\W\d_][-–−])\Z", before) is not None
    return not (is_range or after.startswith("/") or (match["unit"] == "K" and before.endswith("/")))


def find_dashed_temperature(text: str) -> str:
    """A temperature behind a dash that is a minus sign or joins words (``total-25 °C``), empty where there is none; an
    exponent such as that of cm-1 K is none."""
    matches = (match for match in TEMPERATURE.finditer(text) if match["number"])
    return next((f"-{match[0]}" for match in matches if _is_dashed(match)), "")


def _is_dashed(match: re.Match[str]) -> bool:
    before, number = match.string[: match.start()], match["number"]
    is_exponent = match["unit"] == "K" and len(number) == 1
    return re.search(r"[^\W\d_][-–−]\Z", before) is not None and not is_exponent


def says_something(text: str) -> bool:
    """Whether a title names a temperature or a kind of conductivity."""
    return any((find_temperature(text), find_dashed_temperature(text), KIND.search(text)))


def write_temperature(match: re.Match[str]) -> str:
    """A temperature of a header as a mapping writes it."""
    if match["room"]:
        return "room temperature"
    number = re.sub(r"[−–]", "-", match["number"]).replace(" ", "").removeprefix("+")
    return f"{number} {re.sub('[º ]', lambda sign: '°' if sign[0] == 'º' else '', match['unit'])}"
