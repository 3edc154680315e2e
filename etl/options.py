"""What a reader may be given beside the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.foreign.mapping import SheetMapping
    from etl.loading.structure_cache import KnownStructures


def _keep_silent(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What a reader may use: ``report`` is told how many of how many parts of a large file are done, ``mapping`` says
    what a sheet that is not ours means, ``known`` holds structure files that a database has read already."""

    report: Callable[[int, int], None] = _keep_silent
    mapping: SheetMapping | None = None
    known: KnownStructures | None = None


NO_AIDS = Aids()
