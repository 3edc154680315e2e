"""What SQLite says when a file cannot be opened, read or written, in words that say what to do."""

from __future__ import annotations

import os
from pathlib import Path

from sse_db.dialects.interface import NOT_OURS
from sse_db.errors import DatabaseBusy, DatabaseUnwritable, NotADatabase, SseDbError
from sse_db.views import VIEWS

WHAT_DIFFERS = "restore a backup; all that is missing is listed by: sse-db migrate check"
BUSY = ("another process is writing to the database", "try again when it has finished")


def explain_failure(error: BaseException | None, path: str | None) -> SseDbError | None:
    """The error that a user can act on; None for what has to do with a statement and not with the file.

    >>> import sqlite3
    >>> error = sqlite3.OperationalError("database is locked")
    >>> error.sqlite_errorname = "SQLITE_BUSY"
    >>> print(explain_failure(error, "sse.db"))
    another process is writing to the database
    """
    code = getattr(error, "sqlite_errorname", None) or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseBusy(*BUSY)
    if code.startswith("SQLITE_NOTADB"):
        return NotADatabase(f"{path} is not an SQLite database", NOT_OURS)
    if code.startswith("SQLITE_CORRUPT"):
        return NotADatabase(f"{path} is damaged: {error}", _name_backups(path))
    if code.startswith("SQLITE_READONLY"):
        return DatabaseUnwritable(f"{path} cannot be written: {_why_unwritable(path)}", "only reading works there")
    if code.startswith("SQLITE_CANTOPEN"):
        return DatabaseUnwritable(
            f"{path} cannot be opened: {_why_unwritable(path)}", "the folder must allow to create files beside it"
        )
    if code.startswith("SQLITE_FULL"):
        return DatabaseUnwritable(f"{path} cannot be written: the disk is full", "make room and try again")
    if code.startswith("SQLITE_IOERR"):
        return DatabaseUnwritable(f"{path} cannot be read or written: {error}", "is the disk still there?")
    lost = str(error).removeprefix("no such table: ").removeprefix("main.")
    if lost in VIEWS:
        return NotADatabase(f"{path} has lost its view {lost}", WHAT_DIFFERS)
    return None


def _why_unwritable(path: str | None) -> str:
    place = Path(path) if path else None
    if place is not None and place.is_dir():
        return "it is a folder"
    if place is not None and place.exists() and not os.access(place, os.R_OK | os.W_OK):
        return "its permissions do not allow it"
    return "its folder does not allow it"


def _name_backups(path: str | None) -> str:
    """Where to find a copy that a migration left beside the file."""
    beside = sorted(Path(path).parent.glob(f"{Path(path).name}.*.backup")) if path else []
    return f"restore a backup: {beside[-1].name}" if beside else "restore a backup of the file"
