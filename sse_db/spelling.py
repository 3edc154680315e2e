"""What a misspelt name was meant to be."""

from __future__ import annotations

from sse_db.vocabulary import fold

CLOSE_ENOUGH = 60
"""Likeness (0 to 100) from which a known word is offered for one that is not known."""


def suggest(word: str, known: list[str]) -> str:
    """A hint that names the known word that is most like the one written; where none is, the known words."""
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
