"""Commands that bring a database to another home, and let others in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sse_db.cli.history import AsJson
from sse_db.cli.render import print_json, progress, say, settings_of
from sse_db.errors import WrongUsage
from sse_db.settings import read_environment
from sse_db.spelling import counted
from sse_db.vocabulary import Role

if TYPE_CHECKING:
    import sqlalchemy as sa


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.command("copy")(copy)
    app.command("grant")(grant)


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM_URL", help="Path or URL of the database.")],
    target: Annotated[str, typer.Argument(metavar="TO_URL", help="Path or URL of one that holds no rows yet.")],
    json_output: AsJson = False,
) -> None:
    """Copy a database to another home, SQLite or PostgreSQL: rows, history and numbers, checked, all or nothing."""
    from sse_db.database.engine import resolve_url
    from sse_db.database.transfer import copy_database

    source_url, target_url = resolve_url(source), resolve_url(target)
    with progress("copying rows") as report:
        copied = copy_database(source_url, target_url, report)
    if json_output:
        print_json({"rows": copied.rows, "left_behind": list(copied.left_behind)})
    say(
        f"copied {counted(sum(copied.rows.values()), 'row')} to {_name(target_url)}, every table read back and compared"
    )
    if copied.left_behind:
        say(f"left behind, as no part of the schema: {', '.join(copied.left_behind)}")


def grant(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Role of the server; made where there is none of that name.")],
    role: Annotated[Role, typer.Option(help="What it may do.")],
) -> None:
    """Let somebody read a PostgreSQL database, or read and write its rows; a new role's password is asked for."""
    from sse_db.dialects import choose

    engine = settings_of(context).open()
    dialect = choose(engine)
    dialect.require_owner(engine, "let others in")
    password = None if dialect.has_role(engine, name) else _ask_password(name)
    dialect.grant_role(engine, name, role, password)
    say(f"{name} is {role} of {_name(engine.url)}")


def _ask_password(name: str) -> str | None:
    """The password of a new role: from the environment, else asked twice at a terminal, else None."""
    given = read_environment().role_password
    if given or not sys.stdin.isatty():
        return given or None
    import getpass

    password = getpass.getpass(f"password of the new role {name}: ")
    if password != getpass.getpass("once more: "):
        raise WrongUsage("the two passwords differ", "nothing was done: try again")
    return password


def _name(url: sa.URL) -> str:
    """A database as users write it, without a password."""
    from sse_db.dialects import choose

    return choose(url).show(url)
