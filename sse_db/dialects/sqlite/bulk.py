"""Many rows into a table of an SQLite file: history and CHECKs by the set, where row by row they take most of the time.

All of it belongs to the transaction it happens in: what is taken away meanwhile is back when it ends, either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa

from sse_db.dialects.parted import PartedRows
from sse_db.dialects.sqlite import parts
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


def insert_many(
    connection: sa.Connection,
    table: sa.Table,
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    parted: PartedRows | None = None,
) -> None:
    """Insert many rows, and those that share most of their values, with keys above all there were, each sort in the
    order of its keys; the history takes them all at once, in the order of their keys.

    What goes wrong leaves nothing, and the trigger as it was. Raises what SQLite refuses the rows for.
    """
    name = f"log_{Action.INSERT}_{table.name}"
    its = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
    highest = connection.exec_driver_sql(f"SELECT max(id) FROM {table.name}").scalar() or 0
    with connection.begin_nested():
        trigger = connection.exec_driver_sql(its, (name,)).scalar()
        if trigger is not None:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        insert_rows(connection, table, names, rows)
        log = parts.log_staged(table, parted, trigger) if parted and not rows else None
        if parted:
            _insert_parted(connection, table, parted, log)
        if trigger is not None:
            if log is None:
                source = f"{table.name} AS NEW WHERE NEW.id > ? ORDER BY NEW.id"
                connection.exec_driver_sql(log_all(trigger, source), (highest,))
            connection.exec_driver_sql(trigger)


def delete_many(connection: sa.Connection, table: sa.Table, ids: Sequence[int]) -> None:
    """Delete many rows; the history takes them all at once, in the order of the ids given."""
    name = f"log_{Action.DELETE}_{table.name}"
    its = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
    with connection.begin_nested():
        connection.exec_driver_sql("CREATE TEMP TABLE gone (place INTEGER PRIMARY KEY, id INTEGER)")
        _insert(connection, "temp.gone", ["place", "id"], enumerate(ids))
        trigger = connection.exec_driver_sql(its, (name,)).scalar()
        if trigger is not None:
            source = f"temp.gone CROSS JOIN {table.name} AS OLD ON OLD.id = gone.id ORDER BY gone.place"
            connection.exec_driver_sql(log_all(trigger, source))
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE id IN (SELECT id FROM temp.gone)")
        if trigger is not None:
            connection.exec_driver_sql(trigger)
        connection.exec_driver_sql("DROP TABLE temp.gone")


def row_as_json(table: sa.Table, name: str) -> str:
    """The expression for a row as the history writes it."""
    from sse_db.dialects.sqlite import history

    return history.as_json(table.columns, name)


_INSERTING = re.compile(r"BEGIN\s+(INSERT INTO \w+ \([^)]*\))\s+VALUES \((.*)\);\s*END\s*\Z", re.DOTALL)


def log_all(trigger: str, source: str) -> str:
    """The statement of a trigger that logs a row, for all rows of a source, which names them as the trigger does.

    >>> log_all("CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO log (b) VALUES (NEW.id); END", "a AS NEW")
    'INSERT INTO log (b) SELECT NEW.id FROM a AS NEW'
    """
    from sse_db.dialects.sqlite import history  # which knows the schema: commands that only read do without

    found = _INSERTING.search(trigger)
    if found is None:
        raise ValueError(f"no trigger that inserts: {trigger}")
    values = found[2].replace(history.NOW, f"(SELECT {history.NOW})")  # asked once
    return f"{found[1]} SELECT {values} FROM {source}"


def _insert_parted(connection: sa.Connection, table: sa.Table, rows: PartedRows, log: str | None) -> None:
    """Insert rows put together by SQLite from what they share.

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
        _insert_staged(connection, table, rows, log)
    finally:
        if checked:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def _are_told_by_parts(table: sa.Table, rows: PartedRows) -> bool:
    """Whether every CHECK looks at the columns of one part alone."""
    checks = [each for each in table.constraints if isinstance(each, sa.CheckConstraint)]
    seen = [set(re.findall(r"\w+", str(each.sqltext))) & {*table.c.keys()} for each in checks]
    return all(any(columns <= {*part.names} for part in rows.parts) for columns in seen)


def _insert_staged(connection: sa.Connection, table: sa.Table, rows: PartedRows, log: str | None) -> None:
    """Write what rows share into tables of its own, the rows' numbers of it by and by into another, and join them."""
    for number, part in enumerate(rows.parts):
        connection.exec_driver_sql(parts.create_part(table, rows, number))
        things = ((code, *each) for code, each in enumerate(part.things))
        _insert(connection, f"temp.part_{number}", ["code", *part.names], things)
        if log is not None:
            connection.exec_driver_sql(parts.tell_part(table, rows, number))
    connection.exec_driver_sql(parts.create_staged(table, rows))
    statements = [parts.move_staged(table, rows), *([(log, ())] if log else []), ("DELETE FROM temp.staged", ())]
    names = parts.staged_names(rows)
    for start in range(0, len(rows), STAGED_AT_ONCE):
        _insert(connection, "temp.staged", names, rows.stage(start, start + STAGED_AT_ONCE))
        for statement, values in statements:
            connection.exec_driver_sql(statement, values)
    for name in ("staged", *(f"part_{number}" for number in range(len(rows.parts)))):
        connection.exec_driver_sql(f"DROP TABLE temp.{name}")
