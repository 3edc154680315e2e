"""Commands that fit a model on all rows, and predict samples that nobody measured."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.choices import ModelName, ModelOption, first_of
from sse_db.cli.render import Settings, print_json, print_table, progress, say, settings_of
from sse_db.cli.targets import ExtraOption, TargetOption, keep_output_clean, read_table, tell_coverage
from sse_db.errors import DatabaseMissing, UnreadableSource, WrongUsage
from sse_db.formats import SUFFIXES, check_output, check_place
from sse_db.spelling import counted
from sse_db.temperatures import ROOM_TEMPERATURE_C

if TYPE_CHECKING:
    import pandas as pd
    import sqlalchemy as sa

    from analysis.prediction.predicting import Prediction
    from analysis.prediction.training import TrainedModel

OPTIONS = {
    "Formula": "--formula",
    "Sintering temperature": "--sintering-temperature",
    "Sintering time": "--sintering-time",
    "Synthesis method": "--method",
    "Grain size": "--grain-size",
    "Pellet diameter": "--pellet-diameter",
    "Additive": "--additive",
    "Additive content": "--additive-content",
    "Phase": "--phase",
}
"""Header of the literature sheet to the option that stands for it."""
AsJson = Annotated[bool, typer.Option("--json", help="Write the result as JSON.")]


def register(app: typer.Typer) -> None:
    """Add this file's commands to the application."""
    app.command("train")(train)
    app.command("predict")(predict)


def train(
    context: typer.Context,
    target: TargetOption,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="MODEL", help="File of the model.")],
    model: ModelOption = first_of(ModelName),
    extra: ExtraOption = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Score the paper's other models too; takes longer.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the folds.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    json_output: AsJson = False,
) -> None:
    """Fit a model on all rows; save it with its scores, its rows, and the measured coverage of its intervals."""
    check_place(output)
    if output.exists() and not force:
        raise WrongUsage(f"{output} is there already", "choose another name, or --force to replace it")
    engine = settings_of(context).open()
    from analysis.data.requirements import require_rows

    require_rows(engine, target.value)
    from sse_db.notebook.database import Database

    with progress("training") as tell, keep_output_clean():
        trained = Database(engine).train(
            str(model), target.value, extra=read_table(extra), compare=compare, seed=seed, jobs=2, tell=tell
        )
        trained.save(output, force=force)
    if json_output:
        print_json(trained.card)
    else:
        show_card(trained.card)
    tell_coverage(trained.card["coverage_of_descriptors"], trained.card["n"])
    say(trained.card["comparison"])
    say(f"wrote {output}: {trained.card['n']} samples of {trained.card['publications']} publications")


def show_card(card: dict[str, Any]) -> None:
    """Scores beside their baselines, and coverage of the intervals, as two tables."""
    scores = ("protocol", "model", "n", "r2", "mae", "mae_low", "mae_high")
    print_table(
        ("folds", "model", "n", "R²", "MAE", "95 % from", "to"),
        [[_short(row[name]) for name in scores] for row in card["scores"]],
        title=f"{card['label']}, nested cross-validation, limits left out",
    )
    print_table(
        ("nominal", "covered", "95 % from", "to", "half width, mean of folds", "half width in predict", "papers", "n"),
        [[_short(value) for value in _coverage_row(row, card["half_widths"])] for row in card["coverage"]],
        title=(
            "Intervals on publications never seen; shares and their binomial interval are over publications. Half "
            "widths in decades: of the folds, calibrated on four fifths of the publications each; predict's on all"
        ),
    )


def _coverage_row(row: dict[str, Any], widths: dict[str, float | None]) -> list[Any]:
    used = widths[f"{row['level']:g}"]
    shares = [row[name] for name in ("level", "covered", "low", "high", "half_width")]
    return [*shares, "too few papers" if used is None else used, row["publications"], row["n"]]


def _short(value: Any) -> Any:
    return f"{value:.3f}" if isinstance(value, float) else value


