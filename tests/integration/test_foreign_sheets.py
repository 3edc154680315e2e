"""Sheets as groups keep them, read through a drafted or written mapping without a line of code."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.command_line import run

from etl.drafts import Intake
from etl.foreign.guess import draft_mapping
from etl.foreign.mapping import parse_mapping
from etl.options import ReadOptions
from etl.pipeline import examine_file
from sse_db.errors import Problem, UnusableMapping


def german(path: Path) -> Path:
    """Header on row 4, decimal commas, kelvin, mS/cm, Latin-1."""
    path = path / "german.csv"
    text = """Messdaten AG Festkörper;;;;;
Stand: März 2021;;;;;
;;;;;
Probe;Zusammensetzung;T / K;sigma [mS/cm];Sintertemperatur (°C);Bemerkung
LLZO-1;Li6,4Al0,2La3Zr2O12;298,15;0,31;1.100;gut
LLZO-1;;323,15;0,92;;
LLZO-2;Li6,4Al0,2La3Zr2O12;298,15;1,2e-1;1050;Riss
"""
    path.write_bytes(text.encode("cp1252"))
    return path


def sections(path: Path) -> Path:
    """Units in a second header row, merged titles of families, a footnote, a column of the group's own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Our electrolytes"])
    sheet.append([])
    names = ["Sample", "Composition", "T", "Bulk conductivity", "GB conductivity", "Total conductivity", "Ea", "Kürzel"]
    sheet.append(names)
    sheet.append([None, None, "(°C)", "(mS/cm)", "(mS/cm)", "(mS/cm)", "(kJ/mol)", None])
    sheet.append(["Garnet family"])
    sheet.append(["G1", "Li7La3Zr2O12", 25, 0.5, 1.1, 0.34, 33, "x"])
    sheet.append(["G2", "Li6.5La3Zr1.5Ta0.5O12", 25, 0.9, None, 0.8, 30, "y"])
    sheet.append(["NASICON"])
    sheet.append(["N1", "Li1.3Al0.3Ti1.7(PO4)3", 25, 3, 0.5, 0.43, 35, "z"])
    sheet.append(["* measured by A. N. Other"])
    sheet.merge_cells("A5:H5")
    sheet.merge_cells("A8:H8")
    book.save(path / "sections.xlsx")
    return path / "sections.xlsx"


def wide(path: Path) -> Path:
    """One column per temperature, logarithms under one title, no names but formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([None, None, "log σ (S/cm)", None, None])
    sheet.append(["Material", "DOI", "25 °C", "50 °C", "100 °C"])
    sheet.append(["Li3YCl6", "10.1000/a", -3.3, -3.0, -2.4])
    sheet.append(["Li3InCl6", "10.1000/b", -2.8, None, -2.0])
    book.save(path / "wide.xlsx")
    return path / "wide.xlsx"


def named_once(path: Path) -> Path:
    """A sample named in the first of its rows, and a value measured once."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["specimen", "formula", "temp (K)", "σ grain (S/cm)", "σ gb (S/cm)", "rel. density %"])
    sheet.append(["A", "Li0.33La0.56TiO3", 300, 1e-3, 2e-5, 95])
    sheet.append([None, None, 320, 2e-3, None, None])
    sheet.append([None, None, 340, 4e-3, None, None])
    sheet.append(["B", "Li0.30La0.567TiO3", 300, 8e-4, 1e-5, None])
    book.save(path / "named_once.xlsx")
    return path / "named_once.xlsx"


def unitless(path: Path) -> Path:
    """No units at all: the numbers tell kelvin and logarithms; words that are near ours."""
    path = path / "unitless.csv"
    path.write_text(
        "compound,log10(sigma),temperature,reference,structure\n"
        '"Li7P3S11",-2.5,298,10.1000/x,glass ceramics\n'
        "Li10GeP2S12,-1.92,300,10.1000/y,LGPS typ\n"
    )
    return path


