"""Atom rows and symmetry operations to the positions in the cell: images that are one atom are merged, positions that
hold more than one atom are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sse_db.errors import UnusableStructure
from sse_db.materials.crystals.cif_sites import Site
from sse_db.materials.crystals.parsed import Remarks

if TYPE_CHECKING:
    from pymatgen.core import Lattice, Structure

    from sse_db.materials.crystals.symmetry import Symmetry

MOST_POSITIONS = 5_000
"""Rows times symmetry operations: four times the most among the 321 files of OBELiX, few enough to read in seconds."""
ROUNDING = 0.1
"""Å; images of one row that are nearer are one atom on a special position whose coordinates were rounded: refined
split positions stand further apart."""
OVERLAP = 0.5
"""Å; nearer atoms cannot be there at the same time (half of O–H, the shortest bond): together they are one at most."""
SHARED = 0.02
"""Å; rows that are nearer share one position."""
SUM_SLACK = 0.005
"""How far occupancies of one position may sum beyond 1 by rounding."""
SPLIT_SLACK = 0.05
"""How far occupancies of neighbouring split positions may sum beyond 1: they are refined one by one."""
MEND = "mend the occupancies in the file, at the source if there is one"


def build_structure(
    name: str, lattice: Lattice, sites: list[Site], symmetry: Symmetry, remarks: Remarks, *, apart: bool = False
) -> tuple[Structure, list[int]]:
    """The structure with all positions of the cell, and how many each row has.

    Images of one row nearer than 0.1 Å are one atom; nearer than 0.5 Å, they are one where they would hold more than
    one atom together (a remark says so), else they are alternatives of a split position. ``apart`` leaves them
    where they are all the same. Raises UnusableStructure for rows that hold more than one atom together.
    """
    from pymatgen.core import Structure

    count = len(symmetry.rotations)
    if len(sites) * count > MOST_POSITIONS:
        message = f"{name}: {len(sites)} atom rows under {count} symmetry operations are too many positions"
        raise UnusableStructure(message, f"at most {MOST_POSITIONS} are read")
    metric = np.array(lattice.metric_tensor)
    orbits = [_find_orbit(site, symmetry, metric, remarks, apart=apart) for site in sites]
    places = np.concatenate(orbits)
    rows = np.repeat(np.arange(len(sites)), [len(orbit) for orbit in orbits])
    owners = _share_positions(name, sites, orbits, places, rows, metric, remarks)
    kept = np.unique(owners)
    species = [_species(sites, rows[owners == place]) for place in kept]
    labels = [sites[rows[place]].label for place in kept]
    structure = Structure(lattice, species, places[kept], labels=labels)
    return structure, [len(orbit) for orbit in orbits]


def _species(sites: list[Site], rows: np.ndarray) -> dict[str, float]:
    """Elements and occupancies of the rows on one position, scaled to 1 where they exceed it by rounding."""
    found: dict[str, float] = {}
    for row in rows:
        found[sites[row].element] = found.get(sites[row].element, 0.0) + sites[row].occupancy
    total = max(1.0, sum(found.values()))
    return {element: amount / total for element, amount in found.items()}


def _find_orbit(site: Site, symmetry: Symmetry, metric: np.ndarray, remarks: Remarks, *, apart: bool) -> np.ndarray:
    """The positions of one row in the cell, fractional, each once."""
    images = (symmetry.rotations @ np.array(site.coordinates) + symmetry.translations) % 1.0
    orbit = _merge(images, metric, SHARED if apart else ROUNDING)
    if len(orbit) == 1:
        return orbit
    distances = _distances(orbit[:1], orbit, metric)[0]
    near = distances < OVERLAP
    held = site.occupancy * near.sum()
    if near.sum() == 1 or held <= 1 + SPLIT_SLACK:
        return orbit
    end = "left as the file's formula has it" if apart else "taken as one, on the symmetry element between them"
    text = f"site {site.label}: {near.sum()} of its images, {distances[near].max():.2f} Å apart, hold {held:.3g} atoms"
    remarks.add("images-overlap", f"{text} together: {end}")
    return orbit if apart else _merge(orbit, metric, OVERLAP)


def _distances(first: np.ndarray, second: np.ndarray, metric: np.ndarray) -> np.ndarray:
    """Distances (Å) between fractional places modulo the lattice; right for the short ones, which alone matter."""
    apart = first[:, None, :] - second[None, :, :]
    apart -= np.round(apart)
    return np.sqrt(np.einsum("ijk,kl,ijl->ij", apart, metric, apart).clip(0))


def _merge(places: np.ndarray, metric: np.ndarray, limit: float) -> np.ndarray:
    """Places with those nearer than a limit (Å) replaced by their middle, in the order of the first of them."""
    near = _distances(places, places, metric) < limit
    if near.sum() == len(places):
        return places
    left = np.ones(len(places), dtype=bool)
    merged = []
    for place in range(len(places)):
        if not left[place]:
            continue
        members = _connected(near, place)
        left[members] = False
        shifts = places[members] - places[place]
        merged.append((places[place] + (shifts - np.round(shifts)).mean(axis=0)) % 1.0)
    return np.array(merged)


def _connected(near: np.ndarray, start: int) -> np.ndarray:
    """All places that a chain of near ones leads to."""
    found = near[start].copy()
    while True:
        grown = near[found].any(axis=0)
        if (grown == found).all():
            return np.flatnonzero(found)
        found = grown


def _share_positions(
    name: str,
    sites: list[Site],
    orbits: list[np.ndarray],
    places: np.ndarray,
    rows: np.ndarray,
    metric: np.ndarray,
    remarks: Remarks,
) -> np.ndarray:
    """For every place the first place that it shares its position with; refuses what holds more than one atom."""
    owners = np.arange(len(places))
    first_of_row = np.cumsum([0, *(len(orbit) for orbit in orbits[:-1])])
    for row, start in enumerate(first_of_row):
        distances = _distances(orbits[row], places, metric)
        around = distances[0] < OVERLAP
        _check_sum(name, sites, rows[around], distances[0][around], row, remarks)
        if not (distances[:, :start] < SHARED).any():
            continue
        shared = np.argmax(distances < SHARED, axis=1)
        owners[start : start + len(orbits[row])] = owners[shared]
    return owners


def _check_sum(
    name: str, sites: list[Site], rows: np.ndarray, distances: np.ndarray, row: int, remarks: Remarks
) -> None:
    """Refuse a position that, with what is nearer than half an ångström, holds more than one atom."""
    if len(rows) == 1:
        return
    here = rows[distances < SHARED]
    total = sum(sites[other].occupancy for other in here)
    _refuse_doubled(name, [sites[other] for other in here])
    where = f"site {'/'.join(sites[other].label for other in here)} at ({_write(sites[here[0]].coordinates)})"
    if total > 1 + SUM_SLACK:
        raise UnusableStructure(f"{name}: {where}: occupancies sum to {total:.4g}", MEND)
    if total > 1 + 1e-9:
        remarks.add("occupancy-sum", f"{where}: occupancies sum to {total:.4g}: taken as 1")
    held = sum(sites[other].occupancy for other in rows)
    others = sorted({int(other) for other in rows} - {row})
    if held > 1 + SPLIT_SLACK and others and len(rows) > len(here):
        labels = ", ".join(sites[other].label for other in (row, *others))
        message = f"{name}: sites {labels} are {distances.max():.2f} Å apart and hold {held:.4g} atoms together"
        raise UnusableStructure(message, "one of them is doubled, or the occupancies are wrong")


def _refuse_doubled(name: str, here: list[Site]) -> None:
    seen: set[Any] = set()
    for site in here:
        if (site.label, site.element) in seen:
            raise UnusableStructure(f"{name}: site {site.label} stands twice at one place", "leave one row out")
        seen.add((site.label, site.element))


def _write(coordinates: tuple[float, float, float]) -> str:
    return ", ".join(f"{coordinate:g}" for coordinate in coordinates)
