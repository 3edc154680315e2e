"""Training sets as files: with frozen folds, so that scores can be compared, and with what a reader has to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import hash_frames, read_view
from analysis.data.interpolation import STANDARD_ERROR, read_training
from analysis.data.requirements import count_known
from analysis.data.targets import ROUNDING_RULED, TARGETS, Target, build_matrix, describe_shortage
from analysis.folds.protocols import BY_PUBLICATION, OUTER_FOLDS, RANDOM, groups_of, split_folds
from sse_db.about import VERSION

FOLDS = {"fold_random": RANDOM, "fold_by_publication": BY_PUBLICATION}
SPLIT = "split"
HELD_OUT_FOLD = 1
SEED = 0
ADDED = {
    "fold_random": "Outer fold of random cross-validation, frozen (5 folds, seed 0)",
    "fold_by_publication": "Outer fold where no publication stands on both sides, frozen (5 folds, seed 0)",
    SPLIT: "train, or test for the publications of fold 1 of fold_by_publication, frozen",
    STANDARD_ERROR: "Standard error of log10 σ interpolated to 25 °C",
}
"""Columns that no view has, and what they hold."""


@dataclass(frozen=True)
class TrainingSet:
    """Rows to learn from, and the description that goes beside them."""

    frame: pd.DataFrame
    description: dict[str, Any]
    shortage: str = ""
    """One sentence on the samples and publications that are lacking to evaluate a model; empty for enough."""


def frozen_training_sets(engine: sa.Engine) -> dict[str, pd.DataFrame]:
    """Target to the rows of its view, with frozen folds and split; codes are whole numbers, also beside gaps."""
    return {name: add_folds(read_training(engine, target), target).convert_dtypes() for name, target in TARGETS.items()}


def add_folds(frame: pd.DataFrame, target: Target) -> pd.DataFrame:
    """The rows by sample, with the outer fold of each, 1 to 5, under both protocols, and a split by publication.

    Where there are too few rows or publications to hold any out, the three are empty.
    """
    frame = frame.sort_values("sample_id").reset_index(drop=True)
    matrix = build_matrix(frame, target)
    for column, protocol in FOLDS.items():
        frame[column] = pd.array([pd.NA] * len(frame), dtype="Int64")
        groups = groups_of(matrix, protocol) if len(frame) else None
        enough = len(frame) >= 2 and (groups is None or len(set(groups)) >= 2)
        splits = split_folds(len(frame), groups, OUTER_FOLDS, SEED) if enough else []
        for number, (_, test) in enumerate(splits, start=1):
            frame.loc[test, column] = number
    held_out = frame["fold_by_publication"].eq(HELD_OUT_FOLD)
    frame[SPLIT] = held_out.map({True: "test", False: "train"}).astype("string")
    return frame


def read_training_set(
    engine: sa.Engine,
    target: Target,
    *,
    interpolate: bool = False,
    reviewed_only: bool = False,
    folds: bool = False,
    rounding_ruled: bool = False,
) -> TrainingSet:
    """The rows of a target with a value, described; ``reviewed_only`` leaves publications in draft out,
    ``rounding_ruled`` keeps derived grain-boundary values that the rounding of the other two rules."""
    frame = read_training(engine, target, interpolate=interpolate, rounding_ruled=rounding_ruled)
    names = read_view(engine, "sample_names")
    if reviewed_only:
        reviewed = names.loc[names["review_state"].eq("reviewed"), "sample_id"]
        frame = frame[frame["sample_id"].isin(reviewed)]
    frame = add_folds(frame, target) if folds else frame
    matrix = build_matrix(frame, target)
    ruled = (
        "" if rounding_ruled or target.contribution != "grain_boundary" else f" AND coalesce({ROUNDING_RULED}, 0) <> 1"
    )
    query = f"SELECT * FROM {target.view} WHERE {target.column} IS NOT NULL{ruled} ORDER BY sample_id"
    description = {
        "target": target.name,
        "target_column": target.column,
        "descriptors": target.descriptors,
        "coverage": count_known(matrix),
        "group_column": "publication_id",
        "rows": len(frame),
        "publications": int(frame["publication_id"].nunique()),
        "reviewed_only": reviewed_only,
        "interpolated_rows_added": interpolate,
        "rounding_ruled_rows_kept": rounding_ruled,
        "columns": _describe_columns(frame, target),
        "query": query,
        "view": _view_text(target.view),
        "sources": _describe_sources(frame, names),
        "data_sha256": hash_frames([frame]),
        "code_version": VERSION,
        "licence": "CC-BY-4.0",
    }
    return TrainingSet(frame, description, describe_shortage(matrix))


def _describe_columns(frame: pd.DataFrame, target: Target) -> dict[str, dict[str, str]]:
    """Meaning, unit and kind of values of each column."""
    from sse_db.dictionary import describe
    from sse_db.formats import frame_types

    types = frame_types(frame)
    known = {column.name: column for column in describe(target.view).columns}
    return {
        name: {
            "meaning": known[name].description if name in known else ADDED[name],
            "unit": known[name].unit if name in known else "",
            "type": types[name],
        }
        for name in map(str, frame.columns)
    }


def _view_text(view: str) -> str:
    from sse_db.views import read_select

    return read_select(view)


def _describe_sources(frame: pd.DataFrame, names: pd.DataFrame) -> list[dict[str, Any]]:
    """The publications behind the rows, with the number of samples each gives."""
    ours = names[names["sample_id"].isin(frame["sample_id"])]
    sources = ours.groupby("publication_id", as_index=False).agg(
        doi=("doi", "first"),
        reference=("reference", "first"),
        review_state=("review_state", "first"),
        samples=("sample_id", "count"),
    )
    known = sources.astype(object).where(sources.notna(), None)
    return known.to_dict("records")  # type: ignore[return-value]  # column names are texts
