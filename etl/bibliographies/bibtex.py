"""The grammar of BibTeX and BibLaTeX: every entry of a text is read, or told with its line; none is passed over.

Keys may be missing or hold blanks, names of fields may hold blanks, commas may be missing or double, as exports of Web
of Science and other programs have it: wherever there is one way to read a text, it is read.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.sheets.bibliography import BIBTEX_TYPES

_BLOCK = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_BLOCK_ON_NEW_LINE = re.compile(
    r"""
    \n[ \t]*@\s*[A-Za-z]+\s*[{(]
    (?:[^\n{}=]*,     # @article{key,
      |\s*\w+\s*=)    # @article{title =
    """,
    re.VERBOSE,
)
_SIGN = re.compile(r"[{}()]|(?<=\n)(?=[ \t]*@)")
_NO_KEY = re.compile(r"\s*[^\s=,{}\"#]+\s*=")
_KEY = re.compile(r"([^,={}\"]*?)\s*(?:,|\Z)")
_NAME = re.compile(r"([^\s={},\"#%][^={},\"#%]*?)\s*=\s*")
_BARE = re.compile(r"[^,{}\"#=\n]+")
_PARTS = re.compile(r"\s*#\s*")
_LOST = re.compile(r"@\s*\w+|\w\s*=\s*[{\"]|[{}]")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Block:
    """One entry as written: its type and key (empty where it has none), the line where it begins, and its fields in
    lower case with their texts."""

    type: str
    key: str
    line: int
    fields: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A part of the text that was not read: the key of its entry where it is known, its line, and why."""

    key: str
    line: int
    text: str
    message: str
    hint: str
    doubt: bool = False


@dataclass(slots=True)
class Bibliography:
    """All that a text holds: each entry of it stands in one of the two."""

    blocks: list[Block] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


class Unreadable(Exception):
    """A part of an entry that fits no rule: its place in the text, what is wrong, and what to do."""

    def __init__(self, place: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.place, self.message, self.hint = place, message, hint


def parse_bibtex(text: str) -> Bibliography:
    """All entries of a text, and what of it was not read."""
    return _Parser(text).parse()


def _is_type(gap: str, part: re.Match[str]) -> bool:
    """Whether an @ is the beginning of an entry that has no brace, and not that of an address."""
    behind_letter = part.start() > 0 and not gap[part.start() - 1].isspace()
    return not behind_letter and part[0][1:].strip().lower() in BIBTEX_TYPES


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.found = Bibliography()
        self.words = {month: month for month in MONTHS}

    def line_of(self, place: int) -> int:
        return bisect.bisect_left(self.ends, place) + 1

    def parse(self) -> Bibliography:
        place = 0
        while (match := _BLOCK.search(self.text, place)) is not None:
            self._check_gap(place, match.start())
            if self._is_commented(match.start()):
                place = self._skip_line(match)
                continue
            place = self._read_block(match)
        self._check_gap(place, len(self.text))
        return self.found

    def _is_commented(self, place: int) -> bool:
        start = self.text.rfind("\n", 0, place) + 1
        return self.text[start:place].lstrip().startswith("%")

    def _skip_line(self, match: re.Match[str]) -> int:
        self._trouble("", match.start(), "an entry behind a % was not read", "delete the %, or the entry", doubt=True)
        end = self.text.find("\n", match.end())
        while end >= 0 and self.text[end + 1 :].lstrip(" \t").startswith("%"):
            end = self.text.find("\n", end + 1)
        return len(self.text) if end < 0 else end

    def _trouble(self, key: str, place: int, message: str, hint: str, *, doubt: bool = False) -> None:
        shown = " ".join(self.text[place : place + 80].split())
        self.found.troubles.append(Trouble(key, self.line_of(place), shown, message, hint, doubt))

    def _check_gap(self, start: int, end: int) -> None:
        """What stands between entries is a comment, unless it looks like a part of one."""
        gap = re.sub(r"(?m)^[ \t]*%.*$", lambda line: " " * len(line[0]), self.text[start:end])
        parts = [part for part in _LOST.finditer(gap) if not part[0].startswith("@") or _is_type(gap, part)]
        if not parts:
            return
        lost = next((part for part in parts if part[0] not in "{}"), parts[0])
        hint = "are the braces of the entry above in pairs, and does this one begin as @article{key, ?"
        message = "this belongs to no entry, and was not read"
        self._trouble("", start + lost.start(), message, hint, doubt=lost[0] in "{}")

    def _read_block(self, match: re.Match[str]) -> int:
        kind = match[1].lower()
        end = self._find_end(match)
        start = match.end()
        if kind == "comment":
            if end is None:
                return self._line_end(start)
            if _BLOCK.search(self.text, start, end):
                self._trouble("", match.start(), "an entry inside of a comment was not read",
                              "take it out of @comment{…}, or delete it", doubt=True)  # fmt: skip
            return end + 1
        key = ""
        try:
            if kind not in ("string", "preamble"):
                key, start = self._read_key(start, len(self.text) if end is None else end)
            if end is None:
                raise Unreadable(match.start(), "the entry cannot be read: it is not closed",
                                 "are its braces and quotes in pairs?")  # fmt: skip
            if kind == "string":
                self.words |= {name.casefold(): value for name, value in self._read_fields(start, end)}
            elif kind != "preamble":
                fields = list(self._read_fields(start, end))
                self.found.blocks.append(Block(kind, key, self.line_of(match.start()), fields))
        except Unreadable as error:
            self._trouble(key, error.place, error.message, error.hint)
        return self._next_block(match.end()) if end is None else end + 1

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end

    def _next_block(self, place: int) -> int:
        following = _BLOCK_ON_NEW_LINE.search(self.text, place)
        return following.start() if following else len(self.text)

    def _find_end(self, match: re.Match[str]) -> int | None:
        """The place of the bracket that closes a block; None where another block begins, or the text ends, before."""
        closes = {"{": "}", "(": ")"}[match[2]]
        depth = 0
        for sign in _SIGN.finditer(self.text, match.end()):
            if not sign[0]:
                if _BLOCK_ON_NEW_LINE.match(self.text, sign.start() - 1):
                    return None
            elif sign[0] == closes and depth == 0:
                return sign.start()
            elif sign[0] == "{":
                depth += 1
            elif sign[0] == "}":
                depth -= 1
                if depth < 0:
                    return None
        return None

    def _read_key(self, start: int, end: int) -> tuple[str, int]:
        """The key of an entry, empty where there is none, and where its fields begin."""
        if _NO_KEY.match(self.text, start, end):
            return "", start
        match = _KEY.match(self.text, start, end)
        if match is None:
            raise Unreadable(start, "the entry cannot be read: its key is not understood", "write it as @article{key,")
        return " ".join(match[1].split()), match.end()

    def _read_fields(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        place = self._skip_commas(start, end)
        while place < end:
            match = _NAME.match(self.text, place, end)
            if match is None:
                raise self._refuse(place, end)
            name = "-".join(match[1].lower().split())
            value, place = self._read_value(name, match.end(), end)
            yield name, value
            place = self._skip_commas(place, end)

    def _skip_commas(self, place: int, end: int) -> int:
        while place < end and (self.text[place].isspace() or self.text[place] == ","):
            place += 1
        return place

    def _refuse(self, place: int, end: int) -> Unreadable:
        shown = " ".join(self.text[place : min(end, place + 40)].split())
        return Unreadable(
            place, f"the entry cannot be read: {shown}", "a field is written as name = {text}, and closed by a comma"
        )

    def _read_value(self, name: str, place: int, end: int) -> tuple[str, int]:
        parts = []
        while True:
            part, place = self._read_part(name, place, end)
            parts.append(part)
            joined = _PARTS.match(self.text, place, end)
            if joined is None:
                return "".join(parts), place
            place = joined.end()

    def _read_part(self, name: str, place: int, end: int) -> tuple[str, int]:
        sign = self.text[place : place + 1] if place < end else ""
        if sign == "{":
            return self._read_braced(place, end)
        if sign == '"':
            return self._read_quoted(place, end)
        bare = _BARE.match(self.text, place, end)
        if bare is None:
            raise self._refuse(place, end)
        word = bare[0].strip()
        if word.isdigit():
            return word, bare.end()
        if word.casefold() in self.words:
            return self.words[word.casefold()], bare.end()
        if name in ("month", "keywords"):
            return word, bare.end()
        raise Unreadable(
            place, f"the abbreviation {word} is not defined", "define it with @string, or put the text into braces"
        )

    def _read_braced(self, place: int, end: int) -> tuple[str, int]:
        depth = 0
        for sign in re.finditer(r"[{}]", self.text[place:end]):
            depth += 1 if sign[0] == "{" else -1
            if depth == 0:
                return self.text[place + 1 : place + sign.start()], place + sign.end()
        raise self._refuse(place, end)

    def _read_quoted(self, place: int, end: int) -> tuple[str, int]:
        depth = 0
        for sign in re.finditer(r'[{}"]', self.text[place + 1 : end]):
            if sign[0] == '"' and depth == 0:
                return self.text[place + 1 : place + 1 + sign.start()], place + 1 + sign.end()
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
        raise Unreadable(place, "the entry cannot be read: a quote is not closed", "are its quotes in pairs?")
