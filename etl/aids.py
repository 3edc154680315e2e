"""What a reader may be given beside the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _keep_silent(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What a reader may use: ``report`` is told how many of how many parts of a large file are done."""

    report: Callable[[int, int], None] = _keep_silent


NO_AIDS = Aids()
