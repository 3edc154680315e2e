"""Compositions and the elements in them."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column
from sse_db.schema.base import CuratedRow


class Composition(CuratedRow, table=True):
    """A nominal composition. Natural key: the atomic fractions, rounded to 1e-4."""

    __tablename__ = "compositions"
    natural_key: ClassVar[tuple[str, ...]] = ("fingerprint",)

    formula: str = column("Formula, normalised so that pymatgen reads it; amounts as first written")
    reduced_formula: str = column("Formula reduced to its smallest whole amounts where there are any", index=True)
    fingerprint: str = column(
        "Atomic fractions rounded to 1e-4, sorted by symbol: what compositions are compared by", unique=True
    )


class CompositionElement(CuratedRow, table=True):
    """The amount of one element in a composition's formula."""

    __tablename__ = "composition_elements"
    natural_key: ClassVar[tuple[str, ...]] = ("composition_id", "element")
    __table_args__ = (sa.UniqueConstraint(*natural_key),)

    composition_id: int = column("Composition", references="compositions.id", ondelete="CASCADE", index=False)
    element: str = column("Symbol of the element", references="elements.symbol")
    amount: float = column("Atoms per formula unit of `compositions.formula`", ge=1e-6, le=1e6)
