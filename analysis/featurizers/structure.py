"""What a CIF says beyond its cell: how full the Li sites are, and what lies around them.

Distances are worth what the file's coordinates are worth; OBELiX perturbs them by 0.01 in fractional units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sse_db.errors import UnusableStructure
from sse_db.materials.anions import find_anions
from sse_db.materials.crystals.cif import parse_structure
from sse_db.materials.li_environment import find_shells, lithium_contents

if TYPE_CHECKING:
    from pymatgen.core import Structure

REACH = 4.5
"""Å within which neighbours are looked for; stands in where there is none."""
FULLY_OCCUPIED = 0.99
SAME_PLACE = 0.3
STRUCTURE_FEATURES = (
    "cif_sites",
    "cif_partial_share",
    "cif_mixed_share",
    "cif_li_occupancy",
    "cif_li_occupancy_weighted",
    "cif_li_full_share",
    "cif_li_mixed_share",
    "cif_li_sites_per_volume",
    "cif_vacancies_per_li",
    "cif_li_li_shortest",
    "cif_li_li_mean",
    "cif_li_li_longest",
    "cif_li_anion_mean",
    "cif_li_anion_shortest",
    "cif_li_coordination",
    "cif_li_cation_shortest",
)


def structure_features(text: str) -> dict[str, float]:
    """Features of the first structure in a CIF's text, by the names of STRUCTURE_FEATURES; those that need Li (or
    anions around it) are left out where there is none. Raises ValueError for a file that holds no structure."""
    try:
        return describe_structure(parse_structure("structure.cif", text.encode()).structure)
    except UnusableStructure as error:
        raise ValueError(str(error)) from error


def describe_structure(structure: Structure) -> dict[str, float]:
    """The features of a structure, disordered or not."""
    occupancy = lithium_contents(structure)
    filled = np.array([site.species.num_atoms for site in structure])
    mixed = np.array([len(site.species) > 1 for site in structure])
    found = {
        "cif_sites": float(len(structure)),
        "cif_partial_share": float((filled < FULLY_OCCUPIED).mean()),
        "cif_mixed_share": float(mixed.mean()),
    }
    li = np.flatnonzero(occupancy > 0)
    if not len(li):
        return found
    here = occupancy[li]
    return found | {
        "cif_li_occupancy": float(here.mean()),
        "cif_li_occupancy_weighted": float((here**2).sum() / here.sum()),
        "cif_li_full_share": float((here > FULLY_OCCUPIED).mean()),
        "cif_li_mixed_share": float(mixed[li].mean()),
        "cif_li_sites_per_volume": len(li) / structure.volume,
        "cif_vacancies_per_li": float((1 - np.minimum(filled[li], 1)).sum() / here.sum()),
        **_surroundings(structure, li, occupancy > 0),
    }


def _surroundings(structure: Structure, li: np.ndarray, holds_li: np.ndarray) -> dict[str, float]:
    """Distances in Å from Li sites to the next Li site, to anions and to the next other cation."""
    centre, other, _, distance = structure.get_neighbor_list(REACH, [structure[place] for place in li])
    apart = distance > SAME_PLACE
    centre, other, distance = centre[apart], other[apart], distance[apart]
    anion = np.array([bool(shares) for shares in find_anions(structure)]) & ~holds_li
    cation = ~anion & ~holds_li
    to_li = np.full(len(li), REACH)
    np.minimum.at(to_li, centre[holds_li[other]], distance[holds_li[other]])
    found = {
        "cif_li_li_shortest": float(to_li.min()),
        "cif_li_li_mean": float(to_li.mean()),
        "cif_li_li_longest": float(to_li.max()),
        "cif_li_cation_shortest": float(distance[cation[other]].min(initial=REACH)),
    }
    shells = find_shells(structure)
    if not shells:
        return found
    return found | {
        "cif_li_anion_mean": float(np.mean([shell.mean_distance for shell in shells])),
        "cif_li_anion_shortest": float(min(shell.distances.min() for shell in shells)),
        "cif_li_coordination": float(np.mean([shell.coordination_number for shell in shells])),
    }
