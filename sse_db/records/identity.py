"""What publications and samples are known by: a DOI in any spelling, a title, a label in any type of dash."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from sse_db.errors import UnreadableDoi
from sse_db.spelling import plain_label

_START = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/")
_BEFORE = re.compile(
    r"(?i)(?:doi\s*[:=]?\s*|info:doi/|urn:doi:|hdl:)*(?:\(?https?://\S*|[\w-]+(?:\.[\w-]+)+/\S*)?|doi/", re.ASCII
)
"""What may stand before a DOI: its name, and the address of a page."""
_ADDRESS = re.compile(r"(?i)https?://|\w\.\w+/")
_ARXIV = re.compile(
    r"(?i)(?:arxiv\s*:\s*|(?:https?://)?(?:www\.|export\.)?(?:arxiv|ar5iv(?:\.labs\.arxiv)?)\.org/\w+/)"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?(?:[?#]\S*)?(?:\s*\[[\w.-]+\])?",
    re.ASCII,
)
"""arXiv registers a DOI for every preprint under its own number (info.arxiv.org/help/doi.html)."""
_ARXIV_VERSION = re.compile(r"(10\.48550/arxiv\.\S*\d)v\d+")
_LATEX = (
    (re.compile(r"\{?\\text(?:less|lt)\s*(?:\{\})?\}?|\$<\$"), "<"),
    (re.compile(r"\{?\\text(?:greater|gt)\s*(?:\{\})?\}?|\$>\$"), ">"),
    (re.compile(r"\{?\\textunderscore\s*(?:\{\})?\}?|\{?\\_\}?|\$\\?_\$"), "_"),
    (re.compile(r"\{?\\(?:textendash|textemdash)\s*(?:\{\})?\}?"), "-"),
    (re.compile(r"\{?\\([%&#$])\}?"), r"\1"),
    (re.compile(r"\\(?:url|href|doi|path|texttt|nolinkurl)\s*(?=\{)"), ""),
    (re.compile(r"[{}]"), ""),
)
"""How LaTeX writes the signs of a DOI."""
_QUERY = re.compile(r"(?:\?(?:[\w.~-]+(?:[=&;]\S*)?)?|&[\w.-]+=\S*|;jsessionid=\S*)\Z", re.IGNORECASE)
_FRAGMENT = re.compile(r"(?<!;2-)#[\w!/:.~=&%-]*\Z")
_PAGE = re.compile(
    r"(?:/(?:full|full-?text|full[./](?:html|pdf|xml)|pdf|e?pdf(?:direct|plus)?|abs|abstract|meta|html?|xml|summary|references|"
    r"figures|tables|suppl_file(?:/\S*)?|supplementary-material|supporting-information|download|viewer|issue|media)"
    r"|(?:\.full|\.full-text|\.abstract|\.short)(?:\.pdf)?|\.pdf|\.e?html?|/)\Z",
    re.IGNORECASE,
)
"""The parts of a publisher's address that name a view of the article."""
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-\[\]_a-~]+")
_ALIKE = str.maketrans(
    {**dict.fromkeys("\u2215\u2044\u29f8", "/"), "\u2329": "<", "\u232a": ">", "\u3008": "<", "\u3009": ">"}
)
DOI_HINT = "a DOI starts with 10. and holds a slash, such as 10.1016/j.ssi.2007.01.001"


@lru_cache(maxsize=10_000)
def normalise_doi(text: str) -> str:
    """A DOI in any spelling (an address of a publisher, LaTeX, invisible characters) as the bare one in lower case.

    Raises UnreadableDoi, also where a part of the text is neither DOI nor known to belong to an address.
    """
    plain = plain_label(unicodedata.normalize("NFKC", html.unescape(text)).translate(_ALIKE))
    plain = plain.strip("\"'“” ").rstrip(".,;")
    plain = (plain[1:].removesuffix(">") if plain.startswith("<") else plain).strip("\"'“” ").rstrip(".,;")
    if preprint := _ARXIV.fullmatch(plain):
        return f"10.48550/arxiv.{preprint[1]}".lower()
    for pattern, meant in _LATEX:
        plain = pattern.sub(meant, plain)
    plain = plain if _START.search(plain) else unquote(plain)
    start = _START.search(plain)
    if start is None:
        hint = "this address does not hold the DOI: copy it from the page" if _ADDRESS.search(plain) else DOI_HINT
        raise UnreadableDoi(f"{text} is no DOI", hint)
    before, doi = plain[: start.start()].strip(), plain[start.start() :]
    if not _BEFORE.fullmatch(before.lstrip("(")) and before.strip("(["):
        raise UnreadableDoi(f"{text} is no DOI: {before} stands before it", DOI_HINT)
    doi = _strip_address(doi)
    if (second := _START.search(doi, 8)) is not None and doi[second.start() - 1] not in "0123456789.":
        raise UnreadableDoi(f"{text}: more than one DOI", "give the one of this paper")
    if not _DOI.fullmatch(doi) or "?" in doi:
        odd = next((letter for letter in doi if not re.fullmatch(r"[!->@-\[\]_a-~]", letter)), "")
        hint = f"{odd!r} stands in it: {DOI_HINT}" if odd else DOI_HINT
        raise UnreadableDoi(f"{text} is no DOI", hint)
    versionless = _ARXIV_VERSION.fullmatch(doi.lower())
    return versionless[1] if versionless else doi.lower()


def _strip_address(doi: str) -> str:
    """A DOI without what a page's address, or a sentence, has behind it."""
    before = None
    while before != doi:
        before = doi
        doi = _FRAGMENT.sub("", _QUERY.sub("", doi)).rstrip(".,;:\"'”“>" if "<" not in doi else ".,;:\"'”“")
        doi = _PAGE.sub("", unquote(doi))
        for opened, closed in ("()", "[]"):
            if doi.endswith(closed) and doi.count(closed) > doi.count(opened):
                doi = doi[:-1]
    return doi


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
