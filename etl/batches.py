"""What came in: the batches of a database."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from sse_db.schema import metadata


def list_batches(engine: sa.Engine) -> list[dict[str, Any]]:
    """All batches, oldest first, as the JSON objects of the interface."""
    table = metadata.tables["import_batches"]
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.id)).mappings().all()
    return [
        {
            "id": row["id"],
            "file": row["file_name"],
            "format": row["format"],
            "curator": row["curator"],
            "created_at": row["created_at"],
            "code_version": row["code_version"],
            "file_sha256": row["file_sha256"],
            **{name: json.loads(row["counts"]).get(name, {}) for name in ("added", "changed", "unchanged", "skipped")},
            "undone_at": row["undone_at"],
        }
        for row in rows
    ]
