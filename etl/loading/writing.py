"""The one place that validates and writes rows; a violated constraint becomes a problem with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import islice
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from etl.loading.row_models import validate_row
from etl.loading.write_columns import ColumnRows
from etl.planning.plan import Outcome, RowChange
from etl.planning.plan_columns import TABLE, AddedColumns
from sse_db.columns import explain_rule
from sse_db.dialects import choose
from sse_db.errors import Problem, RefusedFile
from sse_db.records.keys import CHUNK, TABLES, Row
from sse_db.schema import metadata

REFUSALS = (sa.exc.IntegrityError, sa.exc.DataError, OverflowError, UnicodeEncodeError)

MANY = 1_000
"""New rows of a table from which on they are inserted by the set; the way there costs a few milliseconds."""

TAKEN = "is taken by another row"
PARENTS = ("samples", "compositions", "publications")
LEAVES = tuple(table for table in reversed(TABLES) if table not in PARENTS)
"""Tables in orders in which rows can be removed: first those that nothing refers to."""


def write_changes(
    connection: sa.Connection,
    file: str,
    changes: list[RowChange],
    batch_id: int,
    batches: Mapping[int, int] | None = None,
    columns: AddedColumns | None = None,
) -> None:
    """Write rows, parents before children; raises RefusedFile with a problem for each row the schema refuses.

    A new row is of the batch, or of the one that ``batches`` gives for the batch that it was of elsewhere. ``columns``
    holds new measurements that stand in no change.
    """
    in_columns = ColumnRows(columns, batch_id) if columns else None
    before, after = _part_at(changes, TABLE)
    rows, problems = _build_rows(file, before, batch_id, batches or {})
    problems += _validate_columns(file, in_columns) if in_columns else []
    further, beyond = _build_rows(file, after, batch_id, batches or {})
    rows, problems = rows + further, problems + beyond
    if problems:
        raise RefusedFile(file, problems)
    for table in TABLES:
        ours = [(change, row) for change, row in rows if change.table == table]
        added = [pair for pair in ours if pair[0].outcome is Outcome.ADDED]
        if table == TABLE and in_columns:
            _insert_columns(connection, file, in_columns, added)
        else:
            _insert(connection, file, table, added)
        _update(connection, file, table, [pair for pair in ours if pair[0].outcome is not Outcome.ADDED])


def _part_at(changes: list[RowChange], table: str) -> tuple[list[RowChange], list[RowChange]]:
    """Changes of the tables up to one, and of those behind it."""
    behind = list(TABLES)[list(TABLES).index(table) + 1 :]
    return [each for each in changes if each.table not in behind], [each for each in changes if each.table in behind]


def _build_rows(
    file: str, changes: list[RowChange], batch_id: int, batches: Mapping[int, int]
) -> tuple[list[tuple[RowChange, Row]], list[Problem]]:
    rows: list[tuple[RowChange, Row]] = []
    problems: list[Problem] = []
    for change in changes:
        origin = change.draft.origin
        batch = batches.get(origin.batch_id, batch_id) if origin else batch_id
        values = {"batch_id": batch, "source_row": change.draft.source_row, **change.base}
        try:
            rows.append((change, validate_row(change.table, values)))
        except ValidationError as error:
            problems += _tell_invalid(file, change, error)
    return rows, problems


def _tell_invalid(file: str, change: RowChange, error: ValidationError) -> Iterator[Problem]:
    for each in error.errors():
        column = str(each["loc"][0])
        yield change.problem(file, column, f"{column}: {each['msg']}", "schema")


def _validate_columns(file: str, rows: ColumnRows) -> list[Problem]:
    """Check the rows that hold all that others are made of; where one fails, each row by itself."""
    problems: list[Problem] = []
    try:
        for number in rows.find_telling():
            rows.validate(number)
    except ValidationError:
        for number in range(len(rows.added)):
            try:
                rows.validate(number)
            except ValidationError as error:
                problems += _tell_invalid(file, _change_of(rows, number), error)
    return problems


def _change_of(rows: ColumnRows, number: int) -> RowChange:
    """A new measurement as a change of its own."""
    added, place = rows.added, rows.added.places[number]
    owner = added.samples[added.columns.sample[place]]
    values = added.values_of(place)
    return RowChange(TABLE, added.ids[number], Outcome.ADDED, added.columns[place], owner, values, after=values)


def _insert_columns(
    connection: sa.Connection, file: str, rows: ColumnRows, changed: list[tuple[RowChange, Row]]
) -> None:
    """Insert new measurements in the order of their ids, those with a change of their own among them."""
    if not _insert_at_once(connection, TABLE, changed, rows):
        _insert_in_chunks(connection, file, rows, changed)
    choose(connection).note_keys(connection, TABLE)


def _insert_in_chunks(
    connection: sa.Connection, file: str, rows: ColumnRows, changed: list[tuple[RowChange, Row]]
) -> None:
    """Insert new measurements; a chunk that the database refuses row by row, to find all that it refuses."""
    parted = rows.parted()
    names = parted.names
    others = ((change, [row[name] for name in names]) for change, row in changed)
    merged: Iterator[tuple[Any, Any]] = merge(enumerate(parted.build()), others, key=lambda each: each[1][0])
    problems: list[Problem] = []
    while chunk := list(islice(merged, CHUNK)):
        try:
            with connection.begin_nested():
                choose(connection).insert_rows(connection, TABLES[TABLE], names, [row for _, row in chunk])
        except REFUSALS:
            pairs = [
                (_change_of(rows, of) if isinstance(of, int) else of, dict(zip(names, row, strict=True)))
                for of, row in chunk
            ]
            problems += _find_refused(connection, file, sa.insert(TABLES[TABLE]), pairs)
    if problems:
        raise RefusedFile(file, problems)


def _insert(connection: sa.Connection, file: str, table: str, rows: list[tuple[RowChange, Row]]) -> None:
    if not rows:
        return
    if not _insert_at_once(connection, table, rows):
        _execute(connection, file, sa.insert(TABLES[table]), rows)
    choose(connection).note_keys(connection, table)


def _insert_at_once(
    connection: sa.Connection, table: str, rows: list[tuple[RowChange, Row]], columns: ColumnRows | None = None
) -> bool:
    """Insert many new rows by the set, in the order of their ids; False, and nothing done, where they are few, or out
    of order, and where the database refuses any: which, is found row by row."""
    ids = [row["id"] for _, row in rows]
    first = min([*ids[:1], *(columns.added.ids[:1] if columns else ())], default=0)
    dialect, target = choose(connection), TABLES[table]
    if len(rows) + len(columns or ()) < MANY or sorted(ids) != ids:
        return False
    highest = dialect.find_highest_key(connection, table)
    if first <= highest:
        return False
    names = [*rows[0][1]] if rows else ["id"]
    try:
        dialect.insert_many(
            connection, target, names, [[*row.values()] for _, row in rows], columns.parted() if columns else None
        )
    except REFUSALS:
        return False
    return True


def _update(connection: sa.Connection, file: str, table: str, rows: list[tuple[RowChange, Row]]) -> None:
    """Update row by row, all rows that change the same columns at once."""
    target = TABLES[table]
    alike: dict[tuple[str, ...], list[tuple[RowChange, Row]]] = {}
    for change, row in rows:
        values = {name: row[name] for name in change.after}
        alike.setdefault(tuple(sorted(values)), []).append((change, {"row_id": change.row_id, **values}))
    for pairs in alike.values():
        _execute(connection, file, sa.update(target).where(target.c.id == sa.bindparam("row_id")), pairs)


def remove_rows(
    connection: sa.Connection, file: str, removals: Iterable[tuple[str, int]], tables: Iterable[str]
) -> dict[str, int]:
    """Remove those rows, given by table and id, that are of some tables, table by table; returns counts by table.

    Raises RefusedFile when the database still needs one of them.
    """
    wanted, counts = list(removals), {}
    for table in tables:
        ids = [row_id for name, row_id in wanted if name == table]
        target = TABLES[table]
        try:
            for start in range(0, len(ids), CHUNK):
                connection.execute(sa.delete(target).where(target.c.id.in_(ids[start : start + CHUNK])))
        except REFUSALS:
            message = f"{table}: another row, which came in meanwhile, refers to one that would go"
            raise RefusedFile(file, [Problem(file, message, "schema", "try again")]) from None
        if ids:
            counts[table] = len(ids)
    return counts


def _execute(connection: sa.Connection, file: str, statement: Any, rows: list[tuple[RowChange, Row]]) -> None:
    """Run a statement for all rows at once; if the database refuses it, run row by row to find those it refuses."""
    if not rows:
        return
    try:
        with connection.begin_nested():
            connection.execute(statement, [row for _, row in rows])
    except REFUSALS:
        raise RefusedFile(file, _find_refused(connection, file, statement, rows)) from None


def _find_refused(
    connection: sa.Connection, file: str, statement: Any, rows: list[tuple[RowChange, Row]]
) -> list[Problem]:
    problems = []
    for change, row in rows:
        try:
            with connection.begin_nested():
                connection.execute(statement, row)
        except REFUSALS as error:
            column, message = explain(connection, error, change.table)
            twice = change.table in PARENTS and TAKEN in message
            hint = f"if the two rows are one: sse-db merge {change.table} ID INTO_ID" if twice else ""
            problems.append(change.problem(file, column, message, "schema", hint))
    return problems


def explain(connection: sa.Connection, error: Exception, table: str) -> tuple[str, str]:
    """The column that the database refused, if it names one, and why, in a reader's words."""
    found = choose(connection).find_violation(error, metadata.tables[table])
    columns = ", ".join(found.columns)
    if found.kind == "check":
        column = re.sub(r"_(range|vocabulary)$", "", found.constraint.removeprefix(f"ck_{table}_"))
        return explain_rule(metadata.tables[table], found.constraint) or (
            column,
            f"{column} is outside of what the schema allows",
        )
    if found.kind in ("unique", "not null"):
        words = TAKEN if found.kind == "unique" else "is missing"
        return (found.columns[0] if found.columns else ""), f"{columns or found.constraint} {words}"
    if found.kind == "foreign key":
        return "", "refers to a row that does not exist, such as an unknown element"
    return "", "a number is too large to be stored" if found.kind == "number" else found.words
