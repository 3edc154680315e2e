"""Row keys of exported workbooks: which row of the database a line is, and what the row said when it went out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from etl.drafts import Draft, Intake
from sse_db.errors import Problem
from sse_db.records.keys import MODELS, TABLES, fetch

REMOVED_BY = {
    "samples": ("samples", "sample remove ID"),
    "processing_steps": ("steps", "sample edit SAMPLE --remove-step ID"),
    "impedance_measurements": ("conductivities", "sample edit SAMPLE --remove-measurement ID"),
    "activation_energies": ("activation energies", "sample edit SAMPLE --remove-activation-energy ID"),
}
"""Tables of which a workbook may leave rows out, each with a word for its rows and how one is removed by hand."""
MOST_SHOWN = 10
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


def find_left_out(connection: sa.Connection, intake: Intake, rows: Mapping[str, set[int]]) -> list[Problem]:
    """Rows of the publications of an exported workbook that it no longer names, told by table: deleting a line removes
    nothing. ``rows`` are the rows, by table, that the workbook meets."""
    bound = {(draft.table, draft.row_id) for drafts in intake.drafts.values() for draft in drafts if draft.row_key}
    publications = {row_id for table, row_id in bound if table == "publications" and row_id is not None}
    samples = fetch(connection, "samples", "publication_id", publications)
    found = []
    for table, (word, way) in REMOVED_BY.items():
        named = rows.get(table, set()) | {row_id for other, row_id in intake.keyed if other == table}
        stored = (
            samples if table == "samples" else fetch(connection, table, "sample_id", {row["id"] for row in samples})
        )
        gone = sorted(row["id"] for row in stored if row["id"] not in named)
        if gone:
            shown = ", ".join(map(str, gone[:MOST_SHOWN])) + (", …" if len(gone) > MOST_SHOWN else "")
            message = f"{word} that this workbook no longer has stay in the database: number {shown}"
            hint = f"to remove one: sse-db {way}; what came in after the export is right as it is"
            found.append(Problem(intake.file_name, message, "row-left-out", hint, severity="doubt"))
    return found


def _blank(table: str, name: str) -> Any:
    """What an emptied cell means: NULL, or the default of a column that cannot be empty."""
    if TABLES[table].c[name].nullable:
        return None
    return MODELS[table].model_fields[name].get_default()
