"""Options of a reader beside its file: progress callback, mapping, cache of parsed structures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.foreign.mapping import SheetMapping
    from etl.loading.structure_cache import KnownStructures


def _ignore_progress(done: int, total: int) -> None:
    """The default progress callback: do nothing."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """``report`` is called with the parts done and their total while a large file is read, ``mapping`` says what the
    columns of a foreign sheet mean, ``known`` is the cache of structures that the same parser has read before;
    ``sample`` and ``publication`` say whose the structures, or the points of a figure, are;
    ``axes`` are the headers of the two columns of such points, ``dataset`` which of several data sets is meant."""

    report: Callable[[int, int], None] = _ignore_progress
    mapping: SheetMapping | None = None
    known: KnownStructures | None = None
    sample: str | None = None
    publication: str | None = None
    axes: tuple[str, str] | None = None
    dataset: str | None = None


DEFAULT_OPTIONS = ReadOptions()
