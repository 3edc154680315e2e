"""Structure files: what is read, what is refused and in which words."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from etl.papers.structure_files import read_structure_files
from sse_db.errors import UnreadableSource, UnusableStructure
from sse_db.materials.crystals.cell_content import fraction_distance
from sse_db.materials.structures import StructureFacts, read_structure
from sse_db.schema.structural_records import StructuralRecord
from sse_db.vocabulary import CoordinatesBasis

BAD = Path(__file__).parents[2] / "data" / "structures" / "bad"
with (BAD / "expected.csv").open(encoding="utf-8", newline="") as stream:
    EXPECTED = [pytest.param(row["file"], row["message"], id=row["file"]) for row in csv.DictReader(stream)]

CIF = """data_{name}
{items}
_cell_length_a 3.87(1)
_cell_length_b 3.87
_cell_length_c 3.87
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
{symmetry}
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
Li1 Li 0 0 0 {lithium}
La1 La 0 0 0 {lanthanum}
Ti1 Ti 0.5 0.5 0.5 1
O1 O 0 0.5 0.5 .
"""
SYMMETRY = "_symmetry_space_group_name_H-M 'P m -3 m'\n_symmetry_Int_Tables_number 221"
P1_ATOMS = "O2 O 0.5 0 0.5 1\nO3 O 0.5 0.5 0 1\n"
POSCAR = (
    "LiCl\n1.0\n5.14 0 0\n0 5.14 0\n0 0 5.14\nLi Cl\n4 4\nDirect\n"
    + "\n".join(f"{x} {y} {z}" for x, y, z in [(0, 0, 0), (0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)])
    + "\n0.5 0.5 0.5\n0.5 0 0\n0 0.5 0\n0 0 0.5\n"
)


def write_cif(
    *, items: str = "", symmetry: str = SYMMETRY, lithium: str = "0.3", lanthanum: str = "0.6", name: str = "llto"
) -> str:
    return CIF.format(items=items, symmetry=symmetry, lithium=lithium, lanthanum=lanthanum, name=name)


def read(text: str, **options: object) -> StructureFacts:
    return read_structure("llto.cif", text.encode(), **options)  # type: ignore[arg-type]  # options vary by test


@pytest.mark.parametrize(("name", "message"), EXPECTED)
def test_a_file_that_cannot_be_used_says_why(name: str, message: str) -> None:
    with pytest.raises(UnusableStructure) as refusal:
        read_structure(name, (BAD / name).read_bytes())
    assert str(refusal.value) == f"{name}: {message}"


def test_every_bad_file_is_expected() -> None:
    files = {path.name for path in BAD.iterdir() if path.suffix != ".csv"}
    assert files == {parameters.values[0] for parameters in EXPECTED}


def test_a_disordered_cif_gives_all_facts() -> None:
    facts = read(write_cif(items="_cell_formula_units_Z 1\n_diffrn_ambient_temperature 293(2)"))
    assert (facts.space_group_symbol, facts.space_group_number) == ("Pm-3m", 221)
    assert (facts.a_angstrom, facts.gamma_degree) == (3.87, 90)
    assert facts.formula_units == 1
    assert facts.unit_cell_volume_angstrom3 == facts.cell_volume_angstrom3 == pytest.approx(3.87**3)
    assert facts.amounts == {"Li": 0.3, "La": 0.6, "Ti": 1, "O": 3}
    assert facts.temperature_c == pytest.approx(19.85)
    mass = 0.3 * 6.94 + 0.6 * 138.905 + 47.867 + 3 * 15.999
    assert facts.density_g_per_cm3 == pytest.approx(mass / 0.602214076 / 3.87**3, rel=1e-4)
    assert (facts.li_coordination_number, facts.li_site_occupancy) == (12, 0.3)
    assert facts.li_neighbor_distance_angstrom == pytest.approx(3.87 / 2**0.5, abs=1e-6)
    assert [remark.cause for remark in facts.remarks] == ["no-formula"]


def test_columns_are_columns_of_the_table() -> None:
    assert set(read(write_cif()).columns) <= set(StructuralRecord.model_fields)


def test_a_default_occupancy_is_one() -> None:
    assert read(write_cif()).amounts["O"] == 3


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        pytest.param({"lanthanum": "0.703"}, "occupancies sum to 1.003: taken as 1", id="sum a little over one"),
        pytest.param(
            {"lithium": "?", "lanthanum": "0"}, "its occupancy is not known, taken as 1", id="unknown occupancy"
        ),
        pytest.param({"symmetry": ""}, "read as P1", id="no symmetry"),
        pytest.param(
            {"items": "_diffrn_ambient_temperature cold"}, "cannot be read as kelvin", id="temperature in words"
        ),
        pytest.param(
            {"items": "_diffrn_ambient_temperature 29300"}, "cannot be read as kelvin", id="temperature too high"
        ),
        pytest.param({"items": "_chemical_formula_sum 'Li La Ti O3'"}, "the sites hold", id="another formula"),
        pytest.param({}, "Z is not given", id="no Z"),
    ],
)
def test_what_a_reader_should_know_is_a_remark(changes: dict[str, str], remark: str) -> None:
    assert any(remark in each.text for each in read(write_cif(**changes)).remarks)


def test_an_unknown_occupancy_can_overfill_a_place() -> None:
    with pytest.raises(UnusableStructure, match=r"Li1/La1 at \(0, 0, 0\): occupancies sum to 1\.3"):
        read(write_cif(lanthanum="?"))


def test_temperature_named_room_temperature() -> None:
    facts = read(write_cif(items="_diffrn_ambient_temperature RT"))
    assert (facts.temperature_c, facts.temperature_basis) == (25, "room_temperature")


@pytest.mark.parametrize(
    ("items", "given", "z"),
    [
        pytest.param("", None, None, id="unknown"),
        pytest.param("", 1, 1, id="from the curator"),
        pytest.param("_cell_formula_units_Z 1\n_chemical_formula_sum 'Li0.3 La0.6 Ti O3'", None, 1, id="borne out"),
        pytest.param("_cell_formula_units_Z 1", 0.5, 0.5, id="the curator's goes before the file's"),
        pytest.param(
            "_cell_formula_units_Z 4\n_chemical_formula_sum 'Li0.3 La0.6 Ti O3'", None, None, id="contradicted"
        ),
        pytest.param("# generated using pymatgen\n_cell_formula_units_Z 1", None, None, id="reduced by pymatgen"),
        pytest.param("# generated using pymatgen\n_cell_formula_units_Z 2", 1, 1, id="reduced, but the curator knows"),
        pytest.param("", 9, None, id="more than there are atoms"),
        pytest.param("_cell_formula_units_Z ?", None, None, id="not stated"),
    ],
)
def test_formula_units_only_where_the_content_bears_them_out(items: str, given: float | None, z: float | None) -> None:
    facts = read(write_cif(items=items), formula_units=given)
    assert facts.formula_units == z
    expected = None if z is None else pytest.approx(3.87**3 / z, abs=1e-5)
    assert facts.cell_volume_angstrom3 == expected
    assert facts.density_g_per_cm3 > 4


def test_z_of_one_does_not_take_a_large_cell_for_a_formula_unit(root: Path) -> None:
    data = (root / "seed_data" / "structures" / "LLZO_tetragonal.cif").read_bytes()
    facts = read_structure("llzo.cif", data, formula_units=1)
    assert facts.formula_units is None
    assert any("192 atoms for a formula unit" in remark.text for remark in facts.remarks)


def test_a_z_of_zero_is_refused() -> None:
    with pytest.raises(UnusableStructure, match="Z is 0"):
        read(write_cif(), formula_units=0)


@pytest.mark.parametrize(
    ("symmetry", "group", "remark"),
    [
        pytest.param("_symmetry_space_group_name_H-M 'P m -3 m'", ("Pm-3m", 221), None, id="symbol alone"),
        pytest.param("_space_group_IT_number 221", (None, 221), None, id="number alone"),
        pytest.param(SYMMETRY.replace("221", "168"), ("Pm-3m", 221), "states 168", id="symbol against number"),
    ],
)
def test_space_group_is_the_one_of_the_symmetry_operations(
    symmetry: str, group: tuple[str | None, int], remark: str | None
) -> None:
    facts = read(write_cif(symmetry=symmetry))
    assert (facts.space_group_symbol, facts.space_group_number, facts.amounts["O"]) == (*group, 3)
    assert remark is None or any(remark in each.text for each in facts.remarks)


def test_the_first_block_with_a_structure_is_read() -> None:
    text = "data_global\n_publ_section_title 'two structures'\n" + write_cif() + write_cif(name="other", lithium="0.1")
    facts = read(text)
    assert facts.amounts["Li"] == 0.3
    assert any("3 data blocks: llto" in remark.text for remark in facts.remarks)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(write_cif().replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(write_cif().encode("utf-8-sig"), id="byte order mark"),
        pytest.param(write_cif(items="_publ_author_name 'Müller'").encode("latin-1"), id="Latin-1"),
    ],
)
def test_encodings_and_line_ends_do_not_matter(data: bytes) -> None:
    assert read_structure("llto.cif", data).formula == read(write_cif()).formula


def test_a_structure_without_lithium_has_no_lithium_descriptors() -> None:
    facts = read(write_cif(lithium="0"))
    assert (facts.li_site_occupancy, facts.li_neighbor_distance_angstrom, facts.li_coordination_number) == (None,) * 3
    assert "no Li site in the file" in [remark.text for remark in facts.remarks]


def test_perturbed_coordinates_give_neither_distance_nor_coordination() -> None:
    facts = read(write_cif(), coordinates=CoordinatesBasis.PERTURBED)
    assert (facts.li_neighbor_distance_angstrom, facts.li_coordination_number) == (None, None)
    assert (facts.li_site_occupancy, facts.coordinates_basis) == (0.3, "perturbed")


@pytest.mark.parametrize("name", ["POSCAR", "licl.vasp"])
def test_a_poscar_gives_its_space_group_and_a_cif(name: str) -> None:
    facts = read_structure(name, POSCAR.encode(), formula_units=4)
    assert (facts.space_group_symbol, facts.space_group_number, facts.source_format) == ("Fm-3m", 225, "poscar")
    assert (facts.formula, facts.li_coordination_number) == ("LiCl", 6)
    again = read_structure("licl.cif", facts.cif_text.encode())
    assert again.density_g_per_cm3 == facts.density_g_per_cm3
    assert again.formula_units is None


def test_the_file_is_kept_with_its_hash() -> None:
    facts = read(write_cif())
    assert facts.cif_text == write_cif()
    assert len(facts.file_sha256) == 64


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        pytest.param({"Li": 7, "La": 3, "Zr": 2, "O": 12}, {"Li": 56, "La": 24, "Zr": 16, "O": 96}, 0, id="a cell"),
        pytest.param({"Li": 4, "O": 2}, {"Li": 3, "O": 2}, 2 / 3 - 3 / 5, id="lithium-poor"),
        pytest.param({"Li": 1, "Cl": 1}, {"Li": 1, "Br": 1}, 0.5, id="another substance"),
    ],
)
def test_compositions_differ_by_their_largest_difference_of_an_atomic_fraction(
    first: dict[str, float], second: dict[str, float], distance: float
) -> None:
    assert fraction_distance(first, second) == fraction_distance(second, first) == pytest.approx(distance)


def pack(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_an_archive_gives_its_structure_files_in_order(tmp_path: Path) -> None:
    members = {"b/two.cif": b"2", "__MACOSX/._two.cif": b"", "notes.txt": b"", "../../one.cif": b"1", "POSCAR": b"3"}
    found = [(file.name, file.data) for file in read_structure_files(pack(tmp_path / "all.zip", members))[0]]
    assert found == [("one.cif", b"1"), ("POSCAR", b"3"), ("two.cif", b"2")]
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    bomb = pack(tmp_path / "bomb.zip", {"a.cif": b"0" * 12_000_000})
    with pytest.raises(UnreadableSource, match="too much"):
        read_structure_files(bomb)


def test_a_large_file_in_an_archive_is_refused(tmp_path: Path) -> None:
    large = pack(tmp_path / "large.zip", {"a.cif": b"0" * 6_000_000})
    with pytest.raises(UnreadableSource, match=r"a\.cif is too large"):
        read_structure_files(large)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.cif", b"data_a and more of it")
    (tmp_path / "damaged.zip").write_bytes(packed.getvalue().replace(b"and more", b"and less"))
    with pytest.raises(UnreadableSource, match=r"a\.cif is damaged"):
        read_structure_files(tmp_path / "damaged.zip")


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    packed = bytearray(pack(tmp_path / "plain.zip", {"a.cif": b"data_a"}).read_bytes())
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    packed[packed.index(b"PK\x03\x04") + 6] |= 1
    (tmp_path / "locked.zip").write_bytes(packed)
    with pytest.raises(UnreadableSource, match="password"):
        read_structure_files(tmp_path / "locked.zip")


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(UnusableStructure, match=r"6\.0 MB are more than the 5 MB"):
        read_structure("big.cif", b" " * 6_000_000)


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(UnusableStructure, match="line 2 has 6000 characters"):
        read("data_x\n" + "'" * 6000 + "\n")
