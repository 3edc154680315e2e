"""From a parsed formula to amounts: arithmetic, variables and mixtures, with what is refused and what is doubted on
the way."""

from __future__ import annotations

import itertools
import math
import operator
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sse_db.errors import UnreadableFormula
from sse_db.materials.anions import ANION_CHARGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sse_db.materials.notation.grammar import Assignment, Body, Expression, Part, Statement, Unit

ANIONS = frozenset(ANION_CHARGES) - {"H"}
NOMINAL = "δ"
"""The variable of a departure from the nominal amount: 0 where no value is given."""
MANY = 10.0
"""A factor of this size beside a part without one: percentages, of which one is missing."""
FULL = 100.0
MOST_PARTS_OFF = 0.51
"""Percentages of a mixture may miss 100 by this much: they are rounded."""
ONE_NUMBER = "write each amount as one number; the number of a sample belongs into the column Sample"
WITH_AMOUNTS = "write the amount of each part, such as 75Li2S-25P2S5; an additive belongs into the column Additive"


_OPERATIONS: dict[str, Callable[..., float]] = {
    "bracket": float, "lowered": float, "negative": operator.neg, "implied": operator.mul,
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormulaDoubt:
    """A reading that may not be what was meant, and what to write instead."""

    message: str
    hint: str


@dataclass(slots=True)
class Reading:
    """A formula while its amounts are added up."""

    written: str
    values: dict[str, float] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    doubts: list[FormulaDoubt] = field(default_factory=list)

    def refuse(self, message: str, hint: str) -> UnreadableFormula:
        """The refusal of the formula."""
        return UnreadableFormula(f"{self.written}: {message}", hint)

    def doubt(self, message: str, hint: str) -> None:
        """Note a doubt, once."""
        found = FormulaDoubt(f"{self.written}: {message}", hint)
        if found not in self.doubts:
            self.doubts.append(found)

    def remark(self, text: str) -> None:
        """Note what was done by rule, once."""
        if text not in self.remarks:
            self.remarks.append(text)


def add_up(statement: Statement, reading: Reading) -> dict[str, float]:
    """Atoms per formula unit as written; raises UnreadableFormula."""
    for assignment in statement.assignments:
        _take_value(assignment, reading)
    amounts = _add_parts(statement.body, reading)
    _judge_notes(statement, reading)
    for name in reading.values.keys() - reading.used:
        hint = f"check the formula; leave {name} out if the amounts have its value already"
        reading.doubt(f"there is no {name} in it, its value was not used", hint)
    return amounts


def _take_value(assignment: Assignment, reading: Reading) -> None:
    text = assignment.value
    value = _divide(text, reading)
    if "," in text and not text.lstrip("-").startswith("0"):
        reading.doubt(f"{text} is read as {value:g}", "write a decimal point; one row for each value of a list")
    for name in assignment.names:
        if name in reading.values:
            raise reading.refuse(f"cannot read two values of {name}", "write one row for each value")
        reading.values[name] = value
        reading.remark(f"{name} = {value:g} put in")
    if "±" in assignment.uncertainty:
        reading.doubt(
            f"the uncertainty {assignment.uncertainty} of {assignment.names[0]} was not read", "put it into the remark"
        )
    elif assignment.uncertainty and not re.search(r"[.,]", text):
        raise reading.refuse(f"cannot read {text}{assignment.uncertainty}", "write one number")
    elif assignment.uncertainty:
        reading.remark(f"the uncertainty of {text}{assignment.uncertainty} left out")


def _divide(text: str, reading: Reading) -> float:
    numerator, _, denominator = text.replace(",", ".").partition("/")
    try:
        return float(numerator) / float(denominator or 1)
    except ZeroDivisionError:
        raise reading.refuse(f"cannot compute {text}", "write a number") from None


def _add_parts(body: Body, reading: Reading, *, inside: bool = False) -> dict[str, float]:
    _judge_parts(body, reading, inside=inside)
    amounts: dict[str, float] = {}
    for part in body.parts:
        factor = 1.0 if part.factor is None else _evaluate_factor(part.factor, reading)
        _judge_twice(part, reading)
        for place, unit in enumerate(part.units):
            times = factor * _amount_of(unit, part.units[place + 1 :], reading)
            if unit.kind == "element":
                amounts[unit.symbol] = amounts.get(unit.symbol, 0.0) + times
            elif unit.inner is not None:
                for symbol, amount in _add_parts(unit.inner, reading, inside=True).items():
                    amounts[symbol] = amounts.get(symbol, 0.0) + times * amount
    return amounts


def _evaluate_factor(factor: Expression, reading: Reading) -> float:
    inner = factor.parts[0] if factor.kind == "lowered" else factor
    plain = factor.kind in ("number", "uncertain") or _is_fraction(inner)
    if not plain and not factor.holds_variable():
        raise reading.refuse(f"cannot read the factor {factor.text}", "write one number")
    return _not_negative(factor, reading)


def _amount_of(unit: Unit, rest: tuple[Unit, ...], reading: Reading) -> float:
    """How often a unit is there; that of a vacancy is checked too, and left out by the caller."""
    if unit.kind == "vacancy":
        reading.remark("vacancies left out")
    if unit.amount is None:
        return 1.0
    _judge_amount(unit, unit.amount, rest, reading)
    value = _not_negative(unit.amount, reading)
    if value == 0 and (not unit.amount.holds_variable() or NOMINAL in unit.amount.text):
        reading.doubt(f"an amount of {unit.text} is 0", "check the number; 0 is not the letter O")
    return value


def _not_negative(expression: Expression, reading: Reading) -> float:
    value = evaluate(expression, reading)
    if value < -1e-9:
        hint = "check the values of the variables; put blanks around the - of a mixture"
        raise reading.refuse(f"{expression.text} gives a negative amount", hint)
    return max(value, 0.0)


def evaluate(expression: Expression, reading: Reading) -> float:
    """The value of an amount with the variables put in; raises UnreadableFormula for one that has no value."""
    if expression.kind in ("number", "uncertain"):
        return _number(expression.text, reading)
    if expression.kind == "variable":
        return _variable(expression.text, reading)
    if expression.kind == "implied" and _is_odd_product(*expression.parts):
        raise reading.refuse(f"cannot read {expression.text}: a product?", "write * for a product, as in x*y")
    values = [evaluate(part, reading) for part in expression.parts]
    if expression.kind == "/" and values[1] == 0:
        raise reading.refuse(f"cannot compute the amount {expression.text}", "write a number")
    return _OPERATIONS[expression.kind](*values)


def _is_odd_product(left: Expression, right: Expression) -> bool:
    """A variable doubled, or something behind digits that were lowered without it."""
    return left.kind == "lowered" or (right.kind == "variable" and (left.text[-1].isalpha() or left.kind == "bracket"))


def _number(text: str, reading: Reading) -> float:
    if text[0] == "0" and text[1:2].isdigit():
        raise reading.refuse(f"cannot read the amount {text}", "is the 0 the letter O (oxygen)? write one number")
    if "(" in text:
        reading.remark(f"the uncertainty of {text} left out")
        text = text[: text.index("(")]
    if text[0] == ".":
        reading.doubt(f"{text} is read as 0{text}", "write the 0 before the point, and · between parts or before H2O")
    return float(text.replace(",", "."))


def _variable(name: str, reading: Reading) -> float:
    reading.used.add(name)
    if name in reading.values:
        return reading.values[name]
    if name == NOMINAL:
        reading.remark("δ taken as 0 (nominal)")
        return 0.0
    raise UnreadableFormula(
        f"{reading.written} is a general formula: {name} has no value",
        f"add the values, such as {reading.written}, {name} = 0.3",
    )


def _judge_amount(unit: Unit, amount: Expression, rest: tuple[Unit, ...], reading: Reading) -> None:
    """Refuse arithmetic that looks like something else, doubt fractions that are whole numbers."""
    if amount.kind == "number" and amount.text[0] == "." and unit.symbol in ANIONS and _is_compound(rest):
        raise reading.refuse(
            f"cannot read the point of {unit.text}: a decimal point, or the join of two parts?",
            f"write 0{amount.text} for the amount, or · between the parts and before H2O",
        )
    if amount.kind in ("number", "uncertain", "variable", "bracket", "lowered", "negative"):
        return
    if not amount.holds_variable():
        if not _is_fraction(amount):
            raise reading.refuse(f"cannot read {unit.text}: is {amount.text} one amount?", ONE_NUMBER)
        if float(evaluate(amount, reading)).is_integer():
            reading.doubt(f"{amount.text} is read as a fraction", ONE_NUMBER)
    elif amount.kind in "+-" and unit.symbol in ANIONS and _may_begin_part(amount.parts[1], rest):
        reading.doubt(
            f"{amount.text} is read as the amount of {unit.symbol}, not as the join of a mixture",
            f"for a mixture put blanks around the {amount.kind}; for an amount write {unit.symbol}({amount.text})",
        )


def _may_begin_part(last: Expression, rest: tuple[Unit, ...]) -> bool:
    return last.kind in ("variable", "implied") and last.text != NOMINAL and _is_compound(rest)


def _is_fraction(amount: Expression) -> bool:
    return amount.kind == "/" and all(part.kind == "number" for part in amount.parts)


def symbols_of(units: Iterable[Unit]) -> list[str]:
    """The elements of units in order, those in brackets included."""
    found: list[str] = []
    for unit in units:
        if unit.kind == "element":
            found.append(unit.symbol)
        elif unit.inner is not None:
            found += [symbol for part in unit.inner.parts for symbol in symbols_of(part.units)]
    return found


def _is_compound(units: Iterable[Unit]) -> bool:
    """Whether units can be a substance of their own: an anion and something else, or a hydride."""
    symbols = set(symbols_of(units))
    anions = symbols & ANIONS
    return bool((anions and symbols - anions) or (not anions and "H" in symbols and len(symbols) > 1))


def _judge_parts(body: Body, reading: Reading, *, inside: bool) -> None:
    """Refuse or doubt joins that may be something else than those of a mixture with amounts."""
    first = body.parts[0]
    if len(body.parts) == 1:
        _judge_blanks(first, reading)
        if first.factor is not None:
            _judge_lone_factor(first, reading, inside=inside)
        return
    for part in body.parts:
        _judge_blanks(part, reading)
        _judge_substance(part, body, reading)
    _judge_factors(body, reading)
    if any(part.factor is not None for part in body.parts):
        reading.remark(f"read as a mixture of {len(body.parts)} parts")


def _judge_lone_factor(part: Part, reading: Reading, *, inside: bool) -> None:
    assert part.factor is not None
    if inside:
        raise reading.refuse(
            f"cannot read {part.factor.text} before {part.text}", "an isotope belongs into the remark; amounts stand "
            "behind an element or bracket",
        )  # fmt: skip
    reading.doubt(
        f"{part.factor.text} before the only part {part.text} is read as a factor",
        "leave it out; an isotope belongs into the remark",
    )


def _judge_blanks(part: Part, reading: Reading) -> None:
    """Substances side by side, or cations behind a whole formula, are parts without amounts."""
    pieces: list[list[Unit]] = [[]]
    for unit in part.units:
        if unit.after_blank:
            pieces.append([])
        pieces[-1].append(unit)
    if len(pieces) == 1 or all(len(piece) == 1 and piece[0].kind == "element" for piece in pieces):
        return
    whole = False
    for piece in pieces:
        counted = len(piece) == 1 and piece[0].kind == "group" and piece[0].amount is not None
        if whole and not counted and set(symbols_of(piece)) - ANIONS:
            text = "".join(unit.text for unit in piece)
            raise reading.refuse(f"cannot read {text} behind a blank: a part without its amount?", WITH_AMOUNTS)
        if whole and len(piece) == 1 and piece[0].amount is None and len(piece[0].text) == 1:
            reading.doubt(f"{piece[0].text} behind a blank is read as an element", ONE_NUMBER)
        whole = whole or (not counted and _is_compound(piece))


def _judge_substance(part: Part, body: Body, reading: Reading) -> None:
    if _is_compound(part.units):
        return
    place = body.parts.index(part)
    joins = (part.join, body.parts[place + 1].join if place + 1 < len(body.parts) else "")
    question = f"is {part.text} a part of a mixture?"
    if any(join in ("-", "+", ".") for join in joins) or "·" in joins:
        raise reading.refuse(
            f"cannot read {'arithmetic' if set(joins) & {'-', '+'} else 'the dot'}: {question}",
            "write each amount as one number with a decimal point, a dopant with its amount inside the formula; an "
            "additive belongs into the column Additive",
        )
    reading.doubt(question, "write each amount as one number")


def _judge_factors(body: Body, reading: Reading) -> None:
    """Each part of a mixture but the first needs its amount; water of a hydrate is one to one."""
    parts = body.parts
    bare = [part for part in parts if part.factor is None and not _has_own_amount(part)]
    if parts[1].join == " " and parts[0].factor is None and not _has_own_amount(parts[0]):
        raise reading.refuse(
            f"cannot read {parts[1].factor.text if parts[1].factor else ''}{parts[1].text} behind a blank",
            "write formulas without blanks, and mixtures such as 75Li2S-25P2S5",
        )
    later = [part for part in bare if part is not parts[0] and not _is_water(part)]
    if later and any(part.join.strip() not in ("·", ".") for part in later):
        raise reading.refuse(f"cannot read a mixture without the amount of {later[0].text}", WITH_AMOUNTS)
    if later:
        reading.doubt(f"{later[0].text} has no amount and is taken as one", WITH_AMOUNTS)
    if any(part.join == "." and not _is_water(part) for part in parts):
        reading.doubt("a point between parts is read as ·", "write · between parts or before H2O")
    factors = [evaluate(part.factor, reading) for part in parts if part.factor is not None]
    if bare and max(factors, default=0.0) >= MANY and not any(_is_water(part) for part in parts):
        reading.doubt(f"{bare[0].text} has no amount beside one of {max(factors):g}", WITH_AMOUNTS)


def _judge_twice(part: Part, reading: Reading) -> None:
    for unit, following in itertools.pairwise(part.units):
        if unit.kind == "element" and unit.symbol == following.symbol:
            reading.doubt(f"{unit.symbol} stands twice in a row", "write each element once, with its amount")


def _has_own_amount(part: Part) -> bool:
    return len(part.units) == 1 and part.units[0].kind == "group" and part.units[0].amount is not None


def _is_water(part: Part) -> bool:
    return sorted(symbols_of(part.units)) == ["H", "O"]


def _judge_notes(statement: Statement, reading: Reading) -> None:
    parts = statement.body.parts
    for note in statement.notes:
        if len(parts) == 1 or len(statement.notes) > 1:
            raise reading.refuse(f"cannot read {note} behind it", WITH_AMOUNTS)
        if note.startswith(("at", "in at")) and any(len(part.units) > 1 for part in parts):
            raise reading.refuse(f"cannot read {note} of compounds", "write the amounts as moles")
        total = math.fsum(_evaluate_factor(part.factor, reading) if part.factor else 1.0 for part in parts)
        if "%" in note and abs(total - FULL) > MOST_PARTS_OFF:
            reading.doubt(f"the parts add up to {total:g}, not to 100 {note}", "check the amounts of the parts")
        reading.remark("parts taken as moles")
