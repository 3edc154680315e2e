"""What a PostgreSQL server says when it cannot be reached, opened or written, in words that say what to do."""

from __future__ import annotations

import re

from sse_db.errors import (
    DatabaseBusy,
    DatabaseMissing,
    DatabaseUnreachable,
    DatabaseUnwritable,
    NotADatabase,
    SseDbError,
)
from sse_db.views import VIEWS

GONE = ("57P01", "57P02", "57P03", "08000", "08003", "08006")
BUSY = ("55P03", "40001", "40P01")
PASSWORDS = "a password is asked for at a terminal, or comes from PGPASSWORD, ~/.pgpass or a service file"


def is_missing(error: BaseException | None) -> bool:
    """Whether the server has no database of that name."""
    return bool(re.search(r'database ".*" does not exist', str(error)))


def is_unnamed_password(error: BaseException) -> bool:
    """Whether the server wants a password and none was given."""
    return "no password supplied" in str(error)


def explain_failure(error: BaseException | None, name: str | None) -> SseDbError | None:
    """The error that a user can act on; None for what has to do with a statement alone."""
    code = getattr(error, "sqlstate", None) or ""
    if code in BUSY:
        return DatabaseBusy("somebody else is writing to the database", "try again when they have finished")
    if code in GONE or _is_lost(error):
        return DatabaseUnreachable(f"the server of {name} went away: nothing was written", "try again when it is back")
    if code == "42501":
        return DatabaseUnwritable(f"{name}: {_first_line(error)}", "ask the owner of the database: sse-db grant")
    if code == "25006":
        return DatabaseUnwritable(f"{name} can only be read: {_first_line(error)}")
    if code == "53100":
        return DatabaseUnwritable(
            f"{name} cannot be written: the disk of the server is full", "make room and try again"
        )
    if code == "42P01" and (lost := re.search(r'relation "(\w+)"', str(error))) and lost[1] in VIEWS:
        return NotADatabase(
            f"{name} has lost its view {lost[1]}",
            "restore a backup; all that is missing is listed by: sse-db migrate check",
        )
    own = type(error).__module__.startswith("psycopg") and type(error).__name__ == "OperationalError"
    return _explain_connection(error, name) if own and not code else None


def _is_lost(error: BaseException | None) -> bool:
    words = ("server closed the connection", "terminating connection", "connection is lost", "the connection is closed")
    return any(each in str(error) for each in words)


def _explain_connection(error: BaseException | None, name: str | None) -> SseDbError:
    """Why no connection came about; the server gives no code then."""
    if is_missing(error):
        return DatabaseMissing(f"there is no database {name} on the server", "create it with: sse-db init")
    text = str(error)
    if "password" in text or "authentication failed" in text or "pg_hba.conf" in text:
        return DatabaseUnreachable(f"{name}: {_first_line(error)}", PASSWORDS)
    if "role" in text and "does not exist" in text:
        return DatabaseUnreachable(f"{name}: {_first_line(error)}", "roles are made with: sse-db grant")
    return DatabaseUnreachable(
        f"{name} cannot be reached: {_first_line(error)}", "is the server there, and the address right?"
    )


def _first_line(error: BaseException | None) -> str:
    """The first line of what the server says, without where it says it."""
    line = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
    return re.sub(r"^.*?(?:FATAL|ERROR):\s*", "", line)
