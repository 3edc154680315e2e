"""Public data sets from hand-written copies of their quirks: every row lands or is listed, and nothing is stored twice."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.command_line import run
from support.intakes import composition, make_intake, measurement, publication, sample

from etl.foreign.known_defects import check_edition
from etl.foreign.mapped_sheet import ForeignRows
from etl.foreign.mapping import public_mapping
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.pipeline import check_file, examine_file, find_files, load_file
from etl.problems import Findings
from etl.sheets import PUBLIC_DATA_SETS
from sse_db.audits import find_audit, run_audit
from sse_db.errors import RefusedFile

CIF = """data_{name}
_cell_length_a {a}
_cell_length_b {a}
_cell_length_c {a}
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'P 1'
loop_
_symmetry_equiv_pos_as_xyz
'x, y, z'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
Li1 Li 0 0 0 0.33
La1 La 0.01 0 0 0.56
Ti1 Ti 0.5 0.5 0.5 1
O1 O 0.5 0.5 0 1
O2 O 0.5 0 0.5 1
O3 O 0 0.5 0.5 1
"""


@pytest.fixture
def sheets(root: Path) -> Path:
    return root / "tests" / "data" / "sheets"


@pytest.fixture
def obelix(sheets: Path, tmp_path: Path) -> Path:
    """A folder as the publisher's: the table, an archive of structure files in a folder of its own, a part of it."""
    folder = tmp_path / "obelix"
    folder.mkdir()
    shutil.copy(sheets / "obelix.csv", folder / "all.csv")
    shutil.copy(sheets / "obelix.csv", folder / "train.csv")
    (folder / "README.md").write_text("what it is")
    with zipfile.ZipFile(folder / "all_cifs.zip", "w") as archive:
        for name in ("45e", "883", "zzz"):
            archive.writestr(f"all_randomized_cifs/{name}.cif", CIF.format(name=name, a="3.87"))
    return folder


def rows_of(engine: sa.Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement))]


VALUES = """
    SELECT s.label, m.contribution, m.contribution_basis, m.relation, m.conductivity_s_per_cm
    FROM impedance_measurements AS m JOIN samples AS s ON s.id = m.sample_id ORDER BY s.label, m.contribution
"""


def test_a_folder_of_obelix_is_its_table_with_the_structures_beside_it(obelix: Path) -> None:
    found, passed_over = find_files([obelix])
    assert [path.name for path in found] == ["all.csv"]
    assert {each.path.name: each.reason for each in passed_over} == {
        "README.md": "unknown kind of file",
        "all_cifs.zip": "read together with all.csv",
        "train.csv": "its rows stand in all.csv",
    }
    assert find_files([obelix / "all_cifs.zip"])[0] == []


def test_contributions_follow_the_publishers_rule_and_limits_stay(engine: sa.Engine, obelix: Path) -> None:
    report = load_file(engine, obelix / "all.csv", curator="test")
    assert rows_of(engine, VALUES) == [
        ("019", "total", "assumed", "<", 1e-10),
        ("45e", "total", "assumed", "=", 7.8e-10),
        ("5e2", "total", "assumed", "=", 3e-4),
        ("883", "total", "assumed", "=", 1e-3),
        ("lpx", "bulk", "stated", "=", 1.4e-4),
        ("lpx", "total", "stated", "=", 7.1e-5),
        ("nng", "bulk", "stated", "=", 7e-4),
        ("vqu", "bulk", "stated", "=", 1.3e-7),
    ]
    assert rows_of(engine, "SELECT DISTINCT temperature_c, temperature_basis FROM impedance_measurements") == [
        (25.0, "room_temperature")
    ]
    assert rows_of(
        engine, "SELECT count(*) FROM impedance_measurements WHERE as_written LIKE '%room temperature%'"
    ) == [(8,)]
    assert report.as_dict()["rows"] == {"read": 7, "landed": 7}


def test_labels_classes_and_several_dois_are_settled(engine: sa.Engine, obelix: Path) -> None:
    load_file(engine, obelix / "all.csv", curator="test")
    rows = rows_of(
        engine,
        "SELECT s.label, s.structure_class, p.doi FROM samples AS s JOIN publications AS p ON p.id = s.publication_id ORDER BY s.label",
    )
    assert [row[1] for row in rows] == ["NASICON", "halide", "garnet", "perovskite", "garnet", None, "garnet"]
    assert rows[1][2] == "10.1000/abstracted"
    remark = rows_of(engine, "SELECT remark FROM samples WHERE label = '45e'")[0][0]
    assert "also named: 10.1002/chin.000000000" in str(remark)


