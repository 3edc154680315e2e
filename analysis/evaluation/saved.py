"""Saved evaluations: read again, and compared row by row where they are of the same samples, folds and target."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.evaluation.comparison import Difference
from analysis.evaluation.scores import bootstrap_mean
from analysis.models.candidates import BASELINES
from sse_db.errors import NotComparable, NotFound, UnreadableSource
from sse_db.spelling import counted

NUMBERS = ("seed", "sample_id", "publication_id", "group", "fold", "observed", "predicted")
COLUMNS = ("protocol", "model", *NUMBERS)
SAME = 1e-9
"""Observed log10 values that differ by less are one value, written with another number of digits."""
HOW_MADE = "it is what sse-db evaluate --save, or benchmark obelix --save, writes"


@dataclass(frozen=True)
class SavedEvaluation:
    """What a file of ``evaluate`` holds: target, and the predictions of every row by protocol, model and seed."""

    name: str
    target: str
    predictions: pd.DataFrame

    @property
    def protocols(self) -> list[str]:
        """Protocols in the order in which they stand in the file."""
        return list(dict.fromkeys(self.predictions["protocol"]))

    def models(self, protocol: str) -> list[str]:
        """Models of a protocol, baselines last."""
        names = dict.fromkeys(self.predictions.loc[self.predictions["protocol"].eq(protocol), "model"])
        return sorted(names, key=lambda name: name in BASELINES)


def read_evaluation(path: Path) -> SavedEvaluation:
    """Read a file of ``evaluate``; raises UnreadableSource for one that is none, or was cut or edited."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no text"
        raise UnreadableSource(f"{path} cannot be read: {reason}", HOW_MADE) from error
    except ValueError as error:
        raise UnreadableSource(f"{path.name} is no JSON, or was cut: {error}", HOW_MADE) from error
    rows = content.get("predictions") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(content.get("target"), str) or not isinstance(rows, list):
        raise UnreadableSource(f"{path.name} holds no evaluation: target and predictions are wanted", HOW_MADE)
    frame = pd.DataFrame([row for row in rows if isinstance(row, dict)])
    if frame.empty or len(frame) < len(rows):
        raise UnreadableSource(f"{path.name} holds no predictions", HOW_MADE)
    lacking = [name for name in COLUMNS if name not in frame]
    if lacking:
        raise UnreadableSource(f"{path.name}: its predictions lack {', '.join(lacking)}", HOW_MADE)
    return SavedEvaluation(path.name, content["target"], _check(frame, path.name))


