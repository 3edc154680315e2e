"""The bytes of a CIF or POSCAR to pymatgen's structure and the items of its data block, or the reason why not."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sse_db.errors import SseDbError, UnusableStructure
from sse_db.materials.cif_sites import MOST_POSITIONS, check_operations, check_sites, sum_occupancies

if TYPE_CHECKING:
    from pymatgen.core import Lattice, Structure
    from pymatgen.core.operations import SymmOp
    from pymatgen.io.cif import CifBlock, CifParser

LARGEST_STRUCTURE_FILE = 5_000_000
LONGEST_LINE = 5_000
"""Characters; the CIF standard allows 2048, and the parser's time grows with the square of a line."""
OCCUPANCY_SLACK = 0.005
"""How far occupancies of one place may sum beyond 1 by rounding."""
SITE_TOLERANCE = 1e-3
"""Fractional coordinates that differ by less are one place."""
COORDINATES = re.compile(r"\s*([-+]?[.\d]\S*\s+){2}[-+]?[.\d]")
CELL_EDGES = ("_cell_length_a", "_cell_length_b", "_cell_length_c")
CELL_ANGLES = ("_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma")
EDGE_LIMITS = (1.0, 200.0)
ANGLE_LIMITS = (10.0, 170.0)
IDLE_WARNINGS = ("fractional coordinates rounded", "Skipping relative stoichiometry", "occupancies", "parsed as")
"""Warnings of pymatgen that say nothing, or what the checks here say with the site's name."""


@dataclass(slots=True)
class ParsedStructure:
    """A structure, the CIF items beside it, the text as CIF, and what a reader should know."""

    structure: Structure
    text: str
    source_format: Literal["cif", "poscar"]
    items: dict[str, Any] = field(default_factory=dict)
    operations: list[SymmOp] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def parse_structure(name: str, data: bytes) -> ParsedStructure:
    """Parse a CIF or POSCAR, told apart by suffix and content; raises UnusableStructure."""
    remarks: list[str] = []
    text = _decode(name, data, remarks)
    is_cif = name.lower().endswith(".cif") or re.search(r"^\s*data_\S", text, re.MULTILINE)
    with _guarded(name, "CIF" if is_cif else "POSCAR"):
        parsed = _parse_cif(name, text, remarks) if is_cif else _parse_poscar(name, text, remarks)
        _require_content(name, parsed.structure)
    return parsed