def predict(
    context: typer.Context,
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="File written by train.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Sheet of samples, headers as in a literature sheet.")
    ] = None,
    formula: Annotated[str | None, typer.Option(help="Composition of one sample, as papers write it.")] = None,
    sintering_temperature: Annotated[str | None, typer.Option(help="In °C, or with a unit.")] = None,
    sintering_time: Annotated[str | None, typer.Option(help="In hours, or with a unit.")] = None,
    method: Annotated[str | None, typer.Option(help="Synthesis method, in words.")] = None,
    grain_size: Annotated[str | None, typer.Option(help="In µm, or with a unit.")] = None,
    pellet_diameter: Annotated[str | None, typer.Option(help="In mm, or with a unit.")] = None,
    additive: Annotated[str | None, typer.Option(help="What was added; none for nothing.")] = None,
    additive_content: Annotated[str | None, typer.Option(help="In wt%.")] = None,
    phase: Annotated[str | None, typer.Option(help="crystal or glass ceramic.")] = None,
    temperature: Annotated[
        str | None,
        typer.Option(help="In °C, or with a unit; other than 25 °C for a model of all temperatures.  [default: 25]"),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option("--model", "-m", metavar="FILE.py", help="File of your own that the model was made in."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help=f"Also write a table ({SUFFIXES}).")] = None,
    json_output: AsJson = False,
) -> None:
    """Predict log10 conductivities with intervals, nearest known samples, and warnings outside the known domain.

    Structural descriptors come from the database's records of the same composition, where there is one.
    """
    facts = (
        formula, sintering_temperature, sintering_time, method, grain_size, pellet_diameter, additive,
        additive_content, phase,
    )  # fmt: skip
    given = {header: text for header, text in zip(OPTIONS, facts, strict=True) if text is not None}
    if (file is None) == (formula is None) or (file is not None and given):
        raise WrongUsage(
            "give either a FILE or --formula with what else is known", "for example --formula Li7La3Zr2O12"
        )
    if output is not None:
        check_output(output)
    for path in filter(None, (model, file)):
        if not path.is_file():
            raise UnreadableSource(f"there is no file {path}", "a model is made with: sse-db train" * (path == model))
    asked_c = _read_temperature(temperature)
    trained, predictions = _predict(settings_of(context), model, code, file, given, asked_c)
    from analysis.prediction.predicting import tabulate
    from sse_db.formats import frame_rows, write_rows

    if output is not None:
        write_rows(*frame_rows(tabulate(predictions)), output)
        say(f"wrote {counted(len(predictions), 'prediction')} to {output}")
    if json_output:
        print_json({"target": trained.card["target"], "predictions": [asdict(each) for each in predictions]})
    else:
        show_predictions(trained, predictions)


def _predict(
    settings: Settings, path: Path, code: str | None, file: Path | None, given: dict[str, str], temperature_c: float
) -> tuple[TrainedModel, list[Prediction]]:
    """The model of a file, and its predictions for a sheet or for one sample given by options."""
    from analysis.prediction.elsewhere import require_temperature
    from analysis.prediction.predicting import predict_samples
    from analysis.prediction.saved_model import load_model

    trained = load_model(path, code)
    require_temperature(trained.card, temperature_c)
    samples = _describe(settings, trained, file, given)
    with keep_output_clean():
        return trained, predict_samples(trained, samples, temperature_c)


def _read_temperature(text: str | None) -> float:
    """A temperature in °C from how people write it; raises WrongUsage for what is none."""
    from etl.cells.quantities import read_quantity
    from sse_db.errors import SseDbError

    if text is None:
        return ROOM_TEMPERATURE_C
    try:
        quantity = read_quantity(text, "temperature_c")
    except SseDbError as error:
        raise WrongUsage(f"--temperature {text}: {error}", error.hint) from error
    if quantity.relation not in (None, "="):
        raise WrongUsage(f"--temperature {text} is a limit or a range", "ask for one temperature at a time")
    return float(quantity.value)


def _describe(settings: Settings, trained: TrainedModel, file: Path | None, given: dict[str, str]) -> pd.DataFrame:
    """The samples to predict, with their descriptors and what else the model learnt from; doubts are told."""
    from etl.papers.samples_to_predict import describe_one_sample, read_samples_to_predict
    from sse_db.notebook.samples import describe_frame, describe_in_copy

    brought = [name for name in trained.extra if name != "formula"]
    if not brought:
        intake = describe_one_sample(given, OPTIONS) if file is None else read_samples_to_predict(file)
        for doubt in intake.doubts:
            say(f"doubt at {doubt.cell or doubt.where}: {doubt.message}" + (f" ({doubt.hint})" if doubt.hint else ""))
        return describe_in_copy(_open_known(settings), intake)
    if file is None:
        raise WrongUsage(f"the model learnt from {', '.join(brought)} too", "give a FILE with a column of that name")
    samples, doubts = describe_frame(_open_known(settings), read_table(file), trained.extra)
    for name, told in zip(samples["sample"], doubts, strict=True):
        for each in told:
            say(f"doubt at {name}: {each}")
    return samples


def _open_known(settings: Settings) -> sa.Engine | None:
    """The user's database, None where there is none and none was named."""
    try:
        return settings.open()
    except DatabaseMissing:
        if settings.database is not None:
            raise
    say("no database here: structural descriptors stay unknown")
    return None


def show_predictions(trained: TrainedModel, predictions: list[Prediction]) -> None:
    """One row per sample; warnings below, in words."""
    levels = list(trained.card["half_widths"])
    rows = [
        (
            each.sample,
            each.formula,
            f"{each.value:.2f}",
            *(_span(each.intervals[level]) for level in levels),
            "; ".join(f"{n.formula or n.label} · {n.reference} ({n.observed:.2f})" for n in each.nearest),
        )
        for each in predictions
    ]
    temperature_c = predictions[0].temperature_c
    at = "" if temperature_c == ROOM_TEMPERATURE_C else f" at {temperature_c:g} °C"
    headers = ("sample", "formula", trained.card["label"] + at, *(f"{float(level):.0%}" for level in levels))
    print_table((*headers, "nearest known samples (observed)"), rows)
    for each in predictions:
        for warning in each.warnings:
            say(f"{each.sample}: outside of what is known: {warning}")


def _span(interval: tuple[float, float] | None) -> str:
    return "too few papers" if interval is None else f"{interval[0]:.2f} … {interval[1]:.2f}"
