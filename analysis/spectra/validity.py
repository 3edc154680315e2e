"""The Kramers–Kronig check before any fit: do real and imaginary part belong to one linear, causal, stable system?

The measurement model of Boukamp (J. Electrochem. Soc. 142, 1885 (1995)) is fitted linearly: a resistance, Voigt
elements with fixed time constants, a series capacitance and an inductance. Every such model obeys the relations, so
what it cannot follow violates them. An information criterion says how many elements are no noise; the ratio μ of
negative to positive resistances of Schönleber et al. (Electrochim. Acta 131, 20 (2014)) is told beside it: their
rule, to stop where μ first falls below 0.85, ends by chance at three elements on some noisy spectra.
"""

from dataclasses import dataclass

import numpy as np

from analysis.spectra.circuits import Complexes, Floats
from analysis.spectra.fitting import Spectrum

ACCURACY = 0.001
FURTHER = 3  # resistance, capacitance and inductance in series
LEAST_RESIDUAL = 0.02
SPREADS = 5.0
ELEMENTS_PER_DECADE = 6.0


@dataclass(frozen=True)
class KramersKronig:
    """Result of the check: the model's curve in ohm, relative residuals, and which points fail."""

    elements: int
    mu: float
    impedance_ohm: Complexes
    residuals: Complexes
    failing: np.ndarray

    @property
    def degrees_of_freedom(self) -> int:
        """Observations less parameters."""
        return max(2 * len(self.residuals) - self.elements - FURTHER, 1)

    @property
    def rms(self) -> float:
        """Root mean square of real and imaginary relative residuals."""
        return float(np.sqrt(np.mean(np.abs(self.residuals) ** 2) / 2))


def check_kramers_kronig(spectrum: Spectrum) -> KramersKronig:
    """Fit the measurement model and say which points do not follow it.

    A point fails where its residual is above 2 % and above five times the spread of all residuals (median absolute
    deviation).
    """
    omega, measured = 2 * np.pi * spectrum.frequency_hz, spectrum.impedance_ohm
    decades = np.log10(omega.max() / omega.min())
    most = int(min(len(omega) * 2 // 3, max(5, round(ELEMENTS_PER_DECADE * decades))))
    fits = [(elements, *_fit_elements(omega, measured, elements)) for elements in range(3, most + 1)]
    elements, curve, mu = min(fits, key=lambda fit: _criterion(fit[0], fit[1], measured))
    residuals = (measured - curve) / np.abs(measured)
    size = np.maximum(np.abs(residuals.real), np.abs(residuals.imag))
    spread = 1.4826 * float(np.median(size))
    return KramersKronig(elements, mu, curve, residuals, size > max(LEAST_RESIDUAL, SPREADS * spread))


def _criterion(elements: int, curve: Complexes, measured: Complexes) -> float:
    """Bayesian information criterion of a measurement model; what lies below the accuracy of instruments counts
    alike."""
    count = 2 * len(measured)
    variance = float(np.mean(np.abs((measured - curve) / measured) ** 2)) / 2 + ACCURACY**2
    return count * float(np.log(variance)) + (elements + FURTHER) * float(np.log(count))


def _fit_elements(omega: Floats, measured: Complexes, elements: int) -> tuple[Complexes, float]:
    taus = np.geomspace(1 / omega.max(), 1 / omega.min(), elements)
    voigt = 1 / (1 + 1j * omega[:, None] * taus[None, :])
    others = np.stack([np.ones_like(omega) + 0j, 1 / (1j * omega), 1j * omega], axis=1)
    columns = np.concatenate([voigt, others], axis=1)
    weighted = columns / np.abs(measured)[:, None]
    rows = np.concatenate([weighted.real, weighted.imag])
    norms = np.linalg.norm(rows, axis=0)
    target = np.concatenate([(measured / np.abs(measured)).real, (measured / np.abs(measured)).imag])
    sizes = np.linalg.lstsq(rows / norms, target, rcond=1e-10)[0] / norms
    resistances = sizes[:elements]
    negative, positive = -resistances[resistances < 0].sum(), resistances[resistances >= 0].sum()
    return columns @ sizes, float(1 - negative / max(positive, 1e-300))
