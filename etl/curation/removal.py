"""Delete a row by hand, alone or with all dependent rows; one batch, so that undo brings everything back."""

from __future__ import annotations

import sqlalchemy as sa

from etl.curation import work as hand_work
from etl.drafts import Intake
from etl.loading.load import BatchReport, load_intake
from sse_db.errors import RemovalRefused
from sse_db.records.keys import TABLES, Row, fetch, name_rows, parent_of
from sse_db.records.references import count_references, find_row

SHOWN = 10
PARTS = (("publication_identifiers", "publication_id", "publications"), ("sample_aliases", "sample_id", "samples"))
GOES_WITH_ITS_OWNER = ("composition_elements", *(table for table, *_ in PARTS))
"""Tables whose rows are part of what they belong to, and go with it."""
Found = list[tuple[str, Row]]


def find_dependents(connection: sa.Connection, table: str, row_id: int) -> Found:
    """Rows that refer to a row, directly or through others, parents first; parts of a row do not count."""
    found: Found = []
    seen = {(table, row_id)}
    waiting = [(table, row_id)]
    while waiting:
        parent, key = waiting.pop(0)
        for child, child_table in TABLES.items():
            columns = [
                each.name for each in child_table.c if each.foreign_keys and parent_of(child, each.name) == parent
            ]
            for row in [row for column in columns for row in fetch(connection, child, column, [key])]:
                if (child, row["id"]) not in seen and child not in GOES_WITH_ITS_OWNER:
                    seen.add((child, row["id"]))
                    found.append((child, row))
                    waiting.append((child, row["id"]))
    return found


def remove_row(
    engine: sa.Engine,
    table: str,
    reference: str,
    *,
    take_along: bool,
    curator: str,
    note: str | None = None,
    dry_run: bool = False,
) -> hand_work.HandReport:
    """Delete a publication or a sample; with ``take_along`` also its dependent rows (cascade).

    A structure that once waited for its sample waits again; compositions that no other row uses are deleted. Raises
    NotFound, and RemovalRefused with the list of dependent rows.
    """
    with engine.connect() as connection:
        row = find_row(connection, table, reference)
        dependents = find_dependents(connection, table, row["id"])
        if dependents and not take_along:
            raise _refusal(connection, table, row, dependents)
        intake, _ = hand_work.start(f"{table.removesuffix('s')} remove {row['id']}", note)
        _plan(connection, intake, [(table, row), *dependents])
    report: BatchReport = load_intake(engine, intake, curator=curator, dry_run=dry_run)
    return hand_work.HandReport(table, row["id"], report)


def _refusal(connection: sa.Connection, table: str, row: Row, dependents: Found) -> RemovalRefused:
    names = name_rows(connection, dependents)
    rows = tuple(f"{child} {each['id']} ({name})" for (child, each), name in zip(dependents, names, strict=True))
    shown = "\n".join(f"  {name}" for name in rows[:SHOWN])
    more = f"\n  … and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    name = name_rows(connection, [(table, row)])[0]
    return RemovalRefused(
        f"{name}: {len(rows)} rows hang on it\n{shown}{more}", "to remove them too: --take-along", rows
    )


def _plan(connection: sa.Connection, intake: Intake, deleted: Found) -> None:
    publications = {row["id"] for table, row in deleted if table == "publications"}
    for table, row in deleted:
        if table == "structural_records" and row["awaits_sample_label"]:
            draft = hand_work.bind(table, row)
            draft.values = {"sample_id": None}
            draft.values |= {"publication_id": None} if row["publication_id"] in publications else {}
            intake.add(draft)
        else:
            intake.removals.append((table, row["id"]))
    for table, owner, parent in PARTS:
        rows = fetch(connection, table, owner, [row["id"] for name, row in deleted if name == parent])
        intake.removals += [(table, row["id"]) for row in rows]
    intake.removals += _unused_compositions(connection, intake, deleted)


def _unused_compositions(connection: sa.Connection, intake: Intake, deleted: Found) -> list[tuple[str, int]]:
    """Compositions that only deleted rows refer to."""
    deleted_ids = set(intake.removals)
    users_deleted: dict[int, int] = {}
    for table, row in deleted:
        if row.get("composition_id") is not None and (table, row["id"]) in deleted_ids:
            users_deleted[row["composition_id"]] = users_deleted.get(row["composition_id"], 0) + 1
    found: list[tuple[str, int]] = []
    for composition, users in users_deleted.items():
        elements = fetch(connection, "composition_elements", "composition_id", [composition])
        if count_references(connection, "compositions", composition) == users + len(elements):
            found += [*(("composition_elements", row["id"]) for row in elements), ("compositions", composition)]
    return found
