"""What a cell shows beside what it holds: the shown value is read, or a doubt says that the two differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from etl.pipeline import check_file
from etl.tables.extract import read_sheets
from etl.tables.number_formats import is_plain, reconcile, show
from etl.tables.rich_text import Look, RichText

SHOWN = Path(__file__).parents[2] / "data" / "sheets" / "shown"


def sample_of(path: Path) -> dict[str, Any]:
    return check_file(path).drafts["samples"][0].values


def doubts_of(path: Path) -> list[tuple[str, str | None]]:
    return [(doubt.code, doubt.cell) for doubt in check_file(path).doubts]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_percent_cells_count_as_they_are_shown(suffix: str) -> None:
    values = sample_of(SHOWN / f"percent_cells.{suffix}")
    assert (values["relative_density_percent"], values["additive_wt_percent"]) == (95.5, 5)
    assert doubts_of(SHOWN / f"percent_cells.{suffix}") == []


def test_percent_cells_of_the_workbook_count_as_they_are_shown() -> None:
    samples = check_file(SHOWN / "workbook_percent_cells.xlsx").drafts["samples"]
    assert [draft.values["relative_density_percent"] for draft in samples] == [86.7, 87.7]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_units_of_number_formats_count(suffix: str) -> None:
    intake = check_file(SHOWN / f"unit_in_number_format.{suffix}")
    assert intake.drafts["impedance_measurements"][0].values["conductivity_s_per_cm"] == 3.2e-4
    assert intake.drafts["samples"][0].values["grain_size_um"] == 0.5


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_raised_footnote_marks_are_no_digits(suffix: str) -> None:
    path = SHOWN / f"superscript_footnotes.{suffix}"
    values = sample_of(path)
    names = ("relative_density_percent", "grain_size_um", "additive_wt_percent")
    assert [values[name] for name in names] == [9, 3, 1]
    raised = [found for found in doubts_of(path) if found[0] == "raised-characters"]
    assert raised == [("raised-characters", f"Data!{column}2") for column in "FGI"]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_cells_that_are_struck_through_are_doubted(suffix: str) -> None:
    found = doubts_of(SHOWN / f"struck_through.{suffix}")
    assert found == [("struck-through", f"Data!{column}3") for column in "ABCDEFG"]


FORMATS = [
    (0.955, "0.0%", "95.5%", False),
    (0.95512, "0%", "95.512%", False),
    (0.07, "0.00%", "7%", False),
    (-0.05, "0.0%;-0.0%", "-5%", False),
    (95.5, '0.0"%"', "95.5%", False),
    (0.005, '0.000"‰"', "0.005‰", False),
    (0.32, '0.00" mS/cm"', "0.32 mS/cm", False),
    (25, "0\\°\\C", "25°C", False),
    (25, 'General" K"', "25 K", False),
    (3e-5, '0.0E+00" S/cm"', "0.00003 S/cm", False),
    (3.2, '0.0"×10⁻⁴"', "3.2×10⁻⁴", False),
    (95, '">"0', ">95", False),
    (5, '"~"0', "~5", False),
    (1, "000", "001", False),
    (0.5, "# ?/?", "0.5", False),
    (1e-4, "0.00E+00", "0.0001", False),
    (1234567.5, "#,##0.00", "1234567.5", False),
    (5, "[Red]0.0", "5", False),
    (-20, "0;[Red]-0", "-20", False),
    (-20, "0.00;0.00", "20", True),
    (-20, "#,##0_);(#,##0)", "-20", True),
    (20, '"-"0', "-20", True),
    (1150, "0.00,", "1.15", True),
    (150, '[>100]"high";0', "high", True),
    (50, '[>100]"high";0', "50", False),
    (25, '"RT"', "RT", True),
    (0, '0;-0;"n.d."', "n.d.", True),
    (5, ";;;", "5", True),
    (5, "[White]0", "5", True),
    (150, '0"-"00', "150", True),
    (45000, "yyyy", "45000", True),
    ("P1", '"Sample "@', "Sample P1", False),
    ("P1", "@", "P1", False),
    ("P1", "0;0;0;", "P1", True),
]


@pytest.mark.parametrize(
    ("value", "code", "text", "is_doubted"), FORMATS, ids=[f"{code} of {value}" for value, code, *_ in FORMATS]
)
def test_number_format_gives_its_text_or_a_doubt(value: float | str, code: str, text: str, is_doubted: bool) -> None:
    shown = show(value, code)
    assert (shown.text, bool(shown.doubt)) == (text, is_doubted)
    if is_plain(code):
        assert not is_doubted
        assert text == str(value) or float(text) == value


BESIDE = [
    (0.955, "95.5%", "95.5%", False), (0.32, "0,32 mS/cm", "0.32 mS/cm", False), (1150, "1.150,00", "1150", False),
    (1150, "1,150", "1150", False), (3.2e-4, "3.20E-04", "0.00032", False), (0.5, "1/2", "0.5", False),
    (95, ">95", ">95", False), (150, "high", "high", True), (-20, "20", "20", True), (25, "", "25", True),
    (1500, "1.5", "1.5", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "beside", "text", "is_doubted"), BESIDE, ids=[each[1] or "nothing" for each in BESIDE]
)
def test_number_beside_its_shown_text(value: float, beside: str, text: str, is_doubted: bool) -> None:
    shown = reconcile(value, beside)
    assert (shown.text, bool(shown.doubt)) == (text, is_doubted)


LOOKS: dict[str, Look] = {"^": "raised", "_": "lowered", "~": "struck"}
TEXTS = [
    (["9", "^2"], "9", True), (["3.2×10", "^-4"], "3.2×10⁻⁴", False), (["10", "^2"], "10²", True),
    (["10", "^−4"], "10⁻⁴", False), (["Li", "_7", "La", "_3"], "Li7La3", False), (["^7", "Li"], "⁷Li", False),
    (["LLZO", "^a"], "LLZOᵃ", True), (["Li", "^+", "-ion"], "Li⁺-ion", False), (["3 S cm", "^-1"], "3 S cm⁻¹", False),
    (["95", "^*"], "95", True), (["5", "_a"], "5", True), (["~0.32", " 0.35"], " 0.35", True),
    (["9", "~5"], "9", True), (["~P2"], "P2", True), (["3.2", "^b", " S/cm"], "3.2 S/cm", True),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "text", "is_doubted"), TEXTS, ids=["".join(each[0]) for each in TEXTS])
def test_text_of_several_looks_is_read_without_its_marks(pieces: list[str], text: str, is_doubted: bool) -> None:
    rich = RichText()
    for piece in pieces:
        look = LOOKS.get(piece[0])
        rich.add(piece[1:] if look else piece, look or "plain")
    found, told = rich.flatten()
    assert (found, bool(told)) == (text, is_doubted)


def test_hidden_rows_columns_and_sheets_are_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "hidden.xlsx"))
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["DOI", "Sample", "Temperature (°C)", "σ total (S/cm)"])
    for row in range(1, 6):
        sheet.write_row(row, 0, ["10.1000/one", f"S{row}", 25, 1e-4])
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column("C:C", None, None, {"hidden": True})
    sheet.set_column("F:XFD", None, None, {"hidden": True})
    secret = book.add_worksheet("Secret")
    secret.write(0, 0, "10.1000/two")
    secret.hide()
    book.close()
    intake = check_file(tmp_path / "hidden.xlsx")
    found = {(each.sheet, each.cell, each.message) for each in intake.doubts}
    assert found == {
        ("Data", "Data!A3", "rows 3 to 4 are hidden, and read all the same"),
        ("Data", "Data!C1", "column C is hidden, and read all the same"),
        ("Secret", None, "the sheet Secret is hidden, and was not read"),
    }
    assert len(intake.drafts["samples"]) == 5


def test_conditional_format_that_strikes_through_is_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "rules.xlsx"))
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["DOI", "Sample", "σ total (S/cm)"])
    sheet.write_row(1, 0, ["10.1000/one", "A", 1e-4])
    struck = book.add_format({"font_strikeout": True})
    sheet.conditional_format("C2:C9", {"type": "cell", "criteria": ">", "value": 0, "format": struck})
    book.close()
    assert doubts_of(tmp_path / "rules.xlsx") == [("number-format", "Data!C2")]


def test_number_cells_of_the_wrong_unit_are_refused_by_their_format(tmp_path: Path) -> None:
    from sse_db.errors import RefusedFile

    book = openpyxl.Workbook()
    book.active.append(["DOI", "Sample", "Grain size (µm)"])
    book.active.append(["10.1000/one", "A", 0.5])
    book.active["C2"].number_format = '0.0" S/cm"'
    book.save(tmp_path / "wrong.xlsx")
    with pytest.raises(RefusedFile) as refusal:
        check_file(tmp_path / "wrong.xlsx")
    assert [problem.cell for problem in refusal.value.problems] == ["Sheet!C2"]


def test_shared_texts_with_raised_characters_are_read_like_inline_ones(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "shared.xlsx"))
    sheet = book.add_worksheet("Data")
    raised = book.add_format({"font_script": 1})
    sheet.write_rich_string(0, 0, "9", raised, "2")
    sheet.write_rich_string(1, 0, "3.2×10", raised, "-4")
    book.close()
    (staged,) = read_sheets(tmp_path / "shared.xlsx")
    assert staged.rows == [["9"], ["3.2×10⁻⁴"]]
    assert [(mark.row, mark.severity) for mark in staged.marks] == [(0, "doubt")]
