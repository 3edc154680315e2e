"""Moving a database between schema revisions, and comparing it with the code. Alembic does the moving."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import sse_db.views as views
from sse_db.database.engine import open_engine
from sse_db.database.newest_revision import migrations_folder
from sse_db.database.revisions import derived_aside, install_statements
from sse_db.dialects import choose
from sse_db.dialects.counting import count_rows
from sse_db.dialects.interface import NOT_OURS
from sse_db.errors import (
    DatabaseOutdated,
    MigrationFailed,
    NotADatabase,
    SchemaDrift,
    SseDbError,
    WrongUsage,
)
from sse_db.schema import metadata

Tell = Callable[[str], None]
LONGEST_SHOWN = 120
ANOTHER_DATABASE = "choose another with --db"
MADE_WITH_THE_SCHEMA = {"alembic_version", "current_batch", "elements"}
"""Tables whose rows are nobody's work."""
OUR_TABLES = {"publications", "samples", "compositions", "impedance_measurements", "import_batches", "change_log"}
"""Tables of every revision: a database without them is another program's, whatever revision it states."""


def head() -> str:
    """The newest revision that this version knows."""
    revision = _scripts().get_current_head()
    if revision is None:
        raise MigrationFailed("the package holds no migrations")
    return revision


def current(engine: sa.Engine) -> str | None:
    """The revision of a database, None before the first."""
    from alembic.migration import MigrationContext

    try:
        with engine.connect() as connection:
            heads = MigrationContext.configure(connection).get_current_heads()
            tables = set(sa.inspect(connection).get_table_names())
    except sa.exc.DatabaseError as error:
        raise NotADatabase(f"{engine.url.database} cannot be read: {error.orig}", NOT_OURS) from error
    return _only_revision(engine, heads, tables)


def _only_revision(engine: sa.Engine, heads: tuple[str, ...], tables: set[str]) -> str | None:
    """The one revision that a database states; raises NotADatabase for several, and for tables that are not ours."""
    name = engine.url.database
    if len(heads) > 1:
        raise NotADatabase(
            f"{name} says that it is at {len(heads)} revisions at once: {', '.join(sorted(heads))}",
            "alembic_version must hold one row: restore a backup",
        )
    if not heads and tables >= OUR_TABLES:
        raise NotADatabase(
            f"{name} does not say at which revision it is: alembic_version holds no row", "restore a backup"
        )
    if heads and not tables >= OUR_TABLES:
        others = ", ".join(sorted(tables - {"alembic_version"})[:3]) or "none"
        raise NotADatabase(f"{name} is another program's database, with tables {others}", ANOTHER_DATABASE)
    return heads[0] if heads else None


def require_current(engine: sa.Engine) -> None:
    """Raise DatabaseOutdated unless the database has exactly the schema that this version works with.

    Raises NotADatabase for a file that has none.
    """
    found, wanted = current(engine), head()
    if found == wanted:
        return
    name = engine.url.database
    if found is None:
        raise NotADatabase(f"{name} holds no sse-db schema", NOT_OURS)
    if found in {script.revision for script in _scripts().walk_revisions()}:
        raise DatabaseOutdated(f"{name} is at revision {found}, this version needs {wanted}", "run: sse-db init")
    raise DatabaseOutdated(f"{name} is at revision {found}, which this version does not know", "install a newer sse-db")


def upgrade(
    url: sa.URL, revision: str = "head", *, versions: Path | None = None, tell: Tell | None = None
) -> tuple[str | None, str | None]:
    """Create or upgrade a database; returns the revision before and after. A failure changes nothing.

    Where rows are at stake, ``tell`` is told first where a copy of the database is kept.
    """
    from alembic import command

    return _move(url, revision, command.upgrade, versions, tell)


def downgrade(
    url: sa.URL, revision: str, *, versions: Path | None = None, tell: Tell | None = None
) -> tuple[str | None, str | None]:
    """Take a database back to an older revision, see :func:`upgrade`."""
    from alembic import command

    return _move(url, revision, command.downgrade, versions, tell)


def _move(
    url: sa.URL, revision: str, run: Callable[[Any, str], None], versions: Path | None, tell: Tell | None
) -> tuple[str | None, str | None]:
    from alembic.util import CommandError

    failures: tuple[type[Exception], ...] = (sa.exc.SQLAlchemyError, *choose(url).DRIVER_ERRORS)
    engine = open_engine(url, must_exist=False)
    try:
        return _move_engine(engine, revision, run, versions, tell)
    except CommandError as error:
        raise WrongUsage(f"revision {revision}: {error}", "see: sse-db migrate current") from error
    except failures as error:
        explained = choose(url).explain_failure(error, url.database)
        raise explained or MigrationFailed(f"rolled back, the database is as before: {error}") from error
    finally:
        engine.dispose()


