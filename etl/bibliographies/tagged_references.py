"""RIS files and the tagged exports of Web of Science: lines that begin with two letters, entry after entry.

Exports and mail change blanks, capitals and indents of the lines; where it is clear what a line is, it is read. A line
that is not read, and could hold something that is, is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.drafts import Cell
from etl.problems import Findings

_RIS_STRICT = re.compile(r"([A-Z][A-Z0-9])  -(?:\s+(.*)|)\Z")
_RIS_LOOSE = re.compile(r"\s*([A-Za-z][A-Za-z0-9])\s*[-–—](?:\s+(.*)|\s*)\Z")
_WOS_LINE = re.compile(r"([A-Z][A-Z0-9])(?:\s+(.*)|)\Z")
_BROKEN_TAG = re.compile(r"(?:[A-Z][A-Z0-9]|[A-Z0-9])(?:\s\s|\s?[-–—]|\s-)|[A-Z]{3}\s\s?-")
_SECOND_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?:\s|\Z)")
_NUMBERING = re.compile(r"\s*(?:\d+\.?|\[\d+\])?\s*\Z")
_WOS_HEAD = re.compile(r"\s*(?:FN [^\n]*\n|VR [^\n]*\n)*\s*PT \S")

RIS_NAMES = {
    "TI": "title", "T1": "title", "DO": "doi", "PY": "year", "Y1": "year", "VL": "volume", "SP": "first page",
    "EP": "last page", "AU": "author", "A1": "author",
    "JO": "journal", "JF": "journal", "JA": "journal", "T2": "journal",
}  # fmt: skip
WOS_NAMES = {
    "TI": "title", "DI": "doi", "PY": "year", "VL": "volume", "BP": "first page", "EP": "last page",
    "AR": "article number", "AU": "author", "AF": "author", "SO": "journal",
}  # fmt: skip
REPEATABLE = {"AU", "A1", "AF"}


@dataclass(frozen=True, slots=True)
class Record:
    """One entry: the line where it begins, and its values by the names that rispy gives the tags."""

    line: int
    values: Mapping[str, Any]


@dataclass(slots=True)
class _Entry:
    line: int
    rows: list[tuple[str, str, int]] = field(default_factory=list)
    """Tag, text and line of each row; a row that continues another one has no tag."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    start: str
    names: Mapping[str, str]
    known: frozenset[str]

    def split(self, line: str) -> tuple[str, str] | None:
        """Tag and text of a line, None for one without a tag."""
        if self.start == "PT":
            match = _WOS_LINE.match(line)
            return (match[1], match[2] or "") if match else None
        strict = _RIS_STRICT.match(line)
        if strict:
            return strict[1], strict[2] or ""
        loose = _RIS_LOOSE.match(line)
        if loose and loose[1].upper() in self.known:
            return loose[1].upper(), loose[2] or ""
        return None


def is_web_of_science(text: str) -> bool:
    """Whether a text is a tagged export of Web of Science."""
    return _WOS_HEAD.match(text) is not None


def read_records(text: str, findings: Findings) -> list[Record]:
    """The entries of a RIS file or of a tagged export of Web of Science; one that cannot be read is a problem."""
    from rispy.config import TAG_KEY_MAPPING, WOK_TAG_KEY_MAPPING

    if is_web_of_science(text):
        dialect = _Dialect("PT", WOS_NAMES, frozenset(WOK_TAG_KEY_MAPPING))
    else:
        dialect = _Dialect("TY", RIS_NAMES, frozenset(TAG_KEY_MAPPING))
    reader = _Reader(dialect, findings)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.take(number, line.rstrip())
    reader.finish()
    return reader.records


