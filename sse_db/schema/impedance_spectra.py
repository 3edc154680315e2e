"""Impedance spectra: the points as they were measured, with their conditions."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column
from sse_db.schema.base import QuantityRow
from sse_db.temperatures import ZERO_CELSIUS_K
from sse_db.vocabulary import TemperatureBasis


class ImpedanceSpectrum(QuantityRow, table=True):
    """One impedance spectrum as it was measured: its points and conditions. Natural key: sample and
    ``spectrum_key``."""

    __tablename__ = "impedance_spectra"
    natural_key: ClassVar[tuple[str, ...]] = ("sample_id", "spectrum_key")
    __table_args__ = (sa.UniqueConstraint(*natural_key),)

    spectrum_key: str = column(
        "File hash and place in the file: what spectra are compared by, so that no file comes in twice", unique=True
    )
    sample_id: int = column("Sample", references="samples.id", ondelete="CASCADE", index=False)
    label: str = column(
        "Name of the spectrum: file name without suffix, with the sheet or section if there are several"
    )
    instrument: str | None = column("Program or instrument that wrote the file", default=None, provenance=True)
    measured_at: str | None = column("When it was measured, as the file says", default=None, provenance=True)
    temperature_c: float | None = column("Measuring temperature", default=None, ge=-ZERO_CELSIUS_K, le=1500)
    temperature_basis: TemperatureBasis = column(
        "How file, name or person gives the temperature",
        vocabulary=TemperatureBasis,
        default=TemperatureBasis.NOT_STATED,
    )
    pellet_diameter_mm: float | None = column("Diameter of the measured pellet", default=None, ge=0.1, le=200)
    pellet_thickness_mm: float | None = column("Thickness of the measured pellet", default=None, ge=0.001, le=200)
    point_count: int = column("Number of points", ge=10, le=100_000)
    lowest_frequency_hz: float = column("Lowest frequency", ge=1e-9, le=1e13)
    highest_frequency_hz: float = column("Highest frequency", ge=1e-9, le=1e13)
    points: str = column(
        "JSON object of three lists in the order of the file: frequency_hz, z_real_ohm, z_imaginary_ohm (negative "
        "where capacitive)"
    )
    reading: str | None = column(
        "JSON array: what was doubtful in the reading, such as a sign that nobody states", default=None, provenance=True
    )
    file_name: str = column("Name of the file", provenance=True)
    file_sha256: str = column("SHA-256 of the file's bytes, hexadecimal", index=True)
