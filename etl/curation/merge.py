"""Merge a duplicate into another row: re-parent its children, fill blanks, delete it. Only ever on request."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from etl.curation.work import FORMAT
from etl.drafts import Draft
from etl.loading.batches import open_batch, record_counts
from etl.loading.writing import remove_rows, write_changes
from etl.planning.former_names import draft_alias, draft_identifier
from etl.planning.plan import Outcome, RowChange
from sse_db.columns import is_provenance
from sse_db.database.engine import write_transaction
from sse_db.errors import MergeRefused, NotFound, WrongUsage
from sse_db.records.equality import merge_written, same_value
from sse_db.records.keys import NATURAL_KEYS, OWNERS, TABLES, Row, fetch, key_of, name_rows, next_id, parent_of
from sse_db.spelling import plain_label
from sse_db.units import show_change
from sse_db.vocabulary import IdentifierKind, PublicationKind, ReviewState

OnConflict = Literal["fail", "keep", "replace"]
MERGEABLE = ("publications", "samples", "compositions", "structural_records")
IDENTITY = {
    "publications": {"doi", "title", "title_key", "year"},
    "samples": {"publication_id", "label"},
    "compositions": {"formula", "reduced_formula", "fingerprint"},
    "structural_records": {"record_key", "label", "cif_text", "file_sha256"},
}
"""Columns that identify a row: the target keeps its own, and blank ones are filled from the duplicate."""

PUBLISHED = {
    "doi",
    "title",
    "title_key",
    "year",
    "kind",
    "journal",
    "volume",
    "pages",
    "url",
    "first_author",
    "authors",
}
"""Columns in which a preprint and its article differ without being in dispute: those of the article hold."""

REVIEW = ("review_state", "reviewed_by", "reviewed_at", "own_review")
NOT_TAKEN = {
    "id",
    "batch_id",
    "source_row",
    "as_written",
    "review_state",
    "reviewed_by",
    "reviewed_at",
    "own_review",
    "amount",
}
"""Columns that are never copied from the duplicate: they have rules of their own, or belong to the target alone."""


@dataclass(slots=True)
class MergeReport:
    """What a merge did: counts by table of rows changed and removed; ``id`` is the batch, None for a trial."""

    id: int | None
    table: str
    duplicate: int
    target: int
    name: str
    changed: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "batch": self.id, "table": self.table, "id": self.duplicate, "into_id": self.target, "row": self.name,
            "added": self.added, "changed": self.changed, "removed": self.removed,
        }  # fmt: skip


def merge_rows(
    engine: sa.Engine, table: str, duplicate: int, target: int, *, curator: str, on_conflict: OnConflict = "fail",
    note: str | None = None, dry_run: bool = False,
) -> MergeReport:  # fmt: skip
    """Merge a duplicate into a target row as one batch: re-parent its children, fill blanks, delete it.

    Raises WrongUsage, NotFound, and MergeRefused with every value in which the two rows, or their children,
    disagree unless ``on_conflict`` says whose values hold.
    """
    if table not in MERGEABLE:
        raise WrongUsage(f"rows of {table} cannot be merged", f"tables: {', '.join(MERGEABLE)}")
    if duplicate == target:
        raise WrongUsage("a row cannot be merged into itself", "give two numbers")
    with write_transaction(engine) as connection:
        first, second = (_fetch_one(connection, table, each) for each in (duplicate, target))
        work = _Merge(connection, on_conflict)
        work.refuse_unlike(table, first, second)
        work.plan(table, first, second)
        work.refuse_conflicts()
        name = name_rows(connection, [(table, second)])[0]
        report = MergeReport(None, table, duplicate, target, name)
        what = f"merge {table} {duplicate} into {target}"
        with open_batch(connection, file_name=what, file_sha256="", form=FORMAT, curator=curator, note=note) as batch:
            work.write(what, batch, report)
            record_counts(
                connection, batch, {"added": report.added, "changed": report.changed, "removed": report.removed}
            )
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
    """A duplicate, its target, and the columns of the target that change."""

    table: str
    duplicate: Row
    target: Row
    after: Row


class _Merge:
    """Plans a merge from the parents down, and writes it from the children up, as foreign keys require."""

    def __init__(self, connection: sa.Connection, on_conflict: OnConflict) -> None:
        self.connection = connection
        self.on_conflict = on_conflict
        self.pairs: list[_Pair] = []
        self.moves: list[tuple[str, Row, Row]] = []
        self.conflicts: list[tuple[str, Row, str, Any, Any]] = []

    def refuse_unlike(self, table: str, duplicate: Row, target: Row) -> None:
        """Raise MergeRefused for samples of two publications, structures of two compositions, and compositions of
        different elements."""
        if table == "samples" and duplicate["publication_id"] != target["publication_id"]:
            raise MergeRefused(
                "the two samples belong to different publications",
                "merge the publications if they are one; else both samples stay",
            )
        if table == "structural_records" and duplicate["composition_id"] != target["composition_id"]:
            raise MergeRefused(
                "the two structures are of different compositions", "both stay, or undo the one's import"
            )
        if table == "compositions" and len({frozenset(self._elements(row["id"])) for row in (duplicate, target)}) == 2:
            raise MergeRefused(
                f"{duplicate['formula']} and {target['formula']} are made of different elements",
                "correct a mistaken formula with: sse-db sample edit",
            )

    def _elements(self, composition: int) -> list[str]:
        rows = fetch(self.connection, "composition_elements", "composition_id", [composition])
        return [row["element"] for row in rows]

    def plan(self, table: str, duplicate: Row, target: Row) -> None:
        """Compare the two rows, then their children, which are re-parented or merged into one of equal natural key."""
        pair = _Pair(table, duplicate, target, self._compare(table, duplicate, target))
        self.pairs.append(pair)
        for child, child_table in TABLES.items():
            keys = [column.name for column in child_table.c if column.foreign_keys]
            for key in [name for name in keys if parent_of(child, name) == table]:
                self._plan_children(child, key, duplicate, target)
        if table == "publications" and duplicate["doi"] and target["doi"] and "doi" not in pair.after:
            for row in fetch(self.connection, "structural_records", "awaits_doi", [duplicate["doi"]]):
                self._move("structural_records", row, {"awaits_doi": target["doi"]})

    def _plan_children(self, child: str, column: str, duplicate: Row, target: Row) -> None:
        target_children = {key_of(child, row): row for row in fetch(self.connection, child, column, [target["id"]])}
        for row in fetch(self.connection, child, column, [duplicate["id"]]):
            moved = row | {column: target["id"]}
            match = target_children.get(key_of(child, moved)) if column in NATURAL_KEYS[child] else None
            if match is not None:
                self.plan(child, row, match)
            else:
                self._move(child, row, {column: target["id"]})

    def _move(self, table: str, row: Row, after: Row) -> None:
        known = next((each for each in self.moves if (each[0], each[1]["id"]) == (table, row["id"])), None)
        if known is not None:
            known[2].update(after)
        else:
            self.moves.append((table, row, after))

    def _compare(self, table: str, duplicate: Row, target: Row) -> Row:
        """Columns of the target that change: blanks are filled, differing values are a conflict."""
        after: Row = {}
        kept = IDENTITY.get(table, set()) | {*NATURAL_KEYS.get(table, ())}
        published = _published(table, duplicate, target)
        if published is duplicate:
            after = {name: duplicate[name] for name in PUBLISHED if duplicate[name] not in (None, target[name])}
        settled = NOT_TAKEN | (PUBLISHED if published is not None else set())
        for name, value in duplicate.items():
            old = target[name]
            if value is None or name in settled or same_value(table, name, old, value):
                continue
            if old is None:
                after[name] = value
            elif name in kept or is_provenance(TABLES[table].c[name]):
                continue
            elif self.on_conflict == "replace":
                after[name] = value
            elif self.on_conflict == "fail":
                self.conflicts.append((table, target, name, value, old))
        return after | _follow(table, duplicate, target, after)

    def refuse_conflicts(self) -> None:
        """Raise MergeRefused with every value in dispute."""
        if not self.conflicts:
            return
        names = name_rows(self.connection, [(table, row) for table, row, *_ in self.conflicts])
        rows = tuple(
            f"{name}: {column} is {one} in the one, {other} in the other"
            for name, (table, _, column, value, old) in zip(names, self.conflicts, strict=True)
            for one, other in [show_change(self._word(table, column, value), self._word(table, column, old), column)]
        )
        shown = "\n".join(f"  {row}" for row in rows)
        raise MergeRefused(
            f"the rows disagree\n{shown}",
            "correct one of them with edit, or say whose values hold: --on-conflict keep (of the row that stays) or "
            "replace (by the one that goes)",
            rows,
        )

    def _word(self, table: str, column: str, value: Any) -> Any:
        """What stands in a column: the row that a key points to by its name."""
        if TABLES[table].c[column].foreign_keys:
            parent = parent_of(table, column)
            return name_rows(self.connection, [(parent, _fetch_one(self.connection, parent, value))])[0]
        return value

    def write(self, what: str, batch: int, report: MergeReport) -> None:
        """Write from the children up: move rows, delete duplicates, and only then fill the targets, because a unique
        value such as a DOI is free only when its row has been deleted."""
        for table in reversed(TABLES):
            self._write(what, batch, report, [move for move in self.moves if move[0] == table])
            duplicates = [(table, pair.duplicate["id"]) for pair in self.pairs if pair.table == table]
            report.removed |= remove_rows(self.connection, what, duplicates, (table,))
        targets = [(pair.table, pair.target, pair.after) for pair in self.pairs if pair.after]
        self._write(what, batch, report, targets)
        self._write_names(what, batch, report)

    def _write_names(self, what: str, batch: int, report: MergeReport) -> None:
        """What the deleted rows were called leads to those that stay."""
        for pair in self.pairs:
            for draft in _further_names(pair):
                table, owner = draft.table, OWNERS[draft.table]
                values = draft.values | {owner: pair.target["id"]}
                if not any(key_of(table, row) == key_of(table, values)
                           for row in fetch(self.connection, table, owner, [pair.target["id"]])):  # fmt: skip
                    row_id = next_id(self.connection, table)
                    change = RowChange(table, row_id, Outcome.ADDED, draft, base={"id": row_id, **values}, after=values)
                    write_changes(self.connection, what, [change], batch)
                    report.added[table] = report.added.get(table, 0) + 1

    def _write(self, what: str, batch: int, report: MergeReport, rows: list[tuple[str, Row, Row]]) -> None:
        changes = []
        for table, row, after in rows:
            draft = Draft(table, row["id"], after)
            changes.append(RowChange(table, row["id"], Outcome.CHANGED, draft, base=row | after, after=after))
            report.changed[table] = report.changed.get(table, 0) + 1
        write_changes(self.connection, what, changes, batch)


def _follow(table: str, duplicate: Row, target: Row, after: Row) -> Row:
    """Columns that follow from those that change: texts as written, and a review that not all rows had."""
    follows: Row = {}
    if after and "as_written" in target:
        taken = {name: duplicate[name] for name in after}
        written = merge_written(target["as_written"], taken | {"as_written": _only(duplicate["as_written"], taken)})
        follows |= {"as_written": written} if written != target["as_written"] else {}
    if table == "publications" and target["review_state"] != duplicate["review_state"]:
        follows |= dict.fromkeys(REVIEW) | {"review_state": str(ReviewState.DRAFT)}
    return follows


def _published(table: str, duplicate: Row, target: Row) -> Row | None:
    """Of a preprint and its article, the article: where they differ in how they were published, its values hold."""
    if table != "publications":
        return None
    preprints = [row["kind"] == PublicationKind.PREPRINT for row in (duplicate, target)]
    if preprints[0] == preprints[1]:
        return None
    return target if preprints[0] else duplicate


def _further_names(pair: _Pair) -> list[Draft]:
    """Names of a merged row that the row which stays does not have."""
    subject = Draft(pair.table, pair.target["id"], {}, source_row=pair.target["source_row"])
    if pair.table == "samples" and plain_label(pair.duplicate["label"]) != plain_label(pair.target["label"]):
        return [draft_alias(subject, pair.duplicate["label"])]
    if pair.table == "publications":
        doi = pair.after.get("doi") or pair.target["doi"]
        others = {row["doi"] for row in (pair.duplicate, pair.target)} - {None, doi}
        return [draft_identifier(subject, IdentifierKind.DOI, other) for other in sorted(others)]
    return []


def _only(written: str | None, columns: Row) -> str:
    """The original texts of some columns of a row, as JSON."""
    return json.dumps({name: text for name, text in json.loads(written or "{}").items() if name in columns})
