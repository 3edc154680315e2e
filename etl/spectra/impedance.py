"""Columns of a table to an impedance in ohm: from two parts, modulus and phase, admittance or permittivity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.spectra.columns import IMPEDANCE_PAIRS, Column
from etl.spectra.points import Conditions
from sse_db.errors import UnreadableSource

VACUUM_PERMITTIVITY_F_PER_M = 8.8541878128e-12
MOST_DISAGREEMENT = 0.05


def to_impedance(
    values: dict[str, NDArray[np.float64]],
    columns: list[Column],
    conditions: Conditions,
    name: str,
    frequency: NDArray[np.float64],
    doubts: list[tuple[str, str]],
) -> tuple[NDArray[np.complex128], bool]:
    """The impedance in ohm from the best pair of columns, and whether the header states the sign of its imaginary
    part."""
    pair = next(each for each in IMPEDANCE_PAIRS if values.keys() >= set(each))
    first, second = values[pair[0]], values[pair[1]]
    negated = {column.quantity: column.is_negated for column in columns}[pair[1]]
    if pair[0] == "z_real":
        impedance = first + 1j * second
        if {"modulus", "phase"} <= values.keys():
            _compare(impedance, values["modulus"], values["phase"], name, doubts)
        return impedance, negated
    if pair[0] == "modulus":
        _require_degrees(second, columns, name)
        return np.asarray(first * np.exp(1j * second), dtype=np.complex128), negated
    if pair[0] == "y_real":
        return np.asarray(1 / (first + 1j * second), dtype=np.complex128), negated
    if conditions.thickness_mm is None or conditions.diameter_mm is None:
        raise UnreadableSource(
            f"{name}: a permittivity is no impedance without the geometry", "--thickness and --diameter in mm"
        )
    area, length = np.pi / 4 * (conditions.diameter_mm * 1e-3) ** 2, conditions.thickness_mm * 1e-3
    empty = VACUUM_PERMITTIVITY_F_PER_M * area / length
    return 1 / (2j * np.pi * frequency * empty * (first - 1j * np.abs(second))), True


def _require_degrees(phase: NDArray[np.float64], columns: list[Column], name: str) -> None:
    column = next(each for each in columns if each.quantity == "phase")
    if not column.states_unit:
        if np.max(np.abs(phase)) <= np.pi / 2 * 1.01 and np.max(np.abs(phase)) < 3:
            raise UnreadableSource(
                f"{name}: {column.header!r} names no unit: degrees or radians?", "write Phase (deg) or Phase (rad)"
            )
        phase *= np.pi / 180
    if np.max(np.abs(phase)) > np.pi * 1.01:
        raise UnreadableSource(f"{name}: {column.header!r} goes beyond 180°")


def _compare(
    impedance: NDArray[np.complex128],
    modulus: NDArray[np.float64],
    phase: NDArray[np.float64],
    name: str,
    doubts: list[tuple[str, str]],
) -> None:
    """Hold Z' and Z'' against |Z| and phase where the file has both."""
    if not modulus.any():
        return  # an export that leaves the column empty
    wrong = np.abs(np.abs(impedance) / np.where(modulus > 0, modulus, np.nan) - 1) > MOST_DISAGREEMENT
    if wrong.any():
        raise UnreadableSource(
            f"{name}: |Z| and Z', Z'' disagree at {int(wrong.sum())} of {len(wrong)} points", "is a column mixed up?"
        )
    radians = phase if np.max(np.abs(phase)) < 3.2 else phase * np.pi / 180
    same, opposite = (np.abs(np.angle(impedance * np.exp(-1j * sign * radians))) for sign in (1, -1))
    if np.median(same) > 0.1 and np.median(opposite) < 0.1:
        doubts.append(("phase-sign", "the phase has the opposite sign of Z'': that of Z'' is taken"))
    elif np.median(same) > 0.1:
        raise UnreadableSource(f"{name}: the phase does not belong to Z' and Z''", "is a column mixed up?")
