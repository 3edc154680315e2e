"""Commands that export training sets, evaluate models and write the report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.render import print_json, print_table, progress, say, settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

export_app = typer.Typer(help="Write data sets to files.", no_args_is_help=True)

SCORE_COLUMNS = ("target", "protocol", "label", "n", "publications", "r2", "mse", "mae", "mae_low", "mae_high")


class TargetName(StrEnum):
    """What is predicted."""

    BULK = "bulk"
    GRAIN_BOUNDARY = "grain-boundary"
    GRAIN_BOUNDARY_OBSERVED = "grain-boundary-observed"
    BULK_PER_GRAIN = "bulk-per-grain"
    GRAIN_BOUNDARY_PER_GRAIN = "grain-boundary-per-grain"
    TOTAL = "total"


class ModeName(StrEnum):
    """What happens to rows with gaps."""

    NATIVE = "native"
    COMPLETE = "complete"


TargetOption = Annotated[TargetName, typer.Option("--target", "-t", help="Target to predict.")]
InterpolateOption = Annotated[
    bool,
    typer.Option(
        "--interpolate",
        help="Add samples never measured at 24-30 °C by their Arrhenius fit at 25 °C; basis 'interpolated'.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.add_typer(export_app, name="export")
    app.command("evaluate")(evaluate)
    app.command("report")(report)


@export_app.command("training-set")
def export_training_set(
    context: typer.Context,
    target: TargetOption,
    output: Annotated[Path, typer.Option("--output", "-o", help="File: .csv, .parquet, .xlsx or .json.")],
    interpolate: InterpolateOption = False,
) -> None:
    """Write the rows that models learn from: descriptors, targets, how each value came about."""
    from analysis.features import find_target
    from analysis.interpolation import read_training
    from sse_db.formats import format_of, frame_rows, write_rows

    format_of(output)
    frame = read_training(settings_of(context).open(), find_target(target.value), interpolate=interpolate)
    write_rows(*frame_rows(frame), output)
    say(f"wrote {len(frame)} rows to {output}")


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
    written = write_release(engine, folder, frozen_training_sets(engine), reviewed_only=reviewed_only)
    say(f"wrote {len(written)} files to {folder}")


@export_app.callback()
def _export() -> None:
    """Write data sets to files."""


def evaluate(
    context: typer.Context,
    target: TargetOption,
    mode: Annotated[
        ModeName, typer.Option(help="native keeps rows with gaps, complete leaves them out.")
    ] = ModeName.NATIVE,
    seed: Annotated[int, typer.Option(help="Seed of the folds, one for all candidates.")] = 0,
    interpolate: InterpolateOption = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Also write the predictions of every row (.csv …).")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> None:
    """Score four models and two baselines by nested cross-validation, random folds and folds by publication."""
    from analysis.results import evaluate_target, prediction_rows, score_rows
    from sse_db.errors import NothingToLearnFrom
    from sse_db.formats import frame_rows, write_rows

    engine = settings_of(context).open()
    with progress("evaluating") as tell:
        found = evaluate_target(
            engine, target.value, mode=mode.value, seed=seed, interpolate=interpolate, progress=tell
        )
    if found.shortage:
        raise NothingToLearnFrom(found.shortage, "import more papers, or choose another --target")
    scores = score_rows([found])
    if output is not None:
        write_rows(*frame_rows(prediction_rows([found])), output)
        say(f"wrote the predictions to {output}")
    if json_output:
        print_json({"results": scores})
    else:
        show_scores(scores)


def report(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the report.")] = Path("report"),
    seed: Annotated[int, typer.Option(help="Seed of the folds, one for all candidates.")] = 0,
    interpolate: InterpolateOption = False,
    json_output: Annotated[bool, typer.Option("--json", help="Write the scores as JSON.")] = False,
) -> None:
    """Write a page with everything the paper shows, from this database, and its numbers and figures as files."""
    from analysis.report import write_report

    engine = settings_of(context).open()
    with progress("report") as tell:
        written = write_report(engine, output, seed=seed, interpolate=interpolate, progress=tell)
    if json_output:
        print_json({"results": written.scores})
    else:
        show_scores([row for row in written.scores if row["model"] in ("xgboost", "median")])
        for sentence in written.shortages:
            say(f"not evaluated: {sentence}")
    say(f"{'unchanged since the last run' if written.reused else 'written'}: {written.page}")


def show_scores(scores: Sequence[dict[str, Any]]) -> None:
    """Write scores as a table: R², MSE and MAE in decades, with the interval of the MAE."""
    rows = [
        [f"{row[name]:.3f}" if isinstance(row[name], float) else row[name] for name in SCORE_COLUMNS] for row in scores
    ]
    print_table(("target", "folds", "model", "n", "papers", "R²", "MSE", "MAE", "95 % from", "to"), rows)
