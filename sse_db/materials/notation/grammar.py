"""The grammar of literature formulas: a text is read whole or not at all.

Parts of a mixture stand between joins and may begin with a factor; a part is elements, brackets and vacancies, each
with an amount; behind the formula stand the values of its variables and a note that its parts are moles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
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
_LINEAR = rf"{_NUMBER}?[{VARIABLES}]"
_ARITHMETIC = rf"(?:{_FRACTION}[-+])?{_LINEAR}(?:[-+]{_LINEAR})*"
_PLAIN_END = rf"(?=$|[A-Z)□]| [A-Z]| ?\((?!{_MATH})| ?[,;:])"
"""What may follow an amount that the lexer takes as a whole: nothing that could belong to its arithmetic."""
_AMOUNT = rf"(?:{_ARITHMETIC}|{_NUMBER}|⟨{_NUMBER}⟩)"
_RUN = rf"(?:(?>SYMBOLS){_AMOUNT}?|\((?:(?>SYMBOLS){_AMOUNT}?)+\){_AMOUNT}?)+"
_WORD = r"(?:(?:with|for|where|when|at|and)\s+)?"
_MOLES = r"(?:in )?(?:mol(?:ar|e)?s?\.? ?(?:-?%|ratio|percent|fractions?)?|at\.? ?%)"

GRAMMAR = rf"""
start: body tail*
tail: NOTE                                                                           -> note
    | CONDITIONS_OPEN assignment (CONDITION_SEPARATOR assignment)* CLOSE             -> conditions
    | CONDITION_SEPARATOR assignment                                                 -> conditions
assignment: VARIABLE_IS+ VALUE UNCERTAINTY?

body: part ((DOT | POINT | PLUS_JOIN | HYPHEN_JOIN | BLANK_JOIN) part)*
part: (product BLANK?)? (RUN | unit) (BLANK? (RUN | unit))*
unit: ELEMENT amount?           -> element
    | OPEN body CLOSE amount?   -> group
    | VACANCY amount?           -> vacancy

?amount: sum | MINUS sum        -> negative | ARITHMETIC -> arithmetic
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
ARITHMETIC.6: /{_ARITHMETIC}{_PLAIN_END}/
MATH_OPEN.6: /\((?={_MATH})/
RUN.6: /{_RUN}{_PLAIN_END}/
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
minus (``Ti2-x``), and so it is before a number at the end (``O12-1``, which is then refused). ``RUN`` is
many elements and simple brackets with plain amounts in one token, ``ARITHMETIC`` an amount such as ``1+x-2y``; they are
there for speed: ``element``, ``group`` and ``sum`` say the same."""


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


class UnreadAt(Exception):
    """The grammar has no place for what stands from ``place`` on."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def parse_statement(folded: str) -> Statement:
    """The statement of a text in the spelling of ``fold_formula``; raises UnreadAt.

    A text that is one ``RUN``, or one with a plain value behind it, needs no parser to become what it would return.
    """
    plain = _plain_statement().fullmatch(folded)
    if plain is None:
        return _parse_whole(folded)
    body = Body((Part(None, tuple(read_run(plain["run"]))),))
    return Statement(body, (Assignment((plain["name"],), plain["value"]),) if plain["name"] else (), ())


def _parse_whole(folded: str) -> Statement:
    from lark import UnexpectedInput

    try:
        statement: Statement = formula_parser().parse(folded, start="start")  # type: ignore[assignment]  # transformed
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        at_end = token is not None and token.type == "$END"
        raise UnreadAt(len(folded) if at_end or error.pos_in_stream is None else error.pos_in_stream) from None
    return statement


@cache
def _symbols() -> str:
    from pymatgen.core import Element

    symbols = {element.value for element in Element} - {"D", "T"}
    return "|".join(sorted(symbols, key=lambda each: (-len(each), each)))


@cache
def _plain_statement() -> re.Pattern[str]:
    value = rf"(?P<name>[{VARIABLES}]) ?= ?(?P<value>{_NUMBER})"
    behind = rf"(?: ?[,;:] ?| )(?:{_WORD}){value}"
    return re.compile(rf"(?P<run>{_RUN})(?:{behind})?".replace("SYMBOLS", _symbols()))


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"(?:({_symbols()})|\(([^()]+)\))(?:({_ARITHMETIC})|({_NUMBER})|⟨({_NUMBER})⟩)?")


@cache
def formula_parser() -> Lark:
    """The parser of ``GRAMMAR``; built once."""
    from lark import Lark

    grammar = GRAMMAR.replace("SYMBOLS", _symbols())
    return Lark(
        grammar, start=["start", "sum"], parser="lalr", lexer="contextual", transformer=_Builder(),
        maybe_placeholders=False,
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _parse_arithmetic(text: str) -> Expression:
    amount: Expression = formula_parser().parse(text, start="sum")  # type: ignore[assignment]  # by its transformer
    return amount


def read_run(text: str) -> list[Unit]:
    """The elements and brackets of a ``RUN``."""
    units = []
    for match in _counted().finditer(text):
        symbol, inside, arithmetic, number, lowered = match.groups()
        amount = None
        if number:
            amount = Expression("number", number)
        elif arithmetic:
            amount = _parse_arithmetic(arithmetic)
        elif lowered:
            amount = Expression("lowered", lowered, (Expression("number", lowered),))
        if symbol:
            units.append(Unit("element", symbol, None, amount, match[0]))
        else:
            units.append(Unit("group", "", Body((Part(None, tuple(read_run(inside))),)), amount, match[0]))
    return units


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
            after_blank_before, after_blank = after_blank, False
            if isinstance(child, list):
                found = child
            elif child.type == "RUN":
                found = read_run(child)
            else:
                after_blank = True
                continue
            found[0].after_blank = after_blank_before and bool(units)
            units += found
        return Part(factor, tuple(units))

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

    def arithmetic(self, children: list[Token]) -> Expression:
        return _parse_arithmetic(str(children[0]))

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
