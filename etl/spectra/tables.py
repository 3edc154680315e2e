"""Tables of numbers inside of text files: the header that names an impedance, and the rows below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from etl.spectra.columns import Column, is_impedance_table, read_column
from sse_db.errors import UnreadableQuantity, UnreadableSource

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d{1,3})?")
COMMA_NUMBER = re.compile(r"[+-]?\d+(,\d+)?([eEdD][+-]?\d{1,3})?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")
DELIMITERS = ("\t", ";", ",", None)
ENDS = ("EXPERIMENTABORTED", "</Segment", "<Segment", "</Action", "<Action")


@dataclass(slots=True)
class Table:
    """A table found in a text: what stands above it, its headers, and rows of texts with their line numbers."""

    above: list[str]
    headers: list[str]
    columns: list[Column | None]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    has_header: bool = True
    is_aborted: bool = False
    announced: int | None = None


def split_line(line: str, delimiter: str | None) -> list[str]:
    """The fields of a line; a delimiter at its end opens no field."""
    fields = line.split() if delimiter is None else line.strip("\r\n").split(delimiter)
    fields = [each.strip().strip('"').strip() for each in fields]
    while fields and not fields[-1]:
        fields.pop()
    if delimiter == "\t":
        while fields and not fields[0]:
            fields.pop(0)
    return fields


def find_tables(lines: list[str], name: str) -> list[Table]:
    """All impedance tables of a text. Raises UnreadableSource where there is none, or a row that cannot be read."""
    found: list[Table] = []
    at, begin = 0, 0
    refused: UnreadableQuantity | None = None
    while at < len(lines):
        try:
            header = _read_header(lines[at])
        except UnreadableQuantity as error:
            refused, header = refused or error, None
        if header is None:
            at += 1
            continue
        table = Table(lines[begin:at], *header)
        is_segment = lines[at].startswith("Definition=")
        at = _read_rows(lines, at + 1, table, name)
        if is_segment and not (at < len(lines) and lines[at].startswith("</Segment")):
            raise UnreadableSource(f"{name}: its segment of points has no end", "was the file cut off?")
        if table.rows:
            found.append(table)
        begin = at
    if found:
        return found
    if refused:
        raise UnreadableSource(f"{name}: {refused}", refused.hint)
    return [_headerless(lines, name)]


def _read_header(line: str) -> tuple[list[str], list[Column | None]] | None:
    text = line.strip().removeprefix("Definition=")
    if len(text) < 5 or len(text) > 5000 or re.fullmatch(r"[\d.,;eE+\-\s]*", text):
        return None
    bare = text.strip('"')
    for split in (text.split("\t"), text.split(";"), text.split(","), re.split(r"\s{2,}", bare.strip()), bare.split()):
        headers = [each.strip() for each in split]
        while headers and not headers[-1]:
            headers.pop()
        while headers and not headers[0]:
            headers.pop(0)
        if len(headers) < 3:
            continue
        columns = [read_column(each) for each in headers]
        if is_impedance_table(columns):
            return headers, columns
    return None


def _read_rows(lines: list[str], at: int, table: Table, name: str) -> int:
    """Add the rows below a header to its table; returns the line at which something else begins."""
    table.announced = _count_above(table)
    at, count = _begin_rows(lines, at, table, name)
    delimiter = _delimiter_of(lines[at], table) if at < len(lines) else None
    while at < len(lines):
        line = lines[at].strip("\r\n\x00")
        bare = line.strip()
        if not bare:
            at += 1
            if _ends_here(lines, at):
                break
            continue
        if bare.startswith(ENDS) or _begins_other(bare):
            table.is_aborted = bare.startswith("EXPERIMENTABORTED")
            break
        fields = _row_of(line, delimiter, table)
        if len(fields) != len(table.columns) and _read_header_quietly(line):
            break
        _require_row(fields, line, table, f"{name}, line {at + 1}")
        table.rows.append((at + 1, fields))
        at += 1
    if count is not None and count != len(table.rows) and table.rows:
        raise UnreadableSource(f"{name}: {count} points announced, {len(table.rows)} there", "was the file cut off?")
    return max(at, 1)


def _begin_rows(lines: list[str], at: int, table: Table, name: str) -> tuple[int, int | None]:
    """The first row below a header, and the number of points where it stands between them (.P00); a row of units is
    taken in passing. Raises UnreadableSource for a line that is neither."""
    count: int | None = None
    while at < len(lines):
        bare = lines[at].strip().strip("\x00")
        if re.fullmatch(r"\d{1,6}", bare) and count is None:
            count = int(bare)
        elif bare and bare != "End Comments":
            if _delimiter_of(lines[at], table) != "":
                break
            if not _is_unit_row(lines[at]):
                text = f"{name}, line {at + 1}: {bare[:60]!r} is no row of the table above it"
                raise UnreadableSource(text)
            _check_unit_row(lines[at], table, name)
        at += 1
    return at, count


def _row_of(line: str, delimiter: str | None, table: Table) -> list[str]:
    """The fields of a row; VersaStudio names a last column "0" that its rows do not have."""
    fields = split_line(line, delimiter or None)
    if len(fields) == len(table.columns) - 1 and table.headers[-1] == "0":
        fields.append("0")
    return fields


def _require_row(fields: list[str], line: str, table: Table, where: str) -> None:
    if len(fields) != len(table.columns):
        raise UnreadableSource(f"{where}: {len(fields)} fields, {len(table.columns)} headers", "was the file cut off?")
    if CONTROL.search(line):
        raise UnreadableSource(f"{where}: characters that are no text", "is the file damaged?")


def _count_above(table: Table) -> int | None:
    """The number of points where it stands on the line above the header (ZPlotW, Z60W)."""
    above = table.above[-1].strip() if table.above else ""
    return int(above) if re.fullmatch(r"\d{1,6}", above) else None


def _begins_other(bare: str) -> bool:
    """Whether a line begins another table of an instrument's file."""
    return bool(re.match(r"[A-Z]{3,}\w*\t(TABLE|TOGGLE|QUANT|LABEL|IQUANT)", bare))


