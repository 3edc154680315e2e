"""The literature sheet: every mistake is told with its cell, and what is right arrives as it was written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.drafts import Draft
from etl.pipeline import check_file, examine_file
from etl.workbooks.annotate import annotate
from sse_db.errors import Problem, RefusedFile

TEN = {
    "C3": ("unreadable-formula", "Li7La3Zr2O12"),
    "A3": ("unreadable-doi", "a DOI starts with 10."),
    "D2": ("unknown-word", "did you mean NASICON?"),
    "E3": ("out-of-range", "from 0 to 2500 °C"),
    "E4": ("disagreement", "rows of one sample must agree"),
    "H3": ("unreadable-quantity", ""),
    "I3": ("out-of-range", "from 0 to 100 %"),
    "J3": ("unknown-word", "did you mean crystal?"),
    "K1": ("header-unit", "Grain size (µm)"),
    "L1": ("unknown-header", "known are:"),
}


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(RefusedFile) as refusal:
        check_file(path)
    return refusal.value.problems


def test_ten_mistakes_are_ten_located_problems(root: Path) -> None:
    problems = problems_of(root / "tests" / "data" / "sheets" / "ten_mistakes.csv")
    told = {problem.cell: problem for problem in problems if problem.severity == "error"}
    assert {cell: told[cell].code for cell in told} == {cell: code for cell, (code, _) in TEN.items()}
    assert len(problems) == len(told)
    for cell, (_, hint) in TEN.items():
        assert hint in told[cell].hint
    assert (told["H3"].row, told["H3"].column, told["H3"].value) == (3, "σ total (S/cm)", "1e-4x")


def test_same_mistakes_in_a_workbook_are_told_with_sheet_and_cell(root: Path, tmp_path: Path) -> None:
    annotate(root / "tests" / "data" / "sheets" / "ten_mistakes.csv", [], tmp_path / "copy.xlsx")
    problems = problems_of(tmp_path / "copy.xlsx")
    assert {problem.cell for problem in problems} == {f"ten_mistakes!{cell}" for cell in TEN}


def test_annotated_copy_of_a_csv_tells_each_mistake_in_its_cell(root: Path, tmp_path: Path) -> None:
    sheet = root / "tests" / "data" / "sheets" / "ten_mistakes.csv"
    annotate(sheet, examine_file(sheet)[1].problems, tmp_path / "annotated.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "annotated.xlsx")["ten_mistakes"]
    commented = {cell.coordinate for row in copy.iter_rows() for cell in row if cell.comment}
    assert commented == set(TEN)
    assert copy["H3"].value == "1e-4x"


def write_csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def one(path: Path, table: str) -> Draft:
    (draft,) = check_file(path).drafts[table]
    return draft


def measurement(tmp_path: Path, header: str, text: str) -> dict[str, Any]:
    path = write_csv(tmp_path / "one.csv", f"DOI,Sample,{header}", f"10.1000/one,A,{text}")
    return one(path, "impedance_measurements").values


@pytest.mark.parametrize(
    ("header", "text", "value", "written"),
    [
        ("sigma (mS/cm)", "0.2", 2e-4, "0.2 mS/cm"),
        ("log σ total (S/cm)", "-4", 1e-4, "log(σ/S/cm) = -4"),
        ("σ total (S/cm)", "2e-4", 2e-4, None),
        ("σ total (S/cm)", "0.2 mS cm⁻¹", 2e-4, "0.2 mS cm⁻¹"),
        ("Ionic conductivity [S/m]", "3.2×10−2", 3.2e-4, "3.2×10−2 S/m"),
    ],
    ids=["unit in header", "logarithm in header", "own unit", "unit in cell", "another name and unit"],
)
def test_units_of_headers_count_and_are_kept(
    header: str, text: str, value: float, written: str | None, tmp_path: Path
) -> None:
    values = measurement(tmp_path, header, text)
    assert values["conductivity_s_per_cm"] == pytest.approx(value, rel=1e-12)
    assert json.loads(values.get("as_written", "{}")).get("conductivity_s_per_cm") == written


@pytest.mark.parametrize(
    ("header", "text", "temperature", "basis"),
    [
        ("T (K)", "298.15", 25.0, "stated"),
        ("Temperature (°C)", "RT", 25.0, "room_temperature"),
        ("Temperature (°C)", "n.r.", None, "not_stated"),
        ("Temperature (°C)", "300 K", 26.85, "stated"),
    ],
    ids=["kelvin in header", "room temperature", "mark for nothing", "kelvin in cell"],
)
def test_temperature_has_a_basis(header: str, text: str, temperature: float | None, basis: str, tmp_path: Path) -> None:
    values = measurement(tmp_path, f"{header},σ total (S/cm)", f"{text},1e-4")
    assert values["temperature_c"] == pytest.approx(temperature)
    assert values["temperature_basis"] == basis


@pytest.mark.parametrize(
    ("text", "relation", "uncertainty"),
    [("<1e-10", "<", None), ("~1e-10", "~", None), ("1.0(2)e-10", "=", 2e-11)],
    ids=["limit", "approximate", "with uncertainty"],
)
def test_limits_stay_limits(text: str, relation: str, uncertainty: float | None, tmp_path: Path) -> None:
    values = measurement(tmp_path, "σ total (S/cm)", text)
    assert (values["conductivity_s_per_cm"], values["relation"]) == (1e-10, relation)
    assert values["uncertainty_s_per_cm"] == pytest.approx(uncertainty)


def test_range_of_a_conductivity_is_near_its_midpoint_and_kept_as_written(tmp_path: Path) -> None:
    values = measurement(tmp_path, "σ total (S/cm)", "1e-4–3e-4")
    assert values["relation"] == "~"
    assert json.loads(values["as_written"])["conductivity_s_per_cm"] == "1e-4–3e-4"


@pytest.mark.parametrize(
    ("text", "present", "formula", "content"),
    [("none,", 0, None, 0.0), ("Li2O,", 1, "Li2O", None), ("B2O3,5", 1, "B2O3", 5.0), (",", None, None, None)],
    ids=["none stated", "named", "with content", "silent"],
)
def test_additive_is_present_absent_or_unknown(
    text: str, present: int | None, formula: str | None, content: float | None, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "s.csv", "DOI,Sample,Additive,Additive content (wt%)", f"10.1000/one,A,{text}")
    values = one(path, "samples").values
    found = [values.get(name) for name in ("additive_present", "additive_formula", "additive_wt_percent")]
    assert found == [present, formula, content]


def test_mole_percent_never_becomes_mass_percent(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "s.csv", "DOI,Sample,Additive,Additive content (wt%)", "10.1000/one,A,Li2O,5 mol%")
    (problem,) = problems_of(path)
    assert (problem.cell, problem.code) == ("D2", "unreadable-quantity")


def test_single_conductivity_of_unsaid_kind_is_total_assumed(tmp_path: Path) -> None:
    values = measurement(tmp_path, "σ total (S/cm),Contribution stated", "1e-4,no")
    assert (values["contribution"], values["contribution_basis"]) == ("total", "assumed")


def test_blank_inherits_and_what_describes_the_sample_is_stored_once(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "s.csv",
        "DOI,Sample,Formula,Sintering temperature (°C),Temperature (°C),σ total (S/cm)",
        "10.1000/one,A,Li7La3Zr2O12,,25,1e-4",
        ",,,,,",
        "10.1000/one,A,,1150,50,2e-4",
    )
    drafts = check_file(path).drafts
    assert {table: len(rows) for table, rows in drafts.items()} == {
        "publications": 1, "compositions": 1, "composition_elements": 4, "samples": 1, "processing_steps": 1,
        "impedance_measurements": 2,
    }  # fmt: skip
    assert drafts["processing_steps"][0].values["temperature_c"] == 1150
    assert drafts["impedance_measurements"][1].source_row == "4", "blank rows do not shift numbers"


def test_processing_columns_become_steps_in_order(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "s.csv",
        "DOI,Sample,Calcination temperature (°C),Sintering temperature (K),Sintering time (min),Sintering mode",
        "10.1000/one,A,800,1223.15,30,SPS",
    )
    steps = [draft.values for draft in check_file(path).drafts["processing_steps"]]
    assert [(step["position"], step["operation"], step["temperature_c"]) for step in steps] == [
        (1, "calcination", 800.0),
        (2, "spark_plasma_sintering", 950.0),
    ]
    assert (steps[1]["duration_h"], steps[1]["operation_text"]) == (0.5, "SPS")


def test_value_basis_can_differ_between_contributions(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "s.csv",
        "DOI,Sample,σ bulk (S/cm),σ total (S/cm),Value basis",
        "10.1000/one,A,1e-3,1e-4,bulk: extrapolated; total: measured",
    )
    drafts = check_file(path).drafts["impedance_measurements"]
    assert [draft.values["value_basis"] for draft in drafts] == ["extrapolated", "measured"]


def test_two_values_of_one_kind_want_replicate_labels(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "s.csv",
        "DOI,Sample,Temperature (°C),σ total (S/cm)",
        "10.1000/one,A,25,1e-4",
        "10.1000/one,A,25,2e-4",
    )
    (problem,) = problems_of(path)
    assert (problem.cell, problem.code) == ("D3", "double-value")
    assert "Replicate" in problem.hint


@pytest.mark.parametrize(
    ("space_group", "known"),
    [("R-3c", {"b_angstrom": 8.5, "gamma_degree": 120.0}), ("", {"b_angstrom": None, "gamma_degree": None})],
    ids=["crystal system fixes them", "nothing fixes them"],
)
def test_lattice_constants_make_a_record_of_the_sample(
    space_group: str, known: dict[str, float | None], tmp_path: Path
) -> None:
    path = write_csv(
        tmp_path / "s.csv",
        "DOI,Sample,Formula,Space group,a (Å),c (Å)",
        f"10.1000/one,A,LiTi2(PO4)3,{space_group},8.5,2.08 nm",
    )
    record = one(path, "structural_records")
    assert record.parents["sample_id"] == (("doi", "10.1000/one"), "A")
    assert record.values["c_angstrom"] == pytest.approx(20.8)
    assert {name: record.values.get(name) for name in known} == known
    assert record.values["coordinates_basis"] == "unknown"
    assert record.values.get("cell_volume_angstrom3") is None, "without Z there is no volume per formula unit"


@pytest.mark.parametrize(
    ("headers", "code", "cell"),
    [
        ("DOI,Sample,sigma (S/cm),σ total (S/cm)", "double-header", "D1"),
        ("DOI,Sampel,σ total (S/cm)", "unknown-header", "B1"),
        ("DOI,Sample,σ total (K)", "header-unit", "C1"),
    ],
    ids=["one meaning twice", "misspelt", "unit of another kind"],
)
def test_wrong_headers_are_told(headers: str, code: str, cell: str, tmp_path: Path) -> None:
    problems = problems_of(write_csv(tmp_path / "s.csv", headers, "10.1000/one,A,1e-4,1e-4"))
    assert (code, cell) in [(problem.code, problem.cell) for problem in problems]


def test_one_mistake_is_told_once(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "s.csv", "DOI,Sample,Temperature (°C),σ total (S/cm)",
        "10.1000/one,A,fifty,1e-4", "10.1000/one,A,sixty,2e-4", "10.1000/one,A,25,5e-5", "10.1000,A,25,5e-5",
    )  # fmt: skip
    assert [(problem.cell, problem.code) for problem in problems_of(path)] == [
        ("C2", "unreadable-quantity"),
        ("C3", "unreadable-quantity"),
        ("A5", "unreadable-doi"),
    ]


def test_publication_with_and_without_its_doi_is_told(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "s.csv", "DOI,Title,Sample", "10.1000/one,The paper,A", ",The Paper.,B", ",Another paper,C"
    )
    (problem,) = problems_of(path)
    assert (problem.cell, problem.code) == ("B3", "publication-twice")


def test_limit_beside_an_exact_value_of_the_same_size_wants_a_replicate_label(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "s.csv", "DOI,Sample,T (K),σ total (S/cm)", "10.1000/one,A,300,1e-9", "10.1000/one,A,300,<1e-9"
    )
    (problem,) = problems_of(path)
    assert (problem.cell, problem.code) == ("D3", "double-value")
