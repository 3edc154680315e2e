"""Commands that score models on public benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.cluster import SchedulerOption
from sse_db.cli.evaluate import SaveOption, check_files, refuse_files, tell_saved
from sse_db.cli.render import print_json, print_table, progress, say
from sse_db.cli.study import StudyOption, Wanted, ask, tell
from sse_db.cluster import connect
from sse_db.errors import WrongUsage
from sse_db.formats import SUFFIXES

if TYPE_CHECKING:
    from analysis.obelix.benchmark import Benchmark

benchmark_app = typer.Typer(help="Score models on public benchmarks.", no_args_is_help=True)

COLUMNS = ("protocol", "limits", "label", "n", "groups", "mae", "mae_low", "mae_high", "r2", "mse", "mae_spread")
HEADERS = ("rows", "limits", "model", "n", "DOI groups", "MAE", "95 % from", "to", "R²", "MSE", "spread")


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.add_typer(benchmark_app, name="benchmark")


@benchmark_app.callback()
def _benchmark() -> None:
    """Score models on public benchmarks."""


@benchmark_app.command("obelix")
def benchmark_obelix(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="OBELiX: train.csv, test.csv, all_cifs.zip.")],
    quick: Annotated[bool, typer.Option("--quick", help="Only the test part, no folds by DOI.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of the first folds.")] = 0,
    seeds: Annotated[int, typer.Option(min=1, max=100, help="How many fold seeds; scores are means.")] = 1,
    study: StudyOption = None,
    scheduler: SchedulerOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=f"Also write the predictions of every row ({SUFFIXES}).")
    ] = None,
    save: SaveOption = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> None:
    """Score the chosen model, the publisher's forest, 1-NN and the median on OBELiX: its test part, and folds by DOI.

    Limits of conductivity count in two ways: "replaced" by 1e-15 S/cm as the publisher does, and at their "bound".
    ``--study`` asks a question of sse-db study of the training part instead, with limits at their bound.
    """
    check_files(output, save)
    if study is not None:
        refuse_files("--study", None, save)
    if scheduler and study is not None:
        raise WrongUsage("--study is not shared out to a cluster", "leave --scheduler out")
    from analysis.obelix.benchmark import BENCHMARK_PROTOCOLS, TEST_PART, run_benchmark
    from analysis.obelix.reading import read_obelix
    from sse_db.formats import frame_rows, write_rows

    data = read_obelix(folder)
    if study is not None:
        from analysis.obelix.learning import make_learners

        about = {"data": "OBELiX, training part", "limits": "bound"}
        ask(study, make_learners(data), Wanted(about, range(seed, seed + seeds), output, json_output))
        return
    with connect(scheduler), progress("benchmark") as tell:
        found = run_benchmark(
            data,
            protocols=(TEST_PART,) if quick else BENCHMARK_PROTOCOLS,
            seeds=range(seed, seed + seeds),
            progress=tell,
        )
    if output is not None:
        write_rows(*frame_rows(found.predictions.drop(columns="place")), output)
        say(f"wrote the predictions to {output}")
    if save is not None:
        from analysis.evaluation.one_target import save_json

        save_json(found.as_json(), save)
        tell_saved(save)
    for remark in found.remarks:
        say(f"note: {remark}")
    show(found, json_output)


@benchmark_app.command("liverpool")
def benchmark_liverpool(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Your own copy of LiIonDatabase.csv.")],
    seed: Annotated[int, typer.Option(min=0, help="Seed of the first folds.")] = 0,
    seeds: Annotated[int, typer.Option(min=1, max=100, help="How many fold seeds; errors are averaged over them.")] = 1,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=f"Also write the error of every sample ({SUFFIXES}).")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> None:
    """Learn from all temperatures of the Liverpool data set, beside models of room temperature and interpolation.

    Its licence forbids to pass the file on: you download it yourself. No database is needed, and none is changed.
    """
    check_files(output, None)
    from sse_db.notebook import liverpool

    with progress("learning from all temperatures"):
        found = liverpool.benchmark_liverpool(file, seed=seed, seeds=seeds)
    for row in found.about["left_out"]:
        say(f"left out: {row}")
    tell(found, output, json_output)


def show(found: Benchmark, json_output: bool) -> None:
    """Write scores and noise floor, in decades of conductivity."""
    if json_output:
        print_json(found.as_json())
        return
    print_table(HEADERS, _cells(found.rows(), COLUMNS))
    print_table(
        ("rows", "limits", "materials with several values", "values", "noise floor (MAE)", "95 % from", "to"),
        _cells(found.noise_floors, ("protocol", "limits", "compositions", "samples", "mae", "mae_low", "mae_high")),
    )


def _cells(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> list[list[Any]]:
    return [[f"{row[name]:.3f}" if isinstance(row[name], float) else row[name] for name in columns] for row in rows]
