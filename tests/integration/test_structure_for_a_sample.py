"""A structure file is given to a sample by number or label; what is ambiguous is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.command_line import run
from support.intakes import composition, make_intake, publication, sample
from support.logical_dump import exact_dump

from etl.curation.structures import tell_where_structures_went
from etl.loading.load import load_intake
from etl.options import DEFAULT_OPTIONS
from etl.pipeline import load_file
from sse_db.errors import NotFound, WrongUsage

CIF = """data_Li3N
_cell_length_a 3.65
_cell_length_b 3.65
_cell_length_c 3.87
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 120
_symmetry_space_group_name_H-M 'P 6/m m m'
_symmetry_Int_Tables_number 191
_chemical_formula_sum 'Li3 N'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
Li1 Li 0 0 0.5 1
Li2 Li 0.3333333 0.6666667 0 1
N1 N 0 0 0 1
"""


@pytest.fixture
def desk(engine: sa.Engine, tmp_path: Path) -> sa.Engine:
    one, two = publication("10.1000/x", "Nitrides"), publication("10.1000/y", "Others")
    load_intake(engine, make_intake(
        one, two, composition("Li3N"), composition("Li2.9H0.1N"), composition("Li7La3Zr2O12"), sample(one, "A", "Li3N"),
        sample(two, "A", "Li3N"), sample(one, "B", "Li2.9H0.1N"), sample(one, "C", "Li7La3Zr2O12"),
    ), curator="ada")  # fmt: skip
    (tmp_path / "x.cif").write_text(CIF, encoding="utf-8")
    return engine


def give(engine: sa.Engine, folder: Path, sample: str, publication: str | None = None):
    options = replace(DEFAULT_OPTIONS, sample=sample, publication=publication)
    return load_file(engine, folder / "x.cif", curator="ada", options=options)


def owners(engine: sa.Engine) -> list[int | None]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text("SELECT sample_id FROM structural_records")).scalars())


@pytest.mark.parametrize(("label", "home", "owner"), [("1", None, 1), ("A", "10.1000/y", 2), ("a", "1", None),
                                                      ("B", None, 3)])  # fmt: skip
def test_a_structure_goes_to_the_sample_that_is_named(
    label: str, home: str | None, owner: int | None, desk: sa.Engine, tmp_path: Path
) -> None:
    if owner is None:
        with pytest.raises(NotFound, match=r"10\.1000/x has no sample a"):
            give(desk, tmp_path, label, home)
        return
    report = give(desk, tmp_path, label, home)
    assert owners(desk) == [owner]
    assert [doubt.code for doubt in report.doubts if doubt.code == "structure-formula"] == ["structure-formula"] * (
        owner == 3
    )
    (line,) = tell_where_structures_went(desk, report)
    assert f"structure of Li3N, of sample {owner}" in line


def test_a_structure_of_other_elements_altogether_is_refused(desk: sa.Engine, tmp_path: Path) -> None:
    before = exact_dump(desk)
    with pytest.raises(WrongUsage, match="they share no element but Li and O"):
        give(desk, tmp_path, "C")
    assert exact_dump(desk) == before


def test_a_label_of_two_papers_is_refused_and_nothing_changes(desk: sa.Engine, tmp_path: Path) -> None:
    before = exact_dump(desk)
    with pytest.raises(NotFound, match="several rows of samples are called A"):
        give(desk, tmp_path, "A")
    (tmp_path / "x.csv").write_text("DOI,Sample,T (°C),σ total (S/cm)\n10.1000/x,A,25,1e-4\n", encoding="utf-8")
    with pytest.raises(WrongUsage, match="holds no structure"):
        load_file(desk, tmp_path / "x.csv", curator="ada", options=replace(DEFAULT_OPTIONS, sample="1"))
    assert exact_dump(desk) == before


def test_a_structure_that_came_without_a_sample_is_given_to_one_later(desk: sa.Engine, tmp_path: Path) -> None:
    report = load_file(desk, tmp_path / "x.cif", curator="ada")
    (line,) = tell_where_structures_went(desk, report)
    assert "structure of Li3N, as are samples 1 (A), 2 (A)" in line
    assert give(desk, tmp_path, "1").changed == {"structural_records": 1}
    assert owners(desk) == [1]


def test_the_command_says_what_it_brought_and_where_it_went(desk: sa.Engine, tmp_path: Path) -> None:
    done = run(
        tmp_path, "--db", desk.url.render_as_string(), "import", "x.cif", "--sample", "A", "--publication", "Nitrides"
    )
    assert done.returncode == 0, done.stderr
    assert "x.cif: brought 1 structure" in done.stderr
    assert "of sample 1 (10.1000/x · A)" in done.stderr


@pytest.mark.parametrize("word", ["rename", "delete", "search", "backup"])
def test_natural_words_lead_to_the_command(word: str, tmp_path: Path) -> None:
    done = run(tmp_path, word, "X")
    assert done.returncode == 2
    assert f"there is no command {word}" in done.stderr
    assert "hint: " in done.stderr
