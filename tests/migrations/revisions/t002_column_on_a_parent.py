"""A column on a parent table that views use and children refer to with ON DELETE CASCADE."""

import sqlalchemy as sa

from sse_db.database.migrate import head
from sse_db.database.revisions import altered_table, install_frozen

revision = "t002"
down_revision = head()
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered_table("samples") as batch:
        batch.add_column(sa.Column("colour", sa.String(), nullable=True))
    install_frozen(head())


def downgrade() -> None:
    with altered_table("samples") as batch:
        batch.drop_column("colour")
    install_frozen(head())
