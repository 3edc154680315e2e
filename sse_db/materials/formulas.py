"""Literature formulas: from what papers write to a composition that pymatgen reads, or a refusal that says why.

Pymatgen parses the plain formula; what stands here is the way from a paper's notation to a plain formula.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sse_db.errors import UnreadableFormula

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST = 300
LARGEST_AMOUNT = 1e6
FRACTION_DIGITS = 4

ABBREVIATIONS = {
    "LLZO": "Li7La3Zr2O12", "LLZTO": "Li6.4La3Zr1.4Ta0.6O12", "LATP": "Li1.3Al0.3Ti1.7(PO4)3",
    "LAGP": "Li1.5Al0.5Ge1.5(PO4)3", "LLTO": "Li0.33La0.56TiO3", "LTP": "LiTi2(PO4)3", "LZP": "LiZr2(PO4)3",
    "LGPS": "Li10GeP2S12", "LPS": "Li3PS4", "LPSCL": "Li6PS5Cl", "LIPON": "Li2.9PO3.3N0.4",
    "LLZ": "Li7La3Zr2O12", "LLZNO": "Li6.75La3Zr1.75Nb0.25O12", "LISICON": "Li14ZnGe4O16", "LYC": "Li3YCl6",
}  # fmt: skip
"""Abbreviations that pymatgen would read as elements, each with an example of a formula it may stand for."""

VARIABLES = "xyzwδn"
_ASSIGNMENT = re.compile(rf"\b([{VARIABLES}]|delta)\s*=\s*([-+]?\d+(?:[.,]\d+)?(?:/\d+)?)")
_VARIABLE_PART = re.compile(r"[(\[,;:]?\s*(?:(?:with|for|where|at)\s+)?\Z")
_ELEMENT = re.compile(r"[A-Z][a-z]?")
_EXPRESSION = re.compile(r"[-+]?[\d.*/+\-xyzwnδ()]*[\dxyzwnδ)]")
_OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LiteratureFormula:
    """A formula as written and as understood; ``amounts`` are atoms per formula unit as the source writes it."""

    written: str
    amounts: dict[str, float]
    formula: str
    reduced_formula: str
    fingerprint: str
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def read_formula(text: str) -> LiteratureFormula:
    """Read a formula in a paper's notation; raises UnreadableFormula with a hint."""
    if len(text) > LONGEST:
        raise UnreadableFormula(f"{len(text)} characters are no formula", "put words into the remark")
    remarks: list[str] = []
    plain = _simplify(text, remarks)
    _refuse_abbreviation(plain)
    plain, values = _take_assignments(plain, remarks)
    plain = _drop_words(plain, remarks)
    amounts = _add_parts(plain, values, remarks)
    _check(amounts, text)
    return LiteratureFormula(
        text, amounts, write_formula(amounts), _reduce(amounts), fingerprint(amounts), tuple(dict.fromkeys(remarks))
    )


def write_formula(amounts: Mapping[str, float]) -> str:
    """A plain formula, amounts with at most six significant decimals: lithium, the metals by symbol, then the others by
    electronegativity. The order of a paper does not matter, so neither does that of the files that name a composition.
    """
    ordered = sorted(amounts.items(), key=lambda item: _place(item[0]))
    return "".join(f"{symbol}{_write(amount)}" for symbol, amount in ordered)


@cache
def _place(symbol: str) -> tuple[bool, bool, float, str]:
    from pymatgen.core import Element

    element = Element(symbol)
    is_cation = element.is_metal or element.is_metalloid or element.is_noble_gas
    return (symbol != "Li", not is_cation, 0.0 if is_cation else element.X, symbol)


def fingerprint(amounts: Mapping[str, float]) -> str:
    """Atomic fractions rounded to 1e-4 and sorted by symbol: the same for every spelling of one composition."""
    total = sum(amounts.values())
    parts = (f"{symbol}{amount / total:.{FRACTION_DIGITS}f}" for symbol, amount in sorted(amounts.items()))
    return " ".join(parts)


def _write(amount: float) -> str:
    return "" if amount == 1 else f"{amount:.6g}"


def _reduce(amounts: Mapping[str, float]) -> str:
    from pymatgen.core import Composition

    composition = Composition(amounts)
    return str(composition.reduced_formula) if _is_integral(amounts) else write_formula(amounts)


def _is_integral(amounts: Mapping[str, float]) -> bool:
    return all(abs(amount - round(amount)) < 1e-8 for amount in amounts.values())


