"""Databases of tests in each system: made from templates, read through SQLAlchemy, and gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from support import postgres
from support.seeded import seed_path

SYSTEMS = ("sqlite", "postgresql")
SEED = "seed"


@cache
def blank_path() -> Path:
    """A migrated file without rows, to be copied."""
    from sse_db.database.engine import resolve_url
    from sse_db.database.migrate import upgrade

    path = Path(tempfile.mkdtemp(prefix="sse-db-blank-")) / "blank.db"
    upgrade(resolve_url(str(path)))
    return path


@contextmanager
def blank(system: str, path: Path) -> Iterator[sa.URL]:
    """The URL of a migrated database without rows, on SQLite in the file of that path."""
    with _made(system, postgres.BLANK, blank_path, path) as url:
        yield url


@contextmanager
def seeded(system: str, path: Path) -> Iterator[sa.URL]:
    """The URL of a database with the seed, which may be written to."""
    if system == "postgresql":
        postgres.make_template(SEED, _copy_seed)
    with _made(system, SEED, seed_path, path) as url:
        yield url


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
def _made(system: str, template: str, file: object, path: Path) -> Iterator[sa.URL]:
    if system == "postgresql":
        url = postgres.make_database(template)
        yield url
        postgres.drop_database(url)
        return
    assert callable(file)
    yield sa.URL.create("sqlite", database=str(shutil.copyfile(file(), path)))


def _copy_seed(url: sa.URL) -> None:
    from sse_db.database.engine import resolve_url
    from sse_db.database.transfer import copy_database

    copy_database(resolve_url(str(seed_path())), url)
