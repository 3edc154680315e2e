"""Many rows into a table of an SQLite file: history and CHECKs by the set, where row by row they take most of the time.

All of it belongs to the transaction it happens in: what is taken away meanwhile is back when it ends, either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa

from sse_db.dialects.parted import PartedRows
from sse_db.vocabulary import Action

ROWS_AT_ONCE = 500
"""Rows of one statement: SQLite builds the lists of words in CHECK constraints anew for each statement."""
MOST_VARIABLES = 30_000
STAGED_AT_ONCE = 10_000
MOST_TELLING = 0.5
"""Share of rows up to which those that tell of all are checked first, instead of each where it is written."""


def insert_rows(
    connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert many rows, given as values in the order of the columns' names; raises what SQLite refuses them for."""
    quote = connection.dialect.identifier_preparer.quote
    _insert(connection, quote(table.name), [quote(name) for name in names], rows)


def _insert(connection: sa.Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    size = min(ROWS_AT_ONCE, MOST_VARIABLES // len(names))
    into = f"INSERT INTO {table} ({', '.join(names)}) VALUES "
    row_of = f"({', '.join('?' * len(names))})"
    remaining = iter(rows)
    while chunk := list(islice(remaining, size)):
        statement = into + ", ".join([row_of] * len(chunk))
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(chunk)))


@contextmanager
def logged_at_once(connection: sa.Connection, table: sa.Table, highest: int) -> Iterator[None]:
    """Rows inserted meanwhile, whose keys are all above ``highest``, enter the history by one statement at the end.

    It is the trigger's own statement, run over all of them in the order of their keys, so that the log is the one that
    the trigger would have written. What goes wrong inside leaves nothing, and the trigger as it was.
    """
    name = f"log_{Action.INSERT}_{table.name}"
    its = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
    trigger = connection.exec_driver_sql(its, (name,)).scalar()
    with connection.begin_nested():
        if trigger is not None:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield
        if trigger is not None:
            connection.exec_driver_sql(log_all(trigger, table.name), (highest,))
            connection.exec_driver_sql(trigger)


_INSERTING = re.compile(r"BEGIN\s+(INSERT INTO \w+ \([^)]*\))\s+VALUES \((.*)\);\s*END\s*\Z", re.DOTALL)


def log_all(trigger: str, table: str) -> str:
    """The statement of a trigger that logs a new row, for all rows with keys above one.

    >>> log_all("CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO log (b) VALUES (NEW.id); END", "a")
    'INSERT INTO log (b) SELECT NEW.id FROM a AS NEW WHERE NEW.id > ? ORDER BY NEW.id'
    """
    found = _INSERTING.search(trigger)
    if found is None:
        raise ValueError(f"no trigger that inserts: {trigger}")
    return f"{found[1]} SELECT {found[2]} FROM {table} AS NEW WHERE NEW.id > ? ORDER BY NEW.id"


def insert_parted(connection: sa.Connection, table: sa.Table, rows: PartedRows) -> None:
    """Insert rows put together by SQLite from what they share; raises what it refuses them for.

    A CHECK that looks at what is shared alone says the same of all rows that share it: rows with all there is are
    tried with the CHECKs, and then all are written without them.
    """
    telling = rows.find_telling() if _are_told_by_parts(table, rows) else []
    checked = bool(telling) and len(telling) < MOST_TELLING * len(rows)
    if checked:
        with connection.begin_nested() as trial:
            few = rows.pick(telling)
            insert_rows(connection, table, few.names, few.build())
            trial.rollback()
    try:
        if checked:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        _insert_staged(connection, table, rows)
    finally:
        if checked:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def _are_told_by_parts(table: sa.Table, rows: PartedRows) -> bool:
    """Whether every CHECK looks at the columns of one part alone."""
    checks = [each for each in table.constraints if isinstance(each, sa.CheckConstraint)]
    seen = [set(re.findall(r"\w+", str(each.sqltext))) & {*table.c.keys()} for each in checks]
    return all(any(columns <= {*part.names} for part in rows.parts) for columns in seen)


def _insert_staged(connection: sa.Connection, table: sa.Table, rows: PartedRows) -> None:
    quote = connection.dialect.identifier_preparer.quote
    joins, shared, codes = [], [], []
    for number, part in enumerate(rows.parts):
        name, code, columns = f"temp.part_{number}", f"code_{number}", [*map(quote, part.names)]
        connection.exec_driver_sql(f"CREATE TEMP TABLE part_{number} (code INTEGER PRIMARY KEY, {', '.join(columns)})")
        _insert(connection, name, ["code", *columns], ((code, *each) for code, each in enumerate(part.things)))
        joins.append(f"CROSS JOIN {name} ON part_{number}.code = staged.{code}")  # in this order, for each row
        shared += [f"part_{number}.{column}" for column in columns]
        codes.append(code)
    own = [*map(quote, rows.own)]
    connection.exec_driver_sql(
        f"CREATE TEMP TABLE staged ({own[0]} INTEGER PRIMARY KEY, {', '.join([*own[1:], *codes])})"
    )
    values = ", ".join([*(f"staged.{name}" for name in own), *shared])
    move = (
        f"INSERT INTO main.{quote(table.name)} ({', '.join(map(quote, rows.names))}) "
        f"SELECT {values} FROM temp.staged {' '.join(joins)}"
    )
    for start in range(0, len(rows), STAGED_AT_ONCE):
        _insert(connection, "temp.staged", [*own, *codes], rows.stage(start, start + STAGED_AT_ONCE))
        connection.exec_driver_sql(move)
        connection.exec_driver_sql("DELETE FROM temp.staged")
    for name in ("staged", *(f"part_{number}" for number in range(len(rows.parts)))):
        connection.exec_driver_sql(f"DROP TABLE temp.{name}")
