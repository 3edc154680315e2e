"""Points that cannot be an impedance spectrum of a solid electrolyte, and signs that nobody states."""

from __future__ import annotations

import numpy as np

from etl.spectra.points import FEWEST_POINTS, RawSpectrum
from sse_db.errors import UnreadableSource

MOSTLY = 0.9
HIGHEST_HZ, LOWEST_HZ = 1e12, 1e-7
FEWEST_DECADES = 1.0
LEAST_OF_DROP = 0.3


def require_plausible(spectrum: RawSpectrum, *, sign_is_stated: bool) -> None:
    """Refuse what is no spectrum; where nobody states the sign of Z'' take the capacitive reading, with a doubt.

    Raises UnreadableSource with the reason.
    """
    name = f"{spectrum.file_name}, {spectrum.section}" if spectrum.section else spectrum.file_name
    frequency, impedance = spectrum.frequency_hz, spectrum.impedance_ohm
    if len(frequency) < FEWEST_POINTS:
        raise UnreadableSource(f"{name}: {len(frequency)} points, a spectrum needs {FEWEST_POINTS}")
    if not (np.isfinite(frequency).all() and np.isfinite(impedance).all()):
        raise UnreadableSource(f"{name}: a number is missing or infinite")
    _require_frequencies(name, frequency)
    if np.mean(impedance.real < 0) > MOSTLY:
        raise UnreadableSource(f"{name}: Z' is negative throughout", "is the column −Z'? then write so in its header")
    if np.any(np.abs(impedance) == 0):
        raise UnreadableSource(f"{name}: an impedance of zero", "take the point out")
    _settle_sign(spectrum, name, sign_is_stated=sign_is_stated)
    _require_one_system(spectrum, name)


def _require_frequencies(name: str, frequency: np.ndarray) -> None:
    if np.any(frequency <= 0):
        raise UnreadableSource(f"{name}: a frequency of {frequency.min():g} Hz", "is the column a logarithm? give Hz")
    if frequency.max() > HIGHEST_HZ or frequency.min() < LOWEST_HZ:
        raise UnreadableSource(
            f"{name}: {frequency.min():.3g} to {frequency.max():.3g} Hz is no window of an impedance measurement"
        )
    if np.log10(frequency.max() / frequency.min()) < FEWEST_DECADES:
        raise UnreadableSource(
            f"{name}: {frequency.min():.4g} to {frequency.max():.4g} Hz is less than a decade",
            "are these frequencies in Hz?",
        )
    steps = np.abs(np.diff(np.sort(frequency)))
    if frequency.max() < 20 and len(steps) > 5 and np.std(steps) < 0.05 * np.mean(steps):
        raise UnreadableSource(
            f"{name}: frequencies in equal steps from {frequency.min():g} to {frequency.max():g}", "logarithms? give Hz"
        )


def _settle_sign(spectrum: RawSpectrum, name: str, *, sign_is_stated: bool) -> None:
    capacitive = float(np.mean(spectrum.impedance_ohm.imag < 0))
    if capacitive >= 1 - MOSTLY:
        if not sign_is_stated and capacitive < 0.5:
            spectrum.doubt(
                "sign",
                f"Z'' is positive at {1 - capacitive:.0%} of the points and no header states its sign",
                "--imaginary negative|positive says so",
            )
        return
    if sign_is_stated:
        raise UnreadableSource(
            f"{name}: inductive throughout (Z'' positive at {1 - capacitive:.0%} of the points)",
            "if the file holds −Z'': --imaginary negated",
        )
    spectrum.impedance_ohm = np.conj(spectrum.impedance_ohm)
    spectrum.doubt(
        "sign",
        "Z'' is positive throughout and nobody states its sign: taken as −Z'', so that the spectrum is capacitive",
        "if that is so: --imaginary negated; if not: --imaginary as-written",
    )


def _require_one_system(spectrum: RawSpectrum, name: str) -> None:
    """Refuse columns that cannot be Z' and Z'' of one body: by the Kramers–Kronig relations the drop of Z' over the
    window is at most about 2/π times the integral of −Z'' over ln ω (more only for what lies outside of it)."""
    order = np.argsort(spectrum.frequency_hz)
    logarithm, impedance = np.log(spectrum.frequency_hz[order]), spectrum.impedance_ohm[order]
    drop = float(impedance.real.max() - impedance.real.min())
    integral = float(2 / np.pi * np.trapezoid(np.abs(impedance.imag), logarithm))
    if integral < LEAST_OF_DROP * drop:
        raise UnreadableSource(
            f"{name}: Z' changes far more than Z'' allows (Kramers–Kronig)",
            "are the columns |Z| and phase, or mixed up?",
        )
