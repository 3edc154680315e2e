"""What the columns of a foreign sheet may mean: by their headers, and by what stands in them."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

import sqlalchemy as sa

from etl.cells.header_forms import plain_header, split_header
from etl.cells.quantities import is_blank, read_quantity
from etl.cells.scales import PLAIN, Scale
from etl.foreign.column_map import SIGMA, find_sheet_column
from etl.foreign.header_rows import JOINED, find_dashed_temperature, find_temperature, write_temperature
from etl.sheets.base import SheetColumn
from etl.sheets.foreign import FOREIGN
from etl.sheets.guess_words import EA_WORDS, GUESS_WORDS, HEADINGS, KIND_WORDS, SIGMA_WORDS
from etl.tables.extract import StagedSheet
from sse_db.columns import vocabulary_of
from sse_db.errors import SseDbError
from sse_db.materials.formulas import read_formula
from sse_db.records.identity import normalise_doi
from sse_db.units import display_unit, is_unit, is_unit_for, suffix_of
from sse_db.vocabulary import Contribution, Term, find_term, fold

CLOSE = 88
"""Similarity in percent from which a header counts as another spelling of a known one."""
WORDS_ALIKE = 80
"""Similarity in percent of two words of at least four letters that may be one word, misspelt."""
LONGEST_HEADER = 100
READABLE = 0.6
"""Share of a column's cells that must be readable as what the header says."""
KELVIN_FROM = 200.0
"""A column of measuring temperatures without unit that begins here is taken for kelvin."""
SEVERAL_DOIS = {sign: re.compile(rf"{re.escape(sign)}\s*(?:\S*doi\S*)?10\.\d{{4}}") for sign in "|;"}
"""Signs between the DOIs of one cell."""
NUMBER = re.compile(r"[<>~≈≤≥]?\s?[-+−]?\d[\d.,]*(?:\s?[eE][-+−]?\d+)?")
SAID_TOTAL = re.compile(r"(?i)tot|ges|overall")
"""A header that says which conductivity it is; under any other the kind is assumed."""


