"""Changes by hand as a batch: drafts made from command-line options, written by the loader of imports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from etl.doubts import find_doubts, find_doubts_beside
from etl.drafts import Draft, Intake
from etl.loading.load import BatchReport, load_intake
from etl.loading.stored_drafts import collect_sample
from etl.problems import Findings
from sse_db.errors import Problem, RefusedFile
from sse_db.records.keys import Row, fetch

FORMAT = "hand"


@dataclass(slots=True)
class HandReport:
    """What was done by hand: the row that it was about, and what the batch did; doubts are about the row as it is
    now."""

    table: str
    row_id: int
    batch: BatchReport
    doubts: list[Problem] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as a JSON object."""
        doubts = [{"message": each.message, "hint": each.hint, "code": each.code} for each in self.doubts]
        return {
            "table": self.table, "id": self.row_id, "batch": self.batch.id, **self.batch.counts(), "doubts": doubts,
            "changes": [
                {"action": str(each.outcome), "table": each.table, "id": each.row_id, "row": each.name,
                 "before": each.before, "after": each.after}
                for each in self.batch.changes
                if each.outcome != "unchanged"
            ],
        }  # fmt: skip


def start(what: str, note: str | None = None) -> tuple[Intake, Findings]:
    """An empty intake under the name of a command, and the findings about its words; there is no file to hash."""
    return Intake(what, "", FORMAT, note=note), Findings(what)


def bind(table: str, row: Row) -> Draft:
    """A draft bound to an existing row: the values that it is given replace those of the row."""
    return Draft(table, ("row", table, row["id"]), {}, row_id=row["id"])


def write(
    engine: sa.Engine, intake: Intake, findings: Findings, subject: Draft, *, curator: str, dry_run: bool
) -> HandReport:
    """Write an intake as one batch; raises RefusedFile with every problem of the words."""
    if findings.errors:
        raise RefusedFile(intake.file_name, findings.problems)
    report = load_intake(engine, intake, curator=curator, dry_run=dry_run)
    written = (change.row_id for change in report.changes if change.draft is subject)
    row_id = subject.row_id if subject.row_id is not None else next(written)
    doubts = list(findings.problems)
    if subject.table == "samples" and report.id is not None:
        with engine.connect() as connection:
            doubts += _doubts_about(connection, row_id)
    return HandReport(subject.table, row_id, report, doubts)


def _doubts_about(connection: sa.Connection, sample_id: int) -> list[Problem]:
    """What is doubtful about a sample as it stands in the database."""
    if not fetch(connection, "samples", "id", [sample_id]):
        return []
    intake = collect_sample(connection, sample_id)
    return find_doubts(intake) + find_doubts_beside(intake, connection)
