"""Equivalent circuits: up to three R‖CPE arcs in series, with or without series resistance, inductance and electrode.

Each arc is written R / (1 + (jωτ)^n) with τ = (R·Q)^(1/n): the logarithms of R and τ are far less correlated than R
and Q, which is why the search runs in them. The effective capacitance of a parallel pair is then τ/R (Brug et al., J.
Electroanal. Chem. 176, 275 (1984), equation for a CPE in parallel to its resistance).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Tail = Literal["none", "cpe", "warburg"]
Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

SMALLEST_EXPONENT, LARGEST_EXPONENT = 0.35, 1.0
MOST_ARCS = 3


@dataclass(frozen=True)
class Circuit:
    """A circuit by its parts; `code` spells it as the literature does, from high to low frequency."""

    arcs: int
    tail: Tail = "none"
    has_series: bool = False
    has_inductance: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.arcs <= MOST_ARCS:
            raise ValueError(f"{self.arcs} arcs: a circuit has 0 to {MOST_ARCS}")
        if not self.names:
            raise ValueError("a circuit without any part")

    @property
    def code(self) -> str:
        """Such as `R0-(R1|Q1)-(R2|Q2)-Q3`; `W` is an electrode whose exponent is held at one half."""
        parts = ["L0"] * self.has_inductance + ["R0"] * self.has_series
        parts += [f"(R{i}|Q{i})" for i in range(1, self.arcs + 1)]
        last = self.arcs + 1
        return "-".join(parts + {"none": [], "cpe": [f"Q{last}"], "warburg": [f"W{last}"]}[self.tail])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The parameters searched for, in the order of the vectors."""
        found = [name for i in range(1, self.arcs + 1) for name in (f"ln_R{i}", f"ln_tau{i}", f"n{i}")]
        found += {"none": [], "cpe": ["ln_tail", "n_tail"], "warburg": ["ln_tail"]}[self.tail]
        return tuple(found + ["series"] * self.has_series + ["ln_L"] * self.has_inductance)

    def position(self, name: str) -> int:
        """Where in the vector a parameter stands."""
        return self.names.index(name)


def parse_circuit(code: str) -> Circuit:
    """The circuit of a code such as `R0-(R1|Q1)-(R2|Q2)-Q3`; numbers and the order of the parts do not matter."""
    import re

    text = re.sub(r"[\s\d]", "", code.upper().replace("‖", "|").replace("CPE", "Q").replace("+", "-"))
    parts = [part for part in text.split("-") if part]
    arcs = sum(part in {"(R|Q)", "(RQ)", "(Q|R)", "P(R,Q)"} for part in parts)
    tails = [part for part in parts if part in {"Q", "W"}]
    known = arcs + len(tails) + parts.count("R") + parts.count("L")
    if (
        known != len(parts)
        or len(tails) > 1
        or parts.count("R") > 1
        or parts.count("L") > 1
        or arcs > MOST_ARCS
        or not parts
    ):
        raise ValueError(
            f"{code!r} is no circuit that can be fitted: up to three (R|Q), one Q or W, one R, one L, joined by '-'"
        )
    tail: Tail = "none" if not tails else "warburg" if tails[0] == "W" else "cpe"
    return Circuit(arcs, tail, "R" in parts, "L" in parts)


@dataclass(frozen=True)
class Window:
    """The measured frequencies and what the parameters are scaled with."""

    frequency_hz: Floats
    scale_ohm: float

    @cached_property
    def ln_omega(self) -> Floats:
        """ln of the angular frequency, with ω in rad/s."""
        return np.log(2 * np.pi * self.frequency_hz)

    @property
    def tail_reference(self) -> float:
        """ln ω at which the size of the electrode is searched for: where the lowest quarter of the window ends."""
        low, high = float(self.ln_omega.min()), float(self.ln_omega.max())
        return low + (high - low) / 8


def evaluate(circuit: Circuit, parameters: Floats, window: Window) -> tuple[Complexes, Complexes]:
    """Impedance in ohm (sets × points) and its derivatives (sets × points × parameters), for many sets of parameters
    at once."""
    sets = np.atleast_2d(parameters)
    ln_omega = window.ln_omega
    total = np.zeros((len(sets), len(ln_omega)), dtype=complex)
    slopes = np.zeros((*total.shape, sets.shape[1]), dtype=complex)
    for number in range(circuit.arcs):
        _add_arc(total, slopes, sets, ln_omega, 3 * number)
    if circuit.tail != "none":
        _add_tail(total, slopes, sets, ln_omega - window.tail_reference, 3 * circuit.arcs, circuit.tail == "cpe")
    if circuit.has_series:
        at = circuit.position("series")
        total += sets[:, at, None] * window.scale_ohm
        slopes[:, :, at] = window.scale_ohm
    if circuit.has_inductance:
        at = circuit.position("ln_L")
        reactance = 1j * np.exp(sets[:, at, None] + ln_omega)
        total += reactance
        slopes[:, :, at] = reactance
    return total, slopes


def _add_arc(total: Complexes, slopes: Complexes, sets: Floats, ln_omega: Floats, at: int) -> None:
    ln_r, ln_tau, n = (sets[:, at + k, None] for k in range(3))
    phase = ln_omega + ln_tau + 0.5j * np.pi
    power = np.exp(n * phase)
    arc = np.exp(ln_r) / (1 + power)
    share = arc * power / (1 + power)
    total += arc
    slopes[:, :, at], slopes[:, :, at + 1], slopes[:, :, at + 2] = arc, -n * share, -phase * share


def _add_tail(total: Complexes, slopes: Complexes, sets: Floats, ln_omega: Floats, at: int, has_exponent: bool) -> None:
    phase = ln_omega + 0.5j * np.pi
    n = sets[:, at + 1, None] if has_exponent else np.full((len(sets), 1), 0.5)
    tail = np.exp(sets[:, at, None] - n * phase)
    total += tail
    slopes[:, :, at] = tail
    if has_exponent:
        slopes[:, :, at + 1] = -phase * tail


def limits(circuit: Circuit, window: Window) -> tuple[Floats, Floats]:
    """The lowest and the highest value of each parameter: two decades beyond the window in τ, and exponents up to 1."""
    ln10 = np.log(10.0)
    size, low, high = np.log(window.scale_ohm), float(window.ln_omega.min()), float(window.ln_omega.max())
    bounds = {
        "ln_R": (size - 9 * ln10, size + 4 * ln10),
        "ln_tau": (-high - 2 * ln10, -low + 2 * ln10),
        "n": (SMALLEST_EXPONENT, LARGEST_EXPONENT),
        "ln_tail": (size - 12 * ln10, size + 4 * ln10),
        "n_tail": (SMALLEST_EXPONENT, LARGEST_EXPONENT),
        "series": (0.0, 10.0),
        "ln_L": (size - high - 9 * ln10, size - high + 2 * ln10),
    }
    found = [bounds[name.rstrip("123")] for name in circuit.names]
    return np.array([b[0] for b in found]), np.array([b[1] for b in found])
