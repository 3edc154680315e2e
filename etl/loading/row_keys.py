"""Row keys of exported workbooks: which row of the database a line is, and what the row said when it went out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from etl.drafts import Draft
from sse_db.records.keys import MODELS, TABLES, fetch

LEFT_OUT = ("id", "batch_id", "source_row")


def make_row_key(table: str, row_id: int, values: Mapping[str, Any]) -> str:
    """Number of a row, and a short hash of what it says itself: ``12-1a2b3c4d``."""
    own = [column.name for column in TABLES[table].c if not column.foreign_keys and column.name not in LEFT_OUT]
    told = {name: values[name] for name in own if values.get(name) is not None}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return f"{row_id}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def bind_rows(connection: sa.Connection, table: str, drafts: Iterable[Draft]) -> None:
    """Bind drafts with a row key to their rows where these are as they were exported: they are then corrected without
    a conflict. In another database, and where the row has changed since, the natural key decides as for any file."""
    keyed = [draft for draft in drafts if draft.row_key is not None and draft.row_id is None]
    ids = {int(str(draft.row_key).partition("-")[0]) for draft in keyed}
    rows = {row["id"]: row for row in fetch(connection, table, "id", ids)} if keyed else {}
    for draft in keyed:
        row_id = int(str(draft.row_key).partition("-")[0])
        if row_id in rows and make_row_key(table, row_id, rows[row_id]) == draft.row_key:
            draft.row_id = row_id
            for name in draft.emptied:
                draft.values.setdefault(name, _blank(table, name))


def _blank(table: str, name: str) -> Any:
    """What an emptied cell means: NULL, or the default of a column that cannot be empty."""
    if TABLES[table].c[name].nullable:
        return None
    return MODELS[table].model_fields[name].get_default()
