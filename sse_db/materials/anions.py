"""Which atoms are anions: by their bonds where coordinates are known, by the formula where they are not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from pymatgen.core import Structure

Amount = TypeVar("Amount", float, np.ndarray)
ANION_CHARGES = {"O": -2, "S": -2, "Se": -2, "Te": -2, "F": -1, "Cl": -1, "Br": -1, "I": -1, "N": -3, "H": -1}
"""Elements that occur as anions, with the charge for which the radius is taken."""
OXO_LIGANDS = frozenset({"O", "F"})
"""Never the centre of another anion."""
OXO_CENTRES = frozenset({"S", "Se", "Te", "I", "N"})
"""Elements that occur as the centre of an oxo anion (sulphate, iodate, nitrate)."""
OXO_CENTRE_RATIO = 3.0
"""O atoms per atom from which such an element counts as the centre of oxo anions in a formula without coordinates."""
BOND_LIMIT = 2.2
"""Å; an S, Se, Te, Cl, Br, I or N atom with O or F so near is the centre of an oxo anion, no anion itself: Te–O and
I–O bonds are below it, contacts between anions above."""
HYDROGEN_BOND_LIMIT = 1.45
"""Å; H so near to another non-metal is a proton (N–H, S–H, Cl–H and shorter), no hydride."""
SPLIT_LIMIT = 0.7
"""Å; atoms nearer than this are alternatives of one split position, not bonded."""


def find_anions(structure: Structure) -> list[dict[str, float]]:
    """Per site the occupancy by each anion; the centres of oxo anions (S in sulfate) and protons are left out."""
    shares = [
        {symbol: amount for symbol in ANION_CHARGES if (amount := occupancy_of(site, symbol)) > 0} for site in structure
    ]
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


def is_anion(symbol: str, amount: Amount, oxygen: Amount) -> Any:
    """Whether an element of a formula is an anion, where no coordinates say more: S, Se, Te, I and N beside enough
    oxygen are centres of oxo anions, hydrogen beside oxygen is a proton. Amounts are numbers or arrays of them.

    >>> is_anion("S", 1, oxygen=4), is_anion("S", 4, oxygen=1)
    (False, True)
    """
    if symbol == "H":
        return oxygen == 0
    if symbol in OXO_CENTRES:
        return (oxygen < OXO_CENTRE_RATIO * amount) | (amount == 0)
    return symbol in ANION_CHARGES


def occupancy_of(site: Any, symbol: str) -> float:
    """How much of an element is on a site, 0–1."""
    return float(sum(amount for species, amount in site.species.items() if species.symbol == symbol))


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
    species = Species(symbol, ANION_CHARGES[symbol])
    try:
        return float(species.get_shannon_radius("VI"))
    except KeyError:
        return float(species.get_shannon_radius("IV"))
