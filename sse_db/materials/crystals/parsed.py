"""What reading a structure file gives, before anything is concluded from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pymatgen.core import Structure

    from sse_db.materials.crystals.cif_syntax import CifBlock
    from sse_db.materials.crystals.symmetry import Symmetry


@dataclass(frozen=True, slots=True)
class Remark:
    """What a curator should know of a structure file: the cause as a short code, and the sentence."""

    cause: str
    text: str


@dataclass(slots=True)
class Remarks:
    """The remarks on one file, each once, in the order in which they came up."""

    found: dict[Remark, None] = field(default_factory=dict)

    def add(self, cause: str, text: str) -> None:
        """Note something under the code of its cause."""
        self.found[Remark(cause, text)] = None

    def __iter__(self) -> Iterator[Remark]:
        return iter(self.found)


@dataclass(slots=True)
class ParsedStructure:
    """A structure, the CIF block that it comes from, its text as CIF, and what a reader should know."""

    structure: Structure
    text: str
    source_format: Literal["cif", "poscar"]
    block: CifBlock
    remarks: Remarks
    symmetry: Symmetry | None = None
    multiplicities: dict[int, int] = field(default_factory=dict)
    """Positions in the cell by the number of the atom row."""
    attached_hydrogens: float = 0.0
    """H atoms per cell that the file attaches to other atoms without giving them coordinates."""
