"""Texts of other programs: encodings, delimiters and quotes are read for what they are, or told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.seeded import ROOT

from etl.pipeline import examine_file, find_files
from etl.readers import recognise
from etl.tables.extract import read_sheets
from etl.tables.texts import decode, split_table
from sse_db.errors import UnknownFormat, UnreadableSource

FOLDER = ROOT / "tests" / "data" / "texts"
HEAD = "DOI,Sample,Formula,Temperature (°C),σ total (S/cm),Remark\n"


def values(path: Path) -> list[tuple[str, float, float]]:
    """Sample, temperature and conductivity of each measurement."""
    intake, findings = examine_file(path)
    assert findings.errors == []
    drafts = intake.drafts["impedance_measurements"]
    return [(each.key[0][1], each.values["temperature_c"], each.values["conductivity_s_per_cm"]) for each in drafts]


def errors(path: Path) -> list[str]:
    return [f"{each.message} | {each.hint}" for each in examine_file(path)[1].errors]


@pytest.mark.parametrize("name", ["sep_line", "pipes", "utf16_without_mark"])
def test_what_other_programs_write_is_read(name: str) -> None:
    assert values(FOLDER / f"{name}.csv") == [("P1", 25, 3e-4)]


def test_marks_of_nothing_are_blank() -> None:
    intake, findings = examine_file(FOLDER / "not_determined.csv")
    assert findings.errors == []
    assert len(intake.drafts["impedance_measurements"]) == 3
    assert [each.values.get("grain_size_um") for each in intake.drafts["samples"]] == [None, 5, None, 5, None]


@pytest.mark.parametrize("mark", ["N.D.", "n. d.", "Not measured", "not determined", "n.m.", "nd", "ND", "?", "-", "—",
                                  "‑", "n/a", "n.a.", "NaN", "Not  reported", "\u200b", "\u00a0"])  # fmt: skip
def test_a_mark_of_nothing_is_blank_in_any_spelling(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}10.5555/a,P1,Li7La3Zr2O12,25,{mark},ok\n", encoding="utf-8")
    intake, findings = examine_file(path)
    assert findings.errors == []
    assert "impedance_measurements" not in intake.drafts


def test_sodium_and_neodymium_are_additives_and_no_marks_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "10.5555/a,P1,Li7La3Zr2O12,Na\n10.5555/a,P2,Li7La3Zr2O12,n.a.\n"
    path.write_text(f"DOI,Sample,Formula,Additive\n{rows}", encoding="utf-8")
    samples = examine_file(path)[0].drafts["samples"]
    assert [each.values.get("additive_formula") for each in samples] == ["Na", None]


QUOTES = {
    "never closed": ('10.5555/a,P1,LiCl,25,1e-4,"first run\n10.5555/a,P2,LiCl,25,2e-4,ok\n', "line 2: the quote"),
    "opened in a name": ('10.5555/a,"P1,LiCl,25,1e-4,ok\n10.5555/a,P2,LiCl,25,2e-4,ok\n', "line 2: the quote"),
    "closed by another stray one": (
        '10.5555/a,P1,LiCl,25,1e-4,"first run\n10.5555/a,P2,LiCl,25,2e-4,ok\n10.5555/a,P3,LiCl,25,3e-4,"second\n',
        "line 2: the quoted text that opens there closes in line 4 before its cell ends",
    ),
    "closed in the same column of the next row": (
        '10.5555/a,"P1,LiCl,25,1e-4,ok\n10.5555/a,P2",LiCl,25,2e-4,ok\n', "what lies between looks like rows",
    ),
    "closed at the end of the next row": (
        '10.5555/a,P1,LiCl,25,1e-4,"ok\n10.5555/a,P2,LiCl,25,2e-4,ok"\n', "what lies between looks like rows",
    ),
    "below a text of two lines": (
        '10.5555/a,P1,LiCl,25,1e-4,"two\nlines"\n10.5555/a,P2,LiCl,25,2e-4,"ok\n', "line 4: the quote",
    ),
    "letters behind a quoted text": ('10.5555/a,"P1"x,LiCl,25,1e-4,ok\n', "line 2: the quoted text"),
    "very long": (f'10.5555/a,P1,LiCl,25,1e-4,"{"x" * 200_000}\n', "line 2: the quote"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "words"), QUOTES.values(), ids=QUOTES)
def test_an_open_quote_is_refused_with_its_line(rows: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    assert any(words in told for told in errors(path))


@pytest.mark.parametrize(("name", "line"), [("quote_never_closed", 3), ("quote_in_name", 4)])
def test_an_open_quote_swallows_no_rows(name: str, line: int) -> None:
    (told,) = errors(FOLDER / f"{name}.csv")
    assert f"line {line}: the quote that opens there is not closed" in told


def test_quotes_in_pairs_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = '10.5555/a, "P ""1""",LiCl,25,1e-4,"two\nlines, and commas"\n10.5555/a,5" pellet,LiCl,25,2e-4,ok\n'
    path.write_text(HEAD + rows, encoding="utf-8")
    assert values(path) == [('P "1"', 25, 1e-4), ('5" pellet', 25, 2e-4)]


