"""Numbers of new rows: those of the database they come from, where they have never been given here."""

from __future__ import annotations

from collections.abc import Iterable

from etl.drafts import Origin

FARTHEST = 10**9
"""Numbers of another database are kept below this one, so that no file can use up the numbers that there are."""


def new_id(origin: Origin | None, following: int) -> int:
    """The number of a new row: that of the database it comes from, if it has never been given here."""
    return origin.row_id if origin and following < origin.row_id < FARTHEST else following


def renumber(wanted: Iterable[int], first: int) -> dict[int, int]:
    """Numbers of another database to numbers here, of which ``first`` is the first that was never given: the old ones
    where none of them was, else the next ones in the same order."""
    old = sorted(wanted)
    kept = bool(old) and first <= old[0] and old[-1] < FARTHEST
    return {each: each if kept else place for place, each in enumerate(old, first)}
