"""The bytes of a CIF or POSCAR to pymatgen's structure, or the reason why not: the one place that opens such files."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sse_db.errors import SseDbError, UnusableStructure
from sse_db.materials.crystals.cif_sites import Site, read_sites
from sse_db.materials.crystals.cif_syntax import CifBlock, read_blocks, read_number
from sse_db.materials.crystals.parsed import ParsedStructure, Remarks
from sse_db.materials.crystals.poscar import parse_poscar
from sse_db.materials.crystals.positions import build_structure
from sse_db.materials.crystals.statements import bears_out, expected_content
from sse_db.materials.crystals.symmetry import Symmetry, find_symmetries, read_space_group

if TYPE_CHECKING:
    from pymatgen.core import Lattice

LARGEST_STRUCTURE_FILE = 5_000_000
LONGEST_LINE = 5_000
"""Characters; the CIF standard allows 2048."""
CELL_EDGES = ("_cell_length_a", "_cell_length_b", "_cell_length_c")
CELL_ANGLES = ("_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma")
EDGE_LIMITS = (1.0, 200.0)
ANGLE_LIMITS = (10.0, 170.0)
_BLOCK_OF_CELL = re.compile(r"^\s*data_\S.*^\s*_cell[._]length_a\s", re.MULTILINE | re.IGNORECASE | re.DOTALL)


def parse_structure(name: str, data: bytes) -> ParsedStructure:
    """Parse a CIF or POSCAR, told apart by suffix and content; raises UnusableStructure."""
    remarks = Remarks()
    text = _decode(name, data, remarks)
    is_cif = name.lower().endswith(".cif") or _BLOCK_OF_CELL.search(text) is not None
    with _guarded(name, "CIF" if is_cif else "POSCAR"):
        if not is_cif:
            return parse_poscar(name, text, remarks, check_lattice)
        return _parse_cif(name, text, remarks)


def _decode(name: str, data: bytes, remarks: Remarks) -> str:
    if len(data) > LARGEST_STRUCTURE_FILE:
        limit = LARGEST_STRUCTURE_FILE / 1e6
        raise UnusableStructure(f"{name}: {len(data) / 1e6:.1f} MB are more than the {limit:g} MB of a structure file")
    if b"\0" in data:
        raise UnusableStructure(f"{name}: the file is not text, or is UTF-16", "save it as plain text, UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
        remarks.add("encoding", "the file is not UTF-8: read as Latin-1")
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
    """Turn whatever a library raises on a damaged file into one refusal; what it warns of is checked here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except SseDbError:
        raise
    except Exception as error:  # a damaged file can break a parser anywhere, in any way
        words = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnusableStructure(f"{name}: not readable as {kind}: {words}", f"is it a {kind} file?") from error


def _parse_cif(name: str, text: str, remarks: Remarks) -> ParsedStructure:
    block = _choose_block(name, read_blocks(name, text), remarks)
    lattice = _read_lattice(name, block)
    sites = read_sites(name, block, remarks)
    symmetries = find_symmetries(name, block, lattice, remarks)
    tried = _try_each(name, text, block, lattice, sites, symmetries)
    borne_out = [parsed for parsed in tried if bears_out(parsed)]
    chosen = (borne_out or tried)[0]
    if len(symmetries) > 1 and len(borne_out) != 1:
        assert chosen.symmetry is not None
        shown = " or ".join(symmetry.setting for symmetry in symmetries)
        setting = chosen.symmetry.setting
        remarks.add("setting", f"the file does not say whether its setting is {shown}: read as {setting}")
    chosen.remarks = Remarks(remarks.found | chosen.remarks.found)
    chosen.symmetry = read_space_group(chosen)
    return chosen


def _try_each(
    name: str, text: str, block: CifBlock, lattice: Lattice, sites: list[Site], symmetries: list[Symmetry]
) -> list[ParsedStructure]:
    """The structures by the symmetries that are possible; raises UnusableStructure where none of them gives one."""
    found: list[ParsedStructure] = []
    refusals: list[UnusableStructure] = []
    for symmetry in symmetries:
        try:
            found.append(_apply(name, text, block, lattice, sites, symmetry))
        except UnusableStructure as refusal:
            refusals.append(refusal)
    if not found:
        raise refusals[0]
    return found


