"""The template: filled in, read back, exported and read again without loss; older and newer ones told apart."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.drafts import Intake
from etl.pipeline import check_file, examine_file
from etl.sheets.example import EXAMPLE
from etl.sheets.workbook import TEMPLATE_VERSION, WORKBOOK
from etl.workbooks.annotate import annotate
from etl.workbooks.filled import rows_of
from etl.workbooks.template import write_template, write_workbook
from sse_db.errors import RefusedFile

DOI = ("doi", "10.1016/j.jeurceramsoc.2020.01.017")


def contents(intake: Intake) -> dict[Any, Any]:
    """All values and parents by table and key, blanks left out."""
    return {
        (table, draft.key): ({k: v for k, v in draft.values.items() if v not in (None, "")}, draft.parents)
        for table, drafts in intake.drafts.items()
        for draft in drafts
    }


def fill(path: Path, rows: dict[str, Any] = EXAMPLE) -> Path:
    """Fill a template as a curator does: type into the cells below the headers."""
    write_template(path)
    book = openpyxl.load_workbook(path)
    for name, lines in rows.items():
        headers = {
            column.name: place
            for place, column in enumerate(next(each for each in WORKBOOK if each.name == name).columns, start=1)
        }
        for number, line in enumerate(lines, start=2):
            for header, text in line.items():
                book[name].cell(number, headers[header]).value = text
    book.save(path)
    return path


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return fill(tmp_path / "paper.xlsx")


def test_filled_template_gives_what_was_typed(filled: Path) -> None:
    intake = check_file(filled)
    assert intake.format == "workbook"
    assert {table: len(drafts) for table, drafts in intake.drafts.items()} == {
        "publications": 1, "compositions": 1, "composition_elements": 5, "samples": 2, "processing_steps": 4,
        "impedance_measurements": 5, "activation_energies": 2,
    }  # fmt: skip
    sample = (DOI, "LATP:Si 920 C")
    bulk = contents(intake)["impedance_measurements", (sample, "bulk", 20.0, "stated", "")][0]
    assert (bulk["conductivity_s_per_cm"], bulk["value_basis"]) == (1.2e-3, "extrapolated")
    total = contents(intake)["impedance_measurements", (sample, "total", 20.0, "stated", "")][0]
    assert (total["conductivity_s_per_cm"], total["value_basis"]) == (2e-4, "measured")


def test_example_is_what_the_seed_says(filled: Path, root: Path) -> None:
    seed = contents(check_file(root / "seed_data" / "literature" / "nasicon.csv"))
    for key, (values, _) in contents(check_file(filled)).items():
        if key[0] in ("impedance_measurements", "activation_energies"):
            figure = "conductivity_s_per_cm" if "conductivity_s_per_cm" in values else "activation_energy_ev"
            assert seed[key][0][figure] == values[figure]


@pytest.mark.parametrize(
    "sheet", ["literature/garnet", "literature/nasicon", "literature/perovskite", "structure_facts"]
)
def test_seed_sheet_goes_through_a_workbook_without_loss(sheet: str, root: Path, tmp_path: Path) -> None:
    first = check_file(root / "seed_data" / f"{sheet}.csv")
    write_workbook(tmp_path / "export.xlsx", rows_of(first))
    assert contents(check_file(tmp_path / "export.xlsx")) == contents(first)


def test_empty_template_is_told_to_be_empty(tmp_path: Path) -> None:
    write_template(tmp_path / "paper.xlsx")
    with pytest.raises(RefusedFile) as refusal:
        check_file(tmp_path / "paper.xlsx")
    assert [problem.code for problem in refusal.value.problems] == ["empty"]


def test_template_offers_words_limits_and_help(tmp_path: Path) -> None:
    write_template(tmp_path / "paper.xlsx")
    book = openpyxl.load_workbook(tmp_path / "paper.xlsx")
    assert book.sheetnames[:7] == [
        "Read me", "Publication", "Samples", "Processing", "Measurements", "Structures", "Example",
    ]  # fmt: skip
    assert {name for name in book.sheetnames if book[name].sheet_state == "hidden"} == {"Lists", "sse-db"}
    samples = book["Samples"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in samples.data_validations.dataValidation}
    places = {cell.value: cell for cell in samples[1]}
    phase = rules[places["Phase"].column_letter + "2"]
    assert (phase.type, phase.errorStyle or "stop") == ("list", "stop")
    density = rules[places["Relative density (%)"].column_letter + "2"]
    assert density.type == "custom"
    assert "<=100" in density.formula1
    assert "From 0 to 100 %" in places["Relative density (%)"].comment.text
    assert samples.freeze_panes == "B2"


def test_newer_template_is_refused_in_clear_words(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["sse-db"]["B1"] = str(TEMPLATE_VERSION + 1)
    book.save(filled)
    with pytest.raises(RefusedFile) as refusal:
        check_file(filled)
    (problem,) = refusal.value.problems
    assert f"version {TEMPLATE_VERSION + 1} of the template" in problem.message
    assert "update sse-db" in problem.hint


def test_workbook_without_stamp_is_known_by_its_sheets(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    del book["sse-db"]
    book.save(filled)
    assert check_file(filled).format == "workbook"


@pytest.mark.parametrize(
    ("sheet", "header", "row", "text", "code", "hint"),
    [
        ("Measurements", "Sample", 2, "LATP:Si 920", "unknown-sample", "did you mean LATP:Si 920 C?"),
        ("Processing", "Operation", 3, "sintring", "unknown-word", "did you mean sintering?"),
        ("Processing", "Step", 3, "1", "double-step", "number the steps in order"),
        ("Samples", "Relative density (%)", 2, "958", "out-of-range", "from 0 to 100 %"),
        ("Measurements", "σ bulk (S/cm)", 2, "1.2e-3 S", "unreadable-quantity", "units for this column"),
        ("Publication", "DOI", 2, "10.1016", "unreadable-doi", "a DOI starts with 10."),
    ],
    ids=["sample misspelt", "operation misspelt", "step numbered twice", "beyond limit", "wrong unit", "no DOI"],
)
def test_mistake_is_told_with_its_cell(
    sheet: str, header: str, row: int, text: str, code: str, hint: str, filled: Path
) -> None:
    book = openpyxl.load_workbook(filled)
    cell = next(each for each in book[sheet][1] if each.value == header)
    book[sheet].cell(row, cell.column).value = text
    book.save(filled)
    with pytest.raises(RefusedFile) as refusal:
        check_file(filled)
    told = [problem for problem in refusal.value.problems if problem.code == code]
    assert [problem.cell for problem in told] == [f"{sheet}!{cell.column_letter}{row}"]
    assert hint in told[0].hint


def test_two_papers_with_a_sample_of_one_name_are_told_apart(tmp_path: Path) -> None:
    rows = {
        "Publication": ({"DOI": "10.1000/one"}, {"Title": "The other paper", "Year": "2020"}),
        "Samples": ({"Sample": "A", "Publication": "10.1000/one"}, {"Sample": "A", "Publication": "The other paper"}),
        "Measurements": (
            {"Sample": "A", "Temperature": "25", "σ total": "1e-4", "Publication": "https://doi.org/10.1000/ONE"},
            {"Sample": "A", "Temperature": "25", "σ total": "2e-4", "Publication": "the other paper"},
        ),
    }
    intake = check_file(fill(tmp_path / "papers.xlsx", rows))
    found = {
        draft.parents["sample_id"]: draft.values["conductivity_s_per_cm"]
        for draft in intake.drafts["impedance_measurements"]
    }
    assert found == {(("doi", "10.1000/one"), "A"): 1e-4, (("title", "theotherpaper", 2020), "A"): 2e-4}


def test_annotated_workbook_is_mended_from_its_comments_alone(filled: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled)
    book["Samples"]["C2"] = "NASICNO"
    book.save(filled)
    annotated = tmp_path / "annotated.xlsx"
    annotate(filled, examine_file(filled)[1].problems, annotated)
    copy = openpyxl.load_workbook(annotated)
    cell = copy["Samples"]["C2"]
    assert "did you mean NASICON?" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFF9999"
    assert copy["Samples"].data_validations.dataValidation, "the input rules are kept"
    cell.value = "NASICON"
    copy.save(annotated)
    again = tmp_path / "again.xlsx"
    intake, findings = examine_file(annotated)
    assert not findings.errors
    annotate(annotated, findings.problems, again)
    assert openpyxl.load_workbook(again)["Samples"]["C2"].comment is None
    assert intake.drafts["samples"][0].values["structure_class"] == "NASICON"


@pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="LibreOffice is not on this machine"
)
@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
def test_libreoffice_saves_a_workbook_that_reads_the_same(filled: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / "saved"
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*command, suffix, "--outdir", out, filled], check=True, capture_output=True, timeout=120)
    saved = check_file(out / f"paper.{suffix}")
    assert saved.format == "workbook"
    if suffix == "xlsx":
        rules = [len(sheet.data_validations.dataValidation) for sheet in openpyxl.load_workbook(out / "paper.xlsx")]
        assert sum(map(bool, rules)) == len(WORKBOOK), "LibreOffice takes the input rules over"
    assert contents(saved) == contents(check_file(filled))


def test_written_words_of_a_source_survive_the_way_through_a_workbook(tmp_path: Path) -> None:
    rows = {
        "Publication": ({"DOI": "10.1000/one"},),
        "Samples": ({"Sample": "A", "Grain size": "1–3 µm", "Additive": "none"},),
        "Measurements": ({"Sample": "A", "Temperature": "RT", "σ bulk": "<1e-10", "σ total": "1.2(3)e-4 S cm⁻¹"},),
    }
    first = check_file(fill(tmp_path / "first.xlsx", rows))
    write_workbook(tmp_path / "second.xlsx", rows_of(first))
    second = check_file(tmp_path / "second.xlsx")
    assert contents(second) == contents(first)
    bulk = second.drafts["impedance_measurements"][0].values
    assert (bulk["relation"], bulk["conductivity_s_per_cm"]) == ("<", 1e-10)
    assert json.loads(bulk["as_written"])["temperature_c"] == "RT"
