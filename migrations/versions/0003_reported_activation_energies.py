"""A view of the reported activation energies.

Revision: 0003
"""

from sse_db.database.revisions import install_frozen

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_frozen("0003")


def downgrade() -> None:
    install_frozen("0002")
