"""How papers write numbers: a table of real spellings, good and bad, and what each one means."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from etl.cells.header_forms import Header, split_header
from etl.cells.quantities import is_blank, read_quantity
from etl.cells.scales import Scale
from sse_db.errors import UnreadableQuantity
from sse_db.units import is_unit_for

TABLE = Path(__file__).parents[2] / "data" / "quantities.csv"
with TABLE.open(encoding="utf-8", newline="") as table:
    SPELLINGS = list(csv.DictReader(table))


def _cases(kind: str) -> list[object]:
    """One parameter set per row, named after the column, the header's unit and the text."""
    return [
        pytest.param(row, id=" ".join(filter(None, (row["column"], row["header_unit"], ascii(row["text"])))))
        for row in SPELLINGS
        if row["kind"] == kind
    ]


def _read(row: dict[str, str]) -> object:
    return read_quantity(
        row["text"], row["column"], row["header_unit"] or None, logarithmic=row["logarithmic"] == "yes"
    )


def _number(text: str) -> object:
    return pytest.approx(float(text), rel=1e-9, abs=1e-300) if text else None


@pytest.mark.parametrize("row", _cases("read"))
def test_a_spelling_is_read_as_the_table_says(row: dict[str, str]) -> None:
    found = _read(row)
    assert found.written == row["text"]
    assert found.value == _number(row["value"])
    assert found.relation == row["relation"]
    assert (found.uncertainty, found.lower, found.upper) == tuple(
        map(_number, (row["uncertainty"], row["lower"], row["upper"]))
    )
    assert found.basis == row["basis"]


@pytest.mark.parametrize("row", _cases("refuse"))
def test_a_spelling_is_refused_with_the_reason_of_the_table(row: dict[str, str]) -> None:
    with pytest.raises(UnreadableQuantity) as refusal:
        _read(row)
    assert row["error"] in f"{refusal.value} | {refusal.value.hint}"
    assert refusal.value.hint


def test_the_table_holds_enough_spellings_and_each_one_once() -> None:
    keys = [(row["column"], row["header_unit"], row["logarithmic"], row["text"]) for row in SPELLINGS]
    assert len(keys) == len(set(keys)) >= 150


def test_the_double_of_a_product_is_that_of_the_plain_number() -> None:
    for text in ("3.2×10−4", "(3.2±0.1)×10−4", "3.2(1)e-4", "0.00032"):
        assert read_quantity(text, "conductivity_s_per_cm").value == 3.2e-4


@pytest.mark.parametrize(
    ("text", "header_unit", "counted"),
    [("0.3 mS/cm", "S/cm", "mS/cm"), ("0.3", "mS/cm", "mS/cm"), ("0.3", None, None)],
    ids=["cell before header", "header", "column"],
)
def test_the_unit_that_counted_is_remembered(text: str, header_unit: str | None, counted: str | None) -> None:
    assert read_quantity(text, "conductivity_s_per_cm", header_unit).unit_written == counted


@pytest.mark.parametrize(
    "text",
    ["", "  ", "-", "–", "—", "−", "n/a", "N/A", "NA", "NaN", "nan", "not reported", "Not  reported", "n.r.", None],
)
def test_marks_for_nothing_are_blank(text: str | None) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "none", "no", "NR", "#N/A", "--", "x"])
def test_other_texts_are_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("header", "column", "expected"),
    [
        ("sigma (mS/cm)", "conductivity_s_per_cm", Header("sigma", Scale("mS/cm"))),
        ("sigma(mS/cm)", "conductivity_s_per_cm", Header("sigma", Scale("mS/cm"))),
        ("T (K)", "temperature_c", Header("T", Scale("K"))),
        ("T / K", "temperature_c", Header("T", Scale("K"))),
        ("T [K]", "temperature_c", Header("T", Scale("K"))),
        ("T, °C", "temperature_c", Header("T", Scale("°C"))),
        ("d, mm", "pellet_diameter_mm", Header("d", Scale("mm"))),
        ("log10 σ (S/cm)", "conductivity_s_per_cm", Header("σ", Scale("S/cm", log="log10"))),
        ("log(σ/S cm-1)", "conductivity_s_per_cm", Header("σ", Scale("S cm-1", log="log10"))),
        ("log10(σ / S cm⁻¹)", "conductivity_s_per_cm", Header("σ", Scale("S cm-1", log="log10"))),
        ("lg σ", "conductivity_s_per_cm", Header("σ", Scale(None, log="log10"))),
        ("σ ((Ω cm)⁻¹)", "conductivity_s_per_cm", Header("σ", Scale("(Ω cm)-1"))),
    ],
)
def test_a_header_is_split_into_name_and_unit(header: str, column: str, expected: Header) -> None:
    readings = split_header(header)
    assert expected in readings
    assert expected.unit is None or is_unit_for(expected.unit, column)


def test_a_bracket_without_unit_stays_part_of_the_name() -> None:
    readings = split_header("σ (total)")
    assert readings[0] == Header("σ (total)")
    assert not any(reading.unit and is_unit_for(reading.unit, "conductivity_s_per_cm") for reading in readings)


@pytest.mark.parametrize(
    "text",
    ["1" * 199 + "x", "1," * 100, "(" * 200, "1 " * 100, "10^" * 66, "±" * 200, "1-" * 100, "a" * 100_000, "1(" * 100],
)
def test_hostile_texts_are_refused_quickly(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(UnreadableQuantity):
        read_quantity(text, "grain_size_um")
    split_header(text)
    assert time.perf_counter() - started < 1


def test_invisible_characters_in_a_number_are_harmless() -> None:
    assert read_quantity("3.2e-4\u200b S/cm\ufeff", "conductivity_s_per_cm").value == 3.2e-4
