"""Many spellings of one structure file: symbols of space groups, elements, vacancies, positions near special ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sse_db.errors import UnusableStructure
from sse_db.materials.structures import StructureFacts, read_structure

EDGES = ("length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma")
CUBE = (5.13, 5.13, 5.13, 90, 90, 90)
LICL = "Li1 Li 0 0 0 1\nCl1 Cl .5 .5 .5 1"
FORMULA = "_chemical_formula_sum 'Li Cl'\n_cell_formula_units_Z 4"
COLUMNS = ("label", "type_symbol", "fract_x", "fract_y", "fract_z", "occupancy")
SPINEL = "_chemical_formula_sum 'Li Ti2 O4'\n_cell_formula_units_Z 8"
SPINEL_CELL = (8.405, 8.405, 8.405, 90, 90, 90)
SPINEL_AT_CENTRE = "Li1 Li .125 .125 .125 1\nTi1 Ti .5 .5 .5 1\nO1 O .2626 .2626 .2626 1"
SPINEL_AT_TETRAHEDRON = "Li1 Li 0 0 0 1\nTi1 Ti .625 .625 .625 1\nO1 O .3876 .3876 .3876 1"


def write(
    symmetry: str = "_space_group_name_H-M_alt 'F m -3 m'",
    atoms: str = LICL,
    *,
    cell: tuple[float, ...] = CUBE,
    items: str = FORMULA,
    columns: tuple[str, ...] = COLUMNS,
) -> str:
    lines = ["data_x", symmetry, items, *(f"_cell_{name} {value}" for name, value in zip(EDGES, cell, strict=True))]
    return "\n".join([*lines, "loop_", *(f"_atom_site_{name}" for name in columns), atoms, ""])


def read(text: str) -> StructureFacts:
    return read_structure("x.cif", text.encode())


def causes(facts: StructureFacts) -> list[str]:
    return [remark.cause for remark in facts.remarks]


@pytest.mark.parametrize(
    "symbol", ["F m -3 m", "FM-3M", "f m -3 m", "Fm3m", "F M 3 M", "F 4/m -3 2/m", "F_m_-3_m", "Fm-3m"]
)
def test_a_symbol_in_any_spelling_is_applied(symbol: str) -> None:
    facts = read(write(f"_symmetry_space_group_name_H-M '{symbol}'"))
    assert (facts.space_group_number, facts.li_coordination_number, causes(facts)) == (225, 6, [])


@pytest.mark.parametrize(
    ("symmetry", "told"),
    [
        ("_space_group_name_Hall '-F 4 2 3'", []),
        ("_space_group_IT_number 225", ["setting"]),
        ("_space_group.name_H-M_alt Xyz\n_space_group.IT_number 225", ["setting", "space-group-unknown"]),
        ("_space_group_name_H-M_alt 'F m -3 m'\n_space_group_IT_number 221", ["space-group"]),
    ],
)
def test_a_group_by_other_names_is_applied_and_what_is_open_is_told(symmetry: str, told: list[str]) -> None:
    facts = read(write(symmetry))
    assert (facts.space_group_number, facts.li_coordination_number, causes(facts)) == (225, 6, told)


@pytest.mark.parametrize("item", ["_space_group_name_H-M_alt Xyz", "_space_group_name_Hall nonsense"])
def test_a_group_that_no_table_knows_is_refused(item: str) -> None:
    with pytest.raises(UnusableStructure, match="is not known, and no symmetry operations are listed"):
        read(write(item))


def test_a_magnetic_group_alone_is_refused() -> None:
    with pytest.raises(UnusableStructure, match="magnetic or superspace"):
        read(write("_space_group_magn.name_BNS 'P1.1'"))


@pytest.mark.parametrize(
    ("symbol", "atoms"),
    [
        *((symbol, SPINEL_AT_CENTRE) for symbol in ("F d -3 m :2", "F d -3 m Z", "FD-3MZ", "F d -3 m", "F d 3 m")),
        *((symbol, SPINEL_AT_TETRAHEDRON) for symbol in ("F d -3 m :1", "F d -3 m S", "F d -3 m", "F d 3 m")),
    ],
)
def test_an_origin_is_taken_as_named_or_as_the_formula_asks(symbol: str, atoms: str) -> None:
    facts = read(write(f"_space_group_name_H-M_alt '{symbol}'", atoms, cell=SPINEL_CELL, items=SPINEL))
    assert (facts.formula, facts.li_coordination_number, causes(facts)) == ("LiTi2O4", 4, [])


def test_an_origin_that_nothing_settles_is_told() -> None:
    text = write("_space_group_name_H-M_alt 'F d -3 m'", SPINEL_AT_CENTRE, cell=SPINEL_CELL, items="")
    assert "setting" in causes(read(text))


def test_axes_follow_the_cell() -> None:
    formula = "_chemical_formula_sum 'Li Co O2'\n_cell_formula_units_Z {}"
    primitive = "Li1 Li 0 0 0 1\nCo1 Co .5 .5 .5 1\nO1 O .26 .26 .26 1"
    group = "_space_group_name_H-M_alt 'R -3 m{}'"
    narrow, wide = (4.96, 4.96, 4.96, 32.99, 32.99, 32.99), (2.816, 2.816, 14.05, 90, 90, 120)
    centred = "Li1 Li 0 0 0 1\nCo1 Co 0 0 .5 1\nO1 O 0 0 .26 1"
    for atoms, cell, units in ((primitive, narrow, 1), (centred, wide, 3)):
        facts = read(write(group.format(""), atoms, cell=cell, items=formula.format(units)))
        assert (facts.formula, facts.formula_units, causes(facts)) == ("LiCoO2", units, [])
    with pytest.raises(UnusableStructure, match="has not the shape that R -3 m:R asks for"):
        read(write(group.format(" :R"), centred, cell=wide, items=formula.format(3)))


def test_a_cell_that_is_nearly_of_its_system_is_told() -> None:
    assert causes(read(write(cell=(5.13, 5.2, 5.13, 90, 90, 90)))) == ["cell-shape"]


@pytest.mark.parametrize("label", ["Cl1", "CL1", "cl1", "Cl-1", "Cl1A", "Cl1B", "Cl(1)", "Cl_1", "Cl*", "Cl1'", "ClA"])
def test_a_label_that_names_its_site_is_read(label: str) -> None:
    atoms = f'Li1 0 0 0 1\n"{label}" .5 .5 .5 1'
    facts = read(write(atoms=atoms, columns=("label", *COLUMNS[2:])))
    assert (facts.formula, causes(facts)) == ("LiCl", [])


@pytest.mark.parametrize(
    "label",
    [
        "Vac1", "Va1", "VAC", "vac", "Void1", "Li_vac1", "WAT", "Wat1", "H2O", "OH1", "OH2", "O-H1", "NH4", "NO3", "PO4",
        "SO4", "SiO4", "BH4", "P2S6", "Cl/Br1", "ClBr", "Cat1", "X1", "M1", "T1", "TM1", "Q1", "Ln1", "RE1", "An1", "Du1",
        "Dum1", "Cent1", "Cnt1",
    ],
)  # fmt: skip
def test_a_label_that_is_no_element_is_refused(label: str) -> None:
    with pytest.raises(UnusableStructure, match=r"site .*: no element of that name"):
        read(write(atoms=f"Li1 0 0 0 1\n{label} .5 .5 .5 1", columns=("label", *COLUMNS[2:])))


@pytest.mark.parametrize("symbol", ["Cl", "CL", "cl", "Cl-", "Cl1-", "Cl-1", "Cl1"])
def test_a_type_symbol_may_have_a_charge(symbol: str) -> None:
    assert causes(read(write(atoms=f"Li1 Li+ 0 0 0 1\nA1 {symbol} .5 .5 .5 1"))) == []


@pytest.mark.parametrize(
    "symbol", ["Cl/Br", "Cl,Br", "Cl+Br", "ClBr", "Cl0.5", "Vac", "Va", "NO3", "BH4", "NH4", "OH-", "H2O", "X", "Du"]
)
def test_a_type_symbol_that_is_no_element_is_refused(symbol: str) -> None:
    with pytest.raises(UnusableStructure, match="no element of that name"):
        read(write(atoms=f"Li1 Li 0 0 0 1\nA1 {symbol} .5 .5 .5 1"))


def test_two_capitals_that_are_two_elements_need_the_formula() -> None:
    atoms = "Li1 LI 0 0 0 1\nA1 CO .5 .5 .5 1"
    assert read(write(atoms=atoms, items=FORMULA.replace("Cl", "Co"))).formula == "LiCo"
    with pytest.raises(UnusableStructure, match=r"A1 \(CO\)"):
        read(write(atoms=atoms, items=""))


def test_a_site_that_is_called_a_vacancy_but_has_an_element_is_told() -> None:
    assert "label" in causes(read(write(atoms=LICL.replace("Cl1", "Vac1"))))


LI3N_CELL = (3.648, 3.648, 3.875, 90, 90, 120)


@pytest.mark.parametrize(("x", "y"), [("0.33", "0.67"), ("0.333", "0.667"), ("0.333(2)", "0.667(2)"), ("0.32", "0.66")])
@pytest.mark.parametrize(("occupancy", "formula"), [(1, "Li3N"), (0.3, "Li1.6N")])
def test_a_place_near_a_special_one_is_that_place(x: str, y: str, occupancy: float, formula: str) -> None:
    atoms = f"N1 N 0 0 0 1\nLi1 Li 0 0 .5 1\nLi2 Li {x} {y} 0 {occupancy}"
    facts = read(write("_space_group_name_H-M_alt 'P 6/m m m'", atoms, cell=LI3N_CELL, items=""))
    assert facts.formula == formula or "images-overlap" in causes(facts)


@pytest.mark.parametrize(("second", "told"), [("0.04", None), ("0.08", "0.41 Å apart"), ("0.12", None)])
def test_two_rows_nearer_than_half_an_angstrom_hold_one_atom_at_most(second: str, told: str | None) -> None:
    for occupancy, is_refused in ((0.5, False), (0.8, second != "0.12")):
        atoms = f"Li1 Li 0 0 0 {occupancy}\nLa1 La {second} 0 0 {occupancy}\nCl1 Cl .5 .5 .5 1"
        text = write("_space_group_name_H-M_alt 'P 1'", atoms, items="")
        if not is_refused:
            assert read(text).li_site_occupancy == occupancy
            continue
        with pytest.raises(UnusableStructure, match=told or "sites Li1, La1"):
            read(text)


def test_a_row_that_stands_twice_is_refused() -> None:
    with pytest.raises(UnusableStructure, match="site Li1 stands twice"):
        read(write(atoms="Li1 Li 0 0 0 .3\nLi1 Li 0 0 0 .3\nCl1 Cl .5 .5 .5 1"))


@pytest.mark.parametrize(
    ("items", "cause"),
    [
        ("_cell_volume 170", "volume"),
        ("_exptl_crystal_density_diffrn 1.66", "density"),
        ("_chemical_formula_weight 60", "weight"),
        ("_space_group_crystal_system tetragonal", "crystal-system"),
        ("_cell_measurement_temperature 20", "temperature"),
        ("_cell_measurement_temperature 293\n_diffrn_ambient_temperature 100", "temperature"),
        ("_diffrn_ambient_pressure 5e6", "pressure"),
        ("_cell_modulation_dimension 1", "modulated"),
        ("_space_group_IT_number 300", "space-group-unknown"),
        ("_cell_formula_units_z ?", "no-formula"),
    ],
)
def test_what_a_file_says_of_itself_is_held_against_it(items: str, cause: str) -> None:
    text = write(items=items if "units" in items else f"{FORMULA}\n{items}")
    assert cause in causes(read(text))


@pytest.mark.parametrize(
    ("text", "celsius"), [("'298 K'", 24.85), ("25(1)C", 25), ("'100 °C'", 100), ("298.15(2)", 25), ("RT", 25)]
)
def test_a_temperature_with_its_unit_is_read(text: str, celsius: float) -> None:
    assert read(write(items=f"{FORMULA}\n_cell_measurement_temperature {text}")).temperature_c == pytest.approx(celsius)


def test_hydrogens_that_are_only_counted_are_told_and_counted_against_the_formula() -> None:
    atoms = "Li1 Li 0 0 0 1 0\nO1 O .5 .5 .5 1 1"
    items = "_chemical_formula_sum 'Li O H'\n_cell_formula_units_Z 4"
    facts = read(write(atoms=atoms, items=items, columns=(*COLUMNS, "attached_hydrogens")))
    assert facts.formula_units == 4
    assert set(causes(facts)) == {"hydrogen-not-placed", "formula"}


@pytest.mark.parametrize(
    ("formula", "units"),
    [
        ("Li Cl", 4),
        ("Li2 Cl2", 2),
        ("Li Cl H0.9", 4),  # hydrogen is often not located
        ("Li4 Cl4", None),  # may be the content of the cell, as programs that compute write it
        ("Li3 Cl3", None),
        ("Li2 Cl", None),
        ("Li Cl O", None),
    ],
)
def test_z_that_no_item_states_follows_from_content_and_formula(formula: str, units: float | None) -> None:
    facts = read(write(items=f"_chemical_formula_sum '{formula}'"))
    assert facts.formula_units == units
    assert ("no-z" in causes(facts)) == (units is None)


def test_a_label_of_another_element_is_told_where_no_formula_decides() -> None:
    atoms = "Na1 Li 0 0 0 1\nM1 Cl .5 .5 .5 1"
    assert "label" in causes(read(write(atoms=atoms, items="_cell_formula_units_Z 4")))
    assert "label" not in causes(read(write(atoms=atoms)))


@pytest.mark.parametrize("symbol", ["OH", "OD", "O-H1", "NH4"])
def test_a_group_with_hydrogen_is_refused_for_the_hydrogen(symbol: str) -> None:
    with pytest.raises(UnusableStructure, match=r"no element of that name, but . with H that is not located"):
        read(write(atoms=f"Li1 Li 0 0 0 1\nX1 {symbol} .5 .5 .5 1"))


@pytest.mark.parametrize("number", ["300", "'225 (cubic)'"])
def test_a_number_of_no_group_is_not_read_as_p1(number: str) -> None:
    with pytest.raises(UnusableStructure, match=r"the space group 300 is not known|the space group 225 .cubic. is"):
        read(write(f"_symmetry_Int_Tables_number {number}"))


def test_an_item_with_a_slip_of_the_pen_is_told() -> None:
    columns = (*COLUMNS[:5], "occupency")
    assert causes(read(write(columns=columns))) == ["unknown-item"]


POSCAR = "LiCl\n1.0\n4 0 0\n0 4 0\n0 0 4\nLi Cl\n1 1\nDirect\n0 0 0\n.5 .5 .5\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("4 0 0", "4 0", "line 3 holds '4 0', no vector of the cell"),
        ("1 1\n", "1\n", "names 2 elements, but 1 counts"),
        ("Li Cl", "Li NO3", "'NO3' in line 6 is no element"),
        (".5 .5 .5", "0 0 0.1", "are 0.40 Å apart and hold 2 atoms together"),
        (".5 .5 .5\n", ".5 .5 .5\n.5 .5 .5\n", "2 atoms are counted, but 3 coordinates follow"),
        ("Direct\n", "", "says not whether the coordinates are direct"),
        (".5 .5 .5", ".5 .5 .5 Br", "is named Br, by the counts it is Cl"),
        ("1.0\n", "1 1 0\n", "three scale factors"),
        ("1.0\n", "1.0 1.0\n", "not readable as POSCAR"),
    ],
)
def test_a_poscar_is_checked_like_a_cif(old: str, new: str, words: str) -> None:
    with pytest.raises(UnusableStructure, match=words):
        read_structure("POSCAR", POSCAR.replace(old, new, 1).encode())


def test_anions_that_touch_are_doubted() -> None:
    text = POSCAR.replace("Li Cl\n1 1", "Li O\n1 2").replace(".5 .5 .5", ".5 .5 .5\n.5 .5 .9")
    assert "contacts" in causes(read_structure("POSCAR", text.encode()))


OCCUPANCIES = "loop_\n_atom_site_occupancy\n{}\n"


@pytest.mark.parametrize(
    ("added", "words"),
    [
        (OCCUPANCIES.format("1\n.5"), "_atom_site_occupancy stands in another loop than _atom_site_label"),
        ("loop_\n_atom_site_label\n_atom_site_occupancy\nCl1 .5\nLi1 1\n", "_atom_site_label stands twice in data_x"),
        ("_CELL_LENGTH_A 5.2\n", "_CELL_LENGTH_A stands twice in data_x, with different values"),
        ("save_x\n_cell_length_a 9\nsave_\n", "data_x holds a save frame, save_x"),
        ("_publ_section_title two words\n", "not readable as CIF: line 19: "),
        ("loop_\n_symmetry_equiv_pos_as_xyz\n'x,y,z'\n'x,y'\n", "the symmetry operations cannot be read: x,y"),
    ],
)
def test_what_is_given_twice_or_apart_is_refused(added: str, words: str) -> None:
    with pytest.raises(UnusableStructure) as refusal:
        read(write(columns=COLUMNS[:5], atoms="Li1 Li 0 0 0\nCl1 Cl .5 .5 .5") + added)
    assert words in str(refusal.value)


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: text.replace("_cell_", "_Cell.")])
def test_names_of_items_know_no_case_and_no_dialect(change: Callable[[str], str]) -> None:
    lines = [change(line) if line.startswith("_") and " " not in line else line for line in write().splitlines()]
    lines = [change(line.split(" ")[0]) + " " + line.split(" ")[1] if "_cell_" in line else line for line in lines]
    facts = read("\n".join(lines) + "\n")
    assert (facts.formula, facts.space_group_number, causes(facts)) == ("LiCl", 225, [])


def test_the_same_statement_twice_is_one() -> None:
    text = write()
    assert causes(read(text + text.partition("data_x\n")[2])) == []


def test_a_cell_of_several_values_is_refused() -> None:
    text = write().replace("_cell_length_a 5.13", "loop_\n_cell_length_a\n5.13\n5.2")
    with pytest.raises(UnusableStructure, match="is given several times"):
        read(text)
