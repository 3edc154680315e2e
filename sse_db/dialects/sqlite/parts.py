"""SQL that puts rows together from what they share: for a table, and for its history.

The names of tables and columns are those of the schema, which need no quotes.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa

from sse_db.dialects.parted import PartedRows
from sse_db.vocabulary import Action

OWN = -1
"""In place of the number of a part, for columns that rows have of their own."""


class Run(NamedTuple):
    """Columns of a table that follow each other in one part, or among the rows' own, and what stands around them where
    the history has them: what is the same for all rows is written down once, with the part."""

    number: int
    names: tuple[str, ...]
    before: str
    behind: str

    @property
    def told(self) -> str:
        """The column of the part that holds them as the history has them."""
        return f"told_{self.names[0]}"


def create_part(table: sa.Table, rows: PartedRows, number: int) -> str:
    """A table for the distinct values of some columns, and for what the history says of them."""
    columns = [_declare(table, name) for name in rows.parts[number].names]
    columns += [run.told for run in _runs(table, rows) if run.number == number]
    return f"CREATE TEMP TABLE part_{number} (code INTEGER PRIMARY KEY, {', '.join(columns)})"


def tell_part(table: sa.Table, rows: PartedRows, number: int) -> str:
    """The statement that writes what the history says of those values."""
    from sse_db.dialects.sqlite import history

    columns = []
    for run in _runs(table, rows):
        if run.number == number:
            words = history.as_json([table.c[name] for name in run.names], f"part_{number}")
            text = f"'{run.before}' || substr(words, 2, length(words) - 2) || '{run.behind}'"
            columns.append(f"{run.told} = (SELECT {text} FROM (SELECT {words} AS words))")
    return f"UPDATE temp.part_{number} SET {', '.join(columns)}"


def _runs(table: sa.Table, rows: PartedRows) -> list[Run]:
    """The columns of a table, as far as rows have them, in its order."""
    part_of = dict.fromkeys(rows.own, OWN)
    part_of |= {name: number for number, part in enumerate(rows.parts) for name in part.names}
    columns = [column.name for column in table.columns if column.name in part_of]
    runs = [(number, tuple(names)) for number, names in groupby(columns, key=part_of.__getitem__)]
    found = []
    for place, (number, names) in enumerate(runs):
        before = runs[place - 1] if place else (OWN, ())
        behind = runs[place + 1] if place + 1 < len(runs) else None
        start = f"{_close(before[1][-1], rows)}," if place else "{"
        end = "}" if behind is None else _open(behind[1][0], rows) if behind[0] == OWN else ""
        found.append(Run(number, names, start, end))
    return found


def _open(name: str, rows: PartedRows) -> str:
    """What stands before the value of an own column that is not the first."""
    return f',"{name}":' + _close(name, rows)


def _close(name: str, rows: PartedRows) -> str:
    """What stands behind the value of a column."""
    return '"' if name in rows.counted else ""


def create_staged(table: sa.Table, rows: PartedRows) -> str:
    """A table for what rows have of their own, their key first, and for the numbers of what they share."""
    key, *own = rows.own
    columns = [f"{key} INTEGER PRIMARY KEY"]
    columns += [f"{name} INTEGER" if name in rows.counted else _declare(table, name) for name in own]
    columns += [f"code_{number} INTEGER" for number in range(len(rows.parts))]
    return f"CREATE TEMP TABLE staged ({', '.join(columns)})"


def _declare(table: sa.Table, name: str) -> str:
    """A column with the type that it has in a table, as its values change with it."""
    return f"{name} {table.c[name].type.compile()}"


def staged_names(rows: PartedRows) -> list[str]:
    """The columns of that table."""
    return [*rows.own, *(f"code_{number}" for number in range(len(rows.parts)))]


def move_staged(table: sa.Table, rows: PartedRows) -> tuple[str, tuple[Any, ...]]:
    """The statement that writes staged rows, and the values of columns that are the same in all of them, which need not
    be looked up for each."""
    values = [f"staged.{name}" for name in rows.own]
    same: list[Any] = []
    for number, part in enumerate(rows.parts):
        for name, distinct in zip(part.names, map(set, zip(*part.things, strict=True)), strict=True):
            values.append("?" if len(distinct) == 1 else f"part_{number}.{name}")
            same += distinct if len(distinct) == 1 else ()
    names = ", ".join(rows.names)
    return f"INSERT INTO main.{table.name} ({names}) SELECT {', '.join(values)} {_joined(rows)}", tuple(same)


def _joined(rows: PartedRows) -> str:
    """Staged rows with what they share, which is looked up for each: the other way round it would take for ever."""
    parts = (f"part_{number}" for number in range(len(rows.parts)))
    joins = (f"CROSS JOIN temp.{part} ON {part}.code = staged.code_{number}" for number, part in enumerate(parts))
    return f"FROM temp.staged {' '.join(joins)}"


def log_staged(table: sa.Table, rows: PartedRows, trigger: str | None) -> str | None:
    """The statement that logs staged rows with the words of their trigger, which are put together from what each part
    says; None where the trigger is another one than ours, or where a number stands among the rows' own columns."""
    from sse_db.dialects.sqlite import history

    ours = history.create_statements()[f"log_{Action.INSERT}_{table.name}"]
    own = [table.c[name] for name in rows.own]
    ends = (table.c.keys()[0] in rows.own, table.c.keys()[-1] in rows.own)
    if trigger != ours or ends != (True, False):
        return None
    if len(rows.names) < len(table.c) or any(each.type.compile() not in ("INTEGER", "VARCHAR") for each in own):
        return None
    pieces = []
    for place, run in enumerate(_runs(table, rows)):
        if run.number != OWN:
            pieces.append(f"part_{run.number}.{run.told}")
            continue
        for number, name in enumerate(run.names):
            if number:
                pieces.append(f"'{_close(run.names[number - 1], rows)}{_open(name, rows)}'")
            elif place == 0:
                pieces.append(f"'{{\"{name}\":'")
            pieces.append(_quote(table.c[name], rows))
    return f"{history.log_inserted(table, 'staged.id', ' || '.join(pieces))} {_joined(rows)}"


def _quote(column: sa.Column[Any], rows: PartedRows) -> str:
    name = f"staged.{column.name}"
    is_number = column.name in rows.counted or (isinstance(column.type, sa.Integer) and not column.nullable)
    return name if is_number else f"json_quote({name})"