def _ends_here(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip().strip("\x00")), "")
    return bool(following) and (_begins_other(following.strip()) or _read_header_quietly(following))


def _read_header_quietly(line: str) -> bool:
    try:
        return _read_header(line) is not None
    except UnreadableQuantity:
        return True


def _delimiter_of(line: str, table: Table) -> str | None:
    """The delimiter that gives as many fields as there are headers; an empty text where none does. Blanks are tried
    last."""
    for delimiter in DELIMITERS:
        fields = split_line(line, delimiter)
        needed = [fields[k] for k, column in enumerate(table.columns) if column and k < len(fields)]
        right = len(fields) == len(table.columns) or (
            len(fields) == len(table.columns) - 1 and table.headers[-1] == "0"
        )
        if right and any(NUMBER.fullmatch(each) or COMMA_NUMBER.fullmatch(each) for each in needed):
            return delimiter
    return ""


def _is_unit_row(line: str) -> bool:
    fields = split_line(line, "\t" if "\t" in line else None)
    return bool(fields) and all(not NUMBER.fullmatch(each) and len(each) <= 16 for each in fields)


def _check_unit_row(line: str, table: Table, name: str) -> None:
    """Take the units of a row of their own (Gamry); one that does not fit refuses the file."""
    units = split_line(line, "\t" if "\t" in line else None)
    if len(units) != len(table.columns):
        raise UnreadableSource(f"{name}: {len(units)} units for {len(table.columns)} headers")
    for k, column in enumerate(table.columns):
        if column is None or column.states_unit:
            continue
        unit = units[k].replace("�", "°")
        if column.quantity == "phase" and not unit.isascii():
            unit = "°"
        try:
            stated = read_column(f"{table.headers[k]} [{unit}]")
        except UnreadableQuantity as error:
            raise UnreadableSource(f"{name}: {error}", error.hint) from error
        table.columns[k] = stated or column


