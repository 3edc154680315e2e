"""Commands that write data sets to files: training sets and releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sse_db.cli.learn import InterpolateOption, TargetOption
from sse_db.cli.render import say, settings_of

export_app = typer.Typer(help="Write data sets to files.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.add_typer(export_app, name="export")


@export_app.command("training-set")
def export_training_set(
    context: typer.Context,
    target: TargetOption,
    output: Annotated[Path, typer.Option("--output", "-o", help="File: .csv, .parquet, .xlsx or .json.")],
    interpolate: InterpolateOption = False,
    reviewed_only: Annotated[bool, typer.Option("--reviewed-only", help="Leave out publications in draft.")] = False,
    folds: Annotated[bool, typer.Option("--folds", help="Add the frozen folds and split of a release.")] = False,
) -> None:
    """Write the rows that models learn from, and beside them what each column is and where the rows come from."""
    from analysis.features import find_target
    from analysis.training_sets import read_training_set
    from sse_db.formats import format_of, frame_rows, write_described

    format_of(output)
    chosen = read_training_set(
        settings_of(context).open(),
        find_target(target.value),
        interpolate=interpolate,
        reviewed_only=reviewed_only,
        folds=folds,
    )
    sidecar = write_described(*frame_rows(chosen.frame), output, chosen.description)
    say(f"wrote {len(chosen.frame)} rows to {output}, described in {sidecar.name}")


@export_app.command("release")
def export_release(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Empty folder for the release.")],
    reviewed_only: Annotated[bool, typer.Option("--reviewed-only", help="Leave out publications in draft.")] = False,
) -> None:
    """Write a citable release: SQLite, CSV, Parquet, data package, Croissant, RO-Crate, OPTIMADE, references."""
    from analysis.training_sets import frozen_training_sets
    from sse_db.release import write_release

    engine = settings_of(context).open()
    written = write_release(engine, folder, frozen_training_sets, reviewed_only=reviewed_only)
    say(f"wrote {len(written)} files to {folder}")


@export_app.callback()
def _export() -> None:
    """Write data sets to files."""
