"""What a mapping says about a sheet that is not ours: plain data from a TOML file, checked before a row is read.

The public data sets are read through the same mappings, which lie beside the sheet maps in ``etl/sheets``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from etl.foreign.column_map import ColumnMap, ColumnMaps, Pattern, Strict, find_sheet_column
from etl.sheets import PUBLIC_DATA_SETS
from sse_db.errors import UnusableMapping
from sse_db.vocabulary import fold


class Layout(Strict):
    """How a sheet lies: rows are numbered as a spreadsheet shows them.

    ``header_rows`` are the rows that make up a header together, the last of them the row above the data: a text over
    several columns holds for each of them, and the texts of a column are joined as in ``100 °C | σ bulk (S/cm)``.
    ``sections`` is the column of ours that a row with a single filled cell gives to the rows below it; ``fill_down``
    are columns whose blank cells mean what stands above, as long as the first of them is blank too; ``label`` makes a
    sample's name of columns in braces; ``replicates`` is a column whose text tells apart several values of one kind at
    one temperature. With ``bad_rows`` "list" a row that cannot be read is listed and passed over, and the others land.
    """

    name: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    header_rows: tuple[int, ...] = ()
    first_row: int | None = Field(default=None, ge=1)
    last_row: int | None = Field(default=None, ge=1)
    skip_rows: tuple[int, ...] = ()
    decimal: Literal[".", ","] | None = None
    sections: str | None = None
    fill_down: tuple[str, ...] = ()
    label: str | None = None
    replicates: str | None = None
    bad_rows: Literal["refuse", "list"] = "refuse"

    @field_validator("sections")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        if name is not None:
            find_sheet_column(name)
        return name

    def model_post_init(self, _: Any) -> None:
        """Refuse rows that contradict each other."""
        if self.header_rows and self.header_row not in (None, self.header_rows[-1]):
            raise ValueError("header_row is the last of header_rows: give one of them")
        if list(self.header_rows) != sorted(set(self.header_rows)) or any(row < 1 for row in self.header_rows):
            raise ValueError("header_rows are the numbers of rows, from top to bottom")
        rows = [row for row in (self.last_header, self.first_row, self.last_row) if row is not None]
        if rows != sorted(rows) or (self.last_header is not None and self.first_row == self.last_header):
            raise ValueError("header_row, first_row and last_row stand in this order")

    @property
    def last_header(self) -> int | None:
        """The row of the header above the data, None where it is to be found."""
        return self.header_rows[-1] if self.header_rows else self.header_row


class Correction(Strict):
    """A cell of some rows of a public data set that is read differently, and why; ``found`` is what stands there."""

    rows: tuple[str, ...]
    column: str
    found: Pattern = ".*"
    text: str | None = None
    to: str | None = None
    basis: Literal["stated", "assumed"] | None = None
    reason: str


class Defect(Strict):
    """Rows of a public data set that are listed and passed over; ``found`` is what must stand in their cells."""

    rows: tuple[str, ...]
    found: dict[str, Pattern] = Field(default_factory=dict)
    reason: str


class Expected(Strict):
    """How many rows of the whole data set have cells of these patterns, or a cell that an earlier row has too.

    A number that is not ``firm`` comes from a description whose way of counting is not known: another one is a doubt.
    """

    what: str
    rows: int
    cells: dict[str, Pattern] = Field(default_factory=dict)
    repeated: str | None = None
    firm: bool = True


class Edition(Strict):
    """The published file that the numbers were taken from: how many rows it has, and what is odd in how many."""

    rows: int
    source: str
    expected: tuple[Expected, ...] = ()


class Companions(Strict):
    """Structure files that lie beside the table, named after its rows: archives or folders, the first found is read.

    ``{table}`` in a place is the table's name without suffix. The others name columns of the table: Z; what is filled
    where the coordinates were perturbed, and where the file is of a neighbouring composition; then its source; the ICSD
    number.
    """

    places: tuple[str, ...]
    units: str
    perturbed: str
    close: str
    source: str
    icsd: str
    files: int
    without_lithium: tuple[str, ...] = ()


class SheetMapping(Strict):
    """All that is known of a foreign sheet.

    ``composed`` makes a text of ours from columns in braces, such as a formula from amounts. A user's own file gives
    the first part. Of public data sets it is also known what they are called, by which headers they are recognised,
    which files hold the whole, which column names a row, and what is odd in which rows.
    """

    sheet: Layout = Layout()
    columns: dict[str, ColumnMaps]
    constants: dict[str, str] = Field(default_factory=dict)
    composed: dict[str, str] = Field(default_factory=dict)
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    required: tuple[str, ...] | None = None

    title: str = ""
    key: str | None = None
    recognise: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    edition: Edition | None = None
    corrections: tuple[Correction, ...] = ()
    defects: tuple[Defect, ...] = ()
    structures: Companions | None = None

    @field_validator("constants", "words", "composed")
    @classmethod
    def _known(cls, table: dict[str, Any]) -> dict[str, Any]:
        for name in table:
            find_sheet_column(name)
        return table

    def model_post_init(self, _: Any) -> None:
        """Refuse a mapping that names no sample."""
        filled = {target.target for told in self.each_column for target in told.targets}
        filled |= {find_sheet_column(name).target for name in (*self.constants, *self.composed)}
        if "samples.label" not in filled and self.sheet.label is None:
            raise ValueError('no column is mapped to Sample: map one, or give [sheet] label = "{a column}"')

    @property
    def each_column(self) -> tuple[ColumnMap, ...]:
        """All that is said of columns, one after the other."""
        return tuple(told for maps in self.columns.values() for told in maps)

    @property
    def is_known_set(self) -> bool:
        """Whether it is the mapping of a public data set, which was compared with the published file."""
        return bool(self.recognise)


def read_mapping(path: Path) -> SheetMapping:
    """A mapping from a TOML file; raises UnusableMapping with what is wrong where."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableMapping(f"{path.name}: {getattr(error, 'strerror', None) or error}") from error
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str) -> SheetMapping:
    """A mapping from the text of a TOML file; raises UnusableMapping."""
    try:
        return SheetMapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        hint = "a header with blanks or signs stands in quotation marks; see sse-db map guess"
        raise UnusableMapping(f"{name}: no TOML: {error}", hint) from error
    except ValidationError as error:
        raise UnusableMapping(f"{name}: {_explain(error)}", "see sse-db map guess for a draft") from error


