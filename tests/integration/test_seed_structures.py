"""The structure files and the sheet of structural facts that ship with the project."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from support import seed_counts

from etl.pipeline import check_file
from etl.sheets.structure_facts import STRUCTURE_FACTS
from sse_db.materials.formulas import read_formula
from sse_db.materials.lattice import cell_volume
from sse_db.materials.structures import read_structure

EXPECTED: dict[str, tuple[str, float, float, float | None, str, tuple[float, float, float] | None]] = {
    "LLZO_cubic_1273_K": ("Ia-3d", 286.465, 4.868, 999.85, "ICSD 238685", None),
    "LLZO_tetragonal": ("I4_1/acd", 272.979, 5.108, None, "ICSD 246817", None),
    "Li0.3La0.567TiO3_673_K_P4_nbm_COD_7202542": ("P4/nbm", 58.762, 4.994, 399.85, "COD 7202542", (2.12, 4.0, 0.15)),
    "Li0.3La0.567TiO3_quenched_823_K_P4_nbm_COD_7202543": ("P4/nbm", 58.987, 4.974, 549.85, "COD 7202543", (2.1791, 4.0, 0.15)),
    "Li10GeP2S12_100_K_COD_7215190": ("P4_2/nmc", 470.926, 2.076, -173.15, "COD 7215190", (2.6416, 5.241, 0.6245)),
    "Li10SnP2S12_100_K_COD_4120994": ("P4_2/nmc", 482.736, 2.184, -173.15, "COD 4120994", (2.6041, 4.96, 0.5)),
    "Li2.88PO3.73N0.14_LiPON_relative_Pmnb_AMCSD_0013842": ("Pmnb", 78.738, 2.375, None, "AMCSD 0013842", (1.965, 3.87, 0.96)),
    "Li3.05Ge0.31P0.69O4_LISICON_COD_1538512": ("Pnma", 83.216, 2.576, None, "COD 1538512", (1.9943, 4.1051, 0.3394)),
    "Li3PO4_beta_low_Pmn2_1_AMCSD_0012673": ("Pmn2_1", 77.781, 2.472, None, "AMCSD 0012673", (1.971, 4.0, 1.0)),
    "Li3PO4_gamma_Pcmn_AMCSD_0012460": ("Pcmn", 79.124, 2.43, None, "AMCSD 0012460", (1.9699, 4.0, 1.0)),
    "Li3PO4_gamma_Pmnb_AMCSD_0012724": ("Pmnb", 78.828, 2.439, None, "AMCSD 0012724", (1.9618, 4.0, 1.0)),
    "Li3PO4_gamma_Pmnb_AMCSD_0013843": ("Pmnb", 78.649, 2.445, None, "AMCSD 0013843", (1.9647, 4.0, 1.0)),
    "Li6.5Si0.5P1.5O8_Li4SiO4_Li3PO4_COD_4124125": ("Pnma", 159.965, 2.424, 26.85, "COD 4124125", (1.984, 4.0845, 0.3601)),
    "LiSn2_PO4_3_triclinic_250_K_COD_4030888": ("P-1", 229.783, 3.825, -23.15, "COD 4030888", (2.1379, 5.0, 1.0)),
    "alpha_LiZr2_PO4_3_triclinic_COD_1520928": ("C-1", 252.633, 3.118, None, "COD 1520928", (2.1161, 4.0, 0.5)),
    "beta_LiZr2_PO4_3_monoclinic_COD_1520927": ("P12_1/n1", 243.863, 3.23, None, "COD 1520927", (2.0234, 4.0, 1.0)),
    "cubic_Li_perovskite_La0.55Li0.45Ti0.9Al0.1O3": ("Pm-3m", 57.947, 5.001, None, "ICSD 254045", None),
    "cubic_Li_perovskite_La0.65Li0.35Ti0.7Al0.3O3": ("Pm-3m", 57.486, 5.271, None, "ICSD 254047", None),
    "cubic_Li_perovskite_La0.7Li0.3Ti0.6Al0.4O3": ("Pm-3m", 56.942, 5.483, None, "ICSD 254048", None),
    "cubic_Li_perovskite_Li0.19La0.67Ti0.9Co0.1O3": ("Fm-3m", 58.687, 5.401, None, "ICSD 151535", None),
    "cubic_Li_perovskite_Li0.31La0.63Ti0.9Co0.1O3": ("Pm-3m", 58.615, 5.287, None, "ICSD 151533", None),
}  # fmt: skip
"""Space group, volume per formula unit (Å³), density (g/cm³), temperature (°C) and number in a collection; mean Li–anion
distance (Å), coordination and occupancy, of files with coordinates of their own, as averages of the distances listed with the facts give them."""


FORMULAS = {
    "LLZO": "Li7La3Zr2O12",
    "Li0.3La0.567TiO3": "Li0.3La0.567TiO3",
    "Li10GeP2S12": "Li10GeP2S12",
    "Li10SnP2S12": "Li10SnP2S12",
    "Li2.88PO3.73N0.14": "Li2.88PO3.73N0.14",
    "Li3.05Ge0.31P0.69O4": "Li3.05Ge0.31P0.69O4",
    "Li3PO4": "Li3PO4",
    "Li6.5Si0.5P1.5O8": "Li6.5Si0.5P1.5O8",
    "LiSn2": "LiSn2(PO4)3",
    "alpha": "LiZr2(PO4)3",
    "beta": "LiZr2(PO4)3",
}
"""What the sites of a file hold, by the first word of its name; that of a perovskite ends with its formula."""


def formula_of(name: str) -> str:
    return name.rsplit("_", 1)[1] if "perovskite" in name else FORMULAS[name.partition("_")[0]]


@pytest.fixture(scope="module")
def sheet(root: Path) -> list[dict[str, str]]:
    with (root / "seed_data" / "structure_facts.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_seed_has_these_files(root: Path) -> None:
    assert {path.stem for path in (root / "seed_data" / "structures").iterdir()} == set(EXPECTED)
    assert len(EXPECTED) == seed_counts.STRUCTURE_FILES


@pytest.mark.parametrize("name", EXPECTED)
def test_a_seed_file_gives_what_was_worked_out_with_its_facts(root: Path, name: str) -> None:
    text = (root / "seed_data" / "structures" / f"{name}.cif").read_text(encoding="utf-8")
    facts = read_structure(f"{name}.cif", text.encode())
    symbol, volume, density, temperature, number, lithium = EXPECTED[name]
    assert (facts.space_group_symbol, facts.temperature_c) == (symbol, pytest.approx(temperature))
    assert facts.cell_volume_angstrom3 == pytest.approx(volume, abs=6e-4)
    assert facts.density_g_per_cm3 == pytest.approx(density, abs=6e-4)
    assert facts.remarks == ()
    assert facts.amounts == pytest.approx(read_formula(formula_of(name)).amounts)
    assert facts.source_citation
    collection, code = number.split()
    found = {"COD": facts.cod_number, "ICSD": facts.icsd_number}
    assert found.get(collection) == code or f"_database_code_AMCSD {code}" in text
    if lithium:
        measured = (facts.li_neighbor_distance_angstrom, facts.li_coordination_number, facts.li_site_occupancy)
        assert measured == pytest.approx(lithium, abs=6e-5)


def test_the_sheet_of_facts_has_its_records_and_imports(root: Path, sheet: list[dict[str, str]]) -> None:
    assert list(sheet[0]) == [column.header for column in STRUCTURE_FACTS.columns]
    drafts = check_file(root / "seed_data" / "structure_facts.csv").drafts["structural_records"]
    assert len(drafts) == len(sheet) == seed_counts.SHEET_RECORDS


def test_nothing_is_given_that_the_records_cannot_know(sheet: list[dict[str, str]]) -> None:
    assert {row["Coordinates"] for row in sheet} == {"unknown"}
    assert not any(row["Li neighbour distance (Å)"] or row["Li coordination number"] for row in sheet)
    without_density = {row["ICSD number"] for row in sheet if not row["Density (g/cm³)"]}
    assert without_density == {"92234", "92235", "92237"}
    assert sum(bool(row["Li site occupancy"]) for row in sheet) == 45
    assert all(row["Source"] and row["Remark"] for row in sheet)


def test_volume_times_z_is_the_cell(sheet: list[dict[str, str]]) -> None:
    for row in sheet:
        constants = (row[f"{name} (Å)"] for name in "abc"), (row[f"{name} (°)"] for name in ("alpha", "beta", "gamma"))
        cell = cell_volume(*(float(value) for group in constants for value in group))
        volume = float(row["Volume per formula unit (Å³)"]) * float(row["Formula units"])
        assert cell == pytest.approx(volume, rel=1e-5), row["Record"]


def test_density_is_that_of_the_formula_but_for_refined_occupancies(sheet: list[dict[str, str]]) -> None:
    from pymatgen.core import Composition

    for row in sheet:
        if row["Density (g/cm³)"]:
            weight = Composition(read_formula(row["Formula"]).amounts).weight
            density = weight / 0.602214076 / float(row["Volume per formula unit (Å³)"])
            assert float(row["Density (g/cm³)"]) == pytest.approx(density, rel=0.01), row["Record"]
