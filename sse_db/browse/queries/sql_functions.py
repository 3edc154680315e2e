"""SQL functions of the served database, so that no single call runs for minutes where no time limit can stop it.

SQLite looks at the clock between the steps of a statement, not inside of a function. Its own ``replace``, ``instr`` and
``trim`` take the product of two lengths in the worst case; Python's take the sum. The others that can are refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from sse_db.dialects.sqlite.reading import REFUSED_FUNCTIONS

LONGEST = 10_000_000
"""Bytes of one value."""
MOST_TRIMMED = 100
"""Different characters that one call may trim."""
REFUSED = (*REFUSED_FUNCTIONS, "printf", "format", "json_patch")
"""Functions that may not be called: of the last three the time grows with a number or a product in their arguments."""
TOO_LONG = "x" * (LONGEST + 1)
"""What a function returns instead of a value that SQLite would refuse, so that it does."""


def add_functions(connection: sqlite3.Connection) -> None:
    """Put the quick versions in the place of SQLite's own."""
    for name, count, function in (
        ("replace", 3, replace), ("instr", 2, find_place), ("trim", 2, trim), ("ltrim", 2, trim_left),
        ("rtrim", 2, trim_right),
    ):  # fmt: skip
        connection.create_function(name, count, function, deterministic=True)


def replace(text: Any, old: Any, new: Any) -> str | None:
    """Text with each ``old`` exchanged; NULL where one of the three is."""
    if text is None or old is None or new is None:
        return None
    text, old, new = _as_text(text), _as_text(old), _as_text(new)
    if not old:
        return text
    if len(text) + text.count(old) * (len(new) - len(old)) > LONGEST:
        return TOO_LONG
    return text.replace(old, new)


def find_place(text: Any, part: Any) -> int | None:
    """Where ``part`` begins, counted from 1; 0 where it does not occur."""
    if text is None or part is None:
        return None
    if isinstance(text, bytes) and isinstance(part, bytes):
        return text.find(part) + 1
    return _as_text(text).find(_as_text(part)) + 1


def trim(text: Any, characters: Any) -> str | None:
    """Text without these characters at both ends."""
    return _trim(str.strip, text, characters)


def trim_left(text: Any, characters: Any) -> str | None:
    """Text without these characters at its beginning."""
    return _trim(str.lstrip, text, characters)


def trim_right(text: Any, characters: Any) -> str | None:
    """Text without these characters at its end."""
    return _trim(str.rstrip, text, characters)


def _trim(strip: Callable[[str, str], str], text: Any, characters: Any) -> str | None:
    if text is None or characters is None:
        return None
    different = "".join(dict.fromkeys(_as_text(characters)))
    return TOO_LONG if len(different) > MOST_TRIMMED else strip(_as_text(text), different)


def _as_text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
