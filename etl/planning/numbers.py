"""Ids of new rows: those of the database they come from, unless this database has given them already."""

from __future__ import annotations

from collections.abc import Iterable

from etl.drafts import Origin

FARTHEST = 10**9
"""Largest id taken over from another database, so that no file can exhaust the 64-bit range of ids."""


def new_id(origin: Origin | None, following: int) -> int:
    """The id of a new row: that of the database it comes from, if it was never given here, else the next one.

    >>> from etl.drafts import Origin
    >>> new_id(Origin(500, 1), following=40), new_id(Origin(7, 1), following=40), new_id(None, following=40)
    (500, 40, 40)
    """
    return origin.row_id if origin and following < origin.row_id < FARTHEST else following


def renumber(wanted: Iterable[int], first: int) -> dict[int, int]:
    """Ids of another database mapped to ids here, of which ``first`` is the first unused one.

    They are kept as they are where all are unused, else consecutive in the same order.

    >>> renumber([12, 11], first=5), renumber([3, 11], first=5)
    ({11: 11, 12: 12}, {3: 5, 11: 6})
    """
    old = sorted(wanted)
    kept = bool(old) and first <= old[0] and old[-1] < FARTHEST
    return {each: each if kept else place for place, each in enumerate(old, first)}
