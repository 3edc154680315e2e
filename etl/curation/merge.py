"""Two rows that are one: the second takes over what hangs on the first, which goes. Nothing merges by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from etl.curation.work import FORMAT
from etl.drafts import Draft
from etl.loading.batches import open_batch, record_counts
from etl.loading.plan import Outcome, RowChange
from etl.loading.writing import remove_rows, write_changes
from sse_db.columns import is_provenance
from sse_db.engine import write_transaction
from sse_db.errors import MergeRefused, NotFound, WrongUsage
from sse_db.records.equality import merge_written, same_value
from sse_db.records.keys import NATURAL_KEYS, TABLES, Row, fetch, key_of, name_rows, parent_of
from sse_db.vocabulary import ReviewState

OnConflict = Literal["fail", "keep", "replace"]
MERGEABLE = ("publications", "samples", "compositions")
IDENTITY = {
    "publications": {"doi", "title", "title_key", "year"},
    "samples": {"publication_id", "label"},
    "compositions": {"formula", "reduced_formula", "fingerprint"},
}
"""Columns that say which row it is: those of the row that stays are kept, blank ones filled."""

NOT_TAKEN = {"id", "batch_id", "source_row", "as_written", "review_state", "reviewed_by", "reviewed_at", "amount"}
"""Columns that have rules of their own; a composition keeps its own amounts."""


@dataclass(slots=True)
class MergeReport:
    """What a merge did: counts by table of rows changed and removed; ``id`` is the batch, None for a trial."""

    id: int | None
    table: str
    gone: int
    stays: int
    name: str
    changed: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "batch": self.id, "table": self.table, "id": self.gone, "into_id": self.stays, "row": self.name,
            "changed": self.changed, "removed": self.removed,
        }  # fmt: skip


def merge_rows(
    engine: sa.Engine, table: str, gone: int, stays: int, *, curator: str, on_conflict: OnConflict = "fail",
    dry_run: bool = False,
) -> MergeReport:  # fmt: skip
    """Merge a row into another one as one batch: what hangs on it moves, blanks are filled, and it goes.

    Raises WrongUsage, NotFound, and MergeRefused with every disagreement of the two and of what hangs on them unless
    ``on_conflict`` says whose values hold.
    """
    if table not in MERGEABLE:
        raise WrongUsage(f"rows of {table} cannot be merged", f"tables: {', '.join(MERGEABLE)}")
    if gone == stays:
        raise WrongUsage("a row cannot be merged into itself", "give two numbers")
    with write_transaction(engine) as connection:
        first, second = (_fetch_one(connection, table, each) for each in (gone, stays))
        work = _Merge(connection, on_conflict)
        work.refuse_unlike(table, first, second)
        work.plan(table, first, second)
        work.refuse_conflicts()
        name = name_rows(connection, [(table, second)])[0]
        report = MergeReport(None, table, gone, stays, name)
        what = f"merge {table} {gone} into {stays}"
        with open_batch(connection, file_name=what, file_sha256="", form=FORMAT, curator=curator) as batch:
            work.write(what, batch, report)
            record_counts(connection, batch, {"changed": report.changed, "removed": report.removed})
        report.id = batch
        if dry_run:
            connection.rollback()
            report.id = None
    return report


def _fetch_one(connection: sa.Connection, table: str, row_id: int) -> Row:
    rows = fetch(connection, table, "id", [row_id])
    if not rows:
        raise NotFound(f"there is no row {row_id} in {table}", "see them with: sse-db audit duplicates")
    return rows[0]


@dataclass(slots=True)
class _Pair:
    """A row that goes, the one that takes it over, and the columns of the latter that change."""

    table: str
    gone: Row
    stays: Row
    after: Row


class _Merge:
    """Plans a merge from the top down, and writes it from the bottom up."""

    def __init__(self, connection: sa.Connection, on_conflict: OnConflict) -> None:
        self.connection = connection
        self.on_conflict = on_conflict
        self.pairs: list[_Pair] = []
        self.moves: list[tuple[str, Row, Row]] = []
        self.conflicts: list[tuple[str, Row, str, Any, Any]] = []

    def refuse_unlike(self, table: str, gone: Row, stays: Row) -> None:
        """Raise MergeRefused for samples of two publications, and for compositions of different elements."""
        if table == "samples" and gone["publication_id"] != stays["publication_id"]:
            raise MergeRefused(
                "the two samples belong to different publications",
                "merge the publications if they are one; else both samples stay",
            )
        if table == "compositions" and len({frozenset(self._elements(row["id"])) for row in (gone, stays)}) == 2:
            raise MergeRefused(
                f"{gone['formula']} and {stays['formula']} are made of different elements",
                "correct a mistaken formula with: sse-db sample edit",
            )

    def _elements(self, composition: int) -> list[str]:
        rows = fetch(self.connection, "composition_elements", "composition_id", [composition])
        return [row["element"] for row in rows]

    def plan(self, table: str, gone: Row, stays: Row) -> None:
        """Compare the two, then what hangs on them: a child moves, or joins the one of its natural key."""
        self.pairs.append(_Pair(table, gone, stays, self._compare(table, gone, stays)))
        for child, its in TABLES.items():
            columns = [each.name for each in its.c if each.foreign_keys and parent_of(child, each.name) == table]
            for column in columns:
                self._plan_children(child, column, gone, stays)
        if table == "publications" and gone["doi"] and stays["doi"]:
            for row in fetch(self.connection, "structural_records", "awaits_doi", [gone["doi"]]):
                self._move("structural_records", row, {"awaits_doi": stays["doi"]})

    def _plan_children(self, child: str, column: str, gone: Row, stays: Row) -> None:
        theirs = {key_of(child, row): row for row in fetch(self.connection, child, column, [stays["id"]])}
        for row in fetch(self.connection, child, column, [gone["id"]]):
            moved = row | {column: stays["id"]}
            twin = theirs.get(key_of(child, moved)) if column in NATURAL_KEYS[child] else None
            if twin is not None:
                self.plan(child, row, twin)
            else:
                self._move(child, row, {column: stays["id"]})

    def _move(self, table: str, row: Row, after: Row) -> None:
        known = next((each for each in self.moves if (each[0], each[1]["id"]) == (table, row["id"])), None)
        if known is not None:
            known[2].update(after)
        else:
            self.moves.append((table, row, after))

    def _compare(self, table: str, gone: Row, stays: Row) -> Row:
        """Columns that the row that stays takes over: blanks are filled, other values are a conflict."""
        after: Row = {}
        kept = IDENTITY.get(table, set()) | {*NATURAL_KEYS.get(table, ())}
        for name, value in gone.items():
            old = stays[name]
            if value is None or name in NOT_TAKEN or same_value(table, name, old, value):
                continue
            if old is None:
                after[name] = value
            elif name in kept or is_provenance(TABLES[table].c[name]):
                continue
            elif self.on_conflict == "replace":
                after[name] = value
            elif self.on_conflict == "fail":
                self.conflicts.append((table, stays, name, value, old))
        if after and "as_written" in stays:
            taken = {name: gone[name] for name in after}
            written = merge_written(stays["as_written"], taken | {"as_written": _only(gone["as_written"], taken)})
            after |= {"as_written": written} if written != stays["as_written"] else {}
        if table == "publications" and stays["review_state"] != gone["review_state"]:
            after |= {"review_state": str(ReviewState.DRAFT), "reviewed_by": None, "reviewed_at": None}
        return after

    def refuse_conflicts(self) -> None:
        """Raise MergeRefused with every value in dispute."""
        if not self.conflicts:
            return
        names = name_rows(self.connection, [(table, row) for table, row, *_ in self.conflicts])
        rows = tuple(
            f"{name}: {column} is {self._word(table, column, value)} in the one, {self._word(table, column, old)} "
            "in the other"
            for name, (table, _, column, value, old) in zip(names, self.conflicts, strict=True)
        )
        shown = "\n".join(f"  {row}" for row in rows)
        raise MergeRefused(
            f"the rows disagree\n{shown}",
            "correct one of them with edit, or say whose values hold: --on-conflict keep (of the row that stays) or "
            "replace (by the one that goes)",
            rows,
        )

    def _word(self, table: str, column: str, value: Any) -> str:
        if TABLES[table].c[column].foreign_keys:
            parent = parent_of(table, column)
            return name_rows(self.connection, [(parent, _fetch_one(self.connection, parent, value))])[0]
        return f"{value:g}" if isinstance(value, float) else str(value)

    def write(self, what: str, batch: int, report: MergeReport) -> None:
        """Twins below go first, then children move, then parents go, and at last the rows that stay take over what is
        theirs: a DOI is free only when its row has gone."""
        for table in reversed(TABLES):
            self._write(what, batch, report, [move for move in self.moves if move[0] == table])
            gone = [(table, pair.gone["id"]) for pair in self.pairs if pair.table == table]
            report.removed |= remove_rows(self.connection, what, gone, (table,))
        stays = [(pair.table, pair.stays, pair.after) for pair in self.pairs if pair.after]
        self._write(what, batch, report, stays)

    def _write(self, what: str, batch: int, report: MergeReport, rows: list[tuple[str, Row, Row]]) -> None:
        changes = []
        for table, row, after in rows:
            draft = Draft(table, row["id"], after)
            changes.append(RowChange(table, row["id"], Outcome.CHANGED, draft, base=row | after, after=after))
            report.changed[table] = report.changed.get(table, 0) + 1
        write_changes(self.connection, what, changes, batch)


def _only(written: str | None, columns: Row) -> str:
    """Of the texts of a row those that belong to columns which are taken over."""
    return json.dumps({name: text for name, text in json.loads(written or "{}").items() if name in columns})
