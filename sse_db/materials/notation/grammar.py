"""The grammar of literature formulas: a text is read whole or not at all.

Parts of a mixture stand between joins and may begin with a factor; a part is elements, brackets and vacancies, each
with an amount; behind the formula stand the values of its variables and a note that its parts are moles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sse_db.materials.notation.text import VARIABLES

if TYPE_CHECKING:
    from lark import Lark, Token

_NUMBER = r"(?:[0-9]+(?:[.,][0-9]+)?|[.][0-9]+)"
_FRACTION = rf"(?:{_NUMBER}(?:\/[0-9]+)?|⟨[0-9]+\/[0-9]+⟩)"
_MATH = rf"[0-9.,+\-\/·{VARIABLES}()⟨⟩]*\)"
_BODY = rf"(?:[A-Z□]|\((?!{_MATH}))"
"""What a part begins with behind its factor: an element, a vacancy, or a bracket with more than arithmetic in it."""
_FACTOR = rf"(?:{_FRACTION})?(?:[{VARIABLES}]|\({_MATH})?"
_WORD = r"(?:(?:with|for|where|when|at|and)\s+)?"
_MOLES = r"(?:in )?(?:mol(?:ar|e)?s?\.? ?(?:-?%|ratio|percent|fractions?)?|at\.? ?%)"

GRAMMAR = rf"""
start: body tail*
tail: NOTE                                                                           -> note
    | CONDITIONS_OPEN assignment (CONDITION_SEPARATOR assignment)* CLOSE             -> conditions
    | CONDITION_SEPARATOR assignment                                                 -> conditions
assignment: VARIABLE_IS+ VALUE UNCERTAINTY?

body: part ((DOT | POINT | PLUS_JOIN | HYPHEN_JOIN | BLANK_JOIN) part)*
part: (product BLANK?)? unit (BLANK? unit)*
unit: RUN                       -> run
    | ELEMENT amount?           -> element
    | OPEN body CLOSE amount?   -> group
    | VACANCY amount?           -> vacancy

?amount: sum | MINUS sum        -> negative
?sum: product | sum (PLUS | MINUS) product -> binary
?product: atom | product (TIMES | SLASH) atom -> binary | product follower -> implied
?atom: follower | NUMBER -> number | UNCERTAIN -> uncertain | LOWER_OPEN sum LOWER_CLOSE -> lowered
?follower: VARIABLE -> variable | MATH_OPEN sum CLOSE -> bracket

