"""A test that touches a database runs on every system, or says why one is enough: told by what it opens, not by its text."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from support.connections import LISTENERS
from support.homes import SYSTEMS

MARKER = "one_system"
"""Marker of a test, or of a file of tests, that runs on one system, with the reason in words."""
FOLDERS = ("integration", "e2e")
IN_MEMORY = ("", ":memory:")


class Watch:
    """Looks at every test of some folders, its fixtures included."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        sa.event.listen(sa.pool.Pool, "checkout", self._note_checkout)
        LISTENERS.append(self._note_file)
        _listen_to_programs(self._note_program)

    def _note_checkout(self, connection: Any, _record: Any, _proxy: Any) -> None:
        kind = type(connection).__module__.partition(".")[0]
        if not isinstance(connection, sqlite3.Connection) or _is_file(connection):
            self.opened.append(f"a database of {kind}")

    def _note_file(self, name: str) -> None:
        if name not in IN_MEMORY:
            self.opened.append(f"the SQLite file {Path(name.partition('?')[0]).name}")

    def _note_program(self, words: Any) -> None:
        if any(Path(str(word)).name == "sse-db" for word in ([words] if isinstance(words, str) else words)):
            self.opened.append("the database of a program")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Generator[None, None, None]:
        """Forget what other tests opened."""
        self.opened.clear()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Fail a test that passed although it saw one system without a reason."""
        result = yield
        if item.path.parent.name in FOLDERS:
            complaint = find_fault(item, self.opened)
            if complaint:
                pytest.fail(complaint, pytrace=False)
        return result


def find_fault(item: pytest.Item, opened: list[str]) -> str | None:
    """What is to be said of a test that opened these."""
    marker = item.get_closest_marker(MARKER)
    if marker is not None:
        given = str(marker.args[0]) if marker.args else ""
        return None if len(given.split()) > 2 else f"{MARKER} wants the reason in words"
    callspec = getattr(item, "callspec", None)
    if not opened or (callspec is not None and any(each in SYSTEMS for each in callspec.params.values())):
        return None
    return (
        f"it opened {opened[0]} and runs on one database system: take a fixture of tests/conftest.py such as home, "
        f"engine or seed_url, or say why one is enough with pytest.mark.{MARKER}"
    )


def _is_file(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA database_list").fetchone()[2])
    except sqlite3.Error:  # not every connection lets itself be asked
        return True


def _listen_to_programs(tell: Callable[[Any], None]) -> None:
    start = subprocess.Popen.__init__

    def start_and_tell(self: Any, args: Any, *words: Any, **options: Any) -> None:
        tell(args)
        start(self, args, *words, **options)

    subprocess.Popen.__init__ = start_and_tell  # type: ignore[method-assign]  # the signature is passed on
