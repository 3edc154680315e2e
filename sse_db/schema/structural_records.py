"""Structural records: cell, density and lithium environment of a structure, with or without coordinates."""

from __future__ import annotations

from typing import ClassVar

import sqlalchemy as sa

from sse_db.columns import column, rule
from sse_db.schema.base import QuantityRow
from sse_db.temperatures import ZERO_CELSIUS_K
from sse_db.vocabulary import CoordinatesBasis, StructureMatch, TemperatureBasis


class StructuralRecord(QuantityRow, table=True):
    """A crystal structure, or what is known of one. Natural key: ``record_key``."""

    __tablename__ = "structural_records"
    natural_key: ClassVar[tuple[str, ...]] = ("record_key",)
    __table_args__ = (
        # most records are linked to no sample: an index of them all would seem to find all records at once
        sa.Index(
            "ix_structural_records_sample_id",
            "sample_id",
            sqlite_where=sa.text("sample_id IS NOT NULL"),
            postgresql_where=sa.text("sample_id IS NOT NULL"),
        ),
        rule(
            "distance_needs_exact_coordinates",
            "coordinates_basis = 'exact' OR (li_neighbor_distance_angstrom IS NULL AND li_coordination_number IS NULL)",
            says="only exact coordinates give a Li distance or a coordination number",
            column="li_neighbor_distance_angstrom",
        ),
        rule(
            "volume_per_formula_unit_needs_z",
            "formula_units IS NOT NULL OR cell_volume_angstrom3 IS NULL OR unit_cell_volume_angstrom3 IS NULL",
            says="a volume per formula unit beside a cell needs Z",
            column="cell_volume_angstrom3",
        ),
    )

    record_key: str = column(
        "File hash and label of a file, source and label of a sheet row: what records are compared by", unique=True
    )
    label: str = column("Name of the record: file name without suffix, or the sheet's label")
    composition_id: int | None = column("Composition of the structure", default=None, references="compositions.id")
    sample_id: int | None = column(
        "Sample that the structure was determined on", default=None, references="samples.id", index=False
    )
    publication_id: int | None = column(
        "Publication that reports the structure", default=None, references="publications.id"
    )
    awaits_doi: str | None = column(
        "DOI of a sample that is not here yet; the record links when it comes", default=None
    )
    awaits_sample_label: str | None = column("Label of that sample", default=None)
    match: StructureMatch = column(
        "Whether it is of the very composition or of a neighbouring one",
        vocabulary=StructureMatch,
        default=StructureMatch.EXACT,
    )
    space_group_symbol: str | None = column("Space group, Hermann–Mauguin", default=None)
    space_group_number: int | None = column("Space group number", default=None, ge=1, le=230)
    a_angstrom: float | None = column("Cell edge a", default=None, ge=1, le=200)
    b_angstrom: float | None = column("Cell edge b", default=None, ge=1, le=200)
    c_angstrom: float | None = column("Cell edge c", default=None, ge=1, le=200)
    alpha_degree: float | None = column("Cell angle α", default=None, ge=10, le=170)
    beta_degree: float | None = column("Cell angle β", default=None, ge=10, le=170)
    gamma_degree: float | None = column("Cell angle γ", default=None, ge=10, le=170)
    formula_units: float | None = column(
        "Z: formula units, as the sample's source writes the formula, per cell", default=None, ge=0.01, le=1000
    )
    temperature_c: float | None = column(
        "Temperature of the structure determination", default=None, ge=-ZERO_CELSIUS_K, le=1500
    )
    temperature_basis: TemperatureBasis = column(
        "How the source gives that temperature", vocabulary=TemperatureBasis, default=TemperatureBasis.NOT_STATED
    )
    density_g_per_cm3: float | None = column("Ideal density from cell and content", default=None, ge=0.1, le=25)
    unit_cell_volume_angstrom3: float | None = column("Volume of the whole cell", default=None, ge=1, le=1e6)
    cell_volume_angstrom3: float | None = column("Volume per formula unit", default=None, ge=1, le=1e5)
    li_neighbor_distance_angstrom: float | None = column(
        "Mean distance from Li to its neighbouring anions", default=None, ge=1, le=5
    )
    li_site_occupancy: float | None = column("Li atoms per Li position", default=None, ge=0, le=1)
    li_coordination_number: float | None = column(
        "Anions around Li, mean over the Li content", default=None, ge=0, le=24
    )
    coordinates_basis: CoordinatesBasis = column(
        "What the coordinates are worth", vocabulary=CoordinatesBasis, default=CoordinatesBasis.EXACT
    )
    source_citation: str | None = column("Where the structure was published", default=None, provenance=True)
    source_url: str | None = column("Address of what was read", default=None, provenance=True)
    source_location: str | None = column("Place in the source", default=None, provenance=True)
    icsd_number: str | None = column(
        "Collection code in the Inorganic Crystal Structure Database", default=None, provenance=True
    )
    cod_number: str | None = column("Number in the Crystallography Open Database", default=None, provenance=True)
    cif_text: str | None = column("The structure file itself, as CIF", default=None)
    file_name: str | None = column("Name of the structure file", default=None, provenance=True)
    file_sha256: str | None = column("SHA-256 of the structure file's bytes, hexadecimal", default=None, index=True)
