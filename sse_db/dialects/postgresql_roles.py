"""Roles on PostgreSQL: a curator writes rows, a reader reads; neither touches the schema or the history."""

from __future__ import annotations

import sqlalchemy as sa


def give_back(connection: sa.Connection) -> None:
    """Give roles again what they may do, after views and tables were made anew."""
