"""Views, triggers and facts of a schema on PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from sse_db.dialects.counting import count_rows
from sse_db.dialects.interface import Derived
from sse_db.errors import MigrationFailed

if TYPE_CHECKING:
    from alembic.operations import BatchOperations

FUNCTIONS = "functions"
"""Name under which the functions that triggers and queries need are frozen."""
SCRATCH = "sse_db_scratch"
_TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) (?P<moment>AFTER|BEFORE) (?P<event>INSERT|UPDATE|DELETE) ON (?P<table>\w+)"
)

ALL_VIEWS = """
SELECT 'view', relname, 'CREATE VIEW ' || quote_ident(relname) || ' AS ' || pg_get_viewdef(oid), ''
FROM pg_class
WHERE relkind = 'v' AND relnamespace = current_schema()::regnamespace
ORDER BY oid
"""
ALL_TRIGGERS = """
SELECT 'trigger', t.tgname, pg_get_triggerdef(t.oid), c.relname
FROM pg_trigger AS t INNER JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
ORDER BY t.oid
"""
OTHERWISE_SORTED = """
SELECT
    c.relname,
    string_agg(
        format('ALTER COLUMN %I TYPE %s COLLATE "C"', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
    )
FROM pg_attribute AS a
INNER JOIN pg_class AS c ON c.oid = a.attrelid
INNER JOIN pg_collation AS l ON l.oid = a.attcollation
WHERE
    c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'alembic_version'
    AND a.attnum > 0 AND l.collname <> 'C'
GROUP BY c.relname
"""
"""Columns of texts that are not sorted by code points, by table, as what changes that."""


def create_statements() -> dict[str, str]:
    """The functions, and the triggers of the history."""
    from sse_db.dialects.sqlite import history  # which knows the schema: commands that only read do without

    functions = files(__package__).joinpath("functions.sql").read_text(encoding="utf-8")
    return {FUNCTIONS: functions} | _adapt_triggers(history.create_statements())


def adapt_frozen(statements: Mapping[str, str], revision: str, folder: Path) -> dict[str, str]:
    """Functions, then views in an order in which each finds those that it names, then triggers.

    What a trigger of the history does stands in one function here, whatever columns its table has.
    """
    own = _read_own(folder / "postgresql", revision)
    functions = {FUNCTIONS: own.pop(FUNCTIONS, "")}
    views = {name: own.get(name, sql) for name, sql in statements.items() if not _TRIGGER.match(sql)}
    return functions | _in_order(views) | _adapt_triggers(statements)


def _read_own(folder: Path, revision: str) -> dict[str, str]:
    """What differs here from the common texts: of each name the newest not above the revision, unless a common text
    is newer."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*@*.sql"), key=lambda path: path.stem.rpartition("@")[2]):
        name, _, since = path.stem.rpartition("@")
        newer = [
            each for each in folder.parent.glob(f"{name}@*.sql") if since < each.stem.rpartition("@")[2] <= revision
        ]
        if since <= revision and not newer:
            found[name] = path.read_text(encoding="utf-8").strip()
    return found


def _in_order(views: Mapping[str, str]) -> dict[str, str]:
    """Views, each after those that it names."""
    ordered: dict[str, str] = {}

    def add(name: str) -> None:
        if name not in ordered:
            for other in views.keys() & set(re.findall(r"\w+", views[name])) - {name}:
                add(other)
            ordered[name] = views[name]

    for name in sorted(views):
        add(name)
    return ordered


def _adapt_triggers(statements: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, statement in statements.items():
        if match := _TRIGGER.match(statement):
            found[name] = _write_trigger(**match.groupdict())
    return found


def _write_trigger(name: str, moment: str, event: str, table: str) -> str:
    condition = "WHEN (OLD IS DISTINCT FROM NEW) " if (moment, event) == ("AFTER", "UPDATE") else ""
    function = "log_change" if moment == "AFTER" else "keep_change_log"
    return f"CREATE TRIGGER {name} {moment} {event} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION {function}()"


def list_derived(connection: sa.Connection) -> list[Derived]:
    """All views and triggers in order of creation."""
    return [
        Derived(*row) for row in (*connection.exec_driver_sql(ALL_VIEWS), *connection.exec_driver_sql(ALL_TRIGGERS))
    ]


def drop_derived(connection: sa.Connection, derived: Sequence[Derived]) -> None:
    """Drop triggers, and views all at once: they depend on each other."""
    for each in derived:
        if each.kind == "trigger":
            connection.exec_driver_sql(f'DROP TRIGGER "{each.name}" ON "{each.table}"')
    views = ", ".join(f'"{each.name}"' for each in derived if each.kind == "view")
    if views:
        connection.exec_driver_sql(f"DROP VIEW {views}")


def prepare_tables(connection: sa.Connection) -> None:
    """Sort and compare texts by code points, as SQLite does, whatever language the database was made for."""
    columns = connection.exec_driver_sql(OTHERWISE_SORTED, execution_options={"no_parameters": True}).all()
    for table, changes in columns:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {changes}')


class _InPlace:
    """Batch operations without a place for a new column, which comes last here; nothing reads columns by place."""

    def __init__(self, batch: BatchOperations) -> None:
        self._batch = batch

    def add_column(self, column: sa.Column[Any], **_place: Any) -> None:
        """Add a column behind all others."""
        self._batch.add_column(column)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)


