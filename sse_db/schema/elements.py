"""Chemical elements and the properties that descriptors are made from."""

from __future__ import annotations

from sse_db.columns import column
from sse_db.schema.base import Row


class Element(Row, table=True):
    """A chemical element with the properties that the chemical descriptors average. Installed by a migration."""

    __tablename__ = "elements"

    symbol: str = column("Symbol", unique=True)
    atomic_number: int = column("Atomic number", ge=1, le=118, unique=True)
    atomic_mass_u: float = column("Standard atomic mass", ge=0, le=400)
    atomic_mass_source: str = column("Source of the mass", provenance=True)
    electronegativity_pauling: float | None = column("Electronegativity, Pauling scale", default=None, ge=0, le=4.5)
    electronegativity_source: str | None = column("Source of the electronegativity", default=None, provenance=True)
    polarizability_au: float | None = column(
        "Static dipole polarizability of the neutral atom, atomic units", default=None, ge=0, le=1000
    )
    polarizability_uncertainty_au: float | None = column("Its uncertainty, atomic units", default=None, ge=0, le=1000)
    polarizability_source: str | None = column("Source of the polarizability", default=None, provenance=True)
