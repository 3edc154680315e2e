"""What publications are known by: a DOI in any spelling, or a title."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from sse_db.errors import UnreadableDoi

_PREFIX = re.compile(r"(?i)^(?:https?://)?(?:www\.)?(?:dx\.)?doi\.org/|^doi\s*[:=]?\s*|^info:doi/|^urn:doi:")
_ARXIV = re.compile(r"(?i)arxiv\s*:\s*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?")
"""arXiv registers a DOI for every preprint under its own number (info.arxiv.org/help/doi.html)."""
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


def normalise_doi(text: str) -> str:
    """A DOI in any spelling as the bare one in lower case; raises UnreadableDoi."""
    plain = html.unescape(unquote(text)).strip().strip("<>\"'“”()[]")
    plain = unicodedata.normalize("NFKC", plain).replace("‐", "-").replace("–", "-")
    plain = _PREFIX.sub("", plain.strip())
    plain = _PREFIX.sub("", plain).strip().rstrip(".,;")
    if preprint := _ARXIV.fullmatch(plain):
        plain = f"10.48550/arxiv.{preprint[1]}"
    if not _DOI.fullmatch(plain):
        raise UnreadableDoi(
            f"{text} is no DOI", "a DOI starts with 10. and holds a slash, such as 10.1016/j.ssi.2007.01.001"
        )
    return plain.lower()


def make_title_key(title: str) -> str:
    """A title in lower case, letters and digits only: what titles are compared by."""
    plain = re.sub(r"<[^>]+>", "", html.unescape(title))
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in decomposed.casefold() if letter.isalnum())


def same_author(first: str, second: str) -> bool:
    """Whether two spellings of an author may mean one person: a surname before a comma, else the first or last words,
    are equal."""
    return bool(_surnames(first) & _surnames(second))


def _surnames(name: str) -> set[str]:
    surname, comma, _ = name.partition(",")
    words = surname.split()
    parts = [words] if comma else [words, words[:1], words[-1:], words[1:], words[:-1]]
    return {make_title_key(" ".join(part)) for part in parts if part}


def same_authors(first: str, second: str) -> bool:
    """Whether two lists of authors, separated by semicolons, name the same surnames in the same order."""
    one, other = (names.split(";") for names in (first, second))
    return len(one) == len(other) and all(map(same_author, one, other))


SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "de", "der", "und", "et"})


def same_journal(first: str, second: str) -> bool:
    """Whether two names of a journal are one, written out or abbreviated, such as ``J. Alloys Compd.``."""
    one, other = (
        [word for word in re.findall(r"\w+\.?", name.casefold()) if word not in SMALL_WORDS] for name in (first, second)
    )
    return len(one) == len(other) and all(map(_same_word, one, other))


def _same_word(first: str, second: str) -> bool:
    """Whether one word is the other's beginning, or with a full stop an abbreviation that leaves out letters."""
    short, long = sorted((first, second), key=lambda word: len(word.rstrip(".")))
    stem, letters = short.rstrip("."), iter(long)
    left_out = short.endswith(".") and stem[0] == long[0] and all(letter in letters for letter in stem)
    return long.startswith(stem) or left_out
