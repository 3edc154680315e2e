"""Values as SQLite gives them: numbers that are int or float, and truth as 0 and 1."""

from __future__ import annotations

from typing import Any

from psycopg.adapt import Loader


class NumberLoader(Loader):
    """What PostgreSQL counts and averages exactly, as int where it is whole and written so, else as float."""

    def load(self, data: Any) -> int | float:
        """The number that a text of the server stands for."""
        text = bytes(data)
        return int(text) if text.lstrip(b"-").isdigit() else float(text)


class TruthLoader(Loader):
    """The result of a comparison as SQLite writes it."""

    def load(self, data: Any) -> int:
        """1 for true."""
        return int(bytes(data) == b"t")