@dataclass(slots=True)
class ColumnGuess:
    """What a column may mean, None where nothing fits; ``doubt`` is what a reader of the draft should look at, also for
    a column that is not read."""

    place: int
    header: str
    target: SheetColumn | None = None
    score: float = 0.0
    scale: Scale = PLAIN
    is_unsaid: bool = False
    at: str | None = None
    split: str | None = None
    doubt: str = ""
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The column that a header means, how alike they are in percent, and how its numbers are meant; and a unit that
    kept a header from meaning one."""

    column: SheetColumn | None = None
    score: float = 0.0
    scale: Scale = PLAIN
    strange: str = ""


@cache
def known_names() -> dict[str, SheetColumn]:
    """All names that a header may have, folded, with the column of ours that each means."""
    names: dict[str, SheetColumn] = {}
    for column in FOREIGN.columns:
        for name in column.names:
            names.setdefault(fold(name), column)
    for name, words in GUESS_WORDS.items():
        for word in words:
            names.setdefault(fold(word), find_sheet_column(name))
    return names


@lru_cache(maxsize=2048)
def match_header(text: str, unit_below: str = "") -> Match:
    """The column that a header means. All of the header is used: its words are those of the column's name, or of a
    conductivity and its kind, and what remains is a unit of the column."""
    best = Match()
    if len(text) > LONGEST_HEADER:
        return best
    strange = ""
    for reading in split_header(text):
        scale = reading.scale if reading.unit or not unit_below else replace(reading.scale, unit=unit_below)
        for column, score in _columns_named(reading.name, scale.unit):
            if not _takes(column, scale, text):
                strange = strange or scale.unit or ""
            elif score + 5 * (scale.unit is not None) > best.score:
                best = Match(column, score + 5 * (scale.unit is not None), scale)
    return best if best.column is not None else Match(strange=strange)


def _takes(column: SheetColumn, scale: Scale, header: str) -> bool:
    """Whether a column of ours can have numbers of a scale; a text takes a remark in brackets, but no unit."""
    if isinstance(column.schema_column.type, sa.Float):
        return scale.fits(column.column)
    if scale.unit is None or not scale.is_plain:
        return scale.is_plain
    is_remark = re.search(rf"[(\[]\s*{re.escape(scale.unit)}\s*[)\]]", plain_header(header)) is not None
    return is_remark and not is_unit(scale.unit) and not re.search(r"\d", scale.unit)


def _columns_named(name: str, unit: str | None) -> Iterator[tuple[SheetColumn, float]]:
    """The columns of ours that a name may be of, with the similarity in percent."""
    from rapidfuzz import fuzz, process

    folded = fold(name)
    if len(folded) == 1 and folded.isascii() and unit is None and name != "T":
        return  # one letter may be anything: a distance, a diameter, a lattice constant
    if (step := _step_of(name, unit)) is not None:
        yield step, 100.0
        return
    if folded in known_names():
        yield known_names()[folded], 100.0
    elif len(folded) >= 4:
        close = process.extract(folded, known_names().keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=3)
        yield from ((known_names()[known], score) for known, score, _ in close if _are_alike(folded, known))
    if (found := _read_kind(folded, unit)) is not None:
        yield found, 99.0


def _are_alike(name: str, known: str) -> bool:
    """Whether two names are one, misspelt: word by word, so that no word of either is left over."""
    from rapidfuzz import fuzz

    ours, theirs = name.split(), known.split()
    return len(ours) == len(theirs) and all(
        word == other or (min(len(word), len(other)) >= 4 and word.isalpha() and fuzz.ratio(word, other) >= WORDS_ALIKE)
        for word, other in zip(ours, theirs, strict=True)
    )


def _step_of(name: str, unit: str | None) -> SheetColumn | None:
    """Temperature or time of a step that a letter stands for: ``Sintering T``, ``t sintering``; by the unit, else by
    the case of the letter."""
    match = re.fullmatch(
        r"(?i:(sintering|calcination|calcining))[\s_]+([Tt])|([Tt])[\s_]+(?i:(sintering|calcination))", name
    )
    if match is None:
        return None
    step = (match[1] or match[4]).lower().replace("calcining", "calcination").capitalize()
    temperature, duration = find_sheet_column(f"{step} temperature"), find_sheet_column(f"{step} time")
    if unit is not None:
        return duration if is_unit_for(unit, duration.column) else temperature
    return duration if (match[2] or match[3]) == "t" else temperature


def _read_kind(name: str, unit: str | None) -> SheetColumn | None:
    """A conductivity or an activation energy that is named by words for it and for its kind, and by nothing else."""
    rest, kinds = f" {name} ".replace("(", " ").replace(")", " "), []
    for kind, words in KIND_WORDS.items():
        for word in words:
            if f" {word} " in rest:
                rest = rest.replace(f" {word} ", " ", 1)
                kinds.append(kind)
    if len(set(kinds)) > 1:
        return None
    kind = kinds[0].replace("_", " ") if kinds else "total"
    left = set(rest.split())
    if (left and left <= set(SIGMA_WORDS)) or (not left and kinds and unit is not None):
        return find_sheet_column(f"σ {kind}")
    return find_sheet_column(f"Ea {kind}") if left and left <= set(EA_WORDS) else None


def guess_column(place: int, header: str, text: str, unit_below: str, above: str, texts: Sequence[str]) -> ColumnGuess:
    """What a column may mean, by its header, what stands above it, the unit below it, and its texts. ``header`` is its
    name in the mapping. What stands above is used, or the column is not read."""
    guess = ColumnGuess(place, header)
    filled = [cell for cell in texts if not is_blank(cell)]
    unit_below = next((part for part in above.split(JOINED) if is_unit(part)), unit_below)
    above = JOINED.join(part for part in above.split(JOINED) if part != unit_below)
    joined = " ".join(f"{above} {text}".replace(JOINED, " ").split())
    found = find_temperature(joined)
    if found is not None:
        _guess_wide(guess, joined, found, unit_below, filled)
    elif dashed := find_dashed_temperature(joined):
        guess.doubt = f"{dashed} or {dashed[1:]}: is the dash a minus sign?"
    else:
        _guess_by_name(guess, joined, text, unit_below, above, filled)
        if guess.target is None and not above and not guess.doubt:
            _guess_by_content(guess, filled)
    if guess.target is not None:
        if guess.target.target == "publications.doi":
            guess.split = next((sign for sign in "|;" if any(SEVERAL_DOIS[sign].search(text) for text in filled)), None)
        guess.is_unsaid = guess.target.part == "total" and SAID_TOTAL.search(joined) is None
        _check_numbers(guess, filled)
        _guess_words(guess, filled)
    return guess


def _guess_by_name(guess: ColumnGuess, joined: str, text: str, unit_below: str, above: str, filled: list[str]) -> None:
    """What a column may mean by its header with what stands above it, or by its header alone under a mere title."""
    match = match_header(joined, unit_below)
    if match.column is None and above:
        alone = match_header(text, unit_below)
        if alone.column is not None and _is_heading(above, alone.column):
            match = alone
        elif alone.column is not None or match.strange:
            guess.doubt = f"{above} stands above {text}: what does it mean here?"
            return
    if match.column is not None and _fits(match.column, match.scale, filled):
        guess.target, guess.score, guess.scale = match.column, match.score, match.scale
    elif match.strange:
        guess.doubt = f"{match.strange} is no unit of what the name says"


def _is_heading(above: str, column: SheetColumn) -> bool:
    """Whether all that stands above a column only titles the table of ours that it belongs to."""
    return all(fold(part) in HEADINGS.get(column.table, ()) for part in above.split(JOINED))


def _guess_wide(guess: ColumnGuess, joined: str, found: re.Match[str], unit_below: str, filled: list[str]) -> None:
    """A column of conductivities at one temperature, which the header names, or what stands above it."""
    before = re.sub(r"(?i)(?:\A|\s)(?:measured at|at|@|bei|T\s?=)\s*\Z", "", joined[: found.start()])
    rest = " ".join(re.sub(r"[(\[]\s*[)\]]", " ", f"{before} {joined[found.end() :]}").split())
    rest = rest.strip(" ,;@=/:|")
    bare = rest.strip("()[] ")
    if find_temperature(rest) is not None:
        guess.doubt = "two temperatures stand over it"
        return
    match = match_header(rest, unit_below) if rest else Match()
    if not rest:
        match = Match(find_sheet_column("σ total"), 100.0, Scale(unit_below or None))
    elif match.column is None and is_unit_for(bare, "conductivity_s_per_cm"):
        match = Match(find_sheet_column("σ total"), 100.0, Scale(bare))
    if match.column is None or match.column.target != SIGMA or not _takes(match.column, match.scale, rest):
        guess.doubt = f"{rest} at {found[0].strip()}: what does it mean here?"
    elif not filled or share_of_numbers(filled) >= READABLE:
        guess.target, guess.scale, guess.score = match.column, match.scale, 100.0
        guess.at = write_temperature(found)


def _fits(target: SheetColumn, scale: Scale, filled: list[str]) -> bool:
    """Whether most of a column's cells can be what the header says."""
    kind = target.schema_column.type
    if not filled:
        return True
    if target.target == "publications.doi":
        return _share(filled, lambda text: bool(normalise_doi(text.split("|")[0]))) >= READABLE
    if isinstance(kind, sa.Integer | sa.Float):
        readable = _share(filled, lambda text: bool(read_quantity(text, target.column, scale=scale)))
        return max(readable, share_of_numbers(filled)) >= READABLE
    vocabulary = vocabulary_of(target.schema_column)
    if vocabulary is not None and issubclass(vocabulary, Term):
        return _share(filled, lambda text: bool(nearest_term(vocabulary, text))) >= READABLE
    return target.target == "samples.label" or vocabulary is not None or share_of_numbers(filled) < READABLE


