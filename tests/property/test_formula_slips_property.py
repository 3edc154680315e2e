"""A formula with a part dropped, doubled or swapped: its literal value, a refusal or a doubt, never another value."""

import contextlib
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.strict_formulas import NotLiteral, read_literally

from sse_db.errors import UnreadableFormula
from sse_db.materials.formulas import read_formula

LOWER = str.maketrans("0123456789+-x", "₀₁₂₃₄₅₆₇₈₉₊₋ₓ")
CATIONS = ("Li", "La", "Zr", "Ti", "Al", "P", "Si", "Hf", "Co", "H", "C")
ANIONS = ("O", "S", "Cl", "F", "I", "N")
TOKEN = re.compile(r"</?sub>|_\{|[A-Z][a-z]?|[0-9]+|.")
NOTATIONS = {
    "plain": lambda amount: amount,
    "html": lambda amount: f"<sub>{amount}</sub>" if amount else "",
    "latex": lambda amount: f"_{{{amount}}}" if amount else "",
    "lowered": lambda amount: amount.translate(LOWER) if "/" not in amount else amount,
}

numbers = st.one_of(st.integers(2, 12).map(str), st.integers(1, 299).map(lambda n: f"{n / 100:g}"), st.just(""))
general = st.sampled_from(["x", "1+x", "2-x", "3-2x", "2/3-x", "2/3", "(1+x)", "0.5x"])


@st.composite
def substances(draw, amounts):
    cations = draw(st.lists(st.sampled_from(CATIONS), min_size=1, max_size=3, unique=True))
    anions = draw(st.lists(st.sampled_from(ANIONS), min_size=1, max_size=2, unique=True))
    units = [(symbol, draw(amounts)) for symbol in cations + anions]
    if draw(st.booleans()):
        units = [*units[:1], (units[1:], draw(numbers))] if len(units) > 1 else units
    return units


def render(units, lower, blank):
    return blank.join(
        (symbol if isinstance(symbol, str) else f"({render(symbol, lower, '')})") + lower(amount)
        for symbol, amount in units
    )


@st.composite
def formulas(draw):
    lower = NOTATIONS[draw(st.sampled_from(sorted(NOTATIONS)))]
    kind = draw(st.sampled_from(["one", "general", "mixture"]))
    if kind == "one":
        return render(draw(substances(numbers)), lower, draw(st.sampled_from(["", "", " "])))
    if kind == "general":
        first, *units = draw(substances(st.one_of(numbers, general)))
        value = draw(st.integers(1, 66).map(lambda n: f"{n / 100:g}"))
        behind = draw(st.sampled_from([", x = {}", ", x={}", " (x = {})", " x = {}"])).format(value)
        return render([(first[0], draw(general.filter(lambda text: "x" in text))), *units], lower, "") + behind
    join = draw(st.sampled_from(["-", "+", "·", " · ", " + ", " - "]))
    parts = draw(st.lists(substances(numbers), min_size=2, max_size=3))
    return join.join(draw(numbers.filter(bool)) + render(units, lower, "") for units in parts)


@st.composite
def slips(draw):
    tokens = TOKEN.findall(draw(formulas()))
    place = draw(st.integers(0, len(tokens) - 1))
    how = draw(st.sampled_from(["drop", "double", "swap", "swap far", "none"]))
    if how == "drop":
        del tokens[place]
    elif how == "double":
        tokens.insert(place, tokens[place])
    elif how != "none":
        other = draw(st.integers(0, len(tokens) - 1)) if how == "swap far" else (place + 1) % len(tokens)
        tokens[place], tokens[other] = tokens[other], tokens[place]
    return "".join(tokens)


@given(text=slips())
@example(text="LiI.2H2O")
@example(text="Li7La3Zr2O12-1")
@example(text="Li1. 3Al0. 3Ti1. 7(PO4)3")
def test_a_slip_never_gives_another_value_without_a_word(text):
    if len(text) > 300:
        return
    try:
        found = read_formula(text)
    except UnreadableFormula:
        return
    if found.doubts:
        return
    try:
        literal = read_literally(text)
    except NotLiteral as error:
        pytest.fail(f"{text!r} is no literal formula ({error}), read as {found.formula}")
    assert found.amounts == pytest.approx(literal), text


@given(text=formulas())
def test_a_formula_as_it_should_be_has_its_literal_value(text):
    if len(text) > 300:
        return
    with contextlib.suppress(NegativeAmount):
        assert read_right(text).amounts == pytest.approx(read_literally(text)), text


class NegativeAmount(Exception):
    """A variable is given a value that the formula cannot have."""


def read_right(text):
    try:
        return read_formula(text)
    except UnreadableFormula as error:
        if "negative" in str(error) or "not possible" in str(error):
            raise NegativeAmount from error
        raise
