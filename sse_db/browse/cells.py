"""The atoms of one unit cell, from a structure file: what the viewer draws."""

from __future__ import annotations

import io
import itertools
from typing import Any

from sse_db.errors import UnusableStructure

LONGEST_FILE = 500_000
MOST_ATOMS = 20_000
SAME_PLACE = 1e-3
"""Fraction of a cell edge within which two atoms are one."""


def expand_cell(cif_text: str) -> dict[str, Any]:
    """Cell (Å, degrees) and atoms of a CIF: Cartesian place in Å and what shares it, element to occupancy.

    Atoms on a face are drawn on the opposite one too. Raises UnusableStructure.
    """
    if len(cif_text) > LONGEST_FILE:
        raise UnusableStructure(f"the file has more than {LONGEST_FILE} characters")
    try:
        return _expand(cif_text)
    except UnusableStructure:
        raise
    except Exception as error:  # a structure file can be wrong in any way
        raise UnusableStructure(f"{type(error).__name__}: {error}"[:200]) from error


def _expand(cif_text: str) -> dict[str, Any]:
    import warnings

    import numpy as np
    from pymatgen.io.cif import CifFile, CifParser, str2float

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = CifParser(io.StringIO(cif_text))
        blocks = CifFile.from_str(cif_text).data.values()
        block = next(each for each in blocks if "_atom_site_fract_x" in each.data)
        lattice, operations = parser.get_lattice(block), parser.get_symops(block)
    places = np.array([[str2float(each) for each in block[f"_atom_site_fract_{axis}"]] for axis in "xyz"]).T
    if lattice is None or len(places) * len(operations) > MOST_ATOMS:
        raise UnusableStructure(f"there is no cell, or more than {MOST_ATOMS} atoms in it")
    symbols = [_element(each) for each in block.data.get("_atom_site_type_symbol") or block["_atom_site_label"]]
    shares = [str2float(each) for each in block.data.get("_atom_site_occupancy") or ["1"] * len(symbols)]
    images = np.stack([operation.operate_multi(places) for operation in operations], axis=1) % 1.0
    images[images > 1 - SAME_PLACE] = 0.0
    sites: dict[tuple[int, ...], dict[str, Any]] = {}
    for number, cells in enumerate(np.rint(images / SAME_PLACE).astype(int)):
        for key, place in zip(map(tuple, cells.tolist()), images[number], strict=True):
            site = sites.setdefault(key, {"place": place, "parts": {}})
            site["parts"][symbols[number]] = shares[number]
    return {"cell": [*lattice.abc, *lattice.angles], "atoms": _place(list(sites.values()), lattice)}


def _element(text: str) -> str:
    """The element of a type symbol or label, such as Li of Li1+ or Li2."""
    letters = "".join(itertools.takewhile(str.isalpha, text))[:2].capitalize()
    from pymatgen.core import Element

    return letters if Element.is_valid_symbol(letters) else letters[:1]


def _place(sites: list[dict[str, Any]], lattice: Any) -> list[dict[str, Any]]:
    """Cartesian atoms, those at 0 of an axis at 1, too."""
    atoms = []
    for site in sites:
        shifts = [(0, 1) if value < SAME_PLACE else (0,) for value in site["place"]]
        for shift in itertools.product(*shifts):
            x, y, z = (round(float(value), 4) for value in lattice.get_cartesian_coords(site["place"] + shift))
            atoms.append({"x": x, "y": y, "z": z, "parts": site["parts"]})
    return atoms
