"""Command-line texts to typed cells, column by column, with the readers, words and limits of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from etl.cells.contracts import UNPRINTABLE, check_limits, find_unprintable
from etl.cells.limits import find_doubtful
from etl.cells.normalise import Parsed, TypedRow, read_term, read_text
from etl.cells.quantities import is_blank
from etl.drafts import Cell
from etl.problems import Findings, error_code
from etl.sheets.workbook import WORKBOOK
from sse_db.columns import bounds_of, vocabulary_of
from sse_db.errors import SseDbError, WrongUsage
from sse_db.records.keys import TABLES
from sse_db.spelling import suggest
from sse_db.units import suffix_of
from sse_db.vocabulary import Term, fold

BY_HAND = "by hand"
"""``source_row`` of a row that no file brought."""

NOT_TYPED = ("id", "batch_id", "source_row", "as_written", "sample_id", "temperature_basis")
OTHER_NAMES = {
    "impedance_measurements": {"σ": "conductivity_s_per_cm", "sigma": "conductivity_s_per_cm"},
    "activation_energies": {"ea": "activation_energy_ev", "region": "replicate_label"},
    "processing_steps": {"words": "operation_text"},
}
"""Names that curators use beside those of the columns and the headers of the workbook."""

PLACE_AND_VALUE = re.compile(r"\s*(?P<place>[^:=]*?)\s*(?P<sign>[:=])(?P<rest>.*)", re.DOTALL)


@dataclass(slots=True)
class Fields:
    """The columns of one row that a command sets: those with a value, and those to be emptied."""

    row: TypedRow
    emptied: dict[str, Cell] = field(default_factory=dict)

    def cells(self, table: str) -> dict[str, Parsed]:
        """The columns with a value."""
        return {target.removeprefix(f"{table}."): parsed for (target, _), parsed in self.row.cells.items()}


def read_fields(table: str, given: Mapping[str, Cell], findings: Findings) -> Fields:
    """Typed cells of columns of a table; a blank text empties its column. Problems go to the findings."""
    fields = Fields(TypedRow(1))
    unprintable = {list(given)[place] for place in find_unprintable([cell.text for cell in given.values()])}
    for name, cell in given.items():
        column = TABLES[table].c[name]
        if name in unprintable:
            findings.add(cell, "control-character", UNPRINTABLE)
        elif is_blank(cell.text):
            _empty(fields, column, cell, findings)
        else:
            _read(fields, column, cell, findings)
    return fields


def _empty(fields: Fields, column: sa.Column[Any], cell: Cell, findings: Findings) -> None:
    if column.nullable or column.name == "replicate_label":
        fields.emptied[column.name] = cell
    else:
        findings.add(cell, "cannot-be-empty", f"{column.name} cannot be empty", str(column.comment))


def _read(fields: Fields, column: sa.Column[Any], cell: Cell, findings: Findings) -> None:
    target = f"{column.table.name}.{column.name}"
    vocabulary = vocabulary_of(column)
    try:
        if vocabulary is not None and issubclass(vocabulary, Term):
            value: Any = read_term(vocabulary, cell.text)
        else:
            value = read_text(cell.text, column)
    except SseDbError as error:
        findings.add(cell, error_code(error), str(error), error.hint)
        fields.row.unread.add(target)
        return
    if doubtful := find_doubtful(value, column):
        findings.add(cell, *doubtful, severity="doubt")
    parsed = Parsed(value, cell, column.name)
    fields.row.cells[target, ""] = parsed
    if bounds_of(column) != (None, None):
        check_limits({column: [parsed]}, findings)


@dataclass(frozen=True, slots=True)
class Words:
    """One parsed option about a child row: which row it names, and its columns."""

    place: str
    cells: dict[str, Cell]
    flag: str

    @property
    def cell(self) -> Cell:
        """The words as a whole."""
        return Cell(self.flag, 1, self.flag, self.place)


def split_words(flag: str, table: str, usual: str, text: str) -> Words:
    """``PLACE = VALUE`` of the usual column, or ``PLACE: NAME = VALUE; NAME = VALUE``; raises WrongUsage."""
    match = PLACE_AND_VALUE.fullmatch(text)
    if match is None:
        raise WrongUsage(f'{flag} "{text}": neither = nor : in it', f"for example {EXAMPLES[table]}")
    if match["sign"] == "=":
        return Words(match["place"], {usual: Cell(flag, 1, usual, match["rest"].strip())}, flag)
    names, cells = names_of(table), {}
    for part in match["rest"].split(";"):
        name, sign, value = part.partition("=")
        if not sign:
            raise WrongUsage(f'{flag} "{text}": {part.strip()} is not NAME = VALUE', f"for example {EXAMPLES[table]}")
        column = names.get(fold(name))
        if column is None:
            raise WrongUsage(f'{flag} "{text}": there is no column {name.strip()}', suggest(name, [*names]))
        cells[column] = Cell(flag, 1, name.strip(), value.strip())
    return Words(match["place"], cells, flag)


EXAMPLES = {
    "processing_steps": '"sintering: temperature = 1150 °C; time = 6 h"',
    "impedance_measurements": '"bulk @ 25 °C = 3.2e-4 S/cm"',
    "activation_energies": '"bulk = 0.35 eV"',
}


def names_of(table: str) -> dict[str, str]:
    """What the columns of a table are called: as in the schema, without the unit, as in the workbook."""
    names = {fold(name): column for name, column in OTHER_NAMES.get(table, {}).items()}
    for column in TABLES[table].c:
        if column.name not in NOT_TYPED:
            suffix = suffix_of(column.name)
            plain = column.name.removesuffix(f"_{suffix}") if suffix else column.name
            names |= {fold(column.name): column.name, fold(plain): column.name}
    for sheet in WORKBOOK:
        for header in sheet.columns:
            if header.column in TABLES[table].c and not header.part and header.table in (table, MEASUREMENTS):
                for name in (header.name, *header.aliases):
                    names.setdefault(fold(name), header.column)
    return {name: column for name, column in names.items() if column not in NOT_TYPED}


MEASUREMENTS = "impedance_measurements"


def find_fault(table: str, name: str, text: str) -> str:
    """What is wrong with a text for a column, with a hint; empty when it can be read."""
    findings = Findings("")
    read_fields(table, {name: Cell(name, 1, name, text)}, findings)
    return "; ".join(f"{each.message} ({each.hint})" if each.hint else each.message for each in findings.errors)
