"""A spectrum on its way from a file: points, conditions, and what was doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sse_db.errors import Problem
from sse_db.vocabulary import TemperatureBasis

FEWEST_POINTS = 10


@dataclass(frozen=True, slots=True)
class Conditions:
    """Temperature in °C with its basis, lengths of the pellet in mm, time as the file writes it; None where nobody
    says."""

    temperature_c: float | None = None
    temperature_basis: TemperatureBasis = TemperatureBasis.NOT_STATED
    thickness_mm: float | None = None
    diameter_mm: float | None = None
    measured_at: str | None = None


@dataclass(slots=True)
class RawSpectrum:
    """One spectrum of a file: ``section`` is the sheet or the number in the file, empty where there is just one."""

    file_name: str
    file_sha256: str
    section: str
    instrument: str
    frequency_hz: NDArray[np.float64]
    impedance_ohm: NDArray[np.complex128]
    conditions: Conditions = field(default_factory=Conditions)
    doubts: list[Problem] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Name of the spectrum: the file's without suffix, with the section if there are several."""
        stem = self.file_name.rsplit(".", 1)[0]
        return f"{stem} {self.section}" if self.section else stem

    @property
    def key(self) -> str:
        """What the spectrum is known by: hash of the file and section."""
        return f"{self.file_sha256}#{self.section}" if self.section else self.file_sha256

    def doubt(self, code: str, message: str, hint: str = "") -> None:
        """Note something that a person should look at."""
        self.doubts.append(Problem(self.file_name, message, code, hint, sheet=self.section or None, severity="doubt"))
