"""Workbooks for a paper, written from the schema and the vocabularies: empty as a template, or filled by an export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from etl.papers.workbook import STAMP
from etl.sheets.base import SheetColumn
from etl.sheets.example import EXAMPLE
from etl.sheets.workbook import ALL_PUBLICATIONS, ALL_SAMPLES, TEMPLATE_VERSION, WORKBOOK
from etl.tables.workbook_scan import column_letters
from sse_db.about import VERSION
from sse_db.columns import bounds_of, vocabulary_of
from sse_db.errors import UnreadableSource
from sse_db.formats import STAMP_SHEET
from sse_db.units import display_unit

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Rows = Mapping[str, Iterable[Mapping[str, str]]]
"""Sheet to rows, each a mapping of column name (without unit) to text."""

LAST_ROW = 5000
"""Rows down to which drop-downs and limits reach; further rows are read all the same."""
LISTS_SHEET = "Lists"
SEVERAL_WORDS = ("impedance_measurements.value_basis", "impedance_measurements.contribution_basis")
"""Columns whose words may be told apart by contribution, so that a drop-down only advises."""

READ_ME = (
    "One workbook is one paper, or several. Rows refer to each other by the names of samples.",
    "Headers carry the unit. Another unit may stand in the header, as in Temperature (K), or behind a number.",
    "Numbers may be written as in the paper: 3.2e-4, 1.2(3)e-4, <1e-10, ~2e-4, 1–3 µm, RT.",
    "What the paper does not say stays blank. Nothing is estimated.",
    "Measurements: one row per sample and temperature, with bulk, grain boundary and total side by side.",
    "A single ionic conductivity of unsaid kind stands under σ total, with Contribution stated = assumed.",
    "The sheet Example shows a paper filled in. It is not read, and neither is this page.",
    "A column whose header begins with # is yours: it is not read.",
    "When done: sse-db validate THIS.xlsx, then sse-db import THIS.xlsx",
)


def write_template(path: Path) -> None:
    """Write an empty workbook with drop-downs, limits, comments and a worked example; raises UnreadableSource where
    the path cannot be written."""
    write_workbook(path, {}, explain=True)


def write_workbook(path: Path, rows: Rows, *, explain: bool = False) -> None:
    """Write rows as a workbook that the reader takes back; with ``explain`` a page of advice and an example too.

    Every cell is text, so that no spreadsheet turns a range into a date or rounds a number.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"title": "sse-db workbook for a paper", "comments": f"template version {TEMPLATE_VERSION}"})
    _Writer(book).write(rows, explain)
    try:
        book.close()
    except (OSError, XlsxWriterException) as error:
        raise UnreadableSource(
            f"{path} cannot be written: {_reason(error)}", "is the folder there, and the file closed?"
        ) from error


def _reason(error: Exception) -> str:
    """What a system says of a failure, without its number and the path; xlsxwriter wraps it."""
    cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
    return str(getattr(cause, "strerror", None) or error)


