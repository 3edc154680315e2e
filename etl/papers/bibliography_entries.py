"""The entries of BibTeX, RIS and CSL-JSON files as texts by column of ``publications``."""

from __future__ import annotations

import bisect
import html
import json
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from etl.drafts import Cell
from etl.problems import Findings
from etl.sheets.bibliography import BIBTEX, CSL, KINDS, RIS
from sse_db.errors import UnreadableSource
from sse_db.vocabulary import FIRST_ONLY

ENTRY = re.compile(r"@\s*(?!comment\b|string\b|preamble\b)(\w+)\s*[{(]\s*([^,\s{}()\"=#%]+)\s*,", re.IGNORECASE)
_COMMAND = re.compile(r"\\(?:ce|chem|emph|it|bf|rm|ensuremath|math\w+|text\w+)\s*\{")
_TAG = re.compile(r"</?(?:sub|sup|i|b|em|strong|span|scp|p|(?:jats|mml):\w+)\b[^>]*>", re.IGNORECASE)
_MATHS = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its key, the number that finds it in the file (line, or place in a JSON list), and by column the
    name of the field and its text."""

    key: str
    row: int
    fields: dict[str, tuple[str, str]]

    def cell(self, header: str, text: str) -> Cell:
        """A field of the entry, addressed by the entry's key."""
        return Cell(self.key, self.row, header, text)


def read_bibtex(text: str, findings: Findings) -> list[Entry]:
    """The entries of a BibTeX or BibLaTeX file; one that cannot be read is a problem with its key."""
    from bibtexparser.bibdatabase import UndefinedString
    from bibtexparser.bparser import BibTexParser

    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # the findings tell what is wrong
    lines = _LineFinder(text)
    try:
        found = BibTexParser(ignore_nonstandard_types=False).parse(text)
    except UndefinedString as error:
        raise UnreadableSource(
            f"{findings.file}: the abbreviation {error.args[0]} is not defined", "define it with @string, or quote it"
        ) from error
    for comment in found.comments:
        for match in ENTRY.finditer(comment):
            cell = Cell(match[2], lines.of(match[2]), "entry", comment[:80])
            findings.add(cell, "unreadable-entry", "the entry cannot be read", "are its braces and quotes in pairs?")
    return [_bibtex_entry(each, lines.of(each["ID"])) for each in found.entries]


class _LineFinder:
    """The line on which each entry of a BibTeX file begins; of entries with one key the next at every call."""

    def __init__(self, text: str) -> None:
        ends = [match.start() for match in re.finditer("\n", text)]
        self.lines: dict[str, list[int]] = {}
        for match in ENTRY.finditer(text):
            self.lines.setdefault(match[2], []).append(bisect.bisect_left(ends, match.start()) + 1)

    def of(self, key: str) -> int:
        lines = self.lines.get(key, [1])
        return lines.pop(0) if len(lines) > 1 else lines[0]


