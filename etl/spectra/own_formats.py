"""Formats without headers, whose columns the format itself gives: Ivium and Autolab .dfr."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from etl.spectra.tables import is_number
from sse_db.errors import UnreadableSource

Points = tuple[NDArray[np.float64], NDArray[np.complex128]]
DFR_NUMBERS = 9
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}( \d{1,2}:\d{2}(:\d{2})?)?")


def read_ivium(lines: list[str], name: str) -> list[Points]:
    """The blocks ``primary_data`` of an Ivium file: three columns Z', Z'', frequency, and how many points there are."""
    found = []
    for at, line in enumerate(lines):
        if line.strip("\x00 \r\n") != "primary_data":
            continue
        counts = [each.strip("\x00 \r\n") for each in lines[at + 1 : at + 3]]
        if len(counts) < 2 or counts[0] != "3" or not counts[1].isdigit():
            raise UnreadableSource(f"{name}, line {at + 2}: the table does not say 3 columns and its number of points")
        rows = lines[at + 3 : at + 3 + int(counts[1])]
        values = [_numbers(row, 3, name, at + 4 + k) for k, row in enumerate(rows)]
        if len(values) < int(counts[1]):
            raise UnreadableSource(
                f"{name}: {counts[1]} points announced, {len(values)} there", "was the file cut off?"
            )
        following = (
            lines[at + 3 + int(counts[1])].strip("\x00\r\n ").split() if len(lines) > at + 3 + int(counts[1]) else []
        )
        if len(following) == 3 and all(map(is_number, following)):
            raise UnreadableSource(f"{name}: {counts[1]} points announced, more there")
        table = np.array(values, dtype=float).reshape(-1, 3)
        found.append((table[:, 2], table[:, 0] + 1j * table[:, 1]))
    if not found:
        raise UnreadableSource(f"{name}: no impedance in this Ivium file (primary_data)")
    return found


def read_dfr(lines: list[str], name: str) -> Points:
    """Autolab .dfr: version, number of points, a mark, then nine numbers a point: frequency, Z', −Z'' and six more."""
    texts = [line.strip() for line in lines]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) < 3 or not re.fullmatch(r"VERSION\d+\.\d+", texts[0]) or not texts[1].isdigit():
        raise UnreadableSource(f"{name}: not the beginning of an Autolab .dfr file")
    count, body = int(texts[1]), texts[3:]
    whole = count * DFR_NUMBERS
    if len(body) < whole:
        raise UnreadableSource(
            f"{name}: {count} points announced, {len(body) // DFR_NUMBERS} there", "was the file cut off?"
        )
    for k, text in enumerate(body[whole:]):
        if text and not is_number(text) and not DATE.fullmatch(text):
            raise UnreadableSource(f"{name}, line {whole + k + 4}: text below the points that was not understood")
    after = next((k for k, text in enumerate(body[whole:]) if not is_number(text)), len(body) - whole)
    if after >= DFR_NUMBERS:
        raise UnreadableSource(f"{name}: {count} points announced, more there")
    for k, text in enumerate(body[:whole]):
        if not is_number(text):
            raise UnreadableSource(f"{name}, line {k + 4}: {text!r} is no number")
    table = np.array([float(text.replace(",", ".")) for text in body[:whole]]).reshape(count, DFR_NUMBERS)
    return table[:, 0], table[:, 1] - 1j * table[:, 2]


def _numbers(row: str, count: int, name: str, line: int) -> list[float]:
    fields = row.strip("\x00\r\n ").split()
    if len(fields) != count or not all(map(is_number, fields)):
        raise UnreadableSource(
            f"{name}, line {line}: {row.strip()[:60]!r} is not {count} numbers", "was the file cut off?"
        )
    return [float(each.replace(",", ".")) for each in fields]