def test_structures_say_what_their_coordinates_are_worth(engine: sa.Engine, obelix: Path) -> None:
    load_file(engine, obelix / "all.csv", curator="test")
    files = rows_of(
        engine,
        "SELECT label, coordinates_basis, match, icsd_number, formula_units, li_coordination_number IS NULL "
        "FROM structural_records WHERE cif_text IS NOT NULL ORDER BY label",
    )
    assert files == [("45e", "perturbed", "exact", "73276", 2.0, 1), ("883", "exact", "close", None, 1.0, 0)]
    tables = rows_of(
        engine,
        "SELECT s.label, r.formula_units, r.space_group_number, round(r.density_g_per_cm3, 2), r.cell_volume_angstrom3 IS NOT NULL "
        "FROM structural_records AS r JOIN samples AS s ON s.id = r.sample_id WHERE r.cif_text IS NULL ORDER BY s.label",
    )
    assert len(tables) == 7
    assert tables[0][1:3] == (6.0, 167)
    assert tables[2] == ("5e2", 8.0, 230, 5.11, 1)  # M = 839.7 g/mol, 8 in 2181.8 Å³


def test_importing_again_changes_nothing_and_reads_no_structure_file_twice(
    engine: sa.Engine, obelix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_file(engine, obelix / "all.csv", curator="test")
    monkeypatch.setattr(
        "etl.foreign.attached_structures.read_structure", lambda *_, **__: pytest.fail("read a file that is known")
    )
    again = load_file(engine, obelix / "all.csv", curator="test")
    assert (again.id, again.added, again.changed) == (None, {}, {})
    assert again.unchanged["structural_records"] == first.added["structural_records"] == 9


def test_a_structure_that_somebody_changed_is_read_again_and_differs(engine: sa.Engine, obelix: Path) -> None:
    load_file(engine, obelix / "all.csv", curator="test")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE structural_records SET a_angstrom = 4 WHERE label = '883'"))
    with pytest.raises(RefusedFile) as refusal:
        load_file(engine, obelix / "all.csv", curator="test")
    assert [problem.code for problem in refusal.value.problems if problem.severity == "error"] == ["conflict"]


def test_undo_takes_all_of_it_back(engine: sa.Engine, obelix: Path) -> None:
    report = load_file(engine, obelix / "all.csv", curator="test")
    assert report.id is not None
    undo_batch(engine, report.id, curator="test")
    for table in ("publications", "samples", "compositions", "impedance_measurements", "structural_records"):
        assert rows_of(engine, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_a_part_of_the_data_set_comes_in_and_is_called_a_part(obelix: Path) -> None:
    intake = check_file(obelix / "train.csv")
    assert "part-of-data-set" in [doubt.code for doubt in intake.doubts]


def test_another_number_of_known_defects_is_an_error() -> None:
    edition = public_mapping("obelix").edition
    assert edition is not None
    blank = {name: "" for each in edition.expected for name in each.cells}
    texts = {number: {**blank, "ID": str(number)} for number in range(edition.rows)}
    findings = Findings("all.csv")
    assert check_edition(edition, ForeignRows(texts=texts), findings)
    told = {problem.message for problem in findings.errors}
    assert "conductivities that are limits: 0, where 37 are known" in told
    assert "IDs that stand in an earlier row: 0, where 0 are known" not in told
    longer = ForeignRows(texts=texts | {999: {**blank, "ID": "new"}})
    findings = Findings("all.csv")
    check_edition(edition, longer, findings)
    assert "rows: 600, where 599 are known" in {problem.message for problem in findings.errors}


def test_any_other_bad_row_refuses_the_file(obelix: Path) -> None:
    table = obelix / "all.csv"
    table.write_text(table.read_text().replace("Li2MgBr4", "Xx2MgBr4"))
    with pytest.raises(RefusedFile) as refusal:
        check_file(table)
    problem = next(problem for problem in refusal.value.problems if problem.severity == "error")
    assert (problem.code, problem.cell, problem.value) == ("unreadable-formula", "B7", "Xx2MgBr4")


def test_liverpool_lands_row_by_row_or_is_listed(engine: sa.Engine, sheets: Path) -> None:
    report = load_file(engine, sheets / "liverpool.csv", curator="test")
    assert [(each.row, each.reason) for each in report.passed_over] == [
        ("row 11, ID 42", "its 303 °C look like kelvin: 7.89e-4 S/cm for a garnet"),
        ("row 17, ID 930", "the same sample, kind, temperature and value as row 16"),
    ]
    assert report.as_dict()["rows"] == {"read": 13, "landed": 11}
    assert report.added["impedance_measurements"] == 11
    assert rows_of(engine, "SELECT DISTINCT contribution FROM impedance_measurements") == [("unspecified",)]
    series = rows_of(
        engine,
        "SELECT count(*) FROM impedance_measurements AS m JOIN samples AS s ON s.id = m.sample_id "
        "WHERE s.label = 'Li7La3Zr2O12'",
    )
    assert series == [(3,)]
    labels = {row[0] for row in rows_of(engine, "SELECT label FROM samples")}
    assert "(Li2S)0.7 (P2S5)0.3" in labels
    assert rows_of(engine, "SELECT title FROM publications WHERE doi IS NULL") == [
        ("Journal De Physique 26 339-341. 1965",)
    ]
    assert rows_of(engine, "SELECT structure_class, structure_type FROM samples WHERE label = 'LiI'") == [
        (None, "Lysonite")
    ]


def test_two_values_at_one_temperature_are_replicates_and_listed(engine: sa.Engine, sheets: Path) -> None:
    report = load_file(engine, sheets / "liverpool.csv", curator="test")
    pairs = "SELECT replicate_label, conductivity_s_per_cm FROM impedance_measurements WHERE temperature_c = 25 AND sample_id = (SELECT id FROM samples WHERE label = 'Li3YCl6') ORDER BY 1"
    assert rows_of(engine, pairs) == [("", 5.1e-4), ("ID 101", 3.0e-4)]
    assert [(doubt.code, doubt.cell) for doubt in report.doubts if doubt.code == "replicate"] == [("replicate", "E13")]
    assert load_file(engine, sheets / "liverpool.csv", curator="test").id is None


def test_where_two_data_sets_overlap_the_value_is_stored_once(engine: sa.Engine, obelix: Path, sheets: Path) -> None:
    load_file(engine, obelix / "all.csv", curator="test")
    report = load_file(engine, sheets / "liverpool.csv", curator="test")
    reasons = [each.reason for each in report.passed_over]
    assert "0.0003 S/cm is there as total of 5e2, same paper and composition (all.csv)" in reasons
    same = rows_of(
        engine,
        "SELECT count(*) FROM impedance_measurements AS m JOIN samples AS s ON s.id = m.sample_id JOIN publications AS p ON p.id = s.publication_id WHERE p.doi = '10.1000/garnet.one' AND conductivity_s_per_cm = 3e-4",
    )
    assert same == [(1,)]
    assert "overlap" in [doubt.code for doubt in report.doubts]  # the other temperatures of the series
    audit = run_audit(engine.url, find_audit("overlaps"))
    assert [row[3:7] for row in audit.rows] == [("5e2", "Li7La3Zr2O12", "obelix", "liverpool")]
    assert load_file(engine, sheets / "liverpool.csv", curator="test").id is None


@pytest.mark.usefixtures("no_home")
def test_a_difference_shows_what_an_import_would_store(tmp_path: Path, obelix: Path, sheets: Path) -> None:
    assert run(tmp_path, "init").returncode == 0
    assert run(tmp_path, "import", obelix).returncode == 0
    finished = run(tmp_path, "diff", sheets / "liverpool.csv", "--json")
    rows = [row for row in json.loads(finished.stdout)["rows"] if row["table"] == "impedance_measurements"]
    garnet = [row["row"] for row in rows if "Li7La3Zr2O12" in row["row"]]
    assert [name.rpartition(" · ")[2] for name in garnet] == ["50 °C", "75 °C"]  # 25 °C is there from OBELiX


def test_a_compilation_yields_to_a_paper_that_says_more(engine: sa.Engine, obelix: Path) -> None:
    paper = publication("10.1000/garnet.one")
    body = sample(paper, "LLZO", "Li7La3Zr2O12")
    curated = make_intake(paper, composition("Li7La3Zr2O12"), body, measurement(body, 3.02e-4, "bulk", 24.0))
    load_intake(engine, curated, curator="test")
    report = load_file(engine, obelix / "all.csv", curator="test")
    assert [each.row for each in report.passed_over] == ["row 2"]
    assert rows_of(engine, "SELECT count(*) FROM structural_records WHERE label LIKE '5e2%'") == [(1,)]
    assert ("5e2", "total") not in {row[:2] for row in rows_of(engine, VALUES)}


def test_a_value_of_which_more_is_known_does_not_yield(engine: sa.Engine, obelix: Path, sheets: Path) -> None:
    load_file(engine, sheets / "liverpool.csv", curator="test")
    report = load_file(engine, obelix / "all.csv", curator="test")
    assert report.passed_over == []
    told = [doubt for doubt in report.doubts if doubt.code == "overlap"]
    assert len(told) == 1
    assert "of another kind, with the same number" in told[0].message


def test_every_public_data_set_can_be_named_on_the_command_line(tmp_path: Path, sheets: Path) -> None:
    assert Counter(PUBLIC_DATA_SETS) == Counter({"obelix": 1, "liverpool": 1})
    for name in PUBLIC_DATA_SETS:
        shutil.copy(sheets / f"{name}.csv", tmp_path)
        finished = run(tmp_path, "validate", f"{name}.csv", "--format", name)
        assert finished.returncode == 0, finished.stderr


def test_a_named_data_set_whose_columns_are_missing_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "other.csv"
    table.write_text("ID,DOI\n1,10.1000/x\n")
    _, findings = examine_file(table, "obelix")
    assert [problem.code for problem in findings.errors] == ["missing-header", "missing-header"]