class _Writer:
    """Writes the sheets of one workbook; the lists behind the drop-downs are gathered in a hidden sheet."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.lists: dict[str, str] = {}

    def write(self, rows: Rows, explain: bool) -> None:
        if explain:
            self._write_read_me()
        sheets = [self.book.add_worksheet(sheet_map.name) for sheet_map in WORKBOOK]
        if explain:
            self._write_example()
        lists = self.book.add_worksheet(LISTS_SHEET)
        stamp = self.book.add_worksheet(STAMP_SHEET)
        for hidden in (lists, stamp):
            hidden.hide()
        stamp.write_row(0, 0, [STAMP, str(TEMPLATE_VERSION), VERSION])
        for sheet, sheet_map in zip(sheets, WORKBOOK, strict=True):
            own = list(rows.get(sheet_map.name, ()))
            used = [column for column in sheet_map.read_too if any(column.name in row for row in own)]
            self._prepare(sheet, (*sheet_map.columns, *used), lists)
            self._fill(sheet, (*sheet_map.columns, *used), own)
        sheets[0].activate()

    def _write_read_me(self) -> None:
        sheet = self.book.add_worksheet("Read me")
        sheet.set_column(0, 0, 110)
        sheet.write_string(0, 0, "How to fill in this workbook", self.title)
        for row, line in enumerate(READ_ME, start=2):
            sheet.write_string(row, 0, line)

    def _write_example(self) -> None:
        sheet = self.book.add_worksheet("Example")
        sheet.set_column(0, 30, 18)
        row = 0
        for sheet_map in WORKBOOK:
            example = EXAMPLE.get(sheet_map.name, ())
            if not example:
                continue
            used = [column for column in sheet_map.columns if any(column.name in each for each in example)]
            sheet.write_string(row, 0, sheet_map.name, self.title)
            for place, column in enumerate(used):
                sheet.write_string(row + 1, place, column.header, self.head)
                for below, each in enumerate(example, start=2):
                    sheet.write_string(row + below, place, each.get(column.name, ""), self.text)
            row += len(example) + 3

    def _prepare(self, sheet: Worksheet, columns: tuple[SheetColumn, ...], lists: Worksheet) -> None:
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 32)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letters(len(columns) - 1)}{LAST_ROW}"})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _width(column), self.text)
            sheet.write_string(0, place, column.header, self.head)
            sheet.write_comment(0, place, explain_column(column), {"x_scale": 2, "y_scale": 1.4})
            rule = self._rule(column, place, lists)
            if rule is not None:
                sheet.data_validation(1, place, LAST_ROW - 1, place, rule)

    def _fill(self, sheet: Worksheet, columns: tuple[SheetColumn, ...], rows: Iterable[Mapping[str, str]]) -> None:
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                if row.get(column.name, "") != "":
                    sheet.write_string(number, place, row[column.name], self.text)

    def _rule(self, column: SheetColumn, place: int, lists: Worksheet) -> dict[str, Any] | None:
        """The input rule of a column: a list for words, limits for numbers, none for free text."""
        if column.target == ALL_SAMPLES:
            source = f"=Samples!$A$2:$A${LAST_ROW}"
            return _list_rule(source, "stop", "This name is not on the sheet Samples.")
        if column.target == ALL_PUBLICATIONS:
            return None
        vocabulary = vocabulary_of(column.schema_column)
        if vocabulary is not None:
            strict = "warning" if column.target in SEVERAL_WORDS else "stop"
            source = self._list(vocabulary.__name__, [term.value for term in vocabulary], lists)
            return _list_rule(source, strict, "Choose a word from the list.")
        if bounds_of(column.schema_column) != (None, None):
            return _limit_rule(column, f"{column_letters(place)}2")
        return None

    def _list(self, name: str, words: list[str], lists: Worksheet) -> str:
        if name not in self.lists:
            place = len(self.lists)
            lists.write_column(0, place, [name, *words])
            letters = column_letters(place)
            self.lists[name] = f"={LISTS_SHEET}!${letters}$2:${letters}${len(words) + 1}"
        return self.lists[name]


def _list_rule(source: str, error_type: str, message: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_type": error_type,
        "error_title": "Not in the list",
        "error_message": message,
    }


def _limit_rule(column: SheetColumn, cell: str) -> dict[str, Any]:
    """A number must lie within the column's limits; text, such as ``<1e-10`` or ``298 K``, is left to validate."""
    low, high = bounds_of(column.schema_column)
    inside = ",".join(
        [f"VALUE({cell})>={low!r}"] * (low is not None) + [f"VALUE({cell})<={high!r}"] * (high is not None)
    )
    return {
        "validate": "custom",
        "value": f"=IFERROR(AND({inside}),TRUE)",
        "error_title": "Beyond the limits",
        "error_message": f"{_limits(column)}. Another unit may stand behind the number."[:255],
    }


def _limits(column: SheetColumn) -> str:
    low, high = bounds_of(column.schema_column)
    unit = display_unit(column.column)
    if low is not None and high is not None:
        return f"From {low:g} to {high:g} {unit}".strip()
    return f"At least {low:g} {unit}".strip() if low is not None else f"At most {high:g} {unit}".strip()


def explain_column(column: SheetColumn) -> str:
    """What a column means, its limits or words: the comment of its header."""
    lines = [column.description]
    vocabulary = vocabulary_of(column.schema_column)
    if vocabulary is not None:
        lines.append("Words: " + ", ".join(term.value for term in vocabulary))
    elif bounds_of(column.schema_column) != (None, None) and not column.target.endswith(".id"):
        lines.append(_limits(column))
    return ".\n".join(lines) + "."


def _width(column: SheetColumn) -> int:
    is_text = isinstance(column.schema_column.type, sa.String) and vocabulary_of(column.schema_column) is None
    return max(12, min(24, len(column.header) + 2), 28 * (is_text and "title" in column.target))
