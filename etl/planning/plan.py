"""What an intake would do to a database: each row added, changed, in conflict or unchanged. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from etl.draft_columns import MeasurementColumns
from etl.drafts import Cell, Draft, Intake
from etl.planning.conflicts import tell_conflicts
from etl.planning.former_names import find_taken_names, former_names
from etl.planning.numbers import new_id
from etl.planning.plan_columns import TABLE, AddedColumns, ColumnKeys, find_referring, keys_of, list_singly
from etl.planning.publications import AmbiguousPublication, PublicationIndex
from etl.planning.row_keys import bind_rows, find_left_out
from etl.planning.samples import AmbiguousSample, SampleIndex
from sse_db.columns import is_provenance
from sse_db.errors import Problem
from sse_db.records.equality import merge_written, same_spelling, same_value
from sse_db.records.keys import (
    NATURAL_KEYS,
    OWNERS,
    TABLES,
    Row,
    fetch,
    key_of,
    name_row,
    next_id,
    parent_of,
)
from sse_db.schema.samples import RELATIONS
from sse_db.vocabulary import Relation

KEPT_AS_THEY_ARE = ("compositions", "composition_elements")
"""Tables whose rows a later spelling of the same composition does not change."""

NOT_COMPARED = frozenset({"id", "batch_id", "source_row", "as_written", "title_key"})
TELLING_CELLS = ("conductivity_s_per_cm", "activation_energy_ev", "formula_as_written", "label", "doi", "title")
"""Cells that stand for a row where the column itself has none."""


class Outcome(StrEnum):
    """What happens to a row."""

    ADDED = "added"
    CHANGED = "changed"
    CONFLICT = "conflict"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class RowChange:
    """One row of a plan: ``base`` is the row as it will be, ``before`` and ``after`` hold the columns that differ from
    the database, ``conflicts`` those in dispute."""

    table: str
    row_id: int
    outcome: Outcome
    draft: Draft
    owner: RowChange | None = None
    base: Row = field(default_factory=dict)
    before: Row = field(default_factory=dict)
    after: Row = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether the row is not in the database yet."""
        return self.outcome is Outcome.ADDED

    @property
    def name(self) -> str:
        """The row in a reader's words."""
        return name_row(self.table, {**self.base, **self.after}, self.owner.name if self.owner else "")

    def cell_of(self, column: str) -> Cell | None:
        """The cell that a column's value stands in, else one that stands for the row."""
        cells = self.draft.cells
        found = next((cells[name] for name in (column, *TELLING_CELLS) if name in cells), None)
        return found or next(iter(cells.values()), None)

    def problem(self, file: str, column: str, message: str, code: str, hint: str = "") -> Problem:
        """Something wrong with a column of this row, with its cell."""
        cell, text = self.cell_of(column), f"{self.name}: {message}"
        if cell is None:
            return Problem(file, text, code, hint, column=column or None)
        return Problem.at(cell, file, text, code, hint)


