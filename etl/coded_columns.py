"""Columns of a sheet as numbers of their distinct texts, so that what holds for a text is asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
MOST = 1 << 62


class _Numbers(dict[str, int]):
    """Texts numbered as they come."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


class CodedColumn:
    """A column's distinct texts, and for each row the number of its own."""

    def __init__(self, texts: Sequence[str]) -> None:
        numbers = _Numbers()
        self.codes: Codes = np.fromiter(map(numbers.__getitem__, texts), dtype=np.int64, count=len(texts))
        self.texts = list(numbers)

    def flag(self, holds: Callable[[str], bool]) -> Flags:
        """Whether something holds for the text of each row."""
        of_text = np.fromiter(map(holds, self.texts), dtype=np.bool_, count=len(self.texts))
        flags: Flags = of_text[self.codes]
        return flags

    def number(self, of: Callable[[str], int]) -> Codes:
        """A number for the text of each row."""
        of_text = np.fromiter(map(of, self.texts), dtype=np.int64, count=len(self.texts))
        numbers: Codes = of_text[self.codes]
        return numbers


def code_columns(rows: Sequence[Sequence[str]], width: int) -> list[CodedColumn]:
    """The first columns of rows, of which some may be shorter."""
    if not rows:
        return [CodedColumn([]) for _ in range(width)]
    are_whole = min(map(len, rows)) >= width
    columns: Iterable[Sequence[str]] = zip(*rows, strict=False) if are_whole else zip_longest(*rows, fillvalue="")
    found = [CodedColumn(texts) for _, texts in zip(range(width), columns, strict=False)]
    return found + [CodedColumn([""] * len(rows)) for _ in range(width - len(found))]


def recode(codes: Codes) -> tuple[Codes, Codes]:
    """The numbers of rows anew, from 0 in the order in which they come, and which number each of those was."""
    import pandas as pd

    numbers, known = pd.factorize(codes)
    return numbers, np.asarray(known)


def find_first(codes: Codes) -> Codes:
    """The places at which a number stands for the first time, which rise."""
    import pandas as pd

    return np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())


def combine(parts: Iterable[tuple[Codes, int]], size: int) -> Codes:
    """One number for each row that is the same where all its numbers are; each part with how many numbers it has."""
    joined, many = np.zeros(size, dtype=np.int64), 1
    for codes, its in parts:
        if many * max(its, 1) >= MOST:
            joined = recode(joined)[0]
            many = len(joined) + 1
        joined, many = joined * max(its, 1) + codes, many * max(its, 1)
    return joined
