"""${message}

Revision: ${up_revision}, after ${down_revision | comma,n}
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from sse_db.database.revisions import altered_table, install_frozen
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
    install_frozen("${up_revision}")


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
    install_frozen(${repr(down_revision)})
