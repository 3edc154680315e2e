"""From stored or fresh records to curves: the fitted impedance, each arc alone, and residuals, as frames that figures
draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.spectra.circuits import Complexes, Floats

ARC_POINTS = 80


@dataclass(frozen=True)
class Curves:
    """`points`: frequency_hz, z_real_ohm, minus_z_imaginary_ohm, modulus_ohm, phase_degree and their fitted_…,
    residuals in percent and is_left_out; `arcs`: arc, part, z_real_ohm, minus_z_imaginary_ohm in the order of a line;
    `tops`: one row per arc, where its name stands."""

    points: pd.DataFrame
    arcs: pd.DataFrame
    tops: pd.DataFrame


def evaluate_record(record: Mapping[str, Any], frequency_hz: Floats) -> Complexes:
    """The impedance in ohm of a stored fit: its parameters by their names."""
    omega = 2 * np.pi * np.asarray(frequency_hz, dtype=float)
    values = _values(record)
    total = np.full(len(omega), values.get("R0_ohm", 0.0), dtype=complex) + 1j * omega * values.get("L0_h", 0.0)
    for number in arc_numbers(record):
        total += _arc(values, number, omega)
    last = len(arc_numbers(record)) + 1
    if f"Q{last}_s" in values:
        total += 1 / (values[f"Q{last}_s"] * (1j * omega) ** values[f"n{last}"])
    return total


def arc_numbers(record: Mapping[str, Any]) -> list[int]:
    """Numbers of the arcs of a stored fit, the fastest first."""
    return [k for k in range(1, 10) if f"R{k}_ohm" in record["parameters"]]


def curves_of(
    frequency_hz: Sequence[float] | Floats,
    impedance_ohm: Sequence[complex] | Complexes,
    record: Mapping[str, Any] | None,
) -> Curves:
    """Everything that a figure of a spectrum shows; without a record the points alone."""
    frequency, impedance = np.asarray(frequency_hz, dtype=float), np.asarray(impedance_ohm, dtype=complex)
    points = _columns("", impedance).assign(frequency_hz=frequency, is_left_out=False)
    if record is None:
        empty = pd.DataFrame(columns=["arc", "part", "z_real_ohm", "minus_z_imaginary_ohm"])
        return Curves(points.sort_values("frequency_hz", ignore_index=True), empty, empty)
    fitted = evaluate_record(record, frequency)
    residuals = 100 * (impedance - fitted) / np.abs(impedance)
    left_out = set(record.get("left_out") or [])
    points = points.join(_columns("fitted_", fitted)).assign(
        residual_real_percent=residuals.real,
        residual_imaginary_percent=residuals.imag,
        is_left_out=[f in left_out for f in frequency.tolist()],
    )
    arcs, tops = _arcs(record, frequency)
    return Curves(points.sort_values("frequency_hz", ignore_index=True), arcs, tops)


def _values(record: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(each["value"]) for name, each in record["parameters"].items() if each["value"] is not None}


def _arc(values: Mapping[str, float], number: int, omega: Floats) -> Complexes:
    arc = values[f"R{number}_ohm"] / (1 + (1j * omega * values[f"tau{number}_s"]) ** values[f"n{number}"])
    return np.asarray(arc, dtype=np.complex128)


def _columns(prefix: str, impedance: Complexes) -> pd.DataFrame:
    return pd.DataFrame(
        {
            f"{prefix}z_real_ohm": impedance.real,
            f"{prefix}minus_z_imaginary_ohm": -impedance.imag,
            f"{prefix}modulus_ohm": np.abs(impedance),
            f"{prefix}phase_degree": np.degrees(np.angle(impedance)),
        }
    )


def _arcs(record: Mapping[str, Any], frequency: Floats) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each arc on its own, begun where the faster ones end, over the measured window and half a decade beyond."""
    values = _values(record)
    omega = 2 * np.pi * np.geomspace(frequency.max() * 3, frequency.min() / 3, ARC_POINTS)
    begin, lines, tops = values.get("R0_ohm", 0.0), [], []
    for number, said in zip(arc_numbers(record), record["arcs"], strict=True):
        curve = begin + _arc(values, number, omega)
        part = said["contribution"].replace("_", " ")
        lines.append(
            pd.DataFrame(
                {
                    "arc": number,
                    "part": f"{number} {part}",
                    "place": range(ARC_POINTS),
                    "z_real_ohm": curve.real,
                    "minus_z_imaginary_ohm": -curve.imag,
                }
            )
        )
        top = int(np.argmax(-curve.imag))
        tops.append(
            {
                "arc": number,
                "part": f"{number} {part}",
                "z_real_ohm": curve[top].real,
                "minus_z_imaginary_ohm": -curve[top].imag,
            }
        )
        begin += values[f"R{number}_ohm"]
    columns = ["arc", "part", "z_real_ohm", "minus_z_imaginary_ohm"]
    return pd.concat(lines, ignore_index=True) if lines else pd.DataFrame(columns=columns), pd.DataFrame(
        tops, columns=columns
    )
