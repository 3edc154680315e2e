"""Simulated impedance spectra whose truth is known, and whether that truth can be read from them at all.

Identifiable is decided here, before anything is fitted: every peak inside of the measured window, peaks at least one decade apart, and
each arc at least 5 % of the whole.
"""

from dataclasses import dataclass, field

import numpy as np

SEED = 20260
CELL_CONSTANT_PER_CM = 0.127  # a pellet 1 mm thick and 10 mm wide
LEAST_SEPARATION, LEAST_SHARE = 1.0, 0.05


@dataclass(frozen=True)
class Truth:
    """What a spectrum was made from; arcs as (resistance in ohm, time constant in s, exponent), fast ones first."""

    kind: str
    arcs: tuple[tuple[float, float, float], ...]
    noise: float
    has_tail: bool
    frequency_hz: np.ndarray = field(repr=False)
    impedance_ohm: np.ndarray = field(repr=False)

    @property
    def peaks_hz(self) -> list[float]:
        """Frequencies of the arcs' peaks."""
        return [1 / (2 * np.pi * tau) for _, tau, _ in self.arcs]

    @property
    def is_identifiable(self) -> bool:
        """Whether the arcs can be told apart and lie in the window."""
        low, high = self.frequency_hz.min(), self.frequency_hz.max()
        inside = all(low <= peak <= high for peak in self.peaks_hz)
        apart = all(
            fast / slow >= 10**LEAST_SEPARATION for fast, slow in zip(self.peaks_hz, self.peaks_hz[1:], strict=False)
        )
        whole = sum(r for r, _, _ in self.arcs)
        return inside and apart and all(r / whole >= LEAST_SHARE for r, _, _ in self.arcs)


def simulate_spectra(count: int, seed: int = SEED) -> list[Truth]:
    """`count` spectra: 70 % meant to be readable, 15 % with overlapping arcs, 15 % with an arc out of the window."""
    kinds = ["readable"] * 14 + ["overlapping"] * 3 + ["outside"] * 3
    generator = np.random.default_rng(seed)
    return [simulate_spectrum(generator, kinds[k % len(kinds)]) for k in range(count)]


def simulate_spectrum(generator: np.random.Generator, kind: str) -> Truth:
    """One spectrum of a kind; resistances follow from a bulk capacitance of 1 to 5 pF/cm and the place of the peak."""
    highest = 10 ** generator.uniform(6.0, 7.5)
    lowest = 10 ** generator.uniform(-1.0, 1.0)
    density = int(generator.integers(5, 9))
    frequency = np.geomspace(highest, lowest, int(np.log10(highest / lowest) * density) + 1)
    peaks, sizes = _draw_arcs(generator, kind, np.log10(lowest), np.log10(highest))
    capacitance = 10 ** generator.uniform(-12, -11.3) / CELL_CONSTANT_PER_CM
    first = 1 / (2 * np.pi * 10 ** peaks[0]) / capacitance
    arcs = tuple(
        (first * size / sizes[0], 1 / (2 * np.pi * 10**peak), generator.uniform(0.82, 1.0))
        for size, peak in zip(sizes, peaks, strict=True)
    )
    omega = 2 * np.pi * frequency
    impedance = sum(r / (1 + (1j * omega * tau) ** n) for r, tau, n in arcs)
    has_tail = bool(generator.random() < 0.5)
    if has_tail:
        size, tau, _ = arcs[-1]
        electrode = 10 ** generator.uniform(-7, -5) / CELL_CONSTANT_PER_CM
        crossing = min(1 / (size * electrode), 10**-2 / tau)
        impedance = impedance + size * (1j * omega / crossing) ** -generator.uniform(0.5, 0.95)
    noise = generator.uniform(0.005, 0.03)
    scatter = generator.normal(size=(2, len(frequency))) * noise * np.abs(impedance)
    return Truth(kind, arcs, noise, has_tail, frequency, impedance + scatter[0] + 1j * scatter[1])