@pytest.mark.parametrize(
    ("first", "sign"),
    [("sep=;\r\n", ";"), ('"sep=;"\n', ";"), ("SEP=,\n", ","), ("sep=\t\n", "\t"), ("sep=^\n", "^"), ("sep=;;;;\n", ";"),
     ("\ufeffsep=|\n", "|"), ("", ";"), ("", "|"), ("", "\t")],
)  # fmt: skip
def test_a_delimiter_is_declared_or_seen(first: str, sign: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "DOI,Sample,Formula,Temperature (°C),σ total (S/cm)\n10.5555/a,P1,LiCl,25,3e-4\n".replace(",", sign)
    path.write_text(first + rows, encoding="utf-8", newline="")
    assert values(path) == [("P1", 25, 3e-4)]


def test_a_declared_delimiter_that_is_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"sep=;\n{HEAD}", encoding="utf-8")
    assert any("declares the delimiter ';'" in told for told in errors(path))


@pytest.mark.parametrize("odd", [[], ['"two\nlines",1']], ids=["a row is a line", "a row of two lines"])
@pytest.mark.parametrize("end", ["\r\n", "\r", "\r\r\n"])
def test_rows_are_the_same_whatever_ends_their_lines(end: str, odd: list[str]) -> None:
    lines = ["name,value", '"sample, 1",1', *odd, '"a ""b""",2', "c,3"]
    plain = split_table("\n".join(lines) + "\n", "a.csv", 1_000).rows
    blank = [[]] if end == "\r\r\n" else []  # two ends of a line
    read = split_table(end.join(lines) + end, "a.csv", 1_000).rows
    assert read == [each for row in plain for each in (row, *blank)]


def test_lines_may_end_as_on_old_machines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEAD}10.5555/a,P1,LiCl,25,3e-4,ok\n".replace("\n", "\r").encode())
    assert values(path) == [("P1", 25, 3e-4)]


