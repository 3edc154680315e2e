"""The text of a CIF to data blocks: names of items in any case, values unquoted, nothing given twice.

The grammar is gemmi's (gemmi.readthedocs.io); names follow the core dictionary of the IUCr.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from sse_db.errors import UnusableStructure

if TYPE_CHECKING:
    import gemmi

NULLS = ("", ".", "?")
_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:\(\d+\))?")
_GEMMI_ERROR = re.compile(r"^[^:]*:(\d+):\d+\(\d+\): ")
_USED = re.compile(
    r"_(cell|symmetry|space_group|atom_site|chemical_formula|diffrn_ambient|exptl_crystal_density)_(?!site_aniso|aniso)"
)
"""Items that are read or held against what was read: given twice with different values, a file cannot be used."""


@dataclass(slots=True)
class CifBlock:
    """A data block: items by their names in lower case, with a text or, from a loop, the texts of its column.

    The names of the DDLm dictionaries (``_cell.length_a``) are written like the older ones (``_cell_length_a``).
    """

    name: str
    items: dict[str, str | list[str]] = field(default_factory=dict)
    loops: dict[str, int] = field(default_factory=dict)
    """Item to the number of the loop that it stands in."""

    def column(self, item: str) -> list[str] | None:
        """The texts of a looped item; None where the item is not there or not in a loop."""
        value = self.items.get(item.lower())
        return value if isinstance(value, list) else None

    def all_texts(self, item: str) -> list[str]:
        """All texts of an item, in a loop or not."""
        value = self.items.get(item.lower(), [])
        texts = [" ".join(text.split()) for text in ([value] if isinstance(value, str) else value)]
        return [text for text in texts if text not in (*NULLS, "[]")]

    def texts(self, items: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Item and text of those of several items that are given, the first that a loop gives."""
        for item in items:
            found = self.all_texts(item)
            if found:
                yield item, found[0]

    def first(self, *items: str) -> str | None:
        """The first text that is given under one of several items."""
        return next((text for _, text in self.texts(items)), None)

    def number(self, *items: str) -> float | None:
        """The first number under one of several items, its uncertainty left out; None where none is readable."""
        return next((value for _, text in self.texts(items) if (value := read_number(text)) is not None), None)


def read_number(text: str) -> float | None:
    """The number of a CIF value without its uncertainty in brackets; None for a text that is none.

    >>> read_number("3.870(12)")
    3.87
    """
    found = _NUMBER.fullmatch(text.strip())
    value = float(found[1]) if found else math.nan
    return value if math.isfinite(value) else None


def read_blocks(name: str, text: str) -> list[CifBlock]:
    """All data blocks of a CIF; raises UnusableStructure with the line where the text is no CIF."""
    import gemmi

    try:
        document = gemmi.cif.read_string(text, check_level=0)
    except ValueError as error:
        plain = "".join(letter if ord(letter) < 128 else "_" for letter in text)
        if plain == text:
            raise _describe_error(name, str(error)) from error
        return read_blocks(name, plain)  # unquoted words with accents, as in names of authors
    return [_read_block(name, block) for block in document]


def _describe_error(name: str, words: str) -> UnusableStructure:
    line = _GEMMI_ERROR.match(words)
    words = _GEMMI_ERROR.sub("", words)
    if "expected block header" in words:
        return UnusableStructure(f"{name}: not a CIF: it has no data_ block", "a CIF begins its data with data_<name>")
    if "number of values in loop" in words:
        words = "a loop has a row with too few or too many values"
    where = f"line {line[1]}: " if line and "loop" not in words else ""
    hint = "a value of several words stands between quotes" if where else "is it a CIF file?"
    return UnusableStructure(f"{name}: not readable as CIF: {where}{words[:200]}", hint)


def _read_block(name: str, block: gemmi.cif.Block) -> CifBlock:
    found = CifBlock(block.name.strip())
    for number, item in enumerate(block):
        pair = cast("tuple[str, str] | None", item.pair)
        if pair is not None:
            _add(name, found, pair[0], _plain(pair[1]))
        elif item.loop is not None:
            _add_loop(name, found, item.loop, number)
        elif item.frame is not None:
            message = f"{name}: data_{block.name} holds a save frame, save_{item.frame.name}, as dictionaries do"
            raise UnusableStructure(message, "give every structure a data block of its own")
    return found


def _add_loop(name: str, block: CifBlock, loop: gemmi.cif.Loop, number: int) -> None:
    tags, values = list(loop.tags), list(loop.values)
    for place, tag in enumerate(tags):
        column = [_plain(text) for text in values[place :: len(tags)]]
        if _add(name, block, tag, column):
            block.loops[_normalised(tag)] = number


def _add(name: str, block: CifBlock, tag: str, value: str | list[str]) -> bool:
    """Add an item unless it is there; refuse one that is there with another value."""
    item = _normalised(tag)
    known = block.items.get(item)
    if known is None:
        block.items[item] = value
        return True
    if known != value and _USED.match(item):
        message = f"{name}: {tag} stands twice in data_{block.name}, with different values"
        raise UnusableStructure(message, "leave one of them out")
    return False


def _normalised(tag: str) -> str:
    return tag.lower().replace(".", "_")


def _plain(text: str) -> str:
    """A value without its quotes; the unquoted marks ``.`` and ``?`` as they stand."""
    import gemmi

    return text if gemmi.cif.is_null(text) else str(gemmi.cif.as_string(text))