def _move_engine(
    engine: sa.Engine, revision: str, run: Callable[[Any, str], None], versions: Path | None, tell: Tell | None
) -> tuple[str | None, str | None]:
    dialect = choose(engine)
    before = current(engine)
    if before is not None and before not in {script.revision for script in _scripts(versions).walk_revisions()}:
        raise DatabaseOutdated(f"the database is at revision {before}, which this version does not know")
    if before is None:
        _refuse_foreign(engine)
    if before is not None:
        if revision == "head" and before == _scripts(versions).get_current_head():
            return before, before
        dialect.require_owner(engine, "move it between revisions")
        back_up(engine, before, tell)
    with dialect.migration_transaction(engine) as connection:
        with derived_aside(connection):
            run(_config(connection, versions), revision)
        dialect.mark_as_ours(connection)
    return before, current(engine)


def _refuse_foreign(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
    if set(tables) - {"alembic_version"}:
        raise DatabaseOutdated(
            f"{engine.url.database} is another program's database, with tables {', '.join(sorted(tables)[:3])}",
            ANOTHER_DATABASE,
        )


def back_up(engine: sa.Engine, revision: str, tell: Tell | None) -> None:
    """Keep a copy of a database that holds rows, under a name with its revision, and tell where."""
    with engine.connect() as connection:
        rows = sum(count for name, count in count_rows(connection).items() if name not in MADE_WITH_THE_SCHEMA)
    if rows:
        said = choose(engine).back_up(engine, revision)
        if tell:
            tell(said)


def _scripts(versions: Path | None = None) -> Any:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config(None, versions))


def _config(connection: sa.Connection | None, versions: Path | None = None) -> Any:
    from alembic.config import Config

    config = Config()
    folder = migrations_folder()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    places = [folder / "versions", *([versions] if versions else [])]
    config.set_main_option("version_locations", "\n".join(str(place).replace("%", "%%") for place in places))
    config.attributes["connection"] = connection
    return config


def check(engine: sa.Engine) -> None:
    """Raise SchemaDrift, naming every difference, when a database is not what the code would create."""
    require_current(engine)
    choose(engine).require_owner(engine, "compare it with the code")
    differences = drift(engine)
    if differences:
        raise SchemaDrift("database and code differ: " + "; ".join(differences))


def create_from_models(connection: sa.Connection) -> None:
    """Create tables, views and triggers as the code declares them, without migrations."""
    dialect = choose(connection)
    metadata.create_all(connection)
    dialect.prepare_tables(connection)
    install_statements(connection, views.create_statements() | dialect.create_statements())


def drift(engine: sa.Engine) -> list[str]:
    """Differences between a database and the code: tables, columns, keys, CHECK texts, indexes, views, triggers."""
    dialect = choose(engine)
    try:
        with dialect.scratch(engine) as connection:
            create_from_models(connection)
            wanted = dialect.describe_schema(connection)
        with engine.connect() as connection:
            found = dialect.describe_schema(connection)
    except sa.exc.DatabaseError as error:
        raise SseDbError(f"cannot read the schema: {error.orig}") from error
    differences = [f"{name} is missing" for name in wanted.keys() - found.keys()]
    differences += [f"{name} is not in the code" for name in found.keys() - wanted.keys()]
    differences += [
        describe_difference(name, found[name], wanted[name])
        for name in wanted.keys() & found.keys()
        if wanted[name] != found[name]
    ]
    return sorted(differences)


def describe_difference(name: str, found: str, wanted: str) -> str:
    """One sentence on a difference; of long texts only the part where they begin to differ."""
    if max(len(found), len(wanted)) <= LONGEST_SHOWN:
        return f"{name} is {found!r}, the code says {wanted!r}"
    same = takewhile(lambda pair: pair[0] == pair[1], zip(found, wanted, strict=False))
    place = max(0, sum(1 for _ in same) - 20)
    shown = [f"…{text[place : place + LONGEST_SHOWN]}…" for text in (found, wanted)]
    return f"{name} has {shown[0]!r} where the code says {shown[1]!r}"
