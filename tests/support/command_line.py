"""The ``sse-db`` command called inside the test's own process: what its user sees, without a start of Python each time."""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa

from sse_db.cli.app import main


@dataclass(frozen=True)
class Finished:
    """What a command left: its exit code and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *words: object, stdin: str = "") -> Finished:
    """Call ``sse-db`` with these words in a folder, with the environment as it is."""
    streams = [io.TextIOWrapper(io.BytesIO(content), encoding="utf-8") for content in (stdin.encode(), b"", b"")]
    texts = [str(word) for word in words]
    with (
        contextlib.chdir(folder),
        mock.patch.multiple(sys, argv=["sse-db", *texts], stdin=streams[0], stdout=streams[1], stderr=streams[2]),
        mock.patch.dict(os.environ),
        _closing_connections(),
    ):
        code = _exit_code()
    outputs = []
    for stream in streams[1:]:
        stream.flush()
        outputs.append(stream.buffer.getvalue().decode("utf-8"))
    return Finished(code, *outputs)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@contextlib.contextmanager
def _closing_connections() -> Iterator[None]:
    """Close what a process of its own would close by ending."""
    opened: list[sqlite3.Connection] = []

    def remember(connection: Any, _record: Any) -> None:
        opened.append(connection)

    sa.event.listen(sa.pool.Pool, "connect", remember)
    try:
        yield
    finally:
        sa.event.remove(sa.pool.Pool, "connect", remember)
        for connection in opened:
            connection.close()