def _apply(
    name: str, text: str, block: CifBlock, lattice: Lattice, sites: list[Site], symmetry: Symmetry
) -> ParsedStructure:
    """The structure by one symmetry; images of an atom are left apart only where the file's formula says so."""
    merged = _build(name, text, block, lattice, sites, symmetry, apart=False)
    if expected_content(merged) is None or bears_out(merged):
        return merged
    kept = _build(name, text, block, lattice, sites, symmetry, apart=True)
    return kept if bears_out(kept) else merged


def _build(
    name: str, text: str, block: CifBlock, lattice: Lattice, sites: list[Site], symmetry: Symmetry, *, apart: bool
) -> ParsedStructure:
    remarks = Remarks()
    structure, multiplicities = build_structure(name, lattice, sites, symmetry, remarks, apart=apart)
    parsed = ParsedStructure(structure, text, "cif", block, remarks, symmetry)
    for site, count in zip(sites, multiplicities, strict=True):
        parsed.multiplicities[site.row] = count
        parsed.attached_hydrogens += site.attached_hydrogens * site.occupancy * count
    return parsed


def _choose_block(name: str, blocks: list[CifBlock], remarks: Remarks) -> CifBlock:
    """The first data block with a cell and atoms, with the source that a block of general data names."""
    with_cell = [block for block in blocks if "_cell_length_a" in block.items]
    if not with_cell:
        raise UnusableStructure(f"{name}: no data block has a unit cell", "a CIF of a structure gives _cell_length_a")
    usable = [block for block in with_cell if block.items.get("_atom_site_label")]
    if not usable:
        raise UnusableStructure(f"{name}: there are no atoms in it", "a CIF of a structure lists _atom_site_label")
    chosen, *others = usable
    if others:
        left = ", ".join(_describe_block(block) for block in others)
        text = (
            f"the file has {len(blocks)} data blocks: {chosen.name}, the first with a structure, was read, not {left}"
        )
        remarks.add("several-structures", text[:300])
    elsewhere = [block for block in blocks if block not in with_cell]
    for item, value in ((item, value) for block in elsewhere for item, value in block.items.items()):
        if item.startswith(("_journal_", "_publ_", "_citation_", "_cod_", "_database_")):
            chosen.items.setdefault(item, value)
    return chosen


def _describe_block(block: CifBlock) -> str:
    temperature = block.number("_diffrn_ambient_temperature", "_cell_measurement_temperature")
    return block.name + (f" at {temperature:g} K" if temperature is not None else "")


def _read_lattice(name: str, block: CifBlock) -> Lattice:
    from pymatgen.core import Lattice

    constants = []
    for item in (*CELL_EDGES, *CELL_ANGLES):
        text = block.first(item)
        if len(set(block.column(item) or ())) > 1:
            message = f"{name}: {item} is given several times, with different values"
            raise UnusableStructure(message, "put every structure into a data block of its own")
        value = read_number(text) if text else None
        if value is None:
            given = f" ({text!r})" if text else ""
            raise UnusableStructure(f"{name}: the unit cell lacks a readable {item}{given}", "give all six constants")
        low, high = EDGE_LIMITS if item in CELL_EDGES else ANGLE_LIMITS
        if not low <= value <= high:
            raise UnusableStructure(f"{name}: {item} = {value:g} is outside {low:g}…{high:g}", "check the unit cell")
        constants.append(value)
    lattice = Lattice.from_parameters(*constants)
    check_lattice(name, lattice, "check the cell angles")
    return lattice


def check_lattice(name: str, lattice: Lattice, hint: str) -> None:
    """Refuse edges outside 1…200 Å, and a flat cell, in which the search for neighbours would not end."""
    low, high = EDGE_LIMITS
    if not all(low <= edge <= high for edge in lattice.abc):
        shown = ", ".join(f"{edge:.4g}" for edge in lattice.abc)
        raise UnusableStructure(f"{name}: the cell edges {shown} Å are outside {low:g}…{high:g} Å", hint)
    thinnest = min(lattice.d_hkl(plane) for plane in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
    if not thinnest >= low:
        raise UnusableStructure(f"{name}: the unit cell is flat ({thinnest:.2g} Å)", "check the cell angles")
