"""Lattice constants in a literature sheet: with Formula units they give density and volume of the sample's formula."""

import pytest
from support.command_line import run

HEADER = "DOI,Sample,Formula,Space group,a (Å),c (Å),Formula units,σ total (S/cm),T (°C)\n"
LATP = "10.5555/one.1,A,Li1.3Al0.3Ti1.7(PO4)3,R-3c,8.505,20.82,{z},1e-4,25\n"


@pytest.fixture
def here(tmp_path, home):
    return tmp_path


def descriptors(folder, row):
    (folder / "one.csv").write_text(HEADER + row, encoding="utf-8")
    outcome = run(folder, "import", "one.csv")
    assert outcome.returncode == 0, outcome.stdout
    sql = "SELECT density_g_per_cm3, cell_volume_angstrom3 FROM descriptors"
    line = run(folder, "query", sql, "-f", "csv").stdout.split()[1]
    return [float(value) if value else None for value in line.split(",")], outcome.stderr


def test_density_and_volume_follow_from_lattice_constants_and_formula_units(here):
    (density, volume), _ = descriptors(here, LATP.format(z=6))
    cell = 8.505**2 * 20.82 * 3**0.5 / 2
    weight = 1.3 * 6.94 + 0.3 * 26.9815 + 1.7 * 47.867 + 3 * (30.9738 + 4 * 15.999)
    assert volume == pytest.approx(cell / 6, abs=1e-4)
    assert density == pytest.approx(6 * weight * 1.66054 / cell, rel=1e-4)


def test_without_formula_units_neither_is_guessed(here):
    assert descriptors(here, LATP.format(z=""))[0] == [None, None]


def test_formula_units_that_take_the_cell_for_a_formula_are_told_and_not_used(here):
    row = "10.5555/one.1,A,Li42La18Zr12O72,,12.97,,1,1e-4,25\n".replace(",,12.97", ",Ia-3d,12.97")
    values, told = descriptors(here, row)
    assert values == [None, None]
    assert "Z = 1 takes the cell with its 144 atoms for a formula unit" in told
