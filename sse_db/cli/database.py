"""Commands that make and migrate the database."""

from __future__ import annotations

from typing import Annotated

import typer

from sse_db.cli.render import say, settings_of

migrate_app = typer.Typer(help="Move the database between schema revisions.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.command("init")(create_database)
    app.add_typer(migrate_app, name="migrate")


def create_database(context: typer.Context) -> None:
    """Create the database, or upgrade it to the newest schema revision; safe to repeat."""
    from sse_db.database.engine import resolve_url
    from sse_db.database.migrate import upgrade

    url = resolve_url(settings_of(context).database)
    before, after = upgrade(url, tell=say)
    name = url.database
    if before == after:
        say(f"{name} is at revision {after}, nothing to do")
    elif before is None:
        say(f"created {name} at revision {after}")
    else:
        say(f"upgraded {name} from revision {before} to {after}")


@migrate_app.command("current")
def show_current(context: typer.Context) -> None:
    """Print the database's schema revision."""
    from sse_db.database.migrate import current

    typer.echo(current(settings_of(context).open(any_revision=True)) or "none")


@migrate_app.command("upgrade")
def upgrade_database(context: typer.Context, revision: Annotated[str, typer.Argument()] = "head") -> None:
    """Upgrade to REVISION, by default the newest."""
    from sse_db.database.migrate import upgrade

    engine = settings_of(context).open(any_revision=True)
    before, after = upgrade(engine.url, revision, tell=say)
    say(f"{before or 'none'} -> {after or 'none'}")


@migrate_app.command("downgrade")
def downgrade_database(context: typer.Context, revision: Annotated[str, typer.Argument()]) -> None:
    """Go back to REVISION, such as 0001, -1 or base; what later revisions added is lost."""
    from sse_db.database.migrate import downgrade

    engine = settings_of(context).open(any_revision=True)
    before, after = downgrade(engine.url, revision, tell=say)
    say(f"{before or 'none'} -> {after or 'none'}")


@migrate_app.command("check")
def check_database(context: typer.Context) -> None:
    """Compare the database with the code, CHECKs, views and triggers included; exit code 1 when they differ."""
    from sse_db.database.migrate import check

    check(settings_of(context).open(any_revision=True))
    say("database and code agree")
