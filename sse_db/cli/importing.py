"""Commands that read files: an empty template, a check without a database, an import."""

from __future__ import annotations

import shlex
from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sse_db.cli.choices import FormatName, first_of
from sse_db.cli.cluster import SchedulerOption
from sse_db.cli.render import (
    curator_of,
    print_json,
    print_table,
    progress,
    say,
    say_problems,
    settings_of,
    show_problems,
)
from sse_db.errors import RefusedFile, SseDbError, WrongUsage
from sse_db.spelling import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from etl.loading.load import BatchReport
    from etl.options import ReadOptions
    from etl.pipeline import PassedOver
    from sse_db.errors import Problem


MOST_STRUCTURES = 10
MADE = {
    "publications": ("publication", "publications"),
    "samples": ("sample", "samples"),
    "processing_steps": ("step", "steps"),
    "impedance_measurements": ("conductivity", "conductivities"),
    "activation_energies": ("activation energy", "activation energies"),
    "structural_records": ("structure", "structures"),
}
"""Tables that a curator counts, each with its words for one and for several rows."""


class OnConflict(StrEnum):
    """What happens to a value that differs from the one in the database."""

    FAIL = "fail"
    SKIP = "skip"
    UPDATE = "update"


MapFile = Annotated[
    Path | None,
    typer.Option("--map", metavar="MAP.toml", help="What the columns of a sheet of your own mean; see map guess."),
]
Files = Annotated[list[Path], typer.Argument(help="Files or folders.", metavar="FILE_OR_FOLDER…")]
AsJson = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.command("template")(write_empty_workbook)
    app.command("validate")(validate)
    app.command("import")(import_files)


