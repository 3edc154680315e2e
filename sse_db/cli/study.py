"""The command that asks a question of the data beside the scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.choices import StudyName
from sse_db.cli.render import print_json, print_table, progress, say, settings_of
from sse_db.cli.targets import InterpolateOption, TargetOption
from sse_db.formats import SUFFIXES, check_output

if TYPE_CHECKING:
    import pandas as pd

    from analysis.studies.learners import Learners

HEADERS = {
    "model": "model",
    "offset": "offset",
    "known": "known samples",
    "papers": "papers learnt from",
    "samples": "their samples",
    "n": "n",
    "publications": "papers",
    "mae": "MAE",
    "difference": "minus nothing known",
    "removed": "share removed",
    "minus_median": "minus median",
}
CURVE = {"difference": "minus all papers"}
PAIRED = ("mae", "difference", "removed", "minus_median")
"""Columns that have an interval."""
StudyOption = Annotated[StudyName | None, typer.Option("--study", help="Ask this instead of the scores.")]
SeedsOption = Annotated[int, typer.Option(min=1, max=100, help="How many fold seeds; errors are averaged over them.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help=f"Also write the error of every row ({SUFFIXES}).")
]


def register(app: typer.Typer) -> None:
    """Add this file's command to the application."""
    app.command("study")(study)


def study(
    context: typer.Context,
    name: Annotated[StudyName, typer.Argument(help="The question.")],
    target: TargetOption,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first folds.")] = 0,
    seeds: SeedsOption = 5,
    interpolate: InterpolateOption = False,
    output: OutputOption = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> None:
    """Ask what one or two known samples of a paper are worth (known-paper), or more papers (learning-curve).

    Folds hold whole publications out; XGBoost with fixed parameters beside the median; intervals are over publications.
    """
    if output is not None:
        check_output(output)
    engine = settings_of(context).open()
    from analysis.data.matrices import read_matrix
    from analysis.data.targets import require_enough
    from analysis.studies.learners import make_learners

    matrix = read_matrix(engine, target.value, interpolate=interpolate)
    require_enough(matrix)
    ask(name, make_learners(matrix), range(seed, seed + seeds), output, json_output, {"target": target.value})


def ask(
    name: StudyName, learners: Learners, seeds: range, output: Path | None, json_output: bool, about: dict[str, Any]
) -> None:
    """Answer a question about learners: table, JSON, and the errors of every row as a file."""
    from analysis.studies.questions import QUESTIONS
    from sse_db.formats import frame_rows, write_rows

    question = QUESTIONS[name.value]
    with progress(question.title):
        errors = question.predict(learners, seeds)
    table = question.score(errors)
    if output is not None:
        write_rows(*frame_rows(errors), output)
        say(f"wrote the errors to {output}")
    if json_output:
        seeding = {"seed": seeds.start, "seeds": len(seeds)}
        rows = {"results": table.to_dict("records"), "errors": errors.to_dict("records")}
        print_json({"study": name.value, **about, **seeding, **rows})
        return
    show(table)
    say("decades (log10), 95 % intervals over papers in brackets; folds by publication")


def show(table: pd.DataFrame) -> None:
    """Write the table of a study, every paired number with its interval behind it."""
    headers = HEADERS | (CURVE if "papers" in table else {})
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
