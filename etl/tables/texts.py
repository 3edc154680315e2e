"""Text files to rows of texts: the encoding told from the bytes, the delimiter from the lines, quotes held in pairs."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from etl.tables.lost_letters import find_lost_letters
from sse_db.errors import UnreadableSource

DELIMITERS = (",", ";", "\t", "|")
LONGEST_FIELD = 131_068
"""Characters of a quoted text; a longer one is a quote that was not closed."""

SAVE_AS_UTF8 = "save the file as UTF-8"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ZIPPED = b"PK\x03\x04"
OTHER_KINDS = (
    (ZIPPED, "a workbook or an archive, not a text", "give it its own suffix, such as .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook, or one with a password", "save it as .xlsx, without a password"),
    (b"%PDF", "a PDF, not a text", "write its table into a sheet"),
    (b"{\\rtf", "a word processor's text, not a table", "save its table as .csv or .xlsx"),
    (b"\x1f\x8b", "compressed", "unpack it first"),
)
"""How files of other kinds begin, what they are, and what to do."""
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html|table|\?xml)", re.IGNORECASE)

CODE_PAGES = {
    "cp1252": "Western European",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1257": "Baltic",
    "iso8859-2": "Central European",
    "koi8-r": "Cyrillic",
    "mac-roman": "Western European, Macintosh",
    "cp932": "Japanese, Shift JIS",
    "euc_jp": "Japanese",
    "gb18030": "Chinese, GBK",
    "big5": "Chinese, traditional",
    "cp949": "Korean, EUC-KR",
}
"""The encodings that a text may have where it is no Unicode, and what is written in them."""
WESTERN = "cp1252"
LATIN = {"cp1252", "cp1250", "cp1254", "cp1257", "iso8859-2", "mac-roman"}
MUCH_SURER = 1.15
"""How much better than the Western code page another one fits where it is chosen: a few accents fit many."""
_NOT_WESTERN = re.compile(r"[^\W\d_a-zA-Z]{4,}")
"""Letters with accents only, as no word of Western Europe has them: another script in the wrong code page."""


class Remark(NamedTuple):
    """A doubt about a whole file."""

    code: str
    message: str
    hint: str


class Decoded(NamedTuple):
    """The text of a file, and what is doubtful about how it was read."""

    text: str
    remark: Remark | None = None


def decode(data: bytes, name: str) -> Decoded:
    """Text of a file in UTF-8, UTF-16, UTF-32 (with or without a mark) or, where it is none of them, in the encoding
    that fits best, which a remark names. Raises UnreadableSource."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _look_through(_decode_as(data, encoding, name).lstrip("\ufeff"))
    refuse_other_kinds(data, name)
    if b"\x00" in data[:4096]:
        return Decoded(_decode_as(data, _wide_encoding(data, name), name))
    try:
        return _look_through(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        _refuse_mixed(data, error, name)
    return _guess(data, name)


def _look_through(text: str) -> Decoded:
    lost = find_lost_letters(text)
    return Decoded(text, None if lost is None else Remark(*lost))


def refuse_other_kinds(data: bytes, name: str, besides: bytes | None = None) -> None:
    """Raise UnreadableSource for a file that begins like one of another kind."""
    for start, kind, hint in OTHER_KINDS:
        if data.startswith(start) and start != besides:
            raise UnreadableSource(f"{name}: this is {kind}", hint)
    if _WEB_PAGE.match(data):
        raise UnreadableSource(f"{name}: this is a web page or XML, not a table", "save its table as .csv or .xlsx")


def _wide_encoding(data: bytes, name: str) -> str:
    """UTF-16 or UTF-32 without a mark: most letters of a sheet leave the same bytes of each group zero."""
    head = data[:4096]
    shares = [head[place::4].count(0) / max(1, len(head[place::4])) for place in range(4)]
    for encoding, zeros in (
        ("utf-32-le", (1, 2, 3)), ("utf-32-be", (0, 1, 2)), ("utf-16-le", (1, 3)), ("utf-16-be", (0, 2)),
    ):  # fmt: skip
        others = [shares[place] for place in range(4) if place not in zeros]
        if all(shares[place] > 0.5 for place in zeros) and max(others) < 0.05:
            return encoding
    raise UnreadableSource(f"{name}: this is a binary file, not text", "is its suffix right?")


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, errors="ignore").count("\n") + 1
        byte = f"0x{data[error.start]:02x}"
        message = f"{name}: line {line} holds the byte {byte}, which is no {encoding.upper()}: {error.reason}"
        raise UnreadableSource(message, SAVE_AS_UTF8) from error


