"""Equivalent circuits fitted to spectra: parameters, errors, quality, and the conductivities they gave."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column
from sse_db.schema.base import QuantityRow
from sse_db.vocabulary import CircuitBasis, Weighting


class SpectrumFit(QuantityRow, table=True):
    """An equivalent circuit fitted to a spectrum. Natural key: spectrum and ``fit_key``."""

    __tablename__ = "spectrum_fits"
    natural_key: ClassVar[tuple[str, ...]] = ("spectrum_id", "fit_key")
    __table_args__ = (sa.UniqueConstraint(*natural_key),)

    fit_key: str = column("Circuit, weighting and points left out: what fits of a spectrum are compared by")
    spectrum_id: int = column("Spectrum", references="impedance_spectra.id", ondelete="CASCADE", index=False)
    circuit: str = column("Circuit from high to low frequency, such as (R1|Q1)-(R2|Q2)-Q3")
    circuit_basis: CircuitBasis = column("Who chose the circuit", vocabulary=CircuitBasis)
    weighting: Weighting = column("Weight of the residuals", vocabulary=Weighting)
    left_out: str | None = column("JSON array of frequencies in Hz whose points were left out on request", default=None)
    parameters: str = column(
        "JSON object: parameter to value, standard_error, low and high (95 %), its unit at the end of the name"
    )
    correlations: str | None = column(
        "JSON object of the parameters searched for and their correlation matrix", default=None
    )
    arcs: str = column("JSON array: contribution of each arc, from high to low frequency, why, and what is doubtful")
    doubts: str | None = column("JSON array: what the fit cannot tell or should not be trusted for", default=None)
    misfit_percent: float = column("Root mean square of the relative residuals", ge=0, le=1e4)
    kramers_kronig_percent: float | None = column(
        "Root mean square of the residuals of the Kramers–Kronig check", default=None, ge=0, le=1e4
    )
    points_failing: int | None = column("Points that fail the Kramers–Kronig check", default=None, ge=0, le=100_000)
    information_criterion: float | None = column("Bayesian information criterion", default=None)
    accepted_by: str | None = column("Who accepted the fit", default=None, provenance=True)
    software_version: str = column("Version of sse-db that fitted it", provenance=True)
    bulk_measurement_id: int | None = column(
        "Bulk conductivity that the fit gave", default=None, references="impedance_measurements.id", ondelete="SET NULL"
    )
    grain_boundary_measurement_id: int | None = column(
        "Grain-boundary conductivity that the fit gave",
        default=None,
        references="impedance_measurements.id",
        ondelete="SET NULL",
    )
    total_measurement_id: int | None = column(
        "Total conductivity that the fit gave",
        default=None,
        references="impedance_measurements.id",
        ondelete="SET NULL",
    )
    grain_boundary_conductivity_s_per_cm2: float | None = column(
        "Grain-boundary conductivity per area h_gb from the grain size", default=None, ge=1e-18, le=1e12
    )
    brick_layer_conductivity_s_per_cm: float | None = column(
        "Estimate of the specific grain-boundary conductivity from resistances and capacitances (brick layer)",
        default=None,
        ge=1e-24,
        le=1e2,
    )
