"""What the columns of a foreign sheet may mean: by their headers, and by what stands in them."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import sqlalchemy as sa

from etl.cells.header_forms import Header, split_header
from etl.cells.quantities import is_blank, read_quantity
from etl.foreign.mapping import find_target
from etl.sheets.base import SheetColumn
from etl.sheets.foreign import FOREIGN
from etl.sheets.guess_words import GUESS_WORDS
from sse_db.columns import vocabulary_of
from sse_db.errors import SseDbError
from sse_db.materials.formulas import read_formula
from sse_db.records.identity import normalise_doi
from sse_db.units import is_unit_for, suffix_of
from sse_db.vocabulary import Term, find_term, fold

CLOSE = 88
"""Similarity in percent from which a header counts as another spelling of a known one."""
LONGEST_HEADER = 100
READABLE = 0.6
"""Share of a column's cells that must be readable as what the header says."""
KELVIN_FROM = 200.0
"""A column of measuring temperatures without unit that begins here is taken for kelvin."""
DEGREES = re.compile(r"(?<![\d.,A-Za-z])(?P<number>-?\d{1,4}(?:[.,]\d+)?)\s?(?P<unit>°\s?C|º\s?C|K|C)(?![A-Za-z\d])")
SEVERAL_DOIS = {sign: re.compile(rf"{re.escape(sign)}\s*(?:\S*doi\S*)?10\.\d{{4}}") for sign in "|;"}
"""Signs between the DOIs of one cell."""
NUMBER = re.compile(r"[<>~≈≤≥]?\s?[-+]?\d[\d.,]*(?:\s?[eE][-+]?\d+)?")


@dataclass(slots=True)
class ColumnGuess:
    """What a column may mean, None where nothing fits; ``doubt`` is what a reader of the draft should look at."""

    place: int
    header: str
    target: SheetColumn | None = None
    score: float = 0.0
    unit: str | None = None
    logarithmic: bool = False
    at: str | None = None
    split: str | None = None
    doubt: str = ""
    words: dict[str, str] = field(default_factory=dict)


@cache
def known_names() -> dict[str, SheetColumn]:
    """All names that a header may have, folded, with the column of ours that each means."""
    names: dict[str, SheetColumn] = {}
    for column in FOREIGN.columns:
        for name in (column.name, column.header, *column.aliases):
            names.setdefault(fold(name), column)
    for name, words in GUESS_WORDS.items():
        for word in words:
            names.setdefault(fold(word), find_target(name))
    return names


