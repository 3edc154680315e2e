"""The two doors, as pandera contracts: texts as they come in, and typed values with the limits of the schema."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from etl.extract import StagedSheet
from etl.findings import Findings
from etl.headers import PRIVATE
from etl.normalise import Parsed, TypedRow
from etl.quantities import Quantity, is_blank
from etl.rows import Cell
from etl.sheets.base import SheetMap
from sse_db.columns import bounds_of
from sse_db.units import display_unit

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa


UNPRINTABLE = "the cell holds characters that cannot be printed"


@cache
def staged_contract() -> pa.DataFrameSchema:
    """The first door: every cell of a staged sheet is text that a database can hold."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "text": pa.Column(
                str, pa.Check(lambda texts: ~texts.str.contains("[\x00-\x08\x0b\x0c\x0e-\x1f]"), name="printable")
            )
        },
        strict=True,
    )


def check_staged(sheets: Iterable[StagedSheet], findings: Findings) -> None:
    """Send the cells of a file's sheets through the first door; each one that is refused becomes a problem."""
    places: list[tuple[StagedSheet, int, int]] = []
    for sheet in sheets:
        _tell_marks(sheet, findings)
        cells = ((row, column) for row, texts in enumerate(sheet.rows) for column, text in enumerate(texts) if text)
        places += [(sheet, row, column) for row, column in cells]
    for index in find_unprintable([sheet.rows[row][column] for sheet, row, column in places]):
        sheet, row, column = places[index]
        findings.add(sheet.cell(row, column), "control-character", UNPRINTABLE)


def _tell_marks(sheet: StagedSheet, findings: Findings) -> None:
    for mark in sheet.marks:
        cell = sheet.cell(mark.row, mark.column, sheet.header_above(mark.column))
        harmless = mark.code == "merged-cells" and is_blank(cell.text)
        if not harmless and not cell.header.lstrip().startswith(PRIVATE):
            findings.add(cell, mark.code, mark.message, mark.hint)


def find_unprintable(texts: list[str]) -> list[int]:
    """The places of texts that the first door refuses."""
    import pandas as pd

    frame = pd.DataFrame({"text": texts}, dtype=object)
    return [index for index, _ in _failures(staged_contract(), frame)]


@cache
def canonical_contract(column: sa.Column[Any]) -> pa.DataFrameSchema:
    """The second door, generated: numbers of a column within the limits that the schema declares for it."""
    import pandera.pandas as pa

    low, high = bounds_of(column)
    checks = [pa.Check.ge(low)] * (low is not None) + [pa.Check.le(high)] * (high is not None)
    return pa.DataFrameSchema({column.name: pa.Column(float, checks)}, strict=True)


def check_canonical(rows: list[TypedRow], sheet_map: SheetMap, findings: Findings) -> None:
    """Send typed rows through the second door; a value beyond a limit is told in the words of the sheet."""
    values: dict[sa.Column[Any], list[Parsed]] = {}
    for column in sheet_map.columns:
        its = column.schema_column
        if isinstance(its.type, sa.Float | sa.Integer) and bounds_of(its) != (None, None):
            found = (row.get(column.target, column.part) for row in rows)
            values.setdefault(its, []).extend(parsed for parsed in found if parsed is not None)
    for its, parsed in values.items():
        check_limits(its, parsed, findings)


def check_limits(column: sa.Column[Any], values: list[Parsed], findings: Findings) -> None:
    """Send values of one column, with the ends of their ranges, through the second door."""
    ends = ((parsed.cell, _end(parsed.value, end)) for parsed in values for end in ("value", "lower", "upper"))
    _check_column(column, [(cell, number) for cell, number in ends if number is not None], findings)


def _end(value: Any, end: str) -> float | None:
    if isinstance(value, Quantity):
        number = getattr(value, end)
        return None if number is None else float(number)
    return float(value) if end == "value" else None


def _check_column(column: sa.Column[Any], pairs: list[tuple[Cell, float]], findings: Findings) -> None:
    import pandas as pd

    if not pairs:
        return
    frame = pd.DataFrame({column.name: [number for _, number in pairs]}, dtype=float)
    low, high = bounds_of(column)
    unit = display_unit(column.name)
    for index, number in _failures(canonical_contract(column), frame):
        cell = pairs[index][0]
        limits = f"from {low:g} to {high:g} {unit}".strip()
        findings.add(
            cell,
            "out-of-range",
            f"{number:g} {unit} is beyond the limits".replace("  ", " "),
            f"{limits} is possible: check number and unit",
        )


def _failures(contract: pa.DataFrameSchema, frame: pd.DataFrame) -> list[tuple[int, Any]]:
    """Row and value of every failure, each row once."""
    from pandera.errors import SchemaErrors

    try:
        contract.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases.dropna(subset=["index"]).drop_duplicates("index")
        return [(int(index), value) for index, value in zip(cases["index"], cases["failure_case"], strict=True)]
    return []
