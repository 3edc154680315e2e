"""All that differs between database systems: no other place knows which one it works with.

``sqlite/dialect.py`` and ``postgresql/dialect.py`` are the two doors, each a :class:`Dialect`; what one leans on stands
beside it, and what serves both stands here.
"""

from __future__ import annotations

import sqlalchemy as sa

from sse_db.dialects.interface import Dialect
from sse_db.errors import WrongUsage


def choose(database: sa.URL | sa.Engine | sa.Connection) -> Dialect:
    """The module for a database; raises WrongUsage for a system that is not supported.

    >>> choose(sa.make_url("sqlite:///sse.db")).find_file(sa.make_url("sqlite:///sse.db"))
    PosixPath('sse.db')
    """
    url = database if isinstance(database, sa.URL) else database.engine.url
    system = url.get_backend_name()
    if system == "sqlite":
        from sse_db.dialects.sqlite import dialect as sqlite

        return sqlite
    if system == "postgresql":
        from sse_db.dialects.postgresql import dialect as postgresql

        return postgresql
    raise WrongUsage(f"no support for {system} databases", "use a path, sqlite:///sse.db, or postgresql://host/name")
