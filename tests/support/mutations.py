"""Spreadsheets broken in every way that a seed of chance brings up: texts of cells, bytes, parts of a zip archive."""

from __future__ import annotations

import io
import random
import re
import zipfile

NASTY = (
    "", " ", "=1/0", "#REF!", "TRUE", "1e400", "-1e-400", "nan", "∞", "<", "±", "1±", "1(2", "1,2,3", "--5", "٣",
    "１２",
    "2020-01-02", "12:30", "RT", "298 K", "0.5 furlong", "S/cm", "1e-4 S/cm S/cm", "Li", "LLZO", "Li7La3Zr2O12" * 40,
    "Li1+xAlxTi2-x(PO4)3", "(((((((((((", "10.1000/", "https://doi.org/", "bulk:", ":;:;", "bulk: measured; total",
    "x" * 5000, "\u202eabc", "a\tb", "a\nb", "\U0001f600", "''", "NULL", "None", "1e-4; DROP TABLE samples",
    "[red]x[/red]",
    "<b>x</b>", "&amp;", "%s", "{0}", "0x10", "1_000", "10^-4", "10**99999", "9" * 400, "1/0", "1e-4/0", "m^-9999999",
)  # fmt: skip


PIECES = (
    b"\n", b"'", b"loop_\n", b";", b"nan", b"1e999", b"-", b"?", b"data_x\n", b"_cell_length_a 0\n", b"999999", b"\xff",
)  # fmt: skip


def damage_text(data: bytes, chance: random.Random) -> bytes:
    """A text file, such as a CIF, with some of its bytes changed, lost, doubled or filled in."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place, other = chance.randrange(len(damaged)), chance.randrange(len(damaged))
        match chance.randrange(5):
            case 0:
                damaged[place] = chance.randrange(256)
            case 1:
                del damaged[place : place + chance.randint(1, min(60, len(damaged) // 2))]
            case 2:
                damaged[place:place] = chance.choice(PIECES)
            case 3:
                damaged[place:place] = damaged[other : other + 80]
            case 4:
                del damaged[max(place, 20) :]
    return bytes(damaged)


def mutate_csv(data: bytes, chance: random.Random) -> bytes:
    """A CSV with some of its cells, lines, letters or its encoding changed."""
    kind = chance.randrange(6)
    if kind == 0:
        return _flip(data, chance)
    if kind == 1:
        start = chance.randrange(len(data))
        return data[:start] + data[start + chance.randrange(1, 400) :]
    if kind == 2:
        encoding = chance.choice(["utf-16", "utf-32", "utf-8-sig", "cp1252", "shift_jis"])
        return data.decode().encode(encoding, errors="ignore")
    lines = data.decode().split("\n")
    if kind == 3:
        chance.shuffle(lines)
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(lines)) if kind != 4 else 0
        cells = lines[place].split(",")
        cells[chance.randrange(len(cells))] = chance.choice(NASTY)
        lines[place] = chance.choice([",", ",", ",", ";", "\t"]).join(cells)
    return chance.choice(["\n", "\r\n", "\r"]).join(lines).encode()


def mutate_book(data: bytes, chance: random.Random) -> bytes:
    """A workbook with some of its texts, its XML, its parts or its archive changed."""
    if chance.random() < 0.1:
        return _flip(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randrange(1, 4)):
        name = chance.choice(sorted(parts))
        if chance.random() < 0.7:
            name = chance.choice(
                [each for each in sorted(parts) if "sheet" in each or "haredStrings" in each] or [name]
            )
        change = chance.choice([_texts, _texts, _attributes, _flip, _drop, _insert])
        parts[name] = change(parts[name], chance)
        if chance.random() < 0.05:
            del parts[name]
            break
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _flip(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randrange(1, 20)):
        if broken:
            broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def _drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(max(1, len(data)))
    return data[:start] + data[start + chance.randrange(1, 200) :]


def _insert(data: bytes, chance: random.Random) -> bytes:
    extra = chance.choice(
        [
            b'<mergeCells count="1"><mergeCell ref="A1:C9"/></mergeCells>', b"<c r=\"XFD1048576\"><v>1</v></c>",
            b'<c r="A0"><v>1</v></c>', b'<row r="999999999"/>', b'<c r="B2" t="e"><v>#N/A</v></c>', b"<![CDATA[x]]>",
            b'<c r="C3"><f>A1</f></c>', b'<c r="B3" t="b"><v>1</v></c>', b'<c r="B3" t="s"><v>99999</v></c>',
            b"&unknown;",
        ]
    )  # fmt: skip
    ends = [match.end() for match in re.finditer(rb"</c>|</row>|</sheetData>|</si>", data)]
    place = chance.choice(ends) if ends else 0
    return data[:place] + extra + data[place:]


def _texts(data: bytes, chance: random.Random) -> bytes:
    from xml.sax.saxutils import escape

    texts = list(re.finditer(rb">([^<>]+)</(?:t|v|text:p)>", data))
    for match in chance.sample(texts, min(len(texts), chance.randrange(1, 4))):
        data = data.replace(
            match[0], b">" + escape(chance.choice(NASTY)).encode() + b"</" + match[0].rpartition(b"/")[2]
        )
    return data


def _attributes(data: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb'"[^"]*"', data))
    if not found:
        return data
    match = chance.choice(found)
    value = chance.choice(
        [b"", b"-1", b"99999999999", b"e", b"s", b"b", b"d", b"A1", b"ZZZ1", b"A99999999", b"x" * 300]
    )
    return data[: match.start()] + b'"' + value + b'"' + data[match.end() :]
