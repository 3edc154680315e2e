"""Annotated copies: colours and comments where the problems are, everything else as it was."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from etl.workbooks.annotate import annotate
from sse_db.errors import Problem, UnreadableSource


@pytest.fixture
def book(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    sheet.append(["Sample", "T (K)"])
    sheet.append(["A", "three hundred"])
    sheet["A1"].font = Font(bold=True)
    sheet["B2"].comment = Comment("ask Tim", "curator")
    sheet.freeze_panes = "A2"
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def problem(cell: str | None, severity: str = "error", message: str = "no number") -> Problem:
    sheet = "Data" if cell else None
    return Problem("book.xlsx", message, "code", "write one", sheet, cell, severity=severity)  # type: ignore[arg-type]


def test_error_is_red_doubt_is_yellow_and_the_rest_is_kept(book: Path, tmp_path: Path) -> None:
    annotate(book, [problem("Data!B2"), problem("Data!A2", "doubt")], tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Data"]
    assert (sheet["B2"].fill.fgColor.rgb, sheet["A2"].fill.fgColor.rgb) == ("FFFF9999", "FFFFE699")
    assert "no number" in sheet["B2"].comment.text
    assert "write one" in sheet["B2"].comment.text
    assert "ask Tim" in sheet["B2"].comment.text
    assert (sheet["A1"].font.bold, sheet.freeze_panes, sheet["B2"].value) == (True, "A2", "three hundred")


def test_second_copy_forgets_what_was_mended_and_keeps_the_curators_comment(book: Path, tmp_path: Path) -> None:
    annotate(book, [problem("Data!B2")], tmp_path / "first.xlsx")
    annotate(tmp_path / "first.xlsx", [], tmp_path / "second.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "second.xlsx")["Data"]["B2"]
    assert cell.comment.text == "ask Tim"
    assert cell.fill.fill_type is None


def test_several_problems_of_one_cell_share_its_comment(book: Path, tmp_path: Path) -> None:
    told = [problem("Data!A2", "doubt", "odd"), problem("Data!A2", "error", "wrong")]
    annotate(book, told, tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["Data"]["A2"]
    assert cell.fill.fgColor.rgb == "FFFF9999"
    assert "odd" in cell.comment.text
    assert "wrong" in cell.comment.text


def test_first_sheet_lists_all_problems_and_leads_to_their_cells(book: Path, tmp_path: Path) -> None:
    told = [problem("Data!A2", "doubt", "odd"), problem(None, message="there is no sheet Samples"), problem("Data!B2")]
    assert annotate(book, told, tmp_path / "out.xlsx") == 2
    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert copy.active.title == copy.sheetnames[0] == "Problems"
    rows = list(copy["Problems"].iter_rows(min_row=2))
    assert [[cell.value for cell in row[:4]] for row in rows] == [
        ["error", "book.xlsx", None, "there is no sheet Samples"],
        ["error", "Data!B2", None, "no number"],
        ["doubt", "Data!A2", None, "odd"],
    ]
    assert [row[1].hyperlink and row[1].hyperlink.location for row in rows] == [None, "'Data'!B2", "'Data'!A2"]
    assert copy["Data"].sheet_properties.tabColor.rgb == "FFFF9999"


def test_copy_without_problems_has_neither_list_nor_colour(book: Path, tmp_path: Path) -> None:
    annotate(book, [problem("Data!B2")], tmp_path / "first.xlsx")
    assert annotate(tmp_path / "first.xlsx", [], tmp_path / "second.xlsx") == 0
    copy = openpyxl.load_workbook(tmp_path / "second.xlsx")
    assert copy.sheetnames == ["Data"]
    assert copy["Data"].sheet_properties.tabColor is None


def test_text_of_a_csv_is_never_taken_for_a_formula(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text('Sample,Remark\nA,"=HYPERLINK(""x"")"\n', encoding="utf-8")
    annotate(tmp_path / "sheet.csv", [], tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["sheet"]["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_damaged_workbook_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(UnreadableSource, match="damaged"):
        annotate(tmp_path / "book.xlsx", [], tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()
