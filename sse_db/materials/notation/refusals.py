"""Why a formula could not be read, in the words of the text, and what to write instead."""

from __future__ import annotations

import re

from sse_db.errors import UnreadableFormula
from sse_db.materials.notation.text import VARIABLES

ABBREVIATIONS = {
    "LLZO": "Li7La3Zr2O12", "LLZ": "Li7La3Zr2O12", "LLZTO": "Li6.4La3Zr1.4Ta0.6O12",
    "LLZNO": "Li6.75La3Zr1.75Nb0.25O12", "LLZAO": "Li6.25Al0.25La3Zr2O12", "LATP": "Li1.3Al0.3Ti1.7(PO4)3",
    "LAGP": "Li1.5Al0.5Ge1.5(PO4)3", "LLTO": "Li0.33La0.56TiO3", "LTP": "LiTi2(PO4)3", "LZP": "LiZr2(PO4)3",
    "LGPS": "Li10GeP2S12", "LSPS": "Li10SnP2S12", "LPS": "Li3PS4", "LPSC": "Li6PS5Cl", "LPSCL": "Li6PS5Cl",
    "LIPON": "Li2.9PO3.3N0.4", "LISIPON": "Li2.9Si0.45PO1.6N1.3", "LISON": "Li0.29S0.28O0.35N0.09",
    "LISICON": "Li14ZnGe4O16", "NASICON": "Na3Zr2Si2PO12", "NZSP": "Na3Zr2Si2PO12", "LYC": "Li3YCl6",
    "LIC": "Li3InCl6", "LYB": "Li3YBr6", "LZC": "Li2ZrCl6", "LBO": "Li3BO3", "LIRAP": "Li3OCl",
    "LIBOB": "LiB(C2O4)2", "LIDFOB": "LiBF2C2O4", "LITFSI": "LiN(SO2CF3)2", "LIFSI": "LiN(SO2F)2",
    "LIBETI": "LiN(SO2C2F5)2", "BSCF": "Ba0.5Sr0.5Co0.8Fe0.2O3", "LSCF": "La0.6Sr0.4Co0.2Fe0.8O3",
    "LSGM": "La0.8Sr0.2Ga0.8Mg0.2O2.8", "YSZ": "Zr0.92Y0.08O1.96", "BZY": "BaZr0.8Y0.2O2.9", "LCO": "LiCoO2",
    "LNO": "LiNiO2", "LFP": "LiFePO4", "NCM": "LiNi0.8Co0.1Mn0.1O2", "NMC": "LiNi0.8Mn0.1Co0.1O2",
    "PEO": "C2H4O", "PVDF": "C2H2F2", "PAN": "C3H3N", "PVC": "C2H3Cl",
}  # fmt: skip
"""Abbreviations, some made of element symbols, each with an example of a formula it may stand for."""

_WORD = re.compile(r"(?<![A-Za-z0-9.)])[A-Za-z]{3,}(?![A-Za-z0-9.(⟨])")
_ADDITIVE = re.compile(
    r"[0-9.,]+ ?(?:wt|mass|weight|vol|mol|at)\b\.? ?-?%|(?:wt|mass|weight|vol)\.? ?-?%|\bppm\b|w/o", re.I
)
_NAME = re.compile(r"\(([A-Za-z][^()=]*)\)$")
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_PLAIN = "write the formula in element symbols, such as Li7La3Zr2O12"
_BEHIND = (
    (re.compile(r" ?(?:-|–|to\b|\.{2,}|…|~)"), "a range of values"),
    (re.compile(r" ?(?:[,;/.]|and\b|or\b) ?[-+]?[0-9.]"), "a list of values"),
)
_VARIABLE = rf"[{VARIABLES}]"
_ONE_VALUE = "write one row for each value, such as x = 0.3 behind the formula"
_POINT = "write a decimal point without blanks, and · between parts or before the water of a hydrate"
_PLACES = (
    # what stands before the place, what stands at it, what it is, what to write
    (r"", r"\^", "raised characters", "an isotope, a charge or a footnote mark belongs into the remark"),
    (r"(?:V'*|⟨)$", r"['_]|[A-Z]", "a vacancy?", "write vacancies as □, or leave them out"),
    (r"", r"_", "an underscore", "lower digits as in Li7 or Li_{7}; a vacancy is written □"),
    (r"/$", r"[A-Z(]", "two substances", "write the formula of the electrolyte; the rest belongs into the remark"),
    (r"", rf".*[<>≤≥].*{_VARIABLE}|.*{_VARIABLE} ?[<>≤≥]", "a range of values", _ONE_VALUE),
    (r"", rf".*{_VARIABLE} ?[≈~≃≅]", "an estimate", _ONE_VALUE),
    (r"", r" ?=", "values before the formula", "write them behind it, such as Li1+xAlxTi2-x(PO4)3, x = 0.3"),
    (r"", r"[ ,;(]+[A-Za-z][A-Za-z, ]*\)? ?=", "a variable of this name",
     "variables are x, y, z, w, n and δ; write x = 0.2, y = 0.3"),
    (r"", r" ?\. ?\d|[.·]⟨", "the point", _POINT),
    (r"", r" ?[lIoO]\d|l|o", "a letter among digits?", "is l the capital I or the digit 1? is o the capital O or a 0?"),
    (r"[A-Za-z]$", r" \d", "a blank before an amount", "write formulas without blanks"),
    (r"", r"⟨", "lowered digits behind an amount", "write each amount as one number"),
    (r"[-+]$", r"$", "a sign without a number", "leave a charge out; write the amount as one number"),
    (r"·$", r"$", "a dot or star without a part behind it", "put footnote marks into the remark"),
    (r"", r"[αβγ]", "a polymorph", "leave it out of the formula; it belongs into the remark"),
    (r"\d\.$|\d$", r" ?\d", "a blank inside a number, or a number behind the formula",
     "write formulas without blanks; the number of a sample belongs into the column Sample"),
    (r"", r"[.,;](?=$| )(?! ?[A-Za-z\d])", "a point or comma without a number", "write the number in full"),
    (r"", r"[,;] ?\d", "a number behind the formula",
     "write one formula; the number of a sample belongs into the column Sample"),
    (r"\([^()]*$", r"[,;]", "elements with a comma between them", "write the amount of each, such as (La0.5Li0.5)TiO3"),
    (r"", r"[,;] ?[A-Z]", "a second formula",
     "write one formula; an additive belongs into the columns Additive and Additive content"),
    (r"", r" ?\(\d|[,;]", "what stands behind the formula", "write one formula; other things belong into the remark"),
    (r"", r" ?(?:-|#|No\b)? ?[A-Za-z]?\d+[a-z]?$", "a number behind the formula",
     "the number of a sample belongs into the column Sample"),
    (r"", r" ?[-+]$", "a sign without a number", "leave a charge out; write the amount as one number"),
    (r"", r" ?±", "an uncertainty", "put it into the remark, or in brackets behind the digits: Li6.24(3)"),
    (r"", r" ?[~≈<>≤≥]", "a limit or an estimate", "write one number; the rest belongs into the remark"),
    (r"", r" ?:", "a ratio", "write the amounts before the parts, such as 75Li2S-25P2S5"),
    (r"", r" ?%", "a percentage", "write the amounts before the parts, such as 75Li2S-25P2S5 (mol%)"),
    (r"", r" ?[/@]", "two substances", "write the formula of the electrolyte; the rest belongs into the remark"),
    (r"", r" ?[*†‡§#]", "a footnote mark", "put footnotes into the remark"),
    (r"", r" ?-?doped", "a dopant", "write the dopant with its amount inside the formula"),
    (r"", r" ?[a-z]{3,}", "words in it", "write the formula alone; words belong into the remark"),
    (r"", r"[a-z]", "a small letter", f"{_PLAIN}; variables are x, y, z, w, n and δ"),
    (r"", r"[^\W\d_a-zA-Z]", "a letter of another alphabet", _PLAIN),
)  # fmt: skip
_PATTERNS = tuple((re.compile(before), re.compile(at), what, hint) for before, at, what, hint in _PLACES)


