"""The command that asks a question of the data beside the scores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.choices import ALL_TEMPERATURES, ModelsOption, QuestionName, StudyName
from sse_db.cli.render import print_json, print_table, progress, say, settings_of
from sse_db.cli.targets import InterpolateOption, TargetOption
from sse_db.errors import WrongUsage
from sse_db.formats import SUFFIXES, check_output

if TYPE_CHECKING:
    import pandas as pd
    import sqlalchemy as sa

    from analysis.data.targets import FeatureMatrix
    from analysis.studies.learners import Learners

HEADERS = {
    "model": "model",
    "offset": "offset",
    "where": "at",
    "known": "known",
    "papers": "papers learnt from",
    "samples": "their samples",
    "n": "n",
    "publications": "papers",
    "mae": "MAE",
    "difference": "minus nothing known",
    "removed": "share removed",
    "than": "than",
    "minus_median": "minus median",
}
CONDUCTIVITIES = (
    "log10_bulk_conductivity",
    "log10_observed_grain_boundary_conductivity",
    "log10_total_conductivity",
)
"""Columns of targets that are conductivities as measured, at whatever temperature."""
CURVE = {"difference": "minus all papers"}
TEMPERATURES = {"difference": "difference"}
PAIRED = ("mae", "difference", "removed", "minus_median")
"""Columns that have an interval."""
StudyOption = Annotated[QuestionName | None, typer.Option("--study", help="Ask this instead of the scores.")]
SeedsOption = Annotated[int, typer.Option(min=1, max=100, help="How many fold seeds; errors are averaged over them.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help=f"Also write the error of every row ({SUFFIXES}).")
]


@dataclass(frozen=True)
class Wanted:
    """What a study is asked of, by which fold seeds, and what is written of it."""

    about: dict[str, Any]
    seeds: range
    output: Path | None
    json_output: bool


def register(app: typer.Typer) -> None:
    """Add this file's command to the application."""
    app.command("study")(study)


def study(
    context: typer.Context,
    name: Annotated[StudyName, typer.Argument(help="The question.")],
    target: TargetOption,
    model: ModelsOption = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first folds.")] = 0,
    seeds: SeedsOption = 5,
    interpolate: InterpolateOption = False,
    output: OutputOption = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> None:
    """Ask what one or two known samples of a paper are worth (known-paper), or more papers (learning-curve), or
    measurements at all temperatures (all-temperatures).

    Folds hold whole publications out; models with fixed parameters beside the median; intervals are over publications.
    """
    if output is not None:
        check_output(output)
    own = [word for word in model or [] if ".py" in word]
    if own or (model and name.value == ALL_TEMPERATURES):
        what = f"{own[0]} has no fixed parameters" if own else f"{ALL_TEMPERATURES} has a model of its own"
        raise WrongUsage(f"{what}, and a study chooses none", "leave --model out, or name models of the package")
    engine = settings_of(context).open()
    from analysis.data.matrices import read_matrix
    from analysis.data.targets import require_enough
    from analysis.studies.learners import SHOWN, make_learners

    names = list(dict.fromkeys(word.replace("_", "-") for word in model or []))
    matrix = read_matrix(engine, target.value, interpolate=interpolate)
    require_enough(matrix)
    wanted = Wanted({"target": target.value}, range(seed, seed + seeds), output, json_output)
    if name.value == ALL_TEMPERATURES:
        _ask_temperatures(engine, matrix, wanted)
        return
    ask(name, make_learners(matrix, names or [SHOWN]), wanted)


def _ask_temperatures(engine: sa.Engine, matrix: FeatureMatrix, wanted: Wanted) -> None:
    """Measurements at all temperatures, beside the room-temperature model and beside interpolation."""
    from analysis.data.all_temperatures import read_all_temperatures
    from analysis.data.targets import TARGETS
    from analysis.studies.temperatures import predict_temperatures, score_temperatures

    if matrix.target.column not in CONDUCTIVITIES:
        possible = ", ".join(each.name for each in TARGETS.values() if each.column in CONDUCTIVITIES)
        raise WrongUsage(
            f"target {matrix.target.name} is no conductivity, and has no temperatures", f"targets that have: {possible}"
        )
    with progress("learning from all temperatures"):
        errors = predict_temperatures(read_all_temperatures(engine), matrix, wanted.seeds)
    tell(ALL_TEMPERATURES, score_temperatures(errors), errors, wanted)


def ask(name: QuestionName | StudyName, learners: Learners, wanted: Wanted) -> None:
    """Answer a question about learners: table, JSON, and the errors of every row as a file."""
    from analysis.studies.questions import QUESTIONS

    question = QUESTIONS[name.value]
    with progress(question.title):
        errors = question.predict(learners, wanted.seeds)
    tell(name.value, question.score(errors), errors, wanted)


def tell(name: str, table: pd.DataFrame, errors: pd.DataFrame, wanted: Wanted) -> None:
    """Write what a study found: table or JSON, and the errors of every row as a file."""
    from sse_db.formats import frame_rows, write_rows

    if wanted.output is not None:
        write_rows(*frame_rows(errors), wanted.output)
        say(f"wrote the errors to {wanted.output}")
    if wanted.json_output:
        seeding = {"seed": wanted.seeds.start, "seeds": len(wanted.seeds)}
        rows = {"results": table.to_dict("records"), "errors": errors.to_dict("records")}
        print_json({"study": name, **wanted.about, **seeding, **rows})
        return
    show(table)
    say("decades (log10), 95 % intervals over papers in brackets; folds by publication")


def show(table: pd.DataFrame) -> None:
    """Write the table of a study, every paired number with its interval behind it."""
    headers = HEADERS | (CURVE if "papers" in table else TEMPERATURES if "where" in table else {})
    shown = [column for column in headers if column in table]
    print_table(
        tuple(headers[column] for column in shown),
        [[_show(row, column) for column in shown] for row in table.to_dict("records")],
    )


def _show(row: dict[Any, Any], column: str) -> Any:
    value = row[column]
    if column in PAIRED:
        return f"{value:.3f} ({row[f'{column}_low']:.3f} to {row[f'{column}_high']:.3f})"
    return f"{value:.0f}" if isinstance(value, float) else value