def _check(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The predictions with numbers as numbers; raises UnreadableSource where one is none, or stands there twice."""
    typed = frame[list(COLUMNS)].copy()
    for column in NUMBERS:
        typed[column] = pd.to_numeric(typed[column], errors="coerce").astype(float)
        wrong = np.flatnonzero(~np.isfinite(typed[column]))
        if len(wrong):
            value = frame[column].iloc[wrong[0]]
            raise UnreadableSource(f"{name}, prediction {wrong[0] + 1}: {column} {value!r} is no number", HOW_MADE)
    keys = ["protocol", "model", "seed", "sample_id"]
    if typed.duplicated(keys).any():
        raise UnreadableSource(f"{name}: a sample is predicted twice by one model and seed", HOW_MADE)
    return typed


def compare_saved(
    first: SavedEvaluation,
    second: SavedEvaluation,
    *,
    protocol: str | None = None,
    model: str | None = None,
    than: str | None = None,
) -> list[dict[str, Any]]:
    """Paired differences of MAE, first minus second, with intervals over publications (or groups of the protocol).

    Every model that both hold is compared with itself, unless ``model`` of the first and ``than`` of the second are
    named. Raises NotComparable, with the difference named, for other targets, protocols, seeds, samples, values or
    folds; NotFound for a name that is not there.
    """
    if first.target != second.target:
        raise NotComparable(
            f"other targets: {first.name} is of {first.target}, {second.name} of {second.target}",
            "evaluate both on one --target",
        )
    rows = []
    for each in _choose_protocols(first, second, protocol):
        for ours, theirs in _choose_models(first, second, each, model, than):
            rows.append(
                {"target": first.target, "protocol": each, **asdict(_compare(first, second, each, ours, theirs))}
            )
    return rows


def _choose_protocols(first: SavedEvaluation, second: SavedEvaluation, asked: str | None) -> list[str]:
    if asked is not None:
        for each in (first, second):
            if asked not in each.protocols:
                raise NotFound(f"{each.name} has no folds {asked}: it has {', '.join(each.protocols)}")
        return [asked]
    if set(first.protocols) != set(second.protocols):
        shared = [name for name in first.protocols if name in second.protocols]
        option = shared[0].replace(" ", "-") if shared else ""
        raise NotComparable(
            f"other protocols: {first.name} has {', '.join(first.protocols)}; "
            f"{second.name} has {', '.join(second.protocols)}",
            f"--protocol {option} compares what both hold" if shared else "evaluate both with one --protocol",
        )
    return first.protocols


def _choose_models(
    first: SavedEvaluation, second: SavedEvaluation, protocol: str, model: str | None, than: str | None
) -> list[tuple[str, str]]:
    ours, theirs = first.models(protocol), second.models(protocol)
    if model is None and than is None:
        shared = [name for name in ours if name in theirs and name not in BASELINES]
        if shared:
            return [(name, name) for name in shared]
    chosen = []
    for evaluation, names, asked, option in ((first, ours, model, "--model"), (second, theirs, than, "--than")):
        candidates = [name for name in names if name not in BASELINES] if asked is None else [asked]
        if asked is not None and asked not in names:
            raise NotFound(f"{evaluation.name} has no model {asked}: it has {', '.join(names)}")
        if len(candidates) != 1:
            raise NotComparable(
                f"{evaluation.name} has {counted(len(candidates), 'model')} to choose from: {', '.join(names)}",
                f"name one with {option}",
            )
        chosen.append(candidates[0])
    return [(chosen[0], chosen[1])]


def _compare(first: SavedEvaluation, second: SavedEvaluation, protocol: str, model: str, than: str) -> Difference:
    frames = [
        each.predictions[each.predictions["protocol"].eq(protocol) & each.predictions["model"].eq(name)]
        for each, name in ((first, model), (second, than))
    ]
    _require_same_rows(first, second, protocol, frames)
    errors, others = (_mean_errors(frame) for frame in frames)
    groups = frames[0].drop_duplicates("sample_id").set_index("sample_id").loc[errors.index, "group"].to_numpy()
    differences = (errors - others).to_numpy()
    low, high = bootstrap_mean(differences, groups)
    return Difference(
        model=model,
        than=than,
        n=len(errors),
        groups=len(set(groups)),
        seeds=int(frames[0]["seed"].nunique()),
        mae=float(errors.mean()),
        mae_difference=float(differences.mean()),
        low=low,
        high=high,
    )


def _mean_errors(frame: pd.DataFrame) -> pd.Series:
    """Absolute error of every sample (decades), averaged over fold seeds."""
    return (frame["observed"] - frame["predicted"]).abs().groupby(frame["sample_id"]).mean()


def _require_same_rows(
    first: SavedEvaluation, second: SavedEvaluation, protocol: str, frames: Sequence[pd.DataFrame]
) -> None:
    """Raise NotComparable, with what differs, unless both predict the same samples in the same folds."""
    names = f"{first.name} and {second.name}, folds {protocol}"
    seeds = [sorted({int(seed) for seed in frame["seed"]}) for frame in frames]
    if seeds[0] != seeds[1]:
        listed = [", ".join(map(str, each)) for each in seeds]
        raise NotComparable(
            f"other fold seeds: {first.name} has {listed[0]}; {second.name} has {listed[1]}",
            "evaluate both with the same --seed and --seeds",
        )
    both = frames[0].merge(frames[1], on=["seed", "sample_id"], how="outer", suffixes=("", "_2"), indicator=True)
    alone = [both.loc[both["_merge"].eq(side), "sample_id"].nunique() for side in ("left_only", "right_only")]
    if any(alone):
        raise NotComparable(
            f"other data: {counted(alone[0], 'sample')} in {first.name} alone, {alone[1]} in {second.name} alone",
            "evaluate both on the same database with the same --mode and --interpolate",
        )
    values = both.loc[(both["observed"] - both["observed_2"]).abs() > SAME, "sample_id"].nunique()
    papers = both.loc[both["publication_id"].ne(both["publication_id_2"]), "sample_id"].nunique()
    if values or papers:
        what = (
            f"the observed value of {counted(values, 'sample')}"
            if values
            else f"the paper of {counted(papers, 'sample')}"
        )
        raise NotComparable(f"other data: {what} differs between {names}", "evaluate both on the same database")
    moved = both.loc[both["fold"].ne(both["fold_2"]) | both["group"].ne(both["group_2"]), "sample_id"].nunique()
    if moved:
        raise NotComparable(
            f"other folds: {counted(moved, 'sample')} of {names} stand in another fold or group",
            "the same protocol and seed of one version make the same folds; evaluate both again",
        )
