"""Keep former names of publications and samples, attachments by reference, notes on batches, and own reviews.

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

from sse_db.database.revisions import altered_table, install_frozen

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PROVENANCE = (
    ("batch_id", sa.Integer(), False, "Batch that brought the row"),
    (
        "source_row",
        sa.String(),
        True,
        "Where the row stands in the imported file, as a spreadsheet shows it: sheet and row",
    ),
)


def upgrade() -> None:
    with altered_table("import_batches") as batch:
        note = sa.Column("note", sa.String(), nullable=True, comment="Why, in the words of the curator")
        batch.add_column(note, insert_before="undone_at")
    _alter_publications()
    _create_identifiers()
    _create_aliases()
    _create_attachments()
    install_frozen("0007")


def _alter_publications() -> None:
    with altered_table("publications") as batch:
        batch.add_column(
            sa.Column(
                "own_review",
                sa.Integer(),
                nullable=True,
                comment="1 where the reviewer had entered or changed the rows, and this was allowed by name; else NULL",
            )
        )
        batch.add_column(
            sa.Column("remark", sa.String(), nullable=True, comment="What a reader of its rows should know")
        )
        batch.create_check_constraint(op.f("ck_publications_own_review_rule"), "own_review = 1")


def _create(table: str, columns: list[tuple[str, sa.types.TypeEngine, bool, str]], *constraints: sa.Constraint) -> None:
    """A curated table: key, batch and place in the file, then its own columns."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False, comment="Surrogate key"),
        *(
            sa.Column(name, kind, nullable=nullable, comment=comment)
            for name, kind, nullable, comment in (*PROVENANCE, *columns)
        ),
        *constraints,
        _reference(table, "batch_id", "import_batches", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{table}_batch_id"), table, ["batch_id"], unique=False)


def _reference(table: str, column: str, parent: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{parent}")
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)


def _create_identifiers() -> None:
    table = "publication_identifiers"
    value = "DOI, bare and in lower case, or title as printed, by which files may still name it"
    _create(
        table,
        [
            ("publication_id", sa.Integer(), False, "Publication"),
            ("kind", sa.String(), False, "What the value is"),
            ("value", sa.String(), False, value),
        ],
        sa.CheckConstraint("kind IN ('doi', 'title')", name=op.f(f"ck_{table}_kind_vocabulary")),
        sa.CheckConstraint(
            "kind <> 'doi' OR (value = lower(value) AND value LIKE '10.%/%')", name=op.f(f"ck_{table}_doi_spelling")
        ),
        _reference(table, "publication_id", "publications", "CASCADE"),
        sa.UniqueConstraint("publication_id", "kind", "value", name=op.f(f"uq_{table}_publication_id_kind_value")),
    )
    _create_partial_index(f"uq_{table}_doi", table, ["value"], "kind = 'doi'")


def _create_aliases() -> None:
    table = "sample_aliases"
    _create(
        table,
        [
            ("sample_id", sa.Integer(), False, "Sample"),
            ("label", sa.String(), False, "Label by which files may still name the sample"),
        ],
        _reference(table, "sample_id", "samples", "CASCADE"),
        sa.UniqueConstraint("sample_id", "label", name=op.f(f"uq_{table}_sample_id_label")),
    )


def _create_attachments() -> None:
    table = "attachments"
    owners = {"publication_id": "publications", "sample_id": "samples", "measurement_id": "impedance_measurements"}
    place = "Where the file lies, relative to the folder of the database, with / between folders"
    _create(
        table,
        [
            ("publication_id", sa.Integer(), True, "Publication that it belongs to"),
            ("sample_id", sa.Integer(), True, "Sample that it belongs to"),
            ("measurement_id", sa.Integer(), True, "Measurement that it belongs to"),
            ("kind", sa.String(), False, "Sort of file"),
            ("file_name", sa.String(), False, "Name of the file, without folders"),
            ("place", sa.String(), False, place),
            ("sha256", sa.String(), False, "SHA-256 of the file's bytes when it was attached, hexadecimal"),
            ("size_bytes", sa.Integer(), False, "Size of the file when it was attached"),
            ("note", sa.String(), True, "What it shows"),
        ],
        sa.CheckConstraint("kind IN ('pdf', 'figure', 'spectrum', 'other')", name=op.f(f"ck_{table}_kind_vocabulary")),
        sa.CheckConstraint(
            " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in owners) + " = 1",
            name=op.f(f"ck_{table}_one_owner"),
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f(f"ck_{table}_sha256_length")),
        sa.CheckConstraint("size_bytes >= 0 AND size_bytes <= 2147483647", name=op.f(f"ck_{table}_size_bytes_range")),
        *(_reference(table, name, parent, "CASCADE") for name, parent in owners.items()),
    )
    for name in owners:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name], unique=False)
        _create_partial_index(f"uq_{table}_place_{name}", table, ["place", name], f"{name} IS NOT NULL")


def _create_partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for table in ("attachments", "sample_aliases", "publication_identifiers"):
        op.drop_table(table)
    with altered_table("publications") as batch:
        batch.drop_constraint(op.f("ck_publications_own_review_rule"), type_="check")
        batch.drop_column("remark")
        batch.drop_column("own_review")
    with altered_table("import_batches") as batch:
        batch.drop_column("note")
    install_frozen("0006")