def values(intake: Intake) -> dict[tuple[str, str, float | None], float]:
    """Conductivities (S/cm) by sample, contribution and temperature (°C)."""
    found = {}
    for draft in intake.drafts["impedance_measurements"]:
        _, label = draft.parents["sample_id"]  # type: ignore[misc]  # keys of samples are pairs
        key = (label, draft.values["contribution"], round(draft.values["temperature_c"], 2))
        found[key] = float(f"{draft.values['conductivity_s_per_cm']:.4g}")
    return found


EXPECTED: dict[Callable[[Path], Path], dict[tuple[str, str, float | None], float]] = {
    german: {
        ("LLZO-1", "total", 25.0): 3.1e-4, ("LLZO-1", "total", 50.0): 9.2e-4, ("LLZO-2", "total", 25.0): 1.2e-4,
    },
    sections: {
        ("G1", "bulk", 25.0): 5e-4, ("G1", "grain_boundary", 25.0): 1.1e-3, ("G1", "total", 25.0): 3.4e-4,
        ("G2", "bulk", 25.0): 9e-4, ("G2", "total", 25.0): 8e-4,
        ("N1", "bulk", 25.0): 3e-3, ("N1", "grain_boundary", 25.0): 5e-4, ("N1", "total", 25.0): 4.3e-4,
    },
    wide: {
        ("Li3YCl6", "total", 25.0): 5.012e-4, ("Li3YCl6", "total", 50.0): 1e-3, ("Li3YCl6", "total", 100.0): 3.981e-3,
        ("Li3InCl6", "total", 25.0): 1.585e-3, ("Li3InCl6", "total", 100.0): 1e-2,
    },
    named_once: {
        ("A", "bulk", 26.85): 1e-3, ("A", "grain_boundary", 26.85): 2e-5, ("A", "bulk", 46.85): 2e-3,
        ("A", "bulk", 66.85): 4e-3,
        ("B", "bulk", 26.85): 8e-4, ("B", "grain_boundary", 26.85): 1e-5,
    },
    unitless: {("Li7P3S11", "total", 24.85): 3.162e-3, ("Li10GeP2S12", "total", 26.85): 1.202e-2},
}  # fmt: skip


