"""The matrix of OBELiX: composition statistics, cell, CIF and element profiles, and which columns form a block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.featurizers.cell import cell_features
from analysis.featurizers.composition import (
    CATION_PROFILE,
    DOPING,
    PROFILE,
    amounts_matrix,
    composition_features,
    element_table,
    profile_features,
    read_amounts,
    round_digits,
)
from analysis.featurizers.structure import STRUCTURE_FEATURES, structure_features
from analysis.obelix.reading import Obelix


@dataclass(frozen=True)
class Materials:
    """X (n × columns) of all rows, and the places of the columns of each block: ``features`` is what trees see,
    ``publisher`` what the publisher's forest sees (atoms of each element in the cell, space group, cell constants).

    ``remarks`` names every row whose formula or CIF had to be read in another way, or not at all.
    """

    X: np.ndarray
    blocks: dict[str, list[int]]
    remarks: list[str]


def build_materials(data: Obelix) -> Materials:
    """Compute everything that formula, cell and CIF say; nothing is learnt here and no conductivity is looked at."""
    rows, doubts = _settle_formulas(data.rows)
    composition, cell = composition_features(rows["formula"]), cell_features(rows)
    cif, unread = _read_structures(rows["id"], data.cifs)
    profiles = profile_features(rows["formula"])
    content = pd.DataFrame(amounts_matrix(rows["cell_formula"]), columns=list(element_table().index)).add_prefix(
        "cell_"
    )
    constants = rows.filter(regex="_angstrom$|_degree$").add_prefix("cell_")
    parts = [composition, cell, cif, profiles, content, constants]
    table = pd.concat([part.reset_index(drop=True) for part in parts], axis=1)
    blocks = {
        "features": [*composition, *cell, *cif],
        "profile": [*profiles.filter(regex=f"^{PROFILE}")],
        "shares": [*composition.filter(regex="^share_")],
        "space group": ["space_group"],
        "cation profile": [*profiles.filter(regex=f"^{CATION_PROFILE}")],
        "doping": [*DOPING],
        "cell": [*cell.filter(regex="^(?!is_group|centring)")],
        "cif": [*cif],
        "publisher": [*content, "space_group", *constants],
    }
    places = {name: _places(table, names) for name, names in blocks.items()}
    return Materials(round_digits(table.to_numpy(float)), places, doubts + unread)


def _places(table: pd.DataFrame, names: list[str]) -> list[int]:
    return [int(place) for place in table.columns.get_indexer(pd.Index(names))]


def _settle_formulas(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Rows with the content of the cell in place of a formula that cannot be read, and a remark on each of them."""
    refused = ~rows["formula"].map(read_amounts).astype(bool)
    cell_helps = refused & rows["cell_formula"].map(read_amounts).astype(bool)
    settled = rows.assign(
        formula=rows["formula"].mask(cell_helps, rows["cell_formula"]),
        formula_units=rows["formula_units"].mask(cell_helps, 1.0),
    )
    ways = np.where(cell_helps[refused], "its cell's content is taken", "its symbols are read as they stand")
    names = rows.loc[refused, ["id", "formula"]].itertuples(index=False)
    return settled, [f"{row.id}: {row.formula} is no formula, {way}" for row, way in zip(names, ways, strict=True)]


def _read_structures(ids: pd.Series, cifs: dict[str, str]) -> tuple[pd.DataFrame, list[str]]:
    """CIF features of every row, missing where there is no CIF or no structure in it, and a remark on the latter."""
    found: dict[str, dict[str, float]] = {}
    remarks = []
    for name in ids[ids.isin(list(cifs))]:
        try:
            found[name] = structure_features(cifs[name])
        except ValueError as error:
            found[name] = {}
            remarks.append(f"{name}: no structure in its CIF, predicted without it ({error})")
    table = pd.DataFrame.from_dict(found, orient="index").reindex(index=ids, columns=list(STRUCTURE_FEATURES))
    return table.astype(float).reset_index(drop=True), remarks
