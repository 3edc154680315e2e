"""SQL that puts rows together from what they share: for a table, and for its history.

The names of tables and columns are those of the schema, which need no quotes.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import sqlalchemy as sa

from sse_db.dialects.parted import PartedRows
from sse_db.vocabulary import Action

OWN = -1
"""In place of the number of a part, for columns that rows have of their own."""


def create_part(table: sa.Table, rows: PartedRows, number: int) -> str:
    """A table for the distinct values of some columns, and for what the history says of them."""
    columns = [_declare(table, name) for name in rows.parts[number].names]
    columns += [told for told, _ in _told_by(table, rows, number)]
    return f"CREATE TEMP TABLE part_{number} (code INTEGER PRIMARY KEY, {', '.join(columns)})"


def tell_part(table: sa.Table, rows: PartedRows, number: int) -> str:
    """The statement that writes what the history says of those values."""
    from sse_db.dialects import sqlite_history

    columns = []
    for told, names in _told_by(table, rows, number):
        words = sqlite_history.as_json([table.c[name] for name in names], f"part_{number}")
        columns.append(f"{told} = (SELECT ',' || substr(words, 2, length(words) - 2) FROM (SELECT {words} AS words))")
    return f"UPDATE temp.part_{number} SET {', '.join(columns)}"


def _told_by(table: sa.Table, rows: PartedRows, number: int) -> list[tuple[str, list[str]]]:
    """The columns that hold what the history says of a part, each with those of the table that it speaks of."""
    runs = [names for its, names in _runs(table, rows) if its == number]
    return [(f"told_{names[0]}", names) for names in runs]


def _runs(table: sa.Table, rows: PartedRows) -> list[tuple[int, list[str]]]:
    """The columns of a table in their order, as far as they follow each other in one part, with its number."""
    part_of = dict.fromkeys(rows.own, OWN)
    part_of |= {name: number for number, part in enumerate(rows.parts) for name in part.names}
    columns = [column.name for column in table.columns if column.name in part_of]
    return [(number, list(names)) for number, names in groupby(columns, key=part_of.__getitem__)]


def create_staged(table: sa.Table, rows: PartedRows) -> str:
    """A table for what rows have of their own, their key first, and for the numbers of what they share."""
    key, *own = rows.own
    columns = [f"{key} INTEGER PRIMARY KEY", *(_declare(table, name) for name in own)]
    columns += [f"code_{number} INTEGER" for number in range(len(rows.parts))]
    return f"CREATE TEMP TABLE staged ({', '.join(columns)})"


def _declare(table: sa.Table, name: str) -> str:
    """A column with the type that it has in a table, as its values change with it."""
    return f"{name} {table.c[name].type.compile()}"


def staged_names(rows: PartedRows) -> list[str]:
    """The columns of that table."""
    return [*rows.own, *(f"code_{number}" for number in range(len(rows.parts)))]


def move_staged(table: sa.Table, rows: PartedRows) -> str:
    """The statement that writes staged rows."""
    values = [f"staged.{name}" for name in rows.own]
    values += [f"part_{number}.{name}" for number, part in enumerate(rows.parts) for name in part.names]
    return f"INSERT INTO main.{table.name} ({', '.join(rows.names)}) SELECT {', '.join(values)} {_joined(rows)}"


def _joined(rows: PartedRows) -> str:
    """Staged rows with what they share, which is looked up for each: the other way round it would take for ever."""
    parts = (f"part_{number}" for number in range(len(rows.parts)))
    joins = (f"CROSS JOIN temp.{part} ON {part}.code = staged.code_{number}" for number, part in enumerate(parts))
    return f"FROM temp.staged {' '.join(joins)}"


def log_staged(table: sa.Table, rows: PartedRows, trigger: str | None) -> str | None:
    """The statement that logs staged rows with the words of their trigger, which are put together from what each part
    says; None where the trigger is another one than ours, or where a number stands among the rows' own columns."""
    from sse_db.dialects import sqlite_history

    ours = sqlite_history.create_statements()[f"log_{Action.INSERT}_{table.name}"]
    own = [table.c[name] for name in rows.own]
    if trigger != ours or next(iter(rows.own)) != table.c.keys()[0]:
        return None
    if len(rows.names) < len(table.c) or any(each.type.compile() not in ("INTEGER", "VARCHAR") for each in own):
        return None
    pieces = []
    for number, names in _runs(table, rows):
        if number == OWN:
            pieces += [f"',\"{name}\":' || {_quote(table.c[name])}" for name in names]
        else:
            pieces.append(f"part_{number}.told_{names[0]}")
    after = " || ".join(pieces).replace("',", "'{", 1) + " || '}'"
    return f"{sqlite_history.log_inserted(table, 'staged.id', after)} {_joined(rows)}"


def _quote(column: sa.Column[Any]) -> str:
    name = f"staged.{column.name}"
    return name if isinstance(column.type, sa.Integer) and not column.nullable else f"json_quote({name})"