def _decode(name: str, data: bytes, remarks: list[str]) -> str:
    if len(data) > LARGEST_STRUCTURE_FILE:
        limit = LARGEST_STRUCTURE_FILE / 1e6
        raise UnusableStructure(f"{name}: {len(data) / 1e6:.1f} MB are more than the {limit:g} MB of a structure file")
    if b"\0" in data:
        raise UnusableStructure(f"{name}: the file is not text, or is UTF-16", "save it as plain text, UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
        remarks.append("the file is not UTF-8: read as Latin-1")
    if not text.strip():
        raise UnusableStructure(f"{name}: the file is empty")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for place, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise UnusableStructure(
                f"{name}: line {place} has {len(line)} characters", f"at most {LONGEST_LINE} are read"
            )
    return text


@contextmanager
def _guarded(name: str, kind: str) -> Iterator[None]:
    """Turn whatever pymatgen raises on a damaged file into one refusal; what it warns of stands in the remarks."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except SseDbError:
        raise
    except Exception as error:  # a damaged file can break the parser anywhere, in any way
        words = " ".join(str(error).split())[:200] or type(error).__name__
        if "is not a multiple of" in words:
            words = "a loop has a row with too few or too many values"
        raise UnusableStructure(f"{name}: not readable as {kind}: {words}", f"is it a {kind} file?") from error


def _parse_cif(name: str, text: str, remarks: list[str]) -> ParsedStructure:
    from pymatgen.io.cif import CifFile, CifParser

    blocks = CifFile.from_str(text).data
    if not blocks:
        raise UnusableStructure(f"{name}: not a CIF: it has no data_ block", "a CIF begins its data with data_<name>")
    block = _choose_block(name, blocks, remarks)
    _check_cell(name, block.data)
    sites = check_sites(name, block.data, remarks)
    changed = len(blocks) > 1 or _mend_occupancies(block.data)
    parser = CifParser.from_str(
        str(block) if changed else text,
        occupancy_tolerance=1 + OCCUPANCY_SLACK,
        site_tolerance=SITE_TOLERANCE,
        check_cif=False,
    )
    try:
        operations: list[SymmOp] = parser.get_symops(block)
    except (IndexError, ValueError, ZeroDivisionError) as error:
        raise UnusableStructure(f"{name}: the symmetry operations cannot be read", "write them as x, y, z") from error
    check_operations(name, operations)
    for place in sum_occupancies(name, sites, operations, SITE_TOLERANCE):
        if place.total > 1 + OCCUPANCY_SLACK:
            hint = "mend the occupancies in the file, at the source if there is one"
            raise UnusableStructure(f"{name}: {place.described}", hint)
        if place.total > 1 + 1e-9:
            remarks.append(f"{place.described}: taken as 1")
    structure = _build(name, parser)
    remarks += _relevant(parser)
    return ParsedStructure(structure, text, "cif", dict(block.data), operations, remarks)


def _choose_block(name: str, blocks: dict[str, CifBlock], remarks: list[str]) -> CifBlock:
    """The first data block with a cell and atoms."""
    with_cell = [block for block in blocks.values() if "_cell_length_a" in block.data]
    if not with_cell:
        raise UnusableStructure(f"{name}: no data block has a unit cell", "a CIF of a structure gives _cell_length_a")
    chosen = next((block for block in with_cell if block.data.get("_atom_site_label")), None)
    if chosen is None:
        raise UnusableStructure(f"{name}: there are no atoms in it", "a CIF of a structure lists _atom_site_label")
    if len(blocks) > 1:
        remarks.append(f"the file has {len(blocks)} data blocks: {chosen.header}, the first with a structure, was read")
    return chosen


def _check_cell(name: str, items: dict[str, Any]) -> None:
    from pymatgen.core import Lattice

    constants = []
    for item in (*CELL_EDGES, *CELL_ANGLES):
        value = read_number(items, item)
        if value is None:
            given = f" ({items[item]!r})" if item in items else ""
            raise UnusableStructure(f"{name}: the unit cell lacks a readable {item}{given}", "give all six constants")
        low, high = EDGE_LIMITS if item in CELL_EDGES else ANGLE_LIMITS
        if not low <= value <= high:
            raise UnusableStructure(f"{name}: {item} = {value:g} is outside {low:g}…{high:g}", "check the unit cell")
        constants.append(value)
    _require_thickness(name, Lattice.from_parameters(*constants))


def _require_thickness(name: str, lattice: Lattice) -> None:
    """Refuse a flat cell, in which the search for neighbours would not end."""
    thinnest = min(lattice.d_hkl(plane) for plane in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    if not thinnest >= EDGE_LIMITS[0]:
        raise UnusableStructure(f"{name}: the unit cell is flat ({thinnest:.2g} Å)", "check the cell angles")


def _mend_occupancies(items: dict[str, Any]) -> bool:
    """Write 1 for an occupancy that is left at its default; pymatgen would take ``.`` for an empty site."""
    occupancies = items.get("_atom_site_occupancy")
    if not occupancies or "." not in occupancies:
        return False
    items["_atom_site_occupancy"] = ["1" if text == "." else text for text in occupancies]
    return True


def _build(name: str, parser: CifParser) -> Structure:
    try:
        return parser.parse_structures(primitive=False)[0]
    except ValueError as error:
        words = "; ".join(" ".join(text.split()) for text in parser.warnings[-1:]) or str(error)
        raise UnusableStructure(f"{name}: {words[:200]}", "pymatgen cannot build a structure from it") from error


def _relevant(parser: CifParser) -> list[str]:
    texts = dict.fromkeys(" ".join(text.split()) for text in parser.warnings)
    return [text[:200] for text in texts if not any(idle in text for idle in IDLE_WARNINGS)]


def _parse_poscar(name: str, text: str, remarks: list[str]) -> ParsedStructure:
    from pymatgen.io.cif import CifWriter
    from pymatgen.io.vasp import Poscar

    _check_poscar(name, text.split("\n"))
    structure = Poscar.from_str(text).structure
    edges = structure.lattice.abc
    if not all(EDGE_LIMITS[0] <= edge <= EDGE_LIMITS[1] for edge in edges):
        shown = ", ".join(f"{edge:.4g}" for edge in edges)
        raise UnusableStructure(f"{name}: the cell edges {shown} Å are outside 1…200 Å", "check the scale in line 2")
    _require_thickness(name, structure.lattice)
    remarks.append("the stored CIF was written from a POSCAR, in P1; its Z is only the reduction of the cell content")
    written = f"# {remarks[-1]}\n{CifWriter(structure, symprec=None)}"
    return ParsedStructure(structure, written, "poscar", remarks=remarks)


def _check_poscar(name: str, lines: list[str]) -> None:
    """Refuse what pymatgen would fill in by itself: elements of VASP 4 files, atoms that are not there."""
    from pymatgen.core import Element

    if len(lines) < 8:
        raise UnusableStructure(f"{name}: not a POSCAR: it has {len(lines)} lines", "a CIF is named .cif")
    for symbol in lines[5].split() or [""]:
        if not Element.is_valid_symbol(re.split(r"[/_]", symbol)[0]):
            hint = "line 6 of a POSCAR names the elements; VASP 4 files leave it out"
            raise UnusableStructure(f"{name}: {symbol!r} in line 6 is no element", hint)
    counted, given = _count_atoms(lines), sum(COORDINATES.match(line) is not None for line in lines[7:])
    if counted > given:
        message = f"{name}: {counted} atoms are counted, but only {given} coordinates follow"
        raise UnusableStructure(message, "check the counts in line 7")


def _count_atoms(lines: list[str]) -> int:
    """The sum of the counts below the element symbols, which may run over several lines."""
    counts = 0
    for line in lines[6:]:
        if not line.split() or not all(word.isdigit() for word in line.split()):
            break
        counts += sum(int(word) for word in line.split())
    return counts


def _require_content(name: str, structure: Structure) -> None:
    from pymatgen.core import DummySpecies

    for site in structure:
        if any(isinstance(species, DummySpecies) for species in site.species):
            raise UnusableStructure(f"{name}: site {site.label}: {site.species_string} is no element")
    if not 0 < len(structure) <= MOST_POSITIONS:
        raise UnusableStructure(f"{name}: {len(structure)} atoms in the cell", f"at most {MOST_POSITIONS} are read")


def number(text: Any) -> float:
    """The number of a CIF value without its uncertainty in brackets; raises ValueError."""
    return float(re.sub(r"\(.*\)", "", str(text)))


def read_number(items: dict[str, Any], item: str) -> float | None:
    """The number under an item, of its first row in a loop; None where there is none."""
    value = items.get(item)
    try:
        found = number(value[0] if isinstance(value, list) else value)
    except (ValueError, IndexError):
        return None
    return found if math.isfinite(found) else None


def first_item(items: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first text that is given under one of several items."""
    for name in names:
        value = items.get(name)
        text = str(value[0] if isinstance(value, list) and value else value or "").strip()
        if text not in ("", ".", "?", "[]"):
            return text
    return None