def match_header(text: str, unit_below: str | None = None) -> tuple[SheetColumn | None, float, Header]:
    """The column that a header means, how alike they are in percent, and the reading of the header that fits best."""
    from rapidfuzz import fuzz, process

    best: tuple[SheetColumn | None, float, Header] = (None, 0.0, Header(text, unit_below))
    if len(text) > LONGEST_HEADER:
        return best
    for reading in split_header(text):
        unit = reading.unit or unit_below
        found = process.extractOne(fold(reading.name), known_names().keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
        if found is None or (len(fold(reading.name)) < 4 and found[1] < 100):
            continue
        column, score = known_names()[found[0]], float(found[1])
        fits = unit is None or is_unit_for(unit, column.column)
        score += 5 * (unit is not None and fits) - (0 if fits else 20)
        if score > best[1]:
            best = (column, score, Header(reading.name, unit if fits else None, reading.logarithmic))
    return best


def guess_column(place: int, header: str, unit_below: str | None, above: str, texts: Sequence[str]) -> ColumnGuess:
    """What a column may mean, by its header, the cell above it, the unit below it, and its texts."""
    guess = ColumnGuess(place, header)
    filled = [text for text in texts if not is_blank(text)]
    if wide := DEGREES.search(header):
        _guess_wide(guess, wide, above, unit_below, filled)
    if guess.target is None:
        target, score, reading = match_header(header, unit_below)
        if target is None and above:
            target, score, reading = match_header(f"{above} {header}", unit_below)
        if target is not None and _fits(target, reading, filled):
            guess.target, guess.score = target, score
            guess.unit, guess.logarithmic = reading.unit, reading.logarithmic
    if guess.target is None:
        _guess_by_content(guess, filled)
    if guess.target is not None:
        if guess.target.target == "publications.doi":
            guess.split = next((sign for sign in "|;" if any(SEVERAL_DOIS[sign].search(text) for text in filled)), None)
        _check_numbers(guess, filled)
        _guess_words(guess, filled)
    return guess


def _guess_wide(
    guess: ColumnGuess, found: re.Match[str], above: str, unit_below: str | None, filled: list[str]
) -> None:
    """A column of conductivities at one temperature, which the header names."""
    rest = " ".join((guess.header[: found.start()] + guess.header[found.end() :]).replace("()", "").split())
    rest = rest.strip(" ,;@=/")
    name, unit, logarithmic = find_target("σ total"), unit_below, False
    for text in (rest, above):
        target, _, reading = match_header(text, unit_below) if text else (None, 0.0, Header(""))
        if target is not None and target.column == name.column:
            name, unit, logarithmic = target, reading.unit, reading.logarithmic
            break
        bare = text.strip("()[] ")
        if bare and is_unit_for(bare, name.column):
            unit = bare
    if _share_of_numbers(filled) >= READABLE:
        guess.target, guess.unit, guess.logarithmic, guess.score = name, unit, logarithmic, 100.0
        guess.at = f"{found['number']} {found['unit'].replace('º', '°').replace(' ', '')}"


def _fits(target: SheetColumn, reading: Header, filled: list[str]) -> bool:
    """Whether most of a column's cells can be what the header says."""
    kind = target.schema_column.type
    if not filled:
        return True
    if target.target == "publications.doi":
        return _share(filled, lambda text: bool(normalise_doi(text.split("|")[0]))) >= READABLE
    if isinstance(kind, sa.Integer | sa.Float):
        unit, log = reading.unit, reading.logarithmic
        readable = _share(filled, lambda text: bool(read_quantity(text, target.column, unit, logarithmic=log)))
        return max(readable, _share_of_numbers(filled)) >= READABLE
    return (
        target.target == "samples.label"
        or vocabulary_of(target.schema_column) is not None
        or (_share_of_numbers(filled) < READABLE)
    )


def _share(texts: list[str], holds: object) -> float:
    return sum(_holds(holds, text) for text in texts) / len(texts)


def _holds(test: object, text: str) -> bool:
    try:
        return bool(test(text))  # type: ignore[operator]  # a function of the text
    except SseDbError:
        return False


def _share_of_numbers(filled: list[str]) -> float:
    return sum(NUMBER.fullmatch(text.strip()) is not None for text in filled) / len(filled) if filled else 0.0


def _guess_by_content(guess: ColumnGuess, filled: list[str]) -> None:
    """A column of DOIs or of lithium formulas, whatever its header says."""
    if not filled:
        return
    if _share(filled, lambda text: bool(normalise_doi(text.split("|")[0]))) >= READABLE:
        guess.target, guess.score = find_target("DOI"), 50.0
    elif _share(filled, lambda text: "Li" in text and bool(read_formula(text))) >= READABLE:
        guess.target, guess.score = find_target("Formula"), 50.0


def _check_numbers(guess: ColumnGuess, filled: list[str]) -> None:
    """Units that the header does not name, by the size of the numbers; what is guessed so is said."""
    assert guess.target is not None
    suffix = suffix_of(guess.target.column)
    numbers = [number for text in filled if (number := _plain_number(text)) is not None]
    if suffix is None or guess.unit is not None or not numbers:
        return
    if suffix == "s_per_cm":
        middle = statistics.median(numbers)
        guess.logarithmic = guess.logarithmic or (middle < 0 and max(numbers) < 3)
        guess.doubt = "no unit in the sheet: S/cm is assumed"
        if guess.logarithmic:
            guess.doubt = "negative numbers: taken for decimal logarithms of S/cm"
        elif middle > 1e-1:
            guess.doubt = "no unit in the sheet, and the numbers are large for S/cm: is it mS/cm?"
    elif guess.target.name == "Temperature" and min(numbers) >= KELVIN_FROM:
        guess.unit, guess.doubt = "K", "no unit in the sheet: the numbers look like kelvin"


def _plain_number(text: str) -> float | None:
    try:
        return float(re.sub(r"^[<>~≈≤≥]\s?", "", text.strip()).replace(",", "."))
    except ValueError:
        return None


def _guess_words(guess: ColumnGuess, filled: list[str]) -> None:
    """Words of a vocabulary that are not known, each with the nearest one or nothing."""
    assert guess.target is not None
    vocabulary = vocabulary_of(guess.target.schema_column)
    if vocabulary is not None and issubclass(vocabulary, Term):
        unknown = sorted({text.strip() for text in filled if find_term(vocabulary, text) is None})
        guess.words = {text: nearest_term(vocabulary, text) for text in unknown}


def nearest_term(vocabulary: type[Term], text: str) -> str:
    """The word of a vocabulary that a text most likely means, empty where none is near."""
    from rapidfuzz import fuzz, process

    spellings = {fold(word): term.value for term in vocabulary for word in (term.value, *term.words)}
    found = process.extractOne(fold(text), spellings.keys(), scorer=fuzz.ratio, score_cutoff=70)
    inside = next((value for word, value in spellings.items() if len(word) > 3 and word in fold(text)), "")
    return spellings[found[0]] if found else inside


def suggest_targets(header: str) -> list[str]:
    """The columns of ours that a header is most like, for those that were not recognised."""
    from rapidfuzz import fuzz, process

    names = [name for name in known_names() if len(name) > 3]
    found = process.extract(fold(header), names, scorer=fuzz.WRatio, limit=2, score_cutoff=75)
    return list(dict.fromkeys(known_names()[name].name for name, _, _ in found))