def _draw_arcs(generator: np.random.Generator, kind: str, low: float, high: float) -> tuple[list[float], list[float]]:
    """log10 of the peak frequencies, fast one first, and the relative sizes."""
    two = kind == "overlapping" or bool(generator.random() < 0.6)
    if not two:
        peak = generator.uniform(low + 0.7, high - 0.7)
        if kind == "outside":
            peak = (
                generator.uniform(high + 0.3, high + 2)
                if generator.random() < 0.5
                else generator.uniform(low - 2, low - 0.3)
            )
        return [peak], [1.0]
    apart = generator.uniform(0.3, 0.9) if kind == "overlapping" else generator.uniform(1.0, 4.0)
    ratio = (
        10 ** generator.uniform(-0.7, 0.7)
        if kind == "overlapping"
        else 10 ** generator.uniform(-np.log10(19), np.log10(19))
    )
    fast = generator.uniform(min(low + apart + 0.7, high - 0.5), high - 0.5)
    if kind == "outside":
        fast = (
            generator.uniform(high + 0.3, high + 1)
            if generator.random() < 0.5
            else low - generator.uniform(0.3, 1) + apart
        )
    return [fast, fast - apart], [1.0, ratio]


OTHER_MODELS = ("distributed", "finite Warburg", "inductance", "Havriliak-Negami", "Gerischer")


def simulate_other(generator: np.random.Generator, model: str) -> Truth:
    """A spectrum of bulk, grain boundary and tail by another model than R‖CPE; `arcs` hold the true resistances and mean times.

    distributed: log-normal distributions of relaxation times; finite Warburg: grain boundary and a tanh diffusion arc below; inductance:
    leads in series; Havriliak-Negami: skewed arcs; Gerischer: the slow arc is a Gerischer impedance.
    """
    frequency = np.geomspace(10 ** generator.uniform(6.0, 7.0), 10 ** generator.uniform(-1.0, 1.0), 50)
    omega = 2 * np.pi * frequency
    low, high = np.log10(frequency.min()), np.log10(frequency.max())
    fast = generator.uniform(low + 3.5, high - 0.7)
    slow = fast - generator.uniform(1.5, 2.5)
    sizes = 10 ** generator.uniform(3.5, 6.0) * np.array([1.0, 10 ** generator.uniform(-0.7, 0.7)])
    taus = 1 / (2 * np.pi * 10 ** np.array([fast, slow]))
    exponents = generator.uniform(0.85, 1.0, 2)
    arcs = [size / (1 + (1j * omega * tau) ** n) for size, tau, n in zip(sizes, taus, exponents, strict=True)]
    extra = 0j
    if model == "distributed":
        widths = generator.uniform(0.5, 1.5, 2)
        arcs = [size * _spread(omega, tau, width) for size, tau, width in zip(sizes, taus, widths, strict=True)]
    elif model == "Havriliak-Negami":
        skews = generator.uniform(0.5, 0.9, 2)
        arcs = [
            size / (1 + (1j * omega * tau) ** 0.95) ** skew for size, tau, skew in zip(sizes, taus, skews, strict=True)
        ]
    elif model == "Gerischer":
        arcs[1] = sizes[1] / np.sqrt(1 + 1j * omega * taus[1])
    elif model == "finite Warburg":
        root = np.sqrt(1j * omega * taus[1] * 10 ** generator.uniform(1.5, 2.0))
        extra = sizes.sum() * 0.5 * np.tanh(root) / root
    elif model == "inductance":
        extra = 1j * omega * sizes[0] * taus[0] * 10 ** generator.uniform(-2.0, -1.0)
    impedance = sum(arcs) + extra
    if model != "finite Warburg":
        impedance = impedance + sizes[1] * (1j * omega * taus[1] * 1e3) ** -0.8
    noise = generator.uniform(0.005, 0.02)
    scatter = generator.normal(size=(2, len(frequency))) * noise * np.abs(impedance)
    truth = tuple((float(size), float(tau), 1.0) for size, tau in zip(sizes, taus, strict=True))
    return Truth(model, truth, noise, model != "finite Warburg", frequency, impedance + scatter[0] + 1j * scatter[1])


def _spread(omega: np.ndarray, tau: float, width: float) -> np.ndarray:
    """Debye relaxations whose ln τ is normal with a standard deviation of `width`."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(41)
    spread = 1 / (1 + 1j * omega[:, None] * tau * np.exp(width * nodes)[None, :])
    return (spread * weights).sum(axis=1) / weights.sum()
