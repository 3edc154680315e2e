"""What a mapping file can say, and what it may not: each key does what it says, or the mapping is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.drafts import Intake
from etl.foreign.mapping import parse_mapping
from etl.options import ReadOptions
from etl.pipeline import examine_file
from etl.problems import Findings
from sse_db.errors import UnusableMapping

SAMPLE = '"S" = "Sample"\n'
PAPER = '[constants]\nTitle = "A paper"\nTemperature = "25 °C"\n'


def read(folder: Path, rows: str, columns: str, more: str = "", constants: str = PAPER) -> tuple[Intake, Findings]:
    """A CSV through a mapping of its column S to Sample, and of others."""
    path = folder / "sheet.csv"
    path.write_text(rows, encoding="utf-8")
    mapping = parse_mapping(f"{more}\n[columns]\n{SAMPLE}{columns}\n{constants}", "my.toml")
    return examine_file(path, "sheet", ReadOptions(mapping=mapping))


def sigma(intake: Intake) -> list[tuple[str, float, str]]:
    return [
        (
            str(draft.values["contribution"]),
            float(f"{draft.values['conductivity_s_per_cm']:.4g}"),
            str(draft.values["relation"]),
        )
        for draft in intake.drafts.get("impedance_measurements", [])
    ]


def codes(findings: Findings) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in findings.problems]


FORMS = [
    ('{ to = "σ bulk", factor = 1e-4 }', "3", 3e-4, "="),
    ('{ to = "σ bulk", factor = 0.01, unit = "mS/cm" }', "<30", 3e-4, "<"),
    ('{ to = "σ bulk", unit = "10^-4 S/cm" }', "3(1)", 3e-4, "="),
    ('{ to = "σ bulk", form = "resistivity", unit = "Ω cm" }', "<4000", 2.5e-4, ">"),
    ('{ to = "σ bulk", form = "log10 resistivity", unit = "Ω m" }', "2", 1e-4, "="),
    ('{ to = "σ bulk", form = "ln" }', "-8.111728", 3e-4, "="),
    ('{ to = "σ bulk", form = "log10", unit = "mS/cm" }', "-1", 1e-4, "="),
    ('{ to = "σ bulk", log = true, unit = "mS/cm" }', "-1", 1e-4, "="),
    ('{ to = "σ bulk", form = "σT", unit = "S K/cm" }', "0.1", 3.354e-4, "="),
    ('{ to = "σ bulk", form = "log10 sigma T", unit = "S K/cm" }', "-1", 3.354e-4, "="),
    ('{ to = "σ bulk", form = "ln σT", unit = "S K/m" }', "2.3026", 3.354e-4, "="),
]


@pytest.mark.parametrize(("told", "cell", "expected", "relation"), FORMS, ids=[each[0] for each in FORMS])
def test_factor_unit_and_form_say_how_numbers_are_meant(
    told: str, cell: str, expected: float, relation: str, tmp_path: Path
) -> None:
    intake, findings = read(tmp_path, f"S,x\nA,{cell}\n", f'"x" = {told}')
    assert findings.errors == []
    assert sigma(intake) == [("bulk", pytest.approx(expected, rel=1e-3), relation)]


def test_an_inverse_temperature_is_read_by_its_form(tmp_path: Path) -> None:
    columns = '"x" = { to = "Temperature", form = "1000/T" }\n"y" = { to = "σ bulk", unit = "S/cm" }'
    intake, _ = read(tmp_path, "S,x,y\nA,3.35401643,1e-4\n", columns)
    assert intake.drafts["impedance_measurements"][0].values["temperature_c"] == pytest.approx(25, abs=1e-4)


def test_a_formula_is_put_together_from_columns(tmp_path: Path) -> None:
    more = '[composed]\nFormula = "Li{Li}La{La}Ti{Ti}O{O}"'
    intake, _ = read(tmp_path, "S,Li,La,Ti,O\nA,0.5,0.5,1,3\nB,4,0,5,12\n", "", more)
    written = [draft.values["formula_as_written"] for draft in intake.drafts["samples"]]
    assert written == ["Li0.5La0.5Ti1O3", "Li4Ti5O12"]
    assert read(tmp_path, "S,Li,La,Ti,O\nA,0.5,x,1,3\n", "", more)[1].errors[0].code == "composed"
    assert ("error", "missing-header") in codes(read(tmp_path, "S,Li,La,Ti\nA,0.5,0.5,1\n", "", more)[1])


def test_a_part_of_a_cell_is_taken_by_its_pattern(tmp_path: Path) -> None:
    columns = """"x" = [{ to = "Formula", pattern = '^(\\S+) at' }, { to = "Sintering temperature", pattern = 'at (\\d+) °C', unit = "°C" }]"""
    intake, findings = read(tmp_path, "S,x\nA,Li7La3Zr2O12 at 1150 °C\n", columns)
    assert findings.errors == []
    assert intake.drafts["samples"][0].values["formula_as_written"] == "Li7La3Zr2O12"
    assert intake.drafts["processing_steps"][0].values["temperature_c"] == 1150
    assert ("error", "pattern") in codes(read(tmp_path, "S,x\nA,Li7La3Zr2O12\n", columns)[1])


def test_bad_rows_are_passed_over_and_listed_where_the_mapping_says_so(tmp_path: Path) -> None:
    rows = "S,F,x\nA,Li7La3Zr2O12,1e-4\nB,Li7La3Zr2O12,abc\nC,Xx2,1e-4\nD,Li3N,2e-4\nA,Li3N,9\n"
    columns = '"F" = "Formula"\n"x" = { to = "σ bulk", unit = "S/cm" }'
    assert [code for severity, code in codes(read(tmp_path, rows, columns)[1]) if severity == "error"]
    intake, findings = read(tmp_path, rows, columns, '[sheet]\nbad_rows = "list"')
    assert findings.errors == []
    assert [draft.values["label"] for draft in intake.drafts["samples"]] == ["A", "D"]
    assert sigma(intake) == [("bulk", 1e-4, "="), ("bulk", 2e-4, "=")]
    assert codes(findings).count(("doubt", "bad-row")) == 3
    assert [skipped.row for skipped in intake.skipped] == ["row 3", "row 4", "row 6"]


SAID_TWICE = 'fallback_column = "Sample remark", otherwise = "Remark"'
PLAIN_WORDS = {
    "skip_prefixes": ('{ to = "Sample remark", split = "|", skip_prefixes = ["x"] }', "xa|b", "b; also named: xa"),
    "rather_not": ('{ to = "Sample remark", split = "|", rather_not = ["x"] }', "xa|b", "b; also named: xa"),
    "strip_trailing_zero": ('{ to = "Sample remark", strip_trailing_zero = true }', "12.0", "12"),
    "whole": ('{ to = "Sample remark", whole = true }', "12.0", "12"),
    "fallback_column": ('{ to = "Structure class", fallback_column = "Sample remark" }', "Lysonite", "Lysonite"),
    "otherwise": ('{ to = "Structure class", otherwise = "Sample remark" }', "Lysonite", "Lysonite"),
}


@pytest.mark.parametrize("word", PLAIN_WORDS)
def test_plain_words_and_the_old_ones_mean_the_same(word: str, tmp_path: Path) -> None:
    told, cell, remark = PLAIN_WORDS[word]
    intake, findings = read(tmp_path, f"S,x\nA,{cell}\n", f'"x" = {told}')
    assert findings.errors == []
    assert intake.drafts["samples"][0].values["remark"] == remark


@pytest.mark.parametrize("word", ["only_if_blank", "unless"])
def test_a_column_is_read_only_where_another_is_blank(word: str, tmp_path: Path) -> None:
    columns = f'"x" = {{ to = "σ total", unit = "S/cm", {word} = ["y"] }}\n"y" = {{ to = "σ total", unit = "S/cm" }}'
    intake, findings = read(tmp_path, "S,x,y\nA,1e-4,\nB,1e-4,2e-4\n", columns)
    assert sigma(intake) == [("total", 1e-4, "="), ("total", 2e-4, "=")]
    assert codes(findings) == [("doubt", "value-not-read")]


BROKEN = {
    "old and new word": (f'"x" = {{ to = "Structure class", {SAID_TWICE} }}', "the old word for fallback_column"),
    "form": ('"x" = { to = "σ bulk", form = "square root" }', "no form of numbers"),
    "form of another column": ('"x" = { to = "Grain size", form = "resistivity" }', "no form of Grain size"),
    "resistivity of a temperature": ('"x" = { to = "Temperature", form = "resistivity" }', "no form of Temperature"),
    "1000/T of a conductivity": ('"x" = { to = "σ bulk", form = "1000/T" }', "no form of σ bulk"),
    "two logarithms": ('"x" = { to = "σ bulk", form = "ln", log = true }', "log = true is the form log10"),
    "unit of the form": ('"x" = { to = "σ bulk", form = "resistivity", unit = "S/cm" }', "no unit of σ bulk"),
    "factor of a text": ('"x" = { to = "Formula", factor = 2.0 }', "no number"),
    "factor nothing": ('"x" = { to = "σ bulk", factor = 0.0 }', "no factor"),
    "pattern without a group": ('"x" = { to = "Formula", pattern = \'a+\' }', "needs one group"),
    "at of a grain size": ('"x" = { to = "Grain size", at = "25 °C" }', "a column of conductivities"),
    "at that is none": ('"x" = { to = "σ bulk", at = "warm" }', "at: "),
}


@pytest.mark.parametrize(("columns", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_a_mapping_that_makes_no_sense_is_refused(columns: str, told: str) -> None:
    with pytest.raises(UnusableMapping) as refusal:
        parse_mapping(f"[columns]\n{SAMPLE}{columns}", "my.toml")
    assert told in str(refusal.value)


LAYOUTS = {
    "fill_down": ('[sheet]\nfill_down = ["Nowhere"]', "missing-header"),
    "label": ('[sheet]\nlabel = "{Nowhere}"', "missing-header"),
    "replicates": ('[sheet]\nreplicates = "@Q"', "missing-header"),
    "ignore": ('ignore = ["Nowhere"]', "missing-header"),
    "first_row": ("[sheet]\nfirst_row = 99", "missing-row"),
    "last_row": ("[sheet]\nlast_row = 99", "missing-row"),
    "skip_rows": ("[sheet]\nskip_rows = [99]", "missing-row"),
    "header_row": ("[sheet]\nheader_row = 99", "no-header"),
}


@pytest.mark.parametrize(("more", "code"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_mapping_that_names_what_the_sheet_does_not_have_is_refused(more: str, code: str, tmp_path: Path) -> None:
    columns = '"x" = { to = "σ bulk", unit = "S/cm" }'
    assert ("error", code) in codes(read(tmp_path, "S,x\nA,1e-4\n", columns, more)[1])


TOLD = {
    "another unit": ("S,σ bulk (mS/cm)\nA,0.3\n", '"σ bulk (mS/cm)" = { to = "σ bulk", unit = "S/cm" }', "other-unit"),
    "another kind": ("S,σ bulk (S/cm)\nA,3e-4\n", '"σ bulk (S/cm)" = "σ total"', "other-meaning"),
    "another temperature": ("S,20 °C\nA,3e-4\n", '"20 °C" = { to = "σ bulk", at = "-20 °C" }', "other-temperature"),
    "no temperature": ("S,80 °C\nA,3e-4\n", '"80 °C" = "σ bulk"', "temperature-in-header"),
    "a unit that does not fit": ("S,x (Ω cm)\nA,3e-4\n", '"x (Ω cm)" = "σ bulk"', "header-unit"),
    "a unit that is not known": ("S,x (foo/bar)\nA,3e-4\n", '"x (foo/bar)" = "σ bulk"', "header-unit"),
    "a header twice": ("S,x,x\nA,3e-4,1\n", '"x" = "σ bulk"', "double-header"),
    "a column twice": ("S,x\nA,3e-4\n", '"x" = "σ bulk"\n"@B" = "σ bulk"', "double-header"),
    "two columns to one": ("S,x,y\nA,3e-4,4e-4\n", '"x" = "σ bulk"\n"y" = "σ bulk"', "double-value"),
    "a row above": (",x,y\nS,b\nA,3e-4\n", '"b" = "σ bulk"', "row-above"),
    "a lone cell": ("S,x\nA,3e-4\nfootnote\n", '"x" = "σ bulk"', "lone-cell"),
    "a summary": ("S,x\nA,3e-4\nMean ± SD,3e-4\n", '"x" = "σ bulk"', "summary-row"),
}


@pytest.mark.parametrize(("rows", "columns", "code"), TOLD.values(), ids=TOLD.keys())
def test_what_a_mapping_passes_over_or_contradicts_is_told(rows: str, columns: str, code: str, tmp_path: Path) -> None:
    assert code in [problem.code for problem in read(tmp_path, rows, columns)[1].problems]


def test_the_unit_of_a_row_below_the_header_counts(tmp_path: Path) -> None:
    rows, columns = "S,x\n,(mS/cm)\nA,0.3\n", '"x" = "σ bulk"'
    intake, findings = read(tmp_path, rows, columns, "[sheet]\nheader_row = 1\nfirst_row = 3")
    assert findings.errors == []
    assert sigma(intake) == [("bulk", 3e-4, "=")]


def test_an_unsaid_name_on_the_right_leaves_the_kind_assumed(tmp_path: Path) -> None:
    intake, _ = read(tmp_path, "S,x\nA,3e-4\n", '"x" = "Ionic conductivity"')
    assert intake.drafts["impedance_measurements"][0].values["contribution_basis"] == "assumed"


def test_a_row_named_like_a_sum_is_read_and_doubted_where_it_has_a_formula(tmp_path: Path) -> None:
    rows, columns = "S,F,x\nmax,Li3N,3e-4\n", '"F" = "Formula"\n"x" = { to = "σ bulk", unit = "S/cm" }'
    intake, findings = read(tmp_path, rows, columns)
    assert sigma(intake) == [("bulk", 3e-4, "=")]
    assert codes(findings) == [("doubt", "summary-row")]
