"""The project's own sheet of structural facts: one row per record, for structures without a file."""

from __future__ import annotations

from etl.sheets.base import SheetColumn, SheetMap, row_key_column

R = "structural_records"

STRUCTURE_FACTS = SheetMap(
    name="structure_facts",
    columns=(
        SheetColumn("Record", f"{R}.label", aliases=("record label", "structure", "structure label")),
        SheetColumn("Formula", "compositions.formula", aliases=("composition",)),
        SheetColumn("Space group", f"{R}.space_group_symbol", aliases=("sg",)),
        SheetColumn("Space group number", f"{R}.space_group_number", aliases=("space group #", "sg number")),
        SheetColumn("a", f"{R}.a_angstrom"),
        SheetColumn("b", f"{R}.b_angstrom"),
        SheetColumn("c", f"{R}.c_angstrom"),
        SheetColumn("alpha", f"{R}.alpha_degree", aliases=("α",)),
        SheetColumn("beta", f"{R}.beta_degree", aliases=("β",)),
        SheetColumn("gamma", f"{R}.gamma_degree", aliases=("γ",)),
        SheetColumn("Formula units", f"{R}.formula_units", aliases=("z",)),
        SheetColumn("Temperature", f"{R}.temperature_c", aliases=("t",)),
        SheetColumn("Density", f"{R}.density_g_per_cm3", aliases=("ideal density",)),
        SheetColumn("Volume per formula unit", f"{R}.cell_volume_angstrom3", aliases=("volume",)),
        SheetColumn("Li site occupancy", f"{R}.li_site_occupancy"),
        SheetColumn("Li neighbour distance", f"{R}.li_neighbor_distance_angstrom", aliases=("li-o distance",)),
        SheetColumn("Li coordination number", f"{R}.li_coordination_number"),
        SheetColumn("Coordinates", f"{R}.coordinates_basis"),
        SheetColumn("Match", f"{R}.match"),
        SheetColumn("Sample DOI", f"{R}.awaits_doi"),
        SheetColumn("Sample", f"{R}.awaits_sample_label", aliases=("sample label",)),
        SheetColumn("Source DOI", "publications.doi", aliases=("doi",)),
        SheetColumn("Source", f"{R}.source_citation", aliases=("citation",)),
        SheetColumn("Source URL", f"{R}.source_url"),
        SheetColumn("Place in the source", f"{R}.source_location", aliases=("place",)),
        SheetColumn("ICSD number", f"{R}.icsd_number", aliases=("icsd",)),
        SheetColumn("COD number", f"{R}.cod_number", aliases=("cod",)),
        SheetColumn("Remark", f"{R}.remark", aliases=("remarks", "note", "notes")),
        SheetColumn("Record key", f"{R}.record_key", meaning="Filled in by exports; leave it blank for a new record"),
    ),
    required=(f"{R}.label",),
    read_too=row_key_column(R),
)
