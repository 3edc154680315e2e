"""The entries of BibTeX, RIS and CSL-JSON files as texts by column of ``publications``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from etl.bibliographies.bibtex import Block, parse_bibtex
from etl.bibliographies.latex import plain_text, read_latex, strip_tags
from etl.bibliographies.tagged_references import Record, is_web_of_science, read_records
from etl.drafts import Cell
from etl.problems import Findings
from etl.sheets.bibliography import (
    BIBTEX,
    BIBTEX_NOTES,
    BIBTEX_TYPES,
    CSL,
    KINDS,
    PREPRINT_DOIS,
    PREPRINT_SERVERS,
    RIS,
    WOS,
)  # fmt: skip
from sse_db.errors import Severity, UnreadableSource
from sse_db.spelling import find_like, suggest
from sse_db.vocabulary import FIRST_ONLY, PublicationKind

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
    """The entries of a BibTeX or BibLaTeX file; what cannot be read is a problem with its key and line."""
    found = parse_bibtex(text)
    for trouble in found.troubles:
        cell = Cell(trouble.key or f"line {trouble.line}", trouble.line, "entry", trouble.text)
        severity: Severity = "doubt" if trouble.doubt else "error"
        findings.add(cell, "unreadable-entry", trouble.message, trouble.hint, severity=severity)
    _tell_double_keys(found.blocks, findings)
    entries = [_bibtex_entry(block, findings) for block in found.blocks]
    return [entry for entry in entries if entry is not None]


def _tell_double_keys(blocks: list[Block], findings: Findings) -> None:
    first: dict[str, int] = {}
    for block in blocks:
        if block.key and first.setdefault(block.key, block.line) != block.line:
            cell = Cell(block.key, block.line, "entry", block.key)
            message = f"the key {block.key} stands in line {first[block.key]} already"
            findings.add(cell, "double-key", message, "both entries were read; give one another key", severity="doubt")


READ_FIELDS = frozenset({"author", "archiveprefix", "eprint", "eprinttype"}.union(*BIBTEX.values()))


def _bibtex_entry(block: Block, findings: Findings) -> Entry | None:
    """An entry by columns; None, and a problem, where a field says two things."""
    key = block.key or f"line {block.line}"
    fields: dict[str, str] = {}
    for name, text in block.fields:
        if fields.setdefault(name, text) != text and name in READ_FIELDS:
            cell = Cell(key, block.line, name, text)
            findings.add(cell, "double-field", f"{name} stands twice: {fields[name]}, {text}", "keep one of them")
            return None
    _tell_odd_names(key, block, fields, findings)
    told = _choose(BIBTEX, {name: _plain_field(key, block.line, name, text, findings) for name, text in fields.items()})
    told |= _people("author", _bibtex_people(fields.get("author", "")))
    told |= _kind("type", block.type)
    _settle_preprint(told, fields)
    return Entry(key, block.line, told)


def _plain_field(key: str, line: int, name: str, text: str, findings: Findings) -> str:
    if name not in READ_FIELDS or name in ("doi", "url", "author"):
        return text
    printed = read_latex(text)
    if printed.unknown:
        commands = ", ".join(f"\\{command}" for command in printed.unknown)
        message = f"the LaTeX command {commands} is not known: it was left out, which gives {printed.text}"
        hint = "write the letters that it prints"
        findings.add(Cell(key, line, name, text), "unknown-command", message, hint, severity="doubt")
    return printed.text


def _tell_odd_names(key: str, block: Block, fields: Mapping[str, str], findings: Findings) -> None:
    """A doubt on a type or a field that is nearly one that counts."""
    if block.type not in BIBTEX_TYPES:
        cell = Cell(key, block.line, "type", block.type)
        hint = suggest(block.type, sorted(BIBTEX_TYPES))
        findings.add(cell, "unknown-type", f"{block.type} is no type of entry", hint, severity="doubt")
    for name in fields:
        if name not in READ_FIELDS and name not in BIBTEX_NOTES and (meant := find_like(name, LIKELY_SLIPS)):
            cell = Cell(key, block.line, name, fields[name][:80])
            message = f"the field {name} is not known, and was not read"
            findings.add(cell, "unknown-field", message, f"did you mean {meant}?", severity="doubt")
    if "crossref" in fields:
        cell = Cell(key, block.line, "crossref", fields["crossref"])
        message = f"what the entry {fields['crossref']} says of this one was not read"
        findings.add(cell, "crossref", message, "write it into this entry", severity="doubt")


LIKELY_SLIPS = ["author", "title", "year", "date", "journal", "volume", "pages", "doi", "eprint", "url"]
_ARXIV_NUMBER = re.compile(
    r"""
    (?:\barxiv\s*:\s*|arxiv\.org/(?:abs|pdf)/)?  # arXiv: 2001.01234, https://arxiv.org/abs/2001.01234
    (\d{4}\.\d{4,5}                              # 2001.01234
    |[a-z-]+(?:\.[a-z]{2})?/\d{7})               # cond-mat/9901234, math.GT/0309136
    (?:v\d+)?                                    # 2001.01234v2
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ARXIV_NAMED = re.compile(r"(?i)\barxiv[\s:./]")