class _Reader:
    """Goes down the lines of a file."""

    def __init__(self, dialect: _Dialect, findings: Findings) -> None:
        self.dialect = dialect
        self.findings = findings
        self.records: list[Record] = []
        self.entry: _Entry | None = None
        self.begun = False
        self.unknown: dict[str, int] = {}

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        found = self.dialect.split(line)
        tag, text = found if found else ("", line.strip())
        if tag == self.dialect.start:
            self._drop_open()
            self.entry, self.begun = _Entry(number, [(tag, text.strip(), number)]), True
        elif self.entry is None:
            self._take_outside(number, tag, line)
        elif tag == "ER":
            self._end(self.entry)
            self.entry = None
        elif tag or line.strip():
            self.entry.rows.append((tag, text.strip(), number))

    def _take_outside(self, number: int, tag: str, line: str) -> None:
        """A line between entries: the head of an export, a number, or something that was lost."""
        of_file = self.dialect.start == "PT" and tag in ("FN", "VR", "EF")
        if of_file or _NUMBERING.match(line) or (not self.begun and not tag and not _BROKEN_TAG.match(line)):
            return
        self._tell(number, line, "the line belongs to no entry, and was not read",
                   f"an entry begins with {self.dialect.start} and ends with ER")  # fmt: skip

    def _tell(self, line: int, text: str, message: str, hint: str, entry: int | None = None) -> None:
        cell = Cell(f"line {entry or line}", line, text[:2], text[:80])
        self.findings.add(cell, "unreadable-entry", message, hint)

    def _drop_open(self) -> None:
        if self.entry is not None:
            first = f"{self.dialect.start}  - {self.entry.rows[0][1]}"
            self._tell(self.entry.line, first, "the entry has no end", "end it with a line ER  -")
            self.entry = None

    def finish(self) -> None:
        """Tell of an entry without an end, and of tags that no program knows."""
        self._drop_open()
        if self.unknown:
            tags = ", ".join(f"{tag} (line {line})" for tag, line in self.unknown.items())
            hint = "is one of them mistyped? the other lines were read"
            self.findings.add(None, "unknown-tag", f"not read, for want of a meaning: {tags}", hint, severity="doubt")

    def _end(self, entry: _Entry) -> None:
        if not self._check(entry):
            return
        values = _parse(entry, self.dialect)
        if values is None:
            hint = "every line begins with two letters, two blanks and a hyphen"
            self._tell(entry.line, entry.rows[0][1], "the entry cannot be read", hint)
        else:
            self.records.append(Record(entry.line, values))

    def _check(self, entry: _Entry) -> bool:
        """Whether each line of an entry is understood; what is not becomes a problem."""
        seen: dict[str, str] = {}
        last, whole = "", True
        for tag, text, line in entry.rows[1:]:
            if not tag:
                whole &= self._check_continued(entry, last, text, line)
                continue
            last = tag
            if tag in self.dialect.names and (second := _SECOND_TAG.search(text)) and second[1] in self.dialect.known:
                message = f"{second[1]} stands inside of line {line}, and was not read"
                self._tell(line, text, message, "begin a new line with it", entry.line)
                whole = False
            elif tag not in self.dialect.known:
                self.unknown.setdefault(tag, line)
            elif tag in self.dialect.names and tag not in REPEATABLE and seen.setdefault(tag, text) != text:
                name = self.dialect.names[tag]
                self._tell(
                    line,
                    text,
                    f"{tag} ({name}) stands twice, in line {line} again: {seen[tag]}, {text}",
                    "keep one",
                    entry.line,
                )
                whole = False
        return whole

    def _check_continued(self, entry: _Entry, last: str, text: str, line: int) -> bool:
        """A line without a tag goes on with a text above it; one that looks like a broken tag is refused."""
        if self.dialect.start == "PT":
            return True
        if not _BROKEN_TAG.match(text) and last not in self.dialect.names:
            return True
        hint = "a line begins with two letters, two blanks and a hyphen, as TI  - A title"
        self._tell(line, text, f"line {line} has no tag, and was not read", hint, entry.line)
        return False


def _parse(entry: _Entry, dialect: _Dialect) -> Mapping[str, Any] | None:
    """The values of an entry, by rispy."""
    import rispy

    is_wos = dialect.start == "PT"
    lines = []
    for tag, text, _ in entry.rows:
        lines.append(f"   {text}" if not tag else f"{tag} {text}" if is_wos else f"{tag}  - {text}")
    lines.append("ER" if is_wos else "ER  - ")
    parser = rispy.WokParser if is_wos else rispy.RisParser
    try:
        records = rispy.loads("\n".join(lines), implementation=parser, skip_unknown_tags=True)
    except (KeyError, TypeError, AttributeError):  # what rispy makes of a line that continues nothing
        return None
    return records[0] if len(records) == 1 else None
