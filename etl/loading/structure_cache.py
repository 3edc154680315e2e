"""Cache of structural records that the same parser has read: their files need not be read again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from etl.drafts import Draft
from sse_db.code_hash import name_code_version

UNTOUCHED = sa.text("""
    SELECT r.*, c.fingerprint
    FROM structural_records AS r
    INNER JOIN import_batches AS b ON b.id = r.batch_id
    INNER JOIN compositions AS c ON c.id = r.composition_id
    WHERE
        r.file_sha256 IS NOT NULL AND r.publication_id IS NULL AND b.code_version = :version
        AND NOT EXISTS (
            SELECT 1 FROM change_log AS l
            WHERE l.table_name = 'structural_records' AND l.row_id = r.id AND l.action <> 'insert'
        )
""")
"""Records that this very parser made and nobody has changed since. Reading a file is a function of its bytes, of Z and
of what the coordinates are worth, so that reading it again would give the same."""
LEFT_OUT = ("id", "batch_id", "source_row", "composition_id", "sample_id", "fingerprint")


@dataclass(frozen=True)
class KnownStructures:
    """The records of a database that nobody has changed by hand, read when the first of them is asked for."""

    engine: sa.Engine

    @cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        with self.engine.connect() as connection:
            rows = connection.execute(UNTOUCHED, {"version": name_code_version()}).mappings()
            return {row["record_key"]: dict(row) for row in rows}

    def find(self, record_key: str, formula_units: float | None, coordinates: str) -> Draft | None:
        """The record of a file that was read with the same Z and the same ``coordinates_basis``, else None."""
        row = self._rows.get(record_key)
        if row is None or (row["formula_units"], row["coordinates_basis"]) != (formula_units, str(coordinates)):
            return None
        values = {name: value for name, value in row.items() if value is not None and name not in LEFT_OUT}
        return Draft("structural_records", record_key, values, parents={"composition_id": row["fingerprint"]})
