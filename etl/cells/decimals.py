"""Numbers whose point may be a decimal sign or part thousands, told by what the other numbers of the sheet have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.tables.extract import StagedSheet
from sse_db.errors import UnreadableQuantity

_DECIMAL_COMMA = re.compile(
    r"""
    \D*
    (?:[0-9]{4,}|[0-9]{1,3}(?:\.[0-9]{3})*)  # 1150 or 1.150
    ,
    (?:[0-9]{1,2}                            # 0,35
      |[0-9]{4,}                             # 0,3512; three digits could be thousands
      |[0-9]+\s?(?:[eE]|[x×*·]\s?10).*)      # 2,512e-4, 2,512×10^-4
    (?![0-9])\D*\Z
    """,
    re.VERBOSE,
)
_GROUPED = re.compile(r"[<>~≈≤≥±=\s]*[-+−]?([1-9][0-9]{0,2})\.([0-9]{3})(?![0-9.,eE])")


def find_decimal_comma(sheet: StagedSheet, columns: Iterable[int], first_row: int) -> str:
    """The first cell of number columns that has a decimal comma, such as ``F2``; empty where none has."""
    places = list(columns)
    for row in range(first_row, len(sheet.rows)):
        texts = sheet.rows[row]
        for column in places:
            if column < len(texts) and "," in texts[column] and _DECIMAL_COMMA.match(texts[column]):
                return sheet.cell(row, column).name
    return ""


def refuse_grouped(text: str, comma_at: str) -> None:
    """Raise UnreadableQuantity for ``1.150`` in a sheet with decimal commas: it may be 1150 or 1.15."""
    if comma_at and (grouped := _GROUPED.match(text.strip())):
        whole, plain = f"{grouped[1]}{grouped[2]}", f"{grouped[1]}.{grouped[2]}e0"
        raise UnreadableQuantity(
            f"{text} can be read in two ways: the sheet has decimal commas, as in {comma_at}",
            f"write {whole} or {plain}",
        )
