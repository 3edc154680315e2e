"""Connections of sqlite3 that tell where they were opened when nobody closed them: on every Python, not from 3.13 on."""

import gc
import sqlite3
import sys
import warnings
import weakref
from collections.abc import Callable
from types import FrameType
from typing import Any

CONNECT = sqlite3.connect
FORGETFUL = "datasette"
"""Opens a connection in memory to ask SQLite for its version or for JSON, and leaves it to the garbage collector."""

LISTENERS: list[Callable[[str], None]] = []
"""Told of each file that is opened."""
STILL_OPEN: weakref.WeakSet["TrackedConnection"] = weakref.WeakSet()


class TrackedConnection(sqlite3.Connection):
    """A connection that remembers the lines that opened it."""

    opened_at = "an unknown place"
    is_closed = False

    def close(self) -> None:
        self.is_closed = True
        STILL_OPEN.discard(self)
        super().close()

    def __del__(self) -> None:
        if not self.is_closed:
            try:
                self.close()
            except sqlite3.ProgrammingError:  # it was never opened
                return
            if FORGETFUL not in self.opened_at.partition(", called from ")[0]:
                warnings.warn(
                    f"a connection opened at {self.opened_at} was never closed", ResourceWarning, stacklevel=1
                )


def track_connections() -> None:
    """Let every connection of this process be tracked."""
    sqlite3.connect = sqlite3.dbapi2.connect = _connect  # type: ignore[assignment]  # the signature is passed on


def collect_forgotten() -> None:
    """Let the collector meet connections that nobody holds any more now, not in the middle of somebody else's test."""
    if STILL_OPEN:
        gc.collect()


def _connect(*args: Any, **options: Any) -> sqlite3.Connection:
    options.setdefault("factory", TrackedConnection)
    for tell in LISTENERS:
        tell(str(args[0] if args else options.get("database", "")))
    caller = sys._getframe(1)
    if FORGETFUL in caller.f_code.co_filename:
        options["check_same_thread"] = False  # the collector may run in another thread
    connection = CONNECT(*args, **options)
    if isinstance(connection, TrackedConnection):
        connection.opened_at = _describe_callers(caller)
        STILL_OPEN.add(connection)
    return connection


def _describe_callers(caller: FrameType) -> str:
    """The line that called, and the three innermost lines of our own that led there."""
    frame: FrameType | None = caller
    own: list[str] = []
    while frame is not None and len(own) < 3:
        if "site-packages" not in frame.f_code.co_filename:
            own.append(f"{frame.f_code.co_filename}:{frame.f_lineno}")
        frame = frame.f_back
    return f"{caller.f_code.co_filename}:{caller.f_lineno}, called from {', '.join(own)}"
