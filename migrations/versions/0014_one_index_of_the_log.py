"""One index finds the history of a row, where two did: one of tables alone finds too much to be of use.

Revision: 0014
"""

from alembic import op

from sse_db.database.revisions import install_frozen

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

LOG = "change_log"


def upgrade() -> None:
    op.drop_index("ix_change_log_table_name", table_name=LOG)
    op.drop_index("ix_change_log_row_id", table_name=LOG)
    op.create_index("ix_change_log_row_id_table_name", LOG, ["row_id", "table_name"])
    install_frozen("0014")


def downgrade() -> None:
    op.drop_index("ix_change_log_row_id_table_name", table_name=LOG)
    op.create_index("ix_change_log_row_id", LOG, ["row_id"])
    op.create_index("ix_change_log_table_name", LOG, ["table_name"])
    install_frozen("0013")
