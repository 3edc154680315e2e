"""The command that asks a question of the data beside the scores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.choices import ModelsOption, QuestionName, StudyName
from sse_db.cli.render import print_json, print_table, progress, say, settings_of
from sse_db.cli.targets import ExtraOption, InterpolateOption, TargetOption, keep_output_clean, read_table
from sse_db.formats import SUFFIXES, check_output

if TYPE_CHECKING:
    import pandas as pd

    from analysis.studies.asking import Answer
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
    extra: ExtraOption = None,
    output: OutputOption = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> None:
    """Ask what one or two known samples of a paper are worth (known-paper), or more papers (learning-curve), or
    measurements at all temperatures (all-temperatures).

    Folds hold whole publications out; models with fixed parameters, or of your own, stand beside the median; intervals
    are over publications.
    """
    if output is not None:
        check_output(output)
    names = list(dict.fromkeys(word if ".py" in word else word.replace("_", "-") for word in model or []))
    engine = settings_of(context).open()
    from sse_db.notebook.database import Database

    with progress(name.value.replace("-", " ")), keep_output_clean():
        found = Database(engine).study(
            name.value,
            target.value,
            names or None,
            seed=seed,
            seeds=seeds,
            interpolate=interpolate,
            extra=read_table(extra),
        )
    tell(found, output, json_output)


def ask(name: QuestionName, learners: Learners, wanted: Wanted) -> None:
    """Answer a question about learners: table, JSON, and the errors of every row as a file."""
    from analysis.studies.asking import Answer
    from analysis.studies.questions import QUESTIONS

    question = QUESTIONS[name.value]
    with progress(question.title):
        errors = question.predict(learners, wanted.seeds)
    about = {**wanted.about, "seed": wanted.seeds.start, "seeds": len(wanted.seeds)}
    tell(Answer(name.value, about, question.score(errors), errors), wanted.output, wanted.json_output)


def tell(found: Answer, output: Path | None, json_output: bool) -> None:
    """Write what a study found: table or JSON, and the errors of every row as a file."""
    from sse_db.formats import frame_rows, write_rows

    if output is not None:
        write_rows(*frame_rows(found.errors), output)
        say(f"wrote the errors to {output}")
    if json_output:
        print_json(found.as_json())
        return
    show(found.scores)
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
