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
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from etl.sheets import PUBLIC_DATA_SETS
from etl.sheets.base import SheetColumn
from etl.sheets.foreign import FOREIGN
from sse_db.errors import UnusableMapping
from sse_db.spelling import suggest
from sse_db.units import is_unit_for
from sse_db.vocabulary import fold


@lru_cache(maxsize=512)
def find_target(name: str) -> SheetColumn:
    """The column of ours that a name means; raises ValueError with the nearest one."""
    for column in FOREIGN.columns:
        if fold(name) in map(fold, (column.name, column.header, *column.aliases)):
            return column
    raise ValueError(f"there is no column {name}: {suggest(name, [each.name for each in FOREIGN.columns])}")


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _check_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text} is no regular expression: {error}") from error
    return text


Targets = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Pattern = Annotated[str, BeforeValidator(_check_pattern)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnMap(_Strict):
    """What a column of the file means.

    ``to`` names columns of ours; ``at`` is the temperature of a column's values in a wide sheet; a row in which one of
    the columns ``unless`` is filled is not read here; ``basis`` says whether the source states which contribution the
    values are. ``words`` replaces cells as a whole; of a cell ``split`` at a sign the first part is taken that does not
    begin as one of ``rather_not``, and the others are kept in the remark; ``whole`` strips the ``.0`` of a number that
    is a name; ``prefix`` goes before the text, in a remark that several columns make up; a cell that cannot be read
    goes to ``otherwise``.
    """

    to: Targets
    unit: str | None = None
    log: bool = False
    at: str | None = None
    unless: tuple[str, ...] = ()
    basis: Literal["stated", "assumed"] | None = None
    words: dict[str, str] = {}
    split: str | None = None
    rather_not: tuple[str, ...] = ()
    whole: bool = False
    prefix: str = ""
    otherwise: str | None = None

    @field_validator("to", "otherwise")
    @classmethod
    def _known(cls, names: Any) -> Any:
        for name in (names,) if isinstance(names, str) else names or ():
            find_target(name)
        return names

    def model_post_init(self, _: Any) -> None:
        """Refuse a unit that is none of the column's."""
        for target in self.targets:
            if self.unit is not None and not is_unit_for(self.unit, target.column):
                raise ValueError(f"{self.unit} is no unit of {target.name}")

    @property
    def targets(self) -> tuple[SheetColumn, ...]:
        """The columns of ours that it fills."""
        return tuple(find_target(name) for name in self.to)


def _as_column(value: Any) -> Any:
    return {"to": value} if isinstance(value, str | list) else value


class Layout(_Strict):
    """How a sheet lies: rows are numbered as a spreadsheet shows them.

    ``sections`` is the column of ours that a row with a single filled cell gives to the rows below it; ``fill_down``
    are columns whose blank cells mean what stands above, as long as the first of them is blank too; ``label`` makes a
    sample's name of columns in braces; ``replicates`` is a column whose text tells apart several values of one kind at
    one temperature.
    """

    name: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    first_row: int | None = Field(default=None, ge=1)
    last_row: int | None = Field(default=None, ge=1)
    skip_rows: tuple[int, ...] = ()
    decimal: Literal[".", ","] | None = None
    sections: str | None = None
    fill_down: tuple[str, ...] = ()
    label: str | None = None
    replicates: str | None = None

    @field_validator("sections")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        if name is not None:
            find_target(name)
        return name


class Correction(_Strict):
    """A cell of some rows of a public data set that is read differently, and why; ``found`` is what stands there."""

    rows: tuple[str, ...]
    column: str
    found: Pattern = ".*"
    text: str | None = None
    to: str | None = None
    basis: Literal["stated", "assumed"] | None = None
    reason: str


class Defect(_Strict):
    """Rows of a public data set that are listed and passed over; ``found`` is what must stand in their cells."""

    rows: tuple[str, ...]
    found: dict[str, Pattern] = {}
    reason: str


class Expected(_Strict):
    """How many rows of the whole data set have cells of these patterns, or a cell that an earlier row has too.

    A number that is not ``firm`` comes from a description whose way of counting is not known: another one is a doubt.
    """

    what: str
    rows: int
    cells: dict[str, Pattern] = {}
    repeated: str | None = None
    firm: bool = True


class Edition(_Strict):
    """The published file that the numbers were taken from: how many rows it has, and what is odd in how many."""

    rows: int
    source: str
    expected: tuple[Expected, ...] = ()


class Companions(_Strict):
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


class SheetMapping(_Strict):
    """All that is known of a foreign sheet.

    A user's own file gives the first part. Of public data sets it is also known what they are called, by which headers
    they are recognised, which files hold the whole, which column names a row, and what is odd in which rows.
    """

    sheet: Layout = Layout()
    columns: dict[str, Annotated[ColumnMap, BeforeValidator(_as_column)]]
    constants: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
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

    @field_validator("constants", "words")
    @classmethod
    def _known(cls, table: dict[str, Any]) -> dict[str, Any]:
        for name in table:
            find_target(name)
        return table

    def model_post_init(self, _: Any) -> None:
        """Refuse a mapping that names no sample."""
        filled = {target.target for column in self.columns.values() for target in column.targets}
        filled |= {find_target(name).target for name in self.constants}
        if "samples.label" not in filled and self.sheet.label is None:
            raise ValueError('no column is mapped to Sample: map one, or give [sheet] label = "{a column}"')


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
    told = [f"{'.'.join(map(str, each['loc'])) or 'the file'}: {each['msg']}" for each in error.errors()]
    return "; ".join(text.replace("Value error, ", "") for text in told)


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
    """A header as headers are compared: without case, and without blanks and hyphens that differ."""
    return fold(text.replace("\ufeff", ""))
