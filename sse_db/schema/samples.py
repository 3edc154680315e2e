"""Samples: bodies that were made and measured."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column, rule
from sse_db.schema.base import QuantityRow
from sse_db.vocabulary import GrainSizeBasis, PhaseType, Relation, StructureClass, SynthesisMethod

RELATIONS = {"grain_size_um": "grain_size_relation", "relative_density_percent": "relative_density_relation"}
"""Columns whose number may be a limit, and the column that says so."""


class Sample(QuantityRow, table=True):
    """A body that was made and measured. Natural key: publication and label."""

    __tablename__ = "samples"
    natural_key: ClassVar[tuple[str, ...]] = ("publication_id", "label")
    __table_args__ = (
        sa.UniqueConstraint(*natural_key),
        rule(
            "additive_absent",
            "additive_present <> 0 OR coalesce(additive_wt_percent, 0) = 0",
            says="the additive is said to be absent, yet has a content",
            column="additive_wt_percent",
        ),
        rule(
            "grain_size_bounds",
            "grain_size_lower_um IS NULL OR grain_size_upper_um IS NULL OR grain_size_lower_um <= grain_size_upper_um",
            says="the lower end of the grain size is above the upper one",
            column="grain_size_lower_um",
        ),
    )

    publication_id: int = column("Publication that reports the sample", references="publications.id", index=False)
    composition_id: int | None = column(
        "Nominal composition without additive; NULL where the source gives no readable formula",
        default=None,
        references="compositions.id",
    )
    label: str = column("The source's own name for the sample")
    formula_as_written: str | None = column("Formula as the source writes it", default=None, provenance=True)
    structure_class: StructureClass | None = column(
        "Family of the crystal structure", default=None, vocabulary=StructureClass, index=True
    )
    structure_type: str | None = column("Structure type, as the source or a structure database names it", default=None)
    space_group_symbol: str | None = column(
        "Space group the source gives for the sample, Hermann–Mauguin", default=None
    )
    space_group_number: int | None = column(
        "Number of that space group, by which structures are compared; NULL for a symbol that no table has",
        default=None,
        ge=1,
        le=230,
    )
    phase_type: PhaseType | None = column("Crystal, glass ceramic or glass", default=None, vocabulary=PhaseType)
    additive_present: int | None = column(
        "1 with a sintering aid, second phase or excess lithium; 0 where the source says none; NULL where it is silent",
        default=None,
        check="additive_present IN (0, 1)",
        says="additive_present is 0, 1 or empty",
    )
    additive_formula: str | None = column("What was added, as the source writes it", default=None)
    additive_wt_percent: float | None = column("Content of the additive by mass", default=None, ge=0, le=100)
    synthesis_method: SynthesisMethod | None = column(
        "How the powder or body was made", default=None, vocabulary=SynthesisMethod
    )
    synthesis_method_text: str | None = column("The source's words for the synthesis", default=None, provenance=True)
    pellet_diameter_mm: float | None = column("Diameter of the measured pellet", default=None, ge=0.1, le=200)
    pellet_thickness_mm: float | None = column("Thickness of the measured pellet", default=None, ge=0.1, le=200)
    grain_size_um: float | None = column("Mean grain size of the sintered body", default=None, ge=1e-4, le=1e4)
    grain_size_relation: Relation | None = column(
        "`=`, or how the number limits or approaches the grain size; NULL without one",
        default=None,
        vocabulary=Relation,
    )
    grain_size_lower_um: float | None = column(
        "Lower end where the source gives a range", default=None, ge=1e-4, le=1e4
    )
    grain_size_upper_um: float | None = column(
        "Upper end where the source gives a range", default=None, ge=1e-4, le=1e4
    )
    grain_size_basis: GrainSizeBasis | None = column(
        "How the grain size came about", default=None, vocabulary=GrainSizeBasis
    )
    relative_density_percent: float | None = column(
        "Density of the body relative to the ideal density", default=None, ge=0, le=100
    )
    relative_density_relation: Relation | None = column(
        "`=`, or how the number limits or approaches the relative density; NULL without one",
        default=None,
        vocabulary=Relation,
    )
