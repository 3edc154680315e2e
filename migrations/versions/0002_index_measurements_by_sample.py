"""Index measurements by sample, and views that read each table once.

The natural keys are two partial indexes, which SQLite cannot use to find a sample's rows: taking 50 samples out of a
database of a million measurements took 7.7 s without this index and 0.02 s with it (benchmarks/large_database.py).
"""

from alembic import op

from sse_db.database.revisions import install_frozen

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEX = "ix_impedance_measurements_sample_id"


def upgrade() -> None:
    op.create_index(INDEX, "impedance_measurements", ["sample_id"])
    install_frozen("0002")


def downgrade() -> None:
    op.drop_index(INDEX, table_name="impedance_measurements")
    install_frozen("0001")
