"""Bibliographies (.bib, .ris, CSL-JSON) to drafts of publications, each problem with the key of its entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from etl.bibliographies.entries import Entry, read_bibtex, read_csl_json, read_ris
from etl.bibliographies.tagged_references import is_web_of_science
from etl.cells.contracts import UNPRINTABLE, check_canonical, find_unprintable
from etl.cells.normalise import Parsed, TypedRow, read_text
from etl.cells.quantities import is_blank
from etl.drafts import Cell, Draft, Intake
from etl.options import ReadOptions
from etl.papers import assemble
from etl.problems import Findings, error_code
from etl.sheets.workbook import PUBLICATION_SHEET
from etl.tables.extract import LARGEST_FILE
from etl.tables.texts import decode
from sse_db.errors import SseDbError, UnreadableSource
from sse_db.records.equality import same_value
from sse_db.schema import metadata

Reader = Callable[[str, Findings], list[Entry]]
READERS: dict[str, Reader] = {".bib": read_bibtex, ".ris": read_ris, ".ciw": read_ris, ".json": read_csl_json}
SNIFFED = 65_536
CSL_SIGNS = (b'"DOI"', b'"issued"', b'"container-title"', b'"title"')


def is_bibliography(path: Path) -> bool:
    """Whether a file of a suffix that many kinds have is a bibliography, by what it begins with."""
    suffix = path.suffix.lower()
    if suffix not in (".json", ".txt") or not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(SNIFFED).lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix == ".txt":
        return _guess_reader(head.decode("utf-8", errors="replace")) in (read_ris, read_bibtex)
    return head.startswith(b"[") or (head.startswith(b"{") and any(sign in head for sign in CSL_SIGNS))


def read_bibliography(path: Path, intake: Intake, findings: Findings, _options: ReadOptions) -> None:
    """Add the publications of a bibliography to an intake; raises UnreadableSource."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise UnreadableSource(f"{path.name}: {size / 1e6:.0f} MB are too large for a bibliography", "split the file")
    text, remark = decode(path.read_bytes(), path.name)
    if remark is not None:
        findings.add(None, *remark, severity="doubt")
    reader = _guess_reader(text) or READERS.get(path.suffix.lower(), read_ris)
    if re.match(r"\s*%[0A-Z] ", text) and reader is read_ris:
        raise UnreadableSource(f"{path.name}: an EndNote export, no RIS", "export it as RIS or BibTeX")
    try:
        entries = reader(text, findings)
    except RecursionError:
        raise UnreadableSource(f"{path.name}: braces are nested too deeply", "is it a bibliography?") from None
    for draft in draft_entries(entries, findings):
        intake.add(draft)


def _guess_reader(text: str) -> Reader | None:
    """The reader of what a text begins with, whatever its suffix says; None where that is not clear."""
    if is_web_of_science(text) or re.match(r"\s*TY\s*[-–—]", text, re.IGNORECASE):
        return read_ris
    if text.lstrip()[:1] in ("[", "{"):
        return read_csl_json
    return read_bibtex if re.match(r"(?:\s|%.*\n)*@\s*[A-Za-z]+\s*[{(]", text) else None


def draft_entries(entries: list[Entry], findings: Findings) -> list[Draft]:
    """Drafts of the publications that entries name, each publication once; problems go to the findings."""
    rows = [_read_entry(entry, findings) for entry in entries]
    check_canonical(rows, PUBLICATION_SHEET, findings)
    drafts = []
    for entry, row in zip(entries, rows, strict=True):
        if row.cells or row.unread:
            draft = assemble.draft_publication(row, findings, entry.key)
            drafts += [draft] if draft is not None else []
        else:
            findings.add(entry.cell("entry", ""), "no-publication", "the entry says nothing", "give a DOI, or a title")
    return _join_duplicates(drafts, findings)


def _read_entry(entry: Entry, findings: Findings) -> TypedRow:
    """An entry as typed cells; the address is kept only where there is no DOI, which may stand in it."""
    row = TypedRow(entry.row)
    fields = {name: field for name, field in entry.fields.items() if not is_blank(field[1])}
    if "doi" not in fields and "url" in fields and "doi.org/" in fields["url"][1].lower():
        fields["doi"] = fields["url"]
    if "doi" in fields:
        fields.pop("url", None)
    unprintable = {list(fields)[place] for place in find_unprintable([text for _, text in fields.values()])}
    for name, (header, text) in fields.items():
        cell, target = entry.cell(header, text), f"publications.{name}"
        if name in unprintable:
            findings.add(cell, "control-character", UNPRINTABLE)
            row.unread.add(target)
            continue
        try:
            value = read_text(text, metadata.tables["publications"].c[name])
        except SseDbError as error:
            findings.add(cell, error_code(error), str(error), error.hint)
            row.unread.add(target)
            continue
        row.cells[target, ""] = Parsed(value, cell, name)
    return row


def _join_duplicates(drafts: list[Draft], findings: Findings) -> list[Draft]:
    """Each publication once: entries of one DOI, then of one title and year, say together what they say."""
    joined: list[Draft] = []
    by_doi: dict[str, Draft] = {}
    by_title: dict[str, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda each: each.values.get("doi") is None):
        doi, title = draft.values.get("doi"), draft.values.get("title_key")
        known = by_doi.get(doi) if doi else _find_by_title(by_title.get(title or "", []), draft)
        if known is not None:
            _join(known, draft, findings)
            continue
        joined.append(draft)
        if doi:
            by_doi[doi] = draft
        if title:
            by_title.setdefault(title, []).append(draft)
    return joined


def _find_by_title(known: list[Draft], draft: Draft) -> Draft | None:
    year = draft.values.get("year")
    return next((each for each in known if year is None or each.values.get("year") in (None, year)), None)


def _join(known: Draft, draft: Draft, findings: Findings) -> None:
    first = next(iter(known.cells.values()))
    for name, value in draft.values.items():
        old = known.values.get(name)
        if old is not None and name != "title_key" and not same_value("publications", name, old, value):
            findings.add(
                draft.cells[name], "disagreement", f"{name} is {old} in entry {first.address}, {value} here",
                "both entries are one publication: mend or remove one",
            )  # fmt: skip
        if old is None:
            known.values[name] = value
            known.cells |= {name: draft.cells[name]} if name in draft.cells else {}
    cell: Cell = next(iter(draft.cells.values()))
    findings.add(
        cell, "double-entry", f"the same publication as entry {first.address}", "one entry is enough", severity="doubt"
    )
