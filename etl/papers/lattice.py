"""Lattice constants that a sheet gives for a sample: a structural record without coordinates."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from etl.cells.normalise import TypedRow
from etl.drafts import Draft, SampleKey
from etl.papers import assemble
from sse_db.materials.crystals.cell_content import doubt_size
from sse_db.materials.lattice import complete_cell
from sse_db.vocabulary import CoordinatesBasis, StructureMatch, TemperatureBasis

PART = "lattice"
"""Part of the columns that describe the cell of a row's sample."""


def draft_lattice(
    row: TypedRow, sample: SampleKey, parents: dict[str, Hashable], source_row: str, amounts: Mapping[str, float]
) -> Draft | None:
    """The structural record of a row's lattice constants, None where it gives none.

    Edges and angles that the space group's crystal system fixes are filled in. Where the row gives Z, ``amounts``, the
    atoms per formula unit, give density and volume per formula unit.
    """
    cells = assemble.columns_of(row, "structural_records", PART)
    if not cells:
        return None
    values, places = assemble.to_values(cells)
    values = complete_cell(values, row.value("samples.space_group_symbol"))
    values |= _content(values, amounts)
    label = row.value("samples.label")
    values |= {
        "label": f"{label}, lattice constants",
        "record_key": f"sample:{_key_text(sample)}",
        "coordinates_basis": str(CoordinatesBasis.UNKNOWN),
        "match": str(StructureMatch.EXACT),
        "temperature_basis": str(TemperatureBasis.NOT_STATED),
        "source_location": row.value("impedance_measurements.source_location"),
    }
    parents = {**parents, "sample_id": sample}
    remarks = (("z-doubtful", values["remark"]),) if values.get("remark") else ()
    return Draft(
        "structural_records",
        values["record_key"],
        values,
        parents=parents,
        cells=places,
        source_row=source_row,
        remarks=remarks,
    )


def _content(values: dict[str, Any], amounts: Mapping[str, float]) -> dict[str, Any]:
    """Density and volume per formula unit; nothing, and no Z, where Z is doubtful."""
    z, volume = values.get("formula_units"), values.get("unit_cell_volume_angstrom3")
    if z is None or volume is None or not amounts:
        return {}
    if doubt := doubt_size(z * sum(amounts.values()), z):
        return {"formula_units": None, "remark": f"{doubt}: no volume per formula unit"}
    from pymatgen.core import Composition
    from scipy.constants import atomic_mass

    density = z * float(Composition(amounts).weight) * atomic_mass * 1e3 / (volume * 1e-24)
    return {"density_g_per_cm3": round(density, 6), "cell_volume_angstrom3": round(volume / z, 6)}


def _key_text(sample: SampleKey) -> str:
    publication, label = sample
    return "|".join(str(part) for part in (*publication[1:], label) if part is not None)
