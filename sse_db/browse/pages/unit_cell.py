"""The atoms of one unit cell, from a structure file: what the viewer draws."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import numpy as np

from sse_db.errors import UnusableStructure
from sse_db.materials.crystals.cif import parse_structure

LONGEST_FILE = 500_000
SAME_PLACE = 1e-3
"""Fraction of a cell edge within which an atom is on a face."""
Kind = tuple[tuple[str, float], ...]
"""What is on a site: elements with their occupancies, the largest first."""
FULLY_OCCUPIED = 0.95
"""Occupancy above which a site counts as full."""
SPHERE = 0.25
"""Radius of a sphere that stands for a shared or partly occupied site, in parts of the van der Waals radius: between
the spheres that chemiscope draws of pure elements (0.22) and those with which it marks an atom (0.3)."""
USUAL_RADIUS = 1.5
"""Van der Waals radius (Å) that chemiscope takes for most metals."""


def expand_cell(cif_text: str) -> dict[str, Any]:
    """What a viewer draws of a CIF.

    ``cell`` has the three edges as nine Cartesian numbers in Å; ``atoms`` their Cartesian places in Å and the number
    of their site, those on a face also on the opposite one; ``sites`` the different ones with ``parts`` (element to
    occupancy), how often they occur in the cell, and colour and radius (Å) of the sphere that stands for what is mixed;
    ``elements`` the colour of each. Raises UnusableStructure.
    """
    if len(cif_text) > LONGEST_FILE:
        raise UnusableStructure(f"the file has more than {LONGEST_FILE} characters")
    structure = parse_structure("structure.cif", cif_text.encode()).structure
    places = [{"place": _into_cell(site.frac_coords), "parts": _parts(site)} for site in structure]
    return _describe(places, structure.lattice)


def _into_cell(coordinates: np.ndarray) -> np.ndarray:
    """Fractional coordinates from 0 to 1; what is on a face by rounding is on the lower one."""
    inside = np.mod(coordinates, 1.0)
    return np.where(np.minimum(inside, 1 - inside) < SAME_PLACE, 0.0, inside)


def _parts(site: Any) -> dict[str, float]:
    """Elements on a site with their occupancies."""
    return {element.symbol: float(share) for element, share in site.species.element_composition.items()}


def _describe(places: list[dict[str, Any]], lattice: Any) -> dict[str, Any]:
    """Sites that hold the same are one kind; an atom refers to its kind by number."""
    kept = [_kind(place["parts"]) for place in places]
    kinds = Counter(kept)
    numbers = {kind: number for number, kind in enumerate(kinds)}
    colours = {element: _colour(element) for element in sorted({element for kind in kinds for element, _ in kind})}
    sites = [
        {"parts": dict(kind), "count": count, "colour": _hex(_mix(kind, colours)), "radius": _radius(kind)}
        for kind, count in kinds.items()
    ]
    atoms = []
    for place, kind in zip(places, kept, strict=True):
        shifts = [(0, 1) if value < SAME_PLACE else (0,) for value in place["place"]]
        for shift in itertools.product(*shifts):
            x, y, z = (round(float(value), 4) for value in lattice.get_cartesian_coords(place["place"] + shift))
            atoms.append({"x": x, "y": y, "z": z, "site": numbers[kind]})
    cell = [round(float(value), 6) for value in lattice.matrix.ravel()]
    return {
        "cell": cell,
        "atoms": atoms,
        "sites": sites,
        "elements": {element: _hex(colour) for element, colour in colours.items()},
    }


def _kind(parts: dict[str, float]) -> Kind:
    return tuple(sorted(parts.items(), key=lambda part: (-part[1], part[0])))


def _colour(element: str) -> tuple[float, ...]:
    """Red, green and blue (0 to 255) of an element in Jmol's scheme; pink for what it does not know."""
    from pymatgen.vis.structure_vtk import EL_COLORS

    return tuple(EL_COLORS["Jmol"].get(element, (255, 20, 147)))


def _mix(kind: Kind, colours: dict[str, tuple[float, ...]]) -> tuple[float, ...]:
    """Mean colour of what shares a site, weighted by the shares; what is vacant counts half, as white."""
    occupied = sum(share for _, share in kind)
    vacant = max(0.0, 1 - occupied) / 2
    total = occupied + vacant or 1.0
    return tuple(
        (255 * vacant + sum(colours[element][channel] * share for element, share in kind)) / total
        for channel in range(3)
    )


def _hex(colour: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel):02x}" for channel in colour)


def _radius(kind: Kind) -> float | None:
    """Radius (Å) of the sphere that stands for a shared or partly occupied site; None where the element's own does."""
    from pymatgen.core import Element

    if len(kind) == 1 and kind[0][1] > FULLY_OCCUPIED:
        return None
    size, symbol = USUAL_RADIUS, kind[0][0]
    if Element.is_valid_symbol(symbol):
        element = Element(symbol)
        if not (element.is_transition_metal or element.is_rare_earth):
            size = float(element.van_der_waals_radius or USUAL_RADIUS)
    return round(SPHERE * size, 3)
