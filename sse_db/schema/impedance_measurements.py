"""Conductivities, one row per sample, contribution and temperature."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column, rule
from sse_db.schema.base import QuantityRow
from sse_db.temperatures import NEAR_ROOM_C, ROOM_TEMPERATURE_C, ZERO_CELSIUS_K
from sse_db.vocabulary import Confidence, Contribution, ContributionBasis, Relation, TemperatureBasis, ValueBasis

NEAR_ROOM = f"temperature_c >= {NEAR_ROOM_C[0]:g} AND temperature_c <= {NEAR_ROOM_C[1]:g}"
IN_VIEWS = "value_basis IN ('measured', 'digitised')"
EITHER = "(value_basis = 'measured' OR value_basis = 'digitised')"
"""The same for PostgreSQL, which stores a list of words in another way once the column has got its collation."""


class ImpedanceMeasurement(QuantityRow, table=True):
    """One conductivity of one sample. Natural key: sample, contribution, temperature, its basis and the replicate;
    a missing temperature equals a missing one."""

    __tablename__ = "impedance_measurements"
    natural_key: ClassVar[tuple[str, ...]] = (
        "sample_id",
        "contribution",
        "temperature_c",
        "temperature_basis",
        "replicate_label",
    )
    __table_args__ = (
        sa.Index(
            "uq_impedance_measurements_natural_key",
            *natural_key,
            unique=True,
            sqlite_where=sa.text("temperature_c IS NOT NULL"),
            postgresql_where=sa.text("temperature_c IS NOT NULL"),
        ),
        sa.Index(
            "uq_impedance_measurements_natural_key_without_temperature",
            *(name for name in natural_key if name != "temperature_c"),
            unique=True,
            sqlite_where=sa.text("temperature_c IS NULL"),
            postgresql_where=sa.text("temperature_c IS NULL"),
        ),
        # what can stand for room temperature, in the order in which the view sample_conductivities chooses
        sa.Index(
            "ix_impedance_measurements_near_room",
            "sample_id",
            "contribution",
            sa.text("(CASE temperature_basis WHEN 'stated' THEN 0 ELSE 1 END)"),
            sa.text(f"abs(temperature_c - {ROOM_TEMPERATURE_C:g})"),
            sa.text("(CASE relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END)"),
            "temperature_c",
            "replicate_label",
            sqlite_where=sa.text(f"{NEAR_ROOM} AND {IN_VIEWS}"),
            postgresql_where=sa.text(f"{NEAR_ROOM} AND {EITHER}"),
        ),
        rule(
            "temperature_stated",
            "(temperature_c IS NULL) = (temperature_basis = 'not_stated')",
            says="a temperature is needed unless its basis is not_stated",
            column="temperature_c",
        ),
        rule(
            "room_temperature",
            f"temperature_basis <> 'room_temperature' OR temperature_c = {ROOM_TEMPERATURE_C:g}",
            says=f"a nominal room temperature is stored as {ROOM_TEMPERATURE_C:g} °C",
            column="temperature_c",
        ),
    )

    sample_id: int = column("Sample", references="samples.id", ondelete="CASCADE")
    contribution: Contribution = column("Part of the resistance the value belongs to", vocabulary=Contribution)
    contribution_basis: ContributionBasis = column(
        "Whether the source says which part", vocabulary=ContributionBasis, default=ContributionBasis.STATED
    )
    temperature_c: float | None = column(
        "Measuring temperature; 25 for a nominal room temperature", default=None, ge=-ZERO_CELSIUS_K, le=1500
    )
    temperature_basis: TemperatureBasis = column("How the source gives the temperature", vocabulary=TemperatureBasis)
    replicate_label: str = column(
        "Tells apart several values of one kind at one temperature; empty for the only one", default=""
    )
    conductivity_s_per_cm: float = column("Ionic conductivity", ge=1e-18, le=1e2)
    relation: Relation = column(
        "`=`, or how the number limits or approaches the conductivity", vocabulary=Relation, default=Relation.EQUAL
    )
    uncertainty_s_per_cm: float | None = column("Uncertainty that the source states", default=None, ge=0, le=1e2)
    value_basis: ValueBasis = column("How the value was obtained", vocabulary=ValueBasis, default=ValueBasis.MEASURED)
    source_location: str | None = column(
        "Place in the publication: table, figure, section", default=None, provenance=True
    )
    source_kind: str | None = column(
        "What was read: abstract, full text, table, compilation", default=None, provenance=True
    )
    source_url: str | None = column("Address of what was read", default=None, provenance=True)
    identity_basis: str | None = column(
        "`stated` where DOI or title stood beside the value, `inferred` where composition and value led to them",
        default=None,
        provenance=True,
    )
    compiled_via: str | None = column("Compilation that the value was read in, if any", default=None, provenance=True)
    confidence: Confidence | None = column(
        "How sure the curator is of the reading", default=None, vocabulary=Confidence, provenance=True
    )
