"""Databases of tests in each system: made from templates, read through SQLAlchemy, and gone afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from support import postgres
from support.fresh_files import blank_path
from support.seeded import seed_path

SYSTEMS = ("sqlite", "postgresql")
SEED = "seed"


@contextmanager
def blank(system: str, path: Path) -> Iterator[sa.URL]:
    """The URL of a migrated database without rows, on SQLite in the file of that path."""
    with _made(system, postgres.BLANK, blank_path, path) as url:
        yield url


@contextmanager
def seeded(system: str, path: Path) -> Iterator[sa.URL]:
    """The URL of a database with the seed, which may be written to."""
    with copied(system, SEED, seed_path, path) as url:
        yield url


@contextmanager
def copied(system: str, name: str, find_file: Callable[[], Path], path: Path) -> Iterator[sa.URL]:
    """The URL of a copy of an SQLite file, which may be written to; on the server made once per run, under a name."""
    if system == "postgresql":
        postgres.make_template(name, partial(_copy_file, find_file))
    with _made(system, name, find_file, path) as url:
        yield url


@contextmanager
def bare(system: str, path: Path) -> Iterator[sa.URL]:
    """The URL of a database with nothing in it."""
    if system == "postgresql":
        url = postgres.make_database(None)
        yield url
        postgres.drop_database(url)
        return
    yield sa.URL.create("sqlite", database=str(path))


@contextmanager
def missing(system: str, path: Path) -> Iterator[sa.URL]:
    """The URL of a database that is not there; what a test makes of it is gone afterwards."""
    if system == "postgresql":
        url = postgres.name_database()
        yield url
        postgres.drop_database(url)
        return
    yield sa.URL.create("sqlite", database=str(path))


@contextmanager
def _made(system: str, template: str, find_file: Callable[[], Path], path: Path) -> Iterator[sa.URL]:
    if system == "postgresql":
        url = postgres.make_database(template)
        yield url
        postgres.drop_database(url)
        return
    yield sa.URL.create("sqlite", database=str(shutil.copyfile(find_file(), path)))


def _copy_file(find_file: Callable[[], Path], url: sa.URL) -> None:
    from sse_db.database.engine import resolve_url
    from sse_db.database.transfer import copy_database

    copy_database(resolve_url(str(find_file())), url)
