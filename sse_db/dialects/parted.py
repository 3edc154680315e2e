"""Many rows of one table, most of whose values are the same for many of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


OwnColumn: TypeAlias = "Sequence[Any] | npt.NDArray[np.int64]"
"""Values that rows have of their own; of numbers an array takes a tenth of the memory."""


class Part(NamedTuple):
    """Columns whose values go together: their distinct values, and for each row the number of its own."""

    names: tuple[str, ...]
    things: Sequence[Sequence[Any]]
    codes: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PartedRows:
    """Rows as columns of their own, and numbers of what they share. The first column is the key, which rises.
    ``counted`` are texts of their own that are whole numbers, none of them missing, and are given as such."""

    own: Mapping[str, OwnColumn]
    parts: tuple[Part, ...]
    counted: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(next(iter(self.own.values())))

    @property
    def names(self) -> tuple[str, ...]:
        """All columns."""
        return (*self.own, *chain.from_iterable(part.names for part in self.parts))

    def stage(self, start: int, stop: int) -> list[tuple[Any, ...]]:
        """Some rows with numbers in place of what they share."""
        codes = (part.codes[start:stop].tolist() for part in self.parts)
        own = (_list(values[start:stop]) for values in self.own.values())
        return list(zip(*own, *codes, strict=True))

    def build(self, at_once: int = 10_000) -> Iterator[tuple[Any, ...]]:
        """All rows, as values in the order of the names."""
        texts = [name in self.counted for name in self.own]
        width, things = len(self.own), [part.things for part in self.parts]
        for start in range(0, len(self), at_once):
            for row in self.stage(start, start + at_once):
                shared = (of[code] for of, code in zip(things, row[width:], strict=True))
                own = (str(value) if is_text else value for value, is_text in zip(row, texts, strict=False))
                yield (*own, *chain.from_iterable(shared))

    def find_telling(self) -> list[int]:
        """Rows among which all that is shared occurs."""
        import numpy as np
        import pandas as pd

        found = (np.flatnonzero(~pd.Series(part.codes).duplicated()).tolist() for part in self.parts)
        return sorted(set(chain.from_iterable(found)))

    def pick(self, places: list[int]) -> PartedRows:
        """Those rows alone."""
        own: dict[str, OwnColumn] = {
            name: [value for place in places for value in _list(values[place : place + 1])]
            for name, values in self.own.items()
        }
        return PartedRows(own, tuple(part._replace(codes=part.codes[places]) for part in self.parts), self.counted)


def _list(values: OwnColumn) -> list[Any]:
    """Values as a driver takes them: it knows no numbers of numpy."""
    return values.tolist() if hasattr(values, "tolist") else list(values)
