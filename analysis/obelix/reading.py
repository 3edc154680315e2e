"""The folder of OBELiX as its users download it, to one frame of materials; nothing is dropped."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import numpy as np
import pandas as pd

from sse_db.errors import NotFound, UnreadableSource

Limits = Literal["replaced", "bound"]
LIMITS: tuple[Limits, ...] = ("replaced", "bound")
DECIMALS = 9
"""Of logarithms, whose last bit differs between processors."""
REPLACEMENT = 1e-15
"""S/cm that the publisher's own loader puts in place of every limit."""
CONDUCTIVITY = "Ionic conductivity (S cm-1)"
NUMBERS = {
    "Z": "formula_units",
    "Space group #": "space_group_number",
    "a": "a_angstrom",
    "b": "b_angstrom",
    "c": "c_angstrom",
    "alpha": "alpha_degree",
    "beta": "beta_degree",
    "gamma": "gamma_degree",
}
TEXTS = {"ID": "id", "Reduced Composition": "formula", "True Composition": "cell_formula", "DOI": "doi"}
PARTS = ("train", "test")
STRUCTURES = "all_cifs.zip"
HINT = "the folder holds train.csv, test.csv and all_cifs.zip of OBELiX, https://github.com/NRC-Mila/OBELiX"


@dataclass(frozen=True)
class Obelix:
    """All rows, training part first: ``rows`` (id, formula, cell, doi, part, log10_conductivity in S/cm, is_limit),
    ``groups`` (integers, one per set of rows tied by DOIs), and the text of the CIF of those ids that have one."""

    rows: pd.DataFrame
    groups: np.ndarray
    cifs: dict[str, str]

    def target(self, limits: Limits) -> np.ndarray:
        """log10 σ (S/cm) of every row, a limit as 1e-15 (``replaced``) or at its bound."""
        y = self.rows["log10_conductivity"].to_numpy(float)
        return np.where(self.rows["is_limit"], np.log10(REPLACEMENT), y) if limits == "replaced" else y

    def places(self, part: str) -> np.ndarray:
        """Positions of the rows of a part, ``train`` or ``test``."""
        return np.flatnonzero(self.rows["part"] == part)


def read_obelix(folder: Path) -> Obelix:
    """Read the folder; raises NotFound where it is not there, UnreadableSource where it holds something else."""
    if not folder.is_dir():
        raise NotFound(f"there is no folder {folder}", HINT)
    rows = pd.concat([_read_part(folder, part) for part in PARTS], ignore_index=True)
    return Obelix(rows, group_by_doi(rows["doi"]), _read_cifs(folder / STRUCTURES))


def _read_part(folder: Path, part: str) -> pd.DataFrame:
    path = folder / f"{part}.csv"
    if not path.is_file():
        raise UnreadableSource(f"{folder} holds no {path.name}", HINT)
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise UnreadableSource(f"{path.name} is no table: {error}", HINT) from error
    lacking = [name for name in (*TEXTS, *NUMBERS, CONDUCTIVITY) if name not in table]
    if lacking:
        raise UnreadableSource(f"{path.name} lacks the columns {', '.join(lacking)}", HINT)
    texts = table[list(TEXTS)].rename(columns=TEXTS).apply(lambda column: column.str.strip())
    numbers = table[list(NUMBERS)].rename(columns=NUMBERS).apply(pd.to_numeric, errors="coerce")
    return pd.concat([texts, numbers, _read_conductivity(table[CONDUCTIVITY], path.name)], axis=1).assign(part=part)


def _read_conductivity(cells: pd.Series, file: str) -> pd.DataFrame:
    stripped = cells.str.strip()
    values = pd.to_numeric(stripped.str.removeprefix("<"), errors="coerce")
    unusable = ~(values > 0)
    if unusable.any():
        first = int(np.flatnonzero(unusable)[0])
        raise UnreadableSource(
            f"{file}, row {first + 2}: the conductivity {cells.iloc[first]!r} is no positive number"
            + (f", and {unusable.sum() - 1} more" if unusable.sum() > 1 else ""),
            "a conductivity is a number in S/cm, or < and a number",
        )
    return pd.DataFrame(
        {"log10_conductivity": np.round(np.log10(values), DECIMALS), "is_limit": stripped.str.startswith("<")}
    )


def group_by_doi(dois: pd.Series) -> np.ndarray:
    """Integers, equal for rows that share a DOI, directly or through rows that name several (joined by ``|``)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    blank = dois.str.strip() == ""
    named = dois.str.lower().mask(blank, "row " + pd.Series(range(len(dois)), index=dois.index).astype(str))
    pairs = named.reset_index(drop=True).str.split("|").explode().str.strip()
    codes = pd.factorize(pairs)[0]
    size = len(dois) + int(codes.max()) + 1
    edges = coo_array((np.ones(len(pairs)), (pairs.index.to_numpy(), codes + len(dois))), shape=(size, size))
    return np.asarray(connected_components(edges, directed=False)[1][: len(dois)])


def _read_cifs(path: Path) -> dict[str, str]:
    """Name without suffix to text. The archive is optional: rows without a CIF are predicted too."""
    if not path.is_file():
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            members = [PurePosixPath(name) for name in archive.namelist() if name.endswith(".cif")]
            return {name.stem: archive.read(str(name)).decode("utf-8", "replace") for name in members}
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableSource(f"{path.name} is no zip archive: {error}", HINT) from error
