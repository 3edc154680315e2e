"""What a database holds as a workbook: to edit and import again, or one sheet per table for readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from etl.loading.stored_drafts import collect_intake
from etl.workbooks.filled import rows_of
from etl.workbooks.template import write_workbook
from sse_db.formats import LONGEST_CELL, replace_file, write_sheets
from sse_db.records.keys import TABLES
from sse_db.records.references import find_row
from sse_db.schema import metadata

INTERNAL = ("current_batch",)


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows by sheet; ``left_out`` are structures that have a file of their own, ``cut`` texts that no cell holds."""

    rows: dict[str, int]
    left_out: int = 0
    cut: int = 0


def export_workbook(engine: sa.Engine, path: Path, publications: Sequence[str] = ()) -> Exported:
    """Write publications, given by number, DOI or title, with all that belongs to them; without any, everything.

    Raises NotFound for one that is not there or may be several.
    """
    with engine.connect() as connection:
        ids = [find_row(connection, "publications", text)["id"] for text in publications]
        intake = collect_intake(connection, ids or None)
    rows = rows_of(intake)
    write_workbook(path, rows)
    structures = intake.drafts.get("structural_records", [])
    left_out = sum(bool(draft.values.get("cif_text")) for draft in structures)
    return Exported({sheet: len(each) for sheet, each in rows.items()}, left_out)


def export_tables(engine: sa.Engine, path: Path) -> Exported:
    """Write one sheet per table, with the columns of the database; import refuses such a file by name."""
    names = [*TABLES, *(name for name in metadata.tables if name not in (*TABLES, *INTERNAL))]
    sheets, cut = {}, 0
    with engine.connect() as connection:
        for name in names:
            table = metadata.tables[name]
            rows = [tuple(row) for row in connection.execute(sa.select(table).order_by(sa.text("1")))]
            cut += sum(isinstance(value, str) and len(value) > LONGEST_CELL for row in rows for value in row)
            sheets[name] = ([column.name for column in table.columns], rows)
    replace_file(path, write_sheets(sheets))
    return Exported({name: len(rows) for name, (_, rows) in sheets.items()}, cut=cut)
