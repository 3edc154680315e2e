"""The draft of a mapping file: where the header of a foreign sheet is, what its columns mean, how its rows lie."""

from __future__ import annotations

import re
from pathlib import Path

from etl.cells.quantities import is_blank
from etl.foreign.guess_columns import ColumnGuess, Guess, guess_column, match_header, nearest_term
from etl.foreign.mapping import SheetMapping, parse_mapping
from etl.foreign.mapping_draft import write_draft
from etl.papers.literature import DESCRIBING
from etl.tables.extract import StagedSheet, read_sheets
from etl.tables.workbook_scan import column_letters
from sse_db.errors import UnreadableQuantity, UnreadableSource
from sse_db.units import parse_unit
from sse_db.vocabulary import StructureClass, find_term, fold

HEADER_ROWS = 40
DECIMAL_COMMA = re.compile(r"[<>~≈]?\s?-?\d{1,3}(?:\.\d{3})*,\d+(?:\s?(?:[eE]|[x×*·]\s?10)\S*)?")
DOI = re.compile(r"10\.\d{4,9}/\S+")


def draft_mapping(path: Path) -> tuple[str, SheetMapping]:
    """The text of a mapping file for a spreadsheet, and the mapping that it is.

    Raises UnreadableSource for a file in which no row looks like a header.
    """
    guesses = [guess for sheet in read_sheets(path) if (guess := guess_sheet(sheet, path.stem)) is not None]
    if not guesses:
        raise UnreadableSource(f"{path.name}: no row of it looks like a header", "has the sheet one row with headers?")
    best = max(guesses, key=lambda guess: sum(each.score for each in guess.columns))
    text = write_draft(best, path.name, several=len(guesses) > 1)
    return text, parse_mapping(text, "the draft")


def guess_sheet(sheet: StagedSheet, stem: str) -> Guess | None:
    """All that can be seen in one sheet, None where no row looks like a header."""
    header = _find_header(sheet)
    if header is None:
        return None
    units = _units_below(sheet, header)
    first = header + 2 if units else header + 1
    guess = Guess(sheet, header + 1, first + 1)
    body = [row for row in range(first, len(sheet.rows)) if any(not is_blank(text) for text in sheet.rows[row])]
    _guess_lone_rows(guess, body)
    ends = guess.last_row or len(sheet.rows)
    data = [row for row in body if row < ends and len(_filled(sheet.rows[row])) > 1]
    _guess_columns(guess, header, units, data)
    _guess_decimal(guess, data)
    _guess_fill_down(guess, data)
    _guess_names(guess, stem)
    return guess


def _filled(texts: list[str]) -> list[int]:
    return [place for place, text in enumerate(texts) if not is_blank(text)]


def _find_header(sheet: StagedSheet) -> int | None:
    """The row with the most cells that headers are recognised in; a header has text in two cells at least."""
    best: tuple[float, int | None] = (0.0, None)
    for place, texts in enumerate(sheet.rows[:HEADER_ROWS]):
        words = [text for text in texts if text.strip() and not _is_number(text)]
        if len(words) < 2:
            continue
        score = sum(match_header(text)[1] / 100 for text in words) + 0.01 * len(words)
        score += sum(0.8 for text in texts if re.search(r"\d\s?(?:°\s?C|K)\b", text))
        if score > best[0] + 1e-9:
            best = (score, place)
    return best[1]


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def _units_below(sheet: StagedSheet, header: int) -> dict[int, str]:
    """Units of a second header row: a row below the header all of whose cells are units, in brackets or not."""
    if header + 1 >= len(sheet.rows):
        return {}
    units: dict[int, str] = {}
    cells = {place: text.strip() for place, text in enumerate(sheet.rows[header + 1]) if text.strip()}
    for place, text in cells.items():
        bare = text.strip("()[] ")
        try:
            parse_unit(bare)
        except UnreadableQuantity:
            if bare not in ("-", "–", "1", "%", "a.u.") and not text.startswith(("(", "[")):
                return {}
            continue
        units[place] = bare
    return units


