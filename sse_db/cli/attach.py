"""Attach files by reference."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sse_db.cli.column_flags import show_report, telling_problems
from sse_db.cli.publication import AsJson, Curator, DryRun, Note
from sse_db.cli.render import curator_of, say, settings_of
from sse_db.errors import WrongUsage
from sse_db.vocabulary import AttachmentKind


class Owner(StrEnum):
    """What a file may be attached to."""

    PUBLICATION = "publication"
    SAMPLE = "sample"
    MEASUREMENT = "measurement"


Kind = StrEnum("Kind", {term.name: term.value for term in AttachmentKind})  # type: ignore[misc]  # plain words


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.command("attach")(attach)


def attach(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="File to refer to.")] = None,
    to: Annotated[
        tuple[Owner, str] | None,
        typer.Option("--to", metavar="WHAT ID", help="publication ID|DOI|TITLE, sample ID or measurement ID."),
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="Sort of file; by default told from its name.")] = None,
    shows: Annotated[str | None, typer.Option("--shows", metavar="TEXT", help="What the file shows.")] = None,
    remove: Annotated[
        int | None, typer.Option("--remove", metavar="ID", help="Take this reference away; the file stays.")
    ] = None,
    curator: Curator = None,
    note: Note = None,
    dry_run: DryRun = False,
    json_output: AsJson = False,
) -> None:
    """Attach a file to a publication, a sample or a measurement: its place, SHA-256 and size, never its content."""
    from etl.curation.attachments import attach_file, detach_file

    engine, who = settings_of(context).open(), curator_of(curator)
    if remove is not None:
        if file is not None or to is not None:
            raise WrongUsage("--remove stands alone", "give the number of the attachment, as sample show lists it")
        report = detach_file(engine, remove, curator=who, note=note, dry_run=dry_run)
        show_report(report, json_output=json_output, dry_run=dry_run)
        return
    if file is None or to is None:
        raise WrongUsage("what is attached to what?", "sse-db attach FILE --to sample ID")
    owner, reference = to
    with telling_problems(json_output=json_output):
        report = attach_file(
            engine, file, owner.value, reference, curator=who, kind=kind.value if kind else None, description=shows,
            note=note, dry_run=dry_run,
        )  # fmt: skip
    show_report(report, json_output=json_output, dry_run=dry_run)
    if not dry_run:
        say("the file stays where it is: keep it beside the database")
