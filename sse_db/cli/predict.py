"""Commands that fit a model on all rows, and predict samples that nobody measured."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sse_db.cli.choices import ModelName, first_of
from sse_db.cli.render import Settings, print_json, print_table, progress, say, settings_of
from sse_db.cli.targets import TargetOption, tell_coverage
from sse_db.errors import DatabaseMissing, UnreadableSource, WrongUsage
from sse_db.formats import SUFFIXES, check_output, check_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import sqlalchemy as sa

    from analysis.prediction.predicting import Prediction
    from analysis.prediction.training import TrainedModel
    from etl.drafts import Intake

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
    model: Annotated[ModelName, typer.Option("--model", "-m", help="Model to fit.")] = first_of(ModelName),
    seed: Annotated[int, typer.Option(help="Seed of the folds.")] = 0,
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
    from analysis.prediction.saved_model import save_model
    from analysis.prediction.training import train_model

    with progress("training") as tell:
        trained = train_model(engine, target.value, model.value, seed=seed, progress=tell)
    save_model(trained, output, force=force)
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
    from etl.papers.samples_to_predict import describe_one_sample, read_samples_to_predict

    intake = describe_one_sample(given, OPTIONS) if file is None else read_samples_to_predict(file)
    for doubt in intake.doubts:
        say(f"doubt at {doubt.cell or doubt.where}: {doubt.message}" + (f" ({doubt.hint})" if doubt.hint else ""))
    from analysis.prediction.predicting import predict_samples
    from analysis.prediction.saved_model import load_model

    trained = load_model(model)
    predictions = predict_samples(trained, describe_in_copy(settings_of(context), intake))
    if output is not None:
        write_predictions(predictions, output)
    if json_output:
        print_json({"target": trained.card["target"], "predictions": [asdict(each) for each in predictions]})
    else:
        show_predictions(trained, predictions)


def describe_in_copy(settings: Settings, intake: Intake) -> pd.DataFrame:
    """Descriptors of an intake's samples by the views of a throw-away copy of the database, or of an empty one.

    Definitions stay in one place, and structures of the same composition are found; the database is not touched.
    """
    from analysis.prediction.predicting import describe_samples
    from etl.loading.load import load_intake

    with copied_database(settings) as engine:
        report = load_intake(engine, intake, curator="predict", on_conflict="update")
        keys = [change.row_id for change in report.changes if change.table == "samples"]
        return describe_samples(engine, keys)


@contextmanager
def copied_database(settings: Settings) -> Iterator[sa.Engine]:
    """An engine on a copy of the user's database, on a new empty one where there is none."""
    from sse_db.database.engine import open_engine, resolve_url
    from sse_db.database.migrate import upgrade
    from sse_db.database.transfer import write_file

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.db"
        try:
            write_file(settings.open(), path)
        except DatabaseMissing:
            if settings.database is not None:
                raise
            upgrade(resolve_url(str(path)))
            say("no database here: structural descriptors stay unknown")
        engine = open_engine(str(path))
        try:
            yield engine
        finally:
            engine.dispose()


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
    headers = ("sample", "formula", trained.card["label"], *(f"{float(level):.0%}" for level in levels))
    print_table((*headers, "nearest known samples (observed)"), rows)
    for each in predictions:
        for warning in each.warnings:
            say(f"{each.sample}: outside of what is known: {warning}")


def _span(interval: tuple[float, float] | None) -> str:
    return "too few papers" if interval is None else f"{interval[0]:.2f} … {interval[1]:.2f}"


def write_predictions(predictions: list[Prediction], path: Path) -> None:
    """One row per sample: value, ends of the intervals, nearest known sample, warnings."""
    from sse_db.formats import write_rows

    levels = list(predictions[0].intervals)
    ends = [f"{end}_{float(level):.0%}".replace("%", "_percent") for level in levels for end in ("low", "high")]
    columns = ("sample", "formula", "predicted_log10", *ends, "nearest_formula", "nearest_reference", "warnings")
    rows = []
    for each in predictions:
        spans = [end for level in levels for end in (each.intervals[level] or (None, None))]
        first = each.nearest[0] if each.nearest else None
        names = (first.formula or first.label, first.reference) if first else (None, None)
        rows.append((each.sample, each.formula, each.value, *spans, *names, "; ".join(each.warnings)))
    write_rows(columns, rows, path)
    say(f"wrote {len(rows)} predictions to {path}")
