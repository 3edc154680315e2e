"""What a sheet map is made of: plain data that says which header feeds which column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from sse_db.schema import metadata
from sse_db.units import display_unit


@cache
def _find_column(target: str) -> sa.Column[Any]:
    table, _, column = target.partition(".")
    return metadata.tables[table].columns[column]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet: its header, the table column it feeds, and other headers that mean it.

    ``part`` tells apart several rows of one table that stand side by side, such as bulk and total conductivity.
    ``unsaid`` are headers that mean it without saying which part they are of: the part is then assumed.
    """

    name: str
    target: str
    part: str = ""
    aliases: tuple[str, ...] = ()
    meaning: str = ""
    unsaid: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All headers that mean the column."""
        return (self.name, self.header, *self.aliases, *self.unsaid)

    @property
    def table(self) -> str:
        """Table of the target."""
        return self.target.partition(".")[0]

    @property
    def column(self) -> str:
        """Column of the target."""
        return self.target.partition(".")[2]

    @property
    def schema_column(self) -> sa.Column[Any]:
        """The declared column, with its limits and vocabulary."""
        return _find_column(self.target)

    @property
    def header(self) -> str:
        """The header as our own writer writes it, with the unit."""
        unit = display_unit(self.column)
        return f"{self.name} ({unit})" if unit else self.name

    @property
    def description(self) -> str:
        """What the column means, for comments in the template."""
        return self.meaning or str(self.schema_column.comment)


@dataclass(frozen=True, slots=True)
class SheetMap:
    """A sheet format: its columns in order, and the targets that no sheet of it can do without; ``read_too`` are
    columns that are read where they stand but not offered."""

    name: str
    columns: tuple[SheetColumn, ...]
    required: tuple[str, ...]
    read_too: tuple[SheetColumn, ...] = ()


def insert_after(columns: tuple[SheetColumn, ...], further: dict[str, SheetColumn]) -> tuple[SheetColumn, ...]:
    """Columns with further ones, each behind the column of the name that it is given by; raises KeyError for none."""
    missing = further.keys() - {column.name for column in columns}
    if missing:
        raise KeyError(f"there is no column {', '.join(sorted(missing))}")
    return tuple(each for column in columns for each in (column, further.get(column.name)) if each is not None)


ROW_KEY = "Row key"


def row_key_column(table: str) -> tuple[SheetColumn, ...]:
    """The column by which an exported line is known again; no template offers it."""
    return (SheetColumn(ROW_KEY, f"{table}.source_row", meaning="Filled in by exports; leave it blank in a new row"),)
