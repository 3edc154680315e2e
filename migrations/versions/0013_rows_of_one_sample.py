"""Views whose rows of one sample are looked up by index, and the index that finds values near room temperature.

Revision: 0013
"""

import sqlalchemy as sa
from alembic import op

from sse_db.database.revisions import install_frozen

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NEAR_ROOM = "temperature_c >= 24 AND temperature_c <= 30"
IN_VIEWS = "value_basis IN ('measured', 'digitised')"
EITHER = "(value_basis = 'measured' OR value_basis = 'digitised')"
LINKED = sa.text("sample_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_impedance_measurements_near_room",
        "impedance_measurements",
        [
            "sample_id",
            "contribution",
            sa.text("(CASE temperature_basis WHEN 'stated' THEN 0 ELSE 1 END)"),
            sa.text("abs(temperature_c - 25)"),
            sa.text("(CASE relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END)"),
            "temperature_c",
            "replicate_label",
        ],
        sqlite_where=sa.text(f"{NEAR_ROOM} AND {IN_VIEWS}"),
        postgresql_where=sa.text(f"{NEAR_ROOM} AND {EITHER}"),
    )
    op.drop_index("ix_structural_records_sample_id", table_name="structural_records")
    op.create_index(
        "ix_structural_records_sample_id",
        "structural_records",
        ["sample_id"],
        sqlite_where=LINKED,
        postgresql_where=LINKED,
    )
    install_frozen("0013")


def downgrade() -> None:
    op.drop_index("ix_impedance_measurements_near_room", table_name="impedance_measurements")
    op.drop_index("ix_structural_records_sample_id", table_name="structural_records")
    op.create_index("ix_structural_records_sample_id", "structural_records", ["sample_id"])
    install_frozen("0012")
