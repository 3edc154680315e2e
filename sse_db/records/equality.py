"""When two values of a column mean the same, and what becomes of the texts that they were read from."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from sse_db.records.identity import make_title_key, same_author, same_authors, same_journal
from sse_db.records.keys import Row
from sse_db.spelling import plain_label

SPELLINGS: dict[str, Callable[[str, str], bool]] = {
    "title": lambda old, new: make_title_key(old) == make_title_key(new),
    "first_author": same_author,
    "authors": same_authors,
    "journal": same_journal,
}
"""How columns of publications are compared, whose values have several spellings."""


def same_value(table: str, name: str, old: Any, new: Any) -> bool:
    """Whether two values of a column mean the same.

    >>> same_value("samples", "grain_size_um", 0.1 + 0.2, 0.3)
    True
    >>> same_value("publications", "journal", "J. Alloys Compd.", "Journal of Alloys and Compounds")
    True
    >>> same_value("samples", "label", "A", "a")
    False
    """
    if isinstance(old, float) and isinstance(new, int | float):
        return math.isclose(old, new, rel_tol=1e-9, abs_tol=1e-300)
    if table == "publications" and name in SPELLINGS and old is not None and new is not None:
        return SPELLINGS[name](old, new)
    return bool(old == new)


def same_spelling(table: str, name: str, old: Any, new: Any) -> bool:
    """Whether two values of a column are written alike; the type of dash and blank in a label is no difference."""
    if (table, name) == ("samples", "label") and isinstance(old, str) and isinstance(new, str):
        return plain_label(old) == plain_label(new)
    if isinstance(old, float) and isinstance(new, int | float):
        return same_value(table, name, old, new)
    return bool(old == new)


def merge_written(before: str | None, values: Row) -> str | None:
    """Texts of cells after an update: those of the columns that the file gives are the file's, the others stay.

    >>> merge_written('{"label": "A1", "grain_size_um": "~2"}', {"grain_size_um": 3.0, "as_written": None})
    '{"label": "A1"}'
    """
    if not before and not values.get("as_written"):  # mostly so
        return None
    kept = {name: text for name, text in json.loads(before or "{}").items() if name not in values}
    merged = kept | json.loads(values.get("as_written") or "{}")
    return json.dumps(merged, ensure_ascii=False, sort_keys=True) if merged else None
