"""Commands that write data sets to files: training sets and releases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sse_db.cli.engines import EngineName, EngineOption, open_for_views
from sse_db.cli.render import say, settings_of
from sse_db.cli.targets import InterpolateOption, TargetOption, tell_coverage
from sse_db.errors import WrongUsage
from sse_db.formats import SUFFIXES, check_output, check_place, write_described
from sse_db.spelling import counted

if TYPE_CHECKING:
    import pandas as pd
    import sqlalchemy as sa

export_app = typer.Typer(help="Write data sets to files.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.add_typer(export_app, name="export")


@export_app.command("training-set")
def export_training_set(
    context: typer.Context,
    target: TargetOption,
    output: Annotated[Path, typer.Option("--output", "-o", help=f"File: {SUFFIXES}.")],
    interpolate: InterpolateOption = False,
    reviewed_only: Annotated[bool, typer.Option("--reviewed-only", help="Leave out publications in draft.")] = False,
    folds: Annotated[bool, typer.Option("--folds", help="Add the frozen folds and split of a release.")] = False,
    rounding_ruled: Annotated[
        bool, typer.Option("--rounding-ruled", help="Keep derived values that the rounding of the other two rules.")
    ] = False,
    all_temperatures: Annotated[
        bool, typer.Option("--all-temperatures", help="Every measurement instead, temperature and contribution beside.")
    ] = False,
    engine: EngineOption = EngineName.SQLITE,
) -> None:
    """Write the rows that models learn from, and beside them what each column is and where the rows come from."""
    check_output(output)
    if all_temperatures:
        if interpolate or reviewed_only or folds or rounding_ruled:
            raise WrongUsage("--all-temperatures takes every measurement as it is", "leave the other options out")
        _export_all_temperatures(open_for_views(context, engine), output)
        return
    from analysis.data.targets import find_target
    from analysis.folds.training_sets import read_training_set

    chosen = read_training_set(
        open_for_views(context, engine),
        find_target(target.value),
        interpolate=interpolate,
        reviewed_only=reviewed_only,
        folds=folds,
        rounding_ruled=rounding_ruled,
    )
    sidecar = write_described(chosen.frame, output, chosen.description)
    say(f"wrote {counted(len(chosen.frame), 'row')} to {output}, described in {sidecar.name}")
    if len(chosen.frame):
        tell_coverage(chosen.description["coverage"], len(chosen.frame))
    if chosen.shortage:
        say(f"warning: too little to learn from: {chosen.shortage}")


def _export_all_temperatures(engine: sa.Engine, output: Path) -> None:
    """One row per usable measurement, of all contributions."""
    from analysis.data.all_temperatures import read_all_temperatures
    from sse_db.formats import frame_rows, write_rows

    rows = read_all_temperatures(engine)
    write_rows(*frame_rows(rows), output)
    papers, series = rows["publication_id"].nunique(), rows.groupby(["sample_id", "contribution"])["temperature_c"]
    several = int((series.nunique() > 1).sum())
    say(f"wrote {counted(len(rows), 'measurement')} of {counted(papers, 'publication')} to {output}, all contributions")
    say(f"{counted(several, 'series')} of two or more temperatures; hold whole publication_id out when you score")


@export_app.command("release")
def export_release(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Empty folder for the release.")],
    reviewed_only: Annotated[bool, typer.Option("--reviewed-only", help="Leave out publications in draft.")] = False,
    with_attachments: Annotated[
        bool, typer.Option("--with-attachments", help="Ship the attached files too, not only their names.")
    ] = False,
    title: Annotated[str | None, typer.Option(help="Title to cite it by.")] = None,
    version: Annotated[str | None, typer.Option(help="Version of the data; by default that of sse-db.")] = None,
    author: Annotated[
        list[str] | None, typer.Option(help='"Family, Given", or the name of a group; once per author.')
    ] = None,
    doi: Annotated[str | None, typer.Option(help="DOI of the release, in any spelling.")] = None,
) -> None:
    """Write a citable release: SQLite, CSV, Parquet, data package, Croissant, RO-Crate, OPTIMADE, references."""
    check_place(folder, folder=True)
    from analysis.folds.training_sets import frozen_training_sets
    from sse_db.records.identity import normalise_doi
    from sse_db.release import Label, read_author, write_release

    given = {"title": title, "version": version, "doi": doi and normalise_doi(doi)}
    stated = {name: text for name, text in given.items() if text is not None}
    label = Label(authors=tuple(map(read_author, author or ())), **stated)
    engine = settings_of(context).open()
    sets: dict[str, pd.DataFrame] = {}

    def freeze(released: sa.Engine) -> dict[str, pd.DataFrame]:
        sets.update(frozen_training_sets(released))
        return sets

    written = write_release(
        engine, folder, freeze, reviewed_only=reviewed_only, with_attachments=with_attachments, label=label
    )
    say(f"wrote {len(written)} files to {folder}")
    _tell_attachments(folder, shipped=with_attachments)
    without = [name for name, frame in sets.items() if frame.empty]
    if without:
        say(f"warning: training sets without any row: {', '.join(without)}")


def _tell_attachments(folder: Path, *, shipped: bool) -> None:
    """Say whether the release holds attached files, or only names them."""
    from sse_db.database.engine import resolve_url
    from sse_db.query import run_query
    from sse_db.release import DATABASE

    count = run_query(resolve_url(str(folder / DATABASE)), "SELECT count(DISTINCT place) FROM attachments").rows[0][0]
    if count and shipped:
        say(f"with {counted(count, 'attached file')}: may you pass them on? Papers and figures belong to others")
    elif count:
        say(f"{counted(count, 'attached file')} named, not shipped; to ship them: --with-attachments")


@export_app.command("workbook")
def export_workbook(
    context: typer.Context,
    output: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Workbook to write.")],
    publication: Annotated[
        list[str] | None,
        typer.Option("--publication", help="Only this one, with all of it: number, DOI or title. Repeatable."),
    ] = None,
    tables: Annotated[
        bool, typer.Option("--tables", help="One sheet per table, for readers; no import takes it.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write the sheets of the workbook filled: edited and imported, exactly the edits are changes."""
    from etl.workbooks import export

    if output.suffix.lower() != ".xlsx":
        raise WrongUsage(f"{output.name}: a workbook is an .xlsx file")
    if output.exists() and not force:
        raise WrongUsage(f"{output} is there already", "choose another name, or add --force")
    if tables and publication:
        raise WrongUsage("--tables writes whole tables", "leave out --publication")
    engine = settings_of(context).open()
    written = (
        export.export_tables(engine, output) if tables else export.export_workbook(engine, output, publication or ())
    )
    shown = ", ".join(f"{sheet} {count}" for sheet, count in written.rows.items() if count)
    say(f"wrote {output}: {shown or 'no rows'}")
    if written.left_out:
        say(f"left out: {counted(written.left_out, 'structure')} with a file, which the file brings back")
    if written.cut:
        say(f"cut short: {counted(written.cut, 'text')} longer than a cell holds")
    if not tables:
        say(f"edit it, then: sse-db diff {output}, sse-db import {output}")


@export_app.callback()
def _export() -> None:
    """Write data sets to files."""
