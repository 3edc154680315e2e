"""The draft of a mapping file: where the header of a foreign sheet is, what its columns mean, how its rows lie."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from etl.cells.header_forms import split_header
from etl.cells.quantities import is_blank
from etl.foreign.column_map import SIGMA
from etl.foreign.guess_columns import (
    READABLE,
    ColumnGuess,
    Guess,
    guess_column,
    match_header,
    nearest_term,
    share_of_numbers,
)
from etl.foreign.header_rows import (
    KIND,
    HeaderBlock,
    find_dashed_temperature,
    find_temperature,
    read_header,
    rows_above,
)
from etl.foreign.mapping import SheetMapping, fold_header, parse_mapping
from etl.foreign.mapping_draft import write_draft
from etl.papers.sample_gatherer import DESCRIBING
from etl.sheets.guess_words import HEADINGS
from etl.tables.extract import StagedSheet, read_sheets
from etl.tables.workbook_scan import column_letters
from sse_db.errors import UnreadableSource
from sse_db.units import is_unit, is_unit_for, suffix_of
from sse_db.vocabulary import StructureClass, find_term, fold

HEADER_ROWS = 40
DECIMAL_COMMA = re.compile(r"[<>~≈]?\s?-?\d{1,3}(?:\.\d{3})*,\d+(?:\s?(?:[eE]|[x×*·]\s?10)\S*)?")
DOI = re.compile(r"10\.\d{4,9}/\S+")


def draft_mapping(path: Path) -> tuple[str, SheetMapping]:
    """The text of a mapping file for a spreadsheet, and the mapping that it is.

    Raises UnreadableSource for a file in which no row looks like a header, or no column can name the samples.
    """
    guesses = [guess for sheet in read_sheets(path) if (guess := guess_sheet(sheet, path.stem)) is not None]
    if not guesses:
        raise UnreadableSource(f"{path.name}: no row of it looks like a header", "has the sheet one row with headers?")
    best = max(guesses, key=lambda guess: sum(each.score for each in guess.columns))
    if best.find("Sample") is None and best.label is None:
        raise UnreadableSource(
            f"{path.name}: no column names samples, all hold numbers",
            "a sheet has one row for each sample and temperature; of a table for a plot the columns become rows first",
        )
    text = write_draft(best, path.name, several=len(guesses) > 1)
    return text, parse_mapping(text, "the draft")


def guess_sheet(sheet: StagedSheet, stem: str) -> Guess | None:
    """All that can be seen in one sheet, None where no row looks like a header."""
    header = _find_header(sheet)
    if header is None:
        return None
    rows = [*_title_rows(sheet, header), header]
    has_units = _has_units_below(sheet, header)
    first = header + 2 if has_units else header + 1
    block = read_header(sheet, rows, first)
    guess = Guess(sheet, [row + 1 for row in rows], first + 1)
    body = [row for row in range(first, len(sheet.rows)) if any(not is_blank(text) for text in sheet.rows[row])]
    _guess_lone_rows(guess, body)
    ends = guess.last_row or len(sheet.rows)
    data = [row for row in body if row < ends and len(_filled(sheet.rows[row])) > 1]
    _guess_columns(guess, block, data)
    _guess_decimal(guess, data)
    _guess_fill_down(guess, data)
    _guess_names(guess, stem)
    _guess_temperature(guess)
    return guess


def _filled(texts: list[str]) -> list[int]:
    return [place for place, text in enumerate(texts) if not is_blank(text)]


def _find_header(sheet: StagedSheet) -> int | None:
    """The row with the most cells that headers are recognised in, or the lowest of the rows that begin with it; a
    header has text in two cells at least."""
    best: tuple[float, int | None] = (0.0, None)
    for place in range(min(HEADER_ROWS, len(sheet.rows))):
        score = _score(sheet.rows[place])
        if score > best[0] + 1e-9:
            best = (score, place)
    header = best[1]
    while header is not None and header + 1 < len(sheet.rows) and _goes_on(sheet, header + 1):
        header += 1
    return header


def _score(texts: list[str]) -> float:
    words = [text for text in texts if text.strip() and not _is_number(text)]
    if len(words) < 2:
        return 0.0
    score = sum(match_header(text).score / 100 for text in words) + 0.01 * len(words)
    return score + sum(0.8 for text in texts if find_temperature(text) is not None)


def _goes_on(sheet: StagedSheet, row: int) -> bool:
    """Whether a row below a header belongs to it: words of headers below blank or titling cells, and no data."""
    texts = {place: text for place, text in enumerate(sheet.rows[row]) if text.strip()}
    above = sheet.rows[row - 1]
    if _has_units_below(sheet, row - 1) or len(texts) < 2 or any(map(_is_number, texts.values())):
        return False
    is_beside = all(not above[place].strip() for place in range(min(len(above), min(texts))))
    named = sum(match_header(text).column is not None or _means_kind(text) or len(text) == 1 for text in texts.values())
    return named == len(texts) and (is_beside or min(texts) > 0 or len(texts) < len(_filled(above)))


def _means_kind(text: str) -> bool:
    return match_header(f"σ {text}").column is not None or find_temperature(text) is not None


def _title_rows(sheet: StagedSheet, header: int) -> list[int]:
    """Rows above a header that belong to it: with merged cells, or with words that headers are made of."""
    rows: list[int] = []
    for row in reversed(rows_above(sheet, header)):
        texts = [text for text in sheet.rows[row] if text.strip()]
        is_merged = any(mark.code == "merged-cells" and mark.row == row and mark.width > 1 for mark in sheet.marks)
        is_key = _filled(sheet.rows[row])[:1] == [0] and len(texts) <= 2 and bool(_text_at(sheet, header, 0))
        if not is_merged and (is_key or not any(map(_is_title, texts))):
            break
        rows.insert(0, row)
    return rows


def _text_at(sheet: StagedSheet, row: int, place: int) -> str:
    return sheet.rows[row][place].strip() if place < len(sheet.rows[row]) else ""


def _is_title(text: str) -> bool:
    """Whether a text over columns says something of them: a temperature, a kind, a step, a unit, a name."""
    return (
        _means_kind(text)
        or match_header(text).column is not None
        or match_header(f"{text} T").column is not None
        or any(fold(text) in words for words in HEADINGS.values())
        or is_unit(text.strip("()[] "))
    )


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def _has_units_below(sheet: StagedSheet, header: int) -> bool:
    """Whether the row below a header holds units: all of its cells are units, in brackets or not, or signs of none."""
    if header + 1 >= len(sheet.rows):
        return False
    cells = [text.strip() for text in sheet.rows[header + 1] if text.strip()]
    bare = [text.strip("()[] ") for text in cells]
    return any(map(is_unit, bare)) and all(
        is_unit(unit) or unit in ("-", "–", "1", "%", "a.u.") or text.startswith(("(", "["))
        for unit, text in zip(bare, cells, strict=True)
    )


def _guess_columns(guess: Guess, block: HeaderBlock, data: list[int]) -> None:
    """Each column on its own, then each column of ours for the one that is most like it."""
    rows = guess.sheet.rows
    for place, text in enumerate(block.texts):
        cells = [rows[row][place] if place < len(rows[row]) else "" for row in data]
        if (text or block.above[place]) and not text.startswith("#"):
            name, above = block.name(place), block.above[place]
            if not text:
                text, above = above, ""
            guess.columns.append(guess_column(place, name, text, block.units[place], above, cells))
    _ask_about_titles(guess)
    _ask_about_units(guess, data)
    taken: dict[tuple[str, str, str | None], ColumnGuess] = {}
    for column in sorted(guess.columns, key=lambda each: (-each.score, each.place)):
        if column.target is None:
            continue
        key = (column.target.target, column.target.part, column.at)
        if key in taken and column.target.column != "remark":
            guess.notes.append(f"{column.header} may also be {column.target.name}, as {taken[key].header} is")
            column.target = None
        taken.setdefault(key, column)
    counted = Counter(fold_header(column.header) for column in guess.columns)
    for column in guess.columns:
        if counted[fold_header(column.header)] > 1:
            column.header = f"@{column_letters(column.place)}"


def _ask_about_titles(guess: Guess) -> None:
    """A title that names a kind of conductivity is not overruled by an assumed one: columns of unsaid kind are asked
    about."""
    titles = (text.strip() for texts in guess.sheet.rows[: guess.header_rows[0] - 1] for text in texts)
    title = next((text for text in titles if KIND.search(text)), None)
    if title is not None:
        for column in guess.columns:
            if column.is_unsaid and column.target is not None:
                column.target, column.doubt = None, f"{title}: is it of this kind?"


def _ask_about_units(guess: Guess, data: list[int]) -> None:
    """A column that holds units says how others are meant: those without a unit of their own are asked about."""
    others = [each for each in guess.columns if each.target is None and _holds_units(guess, each, data)]
    for column in guess.columns:
        if column.target is None or column.scale.unit is not None or suffix_of(column.target.column) is None:
            continue
        for other in others:
            if any(is_unit_for(unit, column.target.column) for unit in _texts_of(guess, other, data)):
                column.target, column.doubt = (
                    None,
                    f"the column {other.header} holds its units: put them into the cells",
                )
                break


def _holds_units(guess: Guess, column: ColumnGuess, data: list[int]) -> bool:
    texts = _texts_of(guess, column, data)
    return bool(texts) and all(map(is_unit, texts))


def _texts_of(guess: Guess, column: ColumnGuess, data: list[int]) -> set[str]:
    rows = (guess.sheet.rows[row] for row in data)
    return {texts[column.place].strip() for texts in rows if column.place < len(texts)} - {""}


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
        named = formula or next(
            (each for each in guess.columns if each.target is None and _holds_names(guess, each)), None
        )
        if named is not None:
            guess.label = "{" + named.header + "}"
            guess.notes.append(f"no column names the samples: {named.header} does")
    if guess.find("DOI") is None and guess.find("Title") is None:
        heading = " ".join(text for texts in guess.sheet.rows[: guess.header_rows[0] - 1] for text in texts)
        if doi := DOI.search(heading):
            guess.constants["DOI"] = doi[0].rstrip(".,;)")
        else:
            guess.constants["Title"] = stem
            guess.notes.append('no column names the paper: put its DOI into [constants], as DOI = "10.…", for Title')


def _holds_names(guess: Guess, column: ColumnGuess) -> bool:
    """Whether a column holds texts rather than numbers."""
    rows = guess.sheet.rows[guess.first_row - 1 :]
    texts = [row[column.place] for row in rows if column.place < len(row) and not is_blank(row[column.place])]
    return bool(texts) and share_of_numbers(texts) < READABLE


def _guess_temperature(guess: Guess) -> None:
    """The measuring temperature where no column gives it: room temperature, unless something in the sheet may say
    another; and a note where no column gives a conductivity at all."""
    values = [each for each in guess.columns if each.target and each.target.target == SIGMA]
    if not values:
        guess.notes.append("no column gives a conductivity: name it below, or nothing of this kind is read")
        return
    if guess.find("Temperature") is not None or any(each.at for each in values):
        return
    if (where := _mentions_temperature(guess)) is not None:
        guess.notes.append(
            f"no column gives the measuring temperature, but there is {where}: if it is the one, put "
            'Temperature = "… °C" into [constants]'
        )
        return
    guess.constants["Temperature"] = "room temperature"
    guess.notes.append("no column gives the measuring temperature: room temperature is assumed in [constants]")


OVER_T = re.compile(r"/\s?T(?![A-Za-z])|\b[Kk]\s?(?:\^\s?\(?\s?)?[-−⁻][1¹]|1\s?/\s?K\b")
"""One over T, or over kelvin: 10^4/T (K-1)."""
SYMBOL_T = re.compile(r"T(?=[\W\d_]|$|(?:m|meas|exp|test)\b)")
"""T by itself, numbered, or with a word of measuring: T, T1, T_meas, Texp; not True, Type or Time."""


def _mentions_temperature(guess: Guess) -> str | None:
    """A text of the sheet that may give the measuring temperature and was not used: above the header, or over a column
    that is not read."""
    for texts in guess.sheet.rows[: guess.header_rows[0] - 1]:
        title = next((text for text in texts if find_temperature(text) or find_dashed_temperature(text)), None)
        if title is not None:
            return title.strip()
    for column in guess.columns:
        readings = split_header(column.header)
        is_degrees = any(each.unit and is_unit_for(each.unit, "temperature_c") for each in readings)
        is_degrees = is_degrees or any(each.scale.inverse and each.name == "T" for each in readings)
        is_named = "temp" in fold(column.header) or SYMBOL_T.match(column.header) or OVER_T.search(column.header)
        found = find_temperature(column.header) or find_dashed_temperature(column.header)
        if column.target is None and (found or is_degrees or is_named):
            return f"the column {column.header}"
    return None
