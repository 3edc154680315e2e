"""Correlation of descriptors, as the paper screened them: of two that tell the same, one is enough."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.data.targets import DESCRIPTOR_NAMES, LABELS

STRONG = 0.9
FEWEST = 10
"""Samples that a coefficient needs."""


def correlate_descriptors(descriptors: pd.DataFrame) -> pd.DataFrame:
    """Pearson's r of every pair of descriptors over the samples that have both: first, second, n, r.

    r is missing below ten samples, and where one of the two is constant.
    """
    known = descriptors[DESCRIPTOR_NAMES].astype(float)
    present = known.notna().to_numpy(float)
    counts = pd.DataFrame(present.T @ present, index=DESCRIPTOR_NAMES, columns=DESCRIPTOR_NAMES)
    table = known.corr(min_periods=FEWEST)
    upper = np.triu_indices(len(DESCRIPTOR_NAMES), k=1)
    first, second = (np.array(DESCRIPTOR_NAMES)[places] for places in upper)
    return pd.DataFrame(
        {
            "first": first,
            "second": second,
            "n": counts.to_numpy()[upper].astype(int),
            "r": table.to_numpy()[upper],
        }
    )


def name_strong_pairs(correlations: pd.DataFrame) -> list[dict[str, Any]]:
    """Pairs with |r| above 0.9, strongest first, with labels."""
    strong = correlations[correlations["r"].abs() > STRONG].sort_values("r", key=abs, ascending=False, kind="stable")
    named = strong.assign(first_label=strong["first"].map(LABELS), second_label=strong["second"].map(LABELS))
    return [dict(zip(named.columns, row, strict=True)) for row in named.itertuples(index=False)]
