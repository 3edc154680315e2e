"""Whatever a number format puts around a number: it is read as shown, or doubted, or refused, and never as another value."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.cells.quantities import read_quantity
from etl.tables.number_formats import show
from sse_db.errors import UnreadableQuantity

FACTORS = {
    "0.0%": 100.0, "0%;-0%": 100.0, '0.00"%"': 1.0, "0.00": 1.0, "#,##0.0": 1.0, "General": 1.0, "[Red]0.0": 1.0,
    "0.00E+00": 1.0, '0.0" %"': 1.0, '"="0.0': 1.0,
}  # fmt: skip


@settings(max_examples=60)
@given(st.floats(1e-6, 1e6), st.sampled_from(sorted(FACTORS)))
def test_number_that_is_shown_without_a_doubt_is_the_number_that_is_read(value: float, code: str) -> None:
    shown = show(value, code)
    assert not shown.doubt
    assert read_quantity(shown.text, "relative_density_percent").value == pytest.approx(
        value * FACTORS[code], rel=1e-12
    )


@settings(max_examples=150)
@given(st.floats(-1e6, 1e6), st.text('0#?.,%"\\;-+ ()[]<>=@E_*xµS', max_size=12))
def test_any_format_gives_the_same_value_a_doubt_or_a_refusal(value: float, code: str) -> None:
    shown = show(value, code)
    try:
        read = read_quantity(shown.text, "relative_density_percent").value
    except UnreadableQuantity:
        return
    wanted = [value * 100.0**times for times in range(code.count("%") + 1)]
    assert shown.doubt or any(read == pytest.approx(each, rel=1e-9) for each in wanted)
