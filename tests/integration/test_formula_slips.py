"""Formulas of literature sheets that were read in part or as something else: each is read right, refused or doubted."""

import csv
import re
from pathlib import Path

import pytest
from pymatgen.core import Composition

from etl.pipeline import examine_file, load_file
from sse_db.errors import RefusedFile, UnreadableFormula
from sse_db.materials.formulas import read_formula

DATA = Path(__file__).parents[1] / "data" / "formulas"
HEADER = ["DOI", "Sample", "Formula", "Temperature (°C)", "σ total (S/cm)"]
CODES = {"formula-reading", "unreadable-formula"}


def read_table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


SLIPS = read_table("slips.csv")
ENDS = {
    "Li7-xLa3Zr2-xTaxO12 (x = 0.2–0.6)": "a range of values of x",
    "Li7-xLa3Zr2-xTaxO12 (x = 0.3)-0.1Li3BO3": "-0.1Li3BO3",
    "Li1+xAlxTi2-x(PO4)3 (x = 1e-1)": Composition("Li1.1Al0.1Ti1.9P3O12"),
    "Li7La3Zr2O12-Al2O3": "without the amount of Al2O3",
    "Li7La3Zr2O12 LiF": "without its amount",
    "Li2S-P2S5": "without the amount of P2S5",
    "LiPON": "abbreviation",
    "LiI.2H2O": "the point",
    "Li2O.2SiO2": "the point",
    "Li6.24(3)La3Zr2Al0.24(2)O11.98(4)": Composition("Li6.24La3Zr2Al0.24O11.98"),
    "Li3xLa2/3-x□1/3-2xTiO3, x = 0.11": Composition("Li0.33La0.5566667TiO3"),
    "La3⁷Li7Zr2O12": "an isotope",
    "Li1.5Al0.5Ge1.5(PO4)3-1": "number of a sample",
    "Li La5 3Nb2O12": "behind a blank",
    "Li6PS5CI": "is it Cl",
    "LiBOB": "abbreviation",
    "BSCF": "abbreviation",
    "Li7La3Zr2O12(2)": "12(2)",
    "(Li3xLa2/3-x□1/3-2x)TiO3, x = 0.11": Composition("Li0.33La0.5566667TiO3"),
    "Li1.3Al0.3Ti1.7(PO4)3 (x = 0.4)": "there is no x in it",
    "LiI.3H2O": "the point",
    "Li1.2Fe0.2HF1.8(PO4)3": "is it Hf",
    "Li7-xLa3Zr2-xTaxO12 (x = 0.3 ± 0.05)": "the uncertainty ± 0.05",
}
"""How each formula of the sheet ends: a composition, or words of its refusal or doubt."""


@pytest.fixture(scope="module")
def told():
    """What validate says of each formula of the sheet."""
    _, findings = examine_file(DATA / "sheet.csv")
    found = {}
    for problem in findings.problems:
        if problem.code in CODES:
            found.setdefault(problem.value, []).append(f"{problem.message} {problem.hint}")
    return found


def test_every_formula_of_the_sheet_has_its_end():
    assert [row["Formula"] for row in read_table("sheet.csv")] == list(ENDS)


@pytest.mark.parametrize("written", ENDS)
def test_a_formula_of_the_sheet_is_read_or_told_at_its_cell(told, written):
    end = ENDS[written]
    if isinstance(end, Composition):
        assert written not in told
        assert read_formula(written).amounts == pytest.approx(end.get_el_amt_dict(), abs=1e-6)
    else:
        assert any(end in text for text in told[written])


def test_a_sheet_with_unreadable_formulas_is_refused_and_nothing_is_stored(engine):
    with pytest.raises(RefusedFile), engine.connect():
        load_file(engine, DATA / "sheet.csv", curator="test")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM compositions").scalar() == 0


def test_doubtful_formulas_are_imported_and_counted(engine, tmp_path):
    rows = [row for row in read_table("sheet.csv") if _outcome(row["Formula"]) != "refused"]
    path = tmp_path / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    report = load_file(engine, path, curator="test")
    doubtful = {problem.value for problem in report.doubts if problem.code == "formula-reading"}
    assert doubtful == {row["Formula"] for row in rows if _outcome(row["Formula"]) == "doubted"}
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM samples").scalar() == len(rows)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Li7La3Zr2O12 + 1 wt% Al2O3", "Additive and Additive content"),
        ("Li6.5La3Zr1.5Nb0.5O12 (LLZNO)", "leave (LLZNO) out"),
    ],
)
def test_what_belongs_elsewhere_is_refused_with_the_place(written, words):
    _, findings = examine_file(DATA / "additives_and_names.csv")
    assert any(words in problem.hint for problem in findings.errors if problem.value == written)


@pytest.mark.parametrize("row", read_table("outcomes.csv"), ids=lambda row: row["written"])
def test_a_formula_of_the_table_ends_as_the_table_says(row):
    outcome, right = _outcome(row["written"]), row["right"]
    if outcome == "refused" or right.startswith("refuse"):
        assert "refuse" in right
        assert outcome == "refused" or "doubt" in right
        return
    wanted = Composition(right.split(" ")[0]).get_el_amt_dict()
    assert read_formula(row["written"]).amounts == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("row", SLIPS, ids=lambda row: row["written"])
def test_a_slip_is_read_refused_or_doubted_as_listed(row):
    assert _outcome(row["written"]) == row["outcome"]
    if row["outcome"] == "refused":
        with pytest.raises(UnreadableFormula, match=re.escape(row["says"])) as refusal:
            read_formula(row["written"])
        assert refusal.value.hint
        return
    found = read_formula(row["written"])
    assert found.formula == row["formula"]
    assert not row["says"] or any(row["says"] in doubt.message for doubt in found.doubts)


def _outcome(written):
    try:
        return "doubted" if read_formula(written).doubts else "read"
    except UnreadableFormula:
        return "refused"