def _settle_preprint(told: dict[str, tuple[str, str]], fields: Mapping[str, str]) -> None:
    """The DOI of an arXiv number where there is no other, and the kind of what only a preprint server has."""
    if "doi" not in told and (found := _find_arxiv(fields)) is not None:
        told["doi"] = found
    doi = told.get("doi", ("", ""))[1].lower()
    journal = told.get("journal", ("", ""))[1].casefold()
    on_server = any(start in doi for start in PREPRINT_DOIS) or doi.startswith("arxiv:")
    if on_server and (not journal or journal.startswith(PREPRINT_SERVERS) or "preprint" in journal):
        told["kind"] = (told.get("kind", ("type", ""))[0], str(PublicationKind.PREPRINT))


def _find_arxiv(fields: Mapping[str, str]) -> tuple[str, str] | None:
    """The field that holds the number of a preprint at arXiv, and the number."""
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").strip().lower()
    if fields.get("eprint") and archive in ("arxiv", ""):
        number = _ARXIV_NUMBER.fullmatch(fields["eprint"].strip())
        if archive or number:
            return "eprint", f"arXiv:{number[1] if number else fields['eprint']}"
    for name in ("journal", "howpublished", "note", "url", "publisher", "volume", "pages", "number"):
        text = fields.get(name, "")
        if _ARXIV_NAMED.search(f"{text} ") and (number := _ARXIV_NUMBER.search(text)):
            return name, f"arXiv:{number[1]}"
    return None


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


def read_ris(text: str, findings: Findings) -> list[Entry]:
    """The entries of a RIS file, or of a tagged export of Web of Science; what cannot be read is a problem."""
    columns = WOS if is_web_of_science(text) else RIS
    return [_tagged_entry(record, columns) for record in read_records(text, findings)]


def _tagged_entry(record: Record, columns: Mapping[str, Iterable[str]]) -> Entry:
    values = record.values
    told = _choose(columns, {name: strip_tags(_first(value)) for name, value in values.items()})
    end = values.get("end_page") or values.get("ending_page")
    if "pages" in told and end and told["pages"][0] in ("start_page", "beginning_page"):
        told["pages"] = ("pages", f"{told['pages'][1]}–{end}")
    names = ("author_full_name", "authors") if columns is WOS else ("authors", "first_authors")
    told_people: str | list[str] = next((values[name] for name in names if values.get(name)), [])
    people: list[str] = told_people if isinstance(told_people, list) else [told_people]
    kind = str(values.get("type_of_reference") or values.get("publication_type") or "")
    key = strip_tags(_first(values.get("id") or values.get("label") or values.get("accession_number") or ""))
    told |= _people("authors", [strip_tags(name) for name in people]) | _kind("TY", kind)
    _settle_preprint(told, {name: _first(value) for name, value in values.items() if isinstance(value, str | list)})
    return Entry(key or f"line {record.line}", record.line, told)


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
    told |= _people("author", people) | _kind("type", str(item.get("type") or ""))
    _settle_preprint(told, {})
    return Entry(key, number, told)


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
            years = set(_YEAR.findall(fields[name])) if column == "year" else set()
            told[column] = (name, years.pop() if len(years) == 1 else fields[name])
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
