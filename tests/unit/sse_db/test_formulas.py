"""What papers write as a formula, and what comes of it."""

import csv
from contextlib import suppress
from pathlib import Path
from unittest import mock

import pytest
from pymatgen.core import Composition

from sse_db.errors import UnreadableFormula
from sse_db.materials.formulas import fingerprint, read_formula
from sse_db.materials.notation import grammar

TABLE = Path(__file__).parents[2] / "data" / "formulas.csv"


def read_table():
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


GOOD = [row for row in read_table() if row["formula"]]
BAD = [row for row in read_table() if row["refused"]]


@pytest.mark.parametrize("row", GOOD, ids=lambda row: row["written"])
def test_a_literature_formula_is_read(row):
    found = read_formula(row["written"])
    wanted = Composition(row["formula"]).get_el_amt_dict()
    assert found.written == row["written"]
    assert found.amounts == pytest.approx(wanted, abs=2e-6)
    assert Composition(found.formula).get_el_amt_dict() == pytest.approx(wanted, abs=2e-6)


@pytest.mark.parametrize("row", BAD, ids=lambda row: row["written"] or "empty")
def test_what_is_no_formula_is_refused_with_a_hint(row):
    with pytest.raises(UnreadableFormula, match=row["refused"]) as refusal:
        read_formula(row["written"])
    assert refusal.value.hint


def test_an_abbreviation_is_answered_with_an_example_of_a_formula():
    with pytest.raises(UnreadableFormula) as refusal:
        read_formula("LLZO")
    assert "Li7La3Zr2O12" in refusal.value.hint


def test_the_same_atomic_fractions_are_one_composition_whatever_the_spelling():
    spellings = ("Li7La3Zr2O12", "Li14La6Zr4O24", "La3Zr2Li7O12", "Li56La24Zr16O96")
    assert len({read_formula(each).fingerprint for each in spellings}) == 1
    assert fingerprint({"Li": 1, "O": 1}) != fingerprint({"Li": 1, "O": 1.01})


def test_what_was_interpreted_is_said():
    assert read_formula("Li7La3Zr2O12-δ").remarks == ("δ taken as 0 (nominal)",)
    assert "x = 0.3 put in" in read_formula("Li1+xAlxTi2-x(PO4)3, x=0.3").remarks
    assert read_formula("Li7La3Zr2O12").remarks == ()


@pytest.mark.parametrize(
    "text", ["(" * 150 + "Li" + ")" * 150, "Li" * 150, "x" * 299, "Li" + "1" * 280, "Li1" + "+x" * 140, "L" * 400]
)
def test_long_and_deep_texts_end_quickly(text):
    with suppress(UnreadableFormula):
        read_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "Li7La3Zr2O12",
        "Li1.3Al0.3Ti1.7(PO4)3",
        "Li1+x+yAlxTi2-xSiyP3-yO12-δ",
        "(Li2O)0.3(B2O3)0.7",
        "Li2/3-x(P⟨1⟩O⟨4⟩)⟨3⟩Snx",
        "Li1+xAlxTi2-x(PO4)3, x = 0.3",
        "LiInx with x=0,5",
    ],
)
def test_the_way_past_the_parser_leads_to_the_same_statement(text):
    class NeverMatches:
        def fullmatch(self, _):
            return None

    with mock.patch.object(grammar, "_plain_statement", NeverMatches):
        parsed = grammar.parse_statement(text)
    assert grammar.parse_statement(text) == parsed
