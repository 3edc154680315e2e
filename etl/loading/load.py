"""Write the rows of an intake: one file, one transaction, one batch; all of it or nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa

from etl.drafts import Intake, Skipped
from etl.loading.batches import open_batch, record_counts
from etl.loading.release_history import carry_batches, carry_entries
from etl.loading.writing import LEAVES, PARENTS, remove_rows, write_changes
from etl.planning.disputes import keep_disputed, tell_skipped
from etl.planning.plan import Outcome, Plan, RowChange, plan_intake
from sse_db.database.engine import write_transaction
from sse_db.errors import Problem, RefusedFile, WrongUsage
from sse_db.spelling import plain_label

ON_CONFLICT = ("fail", "skip", "update")

IS_WAITING = sa.text("SELECT 1 FROM structural_records WHERE sample_id IS NULL AND awaits_doi IS NOT NULL LIMIT 1")
WAITING = sa.text("""
    SELECT r.id, r.awaits_sample_label AS awaited, s.id AS sample_id, s.label
    FROM structural_records AS r
    INNER JOIN (
        SELECT id AS publication_id, doi FROM publications
        UNION SELECT publication_id, value FROM publication_identifiers WHERE kind = 'doi'
    ) AS p ON p.doi = r.awaits_doi
    INNER JOIN (
        SELECT id, publication_id, label FROM samples
        UNION SELECT s.id, s.publication_id, a.label
        FROM sample_aliases AS a INNER JOIN samples AS s ON s.id = a.sample_id
    ) AS s ON s.publication_id = p.publication_id
    WHERE r.sample_id IS NULL
    ORDER BY r.id, s.id DESC
""")
"""Structures that were imported before their sample, with all names of the samples of its publication."""
LINK = sa.text("UPDATE structural_records SET sample_id = :sample_id WHERE id = :id")


@dataclass(slots=True)
class BatchReport:
    """What one import did: counts by table, the rows passed over, and what is doubtful. ``id`` is None when nothing
    was written, because nothing was new or because it was a trial. ``rows_read`` counts the rows of a sheet that is not
    ours: they landed or were passed over. ``not_taken`` are values in dispute that were skipped."""

    id: int | None
    file: str
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    passed_over: list[Skipped] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    rows_read: int | None = None
    not_taken: list[Problem] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as the JSON object of the interface."""
        report: dict[str, Any] = {"id": self.id, "file": self.file, **self.counts()}
        report["passed_over"] = [asdict(each) for each in self.passed_over]
        if self.not_taken:
            keys = ("cell", "row", "column", "value", "message")
            report["not_taken"] = [{key: each.as_dict()[key] for key in keys} for each in self.not_taken]
        if self.rows_read is not None:
            report["rows"] = {"read": self.rows_read, "landed": self.rows_read - len(self.passed_over)}
        return report

    def counts(self) -> dict[str, dict[str, int]]:
        """Number of rows by table, by what became of them."""
        names = ("added", "changed", "unchanged", "skipped", *(("removed",) if self.removed else ()))
        return {name: getattr(self, name) for name in names}


def load_intake(
    engine: sa.Engine, intake: Intake, *, curator: str, on_conflict: str = "fail", dry_run: bool = False
) -> BatchReport:
    """Write an intake as one batch; raises RefusedFile for conflicts and for rows that the schema refuses.

    Planning happens inside the transaction that writes, so that no other writer can interfere. A dry run does
    everything and rolls back, so that it refuses what an import would refuse.
    """
    if on_conflict not in ON_CONFLICT:
        raise WrongUsage(f"no such way with conflicts: {on_conflict}", f"choose one of {', '.join(ON_CONFLICT)}")
    with write_transaction(engine, adds_only=not intake.removals) as connection:
        report = write_intake(connection, intake, curator=curator, on_conflict=on_conflict)
        if dry_run:
            connection.rollback()
            report.id = None
    return report


