"""Rows counted, in every system alike."""

from __future__ import annotations

import sqlalchemy as sa


def count_rows(bind: sa.Connection) -> dict[str, int]:
    """Number of rows by table."""
    names = [name for name in sa.inspect(bind).get_table_names() if not name.startswith("_alembic_tmp_")]
    return {name: bind.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}
