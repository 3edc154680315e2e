"""The three lithium descriptors of a crystal structure, for any number of partially occupied Li sites.

Definitions and reasons are in docs/structure_descriptors.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pymatgen.core import Structure

SHELL_FACTOR = 1.35
FALLBACK_FACTOR = 1.25
LITHIUM_RADIUS = 0.76
"""Shannon radius of sixfold Li+, Å (Acta Cryst. A32 (1976) 751)."""
SEARCH_RADIUS = 6.0
BOND_LIMIT = 2.2
"""Å; an S, Se, Te, Cl, Br, I or N atom with O or F so near is the centre of an oxo anion, no anion itself: Te–O and
I–O bonds are below it, contacts between anions above."""
HYDROGEN_BOND_LIMIT = 1.45
"""Å; H so near to another non-metal is a proton (N–H, S–H, Cl–H and shorter), no hydride."""
SPLIT_LIMIT = 0.7
"""Å; atoms nearer than this are alternatives of one split position, not bonded."""

ANIONS = {"O": -2, "S": -2, "Se": -2, "Te": -2, "F": -1, "Cl": -1, "Br": -1, "I": -1, "N": -3, "H": -1}
"""Elements that surround Li as anions, with the charge for which the radius is taken."""
OXO_LIGANDS = frozenset({"O", "F"})


@dataclass(frozen=True, slots=True)
class LithiumEnvironment:
    """Means over the Li sites weighted by Li content: anion distance (Å) and coordination number; occupancy 0–1.

    The occupancy is Li atoms per Li position, every position counted once: inferred from two structures that then give
    the ends of the range in the method paper (DOI 10.1080/14686996.2020.1824985), which does not define it.
    """

    neighbor_distance: float | None
    coordination_number: float | None
    site_occupancy: float | None


def describe_lithium(structure: Structure, *, exact: bool = True) -> LithiumEnvironment:
    """The descriptors of a structure; all None without Li, distance and coordination None without anions around it or
    where the coordinates are not exact."""
    contents = np.array([_content(site, "Li") for site in structure])
    if not contents.any():
        return LithiumEnvironment(None, None, None)
    occupancy = float(contents.sum() / np.count_nonzero(contents))
    distance, number = _average_shells(structure, contents) if exact else (None, None)
    return LithiumEnvironment(distance, number, occupancy)


def _content(site: Any, symbol: str) -> float:
    return float(sum(amount for species, amount in site.species.items() if species.symbol == symbol))


def _average_shells(structure: Structure, contents: np.ndarray) -> tuple[float | None, float | None]:
    reach, weight = _anion_arrays(structure)
    places = np.flatnonzero(contents)
    centres, neighbours, _, distances = structure.get_neighbor_list(
        SEARCH_RADIUS, sites=[structure[int(place)] for place in places]
    )
    kept = (weight[neighbours] > 0) & (distances > 0.1)
    centres, neighbours, distances = centres[kept], neighbours[kept], distances[kept]
    total = distance_sum = number_sum = 0.0
    for centre, place in enumerate(places):
        around = centres == centre
        if not around.any():
            continue
        shell = _shell(distances[around], reach[neighbours[around]])
        weights = weight[neighbours[around]][shell]
        distance_sum += contents[place] * np.average(distances[around][shell], weights=weights)
        number_sum += contents[place] * weights.sum()
        total += contents[place]
    return (float(distance_sum / total), float(number_sum / total)) if total else (None, None)


def _shell(distances: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """Which anions belong to the first shell: those within their reach, else those not much beyond the nearest."""
    inside = distances < SHELL_FACTOR * reach
    return inside if inside.any() else distances < FALLBACK_FACTOR * distances.min()


def _anion_arrays(structure: Structure) -> tuple[np.ndarray, np.ndarray]:
    """Per site: the sum of the radii of Li and of the site's anion (Å), and how much of the site is anion (0–1)."""
    reach = np.zeros(len(structure))
    weight = np.zeros(len(structure))
    for place, shares in enumerate(_anion_shares(structure)):
        weight[place] = sum(shares.values())
        if weight[place]:
            radius = sum(share * anion_radius(symbol) for symbol, share in shares.items()) / weight[place]
            reach[place] = LITHIUM_RADIUS + radius
    return reach, weight


def _anion_shares(structure: Structure) -> list[dict[str, float]]:
    """Per site the occupancy by each anion; the centres of oxo anions (S in sulfate) and protons are left out."""
    shares = [{symbol: amount for symbol in ANIONS if (amount := _content(site, symbol)) > 0} for site in structure]
    suspects = [place for place, share in enumerate(shares) if share.keys() - OXO_LIGANDS]
    if not suspects or len(suspects) == len(structure):
        return shares
    found = structure.get_neighbor_list(BOND_LIMIT, sites=[structure[place] for place in suspects])
    bonded = {
        (suspects[centre], symbol)
        for centre, neighbour, distance in zip(found[0], found[1], found[3], strict=True)
        for symbol in shares[suspects[centre]]
        if _binds(symbol, shares[neighbour].keys(), float(distance))
    }
    for place, symbol in bonded:
        del shares[place][symbol]
    return shares


def _binds(symbol: str, ligands: Iterable[str], distance: float) -> bool:
    """Whether an atom is bonded to a more electronegative one at this distance (Å), so that it is no anion."""
    if symbol in OXO_LIGANDS or distance < SPLIT_LIMIT:
        return False
    if symbol == "H":
        return distance < HYDROGEN_BOND_LIMIT and any(ligand != "H" for ligand in ligands)
    return distance < BOND_LIMIT and not OXO_LIGANDS.isdisjoint(ligands)


@cache
def anion_radius(symbol: str) -> float:
    """Shannon radius (Å) of an anion, sixfold where tabulated; for H, which Shannon lacks, van der Waals' radius."""
    from pymatgen.core import Element, Species

    if symbol == "H":
        return float(Element(symbol).van_der_waals_radius)
    species = Species(symbol, ANIONS[symbol])
    try:
        return float(species.get_shannon_radius("VI"))
    except KeyError:
        return float(species.get_shannon_radius("IV"))
