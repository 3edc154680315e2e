"""The characters of a formula in one spelling: raised and lowered digits, TeX and HTML marks, dashes, dots, brackets.

Every rule replaces a character by one of the same meaning. What has none stays and is refused by the grammar.
"""

from __future__ import annotations

import re
import unicodedata

from sse_db.errors import UnreadableFormula

RAISED = "^"
VARIABLES = "xyzwnδ"

_SAME = str.maketrans(
    dict.fromkeys("‐‑‒–—−﹣", "-")
    | dict.fromkeys("•∙⋅*‧", "·")
    | dict.fromkeys("∂ẟ", "δ")
    | dict.fromkeys("☐⬜◻▢▯", "□")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")
    | dict.fromkeys("\t\n\r\u00a0\u202f\u2009\u200a\u2002\u2003\u3000", " ")
    | {"⁄": "/", "∕": "/"}
)
_ASCII_MARKS = re.compile(r"[*\t\n\r]")
_QUOTES = "\"“”„«»'‘’"
_TEX = (
    (re.compile(r"\\(?:delta|partial)(?![A-Za-z])\s?"), "δ"),
    (re.compile(r"\\(?:square|Box)(?![A-Za-z])\s?"), "□"),
    (re.compile(r"\\cdot(?![A-Za-z])\s?"), "·"),
    (re.compile(r"\\(?:mathrm|mathit|text|textrm|ce|rm)(?![A-Za-z])\s?|\$"), ""),
    (re.compile(r"_\{([^{}]*)\}"), r"⟨\1⟩"),
    (re.compile(rf"_(\d+(?:\.\d+)?|[{VARIABLES}](?![a-z]))"), r"⟨\1⟩"),
)
_LOWERED_TAG = re.compile(r"<sub>(.*?)</sub>", re.IGNORECASE)
_RAISED_TAG = re.compile(r"</?sup>", re.IGNORECASE)
_OPENING, _CLOSING = "([{⟨", ")]}⟩"
_BRACKET = re.compile(r"[(){}⟨⟩\[\]]")
_ROUND = str.maketrans("[{]}", "(())")
_PAIRS = dict(zip(_CLOSING, _OPENING, strict=True))


def fold_formula(text: str) -> str:
    """A formula with one character for each meaning, one blank where there are blanks, round brackets only.

    Raises UnreadableFormula where brackets do not pair.
    """
    folded = text.strip()
    if "\\" in folded or "_" in folded or "$" in folded:
        for pattern, replacement in _TEX:
            folded = pattern.sub(replacement, folded)
    if "<" in folded:
        folded = _RAISED_TAG.sub(RAISED, _LOWERED_TAG.sub(r"⟨\1⟩", folded))
    if not folded.isascii():
        folded = _fold_compatible(folded.translate(_SAME))
    elif _ASCII_MARKS.search(folded):
        folded = folded.translate(_SAME)
    folded = folded.strip().strip(_QUOTES)
    folded = " ".join(folded.split()) if " " in folded else folded
    folded = re.sub(r"(?<![A-Za-z])delta(?![A-Za-z])", "δ", folded) if "delta" in folded else folded
    return _fold_brackets(folded, text)


def _fold_compatible(text: str) -> str:
    """Wide and bold letters as plain ones, raised and lowered characters and fractions as marked ones."""
    folded: list[str] = []
    lowered = False
    for place, character in enumerate(text):
        kind, _, _ = unicodedata.decomposition(character).partition(" ")
        plain = unicodedata.normalize("NFKC", character).translate(_SAME)
        if lowered and kind != "<sub>" and not _continues_lowered(text, place, "".join(folded)):
            folded.append("⟩")
            lowered = False
        if kind == "<sub>" and not lowered:
            folded.append("⟨")
            lowered = True
        if kind == "<super>":
            folded.append(RAISED + plain)
        elif kind == "<fraction>":
            folded.append(f"⟨{plain}⟩")
        else:
            folded.append(plain if kind in ("<sub>", "<wide>", "<narrow>", "<font>") else character)
    return "".join(folded) + "⟩" * lowered


def _continues_lowered(text: str, place: int, before: str) -> bool:
    """A point between lowered digits, and a variable behind a lowered sign, which Unicode has no lowered form of."""
    if text[place] in ".,/":
        return place + 1 < len(text) and unicodedata.decomposition(text[place + 1]).startswith("<sub>")
    return text[place] in VARIABLES and re.search(r"[-+][0-9.]*$", before[before.rindex("⟨") :]) is not None


def _fold_brackets(text: str, written: str) -> str:
    if not _BRACKET.search(text):
        return text
    opened: list[str] = []
    for character in _BRACKET.findall(text):
        if character in _OPENING:
            opened.append(character)
        elif character in _CLOSING and opened and opened.pop() != _PAIRS[character]:
            raise UnreadableFormula(f"{written}: a bracket is not closed by its own kind", "check the brackets")
    if opened:
        raise UnreadableFormula(f"{written}: a bracket is not closed", "check the brackets")
    text = text.translate(_ROUND)
    return re.sub(r"([(⟨]) +| +([)⟩])", r"\1\2", text) if " " in text else text
