"""Number the space groups of samples, and take the structural descriptors of a sample from one space group.

Revision: 0006
"""

import gemmi
import sqlalchemy as sa
from alembic import op

from sse_db.database.revisions import altered_table, install_frozen, without_triggers

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with altered_table("samples") as batch:
        batch.add_column(
            sa.Column(
                "space_group_number",
                sa.Integer(),
                nullable=True,
                comment="Number of that space group, by which structures are compared; NULL for a symbol that no table has",
            ),
            insert_after="space_group_symbol",
        )
        batch.create_check_constraint(
            op.f("ck_samples_space_group_number_range"), "space_group_number >= 1 AND space_group_number <= 230"
        )
    with without_triggers(op.get_bind()):
        _fill(op.get_bind())
    install_frozen("0006")


def _fill(bind: sa.Connection) -> None:
    symbols = bind.exec_driver_sql("SELECT DISTINCT space_group_symbol FROM samples").scalars().all()
    found = {symbol: gemmi.find_spacegroup_by_name(symbol.replace("_", "")) for symbol in symbols if symbol}
    for symbol, group in found.items():
        if group is not None:
            bind.execute(
                sa.text("UPDATE samples SET space_group_number = :number WHERE space_group_symbol = :symbol"),
                {"number": group.number, "symbol": symbol},
            )


def downgrade() -> None:
    with altered_table("samples") as batch:
        batch.drop_constraint(op.f("ck_samples_space_group_number_range"), type_="check")
        batch.drop_column("space_group_number")
    install_frozen("0005")
