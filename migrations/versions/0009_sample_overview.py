"""A view of what people look at first, one row per sample.

Revision: 0009
"""

from sse_db.database.revisions import install_frozen

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_frozen("0009")


def downgrade() -> None:
    install_frozen("0008")
