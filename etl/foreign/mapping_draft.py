"""The text of a drafted mapping file: TOML with comments that say what was seen, and what is left to the reader."""

from __future__ import annotations

import json
from dataclasses import replace

from etl.foreign.column_map import FORMS
from etl.foreign.guess_columns import ColumnGuess, Guess, suggest_targets


def write_draft(guess: Guess, file: str, *, several: bool) -> str:
    """The mapping file for what was seen in a sheet."""
    lines = [
        f"# Draft for {_comment(file)}: compare it with the sheet, then",
        f"#   sse-db validate --map THIS.toml {_comment(file)}",
        "# Left of = stands the column of the sheet, right of it what it means here; see docs/public-data.md.",
        *(f"# Look: {_comment(note)}" for note in guess.notes),
        "",
        *_sheet_lines(guess, several=several),
        "",
        "[columns]",
        *(_column_line(column) for column in guess.columns if column.target is not None),
        *_unknown_lines(guess),
    ]
    if guess.constants:
        lines += ["", "# what holds for every row", "[constants]"]
        lines += [f"{_text(name)} = {_text(value)}" for name, value in guess.constants.items()]
    for name, words in _words(guess).items():
        lines += [
            "",
            "# words of the sheet, and ours; one that means nothing here is left empty",
            f"[words.{_text(name)}]",
        ]
        lines += [f"{_text(word)} = {_text(meant)}" for word, meant in words.items()]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A basic string of TOML; JSON escapes the same characters."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _comment(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _sheet_lines(guess: Guess, *, several: bool) -> list[str]:
    lines = ["[sheet]"]
    if several and guess.sheet.name:
        lines.append(f"name = {_text(guess.sheet.name)}")
    if len(guess.header_rows) > 1:
        lines.append(f"header_rows = {guess.header_rows}  # their texts are joined, from top to bottom")
    else:
        lines.append(f"header_row = {guess.header_rows[0]}")
    lines.append(f"first_row = {guess.first_row}")
    if guess.last_row:
        lines.append(f"last_row = {guess.last_row}")
    if guess.decimal:
        lines.append(f"decimal = {_text(guess.decimal)}")
    if guess.sections:
        lines.append(f"sections = {_text(guess.sections)}  # rows with one filled cell say it of the rows below")
    if guess.fill_down:
        lines.append(f"fill_down = [{', '.join(map(_text, guess.fill_down))}]  # a blank means what stands above")
    if guess.label:
        lines.append(f"label = {_text(guess.label)}")
    return lines


def _column_line(column: ColumnGuess) -> str:
    assert column.target is not None
    told = [f"to = {_text(column.target.name)}"]
    if column.scale.unit:
        told.append(f"unit = {_text(column.scale.unit)}")
    if form := _form_of(column):
        told.append(f"form = {_text(form)}")
    if column.split:
        told.append(f"split = {_text(column.split)}")
    if column.at:
        told.append(f"at = {_text(column.at)}")
    if column.is_unsaid:
        told.append('basis = "assumed"')
    doubt = f"  # {_comment(column.doubt)}" if column.doubt else ""
    meaning = _text(column.target.name) if len(told) == 1 else "{ " + ", ".join(told) + " }"
    return f"{_text(column.header)} = {meaning}{doubt}"


def _form_of(column: ColumnGuess) -> str | None:
    """The word for how numbers are meant, None where they are the quantity itself."""
    scale, is_temperature = column.scale, column.target is not None and column.target.column == "temperature_c"
    wanted = replace(scale, unit=None)
    return next(
        (name for name, form in FORMS.items() if form == wanted and name.endswith("/T") == is_temperature), None
    )


def _unknown_lines(guess: Guess) -> list[str]:
    """Columns that were not recognised, as comments to be completed."""
    unknown = [column for column in guess.columns if column.target is None]
    if not unknown:
        return []
    lines = ["# not recognised, and not read as long as they stand in comments:"]
    for column in unknown:
        near = suggest_targets(column.header)
        hint = f"  # perhaps {' or '.join(near)}" if near else ""
        hint = f"  # {_comment(column.doubt)}" if column.doubt else hint
        lines.append(f'# {_text(column.header)} = ""{hint}')
    return lines


def _words(guess: Guess) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for column in guess.columns:
        if column.target is not None and column.words:
            words.setdefault(column.target.name, {}).update(column.words)
    if guess.section_words and guess.sections:
        words.setdefault(guess.sections, {}).update(guess.section_words)
    return words
