"""A revision that fails after having altered a table, unless it is told that the fault is mended."""

import os

import sqlalchemy as sa

from sse_db.database.migrate import head
from sse_db.database.revisions import altered_table, install_frozen

revision = "t004"
down_revision = "t003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered_table("publications") as batch:
        batch.add_column(sa.Column("shelf", sa.String(), nullable=True))
    if not os.environ.get("FAULT_MENDED"):
        raise sa.exc.OperationalError("half way", None, Exception("a fault"))
    install_frozen(head())


def downgrade() -> None:
    with altered_table("publications") as batch:
        batch.drop_column("shelf")
    install_frozen(head())
