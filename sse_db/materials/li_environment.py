"""The three lithium descriptors of a crystal structure, for any number of partially occupied Li sites.

Definitions and reasons are in docs/structure_descriptors.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sse_db.materials.anions import anion_radius, find_anions, occupancy_of

if TYPE_CHECKING:
    from pymatgen.core import Structure

SHELL_FACTOR = 1.35
FALLBACK_FACTOR = 1.25
LITHIUM_RADIUS = 0.76
"""Shannon radius of sixfold Li+, Å (Acta Cryst. A32 (1976) 751)."""
SEARCH_RADIUS = 6.0
SAME_ATOM = 0.1
"""Å; what is nearer is the atom itself."""


@dataclass(frozen=True, slots=True)
class LithiumEnvironment:
    """Means over the Li sites weighted by Li content: anion distance (Å) and coordination number; occupancy 0–1.

    The occupancy is Li atoms per Li position, every position counted once: inferred from two structures that then give
    the ends of the range in the method paper (DOI 10.1080/14686996.2020.1824985), which does not define it.
    """

    neighbor_distance: float | None
    coordination_number: float | None
    site_occupancy: float | None


@dataclass(frozen=True, slots=True)
class Shell:
    """The anions around one Li site: its Li content, their distances (Å), and how much anion each of them is (0–1)."""

    content: float
    distances: np.ndarray
    weights: np.ndarray

    @property
    def mean_distance(self) -> float:
        """Mean over the anions, Å."""
        return float(np.average(self.distances, weights=self.weights))

    @property
    def coordination_number(self) -> float:
        """Anions in the shell."""
        return float(self.weights.sum())


def describe_lithium(structure: Structure, *, exact: bool = True) -> LithiumEnvironment:
    """The descriptors of a structure; all None without Li, distance and coordination None without anions around it or
    where the coordinates are not exact."""
    contents = lithium_contents(structure)
    if not contents.any():
        return LithiumEnvironment(None, None, None)
    occupancy = float(contents.sum() / np.count_nonzero(contents))
    shells = find_shells(structure) if exact else []
    if not shells:
        return LithiumEnvironment(None, None, occupancy)
    held = [shell.content for shell in shells]
    distance = float(np.average([shell.mean_distance for shell in shells], weights=held))
    number = float(np.average([shell.coordination_number for shell in shells], weights=held))
    return LithiumEnvironment(distance, number, occupancy)


def lithium_contents(structure: Structure) -> np.ndarray:
    """Li atoms on every site, 0–1."""
    return np.array([occupancy_of(site, "Li") for site in structure])


def find_shells(structure: Structure) -> list[Shell]:
    """The first shell of anions around every Li site that has any within 6 Å, in the order of the sites."""
    contents = lithium_contents(structure)
    places = np.flatnonzero(contents)
    if not len(places):
        return []
    reach, weight = _anion_arrays(structure)
    centres, neighbours, _, distances = structure.get_neighbor_list(
        SEARCH_RADIUS, sites=[structure[int(place)] for place in places]
    )
    kept = (weight[neighbours] > 0) & (distances > SAME_ATOM)
    centres, neighbours, distances = centres[kept], neighbours[kept], distances[kept]
    shells = []
    for centre, place in enumerate(places):
        around = centres == centre
        if not around.any():
            continue
        inside = choose_shell(distances[around], reach[neighbours[around]])
        weights = weight[neighbours[around]][inside]
        shells.append(Shell(float(contents[place]), distances[around][inside], weights))
    return shells


def choose_shell(distances: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """Which anions belong to the first shell of an Li atom, the one rule of this project: those within their reach (the
    sum of the radii, Å), else those not much beyond the nearest."""
    inside = distances < SHELL_FACTOR * reach
    return inside if inside.any() else distances < FALLBACK_FACTOR * distances.min()


def _anion_arrays(structure: Structure) -> tuple[np.ndarray, np.ndarray]:
    """Per site: the sum of the radii of Li and of the site's anion (Å), and how much of the site is anion (0–1)."""
    reach = np.zeros(len(structure))
    weight = np.zeros(len(structure))
    for place, shares in enumerate(find_anions(structure)):
        weight[place] = sum(shares.values())
        if weight[place]:
            radius = sum(share * anion_radius(symbol) for symbol, share in shares.items()) / weight[place]
            reach[place] = LITHIUM_RADIUS + radius
    return reach, weight
