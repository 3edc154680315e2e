"""Problems by cause: what stands in twenty rows for one reason is told once, with its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from etl.tables.workbook_scan import column_letters, place_of
from sse_db.errors import Problem

FEW = 3
"""Up to so many messages that differ by their numbers are told one by one."""
MOST_PLACES = 12
MOST_VALUES = 4
BLANK = "…"
_NUMBER = re.compile(r"(?<![A-Za-z])[-+−]?\d[\d.,]*(?:[eE][-+]?\d+)?")
_ADDRESS = re.compile(r"(?P<sheet>.*!)?(?P<letters>[A-Z]+)(?P<row>\d+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one cause: their number, where they are and what stands there, in short."""

    number: int
    severity: str
    file: str
    cells: str
    column: str
    values: str
    message: str
    hint: str


def group_problems(problems: Sequence[Problem]) -> list[ProblemGroup]:
    """Groups in the order of their first problems, errors before doubts."""
    groups: dict[tuple[str | None, ...], list[Problem]] = {}
    for problem in sorted(problems, key=lambda each: each.severity != "error"):
        groups.setdefault(_cause(problem), []).append(problem)
    found: list[ProblemGroup] = []
    for group in groups.values():
        if len({(each.message, each.hint) for each in group}) <= min(FEW, len(group) - 1) or len(group) > FEW:
            found.append(_join(group))
        else:
            found += [_join([each]) for each in group]
    return found


def _cause(problem: Problem) -> tuple[str | None, ...]:
    """What problems of one cause have in common: their words without the cell's own text and without numbers."""
    words = (_without_value(problem.message, problem.value), _without_value(problem.hint, problem.value))
    return (problem.severity, problem.file, problem.sheet, problem.code, *(_NUMBER.sub(BLANK, each) for each in words))


def _without_value(text: str, value: str | None) -> str:
    return text.replace(value.strip(), BLANK) if value and value.strip() else text


def _join(group: list[Problem]) -> ProblemGroup:
    first = group[0]
    return ProblemGroup(
        len(group),
        first.severity,
        first.file,
        shorten_cells([each.cell for each in group if each.cell]),
        _list(each.column for each in group),
        _list(each.value for each in group),
        _common([each.message for each in group], group),
        _common([each.hint for each in group], group),
    )


def _common(texts: list[str], group: list[Problem]) -> str:
    """The one text of a group, or what its texts have in common."""
    if len(set(texts)) == 1:
        return texts[0]
    bare = {_without_value(text, each.value) for text, each in zip(texts, group, strict=True)}
    return bare.pop() if len(bare) == 1 else _NUMBER.sub(BLANK, bare.pop())


def _list(texts: Iterable[str | None]) -> str:
    known = list(dict.fromkeys(text for text in texts if text))
    return ", ".join(known[:MOST_VALUES]) + (f", {BLANK}" if len(known) > MOST_VALUES else "")


def shorten_cells(cells: list[str]) -> str:
    """Addresses with runs along a column or a row written as ``F3–F7``.

    >>> shorten_cells(["F3", "F4", "F5", "H9"])
    'F3–F5, H9'
    """
    places = [match for cell in cells if (match := _ADDRESS.match(cell))]
    if not cells or len(places) < len(cells):
        return ", ".join(dict.fromkeys(cells))
    known = {place_of(f"{place['letters']}{place['row']}") for place in places}
    down = _runs(sorted((column, row) for row, column in known))
    along = _runs(sorted(known))
    runs = [tuple(f"{column_letters(column)}{row + 1}" for column, row in run) for run in down]
    if len(along) < len(down):
        runs = [tuple(f"{column_letters(column)}{row + 1}" for row, column in run) for run in along]
    shown = [first if first == last else f"{first}–{last}" for first, last in runs]
    return (
        (places[0]["sheet"] or "") + ", ".join(shown[:MOST_PLACES]) + (f", {BLANK}" if len(shown) > MOST_PLACES else "")
    )


def _runs(places: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """First and last of places that follow each other in their second part and agree in the first."""
    found = []
    for _, group in groupby(enumerate(places), key=lambda each: (each[1][0], each[1][1] - each[0])):
        run = [place for _, place in group]
        found.append((run[0], run[-1]))
    return found
