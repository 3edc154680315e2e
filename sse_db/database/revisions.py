"""What schema revisions are written with: tables altered, views and triggers put in place.

A revision that alters tables does so inside :func:`altered_table` and ends with :func:`install_frozen`, which puts the
views and triggers of that revision in place. Each lies frozen as ``migrations/frozen/<name>@<revision>.sql``, written
by the revision that changed it; an empty file says that the revision removed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from sse_db.database.newest_revision import migrations_folder
from sse_db.dialects import choose
from sse_db.dialects.interface import Derived
from sse_db.errors import MigrationFailed

PENDING = "sse_db_revision_of_views"
"""Where a connection keeps the revision whose views are made at the end of a migration."""


def read_frozen(revision: str) -> dict[str, str]:
    """Views and triggers of a revision, name to statement: of each the newest frozen one that is not above it."""
    newest: dict[str, Path] = {}
    for path in sorted(_frozen_folder().glob("*@*.sql"), key=lambda path: path.stem.rpartition("@")[2]):
        name, _, since = path.stem.rpartition("@")
        if since <= revision:
            newest[name] = path
    statements = {name: path.read_text(encoding="utf-8").strip() for name, path in sorted(newest.items())}
    return {name: statement for name, statement in statements.items() if statement}


def freeze(revision: str, statements: dict[str, str]) -> list[str]:
    """Write what differs from what is frozen below a revision; returns the names written, those removed included.

    Files of this very revision are written anew, so that it can be repeated while a revision is being worked on.
    """
    folder = _frozen_folder()
    for path in folder.glob(f"*@{revision}.sql"):
        path.unlink()
    before = read_frozen(revision)
    changed = {name: statement for name, statement in statements.items() if before.get(name) != statement.strip()}
    changed |= dict.fromkeys(before.keys() - statements.keys(), "")
    for name, statement in changed.items():
        text = f"{statement.strip()}\n" if statement else ""
        (folder / f"{name}@{revision}.sql").write_text(text, encoding="utf-8")
    return sorted(changed)


def _frozen_folder() -> Path:
    return migrations_folder() / "frozen"


def install_frozen(revision: str | None) -> None:
    """Replace the views and triggers of the project by those of a revision; with None, by none.

    Views and triggers that users made themselves are made anew as they were. Where a system checks the names in a view
    when it is made, the views of the last step alone are made, after all steps (see :func:`derived_aside`). Raises
    MigrationFailed where a user's view has a name that the revision needs, or can no longer be made.
    """
    bind = op.get_bind()
    if PENDING in bind.info:
        bind.info[PENDING] = revision
        return
    dialect = choose(bind)
    derived = dialect.list_derived(bind)
    dialect.drop_derived(bind, derived)
    ours = _names_before(bind)
    _install(bind, revision, [each for each in derived if each.name not in ours])


@contextmanager
def derived_aside(bind: sa.Connection) -> Iterator[None]:
    """Put views and triggers aside while a database moves between revisions, where tables cannot be altered below them.

    On SQLite every revision does so itself.
    """
    dialect = choose(bind)
    if dialect.LOOKS_NAMES_UP_LATE:
        yield
        return
    derived, before = dialect.list_derived(bind), _revision_of(bind)
    ours = set(_statements(bind, before))
    dialect.drop_derived(bind, derived)
    bind.info[PENDING] = before
    try:
        yield
        revision = bind.info[PENDING]
    finally:
        del bind.info[PENDING]
    _install(bind, revision, [each for each in derived if each.name not in ours])


def _install(bind: sa.Connection, revision: str | None, own: list[Derived]) -> None:
    """Make the views and triggers of a revision, then those of users."""
    statements = _statements(bind, revision)
    taken = sorted({each.name for each in own} & statements.keys())
    if taken:
        raise MigrationFailed(
            f"rolled back: you made {', '.join(taken)} yourself, and revision {revision} brings one of that name",
            "drop yours, or make it under another name, and run this again",
        )
    if revision is not None:
        choose(bind).prepare_tables(bind)
    for name, statement in (statements | {each.name: each.statement for each in own}).items():
        try:
            install_statements(bind, {name: statement})
        except (sa.exc.OperationalError, sa.exc.ProgrammingError) as error:
            raise MigrationFailed(
                f"rolled back: {name} cannot be made at revision {revision}: {error.orig}",
                "drop it, and run this again",
            ) from error


def _statements(bind: sa.Connection, revision: str | None) -> dict[str, str]:
    if revision is None:
        return {}
    return choose(bind).adapt_frozen(read_frozen(revision), revision, _frozen_folder())


def install_statements(bind: sa.Connection, statements: Mapping[str, str]) -> None:
    """Run statements as they are, signs of per cent included."""
    for statement in statements.values():
        bind.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _names_before(bind: sa.Connection) -> set[str]:
    """Views and triggers of the revision that a migration comes from; alembic states the new one after the step."""
    return set(_statements(bind, _revision_of(bind)))


def _revision_of(bind: sa.Connection) -> str | None:
    if not sa.inspect(bind).has_table("alembic_version"):
        return None
    return bind.exec_driver_sql("SELECT max(version_num) FROM alembic_version").scalar()


@contextmanager
def without_triggers(bind: sa.Connection) -> Iterator[None]:
    """Rows changed by a revision itself are no curator's change: nothing is written to the history meanwhile."""
    dialect = choose(bind)
    triggers = [each for each in dialect.list_derived(bind) if each.kind == "trigger"]
    dialect.drop_derived(bind, triggers)
    yield
    install_statements(bind, {each.name: each.statement for each in triggers})


def altered_table(table: str, **options: Any) -> AbstractContextManager[BatchOperations]:
    """Alembic's batch operations on one table, with all rows of all tables, all CHECKs and all indexes kept.

    Raises MigrationFailed when rows are missing afterwards or a reference dangles.
    """
    return choose(op.get_bind()).altered_table(table, **options)
