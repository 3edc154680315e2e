"""Samples that nobody measured, from rows of facts to descriptors: by the views of a throw-away copy of a database."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sse_db.database.engine import open_engine, resolve_url
from sse_db.errors import RefusedFile, WrongUsage

if TYPE_CHECKING:
    import pandas as pd
    import sqlalchemy as sa

    from etl.drafts import Intake

NAMES = ("sample", "label")
"""Columns of a frame that say what its rows are called."""
SAMPLES = "samples"


def describe_in_copy(engine: sa.Engine | None, intake: Intake) -> pd.DataFrame:
    """Descriptors of an intake's samples by the views of a copy of a database, or of an empty one where there is none.

    Definitions stay in one place, and structures of the same composition are found; the database is not touched.
    """
    from analysis.prediction.predicting import describe_samples
    from etl.loading.load import load_intake

    with open_copy(engine) as copied:
        report = load_intake(copied, intake, curator="predict", on_conflict="update")
        keys = [change.row_id for change in report.changes if change.table == "samples"]
        return describe_samples(copied, keys)


@contextmanager
def open_copy(engine: sa.Engine | None) -> Iterator[sa.Engine]:
    """A copy of a database, or an empty one where there is none, that is gone afterwards."""
    from sse_db.database.migrate import upgrade
    from sse_db.database.transfer import write_file

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.db"
        if engine is None:
            upgrade(resolve_url(str(path)))
        else:
            write_file(engine, path)
        copied = open_engine(str(path))
        try:
            yield copied
        finally:
            copied.dispose()


def describe_frame(engine: sa.Engine | None, frame: Any, extra: Sequence[str]) -> tuple[pd.DataFrame, list[list[str]]]:
    """Sample, formula, descriptors and the columns ``extra`` of the rows of a frame, and the doubts about each row.

    Columns have the headers of a literature sheet (Formula, Sintering temperature (°C), …), or are descriptors by their
    names, which then stand in place of what the database knows. Raises WrongUsage for what is no such frame.
    """
    import pandas as pd

    from analysis.data.targets import DESCRIPTOR_NAMES

    if not isinstance(frame, pd.DataFrame):
        raise WrongUsage(f"samples is a {type(frame).__name__}, no frame", "one row per sample, with a column Formula")
    if frame.empty:
        raise WrongUsage("samples has no row", "one row per sample, with a column Formula")
    frame = frame.rename(columns=str)
    lacking = [name for name in extra if name not in frame and name != "formula"]
    if lacking:
        raise WrongUsage(f"samples lacks {', '.join(lacking)}", "the model learnt from it: it was brought as extra")
    own = [name for name in frame if name in DESCRIPTOR_NAMES or (name in extra and name != "formula")]
    names = next((frame[name].astype(str) for name in frame if name.lower() in NAMES), None)
    facts = frame.drop(columns=[*own, *(name for name in frame if name.lower() in NAMES)])
    empty = facts.isna().all(axis=1)
    if empty.any():
        raise WrongUsage(
            f"{SAMPLES}, row {facts.index[empty][0]}: nothing is known of it", "a prediction needs a formula"
        )
    intake = _read_facts(facts)
    described = describe_in_copy(engine, intake).set_axis(frame.index, axis=0)
    nameless = described.index[described["formula"].eq("")]
    if len(nameless):
        raise WrongUsage(f"{SAMPLES}, row {nameless[0]}: it has no formula", "a prediction needs a composition")
    described["sample"] = frame.index.astype(str) if names is None else names
    for name in own:
        given = _to_numbers(frame[name]) if name in DESCRIPTOR_NAMES else frame[name]
        described[name] = given.fillna(described[name]) if name in DESCRIPTOR_NAMES else given
    doubts: list[list[str]] = [[] for _ in range(len(frame))]
    for doubt in intake.doubts:
        if doubt.row is not None:
            doubts[doubt.row - 2].append(f"{doubt.column}: {doubt.message}")
    return described, doubts


def _read_facts(facts: pd.DataFrame) -> Intake:
    """A frame as a literature sheet; raises WrongUsage with the first thing wrong and its row."""
    from etl.papers.samples_to_predict import read_sample_rows

    texts = facts.astype(object).where(facts.notna(), "").astype(str)
    try:
        return read_sample_rows([list(texts.columns), *texts.to_numpy().tolist()], SAMPLES)
    except RefusedFile as error:
        wrong = [each for each in error.problems if each.severity == "error"]
        first = wrong[0]
        row = "" if first.row is None or first.row < 2 else f", row {facts.index[first.row - 2]}"
        column = f", column {first.column}" if first.column else ""
        others = f"; and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise WrongUsage(f"{SAMPLES}{row}{column}: {first.message}{others}", first.hint) from error


def _to_numbers(column: pd.Series) -> pd.Series:
    import pandas as pd

    try:
        numbers = pd.to_numeric(column).astype(float)
    except (ValueError, TypeError) as error:
        raise WrongUsage(f"{SAMPLES}: the descriptor {column.name} is a number: {error}") from error
    if numbers.isin([float("inf"), float("-inf")]).any():
        raise WrongUsage(f"{SAMPLES}: the descriptor {column.name} holds an infinite value", "leave it empty")
    return numbers