def write_empty_workbook(
    output: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Workbook to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write an empty workbook for a new paper: headers with units, drop-downs, limits, a worked example."""
    from etl.workbooks.template import write_template

    if output.suffix.lower() != ".xlsx":
        raise WrongUsage(f"{output.name}: a template is an .xlsx file")
    if output.exists() and not force:
        raise WrongUsage(f"{output} is there already", "choose another name, or add --force")
    write_template(output)
    say(f"wrote {output}; fill it in, then: sse-db validate {output}")


def validate(
    files: Files,
    form: Annotated[FormatName, typer.Option("--format", help="Reader; by default recognised.")] = first_of(FormatName),
    annotated: Annotated[
        Path | None, typer.Option("--annotate", metavar="OUT.xlsx", help="Write the workbook with its problems marked.")
    ] = None,
    map_file: MapFile = None,
    scheduler: SchedulerOption = None,
    json_output: AsJson = False,
) -> None:
    """Check files without touching a database: every problem of every cell at once. Exit code 1 on errors."""
    from etl.pipeline import examine_files, find_files
    from sse_db.cluster import connect

    found, passed_over = find_files(files, form.value)
    options = _options(map_file, form)
    if annotated is not None and (len(found) != 1 or annotated.suffix.lower() != ".xlsx"):
        raise WrongUsage("--annotate takes one file and writes one .xlsx")
    problems: list[Problem] = []
    with connect(scheduler), progress("checking") as report:
        report(0, len(found))
        for number, told in enumerate(examine_files(found, form.value, options), start=1):
            report(number, len(found))
            problems += told
    _name_passed_over(passed_over, found)
    if annotated is not None:
        from etl.workbooks.annotate import annotate

        marked = annotate(found[0], problems, annotated)
        say(f"wrote {annotated}: {counted(len(problems), 'problem')}, {counted(marked, 'cell')} marked")
    if json_output:
        print_json({"problems": [problem.as_dict() for problem in problems]})
    elif problems:
        show_problems(problems)
    errors = sum(problem.severity == "error" for problem in problems)
    doubts = counted(len(problems) - errors, "doubt")
    say(f"{counted(len(found), 'file')}: {counted(errors, 'error')}, {doubts}")
    if errors:
        raise typer.Exit(1)


def import_files(
    context: typer.Context,
    files: Files,
    form: Annotated[FormatName, typer.Option("--format", help="Reader; by default recognised.")] = first_of(FormatName),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    on_conflict: Annotated[
        OnConflict, typer.Option(help="For values that differ from those in the database.")
    ] = OnConflict.FAIL,
    curator: Annotated[str | None, typer.Option(help="Who imports; by default $SSE_DB_CURATOR or the user.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept with the batch.")] = None,
    map_file: MapFile = None,
    sample: Annotated[
        str | None, typer.Option(metavar="ID", help="Whose structure, or points of a figure: number, or label.")
    ] = None,
    publication: Annotated[
        str | None, typer.Option(metavar="ID", help="Publication of that sample: number, DOI or title.")
    ] = None,
    axes: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="X Y", help='Points of a figure: their headers, as "T (°C)" "σ bulk (S/cm)".'),
    ] = None,
    dataset: Annotated[str | None, typer.Option(metavar="NAME", help="Which data set of a digitised figure.")] = None,
    scheduler: SchedulerOption = None,
    json_output: AsJson = False,
) -> None:
    """Import sheets, structures, bibliographies and public data sets. Each file is one transaction: all of it comes
    in, or nothing."""
    from etl.papers.structure_files import is_structure_archive
    from etl.pipeline import find_files, load_file
    from sse_db.cluster import connect

    engine = settings_of(context).open()
    found, passed_over = find_files(files, form.value)
    load = partial(
        load_file,
        engine,
        form=form.value,
        curator=curator_of(curator),
        on_conflict=on_conflict.value,
        dry_run=dry_run,
        note=note,
    )
    if publication is not None and sample is None:
        raise WrongUsage("--publication says whose sample is meant", "give its label with --sample")
    options = replace(_options(map_file, form), sample=sample, publication=publication, axes=axes, dataset=dataset)
    if (axes or dataset) and not (axes and sample):
        raise WrongUsage("points of a figure need a sample and axes", "give --sample and --axes")
    if scheduler and not any(map(is_structure_archive, found)):
        raise WrongUsage("--scheduler shares out archives of structures (.zip), and there is none", "leave it out")
    with connect(scheduler):
        reports, problems = _import_each(load, found, options)
    _name_passed_over(passed_over, found)
    if json_output:
        refused = {"problems": [problem.as_dict() for problem in problems]} if problems else {}
        print_json({"batches": [report.as_dict() for report in reports], **refused})
    else:
        _show_reports(reports, problems, files, dry_run=dry_run)
        if not dry_run:
            _tell_structures(engine, reports)
    if problems:
        raise typer.Exit(1)


def _tell_structures(engine: sa.Engine, reports: list[BatchReport]) -> None:
    """Say to which composition and samples structures went."""
    from etl.curation.structures import tell_where_structures_went

    lines = [line for report in reports for line in tell_where_structures_went(engine, report)]
    for line in lines[:MOST_STRUCTURES]:
        say(line)
    if len(lines) > MOST_STRUCTURES:
        say(f"… and {counted(len(lines) - MOST_STRUCTURES, 'structure')} more")


def _describe_added(report: BatchReport) -> str:
    """What a file brought, in a reader's words: ``5 samples, 10 steps, 15 conductivities``."""
    told = [(report.added.get(table, 0), words) for table, words in MADE.items()]
    return ", ".join(f"{count} {words[count != 1]}" for count, words in told if count)


def _options(map_file: Path | None, form: FormatName) -> ReadOptions:
    from etl.foreign.mapping import read_mapping
    from etl.options import DEFAULT_OPTIONS, ReadOptions

    if map_file is None:
        return DEFAULT_OPTIONS
    if form not in ("auto", "sheet"):
        raise WrongUsage("--map says how to read a sheet, --format names another reader", "leave one of them out")
    return ReadOptions(mapping=read_mapping(map_file))


def _import_each(
    load: Callable[..., BatchReport], found: list[Path], options: ReadOptions
) -> tuple[list[BatchReport], list[Problem]]:
    """Import one file after the other; a refused one does not keep the next from coming in."""
    from sse_db.errors import Problem

    reports, problems = [], []
    with progress("importing") as report:
        for number, path in enumerate(found):
            report(number, len(found))
            try:
                reports.append(load(path, options=replace(options, report=report) if len(found) == 1 else options))
            except RefusedFile as error:
                problems += error.problems
            except SseDbError as error:
                if len(found) == 1:
                    raise
                problems.append(Problem(path.name, str(error), "refused", error.hint))
    return reports, problems


def _name_passed_over(passed_over: list[PassedOver], found: list[Path]) -> None:
    if not found:
        say("there is no file to read")
    for each in passed_over:
        say(f"passed over, {each.reason}: {each.path.name}")


def _show_reports(reports: list[BatchReport], problems: list[Problem], files: list[Path], *, dry_run: bool) -> None:
    names = ("added", "changed", "unchanged", "skipped")
    rows = [(each.id, each.file, *(sum(getattr(each, name).values()) for name in names)) for each in reports]
    if rows:
        print_table(("batch", "file", *names), rows)
    for each in reports:
        if made := _describe_added(each):
            say(f"{each.file}: {'would bring' if dry_run else 'brought'} {made}")
        for row in each.passed_over:
            say(f"passed over: {each.file}, {row.row}: {row.reason}")
        if each.rows_read is not None:
            landed = each.rows_read - len(each.passed_over)
            say(f"{each.file}: {each.rows_read} rows, {landed} landed, {len(each.passed_over)} passed over")
    if dry_run:
        say("trial run: nothing was written")
    doubts = [doubt for each in reports for doubt in each.doubts]
    all_told = say_problems(doubts)
    if doubts:
        more = "" if all_told else f"; see all with: sse-db validate {shlex.join(map(str, files))}"
        say(f"{counted(len(doubts), 'doubt')}{more}")
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        show_problems(errors)
        refused = {problem.file for problem in errors}
        say(f"refused, nothing of it was written: {', '.join(sorted(refused))} ({counted(len(errors), 'error')})")
