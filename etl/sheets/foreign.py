"""Columns that a mapping file may fill: those of the literature sheet, and what only other people's sheets hold."""

from __future__ import annotations

from etl.sheets.base import SheetColumn, SheetMap
from etl.sheets.literature import EA, LITERATURE, SIGMA

R = "structural_records"

FOREIGN = SheetMap(
    name="foreign",
    columns=(
        *LITERATURE.columns,
        SheetColumn("σ unspecified", SIGMA, part="unspecified", aliases=("sigma unspecified",)),
        SheetColumn("Ea unspecified", EA, part="unspecified"),
        SheetColumn("b", f"{R}.b_angstrom", part="lattice", aliases=("lattice b", "b axis")),
        SheetColumn("alpha", f"{R}.alpha_degree", part="lattice", aliases=("α",)),
        SheetColumn("beta", f"{R}.beta_degree", part="lattice", aliases=("β",)),
        SheetColumn("gamma", f"{R}.gamma_degree", part="lattice", aliases=("γ",)),
        SheetColumn("Formula units", f"{R}.formula_units", part="lattice", aliases=("z", "formula units per cell")),
        SheetColumn(
            "Space group number",
            f"{R}.space_group_number",
            part="lattice",
            aliases=("space group #", "sg number", "space group no."),
        ),
    ),
    required=("samples.label",),
)
