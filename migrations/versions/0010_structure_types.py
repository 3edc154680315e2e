"""A view of structure types: stated ones, and those that a rule assigns from class and space group.

Revision: 0010
"""

from sse_db.database.revisions import install_frozen

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_frozen("0010")


def downgrade() -> None:
    install_frozen("0009")