def _simplify(text: str, remarks: list[str]) -> str:
    text = re.sub(r"</?su[bp]>|\\(?:mathrm|text|ce|rm)\b|[$\\_]", "", text)
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[‐‑‒–—−﹣]", "-", text).replace("∂", "δ").replace("ẟ", "δ")
    text = text.strip().strip("\"“”'").strip()
    text = re.sub(r"(?<=\d)\s*,\s*(?=\d)", ".", text)
    text = re.sub(r"[{\[]", "(", text)
    text = re.sub(r"[}\]]", ")", text)
    text = re.sub(r"[·•∙⋅*‧+]\s*(?=\d*\.?\d*\(?[A-Z])", " ", text) if _joins_parts(text) else text
    if "□" in text or "☐" in text or "⬜" in text:
        remarks.append("vacancies left out")
        text = re.sub(r"[□☐⬜]\s*(\d+(\.\d+)?|[xyzδ])?", "", text)
    return re.sub(r"\s+", " ", text).strip()


def _joins_parts(text: str) -> bool:
    return re.search(r"[·•∙⋅*‧]", text) is not None or re.search(r"\s\+\s", text) is not None


def _refuse_abbreviation(plain: str) -> None:
    bare = re.sub(r"[^A-Za-z]", "", plain)
    example = ABBREVIATIONS.get(bare.upper()) if not re.search(r"\d", plain) else None
    if (example and bare.upper() not in ("LIPON",)) or (bare.upper() == "LIPON" and bare.isupper()):
        raise UnreadableFormula(f"{plain} is an abbreviation, not a formula", f"write the formula, such as {example}")


def _take_assignments(plain: str, remarks: list[str]) -> tuple[str, dict[str, float]]:
    """Split ``…, x=0.3`` into the general formula and the values of its variables."""
    found = list(_ASSIGNMENT.finditer(plain))
    if not found:
        return plain, {}
    values = {match[1].replace("delta", "δ"): _evaluate(match[2].replace(",", "."), {}) for match in found}
    remarks += [f"{name} = {value:g} put in" for name, value in values.items()]
    head = plain[: found[0].start()]
    return _VARIABLE_PART.sub("", head).rstrip(" ,;:(["), values


def _drop_words(plain: str, remarks: list[str]) -> str:
    match = re.search(r"\(?\s*(?:in )?(?:mol(?:ar)?\.?\s*(?:%|ratio|percent)?|at\.?%)\s*\)?\s*\Z", plain)
    if match and match.start():
        remarks.append("parts taken as moles")
        return plain[: match.start()].strip()
    return plain


def _add_parts(plain: str, values: dict[str, float], remarks: list[str]) -> dict[str, float]:
    """Amounts of a mixture: parts joined by blanks, dots or hyphens, each with an optional factor before it."""
    parts = _split_parts(plain)
    if len(parts) > 1 and any(factor != 1 for factor, _ in parts):
        remarks.append(f"read as a mixture of {len(parts)} parts")
    amounts: dict[str, float] = {}
    for factor, part in parts:
        for symbol, amount in _read_part(part, values, remarks).items():
            amounts[symbol] = amounts.get(symbol, 0.0) + factor * amount
    return {symbol: float(f"{amount:.12g}") for symbol, amount in amounts.items() if abs(amount) > 1e-12}


def _split_parts(plain: str) -> list[tuple[float, str]]:
    pieces = re.split(
        r"\s+|(?<=[A-Za-z\d)])-(?=\d+(?:\.\d+)?\(?[A-Z])|(?<=[A-Za-z\d)])-(?=\(?[A-Z][a-z]?\d*[A-Z(])", plain
    )
    parts = []
    for piece in filter(None, pieces):
        match = re.match(r"(\d+(?:\.\d+)?|\.\d+)(?=\(?[A-Z])", piece)
        rest = piece[match.end() :] if match else piece
        parts.append((float(match[1]) if match else 1.0, rest))
    return parts


def _read_part(part: str, values: dict[str, float], remarks: list[str]) -> dict[str, float]:
    """Amounts of one formula: elements and brackets, each followed by a number or an expression in the variables."""
    amounts, place = _read_group(part, 0, values, remarks, depth=0)
    if place != len(part):
        raise UnreadableFormula(f"{part}: cannot read {part[place:]!r}", "check brackets and symbols")
    return amounts