@pytest.mark.parametrize(
    "rows",
    ["10.5555/a,P1,LiCl25,1e-4,ok\n10.5555/a,P2,LiCl,25,1e-4,\n", "10.5555/a,P1,LiCl,25,1e-4,,\n10.5555/a,P2,LiCl,25,1e-4,\n"],
    ids=["missing", "double"],
)  # fmt: skip
def test_a_row_of_another_length_is_doubted_with_its_number(rows: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    (doubt,) = [each for each in examine_file(path)[1].problems if each.code == "ragged-row"]
    assert "row 2" in doubt.message


LETTERS = {
    "cp1250": "Przewodność jonowa, Woźniak Ż", "cp1251": "Проводимость, Иванов", "cp1252": "Conductivité ionique, Müller",
    "cp1253": "Αγωγιμότητα, Παπαδόπουλος", "koi8-r": "Проводимость, Иванов", "cp932": "リチウムイオン伝導体, 山田",
    "gb18030": "离子电导率, 张三", "cp949": "이온 전도도, 김철수", "big5": "離子電導率, 張三", "euc_jp": "リチウムイオン伝導体, 山田",
}  # fmt: skip


@pytest.mark.parametrize(("encoding", "letters"), LETTERS.items(), ids=LETTERS)
def test_a_guessed_encoding_is_right_and_named(encoding: str, letters: str) -> None:
    text = "DOI,Title,Sample\n" + "".join(f'10.5555/a,"{letters}",P{number}\n' for number in range(3))
    found, remark = decode(text.encode(encoding), "a.csv")
    assert found == text
    assert remark is not None
    assert encoding in remark.message
    assert letters.partition(",")[0] in remark.message


@pytest.mark.parametrize(("name", "title"), [("cp1250", "Przewodność jonowa"), ("cp1251", "Проводимость")])
def test_letters_of_other_code_pages_are_stored_right_and_doubted(name: str, title: str) -> None:
    intake, findings = examine_file(FOLDER / f"{name}.csv")
    assert [each.values["title"] for each in intake.drafts["publications"]] == [title]
    assert [(each.code, each.severity) for each in findings.problems] == [("guessed-encoding", "doubt")]


def test_a_text_that_few_letters_leave_open_is_doubted_with_the_other_ways(tmp_path: Path) -> None:
    _, remark = decode("Sample,Author\nP1,Müller\n".encode("cp1250"), "a.csv")
    assert remark is not None
    assert "Müller" in remark.message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without mark", "with mark"])
def test_wide_encodings_are_read_with_and_without_a_mark(encoding: str, mark: str) -> None:
    text = f"{HEAD}10.5555/a,P1,LiCl,25,3e-4,ok\n"
    assert decode((mark + text).encode(encoding), "a.csv") == (text, None)


def test_mixed_encodings_are_refused_with_line_and_byte() -> None:
    (told,) = errors(FOLDER / "mixed_encoding.csv")
    assert "line 3 holds the byte 0xb5, which is no UTF-8" in told


def test_a_text_cut_off_inside_a_letter_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableSource, match="line 2 holds the byte 0x41"):
        decode("a\nbA".encode("utf-16")[:-1], "a.csv")


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"), (b"PK\x03\x04", "workbook or an archive"), (b"%PDF-1.4", "a PDF"),
     (b"<html><table>", "web page"), (b"a,b\n\x00\x01\x02", "binary")],
)  # fmt: skip
def test_a_file_of_another_kind_is_told_as_such(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert words in errors(path)[0]


@pytest.mark.parametrize("suffix", [".xls", ".xlsb", ".numbers"])
def test_a_sheet_of_another_program_is_told_as_such(suffix: str) -> None:
    with pytest.raises(UnknownFormat) as refusal:
        recognise(Path(f"a{suffix}"))
    assert "is not read" in str(refusal.value)
    assert "save its table as .xlsx" in refusal.value.hint


def test_an_old_workbook_says_so_under_every_name(tmp_path: Path) -> None:
    data = (FOLDER / "old_excel.xls").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(UnreadableSource, match="old Excel"):
        read_sheets(tmp_path / "a.xlsx")
    _, passed_over = find_files([FOLDER])
    assert ("old_excel.xls", "an old Excel workbook, which is not read") in [
        (each[0].name, each[1]) for each in passed_over
    ]


def test_thousands_beside_decimal_commas_are_asked_about() -> None:
    told = errors(FOLDER / "german_thousands.csv")
    assert [each.partition(":")[0] for each in told] == [
        f"{text} can be read in two ways" for text in ("1.150", "1.200")
    ]
    assert "write 1150 or" in told[0]


def test_a_point_in_a_sheet_without_decimal_commas_is_a_decimal_point(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "DOI;Sample;Formula;Grain size (µm)\n10.5555/a;P1;LiCl;1.150\n10.5555/a;P2;LiCl;2.5\n", encoding="utf-8"
    )
    assert [each.values["grain_size_um"] for each in examine_file(path)[0].drafts["samples"]] == [1.15, 2.5]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("title_row.csv", "row 2 looks like the one that does", "the headers must stand in row 1"),
        ("text_without_header.xlsx", "a value beyond the last header", "give W1 a header, which begins with #"),
        ("colour.csv", "unknown column Colour", "a column of your own begins with #"),
    ],
)
def test_a_hint_leads_to_the_header_that_is_missing(name: str, message: str, hint: str) -> None:
    (told,) = errors(FOLDER / name)
    assert message in told
    assert hint in told


def test_sheets_saved_as_texts_are_read_together() -> None:
    found, passed_over = find_files([FOLDER / "sheets_as_csv"])
    assert [path.name for path in found] == ["paper - Samples.csv"]
    assert {each.reason for each in passed_over} == {"read together with paper - Samples.csv"}
    intake, findings = examine_file(found[0])
    assert findings.problems == []
    assert intake.format == "workbook"
    counts = {table: len(drafts) for table, drafts in intake.drafts.items()}
    assert (counts["samples"], counts["impedance_measurements"], counts["processing_steps"]) == (2, 2, 2)


def test_one_of_the_sheets_alone_says_what_it_is() -> None:
    (told,) = errors(FOLDER / "sheets_as_csv" / "paper - Measurements.csv")
    assert "one sheet of a workbook" in told
    assert "save the workbook as .xlsx" in told


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Gr\u00c3\u00b6\u00dfe", "encoded-twice"), ("10\u00e2\u02c6\u20194", "encoded-twice"), ("Gr\ufffde", "lost-letters"),
        ("Größe, 1 Å³ “β”", None),
    ],
)  # fmt: skip
def test_letters_that_were_lost_before_are_told_with_their_line(title: str, code: str | None) -> None:
    remark = decode(f"DOI,Title\n10.5555/a,{title}\n".encode(), "a.csv").remark
    assert (remark and remark.code) == code
    assert remark is None or "line 2" in remark.message
