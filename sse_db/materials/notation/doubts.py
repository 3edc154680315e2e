"""Readings that are grammatical and yet are often slips: CI for Cl, HF for Hf, 0 for O, an abbreviation of elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sse_db.materials.notation.amounts import ANIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sse_db.materials.notation.amounts import Reading

_CAPITALS = re.compile(r"(?=(HF|HO|CO|CS|CU|SI|SC|SN|SB|NB|NI|BI|IN|PB|YB)(?![a-z]))([A-Z])")
"""Two elements, the first without an amount, that are another element when the second letter is a small one."""
_SUSPECT = re.compile(r"[CHSNBIPY][FOUCNBISI1](?![a-z])|H2O|\(V|,")
"""Any of what ``doubt_letters`` looks for, in one pass."""
_USUAL = re.compile(r"CO(?=3|₃|⟨3)|SC(?=N)|CS(?=N)")
"""Carbonate and thiocyanate."""
_CHLORINE = re.compile(r"C(?:I(?![a-z])|1[0-9]*(?![0-9]*\.0))")
_VACANCY = re.compile(r"\(V(?:Li|Na|La|K|Ag)\)")
_SINGLE = re.compile(r"(?:Li|Na|K)?(?:[A-Z]){3,}")
_USUAL_WORDS = re.compile(r"(?:Li|Na|K)?(?:SCN|NCS|OCN|NCO|HCO|HSO)|(?:Y|Bi|La)OF|H?OCN")
_HYDRATE = re.compile(r"[A-Z][a-z]?\d+[.,]\d+(?=H2O$|\(H2O\)\d*$)")
_SHORT_LIVED = re.compile(
    r"Tc|Po|At|Rn|Fr|Ra|Ac|Pa|Np|Pu|Am|Cm|Bk|Cf|Es|Fm|Md|No|Lr|Rf|Db|Sg|Bh|Hs|Mt|Ds|Rg|Cn|Nh|Fl|Mc|Lv|Ts|Og|He|Ne|Ar|Kr|Xe"
)
_WHOLE = re.compile(r"(?<![0-9.,])(O?)([0-9]+)(?![0-9.,])")
MOST_ANIONS = 4.5
"""Anions per other atom, beyond which a letter is read as a digit: LiPF6 has 3."""
IMPOSSIBLE = 1000
LARGER = 5
LARGE = 100
"""Whole amounts of this size that hold a 0 may hold an O; where there is no anion, larger ones are refused."""


def doubt_letters(folded: str, reading: Reading) -> None:
    """Doubt letters and digits that are often taken for each other."""
    if not re.search(r"[0-9]", folded) and _SINGLE.fullmatch(folded) and not _USUAL_WORDS.fullmatch(folded):
        reading.doubt("is read as elements: is it an abbreviation?", "write the formula with its amounts")
    if not _SUSPECT.search(folded):
        return
    if _HYDRATE.search(folded):
        raise reading.refuse(
            f"cannot read the point before H2O: {_HYDRATE.findall(folded)[0]} is one amount, or a hydrate",
            "write · before the water of a hydrate, such as Li3InCl6·2H2O",
        )
    for match in _CAPITALS.finditer(folded):
        pair = match[1]
        if not _USUAL.match(folded, match.start()):
            small = pair[0] + pair[1].lower()
            reading.doubt(
                f"{pair} is read as {pair[0]} and {pair[1]}: is it {small}?", f"write {small} if it is {small}"
            )
    for match in () if "H" in reading.written else _CHLORINE.finditer(folded):
        reading.doubt(f"{match[0]} is read as carbon: is it Cl?", "write Cl, with a small l, if it is chlorine")
    for match in _VACANCY.finditer(folded):
        reading.doubt(f"{match[0]} is read as vanadium: is it a vacancy?", "write vacancies as □, or leave them out")
    _doubt_commas(folded, reading)


def _doubt_commas(folded: str, reading: Reading) -> None:
    commas = re.findall(r"[0-9]+,[0-9]+", folded)
    if commas and re.search(r"[0-9]\.[0-9]", folded):
        raise reading.refuse(
            f"cannot read points and commas as decimals in one formula ({', '.join(commas)})",
            "write decimal points; one row for each value",
        )
    if len(commas) == 1 and folded.endswith(commas[0]) and "=" not in folded:
        value = commas[0].replace(",", ".")
        reading.doubt(f"{commas[0]} is read as {value}", "write a decimal point; other numbers belong into the remark")


def doubt_amounts(folded: str, amounts: Mapping[str, float], reading: Reading) -> None:
    """Doubt compositions that no ceramic has."""
    for symbol in amounts:
        if _SHORT_LIVED.fullmatch(symbol):
            capitals = symbol.upper()
            reading.doubt(f"{symbol} in a solid electrolyte: is it {capitals}?", "check capital and small letters")
    if "Tl" in amounts:
        reading.doubt("Tl is read as thallium: is it Ti?", "write Ti, with a small i, if it is titanium")
    anions = sum(amount for symbol, amount in amounts.items() if symbol in ANIONS)
    others = sum(amounts.values()) - anions
    if others and anions > MOST_ANIONS * others:
        reading.doubt(
            f"{anions:g} anions beside {others:g} other atoms", "is a letter or a second number among the digits?"
        )
    for number in _zero_in_large(folded):
        if int(number) >= IMPOSSIBLE and not set(amounts) & ANIONS:
            raise reading.refuse(f"cannot read the amount {number}: is a 0 in it the letter O?", "write O for oxygen")
        reading.doubt(f"the amount {number} is large: is a 0 in it the letter O?", "write O for oxygen")
    _doubt_without_anion(folded, amounts, reading)


def _zero_in_large(folded: str) -> Iterator[str]:
    """Whole amounts from 100 on with a 0 before the last of their digits, such as the 2012 of Zr2012; not those of
    large cells, where others are of the same size."""
    for oxygen, number in _WHOLE.findall(folded):
        others = [int(other) for _, other in _WHOLE.findall(folded) if other != number]
        is_large = int(number) >= LARGE and int(number) > LARGER * max(others, default=0)
        if not oxygen and is_large and re.search(r"0[1-9]", number):
            yield number


def _doubt_without_anion(folded: str, amounts: Mapping[str, float], reading: Reading) -> None:
    if set(amounts) & ANIONS or "H" in amounts:
        return
    if re.search(r"0", re.sub(r"(?<![PCSNB])[0-9]*\.[0-9]+", "", folded)):
        reading.doubt("no anion is in it: is a 0 the letter O?", "write O for oxygen")
    elif re.search(r"Co|Hf|Os", folded) and len(amounts) > 1:
        reading.doubt(
            "no anion is in it: is a small letter a capital, as in Co for CO?", "check capital and small letters"
        )