def _share(texts: list[str], holds: object) -> float:
    return sum(_holds(holds, text) for text in texts) / len(texts)


def _holds(test: object, text: str) -> bool:
    try:
        return bool(test(text))  # type: ignore[operator]  # a function of the text
    except SseDbError:
        return False


def share_of_numbers(filled: list[str]) -> float:
    """How many of the texts are plain numbers, from 0 to 1."""
    return sum(NUMBER.fullmatch(text.strip()) is not None for text in filled) / len(filled) if filled else 0.0


def _guess_by_content(guess: ColumnGuess, filled: list[str]) -> None:
    """A column of DOIs, of lithium formulas or of kinds of conductivity, whatever its header says."""
    if not filled:
        return
    if _share(filled, lambda text: bool(normalise_doi(text.split("|")[0]))) >= READABLE:
        guess.target, guess.score = find_sheet_column("DOI"), 50.0
    elif _share(filled, lambda text: "Li" in text and bool(read_formula(text))) >= READABLE:
        guess.target, guess.score = find_sheet_column("Formula"), 50.0
    elif all(len(text.strip()) > 1 and find_term(Contribution, text) is not None for text in filled):
        guess.target, guess.score = find_sheet_column("Contribution"), 50.0


def _check_numbers(guess: ColumnGuess, filled: list[str]) -> None:
    """Units that the header does not name, by the size of the numbers; what is guessed so is said."""
    assert guess.target is not None
    suffix = suffix_of(guess.target.column)
    numbers = [number for text in filled if (number := _plain_number(text)) is not None]
    if suffix is None or guess.scale.unit is not None or guess.scale.inverse or not numbers:
        return
    if suffix == "s_per_cm":
        middle = statistics.median(numbers)
        guess.doubt = "no unit in the sheet: S/cm is assumed"
        if not guess.scale.log and middle < 0 and max(numbers) < 3:
            guess.scale = replace(guess.scale, log="log10")
            guess.doubt = "negative numbers: taken for decimal logarithms of S/cm"
        elif not guess.scale.log and middle > 1e-1:
            guess.doubt = "no unit in the sheet, and the numbers are large for S/cm: is it mS/cm?"
    elif guess.target.name == "Temperature" and _look_like_kelvin(numbers):
        guess.scale, guess.doubt = Scale("K"), "no unit in the sheet: the numbers look like kelvin"
    elif not guess.doubt:
        guess.doubt = f"no unit in the sheet: {display_unit(guess.target.column)} is assumed"


