"""A folder as OBELiX users download it, small and made up: NASICONs, argyrodites and oxides from a few papers."""

import csv
import zipfile
from pathlib import Path
from typing import Any

COLUMNS = [
    "ID", "Reduced Composition", "Z", "True Composition", "Ionic conductivity (S cm-1)", "Space group #",
    "a", "b", "c", "alpha", "beta", "gamma", "DOI",
]  # fmt: skip
LI2O = """data_li2o
_cell_length_a 4.619
_cell_length_b 4.619
_cell_length_c 4.619
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'F m -3 m'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
Li1 Li 0.25 0.25 0.25 {occupancy}
O1 O 0 0 0 1
"""


def nasicon(x):
    """Li1+xAlxTi2-x(PO4)3, Z = 6, conductivity rising with x by three decades."""
    return f"Li{1 + x:.2f}Al{x:.2f}Ti{2 - x:.2f}(PO4)3", 6, 10 ** (-6 + 6 * x), 167, 8.5, 20.8, 120


def argyrodite(x):
    """Li6-xPS5-xCl1+x, Z = 4, about 1 mS/cm."""
    return f"Li{6 - x:.2f}PS{5 - x:.2f}Cl{1 + x:.2f}", 4, 10 ** (-3 + x), 216, 9.85, 9.85, 90


def oxide(_x):
    """Li2O: an insulator, told as a limit."""
    return "Li2O", 4, None, 225, 4.619, 4.619, 90


def write_folder(folder, *, papers=8, per_paper=4):
    """Write train.csv, test.csv and all_cifs.zip; every paper has one family, the last quarter of them is the test part.

    One row names two papers, and one formula is unreadable to pymatgen."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[list[list[Any]]] = []
    for paper in range(papers):
        family = (nasicon, argyrodite, nasicon, oxide)[paper % 4]
        rows.append([])
        for sample in range(per_paper):
            formula, z, sigma, group, a, c, gamma = family(0.05 + 0.01 * (paper * per_paper + sample))
            conductivity = "<1E-10" if sigma is None else f"{sigma:.3g}"
            cell = [a, a, c, 90, 90, gamma]
            rows[-1].append([f"{paper}x{sample}", formula, z, formula, conductivity, group, *cell, f"10.1/{paper}"])
    rows[0][0][-1] = "10.1/0|10.1/2"
    rows[1][0][1] = "Li5.7PS4.7Cl1.3·xH"
    _write_parts(folder, rows, papers * 3 // 4)
    with zipfile.ZipFile(folder / "all_cifs.zip", "w") as archive:
        archive.writestr("all_cifs/3x0.cif", LI2O.format(occupancy=1))
        archive.writestr("all_cifs/3x1.cif", "this is no structure")
    return folder


def _write_parts(folder: Path, rows, cut):
    for part, papers in (("train", rows[:cut]), ("test", rows[cut:])):
        with (folder / f"{part}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([COLUMNS, *(row for paper in papers for row in paper)])
