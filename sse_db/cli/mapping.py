"""Commands for sheets that are not ours: the draft of a mapping file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sse_db.cli.render import say
from sse_db.errors import WrongUsage
from sse_db.formats import check_place

maps = typer.Typer(no_args_is_help=True, help="Mapping files: what the columns of a sheet of your own mean.")


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.add_typer(maps, name="map")


@maps.command("guess")
def guess(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Spreadsheet: .csv, .xlsx, .ods.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="MAP.toml", help="File to write; by default shown.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Draft a mapping file for a foreign spreadsheet: columns, units, words, decimal sign, header row, sections, and
    whether temperatures stand in columns or rows."""
    if output is not None:
        check_place(output)
    from etl.foreign.guess import draft_mapping
    from etl.options import ReadOptions
    from etl.pipeline import examine_file

    if not file.is_file():
        raise WrongUsage(f"there is no file {file}")
    if output is not None and output.exists() and not force:
        raise WrongUsage(f"{output} is there already", "choose another name, or add --force")
    text, mapping = draft_mapping(file)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        say(f"wrote {output}; compare it with the sheet, then: sse-db validate --map {output} {file}")
    intake, findings = examine_file(file, "sheet", ReadOptions(mapping=mapping))
    say(f"with this draft: {intake.rows_read or 0} rows, {len(findings.errors)} errors")


@maps.callback()
def keep_group() -> None:
    """Mapping files: what the columns of a sheet of your own mean."""
