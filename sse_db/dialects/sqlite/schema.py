"""What SQLite says of its schema: every fact that two databases of one version must share, and views and triggers."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from sse_db.dialects.interface import Derived
from sse_db.views import strip_comments


@contextmanager
def reflecting() -> Iterator[None]:
    """SQLAlchemy leaves indexes of expressions out when it reflects a table, and warns of each: here indexes are
    compared and made anew by their own statements."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index", sa.exc.SAWarning)
        yield


def describe_schema(connection: sa.Connection) -> dict[str, str]:
    """Tables, columns, keys, CHECK texts, indexes, views and triggers: name to text."""
    inspector = sa.inspect(connection)
    facts: dict[str, str] = {}
    with reflecting():
        for table in inspector.get_table_names():
            if table != "alembic_version":
                facts |= _describe_table(connection, inspector, table)
    derived = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('view', 'trigger', 'index')"
    )
    return facts | {f"{kind} {name}": _normalise(sql) for kind, name, sql in derived}


def _describe_table(connection: sa.Connection, inspector: sa.Inspector, table: str) -> dict[str, str]:
    facts = {f"table {table}": table}
    for _, name, kind, not_null, default, key, *_ in connection.exec_driver_sql(f'PRAGMA table_info("{table}")'):
        facts[f"column {table}.{name}"] = f"{kind}, not null {not_null}, default {default}, key {key}"
    for check in inspector.get_check_constraints(table):
        facts[f"check {table}.{check['name']}"] = _normalise(check["sqltext"])
    for unique in inspector.get_unique_constraints(table):
        facts[f"unique {table}.{unique['name']}"] = ", ".join(unique["column_names"])
    for key in inspector.get_foreign_keys(table):
        target = f"{key['referred_table']}({', '.join(key['referred_columns'])}) {key['options']}"
        facts[f"foreign key {table}.{key['name']}"] = f"{', '.join(key['constrained_columns'])} -> {target}"
    return facts


def _normalise(sql: str) -> str:
    return re.sub(r"\s+", " ", strip_comments(sql).replace('"', "")).strip()


def adapt_frozen(statements: Mapping[str, str], _revision: str, _folder: Path) -> dict[str, str]:
    """Frozen views and triggers are in the words of SQLite, which looks names in a view up when it is read."""
    return dict(statements)


def list_derived(connection: sa.Connection) -> list[Derived]:
    """All views and triggers in order of creation."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, sql, tbl_name FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY rowid"
    )
    return [Derived(*row) for row in rows]


def drop_derived(connection: sa.Connection, derived: Sequence[Derived]) -> None:
    """Drop views and triggers, the last made first."""
    for each in reversed(derived):
        connection.exec_driver_sql(f'DROP {each.kind} "{each.name}"')