def _headerless(lines: list[str], name: str) -> Table:
    """Three bare columns: frequency, real and imaginary part; the one table that may come without header."""
    bare = [(number, line) for number, line in enumerate(lines, 1) if line.strip().strip("\x00")]
    table = Table(
        [], ["frequency", "Z'", "Z''"], [read_column(each) for each in ("frequency", "Z'", "Z''")], has_header=False
    )
    counted = next((k for k, (_, line) in enumerate(bare) if re.fullmatch(r"\s*\d{1,5}\s*", line)), None)
    if counted is not None and counted < 30:  # Elchemea .i2b: some lines of text, the number of points, then the points
        table.above, rest = [line for _, line in bare[:counted]], bare[counted + 1 :]
        if int(bare[counted][1]) != len(rest):
            raise UnreadableSource(
                f"{name}: {int(bare[counted][1])} points announced, {len(rest)} there", "was the file cut off?"
            )
        bare = rest
    for delimiter in DELIMITERS:
        rows = [(number, split_line(line, delimiter)) for number, line in bare]
        if rows and all(len(fields) == 3 and all(map(is_number, fields)) for _, fields in rows):
            table.rows = rows
            return table
    raise UnreadableSource(
        f"{name}: no table of an impedance spectrum",
        "its header must name frequency, Z' and Z'' (or |Z| and phase), such as: f (Hz), Z' (ohm), Z'' (ohm)",
    )


def is_number(text: str) -> bool:
    """Whether a field is a number, with a point or a comma."""
    return bool(NUMBER.fullmatch(text) or COMMA_NUMBER.fullmatch(text))


def numbers_of(table: Table, name: str) -> Iterator[tuple[int, list[float]]]:
    """The numbers of the columns that were understood, row by row with line numbers. Raises UnreadableSource.

    A comma is a decimal sign where no number of the table has a point; both in one table refuse it.
    """
    used = [k for k, column in enumerate(table.columns) if column]
    texts = [(line, [fields[k] for k in used]) for line, fields in table.rows]
    commas = any("," in each for _, fields in texts for each in fields)
    if commas and any("." in each for _, fields in texts for each in fields):
        raise UnreadableSource(
            f"{name}: decimal points and decimal commas in one table", "which of them parts thousands?"
        )
    for line, fields in texts:
        values = []
        for k, each in zip(used, fields, strict=True):
            if not is_number(each):
                what = "is missing" if each.strip() in ("", "-", "nan", "NaN", "NAN", "inf", "-inf") else f"is {each!r}"
                raise UnreadableSource(
                    f"{name}, line {line}: {table.headers[k]} {what}", "take the row out, or mend it"
                )
            values.append(float(each.replace(",", ".").replace("d", "e").replace("D", "e")))
        yield line, values


def require_whole_end(text: str, table: Table, name: str) -> None:
    """Refuse a last row without an end that is shorter than all others: a number may have lost its last digits."""
    if text.endswith(("\n", "\r", "\x00")) or len(table.rows) < 2 or not text.rstrip().endswith(table.rows[-1][1][-1]):
        return
    last, others = table.rows[-1][1][-1], [fields[-1] for _, fields in table.rows[:-1]]
    if table.columns[-1] is not None and len(last) < min(map(len, others)):
        raise UnreadableSource(
            f"{name}, line {table.rows[-1][0]}: the last number is shorter than all others and its line has no end",
            "was the file cut off? if not, end its last line",
        )


def unread_headers(table: Table, known: Iterable[str]) -> list[str]:
    """Headers of columns that were not understood and that no instrument's list of known ones names."""
    harmless = {each.casefold() for each in known}
    return [
        header
        for header, column in zip(table.headers, table.columns, strict=True)
        if column is None and header.strip('" ').casefold() not in harmless and header.strip() not in ("", "0")
    ]
