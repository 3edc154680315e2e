"""Whatever number is printed in whatever notation reads back as that number; whatever text is read or refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from etl.cells.header_forms import split_header
from etl.cells.quantities import is_blank, read_quantity
from sse_db.errors import UnreadableQuantity
from sse_db.units import SUFFIXES, convert, parse_unit

SIGMA = "conductivity_s_per_cm"
COLUMNS = [*(f"quantity_{suffix}" for suffix in SUFFIXES), "li_site_occupancy"]
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

mantissas = st.decimals(min_value=1, max_value="9.9999", places=4, allow_nan=False).map(lambda number: f"{number:.4f}")
exponents = st.integers(-17, 3)
NOTATIONS = {
    "e": "{m}e{x}",
    "capital e": "{m}E{x:+03d}",
    "times": "{m}×10{x:+d}",
    "minus sign": "{m} × 10^−{positive}",
    "raised": "{m}×10{raised}",
    "raised with dot": "{m} · 10{raised}",
    "caret": "{m}x10^{x}",
    "brackets": "{m}*10^({x})",
    "stars": "{m}*10**{x}",
    "braces": "{m} × 10^{{{x}}}",
    "decimal comma": "{comma}e{x}",
    "thin blanks": "{m}\u2009×\u200910{raised}",
    "fixed blanks": "\u00a0{m}\u00a0×\u00a010{raised}\u00a0",
    "full width": "{wide}e{x}",
}


def _render(notation: str, mantissa: str, exponent: int) -> str:
    return NOTATIONS[notation].format(
        m=mantissa,
        x=exponent,
        positive=-exponent,
        raised=str(exponent).translate(RAISED),
        comma=mantissa.replace(".", ","),
        wide=mantissa.translate(FULL_WIDTH),
    )


@pytest.mark.parametrize("notation", NOTATIONS)
@given(
    mantissa=mantissas,
    exponent=exponents,
    sign=st.sampled_from([("", "="), ("<", "<"), ("≤ ", "<"), (">", ">"), ("~", "~"), ("ca. ", "~")]),
    unit=st.sampled_from(["", " S/cm", " S cm⁻¹", " Ω⁻¹cm⁻¹"]),
)
def test_a_number_in_any_notation_reads_back(
    notation: str, mantissa: str, exponent: int, sign: tuple[str, str], unit: str
) -> None:
    assume(notation != "minus sign" or exponent < 0)
    written, relation = sign
    text = f"{written}{_render(notation, mantissa, exponent)}{unit}"
    found = read_quantity(text, SIGMA)
    assert (found.value, found.relation, found.written) == (float(f"{mantissa}e{exponent}"), relation, text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_as_python_prints_it_reads_back_to_the_same_bits(value: float) -> None:
    assert read_quantity(repr(value), SIGMA).value == value


@given(mantissas, st.integers(1, 99), exponents)
def test_uncertainty_in_brackets_and_after_plus_minus_mean_the_same(mantissa: str, digits: int, exponent: int) -> None:
    in_digits = read_quantity(f"{mantissa}({digits})e{exponent}", SIGMA)
    with_sign = read_quantity(f"({mantissa} ± {digits / 10_000:.4f}) × 10^{exponent}", SIGMA)
    assert in_digits.value == with_sign.value
    assert in_digits.uncertainty == pytest.approx(with_sign.uncertainty, rel=1e-12)


@given(
    st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["–", "-", " – ", " to ", "—", "−", "…"]), st.booleans()
)
def test_a_range_has_its_ends_and_the_midpoint_between(start: int, width: int, sign: str, tenths: bool) -> None:
    low, high = (f"{end / 10:.1f}" if tenths else str(end) for end in (start, start + width))
    found = read_quantity(f"{low}{sign}{high} µm", "grain_size_um")
    assert (found.lower, found.upper, found.basis) == (float(low), float(high), "range_midpoint")
    assert found.value == pytest.approx((float(low) + float(high)) / 2)


@given(st.floats(0, 3000), st.sampled_from(["K", " K", " kelvin"]))
def test_kelvin_in_the_cell_is_kelvin_in_the_header(value: float, unit: str) -> None:
    number = f"{value:.2f}"
    in_cell = read_quantity(f"{number}{unit}", "temperature_c", "°C")
    assert in_cell.value == read_quantity(number, "temperature_c", "K").value
    assert in_cell.value == pytest.approx(float(number) - 273.15, abs=1e-9)


@given(st.floats(-25, 2))
def test_a_logarithm_reads_back(exponent: float) -> None:
    found = read_quantity(f"{exponent:.4f}", SIGMA, "S/cm", logarithmic=True)
    assert math.log10(found.value) == pytest.approx(float(f"{exponent:.4f}"), abs=1e-9)


LIKELY = st.text("0123456789.,-−–+±×x*^()eE10⁻⁴ <>~≈µmSΩKC°%/hdto·#:'\u00a0\u2009", max_size=30)


@given(st.one_of(st.text(max_size=60), LIKELY), st.sampled_from(COLUMNS), st.booleans())
@example("1e400", SIGMA, True)
@example("(1±1)e400", SIGMA, False)
@example("1 m**9**9**9", "grain_size_um", False)
@example("1 (", "grain_size_um", False)
@example("1e300 GPa", "quantity_mpa", False)
def test_any_text_is_read_to_a_finite_number_or_refused(text: str, column: str, logarithmic: bool) -> None:
    is_blank(text)
    try:
        found = read_quantity(text, column, logarithmic=logarithmic)
    except UnreadableQuantity as error:
        refusal = error
    else:
        assert math.isfinite(found.value)
        assert all(part is None or math.isfinite(part) for part in (found.uncertainty, found.lower, found.upper))
        return
    assert str(refusal)
    assert refusal.hint


@given(st.one_of(st.text(max_size=50), st.text("Scm-1/^()*·µΩ²³ .%°", max_size=20)), st.sampled_from(COLUMNS))
@example("(", SIGMA)
@example("()", SIGMA)
@example("9**9**9", SIGMA)
@example("J0", SIGMA)
@example("S cm^-0", SIGMA)
def test_any_text_is_a_unit_or_refused(text: str, column: str) -> None:
    try:
        value = convert(1.0, parse_unit(text), column)
    except UnreadableQuantity:
        return
    assert math.isfinite(value)


@given(st.text(max_size=80))
def test_any_header_has_itself_as_its_first_reading(header: str) -> None:
    readings = split_header(header)
    assert not readings[0].unit
    assert readings[0].scale.is_plain
