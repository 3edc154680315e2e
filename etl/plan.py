"""What an intake would do to a database: each row added, changed, in conflict or unchanged. Nothing is written here."""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from etl.rows import Cell, Draft, Intake
from sse_db.columns import is_provenance
from sse_db.errors import Problem
from sse_db.schema import CURATED, metadata

NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "compositions": ("fingerprint",),
    "composition_elements": ("composition_id", "element"),
    "samples": ("publication_id", "label"),
    "processing_steps": ("sample_id", "position"),
    "impedance_measurements": ("sample_id", "contribution", "temperature_c", "temperature_basis", "replicate_label"),
    "activation_energies": ("sample_id", "contribution", "replicate_label"),
    "structural_records": ("record_key",),
}
"""Columns that rows are found again by; publications have a rule of their own."""

KEPT_AS_THEY_ARE = ("compositions", "composition_elements")
"""Tables whose rows a later spelling of the same composition does not change."""

NOT_COMPARED = ("id", "batch_id", "source_row", "as_written", "title_key")
CHUNK = 10_000
TEMPERATURE_DIGITS = 6


class Outcome(StrEnum):
    """What happens to a row."""

    ADDED = "added"
    CHANGED = "changed"
    CONFLICT = "conflict"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class RowChange:
    """One row of a plan: ``before`` and ``after`` hold the columns that differ; ``conflicts`` those in dispute."""

    table: str
    row_id: int
    outcome: Outcome
    draft: Draft
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The row's natural key in a reader's words."""
        return describe_key(self.draft.key)


@dataclass(slots=True)
class Plan:
    """All rows of an intake, in the order in which they can be written."""

    changes: list[RowChange] = field(default_factory=list)

    def of(self, *outcomes: Outcome) -> list[RowChange]:
        """The rows with one of these outcomes."""
        return [change for change in self.changes if change.outcome in outcomes]

    def counts(self, outcome: Outcome) -> dict[str, int]:
        """Number of rows by table."""
        counts: dict[str, int] = {}
        for change in self.of(outcome):
            counts[change.table] = counts.get(change.table, 0) + 1
        return counts


def describe_key(key: Any) -> str:
    """A natural key as text: the parts joined, marks and blanks left out."""
    if isinstance(key, tuple):
        parts = [describe_key(part) for part in key if part not in (None, "", "doi", "title")]
        return " · ".join(filter(None, parts))
    return f"{key:g}" if isinstance(key, float) else str(key)


def plan_intake(connection: sa.Connection, intake: Intake) -> Plan:
    """Compare an intake with the database, one table after the other, parents first."""
    plan = Plan()
    ids: dict[str, dict[Hashable, int]] = {}
    for model in CURATED:
        table = metadata.tables[str(model.__tablename__)]
        drafts = intake.drafts.get(table.name, [])
        if drafts:
            ids[table.name] = _plan_table(connection, table, drafts, ids, plan)
    return plan


def _plan_table(
    connection: sa.Connection, table: sa.Table, drafts: list[Draft], ids: dict[str, dict[Hashable, int]], plan: Plan
) -> dict[Hashable, int]:
    resolved = [_resolve(draft, table, ids) for draft in drafts]
    existing = _find_existing(connection, table, resolved)
    following = next_id(connection, table)
    found: dict[Hashable, int] = {}
    for draft, values, row in zip(drafts, resolved, existing, strict=True):
        if row is None:
            change = RowChange(table.name, following, Outcome.ADDED, draft, after=values)
            following += 1
        else:
            change = _compare(table, draft, values, row)
        found[draft.key] = change.row_id
        plan.changes.append(change)
    return found


def next_id(connection: sa.Connection, table: sa.Table) -> int:
    """The first key that the table has never given."""
    highest = connection.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0
    if connection.dialect.name == "sqlite":
        ever = connection.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        highest = max(highest, ever.scalar() or 0)
    return highest + 1


def _resolve(draft: Draft, table: sa.Table, ids: dict[str, dict[Hashable, int]]) -> dict[str, Any]:
    """A draft's values with its parents' keys replaced by ids."""
    values = {name: value for name, value in draft.values.items() if value is not None}
    for column, key in draft.parents.items():
        parent = next(iter(table.c[column].foreign_keys)).column.table.name
        values[column] = ids[parent][key]
    return values


def _find_existing(
    connection: sa.Connection, table: sa.Table, drafts: list[dict[str, Any]]
) -> list[dict[str, Any] | None]:
    """For each draft the row of the database with its natural key, or None."""
    if table.name == "publications":
        return _find_publications(connection, table, drafts)
    key = NATURAL_KEYS[table.name]
    first = {values[key[0]] for values in drafts}
    rows = {_key_of(row, key): row for row in fetch(connection, table, key[0], first)}
    return [rows.get(_key_of(values, key)) for values in drafts]


def _key_of(values: dict[str, Any], key: tuple[str, ...]) -> tuple[Any, ...]:
    parts = (values.get(name) for name in key)
    return tuple(round(part, TEMPERATURE_DIGITS) if isinstance(part, float) else part for part in parts)


def _find_publications(
    connection: sa.Connection, table: sa.Table, drafts: list[dict[str, Any]]
) -> list[dict[str, Any] | None]:
    """By DOI; without one on either side, by normalised title and year."""
    by_doi = {row["doi"]: row for row in fetch(connection, table, "doi", {v["doi"] for v in drafts if v.get("doi")})}
    titles = {values["title_key"] for values in drafts if values.get("title_key")}
    by_title: dict[tuple[str, int | None], list[dict[str, Any]]] = {}
    for row in fetch(connection, table, "title_key", titles):
        by_title.setdefault((row["title_key"], row["year"]), []).append(row)
    found: list[dict[str, Any] | None] = []
    for values in drafts:
        same_title = by_title.get((values.get("title_key", ""), values.get("year")), [])
        if values.get("doi"):
            without = (row for row in same_title if row["doi"] is None)
            found.append(by_doi.get(values["doi"]) or next(without, None))
        else:
            found.append(same_title[0] if same_title else None)
    return found


def fetch(connection: sa.Connection, table: sa.Table, column: str, wanted: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows whose column has one of the wanted values, in chunks that any database takes."""
    values = list(wanted)
    rows: list[dict[str, Any]] = []
    for start in range(0, len(values), CHUNK):
        statement = sa.select(table).where(table.c[column].in_(values[start : start + CHUNK])).order_by(table.c.id)
        rows += [dict(row) for row in connection.execute(statement).mappings()]
    return rows