@contextmanager
def altered_table(table: str, **_options: Any) -> Iterator[_InPlace]:
    """Alembic's operations on one table, which PostgreSQL alters in place; views and triggers are aside already.

    Raises MigrationFailed when rows are missing afterwards.
    """
    from alembic import op

    bind = op.get_bind()
    before = count_rows(bind)
    with op.batch_alter_table(table, recreate="never") as batch:
        yield _InPlace(batch)
    after = count_rows(bind)
    lost = [f"{name}: {count} -> {after.get(name)}" for name, count in before.items() if after.get(name) != count]
    if lost:
        raise MigrationFailed(f"rows were lost: {', '.join(lost)}")


@contextmanager
def scratch(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A schema of its own, in a transaction that is taken back."""
    with engine.connect() as connection, connection.begin() as transaction:
        connection.exec_driver_sql(f"CREATE SCHEMA {SCRATCH}")
        connection.exec_driver_sql(f"SET LOCAL search_path = {SCRATCH}, pg_temp")
        yield connection
        transaction.rollback()


FACTS = """
SELECT 'table ' || c.relname, c.relname::text FROM pg_class AS c
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'alembic_version'
UNION ALL
SELECT
    'column ' || c.relname || '.' || a.attname,
    format_type(a.atttypid, a.atttypmod) || ', not null ' || a.attnotnull || ', default '
    || coalesce(pg_get_expr(d.adbin, d.adrelid), 'none') || ', collation ' || coalesce(l.collname, 'none')
FROM pg_class AS c
INNER JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'alembic_version'
UNION ALL
SELECT
    CASE o.contype WHEN 'c' THEN 'check ' WHEN 'u' THEN 'unique ' WHEN 'p' THEN 'key ' ELSE 'foreign key ' END
    || c.relname || '.' || o.conname,
    pg_get_constraintdef(o.oid)
FROM pg_constraint AS o INNER JOIN pg_class AS c ON c.oid = o.conrelid
WHERE
    o.contype IN ('c', 'u', 'p', 'f') AND c.relnamespace = current_schema()::regnamespace
    AND c.relname <> 'alembic_version'
UNION ALL
SELECT 'index ' || c.relname, pg_get_indexdef(c.oid)
FROM pg_class AS c INNER JOIN pg_index AS i ON i.indexrelid = c.oid INNER JOIN pg_class AS t ON t.oid = i.indrelid
WHERE c.relnamespace = current_schema()::regnamespace AND t.relname <> 'alembic_version'
UNION ALL
SELECT 'view ' || relname, pg_get_viewdef(oid) FROM pg_class
WHERE relkind = 'v' AND relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'trigger ' || t.tgname, pg_get_triggerdef(t.oid)
FROM pg_trigger AS t INNER JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid) FROM pg_proc AS p
WHERE p.prokind = 'f' AND p.pronamespace = current_schema()::regnamespace
"""


def describe_schema(connection: sa.Connection) -> dict[str, str]:
    """Tables, columns, constraints, indexes, views, triggers and functions: name to text."""
    rows = connection.exec_driver_sql(FACTS, execution_options={"no_parameters": True}).all()
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    return {_normalise(name, schema): _normalise(text, schema) for name, text in rows}


def _normalise(text: str, schema: str) -> str:
    plain = re.sub(rf"\b{schema}\.", "", text)
    plain = re.sub(rf"(search_path TO )'{schema}'", r"\1'its own'", plain)
    return re.sub(r"\s+", " ", plain).strip()
