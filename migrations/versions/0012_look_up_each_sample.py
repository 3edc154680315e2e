"""Views that look up each sample's values by index: one sample's row no longer takes those of all others.

Revision: 0012
"""

from sse_db.database.revisions import install_frozen

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_frozen("0012")


def downgrade() -> None:
    install_frozen("0011")
