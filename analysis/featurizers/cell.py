"""What space group and unit cell say: symmetry, metric, and how densely the cell is packed."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.featurizers.composition import amounts_matrix, anion_amounts, element_table
from sse_db.materials.space_groups import CRYSTAL_SYSTEMS, crystal_system

CENTRINGS = "PABCIFR"
COMMON_GROUPS = (2, 11, 14, 15, 31, 62, 99, 129, 137, 141, 148, 161, 166, 167, 205, 212, 216, 220, 221, 225, 227, 230)
"""Space groups of known families of Li conductors (NASICON 167, garnet 230, argyrodite 216, LGPS 137, …)."""
ANGSTROM3_TO_CM3_TIMES_U_TO_G = 1.66053907


@lru_cache(maxsize=256)
def _symmetry(number: int) -> dict[str, float]:
    from pymatgen.symmetry.groups import SpaceGroup

    group = SpaceGroup.from_int_number(number)
    centring = group.symbol[0]
    found = {
        "space_group": float(number),
        "crystal_system": float(CRYSTAL_SYSTEMS.index(crystal_system(number))),
        "symmetry_operations": float(np.log2(group.order)),
        "is_centrosymmetric": float("-1" in group.point_group or group.point_group in CENTROSYMMETRIC),
    }
    found |= {f"centring_{letter}": float(letter == centring) for letter in CENTRINGS}
    return found | {f"is_group_{common}": float(common == number) for common in COMMON_GROUPS}


CENTROSYMMETRIC = {"-1", "2/m", "mmm", "4/m", "4/mmm", "-3", "-3m", "6/m", "6/mmm", "m-3", "m-3m"}


def cell_features(frame: pd.DataFrame) -> pd.DataFrame:
    """Symmetry and cell, one row per row of a frame with formula, formula_units, space_group_number, and the constants
    ``a_angstrom`` … ``gamma_degree``."""
    symmetry = pd.DataFrame(
        [_symmetry(int(number)) if 1 <= number <= 230 else {} for number in frame["space_group_number"].fillna(0)]
    )
    symmetry = symmetry.reindex(columns=list(_symmetry(1)))
    lengths = frame[["a_angstrom", "b_angstrom", "c_angstrom"]].to_numpy(float)
    angles = np.radians(frame[["alpha_degree", "beta_degree", "gamma_degree"]].to_numpy(float))
    cosines = np.cos(angles)
    squared = 1 - (cosines**2).sum(axis=1) + 2 * cosines.prod(axis=1)
    volume = lengths.prod(axis=1) * np.sqrt(np.where(squared > 0, squared, np.nan))
    amounts = amounts_matrix(frame["formula"]) * frame["formula_units"].to_numpy(float)[:, None]
    metric = {
        "a": lengths[:, 0],
        "b": lengths[:, 1],
        "c": lengths[:, 2],
        "c_over_a": lengths[:, 2] / lengths[:, 0],
        "b_over_a": lengths[:, 1] / lengths[:, 0],
        "alpha": np.degrees(angles[:, 0]),
        "beta": np.degrees(angles[:, 1]),
        "gamma": np.degrees(angles[:, 2]),
        "cell_volume": volume,
    }
    return pd.concat([symmetry, pd.DataFrame({**metric, **_packing(amounts, volume)})], axis=1)


def _packing(amounts: np.ndarray, volume: np.ndarray) -> dict[str, np.ndarray]:
    """Volume per atom, anion, cation and Li, density, and the share of the cell that ions other than Li fill."""
    table = element_table()
    anions = anion_amounts(amounts)
    li = amounts[:, table.index.get_loc("Li")]
    others = amounts.copy()
    others[:, table.index.get_loc("Li")] = 0
    filled = (
        4
        / 3
        * np.pi
        * (
            (others - anions) @ table["ionic_radius"].to_numpy(float) ** 3
            + anions @ table["anion_radius"].to_numpy(float) ** 3
        )
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        found = {
            "atoms_per_cell": amounts.sum(axis=1),
            "volume_per_atom": volume / amounts.sum(axis=1),
            "volume_per_anion": volume / anions.sum(axis=1),
            "volume_per_framework_atom": volume / others.sum(axis=1),
            "li_per_volume": li / volume,
            "density": amounts @ table["atomic_mass"].to_numpy(float) * ANGSTROM3_TO_CM3_TIMES_U_TO_G / volume,
            "filled_share": filled / volume,
            "free_volume_per_li": (volume - filled) / li,
        }
    return {name: np.where(np.isfinite(values), values, np.nan) for name, values in found.items()}
