"""Small edits of a structure file: an item, loop, column or row dropped, doubled, moved or written in other letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import gemmi


@dataclass
class Part:
    """A pair (one tag, one row) or a loop of a CIF."""

    tags: list[str]
    rows: list[list[str]]
    is_loop: bool = True

    def write(self) -> str:
        if not self.is_loop:
            return f"{self.tags[0]} {self.rows[0][0]}\n"
        rows = (" ".join(row) + "\n" for row in self.rows)
        return "loop_\n" + "".join(f"{tag}\n" for tag in self.tags) + "".join(rows)


@dataclass
class Cif:
    """A CIF of one block as its parts."""

    name: str
    comment: str = ""
    parts: list[Part] = field(default_factory=list)

    @classmethod
    def read(cls, text: str) -> Cif:
        block = gemmi.cif.read_string(text).sole_block()
        cif = cls(block.name, "".join(line + "\n" for line in text.splitlines() if line.startswith("#")))
        for item in block:
            pair = cast("tuple[str, str] | None", item.pair)
            if pair is not None:
                cif.parts.append(Part([pair[0]], [[pair[1]]], is_loop=False))
            elif item.loop is not None:
                tags, values = list(item.loop.tags), list(item.loop.values)
                width = len(tags)
                cif.parts.append(Part(tags, [values[at : at + width] for at in range(0, len(values), width)]))
        return cif

    def write(self) -> str:
        return self.comment + f"data_{self.name}\n" + "".join(part.write() for part in self.parts)


def edit_cif(text: str, draw) -> tuple[str, str]:
    """The text after one edit that ``draw(list)`` chooses, and what was done."""
    cif = Cif.read(text)
    action = draw(["drop", "double", "move", "case"])
    part = draw(cif.parts)
    level = draw(["part", "column", "row"] if part.is_loop else ["part"])
    if level == "part":
        place = cif.parts.index(part)
        if action == "drop":
            del cif.parts[place]
        elif action == "double":
            cif.parts.insert(place, part)
        elif action == "move":
            cif.parts.insert(draw(list(range(len(cif.parts)))), cif.parts.pop(place))
        else:
            _change_case(part, draw)
    elif level == "row":
        _edit_list(part.rows, action, draw)
    else:
        columns = [list(column) for column in zip(part.tags, *part.rows, strict=True)]
        _edit_list(columns, action, draw)
        part.tags = [column[0] for column in columns]
        part.rows = [list(row) for row in zip(*(column[1:] for column in columns), strict=True)]
        if not part.tags:
            cif.parts.remove(part)
    if part in cif.parts and not part.rows:
        cif.parts.remove(part)
    return cif.write(), f"{action} {level} of {part.tags[:1]}"


def _change_case(part: Part, draw) -> None:
    change = draw([str.upper, str.lower, str.swapcase])
    part.tags = [change(tag) for tag in part.tags]
    if draw([True, False]):
        part.rows = [[change(value) for value in row] for row in part.rows]


def _edit_list(items: list[list[str]], action: str, draw) -> None:
    place = draw(list(range(len(items))))
    if action == "drop":
        del items[place]
    elif action == "double":
        items.insert(place, list(items[place]))
    elif action == "move":
        items.insert(draw(list(range(len(items)))), items.pop(place))
    else:
        change = draw([str.upper, str.lower])
        items[place] = [change(value) for value in items[place]]


def edit_poscar(text: str, draw) -> tuple[str, str]:
    """The text after one edit of a line. Lines whose order is their meaning (lattice vectors, coordinates of different
    elements) are not exchanged: what comes out is another structure that nothing in the file contradicts."""
    lines = text.rstrip("\n").split("\n")
    action = draw(["drop", "double", "move", "case"])
    place = draw(list(range(len(lines))))
    if action == "drop":
        del lines[place]
    elif action == "double":
        lines.insert(place, lines[place])
    elif action == "move":
        groups = [(8, 12), (12, 16)]  # four Li, four Cl
        first, end = draw(groups)
        lines.insert(draw(list(range(first, end))), lines.pop(draw(list(range(first, end)))))
    else:
        lines[place] = draw([str.upper, str.lower])(lines[place])
    return "\n".join(lines) + "\n", f"{action} line {place + 1}"