def _look_like_kelvin(numbers: list[float]) -> bool:
    """Whether temperatures without unit are kelvin: all of 200 and more, or most of them at .15, as °C come out."""
    shifted = sum(abs(number % 1 - 0.15) < 1e-9 for number in numbers)
    return min(numbers) >= KELVIN_FROM or (min(numbers) >= 0 and 2 * shifted >= len(numbers))


def _plain_number(text: str) -> float | None:
    try:
        return float(re.sub(r"^[<>~≈≤≥]\s?", "", text.strip()).replace(",", ".").replace("−", "-"))
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

    if len(fold(header)) < 3:
        return []
    names = [name for name in known_names() if len(name) > 3]
    found = process.extract(fold(header), names, scorer=fuzz.WRatio, limit=2, score_cutoff=75)
    return list(dict.fromkeys(known_names()[name].name for name, _, _ in found))


@dataclass(slots=True)
class Guess:
    """What was seen in a sheet; rows are numbered as a spreadsheet shows them."""

    sheet: StagedSheet
    header_rows: list[int]
    first_row: int
    last_row: int | None = None
    columns: list[ColumnGuess] = field(default_factory=list)
    decimal: str | None = None
    sections: str | None = None
    section_words: dict[str, str] = field(default_factory=dict)
    fill_down: list[str] = field(default_factory=list)
    label: str | None = None
    constants: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def find(self, name: str) -> ColumnGuess | None:
        """The column that was taken for one of ours."""
        return next((each for each in self.columns if each.target and each.target.name == name), None)