def _guess_columns(guess: Guess, header: int, units: dict[int, str], data: list[int]) -> None:
    """Each column on its own, then each column of ours for the one that is most like it."""
    rows, above = guess.sheet.rows, _above(guess.sheet, header)
    texts = rows[header]
    for place, text in enumerate(texts):
        cells = [rows[row][place] if place < len(rows[row]) else "" for row in data]
        if text.strip() and not text.startswith("#"):
            guess.columns.append(guess_column(place, text.strip(), units.get(place), above.get(place, ""), cells))
    taken: dict[tuple[str, str, str | None], ColumnGuess] = {}
    for column in sorted(guess.columns, key=lambda each: (-each.score, each.place)):
        if column.target is None:
            continue
        key = (column.target.target, column.target.part, column.at)
        if key in taken and column.target.column != "remark":
            guess.notes.append(f"{column.header} may also be {column.target.name}, as {taken[key].header} is")
            column.target = None
        taken.setdefault(key, column)
    counted: dict[str, int] = {}
    for column in guess.columns:
        counted[fold(column.header)] = counted.get(fold(column.header), 0) + 1
        if counted[fold(column.header)] > 1:
            column.header = f"@{column_letters(column.place)}"


def _above(sheet: StagedSheet, header: int) -> dict[int, str]:
    """Texts of the row above the header, each also for the blank cells to its right: a title over several columns."""
    found: dict[int, str] = {}
    if header == 0 or len(_filled(sheet.rows[header - 1])) < 1:
        return found
    texts, last = sheet.rows[header - 1], ""
    for place in range(len(sheet.rows[header])):
        last = texts[place].strip() if place < len(texts) and texts[place].strip() else last
        found[place] = last
    return found


def _guess_lone_rows(guess: Guess, body: list[int]) -> None:
    """Rows with a single filled cell: titles of sections, and below the last row of data footnotes."""
    rows = guess.sheet.rows
    lone = [row for row in body if len(_filled(rows[row])) == 1 and not _is_number(rows[row][_filled(rows[row])[0]])]
    wide = [row for row in body if row not in lone]
    if not wide:
        return
    if lone and lone[-1] > wide[-1]:
        guess.last_row = wide[-1] + 1
        guess.notes.append(f"what stands below row {guess.last_row} is not read: it looks like footnotes")
    titles = [rows[row][_filled(rows[row])[0]].strip() for row in lone if row < wide[-1]]
    if not titles:
        return
    known = [title for title in titles if nearest_term(StructureClass, title)]
    guess.sections = "Structure class" if 2 * len(known) >= len(titles) else "Sample remark"
    if guess.sections == "Structure class":
        strange = (title for title in titles if find_term(StructureClass, title) is None)
        guess.section_words = {title: nearest_term(StructureClass, title) for title in strange}


def _guess_decimal(guess: Guess, data: list[int]) -> None:
    texts = [text.strip() for row in data for text in guess.sheet.rows[row]]
    if any(DECIMAL_COMMA.fullmatch(text) for text in texts):
        guess.decimal = ","


def _guess_fill_down(guess: Guess, data: list[int]) -> None:
    """A column that names a sample once and leaves the rows below blank, and those that are blank beside it."""
    label = guess.find("Sample") or guess.find("Formula")
    if label is None or not data:
        return
    named = _blank_rows(guess, label, data)
    if not named or data[0] in named:
        return
    others = [
        column.header
        for column in guess.columns
        if column is not label and _describes_sample(column) and _blank_rows(guess, column, data) >= named
    ]
    guess.fill_down = [label.header, *others]


def _describes_sample(column: ColumnGuess) -> bool:
    """Whether a column says something that holds for all rows of a sample, as a measured value does not."""
    return column.target is not None and column.target.table in DESCRIBING


def _blank_rows(guess: Guess, column: ColumnGuess, data: list[int]) -> set[int]:
    rows = guess.sheet.rows
    return {row for row in data if column.place >= len(rows[row]) or is_blank(rows[row][column.place])}


def _guess_names(guess: Guess, stem: str) -> None:
    """What a sheet must say and does not: the sample's name is its formula, the paper is left to the reader."""
    formula = guess.find("Formula")
    if guess.find("Sample") is None:
        named = formula or next((each for each in guess.columns if each.target is None), guess.columns[0])
        guess.label = "{" + named.header + "}"
        guess.notes.append(f"no column names the samples: {named.header} does")
    if guess.find("DOI") is None and guess.find("Title") is None:
        heading = " ".join(text for texts in guess.sheet.rows[: guess.header_row - 1] for text in texts)
        if doi := DOI.search(heading):
            guess.constants["DOI"] = doi[0].rstrip(".,;)")
        else:
            guess.constants["Title"] = stem
            guess.notes.append('no column names the paper: put its DOI into [constants], as DOI = "10.…", for Title')
    values = [each for each in guess.columns if each.target and each.target.column == "conductivity_s_per_cm"]
    if values and guess.find("Temperature") is None and not any(each.at for each in values):
        guess.constants["Temperature"] = "room temperature"
        guess.notes.append("no column gives the measuring temperature: room temperature is assumed in [constants]")
