"""Which model scored best under folds by publication, by nested scores alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.models import BASELINES
from analysis.protocols import BY_PUBLICATION


def rank_models(scores: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The score rows of the models (no baselines) under folds by publication, the lowest MAE first."""
    ours = [row for row in scores if row["protocol"] == BY_PUBLICATION and row["model"] not in BASELINES]
    return sorted(ours, key=lambda row: row["mae"])


def compare_models(scores: Sequence[dict[str, Any]], fitted: str) -> str:
    """One sentence on the model with the lowest MAE by publication, beside the one that was fitted."""
    ranked = rank_models(scores)
    best = ranked[0]
    value = f"{best['mae']:.3f} decades (95 % interval {best['mae_low']:.3f} to {best['mae_high']:.3f})"
    caution = "nested scores, and the lowest of several is flattered a little"
    if best["model"] == fitted:
        return f"by publication the model fitted here has the lowest MAE of {len(ranked)}: {value}; {caution}"
    ours = next(row["mae"] for row in ranked if row["model"] == fitted)
    first = f"by publication {best['model']} has the lowest MAE of {len(ranked)} models: {value}"
    return f"{first}; the one fitted here, {fitted}, has {ours:.3f}; {caution}"
