"""Batch rows: inserted before writing, named by the change log meanwhile, completed with counts; and dry runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from etl.drafts import Intake
from etl.planning.plan import Plan, plan_intake
from sse_db.code_hash import name_code_version
from sse_db.records.history import BATCHES
from sse_db.schema import CurrentBatch, ImportBatch, metadata


def utc_now() -> str:
    """The time, UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def open_batch(
    connection: sa.Connection, *, file_name: str, file_sha256: str, form: str, curator: str, note: str | None = None
) -> Iterator[int]:
    """Write a batch row and let the change log name it for as long as the context lasts; yields its id.

    Work by hand has no file: what is hashed is its name.
    """
    batch = ImportBatch.model_validate(
        {
            "file_name": file_name,
            "file_sha256": file_sha256 or hashlib.sha256(file_name.encode()).hexdigest(),
            "format": form,
            "curator": curator,
            "created_at": utc_now(),
            "code_version": name_code_version(),
            "note": (note or "").strip() or None,
        }
    )
    inserted = connection.execute(sa.insert(BATCHES).returning(BATCHES.c.id), batch.model_dump(exclude={"id"}))
    batch_id = int(inserted.scalar_one())
    marker = metadata.tables[str(CurrentBatch.__tablename__)]
    connection.execute(sa.insert(marker), {"batch_id": batch_id})
    yield batch_id
    connection.execute(sa.delete(marker))


def record_counts(
    connection: sa.Connection, batch_id: int, counts: dict[str, Any], skipped: list[dict[str, str]] | None = None
) -> None:
    """Store the counts and skipped rows of a batch in its row."""
    values = {"counts": json.dumps(counts, sort_keys=True), "skipped": json.dumps(skipped or [], ensure_ascii=False)}
    connection.execute(sa.update(BATCHES).where(BATCHES.c.id == batch_id).values(values))


def diff_file(engine: sa.Engine, intake: Intake) -> Plan:
    """What an import of a file would do; nothing is written, and a read-only database will do."""
    with engine.connect() as connection:
        return plan_intake(connection, intake, singly=True)
