"""Rows into the database: one file, one transaction, one batch; all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import SQLModel

from etl.plan import Outcome, Plan, RowChange, conflict_problems, plan_intake
from etl.rows import Intake, Skipped
from sse_db import __version__
from sse_db.engine import write_transaction
from sse_db.errors import Problem, RefusedFile
from sse_db.schema import CURATED, CurrentBatch, ImportBatch, metadata

MODELS: dict[str, type[SQLModel]] = {str(model.__tablename__): model for model in CURATED}
ON_CONFLICT = ("fail", "skip", "update")

LINK_WAITING = sa.text("""
    UPDATE structural_records
    SET sample_id = (
        SELECT s.id FROM samples AS s INNER JOIN publications AS p ON p.id = s.publication_id
        WHERE p.doi = structural_records.awaits_doi AND s.label = structural_records.awaits_sample_label
    )
    WHERE sample_id IS NULL AND awaits_doi IS NOT NULL AND EXISTS (
        SELECT 1 FROM samples AS s INNER JOIN publications AS p ON p.id = s.publication_id
        WHERE p.doi = structural_records.awaits_doi AND s.label = structural_records.awaits_sample_label
    )
""")
"""A structure may arrive before its sample: it waits, and links when the sample comes."""


@dataclass(slots=True)
class BatchReport:
    """What one import did: counts by table, the rows passed over, and what is doubtful. ``id`` is None when nothing
    was written, because nothing was new or because it was a trial."""

    id: int | None
    file: str
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    passed_over: list[Skipped] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as the JSON object of the interface."""
        names = ("id", "file", "added", "changed", "unchanged", "skipped")
        rows = [asdict(each) for each in self.passed_over]
        return {name: getattr(self, name) for name in names} | {"passed_over": rows}


def load_intake(
    engine: sa.Engine, intake: Intake, *, curator: str, on_conflict: str = "fail", dry_run: bool = False
) -> BatchReport:
    """Write an intake as one batch; raises RefusedFile for conflicts and for rows that the schema refuses.

    Planning happens inside the transaction that writes, so that no other writer can come between.
    """
    if dry_run:
        with engine.connect() as connection:
            plan = plan_intake(connection, intake)
        _refuse_conflicts(plan, intake, on_conflict)
        return _report(None, plan, intake, on_conflict)
    with write_transaction(engine) as connection:
        plan = plan_intake(connection, intake)
        _refuse_conflicts(plan, intake, on_conflict)
        writing = _written(plan, on_conflict)
        if not writing:
            return _report(None, plan, intake, on_conflict)
        report = _report(None, plan, intake, on_conflict)
        report.id = open_batch(connection, intake.file_name, intake.file_sha256, intake.format, curator)
        _write(connection, writing, report.id, intake)
        connection.execute(LINK_WAITING)
        close_batch(connection, report.id, report)
    return report


def _refuse_conflicts(plan: Plan, intake: Intake, on_conflict: str) -> None:
    conflicts = plan.of(Outcome.CONFLICT)
    if conflicts and on_conflict == "fail":
        raise RefusedFile(intake.file_name, conflict_problems(intake.file_name, conflicts) + intake.doubts)


def _written(plan: Plan, on_conflict: str) -> list[RowChange]:
    outcomes = [Outcome.ADDED, Outcome.CHANGED]
    return plan.of(*outcomes, *([Outcome.CONFLICT] if on_conflict == "update" else []))


def _report(batch_id: int | None, plan: Plan, intake: Intake, on_conflict: str) -> BatchReport:
    changed, conflicts = plan.counts(Outcome.CHANGED), plan.counts(Outcome.CONFLICT)
    if on_conflict == "update":
        changed = {name: changed.get(name, 0) + conflicts.get(name, 0) for name in {*changed, *conflicts}}
        conflicts = {}
    return BatchReport(
        batch_id,
        intake.file_name,
        added=plan.counts(Outcome.ADDED),
        changed=dict(sorted(changed.items())),
        unchanged=plan.counts(Outcome.UNCHANGED),
        skipped=conflicts,
        passed_over=intake.skipped,
        doubts=intake.doubts,
        changes=plan.changes,
    )


