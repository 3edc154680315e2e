"""Processing steps of a sample in their order, from milling to annealing."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column
from sse_db.schema.base import QuantityRow
from sse_db.vocabulary import Operation


class ProcessingStep(QuantityRow, table=True):
    """One step of making a sample, in order. Natural key: sample and position."""

    __tablename__ = "processing_steps"
    natural_key: ClassVar[tuple[str, ...]] = ("sample_id", "position")
    __table_args__ = (sa.UniqueConstraint(*natural_key),)

    sample_id: int = column("Sample", references="samples.id", ondelete="CASCADE", index=False)
    position: int = column("Place in the order of steps, from 1", ge=1, le=100)
    operation: Operation = column("What was done", vocabulary=Operation)
    operation_text: str | None = column("The source's words for it", default=None, provenance=True)
    temperature_c: float | None = column("Temperature of the step", default=None, ge=0, le=2500)
    duration_h: float | None = column("Dwell time at that temperature", default=None, ge=0, le=1000)
    atmosphere: str | None = column("Atmosphere, as the source names it", default=None)
    pressure_mpa: float | None = column("Mechanical or gas pressure", default=None, ge=0, le=1e5)
