"""The change log: who changed what in which row, written by triggers."""

from __future__ import annotations

import sqlalchemy as sa

from sse_db.columns import column
from sse_db.schema.base import Row
from sse_db.vocabulary import Action


class ChangeLog(Row, table=True):
    """The life of every row, written by triggers, so that a change by any road is in it."""

    __tablename__ = "change_log"
    __table_args__ = (sa.Index(None, "row_id", "table_name"),)

    table_name: str = column("Table of the row")
    row_id: int = column("Key of the row")
    action: Action = column("What happened", vocabulary=Action)
    before: str | None = column("JSON object of the row before, NULL for an insert", default=None)
    after: str | None = column("JSON object of the row after, NULL for a delete", default=None)
    batch_id: int | None = column(
        "Batch in which it happened, NULL for a change made outside of imports",
        default=None,
        references="import_batches.id",
    )
    changed_at: str = column("When, UTC, ISO 8601")
