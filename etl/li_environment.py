"""The three lithium descriptors of a crystal structure, for any number of partially occupied Li sites.

Definitions and reasons are in docs/structure_descriptors.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pymatgen.core import Structure

SHELL_FACTOR = 1.35
FALLBACK_FACTOR = 1.25
LITHIUM_RADIUS = 0.76
"""Shannon radius of sixfold Li+, Å (Acta Cryst. A32 (1976) 751)."""
SEARCH_RADIUS = 6.0

ANIONS = {"O": -2, "S": -2, "Se": -2, "Te": -2, "F": -1, "Cl": -1, "Br": -1, "I": -1, "N": -3, "H": -1}
"""Elements that surround Li as anions, with the charge for which the radius is taken."""


@dataclass(frozen=True, slots=True)
class LithiumEnvironment:
    """Means over the Li sites weighted by Li content: anion distance (Å) and coordination number; occupancy 0–1."""

    neighbor_distance: float | None
    coordination_number: float | None
    site_occupancy: float | None


def describe_lithium(structure: Structure) -> LithiumEnvironment:
    """The descriptors of a structure; all None without Li, distance and coordination None without anions around it."""
    contents = np.array([_content(site, "Li") for site in structure])
    if not contents.any():
        return LithiumEnvironment(None, None, None)
    occupancy = float(contents.sum() / np.count_nonzero(contents))
    distance, number = _average_shells(structure, contents)
    return LithiumEnvironment(distance, number, occupancy)


def _content(site: object, symbol: str) -> float:
    return float(sum(amount for species, amount in site.species.items() if species.symbol == symbol))  # type: ignore[attr-defined]


def _average_shells(structure: Structure, contents: np.ndarray) -> tuple[float | None, float | None]:
    reach, weight = _anion_arrays(structure)
    if not weight.any():
        return None, None
    centres, neighbours, _, distances = structure.get_neighbor_list(SEARCH_RADIUS)
    kept = (contents[centres] > 0) & (weight[neighbours] > 0) & (distances > 0.1)
    centres, neighbours, distances = centres[kept], neighbours[kept], distances[kept]
    total = distance_sum = number_sum = 0.0
    for site in np.flatnonzero(contents):
        around = centres == site
        if not around.any():
            continue
        shell = _shell(distances[around], reach[neighbours[around]])
        weights = weight[neighbours[around]][shell]
        distance_sum += contents[site] * np.average(distances[around][shell], weights=weights)
        number_sum += contents[site] * weights.sum()
        total += contents[site]
    return (float(distance_sum / total), float(number_sum / total)) if total else (None, None)


def _shell(distances: np.ndarray, reach: np.ndarray) -> np.ndarray:
    """Which anions belong to the first shell: those within their reach, else those not much beyond the nearest."""
    inside = distances < SHELL_FACTOR * reach
    return inside if inside.any() else distances < FALLBACK_FACTOR * distances.min()


def _anion_arrays(structure: Structure) -> tuple[np.ndarray, np.ndarray]:
    """Per site: the sum of the radii of Li and of the site's anion, and how much of the site is anion."""
    reach = np.zeros(len(structure))
    weight = np.zeros(len(structure))
    for place, site in enumerate(structure):
        shares = {symbol: _content(site, symbol) for symbol in ANIONS}
        weight[place] = sum(shares.values())
        if weight[place]:
            radius = sum(share * anion_radius(symbol) for symbol, share in shares.items() if share) / weight[place]
            reach[place] = LITHIUM_RADIUS + radius
    return reach, weight


@cache
def anion_radius(symbol: str) -> float:
    """Shannon radius of an anion, sixfold where tabulated, else the ionic radius; Å."""
    from pymatgen.core import Species

    species = Species(symbol, ANIONS[symbol])
    for coordination in ("VI", "IV", "III"):
        try:
            return float(species.get_shannon_radius(coordination))
        except (KeyError, ValueError):
            continue
    return float(species.ionic_radius or species.element.atomic_radius)
