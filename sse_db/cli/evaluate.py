"""Commands that evaluate models and write the report."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from sse_db.cli.choices import (
    KNOWN_PAPER,
    GridName,
    ModelsOption,
    ModeName,
    ProtocolName,
    StudyName,
    TargetName,
    first_of,
)
from sse_db.cli.cluster import SchedulerOption
from sse_db.cli.engines import EngineName, EngineOption, open_for_views
from sse_db.cli.render import print_json, print_table, progress, say, settings_of
from sse_db.cli.study import study
from sse_db.cli.targets import ExtraOption, InterpolateOption, TargetOption, keep_output_clean, read_table
from sse_db.cluster import connect
from sse_db.errors import WrongUsage
from sse_db.formats import SUFFIXES, check_output, check_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    import sqlalchemy as sa

    from analysis.data.targets import Mode
    from analysis.evaluation.one_target import Evaluation
    from analysis.evaluation.runs import EvaluationPlan, Tell
    from analysis.models.candidates import GridSize

SCORE_COLUMNS = {
    "target": "target",
    "protocol": "folds",
    "label": "model",
    "n": "n",
    "publications": "papers",
    "r2": "R²",
    "r2_spread": "±",
    "mse": "MSE",
    "mse_spread": "±",
    "mae": "MAE",
    "mae_spread": "±",
    "mae_low": "95 % from",
    "mae_high": "to",
}
LONG_S = 60
"""Seconds from which on the user is told how long it will take."""


class ModelsName(StrEnum):
    """Which candidates are scored."""

    PAPER = "paper"
    EXTENDED = "extended"
    ALL = "all"


ProtocolOption = Annotated[
    list[ProtocolName] | None,
    typer.Option(
        "--protocol",
        metavar=f"<{'|'.join(ProtocolName)}>",
        help="How folds are made; repeat it for several.  [default: random, by-publication]",
    ),
]
SeedOption = Annotated[int, typer.Option(min=0, help="Seed of the folds, one for all candidates.")]
SeedsOption = Annotated[
    int | None, typer.Option(min=1, max=100, help="Repeat with so many seeds; mean and spread.  [default: 1]")
]
GridOption = Annotated[GridName | None, typer.Option(help="Hyperparameters to choose from.  [default: small]")]
QuickOption = Annotated[
    bool, typer.Option("--quick", help="Search the grids with early stopping and halving: other choices, like scores.")
]
SaveOption = Annotated[
    Path | None, typer.Option("--save", metavar="FILE.json", help="Also write all of it as JSON, to compare later.")
]
JobsOption = Annotated[int | None, typer.Option(min=1, help="Processes.  [default: one per core]")]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.command("evaluate")(evaluate)
    app.command("report")(report)


def evaluate(
    context: typer.Context,
    target: TargetOption,
    mode: Annotated[ModeName, typer.Option(help="native keeps rows with gaps, complete leaves them out.")] = first_of(
        ModeName
    ),
    protocol: ProtocolOption = None,
    seed: SeedOption = 0,
    seeds: SeedsOption = None,
    grid: GridOption = None,
    quick: QuickOption = False,
    interpolate: InterpolateOption = False,
    limits: Annotated[
        bool, typer.Option("--limits", help="Compare instead what limits such as <1e-10 do in training, four ways.")
    ] = False,
    models: Annotated[
        ModelsName | None,
        typer.Option(help="The paper's four, those that learn from compositions too, or both.  [default: paper]"),
    ] = None,
    model: ModelsOption = None,
    extra: ExtraOption = None,
    jobs: JobsOption = None,
    scheduler: SchedulerOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=f"Also write the predictions of every row ({SUFFIXES}).")
    ] = None,
    save: SaveOption = None,
    json_output: Annotated[bool, typer.Option("--json", help="Write the result as JSON.")] = False,
) -> None:
    """Score models and two baselines by nested cross-validation, random folds and folds by publication."""
    check_files(output, save)
    if scheduler and (limits or KNOWN_PAPER in (protocol or [])):
        raise WrongUsage("--limits and known-paper are not shared out to a cluster", "leave --scheduler out")
    if models and model:
        raise WrongUsage("--models names a group of models, --model single ones", "give one of the two")
    if limits:
        refuse_files("--limits", output, save)
        _compare_limits(context, target, seed, json_output)
        return
    if KNOWN_PAPER in (protocol or []):
        refuse_files("--protocol known-paper", None, save)
        if len(protocol or []) > 1 or models:
            raise WrongUsage("known-paper goes with no other protocol, nor with --models", "ask for it alone")
        study(context, StudyName(KNOWN_PAPER), target, model, seed, seeds or 5, interpolate, extra, output, json_output)
        return
    engine = settings_of(context).open()
    _require_rows(engine, target, mode, interpolate)
    from sse_db.notebook.database import DEFAULT_PROTOCOLS, Database

    with connect(scheduler, jobs), progress("evaluating") as tell, keep_output_clean():
        found = Database(engine).evaluate(
            model or _names_of(models or ModelsName.PAPER),
            target.value,
            protocol=[each.value for each in protocol or []] or DEFAULT_PROTOCOLS,
            seed=seed,
            seeds=seeds or 1,
            grid=cast("GridSize", grid.value) if grid else "small",
            quick=quick,
            mode=cast("Mode", mode.value),
            interpolate=interpolate,
            extra=read_table(extra),
            jobs=jobs,
            tell=_tell_time(tell),
        )
    _keep(found, output, save)
    content = found.as_json()
    if json_output:
        print_json(content)
        return
    show_scores(content["results"], content["noise_floor"])
    show_differences(found.differences)
    for sentence in found.left_out:
        say(f"left out: {sentence}")


def check_files(output: Path | None, save: Path | None) -> None:
    """Raise WrongUsage before anything is computed where a file cannot be written."""
    if output is not None:
        check_output(output)
    if save is not None:
        check_place(save)
        if save.suffix.lower() != ".json":
            raise WrongUsage(f"{save.name}: a saved evaluation is a .json file", f"--save {save.stem}.json")


def _keep(found: Evaluation, output: Path | None, save: Path | None) -> None:
    """Write the predictions, and the whole evaluation, to the files that were asked for."""
    from sse_db.formats import frame_rows, write_rows

    if output is not None:
        write_rows(*frame_rows(found.predictions), output)
        say(f"wrote the predictions to {output}")
    if save is not None:
        found.save(save)
        tell_saved(save)


def tell_saved(save: Path) -> None:
    """Say where an evaluation was written, and what it is for."""
    say(f"wrote the evaluation to {save}; compare it with another: sse-db compare {save} OTHER.json")


def refuse_files(option: str, output: Path | None, save: Path | None) -> None:
    """Raise WrongUsage for a file that a study does not give."""
    for name, path in (("-o", output), ("--save", save)):
        if path is not None:
            raise WrongUsage(f"{option} gives no such file as {name} writes", f"leave {name} out, or use --json")


def _require_rows(engine: sa.Engine, target: TargetName, mode: ModeName, interpolate: bool) -> None:
    from analysis.data.requirements import require_rows

    require_rows(engine, target.value, cast("Mode", mode.value), interpolate=interpolate)


def _compare_limits(context: typer.Context, target: TargetName, seed: int, json_output: bool) -> None:
    from analysis.data.requirements import require_limits

    engine = settings_of(context).open()
    require_limits(engine, target.value)
    from analysis.data.targets import find_target
    from analysis.studies.censoring import predict_treatments, read_rows, score_treatments

    rows = read_rows(engine, find_target(target.value))
    table = score_treatments(predict_treatments(rows, seed=seed))
    if json_output:
        print_json({"results": table.to_dict("records")})
        return
    columns = ["limits", "n", "mae", "limit_rows", "limits_respected", "mae_one_sided", "difference"]
    columns += ["difference_low", "difference_high", "log_likelihood"]
    shown = [[row[name] for name in columns] for row in table.round(3).to_dict("records")]
    headers = ("limits in training", "values", "MAE", "limits", "respected", "one-sided MAE", "minus left out")
    print_table((*headers, "95 % from", "to", "log likelihood"), shown)
    say("folds by publication; MAE: values alone; one-sided MAE: limits too, wrong by how far they are overstepped")


def _names_of(models: ModelsName) -> list[str]:
    """The candidates of a choice."""
    from analysis.models.candidates import CANDIDATES
    from analysis.models.extended import EXTENDED

    both = {**CANDIDATES, **EXTENDED}
    return list({ModelsName.PAPER: CANDIDATES, ModelsName.EXTENDED: EXTENDED, ModelsName.ALL: both}[models])


def report(
    context: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the report.")] = Path("report"),
    full: Annotated[
        bool, typer.Option("--full", help="All protocols, ten seeds, wide grids; goes on where it was stopped.")
    ] = False,
    seed: SeedOption = 0,
    seeds: SeedsOption = None,
    grid: GridOption = None,
    quick: QuickOption = False,
    interpolate: InterpolateOption = False,
    jobs: JobsOption = None,
    scheduler: SchedulerOption = None,
    reader: EngineOption = EngineName.SQLITE,
    json_output: Annotated[bool, typer.Option("--json", help="Write the scores as JSON.")] = False,
) -> None:
    """Write a page with everything the paper shows, from this database, and its numbers and figures as files.

    What is finished is kept in the folder: stopped at any moment, the same command goes on from there.
    """
    check_place(output, folder=True)
    engine = open_for_views(context, reader)
    from analysis.data.requirements import require_samples

    require_samples(engine)
    from analysis.evaluation.runs import DEFAULT_REPORT, FULL_EVALUATION
    from analysis.report.write import write_report

    plan = _change(
        replace(FULL_EVALUATION if full else DEFAULT_REPORT, seed=seed, interpolate=interpolate), seeds, grid, quick
    )
    with connect(scheduler, jobs), progress("report") as tell:
        written = write_report(engine, output, plan, jobs=jobs, tell=_tell_time(tell))
    if json_output:
        print_json({"results": written.scores})
    else:
        show_scores([row for row in written.scores if row["model"] in ("xgboost", "median")])
        for sentence in written.shortages:
            say(f"not evaluated: {sentence}")
    say(f"{'unchanged since the last run' if written.reused else 'written'}: {written.page}")


def _change(plan: EvaluationPlan, seeds: int | None, grid: GridName | None, quick: bool) -> EvaluationPlan:
    """A plan with what the user asked for otherwise."""
    return replace(
        plan,
        seeds=seeds or plan.seeds,
        comparison_seeds=seeds or plan.comparison_seeds,
        grid=cast("GridSize", grid.value) if grid else plan.grid,
        search="quick" if quick else plan.search,
    )


def _tell_time(tell: Callable[[int, int], None]) -> Tell:
    """Pass progress on, and say once how long the rest will take, if it is long."""
    told = False

    def report_time(done: int, total: int, left_s: float | None) -> None:
        nonlocal told
        tell(done, total)
        if left_s is not None and not told:
            told = True
            if left_s > LONG_S:
                say(f"{total - done} of {total} units of work left, about {_spell_time(left_s)} at this pace")

    return report_time


def _spell_time(seconds: float) -> str:
    return f"{seconds / 3600:.1f} hours" if seconds > 5400 else f"{seconds / 60:.0f} minutes"


def show_scores(scores: Sequence[dict[str, Any]], floors: Sequence[dict[str, Any]] = ()) -> None:
    """Write scores as a table: R², MSE and MAE in decades, with the interval of the MAE and the spread over seeds."""
    rows = [
        *scores,
        *({"protocol": "same composition", "label": "Noise floor", "n": f["samples"], **f} for f in floors),
    ]
    several = any(row.get("seeds", 1) > 1 for row in rows)
    shown = {name: header for name, header in SCORE_COLUMNS.items() if several or not name.endswith("_spread")}
    cells = [[_round(row.get(name)) for name in shown] for row in rows]
    print_table(tuple(shown.values()), cells)


def show_differences(differences: pd.DataFrame) -> None:
    """Write the paired differences to the baselines as a table, in decades of MAE with their intervals."""
    from analysis.models.candidates import BASELINES

    names = ["protocol", "rows", "model", "than", "mae_difference", "low", "high"]
    shown = differences.loc[differences["than"].isin(BASELINES), names]
    if shown.empty:
        return
    headers = ("folds", "values", "model", "minus", "difference of MAE", "95 % from", "to")
    print_table(headers, [[_round(value) for value in row] for row in shown.to_numpy().tolist()])


def _round(value: Any) -> Any:
    return f"{value:.3f}" if isinstance(value, float) else value
