"""Activation energies that a paper reports, one row per sample and contribution."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column
from sse_db.schema.base import QuantityRow
from sse_db.vocabulary import Contribution, ContributionBasis, Relation


class ActivationEnergy(QuantityRow, table=True):
    """An activation energy that a source reports. Natural key: sample, contribution and replicate."""

    __tablename__ = "activation_energies"
    natural_key: ClassVar[tuple[str, ...]] = ("sample_id", "contribution", "replicate_label")
    __table_args__ = (sa.UniqueConstraint(*natural_key),)

    sample_id: int = column("Sample", references="samples.id", ondelete="CASCADE", index=False)
    contribution: Contribution = column("Part of the resistance it belongs to", vocabulary=Contribution)
    contribution_basis: ContributionBasis = column(
        "Whether the source says which part", vocabulary=ContributionBasis, default=ContributionBasis.STATED
    )
    replicate_label: str = column("Tells apart several of one kind, such as two temperature ranges", default="")
    activation_energy_ev: float = column("Activation energy as reported", ge=0, le=3)
    relation: Relation = column("How the number relates to the quantity", vocabulary=Relation, default=Relation.EQUAL)
    uncertainty_ev: float | None = column("Uncertainty that the source states", default=None, ge=0, le=3)
    source_location: str | None = column("Place in the publication", default=None, provenance=True)
