"""A limit changed under the same name."""

from alembic import op

from sse_db.database.migrate import head
from sse_db.database.revisions import altered_table, install_frozen

revision = "t003"
down_revision = "t002"
branch_labels = None
depends_on = None

NAME = "ck_samples_relative_density_percent_range"


def set_limit(highest: int) -> None:
    with altered_table("samples") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(
            op.f(NAME), f"relative_density_percent >= 0 AND relative_density_percent <= {highest}"
        )
    install_frozen(head())


def upgrade() -> None:
    set_limit(110)


def downgrade() -> None:
    set_limit(100)
