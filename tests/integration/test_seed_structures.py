"""The structure files and the sheet of structural facts that ship with the project."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.pipeline import check_file
from etl.sheets.structure_facts import STRUCTURE_FACTS
from sse_db.materials.formulas import read_formula
from sse_db.materials.lattice import cell_volume
from sse_db.materials.structures import read_structure

EXPECTED = {
    "LLZO_cubic_1273_K": ("Ia-3d", 286.465, 4.868, 999.85),
    "LLZO_tetragonal": ("I4_1/acd", 272.979, 5.108, None),
    "cubic_Li_perovskite_La0.55Li0.45Ti0.9Al0.1O3": ("Pm-3m", 57.947, 5.001, None),
    "cubic_Li_perovskite_La0.65Li0.35Ti0.7Al0.3O3": ("Pm-3m", 57.486, 5.271, None),
    "cubic_Li_perovskite_La0.7Li0.3Ti0.6Al0.4O3": ("Pm-3m", 56.942, 5.483, None),
    "cubic_Li_perovskite_Li0.19La0.67Ti0.9Co0.1O3": ("Fm-3m", 58.687, 5.401, None),
    "cubic_Li_perovskite_Li0.31La0.63Ti0.9Co0.1O3": ("Pm-3m", 58.615, 5.287, None),
}
"""Space group, volume per formula unit (Å³), density (g/cm³) and temperature (°C), worked out with the facts."""


@pytest.fixture(scope="module")
def sheet(root: Path) -> list[dict[str, str]]:
    with (root / "seed_data" / "structure_facts.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_seed_has_these_seven_files(root: Path) -> None:
    assert {path.stem for path in (root / "seed_data" / "structures").iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_seed_file_gives_what_was_worked_out_with_its_facts(root: Path, name: str) -> None:
    facts = read_structure(f"{name}.cif", (root / "seed_data" / "structures" / f"{name}.cif").read_bytes())
    symbol, volume, density, temperature = EXPECTED[name]
    assert (facts.space_group_symbol, facts.temperature_c) == (symbol, temperature)
    assert facts.cell_volume_angstrom3 == pytest.approx(volume, abs=6e-4)
    assert facts.density_g_per_cm3 == pytest.approx(density, abs=6e-4)
    assert facts.remarks == ()
    stated = name.rsplit("_", 1)[1] if "perovskite" in name else "Li7La3Zr2O12"
    assert facts.amounts == pytest.approx(read_formula(stated).amounts)


def test_the_sheet_of_facts_has_33_records_and_imports(root: Path, sheet: list[dict[str, str]]) -> None:
    assert list(sheet[0]) == [column.header for column in STRUCTURE_FACTS.columns]
    drafts = check_file(root / "seed_data" / "structure_facts.csv").drafts["structural_records"]
    assert len(drafts) == len(sheet) == 33


def test_nothing_is_given_that_the_records_cannot_know(sheet: list[dict[str, str]]) -> None:
    assert {row["Coordinates"] for row in sheet} == {"unknown"}
    assert not any(row["Li neighbour distance (Å)"] or row["Li coordination number"] for row in sheet)
    without_density = {row["ICSD number"] for row in sheet if not row["Density (g/cm³)"]}
    assert without_density == {"92234", "92235", "92237"}
    assert sum(bool(row["Li site occupancy"]) for row in sheet) == 22
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
