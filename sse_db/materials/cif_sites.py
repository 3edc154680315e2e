"""The atom list of a CIF: elements, coordinates and occupancies checked row by row, and summed place by place."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sse_db.errors import UnusableStructure

if TYPE_CHECKING:
    from pymatgen.core.operations import SymmOp

MOST_ROWS = 2_000
MOST_POSITIONS = 5_000
"""Rows times symmetry operations: four times the most among the 321 files of OBELiX, few enough to read in seconds."""
MOST_OPERATIONS = 1_000
"""Five times what any space group has in its largest centred cell; all pairs of them are multiplied."""
SEVERAL_ATOMS = re.compile(r"OH|NO3|[Ww]at")
"""Labels that stand for a group of atoms; without a type symbol pymatgen would leave such a site out."""


@dataclass(frozen=True, slots=True)
class Site:
    """One row of the atom list."""

    label: str
    coordinates: tuple[float, float, float]
    occupancy: float


@dataclass(slots=True)
class Place:
    """All rows on one crystallographic position."""

    coordinates: tuple[float, float, float]
    labels: list[str] = field(default_factory=list)
    total: float = 0.0

    @property
    def described(self) -> str:
        """Which site, and which sum."""
        where = ", ".join(f"{coordinate:g}" for coordinate in self.coordinates)
        return f"site {'/'.join(self.labels)} at ({where}): occupancies sum to {self.total:.4g}"


def check_sites(name: str, items: dict[str, Any], remarks: list[str]) -> list[Site]:
    """The rows of the atom list; raises UnusableStructure with the label of the row that cannot be used."""
    labels = items["_atom_site_label"]
    if isinstance(labels, str):
        raise UnusableStructure(f"{name}: the atoms are not in a loop", "list them under loop_ with _atom_site_label")
    if len(labels) > MOST_ROWS:
        raise UnusableStructure(f"{name}: {len(labels)} atom rows are too many (at most {MOST_ROWS})")
    symbols = items.get("_atom_site_type_symbol")
    sites = []
    for row, label in enumerate(labels):
        _check_element(name, label, symbols[row] if isinstance(symbols, list) else None)
        sites.append(Site(label, _read_coordinates(name, items, row), _read_occupancy(name, items, row, remarks)))
    return sites


def _check_element(name: str, label: str, symbol: str | None) -> None:
    from pymatgen.core import Element

    letters = re.match(r"[A-Za-z]*", symbol or label)
    word = letters.group() if letters else ""
    if symbol is None and not SEVERAL_ATOMS.match(label):
        known = any(Element.is_valid_symbol(part.title()) for part in (word[:2], word[:1]) if part)
    else:
        known = Element.is_valid_symbol(word.title())
    if not known:
        shown = f"{label} ({symbol})" if symbol and symbol != label else label
        raise UnusableStructure(f"{name}: site {shown}: no element of that name", "give one element symbol per row")


def _read_coordinates(name: str, items: dict[str, Any], row: int) -> tuple[float, float, float]:
    coordinates = []
    for axis in "xyz":
        try:
            text = str(items[f"_atom_site_fract_{axis}"][row])
            value = float(re.sub(r"\(.*\)", "", text))
        except (KeyError, IndexError, ValueError):
            value = math.nan
        if not math.isfinite(value):
            label = items["_atom_site_label"][row]
            raise UnusableStructure(
                f"{name}: site {label} has no readable coordinate {axis}", "give fractional coordinates of every site"
            )
        coordinates.append(value)
    return coordinates[0], coordinates[1], coordinates[2]


def _read_occupancy(name: str, items: dict[str, Any], row: int, remarks: list[str]) -> float:
    label = items["_atom_site_label"][row]
    column = items.get("_atom_site_occupancy")
    text = "." if column is None else str(column[row])
    if text in (".", "?"):
        if text == "?":
            remarks.append(f"site {label}: its occupancy is not known, taken as 1")
        return 1.0
    try:
        occupancy = float(re.sub(r"\(.*\)", "", text))
    except ValueError:
        occupancy = math.nan
    if not 0 <= occupancy <= 10:
        raise UnusableStructure(f"{name}: site {label} has the occupancy {text}", "it lies between 0 and 1")
    return occupancy


def check_operations(name: str, operations: list[SymmOp]) -> None:
    """Refuse symmetry operations that are no rotations, or no group: with one lost, atoms would be missing."""
    if len(operations) > MOST_OPERATIONS:
        message = f"{name}: {len(operations)} symmetry operations are too many (at most {MOST_OPERATIONS})"
        raise UnusableStructure(message, "no space group has more than 192")
    rotations = np.array([operation.rotation_matrix for operation in operations])
    translations = np.array([operation.translation_vector for operation in operations])
    for operation, determinant in zip(operations, np.linalg.det(rotations), strict=True):
        if not abs(abs(determinant) - 1) < 1e-6:
            shown = operation.as_xyz_str()
            raise UnusableStructure(f"{name}: a symmetry operation is read as {shown}", "check the symmetry operations")
    own = _code(rotations, translations)
    products = (rotations[:, None] @ rotations[None, :]).reshape(-1, 3, 3)
    shifts = (np.einsum("iab,jb->ija", rotations, translations) + translations[:, None]).reshape(-1, 3)
    closed = np.concatenate([own, _code(products, shifts)])
    if len(np.unique(closed)) > len(np.unique(own)):
        message = f"{name}: the {len(operations)} symmetry operations form no group"
        raise UnusableStructure(message, "one is missing or mistyped")


def _code(rotations: np.ndarray, translations: np.ndarray) -> np.ndarray:
    """Operations as one integer each; translations, multiples of 1/24 in every space group, modulo the lattice."""
    digits = np.hstack([rotations.reshape(-1, 9).round() + 12, (translations * 24).round() % 24]).astype(np.int64)
    return digits @ 25 ** np.arange(12, dtype=np.int64)  # sorting numbers is ten times as fast as sorting rows


def sum_occupancies(name: str, sites: list[Site], operations: list[SymmOp], tolerance: float) -> list[Place]:
    """Occupancies summed over rows that symmetry brings onto one position, within a fractional tolerance."""
    if len(sites) * len(operations) > MOST_POSITIONS:
        raise UnusableStructure(
            f"{name}: {len(sites)} atom rows under {len(operations)} symmetry operations are too many positions"
        )
    rotations = np.array([operation.rotation_matrix for operation in operations])
    translations = np.array([operation.translation_vector for operation in operations])
    places: list[Place] = []
    for site in sites:
        images = rotations @ np.array(site.coordinates) + translations
        place = _find_place(places, images, tolerance)
        if place is None:
            place = Place(site.coordinates)
            places.append(place)
        place.labels.append(site.label)
        place.total += site.occupancy
    return places


def _find_place(places: list[Place], images: np.ndarray, tolerance: float) -> Place | None:
    if not places:
        return None
    known = np.array([place.coordinates for place in places])
    apart = images[:, None, :] - known[None, :, :]
    apart -= np.round(apart)
    met = (np.abs(apart) < tolerance).all(axis=2).any(axis=0)
    return places[int(np.argmax(met))] if met.any() else None
