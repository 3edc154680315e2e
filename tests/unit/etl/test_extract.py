"""Reading spreadsheets: every cell as its user sees it, and everything odd told with its place."""

from __future__ import annotations

import datetime
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from etl.pipeline import check_file
from etl.tables.extract import read_sheets
from etl.tables.workbook_scan import column_letters, place_of
from sse_db.errors import RefusedFile, UnreadableSource

LINES = "DOI{d}Sample{d}σ total (S/cm)\n10.1000/one{d}A µ{d}1e-4\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"], ids=str)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_csv_in_any_usual_encoding_reads_the_same(encoding: str, delimiter: str, tmp_path: Path) -> None:
    text = LINES.format(d=delimiter)
    if encoding == "utf-16-be":
        text = "\ufeff" + text
    (tmp_path / "sheet.csv").write_bytes(text.encode(encoding))
    (sheet,) = read_sheets(tmp_path / "sheet.csv")
    assert sheet.rows == [["DOI", "Sample", "σ total (S/cm)"], ["10.1000/one", "A µ", "1e-4"]]


def test_csv_in_a_western_code_page_keeps_its_letters(tmp_path: Path) -> None:
    text = "DOI;Sample;Grain size (µm);Temperature (°C)\r\n10.1000/one;Probe für Müller;3,5;25\r\n"
    (tmp_path / "sheet.csv").write_bytes(text.encode("cp1252"))
    (sheet,) = read_sheets(tmp_path / "sheet.csv")
    assert sheet.rows == [line.split(";") for line in text.split("\r\n")[:2]]


def test_texts_that_pandas_takes_for_nothing_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_text("DOI,Sample\n10.1000/one,null\n,\n10.1000/one,None\n", encoding="utf-8")
    (sheet,) = read_sheets(tmp_path / "sheet.csv")
    assert [row[1] for row in sheet.rows if row] == ["Sample", "null", "None"]
    assert sheet.cell(3, 1).address == "B4"


def test_numbers_of_a_workbook_have_no_binary_noise(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([0.1 + 0.2, 1e-10, 3, 25.0, 2.19e-4])
    book.save(tmp_path / "sheet.xlsx")
    (sheet,) = read_sheets(tmp_path / "sheet.xlsx")
    assert [float(text) for text in sheet.rows[0]] == [pytest.approx(0.3, rel=1e-15), 1e-10, 3, 25, 2.19e-4]
    assert sheet.rows[0][2:4] == ["3", "25"]


def odd_workbook(path: Path) -> Path:
    """A sheet of samples with one cell of every odd kind, written by another library than the one that reads."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["DOI", "Sample", "Formula", "Sintering time (h)", "σ total (S/cm)"])
    for row in range(1, 7):
        sheet.write_row(row, 0, ["10.1000/one", f"S{row}", "Li7La3Zr2O12", 5, 1e-4])
    sheet.write_boolean("B2", True)
    sheet.write_datetime("D3", datetime.datetime(2020, 1, 2), book.add_format({"num_format": "d mmm"}))
    sheet.write_formula("E4", "=1/0", None, "#DIV/0!")
    sheet.merge_range("C5:C6", "Li7La3Zr2O12")
    book.close()
    return path


def test_odd_cells_of_a_workbook_are_told_with_their_places(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as refusal:
        check_file(odd_workbook(tmp_path / "odd.xlsx"))
    assert {(problem.cell, problem.code) for problem in refusal.value.problems} == {
        ("Data!B2", "truth-value"), ("Data!D3", "date"), ("Data!E4", "spreadsheet-error"), ("Data!C5", "merged-cells"),
    }  # fmt: skip


def test_formula_counts_with_its_value_and_is_refused_without(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "valued.xlsx"))
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, ["DOI", "Sample", "σ total (S/cm)"])
    sheet.write_row(1, 0, ["10.1000/one", "A"])
    sheet.write_formula("C2", "=1e-4*2", None, 2e-4)
    book.close()
    (draft,) = check_file(tmp_path / "valued.xlsx").drafts["impedance_measurements"]
    assert draft.values["conductivity_s_per_cm"] == 2e-4
    same = openpyxl.load_workbook(tmp_path / "valued.xlsx")
    same.save(tmp_path / "unvalued.xlsx")  # openpyxl writes formulas without their values
    with pytest.raises(RefusedFile) as refusal:
        check_file(tmp_path / "unvalued.xlsx")
    assert [(each.cell, each.code) for each in refusal.value.problems] == [("Data!C2", "uncomputed-formula")]


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["DOI", "Sample"])
    book.create_sheet("secret").append(["x"])
    book["secret"].sheet_state = "hidden"
    book.save(tmp_path / "sheet.xlsx")
    assert [sheet.name for sheet in read_sheets(tmp_path / "sheet.xlsx")] == ["Sheet"]


def far_cell(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    book.save(path)


def cell_beyond_any_sheet(path: Path) -> None:
    """The row number overflows what libraries reserve memory for."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cells = b'<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="J99999999"><v>1</v></c></row></sheetData>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"<sheetData ?/>|<sheetData></sheetData>", cells, sheet)
    assert cells in parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def many_columns(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["x"] * 16_384)
    book.save(path)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)


def repeated_cells(path: Path) -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="T"><table:table-row table:number-rows-repeated="1000000">'
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16000"/>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<x/>")


def entities(path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    parts["xl/workbook.xml"] = declared + parts["xl/workbook.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def image(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200))


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("far.xlsx", far_cell, "too far"),
        ("beyond.xlsx", cell_beyond_any_sheet, "too far"),
        ("wide.xlsx", many_columns, "too far"),
        ("bomb.xlsx", bomb, "too much"),
        ("repeated.ods", repeated_cells, "too far"),
        ("entities.xlsx", entities, "entities"),
        ("image.xlsx", image, "damaged"),
        ("image.csv", image, "binary"),
        ("empty.csv", Path.touch, "empty"),
        ("long.csv", lambda path: path.write_text("Sample\n" + "x" * 40_000), "characters"),
    ],
    ids=["far cell", "row beyond any sheet", "16k columns", "zip bomb", "repeated cells", "XML entities",
         "image as xlsx", "image as csv", "empty file", "huge cell"],
)  # fmt: skip
def test_hostile_file_is_refused_in_words(name: str, make: object, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    make(path)  # type: ignore[operator]  # each one takes a path
    with pytest.raises(UnreadableSource, match=words):
        read_sheets(path)


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(place: int, letters: str) -> None:
    assert column_letters(place) == letters
    assert place_of(f"{letters}7") == (6, place)
