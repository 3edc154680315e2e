"""New SQLite files of tests are copies of one that this process migrated: the revisions run once, and not for each file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa
from alembic import command

from sse_db.database import migrate
from sse_db.database.engine import database_path, resolve_url

_move_through_revisions = migrate._move_engine


@cache
def blank_path() -> Path:
    """A migrated file without rows, to be copied."""
    path = Path(tempfile.mkdtemp(prefix="sse-db-blank-")) / "blank.db"
    with mock.patch.object(migrate, "_move_engine", _move_through_revisions):
        migrate.upgrade(resolve_url(str(path)))
    return path


@contextmanager
def copying_new_files() -> Iterator[None]:
    """While the block runs, a file that is not there yet comes to the newest revision as a copy; all else moves through
    the revisions as ever."""
    with mock.patch.object(migrate, "_move_engine", _move):
        yield


def _move(
    engine: sa.Engine, revision: str, run: Any, versions: Path | None, tell: Any
) -> tuple[str | None, str | None]:
    path = database_path(engine.url)
    if path is None or path.exists() or (revision, run, versions) != ("head", command.upgrade, None):
        return _move_through_revisions(engine, revision, run, versions, tell)
    try:
        shutil.copyfile(blank_path(), path)
    except OSError:  # where no file can be written, the program has words for it
        return _move_through_revisions(engine, revision, run, versions, tell)
    return None, migrate.current(engine)
