"""What a curator types wrong is told with a hint that leads on, and one cause is told once."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from support.command_line import run

from etl.pipeline import check_file, examine_file
from sse_db.audits import find_audit, run_audit
from sse_db.cli.problem_groups import group_problems, shorten_cells
from sse_db.errors import Problem

SHEETS = Path(__file__).parents[1] / "data" / "sheets" / "curators"


def problems_of(name: str) -> list[Problem]:
    return examine_file(SHEETS / name)[1].problems


HINTS = {
    "H2": "a range is written 100–200",
    "F3": "footnote marks into the remark",
    "I4": "one step per temperature",
    "G5": "is it in kJ/mol?",
    "D8": "that is a crystal system",
}


@pytest.mark.parametrize("cell", HINTS)
def test_each_misleading_cell_has_a_hint_that_leads_on(cell: str) -> None:
    (problem,) = [each for each in problems_of("misleading_cells.csv") if each.cell == cell]
    assert HINTS[cell] in problem.hint


OTHERS = [
    ("σ total (S/cm)", "500", "is it in mS/cm?"), ("Ea total (eV)", "450", "is it in meV?"),
    ("Grain size (µm)", "50000", "is it in nm?"), ("Sintering time (h)", "1440", "is it in min?"),
    ("Temperature (°C)", "1573", "is it in K?"), ("Pellet diameter (mm)", "12000", "is it in µm?"),
    ("Phase", "Ia-3d", "that is a space group"), ("Phase", "garnet", "the column Structure class"),
    ("Structure class", "tetragonal", "that is a crystal system"), ("Structure class", "glass-ceramic", "the column Phase"),
    ("σ total (mS/cm)", "-4.2", "name the column log10 σ total (S/cm)"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "text", "words"), OTHERS, ids=[f"{text} in {header}" for header, text, _ in OTHERS])
def test_number_or_word_in_the_wrong_column_is_led_to_the_right_one(
    header: str, text: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "sheet.csv").write_text(f"DOI,Sample,{header}\n10.1000/one,A,{text}\n", encoding="utf-8")
    (problem,) = examine_file(tmp_path / "sheet.csv")[1].errors
    assert words in problem.hint


def test_logarithms_are_told_as_such_without_a_failure() -> None:
    for name, count in (("logarithm.csv", 1), ("logarithms.csv", 5)):
        errors = [each for each in problems_of(name) if each.severity == "error"]
        assert len(errors) == count
        assert {each.hint for each in errors} == {"is it a logarithm? Then name the column log10 σ total (S/cm)"}


def test_a_number_that_no_sample_has_is_no_misspelling() -> None:
    (problem,) = problems_of("unknown_sample.xlsx")
    assert (problem.cell, problem.hint) == ("Measurements!A6", "known are SL-1 … SL-4")


def test_sample_without_formula_and_value_without_temperature_are_doubted() -> None:
    assert [(each.code, each.cell, each.severity) for each in problems_of("nothing_said.csv")] == [
        ("no-formula", "B2", "doubt"), ("no-temperature", "E3", "doubt"),
    ]  # fmt: skip


KELVIN = {
    "kelvin_measured.csv": ["D2", "D3", "D4", "D5"], "kelvin_one.csv": ["D2", "D3"],
    "kelvin_series.csv": ["D2", "D3", "D4"], "control_hot_series.csv": [],
}  # fmt: skip


@pytest.mark.parametrize("name", KELVIN)
def test_measuring_temperatures_in_kelvin_are_doubted(name: str) -> None:
    assert [each.cell for each in check_file(SHEETS / name).doubts if each.code == "measured-in-kelvin"] == KELVIN[name]


SERIES = [
    ("298", True), ("300", True), ("273.15", True), ("298.15", True), ("173.15", True), ("25 300", False),
    ("25 298.15 50", True), ("25 50 323", True), ("300 320 340", True), ("323 348 373", True),
    ("200 250 300 350", True), ("310 400 500", True), ("25 100 200", False), ("-20 0 20 40", False), ("250", False),
    ("573 K", False),
]  # fmt: skip


@pytest.mark.parametrize(("temperatures", "is_doubted"), SERIES, ids=[each[0] for each in SERIES])
def test_kelvin_is_told_from_celsius(temperatures: str, is_doubted: bool, tmp_path: Path) -> None:
    """The values follow an activation energy of 0.35 eV, if the numbers are in kelvin."""
    words = [temperatures] if temperatures.endswith("K") else temperatures.split()
    lines = ["DOI,Sample,Temperature (°C),σ total (S/cm)"]
    for word in words:
        kelvin = max(float(word.removesuffix(" K")), 170.0)
        lines.append(f"10.1000/one,A,{word},{1e-4 * 10 ** (-0.35 / 1.9842e-4 * (1 / kelvin - 1 / 300)):.3g}")
    (tmp_path / "series.csv").write_text("\n".join(lines), encoding="utf-8")
    found = [each for each in examine_file(tmp_path / "series.csv")[1].problems if each.code == "measured-in-kelvin"]
    assert bool(found) == is_doubted


def test_audit_finds_the_kelvin_that_the_curator_let_in(tmp_path: Path, home: sa.URL) -> None:
    for name in ("kelvin_series.csv", "control_hot_series.csv"):
        result = run(tmp_path, "import", SHEETS / name, "--on-conflict", "update")
        assert result.returncode == 0
        assert ("in kelvin it would be usual" in result.stderr) == (name == "kelvin_series.csv")
    rows = run_audit(home, find_audit("measured_in_kelvin")).rows
    assert sorted(row[5] for row in rows) == [298, 323, 348]


def test_limits_and_ranges_of_a_measuring_temperature_are_refused() -> None:
    found = problems_of("temperature_range.csv")
    assert [(each.cell, each.severity) for each in found] == [("D2", "error"), ("D3", "error")]
    assert ["is a range" in found[0].message, "is a limit" in found[1].message] == [True, True]


def test_limits_are_kept_or_doubted() -> None:
    intake = check_file(SHEETS / "limits.csv")
    kept = {each.values["label"]: each.values for each in intake.drafts["samples"]}
    assert (kept["P1"]["relative_density_percent"], kept["P1"]["relative_density_relation"]) == (95, ">")
    assert (kept["P2"]["grain_size_um"], kept["P2"]["grain_size_relation"]) == (10, ">")
    assert [(each.code, each.cell) for each in intake.doubts] == [("limit-not-kept", "H4")]


COLUMNS = {
    "Sintering temperature (°C)": "1150", "Sintering time (h)": "6", "Pellet diameter (mm)": "12",
    "Pellet thickness (mm)": "1", "Additive content (wt%)": "2", "Calcination temperature (°C)": "900",
    "Sintering pressure (MPa)": "100", "a (Å)": "12.9",
}  # fmt: skip


@pytest.mark.parametrize("header", COLUMNS)
@pytest.mark.parametrize(("form", "code"), [("<{0}", "limit-not-kept"), (">{0}", "limit-not-kept"), ("~{0}", "limit-not-kept"),
                                            ("{0} to 1500", "range-not-kept"), ("{0}", None)])  # fmt: skip
def test_limits_and_ranges_of_other_columns_are_doubted(
    header: str, form: str, code: str | None, tmp_path: Path
) -> None:
    text = form.format(COLUMNS[header]).replace("1500", f"{float(COLUMNS[header]) * 1.1:g}")
    path = tmp_path / "sheet.csv"
    path.write_text(f"DOI,Sample,{header}\n10.1000/one,A,{text}\n", encoding="utf-8")
    found = {each.code for each in check_file(path).doubts} & {"limit-not-kept", "range-not-kept"}
    assert found == ({code} if code else set())


def many(message: str, count: int = 20, **more: str) -> list[Problem]:
    return [
        Problem("a.csv", message.format(number), "code", "hint", None, f"F{number}", number, "T", f"{number} x", **more)  # type: ignore[arg-type]  # severity
        for number in range(2, count + 2)
    ]


def test_one_cause_in_twenty_rows_is_one_message_with_its_rows() -> None:
    (group,) = group_problems(many("{0} x: cannot read 'x'"))
    assert (group.number, group.cells, group.message) == (20, "F2–F21", "…: cannot read 'x'")
    assert group.values == "2 x, 3 x, 4 x, 5 x, …"


def test_other_causes_severities_and_few_messages_stay_apart() -> None:
    assert len(group_problems([*many("{0} x: one"), *many("{0} x: two"), *many("{0} x: one", severity="doubt")])) == 3
    assert [each.message for each in group_problems(many("{0} S/cm is high", 2))] == [
        "2 S/cm is high",
        "3 S/cm is high",
    ]


def test_cells_of_a_run_are_written_in_short() -> None:
    assert shorten_cells(["Data!A3", "Data!B3", "Data!C3"]) == "Data!A3–C3"
    assert shorten_cells(["F9", "F3", "F4", "F5", "H9"]) == "F3–F5, F9, H9"
    assert shorten_cells([]) == ""


@pytest.mark.usefixtures("home")
def test_validate_and_a_refused_import_tell_one_cause_once(tmp_path: Path) -> None:
    rows = [f"10.1000/one,S{number},{number} foo" for number in range(20)]
    (tmp_path / "sheet.csv").write_text("\n".join(["DOI,Sample,Grain size (µm)", *rows]), encoding="utf-8")
    for command in ("validate", "import"):
        result = run(tmp_path, command, "sheet.csv")
        assert result.returncode == 1
        assert result.stdout.count("cannot read 'foo'") == 1
        assert "C2–C21" in result.stdout
        assert "20 errors" in result.stderr
