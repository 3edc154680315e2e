"""How many rows each audit finds in the snapshot, counted beside the server: on a large database it takes long."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from sse_db.audits import Audit, list_audits

LONGEST_S = 60.0
"""What one audit may take, as on the command line; a longer one stays uncounted."""
LOWER_PRIORITY = 15
"""Niceness of the thread that counts, from 0 to 19."""
PROGRESS_STEPS = 20_000
"""Steps of SQLite between two looks at the clock."""


class AuditCounts:
    """Numbers of findings, counted in a thread of their own; an audit that took too long has None in ``counts``."""

    def __init__(self, path: Path) -> None:
        self.counts: dict[str, int | None] = {}
        self._path = path
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._count_all, daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether all are counted, waiting at most so long for it."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def close(self) -> None:
        """Give the file back, counted or not."""
        self._ending.set()
        self._thread.join()

    def _count_all(self) -> None:
        if sys.platform == "linux":  # where a thread has a priority of its own: pages come first
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWER_PRIORITY)
        with closing(sqlite3.connect(f"file:{self._path}?immutable=1", uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            for audit in list_audits():
                if self._ending.is_set():
                    return
                self.counts[audit.name] = self._count(connection, audit)

    def _count(self, connection: sqlite3.Connection, audit: Audit) -> int | None:
        deadline = time.monotonic() + LONGEST_S
        connection.set_progress_handler(lambda: self._ending.is_set() or time.monotonic() > deadline, PROGRESS_STEPS)
        try:
            return int(connection.execute(f"SELECT count(*) FROM (\n{audit.sql}\n)").fetchone()[0])
        except (sqlite3.Error, MemoryError):
            return None
