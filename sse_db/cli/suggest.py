"""The command that says what to measure, or to add to the database, next."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.render import print_json, print_table, progress, say, settings_of
from sse_db.cli.targets import TargetOption
from sse_db.errors import WrongUsage
from sse_db.formats import SUFFIXES, check_output

if TYPE_CHECKING:
    import pandas as pd
    import sqlalchemy as sa

    from analysis.data.targets import FeatureMatrix


class Merit(StrEnum):
    """What candidates are ranked by."""

    IMPROVEMENT = "improvement"
    EXPLORATION = "exploration"
    VALUE = "value"


HEADERS = {
    "rank": "rank",
    "sample": "sample",
    "formula": "formula",
    "predicted": "predicted log10",
    "low_90%": "90 % from",
    "high_90%": "to",
    "unsure": "unsure by",
    "expected_improvement": "expected improvement",
    "distance": "distance",
    "far": "far from all known",
}
WORTH = {
    "kind": "missing",
    "name": "which",
    "missing": "samples that lack it",
    "gain": "gain (decades of MAE)",
    "low": "95 % from",
    "high": "to",
    "n": "n",
    "publications": "papers",
}


def register(app: typer.Typer) -> None:
    """Add this file's command to the application."""
    app.command("suggest")(suggest)


def suggest(
    context: typer.Context,
    target: TargetOption,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Sheet of candidates, headers as in a literature sheet.")
    ] = None,
    by: Annotated[Merit, typer.Option("--by", help="What candidates are ranked by.")] = Merit.IMPROVEMENT,
    first: Annotated[int, typer.Option("--first", "-n", min=1, help="How many rows are shown.")] = 10,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=f"Also write all rows ({SUFFIXES}).")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> None:
    """Rank candidates of a FILE to measure next; without one, values that the database lacks by what they are worth.

    Candidates: by expected improvement over the best known sample, by how unsure a prediction is, or by its value;
    whether that finds the best known samples faster than drawing at random is tried on the database and told.
    """
    if output is not None:
        check_output(output)
    if file is None and by is not Merit.IMPROVEMENT:
        raise WrongUsage(
            "--by ranks candidates, and there is no FILE of them", "sse-db suggest -t TARGET FILE --by value"
        )
    engine = settings_of(context).open()
    from analysis.data.matrices import read_matrix
    from analysis.data.targets import require_enough

    matrix = read_matrix(engine, target.value)
    require_enough(matrix)
    if file is None:
        content, table, rows, headers = _weigh_gaps(engine, matrix)
    else:
        content, table, rows, headers = _rank(engine, matrix, file, by)
    if output is not None:
        from sse_db.formats import frame_rows, write_rows

        write_rows(*frame_rows(rows), output)
        say(f"wrote {len(rows)} rows to {output}")
    if json_output:
        print_json({"target": target.value, **content})
        return
    shown = table.head(first)
    print_table(tuple(headers.values()), [[_show(row[name]) for name in headers] for row in shown.to_dict("records")])
    if len(table) > first:
        say(f"{len(table) - first} further rows: -n {len(table)}, or -o FILE")
    say(content["note"])


def _show(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else ""
    return f"{value:.3f}" if isinstance(value, float) else value


def _rank(
    engine: sa.Engine, matrix: FeatureMatrix, file: Path, by: Merit
) -> tuple[dict[str, Any], pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """The candidates of a file, and how the ranking does on the known samples."""
    from analysis.prediction.ranking_trial import tell_trial
    from analysis.prediction.suggesting import rank_candidates
    from etl.papers.samples_to_predict import read_samples_to_predict
    from sse_db.notebook.samples import describe_in_copy

    intake = read_samples_to_predict(file)
    for doubt in intake.doubts:
        say(f"doubt at {doubt.cell or doubt.where}: {doubt.message}" + (f" ({doubt.hint})" if doubt.hint else ""))
    samples = describe_in_copy(engine, intake)
    with progress("ranking candidates"):
        table = rank_candidates(matrix, samples, by.value)
        trial, note = tell_trial(matrix, by.value)
    content = {
        "by": by.value,
        "trial": None if trial is None else vars(trial),
        "note": note,
        "candidates": table.to_dict("records"),
    }
    return content, table, table, HEADERS


def _weigh_gaps(
    engine: sa.Engine, matrix: FeatureMatrix
) -> tuple[dict[str, Any], pd.DataFrame, pd.DataFrame, dict[str, str]]:
    """What missing descriptors and conductivities are worth, and the samples that lack them."""
    from analysis.studies.missing_values import HOW_FOUND, weigh_gaps

    with progress("weighing missing values"):
        worth, rows = weigh_gaps(engine, matrix)
    content = {"note": HOW_FOUND, "worth": worth.to_dict("records"), "samples": rows.to_dict("records")}
    return content, worth, rows, WORTH