def open_batch(connection: sa.Connection, file_name: str, sha256: str, form: str, curator: str) -> int:
    """Write a batch row and name it as the one that is being written; returns its id."""
    batch = ImportBatch.model_validate(
        {
            "file_name": file_name,
            "file_sha256": sha256,
            "format": form,
            "curator": curator,
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "code_version": __version__,
        }
    )
    table = metadata.tables["import_batches"]
    inserted = connection.execute(sa.insert(table).returning(table.c.id), batch.model_dump(exclude={"id"}))
    batch_id = int(inserted.scalar_one())
    connection.execute(sa.insert(metadata.tables[str(CurrentBatch.__tablename__)]), {"batch_id": batch_id})
    return batch_id


def close_batch(connection: sa.Connection, batch_id: int, report: BatchReport | None = None) -> None:
    """Write the counts of a batch and name no batch any more."""
    connection.execute(sa.delete(metadata.tables[str(CurrentBatch.__tablename__)]))
    if report is not None:
        counts = {name: getattr(report, name) for name in ("added", "changed", "unchanged", "skipped")}
        table = metadata.tables["import_batches"]
        rows = json.dumps([asdict(each) for each in report.passed_over], ensure_ascii=False)
        values = {"counts": json.dumps(counts, sort_keys=True), "skipped": rows}
        connection.execute(sa.update(table).where(table.c.id == batch_id).values(values))


def _write(connection: sa.Connection, changes: list[RowChange], batch_id: int, intake: Intake) -> None:
    problems: list[Problem] = []
    for name in MODELS:
        ours = [change for change in changes if change.table == name]
        rows = [
            (change, build_row(change, batch_id, intake, problems))
            for change in ours
            if change.outcome is Outcome.ADDED
        ]
        if problems:
            continue
        insert_rows(connection, metadata.tables[name], [row for _, row in rows], [change for change, _ in rows], intake)
        for change in ours:
            if change.outcome is not Outcome.ADDED:
                _update(connection, change, intake)
    if problems:
        raise RefusedFile(intake.file_name, problems)


def build_row(change: RowChange, batch_id: int, intake: Intake, problems: list[Problem]) -> dict[str, Any]:
    """A complete row for an insert, checked by its model; what the model refuses becomes problems with cells."""
    values = {"batch_id": batch_id, "source_row": change.draft.source_row, **change.after, "id": change.row_id}
    try:
        return MODELS[change.table].model_validate(values).model_dump()
    except ValidationError as error:
        for each in error.errors():
            problems.append(_problem(intake, change, str(each["loc"][0]), each["msg"]))
        return values


def insert_rows(
    connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]], changes: list[RowChange], intake: Intake
) -> None:
    """Insert rows at once; when the database refuses one, find it and name its cell."""
    if not rows:
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.insert(table), rows)
    except sa.exc.IntegrityError:
        raise RefusedFile(intake.file_name, _find_refused(connection, table, rows, changes, intake)) from None


def _find_refused(
    connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]], changes: list[RowChange], intake: Intake
) -> list[Problem]:
    problems = []
    for row, change in zip(rows, changes, strict=True):
        try:
            with connection.begin_nested():
                connection.execute(sa.insert(table), row)
        except sa.exc.IntegrityError as error:
            problems.append(_problem(intake, change, "", str(error.orig)))
    return problems


def _update(connection: sa.Connection, change: RowChange, intake: Intake) -> None:
    table = metadata.tables[change.table]
    try:
        with connection.begin_nested():
            connection.execute(sa.update(table).where(table.c.id == change.row_id).values(change.after))
    except sa.exc.IntegrityError as error:
        raise RefusedFile(intake.file_name, [_problem(intake, change, "", str(error.orig))]) from None


def _problem(intake: Intake, change: RowChange, column: str, message: str) -> Problem:
    cells = change.draft.cells
    cell = cells.get(column) or next(
        (cells[name] for name in cells if name in message), next(iter(cells.values()), None)
    )
    text = f"{change.table} {change.name}: {column} {message}".replace("  ", " ")
    if cell is None:
        return Problem(intake.file_name, text, "schema")
    return Problem(intake.file_name, text, "schema", "", cell.sheet, cell.name, cell.row, cell.header, cell.text)


def total(counts: Iterable[dict[str, int]]) -> int:
    """Sum over counts by table."""
    return sum(sum(each.values()) for each in counts)
