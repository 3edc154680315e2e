"""Opening the database: the one that a user means, in whatever system it is kept."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from sse_db.dialects import choose
from sse_db.errors import WrongUsage
from sse_db.settings import read_environment

SECRETS = {"password", "sslpassword"}
"""Words behind the ? of an address that give a password."""
SHORT_NAMES = {"postgres": "postgresql"}
"""What other programs call a system in their URLs."""


def resolve_url(database: str | None = None) -> sa.URL:
    """The database's URL from a path or URL, else from ``SSE_DB_URL``, else ``sse.db`` in the working folder.

    >>> resolve_url("papers.db").database
    'papers.db'
    >>> resolve_url("sqlite:////tmp/papers.db").database
    '/tmp/papers.db'
    """
    text = database or read_environment().url
    _refuse_odd_names(text)
    url = _parse_url(text) if "://" in text else sa.URL.create("sqlite", database=text)
    if database and (url.password or SECRETS & url.query.keys()):
        raise WrongUsage(
            "a password stands in the address of the database",
            "leave it out: it is asked for, or comes from PGPASSWORD, ~/.pgpass or a service file",
        )
    return choose(url).complete_url(url, text)


def _refuse_odd_names(text: str) -> None:
    """Raise WrongUsage for what is meant as a URL and would become the name of a file, or the other way round."""
    if not text.strip():
        raise WrongUsage("the name of the database is blank", "give a file, such as sse.db")
    scheme, colon, place = text.partition(":")
    if colon and scheme.lower() in ("sqlite", "file") and not place.startswith("///") and place not in ("", "//"):
        name = place.lstrip("/")
        raise WrongUsage(f"{text} names no file", f"write {name}, or sqlite:///{name}")


def _parse_url(text: str) -> sa.URL:
    scheme, colon, place = text.partition("://")
    system = SHORT_NAMES.get(scheme.lower(), scheme.lower())
    try:
        return make_url(f"{system}{colon}{place}")
    except (ArgumentError, ValueError) as error:
        shown = re.sub(r"://[^/]*@", "://…@", text)  # a password is never shown
        raise WrongUsage(f"not a database URL: {shown}", "for example sqlite:///sse.db") from error


def database_path(url: sa.URL) -> Path | None:
    """The file of a database, None where a server holds it."""
    return choose(url).find_file(url)


def open_engine(database: str | sa.URL | None = None, *, must_exist: bool = True) -> sa.Engine:
    """An engine whose every connection enforces foreign keys and waits for a lock; raises DatabaseMissing.

    What the system says of the database itself (locked, damaged, not to be reached) is raised as an error of
    sse_db.errors.
    """
    url = database if isinstance(database, sa.URL) else resolve_url(database)
    return choose(url).open_engine(url, must_exist=must_exist)


def write_transaction(engine: sa.Engine, *, adds_only: bool = False) -> AbstractContextManager[sa.Connection]:
    """A connection inside one transaction that holds the write lock from its start; raises DatabaseBusy. Where
    rows are hardly changed or removed, more may be kept in memory."""
    return choose(engine.url).write_transaction(engine, adds_only=adds_only)
