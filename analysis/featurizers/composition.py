"""What a formula alone says: element properties over a composition, who is anion and who is cation, charge and mixing.

Everything is a matrix product over the whole table: amounts (rows × elements) times properties (elements × properties).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from sse_db.errors import UnreadableFormula
from sse_db.materials.anions import ANION_CHARGES, is_anion
from sse_db.materials.formulas import guess_amounts, read_formula

HEAVIEST = 96
WHOLE = 0.005
"""Distance from a whole number that is rounding of a formula."""
PROPERTIES = {
    "electronegativity": "X",
    "atomic_radius": "atomic_radius",
    "ionic_radius": "ionic_radius",
    "mendeleev_number": "mendeleev_no",
    "period": "row",
    "group": "group",
    "atomic_mass": "atomic_mass",
    "ionisation_energy": "ionization_energy",
    "electron_affinity": "electron_affinity",
    "melting_point": "melting_point",
    "molar_volume": "molar_volume",
    "valence_electrons": "valence_electrons",
    "oxidation_state": "max_common_oxidation_state",
    "anion_radius": "anion_radius",
}
FAMILIES = {
    "alkali": ("Na", "K", "Rb", "Cs"),
    "alkaline_earth": ("Be", "Mg", "Ca", "Sr", "Ba"),
    "rare_earth": ("Sc", "Y", "La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu"),
    "group_4": ("Ti", "Zr", "Hf"),
    "group_5": ("V", "Nb", "Ta"),
    "group_6": ("Cr", "Mo", "W"),
    "late_transition": ("Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Cd", "Ag"),
    "group_13": ("Al", "Ga", "In", "Tl"),
    "group_14": ("Si", "Ge", "Sn", "Pb"),
    "group_15": ("P", "As", "Sb", "Bi"),
}
DOPING = (
    "li_off_whole",
    "fractional_valences",
    "valence_off_whole",
    "valence_mixing_entropy",
    "fractional_elements",
    "fractional_cations",
    "cation_charge_off_whole",
    "li_per_cation_off_whole",
    "li_per_anion",
    "charge_surplus_per_anion",
    "cation_mixing_entropy",
    "medium_cation_oxidation_state_spread",
    "small_cation_oxidation_state_spread",
    "cation_oxidation_state_spread",
)
"""Statistics of how far a formula is from a stoichiometric parent."""
PROFILE, CATION_PROFILE = "profile_", "cation_profile_"
DIGITS = 9
NOTHING = 1e-12
"""Below it a value is what rounding left of zero."""
CATION_SIZES = {"small": (0.0, 0.6), "medium": (0.6, 0.95), "large": (0.95, 9.0)}
"""Ionic radius in Å: tetrahedral network formers, octahedral cations, large cations."""


@lru_cache(maxsize=1)
def element_table() -> pd.DataFrame:
    """Properties of the elements H to Cm as pymatgen has them, ordered by atomic number; gaps take the median."""
    from pymatgen.core import Element

    rows = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pymatgen says which values it lacks
        for number in range(1, HEAVIEST + 1):
            element = Element.from_Z(number)
            rows[element.symbol] = {name: _property(element, source) for name, source in PROPERTIES.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").astype(float)
    return table.fillna(table.median())


def _property(element: Any, source: str) -> float:
    if source == "max_common_oxidation_state":
        return float(max(element.common_oxidation_states, default=0))
    if source in ("ionic_radius", "anion_radius"):
        states = element.common_oxidation_states or (0,)
        state = max(states) if source == "ionic_radius" else min(states)
        return float(element.ionic_radii.get(state) or element.average_ionic_radius or float("nan"))
    if source == "valence_electrons":
        return float(element.group if element.group <= 12 else element.group - 10)
    value = getattr(element, source)
    return float("nan") if value is None else float(value)


@lru_cache(maxsize=100_000)
def read_amounts(formula: str) -> Mapping[str, float]:
    """Element to amount per formula as an import reads it; empty where it is no formula, or has elements beyond
    ``element_table``.

    >>> read_amounts("Li1.3Al0.3Ti1.7(PO4)3")
    {'Li': 1.3, 'Al': 0.3, 'Ti': 1.7, 'P': 3.0, 'O': 12.0}
    >>> read_amounts("LLZO")
    {}
    """
    try:
        amounts = read_formula(formula).amounts
    except UnreadableFormula:
        return {}
    return amounts if set(amounts) <= set(element_table().index) else {}


def amounts_matrix(formulas: Iterable[str]) -> np.ndarray:
    """Amounts per formula, rows × elements of ``element_table``; guessed where it is no formula, zeros if all fails."""
    names = element_table().index
    frame = pd.DataFrame([read_amounts(formula) or guess_amounts(formula) for formula in formulas], columns=names)
    return frame.fillna(0.0).to_numpy(float)


def anion_amounts(amounts: np.ndarray) -> np.ndarray:
    """The part of the amounts that are anions: halides, O, chalcogenides, nitrides, and hydrogen where there is no O.

    Chalcogens, N and I beside enough oxygen are centres of oxo anions; hydrogen beside oxygen is a proton.
    """
    place = {name: number for number, name in enumerate(element_table().index)}
    anions = np.zeros_like(amounts)
    oxygen = amounts[:, place["O"]]
    for name in ANION_CHARGES:
        column = amounts[:, place[name]]
        anions[:, place[name]] = np.where(is_anion(name, column, oxygen), column, 0.0)
    return anions


def _statistics(weights: np.ndarray, label: str, names: Iterable[str] = PROPERTIES) -> dict[str, np.ndarray]:
    """Weighted mean, mean deviation, lowest, highest and range of element properties; NaN where no weight is."""
    total = weights.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = weights / total
    empty = total[:, 0] == 0
    present = weights > 0
    found = {}
    for name in names:
        values = element_table()[name].to_numpy(float)
        mean = shares @ values
        low = np.where(present, values, np.inf).min(axis=1)
        high = np.where(present, values, -np.inf).max(axis=1)
        low, high = np.where(empty, np.nan, low), np.where(empty, np.nan, high)
        found[f"{label}_{name}_mean"] = mean
        found[f"{label}_{name}_spread"] = (shares * np.abs(values - mean[:, None])).sum(axis=1)
        found[f"{label}_{name}_low"] = low
        found[f"{label}_{name}_high"] = high
        found[f"{label}_{name}_range"] = high - low
    return found


def _entropy(weights: np.ndarray) -> np.ndarray:
    """Entropy of mixing, −Σ x ln x."""
    total = weights.sum(axis=1, keepdims=True)
    shares = weights / np.where(total > 0, total, 1)
    return -(shares * np.log(np.where(shares > 0, shares, 1))).sum(axis=1)


def composition_features(formulas: Iterable[str]) -> pd.DataFrame:
    """Composition statistics, one row per formula, in the order given; NaN where a formula lacks what is asked for."""
    amounts = amounts_matrix(formulas)
    anions = anion_amounts(amounts)
    lithium = np.zeros_like(amounts)
    place = element_table().index.get_loc("Li")
    lithium[:, place] = amounts[:, place]
    cations = amounts - anions - lithium
    columns = {
        **_ratios(amounts, anions, cations, lithium.sum(axis=1)),
        **_shares(amounts, anions, cations),
        **_statistics(amounts, "all"),
        **_statistics(cations, "cation"),
        **_statistics(anions, "anion", ("electronegativity", "anion_radius")),
        **_size_classes(cations, anions),
        **_doping(amounts, anions, cations),
    }
    return pd.DataFrame(columns).replace([np.inf, -np.inf], np.nan)


def _ratios(amounts: np.ndarray, anions: np.ndarray, cations: np.ndarray, li: np.ndarray) -> dict[str, np.ndarray]:
    """Li content, and what charge balance asks of the other cations."""
    total, n_anions, n_cations = amounts.sum(axis=1), anions.sum(axis=1), cations.sum(axis=1)
    charges = np.array([-ANION_CHARGES.get(name, 0) for name in element_table().index])
    typical = cations @ element_table()["oxidation_state"].to_numpy(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        needed = anions @ charges - li
        return {
            "li_ratio": li / total,
            "li_per_anion": li / n_anions,
            "li_per_cation": li / n_cations,
            "cations_per_anion": n_cations / n_anions,
            "cation_charge_needed": needed / n_cations,
            "charge_surplus_per_anion": (typical - needed) / n_anions,
            "elements": (amounts > 0).sum(axis=1).astype(float),
            "mixing_entropy": _entropy(amounts),
            "cation_mixing_entropy": _entropy(cations),
            "anion_mixing_entropy": _entropy(anions),
        }


def _shares(amounts: np.ndarray, anions: np.ndarray, cations: np.ndarray) -> dict[str, np.ndarray]:
    """Shares of elements in all atoms, of each anion among anions, and of families among cations other than Li."""
    names = list(element_table().index)
    with np.errstate(invalid="ignore", divide="ignore"):
        in_all = amounts / amounts.sum(axis=1, keepdims=True)
        in_anions = anions / anions.sum(axis=1, keepdims=True)
        in_cations = cations / cations.sum(axis=1, keepdims=True)
    shares = {f"share_{name}": in_all[:, number] for number, name in enumerate(names)}
    shares |= {f"anion_share_{name}": in_anions[:, names.index(name)] for name in ANION_CHARGES}
    for family, members in FAMILIES.items():
        shares[f"cation_share_{family}"] = in_cations[:, [names.index(name) for name in members]].sum(axis=1)
    return shares


def _size_classes(cations: np.ndarray, anions: np.ndarray) -> dict[str, np.ndarray]:
    """Cations by size: how many per anion, and their mean radius and electronegativity."""
    radius = element_table()["ionic_radius"].to_numpy(float)
    found: dict[str, np.ndarray] = {}
    for label, (low, high) in CATION_SIZES.items():
        chosen = cations * ((radius >= low) & (radius < high))
        with np.errstate(invalid="ignore", divide="ignore"):
            found[f"{label}_cations_per_anion"] = chosen.sum(axis=1) / anions.sum(axis=1)
        statistics = _statistics(chosen, f"{label}_cation", ("ionic_radius", "electronegativity", "oxidation_state"))
        found |= {name: values for name, values in statistics.items() if name.endswith(("_mean", "_spread"))}
    return found


def _doping(amounts: np.ndarray, anions: np.ndarray, cations: np.ndarray) -> dict[str, np.ndarray]:
    """How far a formula is from a stoichiometric parent: its distance from whole numbers, and aliovalent mixing.

    A parent such as Li3PO4 or Li4SiO4 has no carriers to spare; Li3.5Si0.5P0.5O4 between them has, Li3P0.5V0.5O4 has
    not: cations are also added up by valence, so that isovalent mixing counts for nothing.
    """
    valences = element_table()["oxidation_state"].to_numpy(float)
    by_valence = np.stack([cations[:, valences == valence].sum(axis=1) for valence in range(1, 8)], axis=1)
    li = amounts[:, element_table().index.get_loc("Li")]
    off = distance_from_integer(amounts)
    charges = np.array([-ANION_CHARGES.get(name, 0) for name in element_table().index])
    with np.errstate(invalid="ignore", divide="ignore"):
        needed = (anions @ charges - li) / cations.sum(axis=1)
        per_cation = li / cations.sum(axis=1)
    return {
        "li_off_whole": distance_from_integer(li),
        "fractional_elements": (off > WHOLE).sum(axis=1).astype(float),
        "fractional_cations": ((off > WHOLE) & (cations > 0)).sum(axis=1).astype(float),
        "fractional_anions": ((off > WHOLE) & (anions > 0)).sum(axis=1).astype(float),
        "fractional_valences": (distance_from_integer(by_valence) > WHOLE).sum(axis=1).astype(float),
        "valence_off_whole": distance_from_integer(by_valence).max(axis=1),
        "valence_mixing_entropy": _entropy(by_valence),
        "atoms_per_formula": amounts.sum(axis=1),
        "cation_charge_off_whole": distance_from_integer(needed),
        "li_per_cation_off_whole": distance_from_integer(per_cation),
        "li_between_halves": distance_from_integer(2 * per_cation),
    }


def distance_from_integer(values: np.ndarray) -> np.ndarray:
    """Distance from the next whole number; NaN where there is no finite value."""
    finite = np.where(np.isfinite(values), values, np.nan)
    return np.abs(finite - np.round(finite))


def element_profile(formulas: Iterable[str], *, cations_only: bool = False) -> np.ndarray:
    """Cumulative shares along Pettifor's order of the elements, rows × elements; of cations other than Li if asked.

    The city-block distance of two rows is the earth mover's distance of two compositions on that scale, in places of
    the order (ElMD, doi 10.1021/acs.chemmater.0c03381).
    """
    amounts = amounts_matrix(formulas)
    if cations_only:
        amounts = amounts - anion_amounts(amounts)
        amounts[:, element_table().index.get_loc("Li")] = 0
    order = np.argsort(element_table()["mendeleev_number"].to_numpy(float), kind="stable")
    total = amounts.sum(axis=1, keepdims=True)
    return np.cumsum((amounts / np.where(total > 0, total, 1))[:, order], axis=1)


def profile_features(formulas: Iterable[str]) -> pd.DataFrame:
    """Element profiles of all atoms and of cations other than Li, one row per formula."""
    formulas = list(formulas)
    return pd.concat(
        [
            pd.DataFrame(element_profile(formulas)).add_prefix(PROFILE),
            pd.DataFrame(element_profile(formulas, cations_only=True)).add_prefix(CATION_PROFILE),
        ],
        axis=1,
    )


def round_digits(values: np.ndarray) -> np.ndarray:
    """Values to DIGITS significant digits: the last bits of sums differ between processors (with and without AVX-512),
    and trees and support vectors would make hundredths of a decade of them.

    >>> round_digits(np.array([1 / 3, -1e-7 / 3, 0.0, np.nan])).tolist()
    [0.333333333, -3.33333333e-08, 0.0, nan]

    A sum that ought to be nothing is nothing, not 3e-16 on one processor and -1e-16 on another:

    >>> round_digits(np.array([0.1 + 0.2 - 0.3])).tolist()
    [0.0]
    """
    values = np.where(np.abs(values) < NOTHING, 0.0, values)
    sized = np.isfinite(values) & (values != 0)
    exponents = np.floor(np.log10(np.abs(values, where=sized, out=np.ones_like(values))))
    powers = 10.0 ** (DIGITS - 1 - exponents)
    return np.where(sized, np.round(values * powers) / powers, values)
