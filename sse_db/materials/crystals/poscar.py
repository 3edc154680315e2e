"""A POSCAR to a structure, with the checks of a CIF: what pymatgen would fill in by itself is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from sse_db.errors import UnusableStructure
from sse_db.materials.anions import anion_radius, find_anions
from sse_db.materials.crystals.cif_sites import Site, is_element
from sse_db.materials.crystals.cif_syntax import CifBlock
from sse_db.materials.crystals.parsed import ParsedStructure, Remarks
from sse_db.materials.crystals.positions import build_structure
from sse_db.materials.crystals.symmetry import Symmetry

if TYPE_CHECKING:
    from pymatgen.core import Lattice, Structure

COORDINATES = re.compile(r"\s*([-+]?[.\d]\S*\s+){2}[-+]?[.\d]")
TOUCHING = 0.75
"""Anions nearer than this part of the sum of their radii are bonded, as in peroxides, or wrongly placed: O–O in a
phosphate is at 0.9."""
LARGEST_ANION = 2.21
"""Shannon radius of Te2-, Å."""
SAME_ATOM = 0.1
_NO_SYMMETRY = Symmetry(np.eye(3)[None], np.zeros((1, 3)), "P 1")


def parse_poscar(
    name: str, text: str, remarks: Remarks, check_lattice: Callable[[str, Lattice, str], None]
) -> ParsedStructure:
    """The structure of a POSCAR; raises UnusableStructure."""
    from pymatgen.io.cif import CifWriter
    from pymatgen.io.vasp import Poscar

    lines = _one_scale(name, text.split("\n"))
    start = _check_poscar(name, lines)
    structure = Poscar.from_str("\n".join(lines)).structure
    check_lattice(name, structure.lattice, "check the scale in line 2")
    _check_names(name, lines[start:], structure)
    sites = [
        Site(row, f"{symbol}{row + 1}", symbol, (float(x), float(y), float(z)), 1.0)
        for row, (symbol, (x, y, z)) in enumerate((site.specie.symbol, site.frac_coords) for site in structure)
    ]
    structure, _ = build_structure(name, structure.lattice, sites, _NO_SYMMETRY, remarks)
    words = "the stored CIF was written from a POSCAR, in P1; its Z is only the reduction of the cell content"
    remarks.add("from-poscar", words)
    _check_contacts(structure, remarks)
    written = f"# {words}\n{CifWriter(structure, symprec=None)}"
    return ParsedStructure(structure, written, "poscar", CifBlock(name), remarks)


def _check_contacts(structure: Structure, remarks: Remarks) -> None:
    """A remark on anions that touch: where the order of coordinates and that of the elements do not fit, some do."""
    anions = [place for place, shares in enumerate(find_anions(structure)) if shares]
    if not anions:
        return
    found = structure.get_neighbor_list(TOUCHING * 2 * LARGEST_ANION, sites=[structure[place] for place in anions])
    for centre, other, distance in zip(found[0], found[1], found[3], strict=True):
        first, second = structure[anions[centre]].specie.symbol, structure[int(other)].specie.symbol
        if int(other) not in anions or distance < SAME_ATOM or "H" in (first, second):
            continue
        if distance < TOUCHING * (anion_radius(first) + anion_radius(second)):
            text = f"{first} and {second} are {distance:.2f} Å apart: are the coordinates in the order of the elements?"
            remarks.add("contacts", text)
            return


def _one_scale(name: str, lines: list[str]) -> list[str]:
    """The lines with three scale factors, one for each direction of space, multiplied into the lattice."""
    factors = lines[1].split() if len(lines) > 1 else []
    if len(factors) < 3 or len(lines) < 8:
        return lines
    try:
        scale = np.array([float(word) for word in factors[:3]])
        vectors = np.array([[float(word) for word in line.split()[:3]] for line in lines[2:5]])
        mode = next(
            place for place, line in enumerate(lines[7:9], start=7) if line.strip()[:1].lower() not in ("s", "")
        )
    except ValueError as error:
        message = f"{name}: not readable as POSCAR: line 2 holds no scale"
        raise UnusableStructure(message, "one number, or three positive ones") from error
    if vectors.shape != (3, 3) or not (scale > 0).all():
        message = f"{name}: the three scale factors {lines[1].strip()} cannot be used"
        raise UnusableStructure(message, "give three positive ones, or one")
    if lines[mode].strip()[:1].lower() in ("c", "k"):
        message = f"{name}: three scale factors with Cartesian coordinates are not read"
        raise UnusableStructure(message, "give direct coordinates, or one scale factor")
    scaled = [" ".join(f"{number:.12g}" for number in vector) for vector in vectors * scale]
    return [lines[0], "1.0", *scaled, *lines[5:]]


def _check_poscar(name: str, lines: list[str]) -> int:
    """The line of the first coordinate; refuses elements that VASP 4 files leave out, and counts that do not fit."""
    if len(lines) < 8:
        raise UnusableStructure(f"{name}: not a POSCAR: it has {len(lines)} lines", "a CIF is named .cif")
    _check_vectors(name, lines)
    symbols = [re.split(r"[/_]", symbol)[0] for symbol in lines[5].split() or [""]]
    for symbol in symbols:
        if not is_element(symbol):
            hint = "line 6 of a POSCAR names the elements; VASP 4 files leave it out"
            raise UnusableStructure(f"{name}: {symbol!r} in line 6 is no element", hint)
    counts, after = _read_counts(lines, len(symbols))
    if len(symbols) != len(counts):
        message = f"{name}: line 6 names {len(symbols)} elements, but {len(counts)} counts follow"
        raise UnusableStructure(message, "give one count for each element")
    start = _find_coordinates(name, lines, after)
    given = 0
    while start + given < len(lines) and COORDINATES.match(lines[start + given]):
        given += 1
    if sum(counts) > given:
        message = f"{name}: {sum(counts)} atoms are counted, but only {given} coordinates follow"
        raise UnusableStructure(message, "check the counts in line 7")
    if sum(counts) < given:
        message = f"{name}: {sum(counts)} atoms are counted, but {given} coordinates follow"
        raise UnusableStructure(message, "check the counts in line 7; velocities stand behind a blank line")
    return start


def _check_vectors(name: str, lines: list[str]) -> None:
    for place in (2, 3, 4):
        if len(lines[place].split()) != 3:
            message = f"{name}: line {place + 1} holds {lines[place].strip()[:40]!r}, no vector of the cell"
            raise UnusableStructure(message, "lines 3 to 5 of a POSCAR hold three numbers each")


def _read_counts(lines: list[str], wanted: int) -> tuple[list[int], int]:
    """The counts below the element symbols, which may run over several lines, and the line behind them."""
    counts: list[int] = []
    place = 6
    while place < len(lines) and len(counts) < wanted and all(word.isdigit() for word in lines[place].split() or ["-"]):
        counts += [int(word) for word in lines[place].split()]
        place += 1
    return counts, place


def _find_coordinates(name: str, lines: list[str], place: int) -> int:
    """The line of the first coordinate, behind the words that say how coordinates are meant."""
    place += lines[place].strip()[:1].lower() == "s" if place < len(lines) else 0  # selective dynamics
    mode = lines[place].strip() if place < len(lines) else ""
    if mode[:1].lower() not in ("d", "c", "k") or not mode:
        message = f"{name}: {mode[:20]!r} says not whether the coordinates are direct or Cartesian"
        raise UnusableStructure(message, "write Direct or Cartesian above the coordinates")
    return place + 1


def _check_names(name: str, lines: list[str], structure: Structure) -> None:
    """Refuse a coordinate with another element behind it than its count says."""
    rows = [line.split() for line in lines]
    for number, (words, site) in enumerate(zip(rows, structure, strict=False), start=1):
        told = next((word for word in words[3:] if word[:1].isalpha() and word not in ("T", "F")), None)
        letters = re.match(r"[A-Za-z]*", told)[0] if told else ""  # type: ignore[index]
        if letters and is_element(letters) and letters != site.specie.symbol:
            message = f"{name}: coordinate {number} is named {told}, by the counts it is {site.specie.symbol}"
            raise UnusableStructure(message, "check the order of the coordinates and the counts in line 7")
