"""What publications are known by: a DOI in any spelling, or a title."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from sse_db.errors import SseDbError

_PREFIX = re.compile(r"(?i)^(?:https?://)?(?:www\.)?(?:dx\.)?doi\.org/|^doi\s*[:=]?\s*|^info:doi/|^urn:doi:")
_ARXIV = re.compile(r"(?i)arxiv\s*:\s*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?")
"""arXiv registers a DOI for every preprint under its own number (info.arxiv.org/help/doi.html)."""
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


class UnreadableDoi(SseDbError):
    """A text that is no DOI."""


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
