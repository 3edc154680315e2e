"""What a misspelt name was meant to be, and which spellings of a label are one."""

from __future__ import annotations

import unicodedata

from sse_db.vocabulary import fold

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Characters that look like a hyphen or a blank, or like nothing: they do not tell one name from another."""
SAME_IN_LABELS = {**dict.fromkeys(DASHES, "-"), **dict.fromkeys(BLANKS, " "), **dict.fromkeys(INVISIBLE, "")}
_SAME_IN_LABELS = str.maketrans(SAME_IN_LABELS)
LEFT_OUT_OF_LABELS = " -_"
"""What labels may differ by that are doubtful: the capitals, these, and letters that look alike."""
LOOK_ALIKE = dict(zip(
    "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹µаеорсухіАВЕКМНОРСТХІΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "01234567890123456789μaeopcyxiabekmhopctxiabezhikmnoptyx", strict=True,
))  # fmt: skip
"""Raised and lowered digits, the micro sign, and letters of Cyrillic and Greek that are typed for Latin ones."""
_LOOSE = str.maketrans({**LOOK_ALIKE, **dict.fromkeys(LEFT_OUT_OF_LABELS, "")})


def plain_label(label: str) -> str:
    """A label with plain hyphens and single blanks, without invisible characters: labels that are equal so are one."""
    return " ".join((label if label.isascii() else label.translate(_SAME_IN_LABELS)).split())


def loose_label(label: str) -> str:
    """A plain label in small letters without blanks, hyphens and underscores, letters that look alike as one: labels
    that are equal so may be one."""
    plain = plain_label(label if label.isascii() else unicodedata.normalize("NFKC", label.translate(_LOOSE)))
    return plain.lower().translate(_LOOSE)


CLOSE_ENOUGH = 60
"""Likeness (0 to 100) from which a known word is offered for one that is not known."""


def suggest(word: str, known: list[str]) -> str:
    """A hint that names the known word that is most like the one written; where none is, the known words.

    >>> suggest("garnett", ["garnet", "NASICON"])
    'did you mean garnet?'
    >>> suggest("wood", ["garnet", "NASICON"])
    'known are: garnet, NASICON'
    """
    if not known:
        return ""
    best = find_like(word, known)
    return f"did you mean {best}?" if best else "known are: " + ", ".join(known[:12]) + (", …" * (len(known) > 12))


def find_like(word: str, known: list[str]) -> str | None:
    """The known word that is most like the one written, None where none is."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(fold(word), known, scorer=fuzz.ratio, processor=fold, score_cutoff=CLOSE_ENOUGH)
    return best[0] if best else None


def printable(name: str) -> str:
    """A file name as it can be written anywhere: bytes that are no UTF-8 as escapes.

    >>> print(printable("lat\\udcfcn.cif"))
    lat\\udcfcn.cif
    """
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "row"), counted(2, "row")
    ('1 row', '2 rows')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


LONGEST_REASON = 300


def name_exception(error: BaseException) -> str:
    """The kind of an exception and the first line of what it says, for a message of one line.

    >>> name_exception(ValueError("no number\\nat line 3"))
    'ValueError: no number'
    """
    first = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}"[:LONGEST_REASON].rstrip(": ")
