"""Say of a batch which import of a release it came along with.

Revision: 0004
"""

import sqlalchemy as sa

from sse_db.database.revisions import altered_table, install_frozen

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered_table("import_batches") as batch:
        batch.add_column(
            sa.Column(
                "carried_by",
                sa.Integer(),
                nullable=True,
                comment="Batch that imported the release which this batch came along with; NULL for an import into this "
                "database",
            )
        )
        batch.create_foreign_key(
            "fk_import_batches_carried_by_import_batches",
            "import_batches",
            ["carried_by"],
            ["id"],
            ondelete="RESTRICT",
        )
    install_frozen("0004")


def downgrade() -> None:
    with altered_table("import_batches") as batch:
        batch.drop_constraint("fk_import_batches_carried_by_import_batches", type_="foreignkey")
        batch.drop_column("carried_by")
    install_frozen("0003")