def write_intake(connection: sa.Connection, intake: Intake, *, curator: str, on_conflict: str) -> BatchReport:
    """Plan and write an intake inside a write transaction; without anything to write there is no batch."""
    plan = plan_intake(connection, intake)
    refusals = plan.problems + (plan.conflicts if on_conflict == "fail" else [])
    if refusals:
        raise RefusedFile(intake.file_name, refusals + intake.doubts)
    skipped = keep_disputed(plan) if on_conflict == "skip" else []
    report = _report(plan, intake, on_conflict)
    writing = [change for change in plan.of(Outcome.ADDED, Outcome.CHANGED, Outcome.CONFLICT) if change.after]
    if writing or plan.columns or intake.removals:
        batches = carry_batches(connection, intake, writing)
        with open_batch(
            connection,
            file_name=intake.file_name,
            file_sha256=intake.file_sha256,
            form=intake.format,
            curator=curator,
            note=intake.note,
        ) as report.id:
            report.removed = remove_rows(connection, intake.file_name, intake.removals, LEAVES)
            carry_entries(connection, intake, plan.changes, batches, report.id)
            write_changes(connection, intake.file_name, writing, report.id, batches, plan.columns)
            report.removed |= remove_rows(connection, intake.file_name, intake.removals, PARENTS)
            link_waiting(connection, report, writing)
            told = [asdict(each) for each in (*intake.skipped, *skipped)]
            record_counts(connection, report.id, report.counts(), told)
    return report


def link_waiting(connection: sa.Connection, report: BatchReport, writing: list[RowChange]) -> None:
    """Link structures that waited for samples which are here now, and count them as changed."""
    links = _find_links(connection)
    linked = links.keys()
    if links:
        connection.execute(LINK, [{"id": row_id, "sample_id": sample_id} for row_id, sample_id in links.items()])
    known = {change.row_id: change.outcome for change in report.changes if change.table == "structural_records"}
    late = linked - {change.row_id for change in writing if change.table == "structural_records"}
    if late:
        report.changed["structural_records"] = report.changed.get("structural_records", 0) + len(late)
    for row_id in late & known.keys():
        report.unchanged["structural_records"] -= known[row_id] is Outcome.UNCHANGED


def _find_links(connection: sa.Connection) -> dict[int, int]:
    """Waiting structure to the sample that it waited for: the first that is or was called so, else the only one whose
    label differs by type of dash, blanks or invisible characters alone."""
    if connection.execute(IS_WAITING).first() is None:  # mostly so; the names of all samples are not asked for
        return {}
    exact: dict[int, int] = {}
    alike: dict[int, set[int]] = {}
    for row in connection.execute(WAITING):
        if row.label == row.awaited:
            exact[row.id] = row.sample_id
        elif plain_label(row.label) == plain_label(row.awaited or ""):
            alike.setdefault(row.id, set()).add(row.sample_id)
    return {row_id: min(found) for row_id, found in alike.items() if len(found) == 1} | exact


def _report(plan: Plan, intake: Intake, on_conflict: str) -> BatchReport:
    update = on_conflict == "update"
    changed = plan.counts(Outcome.CHANGED)
    for change in plan.of(Outcome.CONFLICT):
        if change.after:
            changed[change.table] = changed.get(change.table, 0) + 1
    passed_over = {"rows": len(intake.skipped)} if intake.skipped else {}
    kept = [] if update else [tell_skipped(conflict) for conflict in plan.conflicts]
    return BatchReport(
        None,
        intake.file_name,
        added=plan.counts(Outcome.ADDED),
        changed=changed,
        unchanged=plan.counts(Outcome.UNCHANGED),
        skipped=passed_over | ({} if update else plan.counts(Outcome.CONFLICT)),
        passed_over=intake.skipped,
        doubts=intake.doubts + plan.doubts + kept,
        changes=plan.changes,
        rows_read=intake.rows_read,
        not_taken=[] if update else plan.conflicts,
    )
