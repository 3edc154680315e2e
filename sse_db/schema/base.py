"""What all tables share: one metadata with named constraints, a surrogate key, and where a row came from."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from sse_db.columns import column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """A row of any table. Rows are built with ``model_validate``: the constructor of a table class checks nothing."""

    metadata = MetaData(naming_convention=NAMING)

    id: int | None = column("Surrogate key", primary_key=True, default=None)


class CuratedRow(Row):
    """A row that an import brought and that therefore knows its batch and its place in the file.

    ``natural_key`` names the columns that a row is found again by when a file comes in once more; the first of them
    that refers to another table is the row's owner. It is empty where a rule takes its place (publications).
    """

    natural_key: ClassVar[tuple[str, ...]] = ()

    batch_id: int = column("Batch that brought the row", references="import_batches.id", provenance=True)
    source_row: str | None = column(
        "Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
        default=None,
        provenance=True,
    )


class QuantityRow(CuratedRow):
    """A row with quantities that a source wrote in words of its own."""

    as_written: str | None = column(
        "JSON object: column to the text of the cell, wherever that differs from the stored value",
        default=None,
        provenance=True,
    )
    remark: str | None = column("What a reader of the value should know", default=None, provenance=True)