def _compare(table: sa.Table, draft: Draft, values: dict[str, Any], row: dict[str, Any]) -> RowChange:
    """A blank inherits; a blank that is filled and a place that moves are changes; another value is a conflict."""
    change = RowChange(table.name, row["id"], Outcome.UNCHANGED, draft)
    if table.name in KEPT_AS_THEY_ARE:
        return change
    conflicts = []
    for name, value in values.items():
        if name in NOT_COMPARED or _same(table, name, row[name], value):
            continue
        change.before[name], change.after[name] = row[name], value
        if row[name] is not None and not is_provenance(table.c[name]):
            conflicts.append(name)
    _settle_companions(table, draft, values, row, change)
    if change.after:
        change.outcome = Outcome.CONFLICT if conflicts else Outcome.CHANGED
        change.conflicts = tuple(conflicts)
    return change


def _settle_companions(
    table: sa.Table, draft: Draft, values: dict[str, Any], row: dict[str, Any], change: RowChange
) -> None:
    """The texts of the cells follow the values, the title's key the title."""
    if "as_written" in table.c:
        written = merge_written(row["as_written"], values)
        if written != row["as_written"]:
            change.before["as_written"], change.after["as_written"] = row["as_written"], written
    if "title" in change.after:
        change.after["title_key"] = values["title_key"]
    del draft


def merge_written(before: str | None, values: dict[str, Any]) -> str | None:
    """Texts of cells after an update: those of the columns that the file gives are the file's, the others stay."""
    kept = {name: text for name, text in json.loads(before or "{}").items() if name not in values}
    merged = kept | json.loads(values.get("as_written") or "{}")
    return json.dumps(merged, ensure_ascii=False, sort_keys=True) if merged else None


def _same(table: sa.Table, name: str, old: Any, new: Any) -> bool:
    if isinstance(old, float) and isinstance(new, int | float):
        return math.isclose(old, new, rel_tol=1e-9, abs_tol=1e-300)
    if table.name == "publications" and name == "title" and old is not None:
        from etl.identity import make_title_key

        return make_title_key(old) == make_title_key(new)
    return bool(old == new)


def conflict_problems(file: str, changes: Sequence[RowChange]) -> list[Problem]:
    """One problem per value in dispute, with its cell."""
    problems = []
    for change in changes:
        for name in change.conflicts:
            cell = change.draft.cells.get(name) or next(iter(change.draft.cells.values()), None)
            problems.append(_conflict(file, change, name, cell))
    return problems


def _conflict(file: str, change: RowChange, name: str, cell: Cell | None) -> Problem:
    message = f"{change.name}: {name} is {change.before[name]} in the database, {change.after[name]} here"
    hint = "to replace the old value: --on-conflict update; to keep it: --on-conflict skip"
    if cell is None:
        return Problem(file, message, "conflict", hint, value=str(change.after[name]))
    return Problem(file, message, "conflict", hint, cell.sheet, cell.name, cell.row, cell.header, cell.text)
