"""Connections of sqlite3 that tell where they were opened when nobody closed them: on every Python, not from 3.13 on."""

import sqlite3
import sys
import warnings
from typing import Any

CONNECT = sqlite3.connect
FORGETFUL = "datasette"
"""Opens a connection in memory to ask SQLite for its version or for JSON, and leaves it to the garbage collector."""


class TrackedConnection(sqlite3.Connection):
    """A connection that remembers the line it was opened on."""

    opened_at = "an unknown place"
    is_closed = False

    def close(self) -> None:
        self.is_closed = True
        super().close()

    def __del__(self) -> None:
        if not self.is_closed:
            try:
                self.close()
            except sqlite3.ProgrammingError:  # it was never opened
                return
            if FORGETFUL not in self.opened_at:
                warnings.warn(
                    f"a connection opened at {self.opened_at} was never closed", ResourceWarning, stacklevel=1
                )


def track_connections() -> None:
    """Let every connection of this process be tracked."""
    sqlite3.connect = sqlite3.dbapi2.connect = _connect  # type: ignore[assignment]  # the signature is passed on


def _connect(*args: Any, **options: Any) -> sqlite3.Connection:
    options.setdefault("factory", TrackedConnection)
    frame = sys._getframe(1)
    place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
    if FORGETFUL in place:
        options["check_same_thread"] = False  # the collector may run in another thread
    connection = CONNECT(*args, **options)
    if isinstance(connection, TrackedConnection):
        connection.opened_at = place
    return connection
