"""Known answers for the Li descriptors, on ideal structures built from radii and symmetry alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from pymatgen.core import Lattice, Structure

from sse_db.materials.anions import anion_radius
from sse_db.materials.li_environment import FARTHEST, LITHIUM_RADIUS, choose_shell, describe_lithium
from sse_db.materials.structures import read_structure

LI_O = LITHIUM_RADIUS + anion_radius("O")
LI_CL = LITHIUM_RADIUS + anion_radius("Cl")
CUBIC = "Pm-3m"


def rock_salt(anion: str) -> Structure:
    edge = 2 * (LITHIUM_RADIUS + anion_radius(anion))
    return Structure.from_spacegroup("Fm-3m", Lattice.cubic(edge), ["Li", anion], [[0, 0, 0], [0.5, 0.5, 0.5]])


def antifluorite() -> Structure:
    lattice = Lattice.cubic(4 * LI_O / 3**0.5)
    return Structure.from_spacegroup("Fm-3m", lattice, ["O", "Li"], [[0, 0, 0], [0.25, 0.25, 0.25]])


def layered_rock_salt() -> Structure:
    """Li and Co in alternate planes of a cubic close packing: z(O) = 1/4 and c/a = 2√6 leave the octahedra regular."""
    edge = 2 * LI_O / 2**0.5
    lattice = Lattice.hexagonal(edge, edge * 2 * 6**0.5)
    return Structure.from_spacegroup("R-3m", lattice, ["Co", "Li", "O"], [[0, 0, 0], [0, 0, 0.5], [0, 0, 0.25]])


def perovskite(lithium: list[float]) -> Structure:
    """ABO3 with Li0.3La0.6 on A, or Li beside it."""
    places = [lithium, [0.5, 0.5, 0.5], [0.5, 0.5, 0]]
    return Structure.from_spacegroup(CUBIC, Lattice.cubic(3.87), [{"Li": 0.3}, "Ti", "O"], places)


def antiperovskite() -> Structure:
    places = [[0.5, 0.5, 0], [0.5, 0.5, 0.5], [0, 0, 0]]
    return Structure.from_spacegroup(CUBIC, Lattice.cubic(2 * LI_O), ["Li", "O", "Cl"], places)


def lithium_nitride() -> Structure:
    """All positions are special: the cell alone decides."""
    places = [[0, 0, 0.5], [1 / 3, 2 / 3, 0], [0, 0, 0]]
    return Structure.from_spacegroup("P6/mmm", Lattice.hexagonal(3.648, 3.875), ["Li", "Li", "N"], places)


def nasicon(
    lithium: dict[str, tuple[float, list[float]]] | None = None, cation: dict[str, float] | None = None
) -> Structure:
    """The NASICON framework with coordinates rounded to 0.01; its tetrahedra and octahedra are tested below."""
    lithium = lithium or {"6b": (1.0, [0, 0, 0])}
    species: list[object] = [{"Li": amount} for amount, _ in lithium.values()]
    places = [place for _, place in lithium.values()]
    species += [cation or "Ti", "P", "O", "O"]
    places += [[0, 0, 0.14], [0.29, 0, 0.25], [0.19, 0.0, 0.19], [0.19, 0.17, 0.08]]
    return Structure.from_spacegroup("R-3c", Lattice.hexagonal(8.51, 20.85), species, places)


def garnet(root: Path, *, labels: tuple[str, ...] = ("Li1", "Li2"), octahedral: str = "Zr") -> Structure:
    """Cubic LLZO of the seed, with the Li sites of these labels only."""
    from pymatgen.io.cif import CifParser

    text = (root / "seed_data" / "structures" / "LLZO_cubic_1273_K.cif").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("Li") or line.split()[0] in labels]
    text = "\n".join(lines).replace("Zr1 Zr", f"{octahedral}1 {octahedral}")
    return CifParser.from_str(text, check_cif=False).parse_structures(primitive=False, on_error="ignore")[0]


def test_the_nasicon_framework_is_made_of_tetrahedra_and_octahedra() -> None:
    structure = nasicon()
    oxygens = structure.indices_from_symbol("O")
    for symbol, count, reach in (("P", 4, 1.8), ("Ti", 6, 2.3)):
        for place in structure.indices_from_symbol(symbol):
            near = [structure.get_distance(place, oxygen) < reach for oxygen in oxygens]
            assert sum(near) == count, symbol


@pytest.mark.parametrize(
    ("structure", "number"),
    [
        pytest.param(nasicon, 6, id="LiTi2(PO4)3"),
        pytest.param(partial(perovskite, [0, 0, 0]), 12, id="perovskite A site"),
        pytest.param(partial(perovskite, [0.5, 0, 0]), 4, id="perovskite window"),
        pytest.param(antifluorite, 4, id="Li2O"),
        pytest.param(partial(rock_salt, "Cl"), 6, id="LiCl"),
        pytest.param(partial(rock_salt, "H"), 6, id="LiH, where H is the anion"),
        pytest.param(layered_rock_salt, 6, id="LiCoO2"),
        pytest.param(antiperovskite, 6, id="Li3OCl: two O and four Cl"),
        pytest.param(lithium_nitride, 8 / 3, id="Li3N: two N along c, three in the plane"),
    ],
)
def test_coordination_number_of_ideal_structures(structure: Callable[[], Structure], number: float) -> None:
    assert describe_lithium(structure()).coordination_number == pytest.approx(number)


@pytest.mark.parametrize(
    ("structure", "distance"),
    [
        pytest.param(antifluorite, LI_O, id="Li2O"),
        pytest.param(partial(rock_salt, "Cl"), LI_CL, id="LiCl"),
        pytest.param(layered_rock_salt, LI_O, id="LiCoO2"),
        pytest.param(partial(perovskite, [0, 0, 0]), 3.87 / 2**0.5, id="perovskite A site"),
        pytest.param(antiperovskite, (2 * LI_O + 4 * LI_O * 2**0.5) / 6, id="Li3OCl"),
    ],
)
def test_distance_of_ideal_structures(structure: Callable[[], Structure], distance: float) -> None:
    assert describe_lithium(structure()).neighbor_distance == pytest.approx(distance)


@pytest.mark.parametrize(
    ("tetrahedral", "octahedral", "number"),
    [
        pytest.param(0.433, 0.475, (10.392 * 4 + 45.6 * 6) / 55.992, id="as refined at 1273 K"),
        pytest.param(14 / 15, 0.35, 5.2, id="two fifths of the Li on 24d"),
    ],
)
def test_garnet_sites_are_averaged_by_their_lithium(
    root: Path, tetrahedral: float, octahedral: float, number: float
) -> None:
    structure = garnet(root)
    for site in structure:
        if site.label in ("Li1", "Li2"):
            site.species = {"Li": tetrahedral if site.label == "Li1" else octahedral}
    assert describe_lithium(structure).coordination_number == pytest.approx(number)
    assert describe_lithium(garnet(root, labels=("Li1",))).coordination_number == pytest.approx(4)


def test_the_centre_of_an_oxo_anion_is_no_neighbour(root: Path) -> None:
    with_zirconium, with_tellurium = (describe_lithium(garnet(root, octahedral=each)) for each in ("Zr", "Te"))
    assert with_tellurium.coordination_number == pytest.approx(with_zirconium.coordination_number)


def test_a_proton_is_no_neighbour_and_a_hydride_is() -> None:
    """O–H along c beside Li: the proton lies within reach of Li, but is bonded to O."""
    lattice = Lattice.cubic(8)
    places = [[0, 0, 0], [0.25, 0, 0], [0.25, 0, 0.12]]
    hydroxide = describe_lithium(Structure(lattice, ["Li", "O", "H"], places))
    assert hydroxide.coordination_number == pytest.approx(1)
    hydride = describe_lithium(Structure(lattice, ["Li", "B", "H"], places))
    assert hydride.coordination_number == pytest.approx(1)
    assert hydride.neighbor_distance == pytest.approx((2**2 + 0.96**2) ** 0.5)


def test_partly_occupied_anions_count_by_their_occupancy() -> None:
    structure = rock_salt("Cl")
    structure.replace_species({"Cl": {"Cl": 0.5, "Br": 0.25}})
    assert describe_lithium(structure).coordination_number == pytest.approx(6 * 0.75)


OXYGENS = {
    # O around Li in Å, from refinements in the Crystallography Open Database and the American Mineralogist's;
    # for Li3PO4 the sixth stands for all that are farther
    "γ-Li3PO4, AMCSD 0012724": ([1.951, 1.978, 1.978, 2.028, 2.924, 3.1], 4),
    "γ-Li3PO4, the fifth O below the former limit of 2.916": ([1.951, 1.978, 1.978, 2.028, 2.910, 3.1], 4),
    "β-Li3PO4, AMCSD 0012673": ([1.961, 2.015, 2.017, 2.017, 2.872, 3.1], 4),
    "LiZr2(PO4)3 triclinic, COD 1520928, Li1": ([1.90, 2.09, 2.10, 2.26, 2.70, 3.17, 3.23, 3.26], 4),
    "LiZr2(PO4)3 triclinic, COD 1520928, Li2": ([1.94, 1.99, 2.38, 2.43, 2.61, 2.86, 3.09, 3.11, 3.42], 4),
    "LiSn2(PO4)3 triclinic, COD 4030888": ([1.89, 1.91, 2.04, 2.27, 2.59, 3.22, 3.38, 3.47, 3.50], 5),
    "Li0.3La0.567TiO3, COD 7202542, in the window": ([2.07, 2.07, 2.16, 2.17, 2.93, 2.93, 3.22, 3.22], 4),
    "cubic Li7La3Zr2O12, 96h": ([1.88, 2.11, 2.20, 2.32, 2.74, 2.78, 3.54, 3.57, 3.61], 6),
}


@pytest.mark.parametrize(("distances", "number"), OXYGENS.values(), ids=OXYGENS)
def test_the_shell_ends_before_a_gap(distances: list[float], number: int) -> None:
    found = np.array(distances)
    shell = choose_shell(found, np.full(len(found), LI_O), np.ones(len(found)))
    assert shell.tolist() == [True] * number + [False] * (len(found) - number)


def test_neighbours_that_symmetry_makes_equal_are_all_inside_whatever_their_last_bits_are() -> None:
    """Their distances differ by rounding, and by more of it from processor to processor."""
    equal = 2.7 * (1 + np.array([-4, 0, 4]) * np.finfo(float).eps)
    for order in ([0, 1, 2], [2, 0, 1], [1, 2, 0]):
        distances = np.array([2.4, 2.5, 2.6, *equal[order], 3.1])
        assert choose_shell(distances, np.full(7, 2.16), np.ones(7)).tolist() == [True] * 6 + [False]


def test_the_paper_of_triclinic_lithium_zirconium_phosphate_gives_the_same_means() -> None:
    """Four O at 2.09 and 2.18 Å on average around the two Li sites, as the paper of COD 1520928 says."""
    for name, mean in (("Li1", 2.09), ("Li2", 2.18)):
        distances, number = OXYGENS[f"LiZr2(PO4)3 triclinic, COD 1520928, {name}"]
        assert np.mean(distances[:number]) == pytest.approx(mean, abs=0.006)


def test_split_anions_count_together_where_no_gap_stands_out() -> None:
    distances = np.linspace(2.0, 4.0, 21)
    halves = choose_shell(distances, np.full(21, LI_O), np.full(21, 0.5))
    assert halves.sum() == 8


def test_lithium_far_from_all_anions_takes_the_nearest() -> None:
    far = FARTHEST * LI_O * 1.1
    lattice = Lattice.tetragonal(12, 30)
    structure = Structure(lattice, ["Li", "O", "O"], [[0, 0, 0], [far / 12, 0, 0], [0, far * 1.2 / 12, 0]])
    found = describe_lithium(structure)
    assert found.coordination_number == pytest.approx(2)
    assert found.neighbor_distance == pytest.approx(far * 1.1)


def test_lithium_is_no_neighbour_of_lithium() -> None:
    metal = Structure.from_spacegroup("Im-3m", Lattice.cubic(3.5), ["Li"], [[0, 0, 0]])
    found = describe_lithium(metal)
    assert (found.neighbor_distance, found.coordination_number, found.site_occupancy) == (None, None, 1)


def test_every_lithium_position_counts_once_in_the_site_occupancy() -> None:
    """The two ends of the range that the paper gives for its best conductors: 0.186 and 0.375."""
    general, halfway = [0.07, 0.34, 0.07], [0.36, 0, 0.25]
    titanium = nasicon({"6b": (1.0, [0, 0, 0]), "36f": (0.05, general)}, {"Ti": 0.85, "Al": 0.15})
    assert titanium.composition["Li"] == pytest.approx(7.8)
    assert describe_lithium(titanium).site_occupancy == pytest.approx(7.8 / 42)
    half = nasicon({"6b": (0.75, [0, 0, 0]), "18e": (0.25, halfway)}, {"Ti": 0.75, "Al": 0.25})
    assert half.composition["Li"] == pytest.approx(9)
    assert describe_lithium(half).site_occupancy == pytest.approx(9 / 24)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("structure", "number"),
    [
        pytest.param(partial(perovskite, [0, 0, 0]), 12, id="perovskite A site"),
        pytest.param(antifluorite, 4, id="Li2O"),
        pytest.param(partial(rock_salt, "Cl"), 6, id="LiCl"),
        pytest.param(nasicon, 6, id="LiTi2(PO4)3"),
    ],
)
def test_displacements_of_a_tenth_of_an_angstrom_change_no_shell(
    structure: Callable[[], Structure], number: float, seed: int
) -> None:
    moved = structure()
    if len(moved) < 20:
        moved = moved * (2, 2, 2)
    moved.perturb(0.1, seed=seed)
    assert describe_lithium(moved).coordination_number == pytest.approx(number)


def test_a_structure_of_the_seed_gives_the_same_through_its_file(root: Path) -> None:
    name = "LLZO_cubic_1273_K.cif"
    facts = read_structure(name, (root / "seed_data" / "structures" / name).read_bytes())
    expected = describe_lithium(garnet(root))
    assert facts.li_coordination_number == pytest.approx(expected.coordination_number, abs=1e-6)
    assert facts.li_neighbor_distance_angstrom == pytest.approx(expected.neighbor_distance, abs=1e-6)
    assert facts.li_site_occupancy == pytest.approx(56 / 120, rel=1e-3)
