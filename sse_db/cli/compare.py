"""The command that sets two saved evaluations beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sse_db.cli.render import print_json, print_table, say

COLUMNS = {
    "protocol": "folds",
    "model": "model of A",
    "than": "model of B",
    "n": "n",
    "groups": "groups",
    "seeds": "seeds",
    "mae": "MAE of A",
    "mae_difference": "A minus B",
    "low": "95 % from",
    "high": "to",
}


def register(app: typer.Typer) -> None:
    """Add this file's command to the application."""
    app.command("compare")(compare)


def compare(
    first: Annotated[
        Path, typer.Argument(metavar="A.json", help="Written by evaluate --save, or benchmark obelix --save.")
    ],
    second: Annotated[Path, typer.Argument(metavar="B.json", help="Another, of the same target, data and protocols.")],
    protocol: Annotated[str | None, typer.Option(help="Only these folds, such as by-publication.")] = None,
    model: Annotated[str | None, typer.Option(help="Model of A.  [default: each that both hold]")] = None,
    than: Annotated[str | None, typer.Option(help="Model of B.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the differences as JSON.")] = False,
) -> None:
    """Compare two saved evaluations: the paired difference of their errors on the same rows, by publication.

    Evaluations of another target, other data, protocols, seeds or folds are refused, with the difference named.
    """
    from analysis.evaluation.saved import compare_saved, read_evaluation

    chosen = None if protocol is None else protocol.replace("-", " ")
    rows = compare_saved(read_evaluation(first), read_evaluation(second), protocol=chosen, model=model, than=than)
    if json_output:
        print_json({"differences": rows})
        return
    shown = [[f"{row[name]:.3f}" if isinstance(row[name], float) else row[name] for name in COLUMNS] for row in rows]
    print_table(tuple(COLUMNS.values()), shown)
    say("negative: A has the smaller error; an interval that holds zero does not tell which is better")
