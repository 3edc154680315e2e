"""A second reading of formulas, written for tests alone: a few notations, each read literally, all else refused."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

from pymatgen.core import Element

SYMBOLS = {element.value for element in Element} - {"D", "T"}
LOWERED = {**dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)), "₊": "+", "₋": "-", "ₓ": "x"}


class NotLiteral(Exception):
    """The text is not in a notation that this reader knows."""


def read_literally(text: str) -> dict[str, float]:
    """Amounts of a formula; raises NotLiteral for whatever is not exactly in the notations of the tests."""
    body, values = _split_values(" ".join(text.split()))
    reader = _Reader(_flatten(body), values)
    found = reader.body()
    if reader.rest():
        raise NotLiteral(reader.rest())
    if any(amount < 0 for amount in found.values()):
        raise NotLiteral("negative")
    return {symbol: float(amount) for symbol, amount in found.items() if amount}


def _split_values(text: str) -> tuple[str, dict[str, Fraction]]:
    match = re.fullmatch(r"(.*?)(?: ?, ?| | ?\( ?)x ?= ?(\d*\.?\d+)\)?", text)
    if match is None:
        return text, {}
    if text.endswith(")") != bool(re.search(r"\( ?x ?=", text)):
        raise NotLiteral(text)
    return match[1], {"x": Fraction(match[2])}


def _flatten(text: str) -> str:
    """Lowered digits as ordinary ones in angle brackets, whichever way they are written."""
    text = re.sub(r"<sub>([^<>]*)</sub>", r"⟨\1⟩", text)
    text = re.sub(r"_\{([^{}]*)\}", r"⟨\1⟩", text)
    lowered = re.sub(
        f"[{''.join(LOWERED)}](?:[{''.join(LOWERED)}]|\\.(?=[{''.join(LOWERED)}]))*",
        lambda match: "⟨" + "".join(LOWERED.get(each, each) for each in match[0]) + "⟩",
        text,
    )
    return re.sub(r"([⟨(]) | ([⟩)])", r"\1\2", re.sub(r"\(⟨([^⟩]*)⟩\)|⟨\(([^⟩]*)\)⟩", r"(\1\2)", lowered))


class _Reader:
    """Recursive descent, one method a rule."""

    def __init__(self, text: str, values: dict[str, Fraction]) -> None:
        self.text, self.place, self.values = text, 0, values

    def rest(self) -> str:
        return self.text[self.place :]

    def take(self, pattern: str) -> str | None:
        match = re.compile(pattern).match(self.text, self.place)
        if match is None:
            return None
        self.place = match.end()
        return match[0]

    def body(self) -> Counter[str]:
        total = self.part()
        while self.take(r" ?· ?|-(?=\d*\.?\d*[A-Z(])|\+(?=\d*\.?\d*[A-Z(])| [-+] ?|[-+] | (?=\d)"):
            total.update(self.part())
        return total

    def part(self) -> Counter[str]:
        number = self.take(r"\d+\.\d+|\d+|\.\d+")
        self.take(" ") if number else None
        factor = Fraction(number) if number else Fraction(1)
        total = self.unit()
        while self.rest()[:1].isupper() or self.rest()[:1] == "(" or re.match(r" [A-Z(]", self.rest()):
            self.take(" ")
            total.update(self.unit())
        return Counter({symbol: amount * factor for symbol, amount in total.items()})

    def unit(self) -> Counter[str]:
        if self.take(r"\( ?"):
            inner = self.body()
            if not self.take(r" ?\)"):
                raise NotLiteral(self.rest())
        else:
            symbol = self.take(r"[A-Z][a-z]?") or ""
            if symbol not in SYMBOLS:
                self.place -= len(symbol) - 1
                symbol = symbol[:1]
            if symbol not in SYMBOLS:
                raise NotLiteral(self.rest())
            inner = Counter({symbol: Fraction(1)})
        times = self.amount()
        return Counter({symbol: amount * times for symbol, amount in inner.items()})

    def amount(self) -> Fraction:
        bracketed = self.take(r"\((?=[\dx])(?=[\dx./+-]*\))|⟨")
        found = self.term(required=bool(bracketed))
        while sign := self.take(r"[-+](?=\d*\.?\d*x)|[-+](?=[\dx./+-]*[)⟩])" if bracketed else r"[-+](?=\d*\.?\d*x)"):
            found += self.term(required=True) * (1 if sign == "+" else -1)
        if bracketed and not self.take(r"\)" if bracketed == "(" else "⟩"):
            raise NotLiteral(self.rest())
        return found

    def term(self, *, required: bool) -> Fraction:
        number = self.take(r"\d+/\d+|\d+\.\d+|\d+|\.\d+")
        variable = self.take("x(?![a-z])")
        if required and number is None and variable is None:
            raise NotLiteral(self.rest())
        try:
            found = Fraction(number) if number else Fraction(1)
        except ZeroDivisionError as error:
            raise NotLiteral(number) from error
        if variable:
            if "x" not in self.values:
                raise NotLiteral("x")
            found *= self.values["x"]
            if self.take("/(?=[1-9])"):
                found /= Fraction(self.take(r"\d+") or 1)
        return found