def refuse_names(written: str, folded: str) -> None:
    """Raise UnreadableFormula for a text without any formula, and for abbreviations that are no formula."""
    if not re.search(r"[A-Za-z0-9]", folded):
        raise UnreadableFormula(f"{written!r} names no element", "write a formula such as Li7La3Zr2O12")
    bare = folded.strip("() ")
    if bare == "NaN":
        raise UnreadableFormula(
            f"{written}: cannot read NaN, not a number", "leave the cell blank where nothing is known"
        )
    for word in _WORD.findall(folded):
        example = ABBREVIATIONS.get(word.upper())
        if example and (word == bare or word.isupper() or word[:2] in ("Li", "Na")):
            if word != bare and folded.endswith(f"({word})"):
                raise UnreadableFormula(f"{written}: cannot read the name ({word})", f"leave ({word}) out")
            hint = f"write the formula, such as {example}"
            raise UnreadableFormula(f"{written}: {word} is an abbreviation, not a formula", hint)


def explain(written: str, folded: str, place: int) -> UnreadableFormula:
    """The refusal of a text that the grammar could not read beyond a place."""
    rest, before = folded[place:], folded[:place]
    additive = _ADDITIVE.search(folded)
    if additive:
        hint = "an additive belongs into the columns Additive and Additive content"
        if folded.count("%") > 1 or additive.end() == len(folded.rstrip(")")):
            hint = "write the parts of a mixture in moles, such as 75Li2S-25P2S5 (mol%); " + hint
        return UnreadableFormula(f"{written}: cannot read {_share_text(folded, additive)} in a formula", hint)
    if "=" in before:
        return _explain_value(written, before, rest)
    name = _NAME.search(folded)
    if name and place >= name.start() - 1:
        return UnreadableFormula(
            f"{written}: cannot read the words ({name[1]})",
            f"leave ({name[1]}) out, or put it into a column of its own",
        )
    symbol = _SYMBOL.match(rest)
    if symbol and not before.endswith((" ", "⟨", "V", "/")):
        return UnreadableFormula(f"{written}: {symbol[0]} is no element", _PLAIN)
    for pattern_before, pattern, what, hint in _PATTERNS:
        if pattern.match(rest) and pattern_before.search(before):
            unread = (rest or before[-1:]).strip("⟨").replace("⟨", "").replace("⟩", "")
            return UnreadableFormula(f"{written}: cannot read {unread!r}: {what}", hint)
    return UnreadableFormula(f"{written}: cannot read {rest[:12] or folded!r}", "check brackets and symbols")


def _share_text(folded: str, additive: re.Match[str]) -> str:
    return folded[additive.start() :].rstrip(")") if additive.end() < len(folded) else additive[0]


def _explain_value(written: str, before: str, rest: str) -> UnreadableFormula:
    name = before[before.rindex("=") - 1 :].split("=")[0].strip() or before[: before.rindex("=")].strip()[-1:]
    for pattern, what in _BEHIND:
        if pattern.match(rest) and re.search(r"[0-9]", rest) and not before.endswith(")"):
            return UnreadableFormula(f"{written}: cannot read {what} of {name}", "write one row for each value")
    return UnreadableFormula(
        f"{written}: cannot read {rest.strip() or before!r} behind {name} =",
        f"write one number behind {name} =, at the end; parts of a mixture stand before it, words in the remark",
    )