def _bibtex_entry(entry: Mapping[str, str], line: int) -> Entry:
    fields = {name: text for name, text in entry.items() if name not in ("ID", "ENTRYTYPE")}
    told = _choose(
        BIBTEX, {name: text if name in ("doi", "url") else plain_text(text) for name, text in fields.items()}
    )
    if "doi" not in told and (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower() == "arxiv":
        told["doi"] = ("eprint", f"arXiv:{fields.get('eprint', '')}")
    told |= _people("author", _bibtex_people(fields.get("author", "")))
    return Entry(entry["ID"], line, told | _kind("type", entry["ENTRYTYPE"]))


def _bibtex_people(text: str) -> list[str]:
    """Names, surname first; a list that ends in ``others`` keeps that word."""
    from bibtexparser.customization import splitname

    names = []
    for name in re.split(r"\s+and\s+", " ".join(text.split())):
        if name.startswith("{") and name.endswith("}"):
            names.append(plain_text(name))  # a corporate author in braces of its own
            continue
        parts = splitname(name, strict_mode=False)
        surname = " ".join((*parts.get("von", ()), *parts.get("last", ())))
        rest = [" ".join(parts[part]) for part in ("jr", "first") if parts.get(part)]
        names.append(plain_text(", ".join((surname, *rest))))
    return names


def plain_text(latex: str) -> str:
    """The text of a LaTeX source: accents, sub- and superscripts and braces resolved, dashes as printed."""
    from bibtexparser.latexenc import latex_to_unicode

    text = _MATHS.sub(lambda match: re.sub(r"(?<!\\)[_^]", "", match[1]), latex)
    text = re.sub(r"(?<!\\)~", " ", _COMMAND.sub("{", text))
    return strip_tags(latex_to_unicode(text).replace("---", "—").replace("--", "–"))


def strip_tags(text: str) -> str:
    """A text without the tags that publishers put into titles, and without surplus blanks."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def read_ris(text: str, findings: Findings) -> list[Entry]:
    """The entries of a RIS file; one that cannot be read is a problem with its line."""
    lines = text.splitlines()
    starts = [place for place, line in enumerate(lines) if line.startswith("TY  -")]
    entries = []
    for start, following in pairwise([*starts, len(lines)]):
        cell = Cell(f"line {start + 1}", start + 1, "TY", lines[start])
        end = next((place for place in range(start, following) if lines[place].startswith("ER  -")), None)
        if end is None:
            findings.add(cell, "unreadable-entry", "the entry has no end", "end it with a line ER  -")
            continue
        record = _ris_record(lines[start : end + 1])
        if record is None:
            hint = "every line begins with two letters, two blanks and a hyphen"
            findings.add(cell, "unreadable-entry", "the entry cannot be read", hint)
        else:
            entries.append(_ris_entry(record, start + 1))
    return entries


def _ris_record(lines: list[str]) -> Mapping[str, Any] | None:
    import rispy

    try:
        records = rispy.loads("\n".join(lines), skip_unknown_tags=True)
    except (KeyError, TypeError, AttributeError):  # what rispy makes of a line that continues nothing
        return None
    return records[0] if len(records) == 1 else None


def _ris_entry(record: Mapping[str, Any], line: int) -> Entry:
    told = _choose(RIS, {name: strip_tags(_first(value)) for name, value in record.items()})
    if "pages" in told and record.get("end_page"):
        told["pages"] = ("pages", f"{told['pages'][1]}–{record['end_page']}")
    people = [strip_tags(name) for name in record.get("authors") or record.get("first_authors") or ()]
    key = strip_tags(_first(record.get("id") or record.get("label") or f"line {line}"))
    return Entry(key, line, told | _people("authors", people) | _kind("TY", record["type_of_reference"]))


def read_csl_json(text: str, findings: Findings) -> list[Entry]:
    """The items of a CSL-JSON file; raises UnreadableSource for other JSON."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise UnreadableSource(f"{findings.file}: not readable as JSON: {error}", "is it CSL-JSON?") from error
    items = content.get("items", [content]) if isinstance(content, dict) else content
    if not isinstance(items, list):
        raise UnreadableSource(f"{findings.file}: not a list of references", "CSL-JSON is a list of objects")
    entries = []
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            entries.append(csl_entry(item, number))
        else:
            cell = Cell(f"item {number}", number, "item", str(item)[:80])
            findings.add(cell, "unreadable-entry", "the item is no object", "a reference looks like {…}")
    return entries


def csl_entry(item: Mapping[str, Any], number: int) -> Entry:
    """An item of CSL-JSON, or the message of a Crossref answer, which is nearly the same."""
    told = _choose(CSL, {name: strip_tags(_csl_text(value)) for name, value in item.items()})
    people = [_csl_name(each) for each in item.get("author") or () if isinstance(each, dict)]
    if item.get("note") == FIRST_ONLY:
        people.append("others")
    key = str(item.get("id") or item.get("DOI") or f"item {number}")
    return Entry(key, number, told | _people("author", people) | _kind("type", str(item.get("type") or "")))


def _csl_text(value: Any) -> str:
    """A value as text: of a list its first member, of a date its parts, the year first."""
    if isinstance(value, dict):
        parts = value.get("date-parts") or value.get("raw") or value.get("literal") or ""
        return _csl_text(parts)
    return _csl_text(value[0]) if isinstance(value, list) and value else "" if value in (None, []) else str(value)


def _csl_name(person: Mapping[str, Any]) -> str:
    particle = person.get("non-dropping-particle") or person.get("dropping-particle")
    surname = " ".join(str(part) for part in (particle, person.get("family")) if part)
    whole = ", ".join(part for part in (surname, str(person.get("given") or "")) if part)
    return strip_tags(whole or str(person.get("literal") or person.get("name") or ""))


def _first(value: Any) -> str:
    return str(value[0] if value else "") if isinstance(value, list) else str(value)


def _choose(columns: Mapping[str, Iterable[str]], fields: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """For each column the first of its fields that is filled; of a date only the year."""
    told = {}
    for column, names in columns.items():
        name = next((each for each in names if fields.get(each)), None)
        if name is not None:
            year = _YEAR.search(fields[name]) if column == "year" else None
            told[column] = (name, year[1] if year else fields[name])
    return told


def _people(header: str, names: list[str]) -> dict[str, tuple[str, str]]:
    """First author and all authors; an unfinished list gives the first one only."""
    known = [name for name in names if name.strip(" ,")]
    if not known:
        return {}
    told = {"first_author": (header, known[0])}
    if known[-1].casefold() not in ("others", "et al.", "et al"):
        told["authors"] = (header, "; ".join(known))
    return told


def _kind(header: str, word: str) -> dict[str, tuple[str, str]]:
    wanted = word.strip().casefold()
    found = next((str(kind) for kind, words in KINDS.items() if wanted in words), None)
    return {"kind": (header, found)} if found else {}
