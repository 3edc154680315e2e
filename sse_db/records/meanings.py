"""What a parameter of a saved query means: any spelling that import would take, and abbreviations of materials.

A meaning is the values that the database holds, and what a reader is told: which formulas an abbreviation was searched
as, or, where nothing is found, what is nearest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from sse_db.errors import SseDbError, UnreadableFormula, WrongUsage
from sse_db.materials.abbreviations import belongs_to, distance, example_of
from sse_db.materials.formulas import read_formula
from sse_db.records.references import find_publications, find_samples

NEAREST = 5
"""How many that are near are named where nothing is found."""
MOST_TOLD = 50
MOMENT = "%Y-%m-%dT%H:%M:%S"
"""How the change log begins its moments: later ones sort behind."""
LIKENESS = 50
"""Likeness of two texts, 0 to 100, from which one is offered for the other."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Values to search for, and what to tell of them."""

    values: tuple[str | int, ...]
    told: str = ""


def understand(connection: sa.Connection, name: str, text: str) -> Meaning:
    """The meaning of a parameter of that name; one that needs no understanding means itself.

    Raises WrongUsage for a date that is none.
    """
    return READERS[name](connection, text) if name in READERS else Meaning((text,))


def _read_formula(connection: sa.Connection, text: str) -> Meaning:
    if example_of(text) is not None:
        return _read_abbreviation(connection, text)
    try:
        formula = read_formula(text)
    except UnreadableFormula as error:
        formulas = _texts(connection, "SELECT DISTINCT formula FROM compositions ORDER BY formula")
        return Meaning((), f"{error}{_nearest(_alike(text, formulas))}")
    equal = connection.execute(
        sa.text("SELECT formula FROM compositions WHERE fingerprint = :key"), {"key": formula.fingerprint}
    )
    values = tuple(equal.scalars())
    return Meaning(values, "" if values else f"no such formula: {text}{_near(connection, formula.amounts)}")


def _read_abbreviation(connection: sa.Connection, text: str) -> Meaning:
    compositions = _read_compositions(connection)
    found = [formula for formula, amounts in compositions.items() if belongs_to(text, amounts)]
    if found:
        more = f" and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
        return Meaning(tuple(found), f"{text} was searched as {', '.join(found[:MOST_TOLD])}{more}")
    meant = example_of(text)
    return Meaning((), f"no formula is {text}{_near(connection, meant[0] if meant else {})}")


def _read_compositions(connection: sa.Connection) -> dict[str, dict[str, float]]:
    """Formula to amounts of all compositions."""
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    rows = connection.execute(
        sa.text(
            "SELECT c.formula, e.element, e.amount FROM compositions AS c "
            "INNER JOIN composition_elements AS e ON e.composition_id = c.id ORDER BY c.formula, e.id"
        )
    )
    for formula, element, amount in rows:
        found[formula][element] = amount
    return found


def _near(connection: sa.Connection, amounts: Mapping[str, float]) -> str:
    compositions = _read_compositions(connection)
    return _nearest(sorted(compositions, key=lambda formula: distance(amounts, compositions[formula]))[:NEAREST])


def _read_doi(connection: sa.Connection, text: str) -> Meaning:
    rows = find_publications(connection, text)
    if rows:
        return Meaning(tuple(row["doi"] for row in rows if row["doi"]))
    known = _texts(connection, "SELECT doi FROM publications WHERE doi IS NOT NULL ORDER BY id")
    return Meaning((), f"no publication {text}{_nearest(_alike(text, known))}")


def _read_sample(connection: sa.Connection, text: str) -> Meaning:
    if text.strip().isdigit():
        wanted = {"key": int(text)}
        rows = connection.execute(sa.text("SELECT id FROM samples WHERE id = :key"), wanted).mappings().all()
    else:
        rows = []
    found = tuple(row["id"] for row in rows or find_samples(connection, text))
    if found:
        return Meaning(found)
    labels = _texts(connection, "SELECT DISTINCT label FROM samples ORDER BY label")
    return Meaning((), f"no sample {text}{_nearest(_alike(text, labels))}")


def _read_element(connection: sa.Connection, text: str) -> Meaning:
    symbol = text.strip().capitalize()
    known = _texts(connection, "SELECT DISTINCT element FROM composition_elements ORDER BY element")
    return Meaning((symbol,), "" if symbol in known else f"no formula holds {text}; there are {', '.join(known)}")


def _read_curator(connection: sa.Connection, text: str) -> Meaning:
    known = _texts(connection, "SELECT DISTINCT curator FROM import_batches ORDER BY curator")
    found = tuple(name for name in known if name.casefold() == text.strip().casefold())
    return Meaning(found, "" if found else f"nobody called {text} has imported anything; there are {', '.join(known)}")


def _read_date(_connection: sa.Connection, text: str) -> Meaning:
    """A moment, UTC: a date, a date with time, or how long ago."""
    plain = text.strip().lower()
    span = re.fullmatch(r"(?:last |past )?(?P<number>\d+)? ?(?P<unit>h|hour|d|day|w|week)s?(?: ago)?", plain)
    if span:
        unit = {"h": "hours", "d": "days", "w": "weeks"}[span["unit"][0]]
        moment = datetime.now(UTC) - timedelta(**{unit: int(span["number"] or 1)})
        return Meaning((moment.strftime(MOMENT),))
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise WrongUsage(f"{text} is no date", 'write it as 2026-11-21, or how long ago: "7 days"') from None
    return Meaning(((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime(MOMENT),))


READERS: dict[str, Callable[[sa.Connection, str], Meaning]] = {
    "formula": _read_formula,
    "doi": _read_doi,
    "sample": _read_sample,
    "element": _read_element,
    "curator": _read_curator,
    "date": _read_date,
}
"""How the parameters of saved queries are understood, by their names."""


def fill(connection: sa.Connection, sql: str, parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[str]]:
    """The SQL of a saved query with its parameters understood, the values to bind, and what to tell.

    A query says ``IN (:formula)`` where a text may mean several values.
    """
    bound: dict[str, Any] = {}
    told: list[str] = []
    for name, given in parameters.items():
        meaning = understand(connection, name, str(given)) if name in READERS else Meaning((given,))
        if meaning.told:
            told.append(meaning.told)
        names: dict[str, Any] = {f"{name}_{place}": value for place, value in enumerate(meaning.values)} or {
            f"{name}_0": None
        }
        sql = re.sub(rf"(?<!:):{name}\b", ", ".join(f":{each}" for each in names), sql)
        bound |= names
    return sql, bound, told


def explain(connection: sa.Connection, parameters: Mapping[str, Any]) -> list[str]:
    """What is told of the parameters of a saved query, their faults included."""
    told = []
    for name, text in parameters.items():
        try:
            told.append(understand(connection, name, str(text)).told)
        except SseDbError as error:
            told.append(f"{error} ({error.hint})")
    return [each for each in told if each]


def _texts(connection: sa.Connection, sql: str) -> list[str]:
    return list(connection.execute(sa.text(sql)).scalars())


def _alike(text: str, known: list[str]) -> list[str]:
    """The known texts that are most like one, the best first."""
    from rapidfuzz import fuzz, process

    plain = re.sub(r"^\s*(?:https?://)?(?:dx\.)?doi\.org/", "", text)
    best = process.extract(plain, known, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=LIKENESS)
    return [each for each, *_ in best]


def _nearest(found: list[str]) -> str:
    return f"; nearest: {', '.join(found)}" if found else ""