def _refuse_mixed(data: bytes, error: UnicodeDecodeError, name: str) -> None:
    """Refuse a text some lines of which are UTF-8, while others are not."""
    plain = None
    for number, line in enumerate(data.splitlines(), start=1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        plain = number
        break
    if plain is None:
        return
    odd = data[: error.start].count(b"\n") + 1
    raise UnreadableSource(
        f"{name}: line {odd} holds the byte 0x{data[error.start]:02x}, which is no UTF-8, "
        f"while line {plain} is UTF-8: the file mixes encodings",
        f"write the letters of line {odd} anew, then {SAVE_AS_UTF8}",
    )


def _guess(data: bytes, name: str) -> Decoded:
    """The text in the encoding that fits its letters best, with a remark that names it, shows the first of them, and
    the next best encodings that make other letters of them."""
    likely = _rank_encodings(data)
    text = _decode_as(data, likely[0], name)
    line = next(number for number, words in enumerate(text.split("\n"), 1) if not words.isascii())
    cell = _odd_cell(text, line)
    others = {_odd_cell(data.decode(encoding), line): encoding for encoding in reversed(likely[1:3])}
    meant = "; ".join(f"{shown} in {_name_encoding(encoding)}" for shown, encoding in others.items() if shown != cell)
    message = (
        f"the file is no UTF-8; its encoding was guessed as {_name_encoding(likely[0])}, "
        f"which makes line {line} read: {cell}"
    )
    hint = f"if letters are wrong, {SAVE_AS_UTF8}" + (f" (it might read: {meant})" if meant else "")
    return Decoded(text, Remark("guessed-encoding", message, hint))


def _odd_cell(text: str, line: int) -> str:
    words = text.split("\n")[line - 1]
    odd = re.search(r"[^,;\t|]*[^\x00-\x7f][^,;\t|]*", words)
    return "".join(letter for letter in (odd[0] if odd else words).strip()[:40] if letter.isprintable())


def _name_encoding(encoding: str) -> str:
    return f"{encoding} ({CODE_PAGES[encoding]})"


def _rank_encodings(data: bytes) -> list[str]:
    """The encodings that a text may have, by the statistics of its language; the Western one goes first where hardly
    another fits better, and last where it makes words of accents."""
    import chardet

    pages = [page.replace("_", "-") for page in CODE_PAGES]
    found: dict[str, float] = {}
    for each in chardet.detect_all(data[:200_000], include_encodings=pages, ignore_threshold=True):
        encoding = codecs.lookup(str(each["encoding"])).name
        if encoding in CODE_PAGES and encoding not in found and _decodes(data, encoding):
            found[encoding] = float(each["confidence"] or 0)
    if WESTERN in found and _NOT_WESTERN.search(data.decode(WESTERN)):
        found = {encoding: found[encoding] / (10 if encoding in LATIN else 1) for encoding in found}
    ranked = sorted(found, key=lambda encoding: found[encoding] * (MUCH_SURER if encoding == WESTERN else 1))
    return ranked[::-1] or [WESTERN]


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


class Table(NamedTuple):
    """The rows of a delimited text, all cells kept, with their distinct texts, and what is doubtful about them."""

    rows: list[list[str]]
    texts: Collection[str]
    remarks: list[Remark]


_DECLARED = re.compile(r'\A"?sep=([^\r\n]?)"?[^\S\t\r\n]*[,;|\t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)


def split_table(text: str, name: str, most_rows: int) -> Table:
    """The rows of a delimited text, at most ``most_rows`` and one; raises UnreadableSource for quotes not in pairs.

    A first line ``sep=;`` names the delimiter and is no row, as in Excel.
    """
    declared = _DECLARED.match(text)
    offset = 0
    if declared:
        text, offset = text[declared.end() :], 1
        if not declared[1] or declared[1] not in text:
            raise UnreadableSource(
                f"{name}: line 1 declares the delimiter {declared[1]!r}, which no line holds", "delete that line"
            )
    delimiter = declared[1] if declared else find_delimiter(text)
    kept = _split_lines(text, delimiter, most_rows)
    if kept is None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        kept = keep_once(islice(_rows(text, delimiter, name, offset), most_rows + 1))
    rows, texts = kept
    if len(rows) > most_rows:
        return Table(rows, texts, [])  # too many are refused, whatever is doubtful about them
    return Table(rows, texts, _find_ragged(rows) + (_find_inner_quotes(rows) if '""' in text else []))


def keep_once(rows: Iterable[list[str]]) -> tuple[list[list[str]], Collection[str]]:
    """Rows, and the texts in them, of which one that stands in many cells is kept once."""
    known: dict[str, str] = {}
    return [list(map(known.setdefault, row, row)) for row in rows], known.keys()


def _open_text(text: str, delimiter: str, *, strict: bool = True) -> Any:
    return _open_reader(io.StringIO(text, newline=""), delimiter, skip=f'{delimiter} "' in text, strict=strict)


def _open_reader(lines: Iterable[str], delimiter: str, *, skip: bool, strict: bool = True) -> Any:
    """The reader of lines; a blank between a delimiter and a quote is skipped where there is one, other blanks are the
    cell's own."""
    csv.field_size_limit(LONGEST_FIELD)
    return csv.reader(lines, delimiter=delimiter, strict=strict, skipinitialspace=skip)


def _split_lines(text: str, delimiter: str, most_rows: int) -> tuple[list[list[str]], Collection[str]] | None:
    """Rows and texts where each line is a row; None where quotes run over several lines, or are not in pairs, and where
    a carriage return ends a line without a line feed."""
    if text.count("\r") != text.count("\r\n"):
        return None
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    reader = _open_reader(lines, delimiter, skip=f'{delimiter} "' in text)
    try:
        rows, texts = keep_once(islice(reader, most_rows + 1))
    except csv.Error:
        return None
    return (rows, texts) if reader.line_num == len(rows) else None


def split_head(text: str) -> list[list[str]]:
    """The first rows of a text that may be cut off anywhere."""
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    delimiter = declared[1] if declared and declared[1] else find_delimiter(text)
    return list(_open_text(text, delimiter, strict=False))


def find_delimiter(text: str) -> str:
    """The delimiter that most of the first lines hold equally often, quoted texts left out: a line of terms may stand
    above the header, and decimal commas beside semicolons. Of equals the one that splits the first line most."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:20_000].splitlines()[:30] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return max(counts.values(), default=0), lines[0].count(sign) if lines else 0

    return max(DELIMITERS, key=agreement)


def _rows(text: str, delimiter: str, name: str, offset: int) -> Iterator[list[str]]:
    """The rows of a text with line feeds; a row of several lines that holds what several rows hold is refused."""
    reader = _open_text(text, delimiter)
    read, width = 0, 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _explain(text, delimiter, name, read, offset, error) from error
        lines = reader.line_num - read
        if lines > 1 and width > 2 and _swallows(row, delimiter, lines, width):
            opened = _Quote.find(text, delimiter, read)
            raise UnreadableSource(
                f"{name}: the quote in line {opened.line + offset} closes in line {reader.line_num + offset}, and what "
                "lies between looks like rows of the table",
                f"close or delete the quote in line {opened.line + offset}",
            )
        read, width = reader.line_num, max(width, len(row) if lines == 1 else 0)
        yield row


def _swallows(row: list[str], delimiter: str, lines: int, width: int) -> bool:
    """Whether a row of several lines holds as many delimiters as that many rows do."""
    held = len(row) - 1 + sum(text.count(delimiter) for text in row if "\n" in text)
    return held >= lines * (width - 1)


class _Quote(NamedTuple):
    """A quoted text: the line where it opens, that where it closes, None where it does not."""

    line: int
    closed: int | None

    @classmethod
    def find(cls, text: str, delimiter: str, after: int) -> _Quote:
        """The first quoted text below a line that is not closed, runs over lines, or has something behind it."""
        lines = text.split("\n")[after:]
        rest = "\n".join(lines)
        sign = re.escape(delimiter)
        token = re.compile(rf'(?:(?<=[{sign}\n])|\A)[ ]*"((?:[^"]|"")*)("?)')
        place = 0
        while match := token.search(rest, place):
            line = after + rest.count("\n", 0, match.start(1)) + 1
            closed = after + rest.count("\n", 0, match.end()) + 1
            if not match[2]:
                return cls(line, None)
            behind = rest[match.end() : match.end() + 1]
            if closed > line or behind not in ("", "\n", delimiter):
                return cls(line, closed)
            place = match.end()
        return cls(after + 1, None)


def _explain(text: str, delimiter: str, name: str, read: int, offset: int, error: csv.Error) -> UnreadableSource:
    quote = _Quote.find(text, delimiter, read)
    line = quote.line + offset
    if quote.closed is None:
        message = f"{name}: line {line}: the quote that opens there is not closed"
    elif "expected after" in str(error):
        where = f"closes in line {quote.closed + offset}" if quote.closed != quote.line else "closes"
        message = f"{name}: line {line}: the quoted text that opens there {where} before its cell ends"
    elif "field limit" in str(error):
        message = f"{name}: line {line}: {LONGEST_FIELD} characters are too many for a cell"
    else:
        return UnreadableSource(f"{name}: line {read + 1 + offset}: {error}", "is it a CSV file?")
    return UnreadableSource(message, 'close or delete the quote; inside a quoted text write it twice, as in ""')


def _find_inner_quotes(rows: list[list[str]]) -> list[Remark]:
    """A doubt on the first text with a quote between letters: two quoted texts may have lost their delimiter."""
    for number, row in enumerate(rows, start=1):
        for text in row:
            if re.search(r'\w"\w', text):
                message = f"row {number}: a quote stands between letters, in {text[:60]}"
                return [Remark("inner-quote", message, "is a delimiter missing between two quoted texts?")]
    return []


MOST_NAMED = 8


def _find_ragged(rows: list[list[str]]) -> list[Remark]:
    """A doubt on rows with fewer cells than the header, or more than others: a delimiter is missing or double."""
    if len(set(map(len, rows))) < 2:
        return []
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(text.strip() for text in row)]
    if len(filled) < 2:
        return []
    header = filled[0][1]
    wanted = max(place for place, text in enumerate(header, start=1) if text.strip())
    if wanted < 2:
        return []
    usual = Counter(len(row) for _, row in filled).most_common(1)[0][0]
    odd = [number for number, row in filled[1:] if len(row) < min(wanted, usual) or len(row) > max(len(header), usual)]
    if not odd:
        return []
    named = ", ".join(map(str, odd[:MOST_NAMED])) + (", …" if len(odd) > MOST_NAMED else "")
    rows_are = "row" if len(odd) == 1 else "rows"
    message = f"{rows_are} {named}: another number of cells than in the other rows ({usual})"
    return [Remark("ragged-row", message, "is a delimiter missing or double there, and a value in the wrong column?")]