def _explain(error: ValidationError) -> str:
    told = [f"{_place(each['loc']) or 'the file'}: {each['msg']}" for each in error.errors()]
    return "; ".join(text.replace("Value error, ", "") for text in told)


def _place(parts: tuple[int | str, ...]) -> str:
    """Where in the file: the tables of one column are numbered only where there are several of them."""
    return ".".join(str(part) for part in parts if not (parts[0] == "columns" and part == 0))


@cache
def public_mapping(name: str) -> SheetMapping:
    """The mapping of a public data set."""
    return parse_mapping(_public_text(name), f"{name}.toml")


@cache
def public_facts() -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    """For each public data set the headers that it is recognised by and the names of its whole tables; quickly, for
    every import asks for them."""
    tables = {name: tomllib.loads(_public_text(name)) for name in PUBLIC_DATA_SETS}
    return {
        name: (frozenset(map(fold_header, table["recognise"])), tuple(table.get("tables", ())))
        for name, table in tables.items()
    }


def _public_text(name: str) -> str:
    return files("etl.sheets").joinpath(f"{name}.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=4096)
def fold_header(text: str) -> str:
    """A header as headers are compared: without case, and without blanks and hyphens that differ.

    The sign of a number stays: ``-20 °C`` and ``20 °C`` are two headers.
    """
    plain = re.sub("[−‐‑‒–—]", "-", text.replace("\ufeff", ""))
    return fold(re.sub(r"(?<![^\s(\[|@])([-+])\s?(?=[\d.])", lambda sign: "minus" if sign[1] == "-" else "plus", plain))