@pytest.mark.parametrize("make", EXPECTED, ids=lambda make: make.__name__)
def test_a_drafted_mapping_reads_the_sheet_it_was_drafted_for(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    _, mapping = draft_mapping(path)
    intake, findings = examine_file(path, "sheet", ReadOptions(mapping=mapping))
    assert findings.errors == []
    assert values(intake) == EXPECTED[make]


def drafted(path: Path) -> dict[str, Any]:
    return tomllib.loads(draft_mapping(path)[0])


def test_the_draft_says_where_header_data_and_footnotes_are(tmp_path: Path) -> None:
    assert drafted(german(tmp_path))["sheet"] == {"header_row": 4, "first_row": 5, "decimal": ","}
    assert drafted(sections(tmp_path))["sheet"] == {
        "header_row": 3, "first_row": 5, "last_row": 9, "sections": "Structure class",
    }  # fmt: skip
    assert drafted(named_once(tmp_path))["sheet"]["fill_down"] == ["specimen", "formula", "rel. density %"]
    assert drafted(wide(tmp_path))["sheet"]["label"] == "{Material}"


def test_sections_and_words_become_structure_classes(tmp_path: Path) -> None:
    path = sections(tmp_path)
    text, mapping = draft_mapping(path)
    intake, findings = examine_file(path, "sheet", ReadOptions(mapping=mapping))
    assert [draft.values["structure_class"] for draft in intake.drafts["samples"]] == ["garnet", "garnet", "NASICON"]
    assert '# "Kürzel" = ""' in text
    assert [(doubt.code, doubt.cell) for doubt in findings.problems] == [("unmapped-header", "Sheet!H3")]
    assert intake.rows_read == 3
    assert drafted(unitless(tmp_path))["words"]["Structure class"] == {"LGPS typ": "LGPS", "glass ceramics": "glass"}


def test_a_sample_without_its_own_cells_inherits_nothing_from_the_one_above(tmp_path: Path) -> None:
    path = named_once(tmp_path)
    intake, _ = examine_file(path, "sheet", ReadOptions(mapping=draft_mapping(path)[1]))
    assert [draft.values.get("relative_density_percent") for draft in intake.drafts["samples"]] == [95.0, None]


@pytest.mark.usefixtures("no_home")
def test_draft_validate_and_import_from_the_command_line(tmp_path: Path) -> None:
    sections(tmp_path)
    assert run(tmp_path, "map", "guess", "sections.xlsx", "-o", "my.toml").returncode == 0
    again = run(tmp_path, "map", "guess", "sections.xlsx", "-o", "my.toml")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    assert run(tmp_path, "validate", "--map", "my.toml", "sections.xlsx").returncode == 0
    assert run(tmp_path, "init").returncode == 0
    first = run(tmp_path, "import", "--map", "my.toml", "sections.xlsx")
    assert first.returncode == 0, first.stderr
    assert "sections.xlsx: 3 rows, 3 landed, 0 passed over" in first.stderr
    second = run(tmp_path, "import", "--map", "my.toml", "sections.xlsx", "--json")
    assert '"id": null' in second.stdout
    assert run(tmp_path, "undo", "1", "--yes").returncode == 0


MINIMAL = '[columns]\nA = "Sample"\nB = { to = "σ bulk", unit = "mS/cm" }\n[constants]\nTitle = "T"\n'


def problems(tmp_path: Path, rows: str, mapping: str = MINIMAL) -> list[Problem]:
    path = tmp_path / "sheet.csv"
    path.write_text(rows)
    return examine_file(path, "sheet", ReadOptions(mapping=parse_mapping(mapping, "my.toml")))[1].problems


def test_a_bad_cell_is_told_with_its_place_in_the_foreign_sheet(tmp_path: Path) -> None:
    told = problems(tmp_path, "title,\n,\nA,B\nx,1\ny,abc\n")
    assert [(each.code, each.cell, each.column, each.value) for each in told] == [
        ("unreadable-quantity", "B5", "B", "abc")
    ]


def test_a_column_that_the_sheet_lacks_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    told = problems(tmp_path, "A,BB\nx,1\n")
    assert ("missing-header", "did you mean BB?") in [(each.code, each.hint) for each in told]


def test_two_values_at_one_temperature_are_replicates_where_the_mapping_says_so(tmp_path: Path) -> None:
    rows = "A,B,run\nx,1,first\nx,2,second\n"
    assert [each.code for each in problems(tmp_path, rows) if each.severity == "error"] == ["double-value"]
    told = problems(tmp_path, rows, '[sheet]\nreplicates = "run"\n' + MINIMAL)
    assert [(each.severity, each.code) for each in told] == [("doubt", "replicate")]


BROKEN = {
    "no TOML": ("a b = 1", "no TOML"),
    "unknown key": ('[columns]\nA = { to = "Sample", colour = "red" }', "columns.A.colour"),
    "unknown column": ('[columns]\nA = "Sampel"', "did you mean Sample?"),
    "unit of another kind": ('[columns]\nA = "Sample"\nB = { to = "σ bulk", unit = "K" }', "K is no unit of σ bulk"),
    "no sample": ('[columns]\nA = "Formula"', "no column is mapped to Sample"),
    "no columns": ("[sheet]\nheader_row = 1", "columns: Field required"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_a_mapping_that_makes_no_sense_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(UnusableMapping) as refusal:
        parse_mapping(text, "my.toml")
    assert told in str(refusal.value)


def test_a_mapping_beside_another_reader_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(MINIMAL)
    (tmp_path / "a.csv").write_text("A,B\nx,1\n")
    finished = run(tmp_path, "validate", "a.csv", "--map", "my.toml", "--format", "obelix")
    assert finished.returncode == 2