@dataclass(slots=True)
class Plan:
    """All rows of an intake, in the order in which they can be written; ``problems`` refuse the file in any case,
    ``conflicts`` only where the database's values must not change, ``doubts`` never."""

    changes: list[RowChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    columns: AddedColumns | None = None
    """New measurements that stand in no change."""
    unchanged: int = 0
    """Measurements in columns that the database has as they are."""

    def of(self, *outcomes: Outcome) -> list[RowChange]:
        """The rows with one of these outcomes."""
        return [change for change in self.changes if change.outcome in outcomes]

    def in_conflict(self) -> list[RowChange]:
        """The rows with values in dispute."""
        return self.of(Outcome.CONFLICT)

    def added(self) -> list[RowChange]:
        """The new rows that stand in a change of their own."""
        return self.of(Outcome.ADDED)

    def counts(self, *outcomes: Outcome) -> dict[str, int]:
        """Number of rows by table."""
        counts: dict[str, int] = {}
        for change in self.of(*outcomes):
            counts[change.table] = counts.get(change.table, 0) + 1
        in_columns = len(self.columns or ()) * (Outcome.ADDED in outcomes)
        in_columns += self.unchanged * (Outcome.UNCHANGED in outcomes)
        if in_columns:
            counts[TABLE] = counts.get(TABLE, 0) + in_columns
        return {table: counts[table] for table in TABLES if table in counts}


def plan_intake(connection: sa.Connection, intake: Intake, *, singly: bool = False) -> Plan:
    """Compare an intake with the database, one table after the other, parents first; ``singly`` gives every row a
    change of its own, those too that are planned by columns."""
    planner = _Planner(connection, intake)
    for table, drafts in _with_references(intake).items():
        if isinstance(drafts, MeasurementColumns) and not singly:
            planner.plan_columns(drafts)
        else:
            planner.plan_table(table, [*drafts, *former_names(table, planner.plan.changes)])
    plan = planner.plan
    plan.problems += find_taken_names(connection, intake.file_name, plan.changes)
    plan.conflicts = tell_conflicts(connection, intake.file_name, plan)
    if intake.keyed:
        met: dict[str, set[int]] = {}
        for change in plan.changes:
            met.setdefault(change.table, set()).add(change.row_id)
        plan.doubts += find_left_out(connection, intake, met)
    return plan


@dataclass(slots=True)
class _Reference(Draft):
    """A row that a file refers to without describing it: it must be in the database."""


def _with_references(intake: Intake) -> dict[str, Any]:
    """Drafts by table, parents before children, with references to parents that the intake does not bring."""
    drafts: dict[str, Any] = {table: list_singly(intake, table) for table in TABLES}
    known = {table: keys_of(each) for table, each in drafts.items()}
    for table in reversed(drafts):  # children first: a reference to a sample refers to its publication
        for draft in list(find_referring(drafts[table], known)):
            for column, key in draft.parents.items():
                parent = parent_of(table, column)
                if key not in known[parent]:
                    known[parent].add(key)
                    drafts[parent].append(_make_reference(parent, key, draft))
    return drafts


def _make_reference(table: str, key: Any, child: Draft) -> _Reference:
    if table == "publications":
        names = ("doi",) if key[0] == "doi" else ("title_key", "year")
        return _Reference(table, key, dict(zip(names, key[1:], strict=True)), cells=child.cells)
    if table == "samples":
        return _Reference(table, key, {"label": key[1]}, parents={"publication_id": key[0]}, cells=child.cells)
    return _Reference(table, key, {"fingerprint": key}, cells=child.cells)


class _Planner:
    """Matches drafts with rows, table by table, and keeps the row id of each draft for its children."""

    def __init__(self, connection: sa.Connection, intake: Intake) -> None:
        self.connection = connection
        self.file = intake.file_name
        self.plan = Plan()
        self.by_key: dict[str, dict[Hashable, RowChange]] = {table: {} for table in TABLES}
        self.by_id: dict[tuple[str, int], RowChange] = {}
        self.former: Callable[[Row], Row | None] = lambda _values: None

    def plan_table(self, table: str, drafts: list[Draft]) -> None:
        """Match each draft with a row of the database, with an earlier draft of the same file, or with a new id."""
        bind_rows(self.connection, table, drafts)
        placed = [(draft, values) for draft in drafts if (values := self._resolve(draft)) is not None]
        if not placed:
            return
        find, remember = self._finder(table, [values for draft, values in placed if draft.row_id is None])
        named = {draft.row_id for draft, _ in placed if draft.row_id is not None}
        by_id = {row["id"]: row for row in fetch(self.connection, table, "id", named)}
        following = next_id(self.connection, table)
        for draft, values in placed:
            try:
                row = find(values) if draft.row_id is None else by_id[draft.row_id]
            except AmbiguousPublication as error:
                self._refuse(draft, f"{error} have this title and year", "ambiguous-publication", "give the DOI")
                continue
            except AmbiguousSample as error:
                hint = "join them with: sse-db merge samples"
                self._refuse(draft, f"{error} have this label", "ambiguous-sample", hint, "label")
                continue
            number = new_id(draft.origin, following)
            change = self._place(draft, values, row, number)
            if change is not None:
                following = number + 1 if change.row_id == number else following
                remember(self._current(change))

    def plan_columns(self, columns: MeasurementColumns) -> None:
        """Match measurements in columns with the rows of the database: by their keys, and one by one where rows are
        there already."""
        samples = [self.by_key["samples"].get(key) for key in columns.samples]
        added = AddedColumns(columns, samples, [None if each is None else each.row_id for each in samples])
        keys = ColumnKeys(columns, added.sample_ids)
        alone = {int(place) for place in keys.find_alone().nonzero()[0]}
        stored = [code for code, each in enumerate(samples) if each is not None and not each.is_new]
        differing: dict[int, RowChange] = {}
        unchanged: set[int] = set()
        for chunk, places in keys.by_samples(stored):
            ids = {added.sample_ids[code] for code in chunk}
            rows = {key_of(TABLE, row): row for row in fetch(self.connection, TABLE, "sample_id", ids)}
            for place in places:
                row = rows.get(keys.key(place)) if place not in alone else None
                if row is not None:
                    change = self._compare_place(added, place, row)
                    if change is None:
                        unchanged.add(place)
                    else:
                        differing[place] = change
        self._number_places(added, alone, differing, unchanged)

    def _compare_place(self, added: AddedColumns, place: int, row: Row) -> RowChange | None:
        """What becomes of a stored row; None where nothing does."""
        values = added.values_of(place)
        if row["as_written"] == values.get("as_written") and all(row[name] == value for name, value in values.items()):
            return None  # mostly so
        bare = Draft(TABLE, None, values)
        change = RowChange(TABLE, row["id"], Outcome.UNCHANGED, bare, base=dict(row))
        self._compare(change, bare, values)
        if change.outcome is Outcome.UNCHANGED:
            return None
        draft = added.columns[place]
        change = RowChange(TABLE, row["id"], Outcome.UNCHANGED, draft, self._owner(draft), base=row)
        self._compare(change, draft, values)
        self._current(change)
        return change

    def _number_places(
        self, added: AddedColumns, alone: set[int], differing: dict[int, RowChange], unchanged: set[int]
    ) -> None:
        """Give new measurements their ids in the order of the file, and plan those by themselves that may be one."""
        columns, following = added.columns, next_id(self.connection, TABLE)
        if not alone and not differing:
            added.place_all(unchanged, following)
            self.plan.columns, self.plan.unchanged = added, len(unchanged)
            return
        find, remember = self._finder(TABLE, [added.values_of(place) for place in alone if added.is_placed(place)])
        for place in range(len(columns)):
            if place in unchanged or not added.is_placed(place):
                continue  # a sample that was refused is told already
            if place in differing:
                self.plan.changes.append(differing[place])
            elif place not in alone:
                added.places.append(place)
                added.ids.append(following)
                following += 1
            else:
                draft, values = columns[place], added.values_of(place)
                change = self._place(draft, values, find(values), following)
                if change is not None:
                    following += change.row_id == following
                    remember(self._current(change))
        self.plan.columns, self.plan.unchanged = added, len(unchanged)

    def _resolve(self, draft: Draft) -> Row | None:
        """A draft's values with its parents' keys replaced by ids; None when a parent has no place."""
        emptying = draft.row_id is not None
        values = {name: value for name, value in draft.values.items() if value is not None or emptying}
        for column, key in draft.parents.items():
            parent = self.by_key[parent_of(draft.table, column)].get(key)
            if parent is None:
                return None  # told where the parent was refused
            values[column] = parent.row_id
        if draft.table == "samples":
            numbers = [name for name in RELATIONS if values.get(name) is not None]
            values = {RELATIONS[name]: str(Relation.EQUAL) for name in numbers} | values
        return values

    def _finder(self, table: str, wanted: list[Row]) -> tuple[Any, Any]:
        """A function that finds the row of given natural-key values, and one that adds a row to those it can find."""
        if table == "publications":
            index = PublicationIndex(self.connection, wanted)
            self.former = index.find_former
            return index.find, index.add
        if table == "samples":
            samples = SampleIndex(self.connection, wanted)
            return samples.find, samples.add
        first = NATURAL_KEYS[table][0]
        found = fetch(self.connection, table, first, {values[first] for values in wanted})
        rows = {key_of(table, row): row for row in found}
        return (
            lambda values: rows.get(key_of(table, values)),
            lambda row: rows.setdefault(key_of(table, row), row),
        )

    def _current(self, change: RowChange) -> Row:
        """The row as it will be; always the same object, so that later drafts of the file see earlier changes."""
        change.base.update(id=change.row_id, **change.after)
        return change.base

    def _place(self, draft: Draft, values: Row, row: Row | None, following: int) -> RowChange | None:
        table = draft.table
        owner = self._owner(draft)
        if row is None:
            if isinstance(draft, _Reference):
                self._refuse(draft, "is neither in this file nor in the database", "unknown-parent", "")
                return None
            if table == "composition_elements" and owner is not None and owner.outcome is not Outcome.ADDED:
                return None  # the composition keeps the amounts it was first written with
            change = RowChange(table, following, Outcome.ADDED, draft, owner, after=values)
        else:
            change = self.by_id.get((table, row["id"])) or RowChange(
                table, row["id"], Outcome.UNCHANGED, draft, owner, base=row
            )
            if table == "publications" and draft.row_id is None and self.former(values):
                self._tell_former(change, draft)
            else:
                self._compare(change, draft, values)
        self.by_key[table][draft.key] = change
        says_something = bool(draft.values or draft.parents) and not isinstance(draft, _Reference)
        if (table, change.row_id) not in self.by_id and says_something:
            self.by_id[table, change.row_id] = change
            self.plan.changes.append(change)
        return change

    def _tell_former(self, change: RowChange, draft: Draft) -> None:
        """A file that names a publication as it was called before describes it as it was then."""
        name = draft.values.get("doi") or draft.values.get("title") or draft.key[-1]
        message = f"{name} is a former name of it: its own columns stay as they are"
        told = RowChange(change.table, change.row_id, change.outcome, draft, change.owner, base=change.base)
        self.plan.doubts.append(replace(told.problem(self.file, "doi", message, "former-name"), severity="doubt"))

    def _owner(self, draft: Draft) -> RowChange | None:
        column = OWNERS.get(draft.table)
        return self.by_key[parent_of(draft.table, column)].get(draft.parents.get(column)) if column else None

    def _refuse(self, draft: Draft, message: str, code: str, hint: str, column: str = "") -> None:
        change = RowChange(draft.table, 0, Outcome.CONFLICT, draft, self._owner(draft), after=dict(draft.values))
        self.plan.problems.append(change.problem(self.file, column, message, code, hint))

    def _compare(self, change: RowChange, draft: Draft, values: Row) -> None:
        """Compare column by column: a blank in the file keeps the stored value, a filled blank or another place in
        the paper is a change, another value a conflict."""
        if change.table in KEPT_AS_THEY_ARE or isinstance(draft, _Reference):
            return
        corrects = draft.row_id is not None
        passed_over = NOT_COMPARED if corrects else NOT_COMPARED | {*NATURAL_KEYS.get(change.table, ())}
        is_same = same_spelling if corrects else same_value
        for name, value in values.items():
            old = change.base.get(name)
            if name not in passed_over and old != value and not is_same(change.table, name, old, value):
                self._differ(change, draft, name, old, value)
        _update_derived_columns(change, values)
        if change.outcome is not Outcome.ADDED and change.after:
            change.outcome = Outcome.CONFLICT if change.conflicts else Outcome.CHANGED

    def _differ(self, change: RowChange, draft: Draft, name: str, old: Any, value: Any) -> None:
        provenance = is_provenance(TABLES[change.table].c[name])
        if name in change.after or (change.outcome is Outcome.ADDED and old is not None):
            if not provenance:
                again = RowChange(change.table, change.row_id, Outcome.CONFLICT, draft, change.owner, base=change.base)
                message = f"{name} is {old} elsewhere in this file, {value} here"
                self.plan.problems.append(again.problem(self.file, name, message, "disagreement"))
            return
        if old is not None and not provenance and draft.row_id is None:
            change.conflicts.append(name)
        change.before[name], change.after[name] = old, value


def _update_derived_columns(change: RowChange, values: Row) -> None:
    """Bring the columns up to date that follow from others: ``as_written`` and ``title_key``."""
    if "as_written" in TABLES[change.table].c:
        old = change.base.get("as_written")
        written = merge_written(old, values)
        if written != old:
            change.before.setdefault("as_written", old)
            change.after["as_written"] = written
    if "title" in change.after and change.base.get("title_key") != values.get("title_key"):
        change.before["title_key"], change.after["title_key"] = change.base.get("title_key"), values.get("title_key")
