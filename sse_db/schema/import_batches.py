"""Import batches: which file or hand work brought which rows."""

from __future__ import annotations

from sse_db.columns import column
from sse_db.schema.base import Row


class ImportBatch(Row, table=True):
    """One file, imported in one transaction; out of a release also the batches that its rows once came in."""

    __tablename__ = "import_batches"

    file_name: str = column("Name of the file, without folders; for work by hand what was done")
    file_sha256: str = column("SHA-256 of the file's bytes, hexadecimal; without a file, of its name")
    format: str = column(
        "Reader that took the file, as in `import --format`; `hand` for work by hand, `undo` for a taking back"
    )
    curator: str = column("Who imported it")
    created_at: str = column("When, UTC, ISO 8601")
    code_version: str = column("Version of sse-db that read it, with the hash of its structure parser")
    counts: str = column("JSON object: table to numbers of rows added, changed, unchanged and skipped", default="{}")
    skipped: str = column("JSON array of rows that were listed and passed over, each with its reason", default="[]")
    note: str | None = column("Why, in the words of the curator", default=None)
    undone_at: str | None = column("When the batch was taken back, UTC, ISO 8601", default=None)
    carried_by: int | None = column(
        "Batch that imported the release which this batch came along with; NULL for an import into this database",
        default=None,
        references="import_batches.id",
        index=False,
    )


class CurrentBatch(Row, table=True):
    """At most one row, inside a running import: the batch that the change log names. Empty otherwise."""

    __tablename__ = "current_batch"

    batch_id: int = column("Batch that is being written", references="import_batches.id", index=False)
