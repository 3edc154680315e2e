"""Checks of cell texts (printable characters) and of typed values (limits of the schema), as pandera schemas."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from etl.cells.headers import PRIVATE
from etl.cells.normalise import Parsed, TypedRow
from etl.cells.quantities import Quantity, is_blank
from etl.drafts import Cell
from etl.problems import Findings
from etl.sheets.base import SheetMap
from etl.tables.extract import StagedSheet
from sse_db.columns import bounds_of
from sse_db.units import convert, display_unit, parse_unit, suffix_of

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa


CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What no workbook, XML or terminal can hold; tab and line breaks are not among them."""
UNPRINTABLE = "the cell holds characters that cannot be printed"


@cache
def staged_contract() -> pa.DataFrameSchema:
    """Every cell of a staged sheet is text that a database can hold."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {"text": pa.Column(str, pa.Check(lambda texts: ~texts.str.contains(CONTROL_CHARACTERS), name="printable"))},
        strict=True,
    )


def check_staged(sheets: Iterable[StagedSheet], findings: Findings) -> None:
    """Send the cells of a file's sheets through the first door; each one that is refused becomes a problem."""
    sheets = list(sheets)
    for sheet in sheets:
        _tell_marks(sheet, findings)
    texts = list(set(chain.from_iterable(row for sheet in sheets for row in sheet.rows)))
    refused = {texts[place] for place in find_unprintable(texts)}
    for sheet in sheets if refused else ():
        for place, row in enumerate(sheet.rows):
            for column, text in enumerate(row):
                if text in refused:
                    findings.add(sheet.cell(place, column), "control-character", UNPRINTABLE)


def _tell_marks(sheet: StagedSheet, findings: Findings) -> None:
    for mark in sheet.marks:
        cell = sheet.cell(mark.row, mark.column, sheet.header_above(mark.column))
        harmless = is_blank(cell.text) and (mark.code == "merged-cells" or mark.severity == "doubt")
        if not harmless and not cell.header.lstrip().startswith(PRIVATE):
            findings.add(cell, mark.code, mark.message, mark.hint, severity=mark.severity)


def find_unprintable(texts: list[str]) -> list[int]:
    """The places of texts that the first door refuses."""
    import pandas as pd

    frame = pd.DataFrame({"text": texts}, dtype=object)
    return _failures(staged_contract(), frame)


@cache
def canonical_contract() -> pa.DataFrameSchema:
    """The second door: every number within the limits that the schema declares for its column; they stand beside it."""
    import pandera.pandas as pa

    within = pa.Check(lambda frame: frame["value"].between(frame["low"], frame["high"]), name="within the limits")
    return pa.DataFrameSchema({"value": pa.Column(float)}, checks=within)


def check_canonical(rows: list[TypedRow], sheet_map: SheetMap, findings: Findings) -> None:
    """Send typed rows through the second door; a value beyond a limit is told in the words of the sheet."""
    values: dict[sa.Column[Any], list[Parsed]] = {}
    for column in sheet_map.columns:
        its = column.schema_column
        if isinstance(its.type, sa.Float | sa.Integer) and bounds_of(its) != (None, None):
            found = (row.get(column.target, column.part) for row in rows)
            values.setdefault(its, []).extend(parsed for parsed in found if parsed is not None)
    check_limits(values, findings)


def check_limits(values: dict[sa.Column[Any], list[Parsed]], findings: Findings) -> None:
    """Send values by their columns, with the ends of their ranges, through the second door, all at once."""
    import pandas as pd

    numbers = [
        (column, parsed.cell, number)
        for column, its in values.items()
        for parsed in its
        for number in (_end(parsed.value, end) for end in ("value", "lower", "upper"))
        if number is not None
    ]
    if not numbers:
        return
    limits = {column: bounds_of(column) for column in values}
    frame = pd.DataFrame([(number, *limits[column]) for column, _, number in numbers], columns=["value", "low", "high"])
    frame = frame.astype(float).fillna({"low": -math.inf, "high": math.inf})
    for index in _failures(canonical_contract(), frame):
        _tell_limits(*numbers[index], findings)


def _end(value: Any, end: str) -> float | None:
    if isinstance(value, Quantity):
        number = getattr(value, end)
        return None if number is None else float(number)
    return float(value) if end == "value" else None


def _tell_limits(column: sa.Column[Any], cell: Cell, number: float, findings: Findings) -> None:
    low, high = bounds_of(column)
    unit = display_unit(column.name)
    possible = f"{f'from {low:g} to {high:g} {unit}'.strip()} is possible"
    advice = _advise(column, cell, number) or f"{possible}: check number and unit"
    findings.add(cell, "out-of-range", f"{number:g} {unit} is beyond the limits".replace("  ", " "), advice)


MEANT = {
    "s_per_cm": ("mS/cm", "µS/cm"), "ev": ("kJ/mol", "meV"), "um": ("nm",), "mm": ("µm",), "h": ("min", "s"),
    "c": ("K",), "mpa": ("kPa", "Pa"), "angstrom": ("pm",), "wt_percent": ("ppm",),
}  # fmt: skip
"""Smaller units that a number too large for its column may have been written in, by the column's unit."""


def _advise(column: sa.Column[Any], cell: Cell, number: float) -> str:
    """What a number beyond the limits was likelier meant to be; empty where nothing is likely."""
    suffix, unit = suffix_of(column.name), display_unit(column.name)
    low, high = bounds_of(column)
    if suffix == "s_per_cm" and -20 < number < 0 and not re.search(r"[eE^×*·]", cell.text):
        name = re.split(r"[(\[,/]", cell.header)[0].strip() or "σ"
        return f"is it a logarithm? Then name the column log10 {name} ({unit})"
    if high is None or number <= high:
        return ""
    for other in MEANT.get(suffix or "", ()):
        meant = convert(number, parse_unit(other), column.name)
        if (low if low is not None else -math.inf) <= meant <= high:
            return f"is it in {other}? Then write {number:g} {other}, or the unit into the header"
    return ""


def _failures(contract: pa.DataFrameSchema, frame: pd.DataFrame) -> list[int]:
    """Row of every failure, each once."""
    from pandera.errors import SchemaErrors

    try:
        contract.validate(frame, lazy=True)
    except SchemaErrors as errors:
        return [int(index) for index in errors.failure_cases["index"].dropna().drop_duplicates()]
    return []