def _read_group(
    part: str, place: int, values: dict[str, float], remarks: list[str], depth: int
) -> tuple[dict[str, float], int]:
    amounts: dict[str, float] = {}
    if depth > 10:
        raise UnreadableFormula(f"{part}: brackets too deep")
    while place < len(part) and part[place] != ")":
        if part[place] == "(":
            inner, place = _read_group(part, place + 1, values, remarks, depth + 1)
            if place >= len(part):
                raise UnreadableFormula(f"{part}: a bracket is not closed", "check the brackets")
            place += 1
        elif element := _ELEMENT.match(part, place):
            symbol = _check_symbol(element[0], part)
            inner, place = {symbol: 1.0}, place + len(symbol)
        else:
            raise UnreadableFormula(f"{part}: cannot read {part[place : place + 8]!r}", "check brackets and symbols")
        factor, place = _read_amount(part, place, values, remarks)
        for symbol, amount in inner.items():
            amounts[symbol] = amounts.get(symbol, 0.0) + factor * amount
    if depth and place >= len(part):
        raise UnreadableFormula(f"{part}: a bracket is not closed", "check the brackets")
    return amounts, place


def _check_symbol(symbol: str, part: str) -> str:
    from pymatgen.core import Element

    for candidate in (symbol, symbol[:1]):
        if Element.is_valid_symbol(candidate) and candidate not in ("D", "T"):
            return candidate
    example = "such as Li7La3Zr2O12"
    raise UnreadableFormula(f"{part}: {symbol} is no element", f"write the formula in element symbols, {example}")


def _read_amount(part: str, place: int, values: dict[str, float], remarks: list[str]) -> tuple[float, int]:
    """The number or expression at a place; a bracketed expression counts when it holds no element."""
    bracket = re.compile(r"\([\d.+\-*/xyzwnδ ]+\)").match(part, place)
    match = bracket or re.compile(r"[-+]?[\d.xyzwnδ](?:[\d.*/+\-xyzwnδ]|\([\d.+\-*/xyzwnδ]+\))*").match(part, place)
    if match is None or not match[0]:
        return 1.0, place
    text = match[0]
    while text and text[-1] in "+-*/":
        text = text[:-1]
    if not text:
        return 1.0, place
    return _value_of(text, values, part, remarks), place + len(text)


def _value_of(text: str, values: dict[str, float], part: str, remarks: list[str]) -> float:
    bound = dict(values)
    if "δ" in text and "δ" not in bound:
        bound["δ"] = 0.0
        remarks.append("δ taken as 0 (nominal)")
    free = sorted(set(re.findall(rf"[{VARIABLES}]", text)) - bound.keys())
    if free:
        names = ", ".join(f"{name} = …" for name in free)
        raise UnreadableFormula(
            f"{part} is a general formula: {', '.join(free)} has no value", f"add the values: {part}, {names}"
        )
    value = _evaluate(text, bound)
    if value < -1e-9:
        raise UnreadableFormula(f"{part}: {text} gives a negative amount", "check the values of the variables")
    return max(value, 0.0)


def _evaluate(text: str, values: dict[str, float]) -> float:
    """The value of a stoichiometric expression: numbers, variables, + - * / and brackets, nothing else."""
    explicit = re.sub(rf"(?<=[\d.)])(?=[{VARIABLES}(])|(?<=[{VARIABLES})])(?=[\d{VARIABLES}(])", "*", text)
    try:
        value = _walk(ast.parse(explicit, mode="eval").body, values)
    except (SyntaxError, ValueError, ZeroDivisionError, KeyError, RecursionError, MemoryError) as error:
        raise UnreadableFormula(f"cannot compute the amount {text!r}", "write a number") from error
    if not math.isfinite(value):
        raise UnreadableFormula(f"the amount {text!r} is not finite", "write a number")
    return value


def _walk(node: ast.expr, values: dict[str, float]) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return float(_OPERATORS[type(node.op)](_walk(node.left, values), _walk(node.right, values)))
    if isinstance(node, ast.UnaryOp) and type(node.op) in _OPERATORS:
        return float(_OPERATORS[type(node.op)](_walk(node.operand, values)))
    raise ValueError("not arithmetic")


def _check(amounts: dict[str, float], text: str) -> None:
    if not amounts:
        raise UnreadableFormula(f"{text!r} names no element", "write a formula such as Li7La3Zr2O12")
    for symbol, amount in amounts.items():
        if amount <= 0 or amount > LARGEST_AMOUNT or not math.isfinite(amount):
            raise UnreadableFormula(f"{text}: amount {amount:g} of {symbol} is not possible", "check the numbers")