CONDITIONS_OPEN.9: /[,;]? ?\( ?{_WORD}(?=[{VARIABLES}] ?=)/
CONDITION_SEPARATOR.9: /(?: ?[,;:] ?| ){_WORD}(?=[{VARIABLES}] ?=)/
VARIABLE_IS.9: /[{VARIABLES}] ?= ?/
VALUE.9: /-?{_NUMBER}(?:[eE]-?[0-9]+|\/[0-9]+)?/
UNCERTAINTY.9: / ?± ?{_NUMBER}|\([0-9]{{1,3}}\)/
NOTE.8: /(?: ?\({_MOLES}\)|,? {_MOLES})(?=$|[,; ])/
PLUS_JOIN.7: /\+(?={_FRACTION} ?{_BODY}|{_BODY})|(?: \+ ?|\+ )(?={_FACTOR} ?{_BODY})/
HYPHEN_JOIN.7: /-(?={_FRACTION} ?{_BODY}|{_BODY})|(?: - ?|- )(?={_FACTOR} ?{_BODY})/
POINT.7: /\.(?=[A-Z(])/
DOT.7: / ?· ?(?={_FACTOR} ?{_BODY})/
UNCERTAIN.6: /[0-9]+[.,][0-9]+\([0-9]{{1,3}}\)/
BLANK_JOIN.6: / (?={_FRACTION}{_BODY})/
MATH_OPEN.6: /\((?={_MATH})/
RUN.6: /(?:(?:SYMBOLS){_NUMBER}?)+(?=$|[A-Z)]| [A-Z]| ?\((?!{_MATH}))/
ELEMENT.5: /SYMBOLS/
NUMBER.4: /{_NUMBER}/
MINUS.3: /-| - (?=δ)/
PLUS.3: /\+| \+ (?=δ)/
BLANK.2: / (?={_BODY})/
OPEN: "("
CLOSE: ")"
LOWER_OPEN: "⟨"
LOWER_CLOSE: "⟩"
SLASH: "/"
TIMES: "·"
VACANCY: "□"
VARIABLE: /[{VARIABLES}]/
"""
"""In the spelling of ``fold_formula``. A hyphen before a number and an element joins parts; before a variable it is a
minus (``Ti2-x``), and so it is before a number at the end (``O12-1``, which is then refused). ``RUN`` is many elements
with plain numbers in one token, for speed: the rule ``element`` says the same."""
_COUNTED = re.compile(rf"([A-Z][a-z]?)({_NUMBER})?")


@dataclass(slots=True)
class Expression:
    """Arithmetic of an amount: ``kind`` is number, uncertain, variable, bracket, lowered, negative, implied or one of
    ``+ - * /``; ``text`` is as written."""

    kind: str
    text: str
    parts: tuple[Expression, ...] = ()

    def holds_variable(self) -> bool:
        """Whether a variable stands in it."""
        return self.kind == "variable" or any(part.holds_variable() for part in self.parts)


@dataclass(slots=True)
class Unit:
    """An element, a bracket or a vacancy, with its amount where one is written."""

    kind: str
    symbol: str
    inner: Body | None
    amount: Expression | None
    text: str
    after_blank: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mixture, with its factor where one is written and the join before it."""

    factor: Expression | None
    units: tuple[Unit, ...]
    join: str = ""

    @property
    def text(self) -> str:
        """The part without its factor."""
        return "".join(f"{' ' if unit.after_blank else ''}{unit.text}" for unit in self.units)


@dataclass(frozen=True, slots=True)
class Body:
    """The parts of a formula or of a bracket, in order."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """``x = y = 0.3 ± 0.05``: names, value and uncertainty as written."""

    names: tuple[str, ...]
    value: str
    uncertainty: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A formula with the values of its variables and the notes behind it."""

    body: Body
    assignments: tuple[Assignment, ...]
    notes: tuple[str, ...]


def parse_statement(folded: str) -> Statement:
    """The statement of a text in the spelling of ``fold_formula``; raises lark's UnexpectedInput.

    A text that is one ``RUN`` needs no parser to become what the parser would return.
    """
    if _plain_run().fullmatch(folded):
        return Statement(Body((Part(None, tuple(read_run(folded))),)), (), ())
    statement: Statement = formula_parser().parse(folded)  # type: ignore[assignment]  # built by its transformer
    return statement


@cache
def _symbols() -> str:
    from pymatgen.core import Element

    symbols = {element.value for element in Element} - {"D", "T"}
    return "|".join(sorted(symbols, key=lambda each: (-len(each), each)))


@cache
def _plain_run() -> re.Pattern[str]:
    return re.compile(f"(?:(?:{_symbols()}){_NUMBER}?)+")


@cache
def formula_parser() -> Lark:
    """The parser of ``GRAMMAR``; built once."""
    from lark import Lark

    grammar = GRAMMAR.replace("SYMBOLS", _symbols())
    return Lark(grammar, parser="lalr", lexer="contextual", transformer=_Builder(), maybe_placeholders=False)


def read_run(text: str) -> list[Unit]:
    """The elements of a ``RUN``."""
    return [
        Unit("element", match[1], None, Expression("number", match[2]) if match[2] else None, match[0])
        for match in _COUNTED.finditer(text)
    ]


class _Builder:
    """Called by the parser for each rule, with what the rule holds."""

    def start(self, children: list[Any]) -> Statement:
        assignments = [each for tail in children[1:] if not isinstance(tail, str) for each in tail]
        return Statement(children[0], tuple(assignments), tuple(each for each in children[1:] if isinstance(each, str)))

    def note(self, children: list[Token]) -> str:
        return str(children[0]).strip(" ,()")

    def conditions(self, children: list[Any]) -> list[Assignment]:
        return [each for each in children if isinstance(each, Assignment)]

    def assignment(self, children: list[Token]) -> Assignment:
        names = tuple(str(each)[0] for each in children if each.type == "VARIABLE_IS")
        value = next(str(each) for each in children if each.type == "VALUE")
        return Assignment(names, value, "".join(each for each in children if each.type == "UNCERTAINTY").strip())

    def body(self, children: list[Any]) -> Body:
        parts: list[Part] = []
        join = ""
        for child in children:
            if isinstance(child, Part):
                parts.append(Part(child.factor, child.units, join) if join else child)
            else:
                join = str(child)
        return Body(tuple(parts))

    def part(self, children: list[Any]) -> Part:
        factor = children[0] if isinstance(children[0], Expression) else None
        units: list[Unit] = []
        after_blank = False
        for child in children:
            if isinstance(child, Expression):
                continue
            if isinstance(child, list):
                place = len(units)
                units += child
                if after_blank and place:
                    units[place] = replace(child[0], after_blank=True)
            after_blank = not isinstance(child, list)
        return Part(factor, tuple(units))

    def run(self, children: list[Any]) -> list[Unit]:
        return read_run(children[0])

    def element(self, children: list[Any]) -> list[Unit]:
        symbol = str(children[0])
        amount = children[1] if len(children) > 1 else None
        return [Unit("element", symbol, None, amount, symbol + (amount.text if amount else ""))]

    def group(self, children: list[Any]) -> list[Unit]:
        amount = children[3] if len(children) > 3 else None
        inner: Body = children[1]
        text = "".join(f"{part.join}{part.factor.text if part.factor else ''}{part.text}" for part in inner.parts)
        return [Unit("group", "", inner, amount, f"({text})" + (amount.text if amount else ""))]

    def vacancy(self, children: list[Any]) -> list[Unit]:
        amount = children[1] if len(children) > 1 else None
        return [Unit("vacancy", "", None, amount, "□" + (amount.text if amount else ""))]

    def number(self, children: list[Token]) -> Expression:
        return Expression("number", str(children[0]))

    def uncertain(self, children: list[Token]) -> Expression:
        return Expression("uncertain", str(children[0]))

    def variable(self, children: list[Token]) -> Expression:
        return Expression("variable", str(children[0]))

    def bracket(self, children: list[Any]) -> Expression:
        return Expression("bracket", f"({children[1].text})", (children[1],))

    def lowered(self, children: list[Any]) -> Expression:
        return Expression("lowered", children[1].text, (children[1],))

    def negative(self, children: list[Any]) -> Expression:
        return Expression("negative", f"-{children[1].text}", (children[1],))

    def binary(self, children: list[Any]) -> Expression:
        sign = "*" if "·" in children[1] else children[1].strip()
        return Expression(sign, f"{children[0].text}{sign}{children[2].text}", (children[0], children[2]))

    def implied(self, children: list[Any]) -> Expression:
        return Expression("implied", f"{children[0].text}{children[1].text}", (children[0], children[1]))
