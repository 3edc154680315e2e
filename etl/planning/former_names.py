"""Renaming keeps the past: what a publication or a sample was called before goes on to lead to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa

from etl.drafts import Draft
from sse_db.records.keys import Row, fetch
from sse_db.records.references import title_identifier
from sse_db.spelling import plain_label
from sse_db.vocabulary import IdentifierKind

_EXCHANGED = (
    "names that change places go by a third one: sse-db sample edit {sample} --label OTHER, "
    "then sse-db sample edit {sample} --remove-alias '{label}'"
)

if TYPE_CHECKING:
    from etl.planning.plan import RowChange
    from sse_db.errors import Problem


def former_names(table: str, changes: Iterable[RowChange]) -> list[Draft]:
    """Drafts of the names that changed rows had before; ``table`` is the one that keeps such names."""
    if table == "sample_aliases":
        renamed = [each for each in changes if each.table == "samples" and each.before.get("label")]
        return [draft_alias(each.draft, each.before["label"]) for each in renamed]
    if table == "publication_identifiers":
        changed = [each for each in changes if each.table == "publications" and not each.is_new]
        return [draft for each in changed for draft in _former_identifiers(each)]
    return []


def _former_identifiers(change: RowChange) -> list[Draft]:
    """The old DOI where it changes; where there was none, the old title and year where one of them changes."""
    if change.before.get("doi"):
        return [draft_identifier(change.draft, IdentifierKind.DOI, change.before["doi"])]
    old = {**change.base, **change.before}
    if "doi" in change.conflicts or not change.before.keys() & {"title", "year"} or old.get("doi") or not old["title"]:
        return []
    return [draft_identifier(change.draft, IdentifierKind.TITLE, title_identifier(old["title"], old["year"]))]


def draft_alias(of: Draft, label: str) -> Draft:
    """A further label of a sample."""
    parents = {"sample_id": of.key}
    return Draft("sample_aliases", (of.key, label), {"label": label}, parents, cells=of.cells, source_row=of.source_row)


def draft_identifier(of: Draft, kind: IdentifierKind, value: str) -> Draft:
    """A further DOI or title of a publication."""
    facts, parents = {"kind": str(kind), "value": value}, {"publication_id": of.key}
    key = (of.key, str(kind), value)
    return Draft("publication_identifiers", key, facts, parents, cells=of.cells, source_row=of.source_row)


def find_taken_names(connection: sa.Connection, file: str, changes: Iterable[RowChange]) -> list[Problem]:
    """One problem for each name that would lead to two rows, of which at least one has it as a further name."""
    changes = list(changes)
    return _taken_labels(connection, file, changes) + _taken_dois(connection, file, changes)


def _taken_labels(connection: sa.Connection, file: str, changes: list[RowChange]) -> list[Problem]:
    added = [each for each in changes if each.table == "sample_aliases" and each.is_new]
    named = [each for each in changes if each.table == "samples" and each.before.get("label")]
    if not added and not named:
        return []
    ids = {each.after["sample_id"] for each in added} | {each.row_id for each in named}
    homes = {row["publication_id"] for row in fetch(connection, "samples", "id", ids)}
    rows = {row["id"]: row for row in fetch(connection, "samples", "publication_id", homes)}
    labels: dict[int, str] = {row_id: row["label"] for row_id, row in rows.items()}
    labels |= {each.row_id: each.after["label"] for each in named}
    aliases = fetch(connection, "sample_aliases", "sample_id", rows)
    problems = []
    for each in added:
        sample, label = each.after["sample_id"], each.after["label"]
        others = _others(sample, label, labels, aliases, rows)
        renamed = {change.row_id for change in named}
        problems += [_problem(each, file, "label", f"{label} is a name of sample {other} ({labels[other]})",
                              _EXCHANGED.format(sample=sample, label=label) if other in renamed else "")
                     for other in others]  # fmt: skip
    for each in named:
        others = [alias["sample_id"] for alias in aliases if _alike(alias["label"], each.after["label"])]
        problems += [
            _problem(
                each, file, "label", f"{each.after['label']} is a former label of sample {other} ({labels[other]})"
            )
            for other in others
            if other != each.row_id and rows[other]["publication_id"] == rows[each.row_id]["publication_id"]
        ]
    return problems


def _others(sample: int, label: str, labels: dict[int, str], aliases: list[Row], rows: dict[int, Row]) -> list[int]:
    """Samples of the same publication, other than one, that a label leads to."""
    home = rows[sample]["publication_id"] if sample in rows else None
    found = {row_id for row_id, own in labels.items() if _alike(own, label)}
    found |= {alias["sample_id"] for alias in aliases if _alike(alias["label"], label)}
    return sorted(each for each in found if each != sample and rows[each]["publication_id"] == home)


def _alike(first: str, second: str) -> bool:
    return plain_label(first) == plain_label(second)


def _taken_dois(connection: sa.Connection, file: str, changes: list[RowChange]) -> list[Problem]:
    added = [each for each in changes if each.table == "publication_identifiers" and each.is_new]
    dois = {each.after["value"]: each for each in added if each.after["kind"] == IdentifierKind.DOI}
    problems = []
    for row in fetch(connection, "publications", "doi", dois):
        change = dois[row["doi"]]
        if row["id"] != change.after["publication_id"]:
            problems.append(_problem(change, file, "value", f"{row['doi']} is the DOI of publication {row['id']}"))
    for row in fetch(connection, "publication_identifiers", "value", dois):
        change = dois[row["value"]]
        if row["publication_id"] != change.after["publication_id"]:
            message = f"{row['value']} is a DOI of publication {row['publication_id']} already"
            problems.append(_problem(change, file, "value", message))
    return problems


def _problem(change: RowChange, file: str, column: str, message: str, hint: str = "") -> Problem:
    table = "samples" if change.table in ("samples", "sample_aliases") else "publications"
    hint = hint or f"if the two are one: sse-db merge {table} ID INTO_ID"
    return change.problem(file, column, message, "name-taken", hint)
