"""Write the view of structures as every database system reads it.

Revision: 0011
"""

from sse_db.database.revisions import install_frozen

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_frozen("0011")


def downgrade() -> None:
    install_frozen("0010")
