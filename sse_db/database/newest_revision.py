"""Whether a database is at the newest revision, told without alembic: commands that only read begin with this."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa


def migrations_folder() -> Path:
    """The folder of migrations: inside an installed package, else beside it in the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def is_newest(engine: sa.Engine) -> bool:
    """Whether a database states the newest revision; what is otherwise, ``sse_db.database.migrate`` finds out.

    The ids of revisions begin the names of their files, and are in the order of the revisions.
    """
    newest = max(path.name for path in (migrations_folder() / "versions").glob("[0-9]*.py")).partition("_")[0]
    try:
        with engine.connect() as connection:
            stated = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
            is_ours = sa.inspect(connection).has_table("change_log")
    except sa.exc.DatabaseError:
        return False
    return stated == [newest] and is_ours
