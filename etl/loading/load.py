"""Write the rows of an intake: one file, one transaction, one batch; all of it or nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from etl.drafts import Intake, Skipped
from etl.loading.batches import open_batch, record_counts
from etl.loading.plan import Outcome, Plan, RowChange, plan_intake
from etl.loading.release_history import carry_batches, carry_entries
from etl.loading.writing import LEAVES, PARENTS, remove_rows, write_changes
from sse_db.engine import write_transaction
from sse_db.errors import Problem, RefusedFile, WrongUsage
from sse_db.spelling import plain_label

ON_CONFLICT = ("fail", "skip", "update")

WAITING = sa.text("""
    SELECT r.id, r.awaits_sample_label AS awaited, s.id AS sample_id, s.label
    FROM structural_records AS r
    INNER JOIN publications AS p ON p.doi = r.awaits_doi
    INNER JOIN samples AS s ON s.publication_id = p.id
    WHERE r.sample_id IS NULL
    ORDER BY r.id, s.id
""")
"""Structures that were imported before their sample, with the samples of its publication that are there now."""
LINK = sa.text("UPDATE structural_records SET sample_id = :sample_id WHERE id = :id")


@dataclass(slots=True)
class BatchReport:
    """What one import did: counts by table, the rows passed over, and what is doubtful. ``id`` is None when nothing
    was written, because nothing was new or because it was a trial. ``rows_read`` counts the rows of a sheet that is not
    ours: they landed or were passed over."""

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

    def as_dict(self) -> dict[str, Any]:
        """The report as the JSON object of the interface."""
        report: dict[str, Any] = {"id": self.id, "file": self.file, **self.counts()}
        report["passed_over"] = [asdict(each) for each in self.passed_over]
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
    with write_transaction(engine) as connection:
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
    report = _report(plan, intake, on_conflict)
    outcomes = [Outcome.ADDED, Outcome.CHANGED, *([Outcome.CONFLICT] if on_conflict == "update" else [])]
    writing = plan.of(*outcomes)
    if writing or intake.removals:
        batches = carry_batches(connection, intake, writing)
        with open_batch(
            connection,
            file_name=intake.file_name,
            file_sha256=intake.file_sha256,
            form=intake.format,
            curator=curator,
        ) as report.id:
            report.removed = remove_rows(connection, intake.file_name, intake.removals, LEAVES)
            carry_entries(connection, intake, plan.changes, batches, report.id)
            write_changes(connection, intake.file_name, writing, report.id, batches)
            report.removed |= remove_rows(connection, intake.file_name, intake.removals, PARENTS)
            link_waiting(connection, report, writing)
            record_counts(connection, report.id, report.counts(), [asdict(each) for each in intake.skipped])
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
    """Waiting structure to the sample that it waited for: the one of that label, else the only one whose label differs
    by type of dash, blanks or invisible characters alone."""
    exact: dict[int, int] = {}
    alike: dict[int, list[int]] = {}
    for row in connection.execute(WAITING):
        if row.label == row.awaited:
            exact[row.id] = row.sample_id
        elif plain_label(row.label) == plain_label(row.awaited or ""):
            alike.setdefault(row.id, []).append(row.sample_id)
    return {row_id: found[0] for row_id, found in alike.items() if len(found) == 1} | exact


def _report(plan: Plan, intake: Intake, on_conflict: str) -> BatchReport:
    update = on_conflict == "update"
    passed_over = {"rows": len(intake.skipped)} if intake.skipped else {}
    kept = [] if update else [replace(conflict, severity="doubt") for conflict in plan.conflicts]
    return BatchReport(
        None,
        intake.file_name,
        added=plan.counts(Outcome.ADDED),
        changed=plan.counts(Outcome.CHANGED, *([Outcome.CONFLICT] if update else [])),
        unchanged=plan.counts(Outcome.UNCHANGED),
        skipped=passed_over | ({} if update else plan.counts(Outcome.CONFLICT)),
        passed_over=intake.skipped,
        doubts=intake.doubts + kept,
        changes=plan.changes,
        rows_read=intake.rows_read,
    )
