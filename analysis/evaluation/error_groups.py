"""Where a model errs: its errors by structure class and by paper, beside those of the median on the same samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.evaluation.comparison import group_seeds, mean_errors
from analysis.evaluation.scores import bootstrap_mean
from analysis.evaluation.validation import NestedResult
from analysis.models.candidates import BASELINES, MEDIAN

CLASS, PAPER = "structure class", "publication"
UNKNOWN = "unknown"
COLUMNS = [
    "target", "protocol", "model", "kind", "name", "publication_id", "n", "publications", "mae", "mae_low", "mae_high",
    "mean_error", "median_mae", "mae_difference", "low", "high",
]  # fmt: skip


def group_errors(results: Sequence[NestedResult], names: pd.DataFrame) -> pd.DataFrame:
    """One row per protocol, model, and structure class or publication of a target.

    ``names`` (indexed by sample_id) has structure_class and reference. ``mae`` is in decades, averaged over fold seeds,
    ``mean_error`` the mean of predicted minus observed, ``median_mae`` that of the median on the same samples,
    ``mae_difference`` the first minus the last. Intervals resample publications; of a single one there is none.
    """
    repeated = group_seeds(results)
    rows: list[dict[str, Any]] = []
    for (protocol, model), ours in repeated.items():
        if model not in BASELINES and (protocol, MEDIAN) in repeated:
            rows += _describe_groups(ours, repeated[protocol, MEDIAN], names)
    return pd.DataFrame(rows, columns=COLUMNS)


def _describe_groups(
    ours: Sequence[NestedResult], median: Sequence[NestedResult], names: pd.DataFrame
) -> Iterator[dict[str, Any]]:
    frame = ours[0].predictions
    errors, others = mean_errors(ours), mean_errors(median)
    signed = np.mean([each.predictions["predicted"] - each.predictions["observed"] for each in ours], axis=0)
    papers = frame["publication_id"].to_numpy()
    named = names.loc[frame["sample_id"]]
    kinds = {CLASS: named["structure_class"].fillna(UNKNOWN).to_numpy(), PAPER: papers}
    for kind, groups in kinds.items():
        for group in pd.unique(groups):
            kept = groups == group
            low, high = _interval(errors[kept], papers[kept])
            difference = errors[kept] - others[kept]
            difference_low, difference_high = _interval(difference, papers[kept])
            yield {
                "target": ours[0].target,
                "protocol": ours[0].protocol,
                "model": ours[0].model,
                "kind": kind,
                "name": str(group) if kind == CLASS else str(named["reference"].to_numpy()[kept][0]),
                "publication_id": None if kind == CLASS else int(group),
                "n": int(kept.sum()),
                "publications": len(set(papers[kept])),
                "mae": float(errors[kept].mean()),
                "mae_low": low,
                "mae_high": high,
                "mean_error": float(signed[kept].mean()),
                "median_mae": float(others[kept].mean()),
                "mae_difference": float(difference.mean()),
                "low": difference_low,
                "high": difference_high,
            }


def _interval(values: np.ndarray, papers: np.ndarray) -> tuple[float | None, float | None]:
    return bootstrap_mean(values, papers) if len(set(papers)) > 1 else (None, None)
