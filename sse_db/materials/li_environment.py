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

NEAREST = 0.8
"""Times the sum of the radii; only noise brings an anion nearer than this, and the gap behind it ends no shell."""
CONTACT = 1.1
"""Times the sum of the radii; all anions nearer than this belong to the shell."""
FARTHEST = 1.4
"""Times the sum of the radii; the last anion of a shell is nearer than this."""
GAP = 1.2
"""The next anion must be farther by this factor for a gap to end the shell."""
USUAL_NUMBER = 4
"""Anions that are taken where no gap stands out."""
DECIMALS = 9
"""Of relative distances: neighbours that symmetry makes equal are equal, whatever the last bits are."""
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
    where the coordinates are not exact.

    The antifluorite Li2O, a = 4.619 Å: every Li stands in a tetrahedron of O at a·√3/4.

    >>> from pymatgen.core import Lattice, Structure
    >>> antifluorite = Structure.from_spacegroup(
    ...     "Fm-3m", Lattice.cubic(4.619), ["Li", "O"], [[0.25, 0.25, 0.25], [0, 0, 0]]
    ... )
    >>> lithium = describe_lithium(antifluorite)
    >>> round(lithium.neighbor_distance, 3), lithium.coordination_number, lithium.site_occupancy
    (2.0, 4.0, 1.0)
    """
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
        near = neighbours[around]
        inside = choose_shell(distances[around], reach[near], weight[near])
        weights = weight[near][inside]
        shells.append(Shell(float(contents[place]), distances[around][inside], weights))
    return shells


def choose_shell(distances: np.ndarray, reach: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Which anions belong to the first shell of an Li atom: those before a gap, the one rule of this project.

    ``distances`` are those of all anions around (Å), ``reach`` the sums of the radii of Li and each of them (Å),
    ``weight`` how much anion each position is (0–1); returns which of them are inside. Distances are compared as
    multiples of the sums of radii, so that O and Cl can stand in one shell. A gap stands out where the next anion is
    farther by a factor of 1.2; the shell ends at the last such gap that begins between 1.1 and 1.4 times the sum of the
    radii. Where none stands out the four nearest are taken, and all within 1.1. Reasons: decision 0009.

    >>> two_refinements = [1.92, 1.96, 1.96, 2.02, 2.910, 3.3], [1.92, 1.96, 1.96, 2.02, 2.920, 3.3]
    >>> [int(choose_shell(np.array(each), np.full(6, 2.16), np.ones(6)).sum()) for each in two_refinements]
    [4, 4]
    """
    relative = np.round(distances / reach, DECIMALS)
    order = np.argsort(relative, kind="stable")
    near = relative[order]
    count = int(np.searchsorted(near, FARTHEST))
    if count == 0:
        return distances < FALLBACK_FACTOR * distances.min()
    gaps = np.append(near[1:], np.inf)[:count] / near[:count]
    touching = int(np.searchsorted(near, CONTACT))
    wide = [place for place in np.flatnonzero(gaps >= GAP) if place + 1 >= touching and near[place] >= NEAREST]
    usual = int(np.argmin(np.round(abs(np.cumsum(weight[order])[:count] - USUAL_NUMBER), DECIMALS)))
    return relative <= near[wide[-1] if wide else max(usual, touching - 1)]


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
