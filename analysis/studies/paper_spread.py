"""The spread between papers: how far the highest and the lowest paper about one composition lie apart.

For a curator who looks for slips. It is not the noise floor of the score tables, which is the error that remains for a
perfect model of compositions and is made per target in ``analysis.evaluation.noise_floor``.
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import read_view
from sse_db.temperatures import COMPARED_C

COLUMNS = ["composition_id", "formula", "contribution", "publications", "lowest_log10", "highest_log10", "spread"]


def compare_papers(engine: sa.Engine) -> pd.DataFrame:
    """One row per composition and contribution measured by several publications near room temperature.

    Each publication counts once, by the mean of its log10 σ (S/cm) at 20–30 °C; ``spread`` is the distance in decades
    between the highest and the lowest. Limits, approximate and extrapolated values stay out.
    """
    points = read_view(engine, "measurement_points")
    usable = points[
        points["temperature_c"].between(*COMPARED_C)
        & points["relation"].eq("=")
        & points["contribution"].ne("unspecified")
        & points["value_basis"].ne("extrapolated")
    ]
    compositions = read_view(engine, "descriptors")[["sample_id", "composition_id"]].dropna()
    return _spread(usable.merge(compositions, on="sample_id"))


def _spread(points: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    if points.empty:
        return pd.DataFrame(columns=COLUMNS)
    keys = ["composition_id", "formula", "contribution"]
    decades = points.assign(decade=np.log10(points["conductivity_s_per_cm"].astype(float)))
    papers = decades.groupby([*keys, "publication_id"])["decade"].mean()
    spread = papers.groupby(keys).agg(publications="size", lowest_log10="min", highest_log10="max").reset_index()
    spread["spread"] = spread["highest_log10"] - spread["lowest_log10"]
    return spread[spread["publications"] > 1].reset_index(drop=True)


def median_spreads(spread: pd.DataFrame) -> dict[str, tuple[float, int]]:
    """Contribution to the median spread in decades and the number of compositions it rests on."""
    groups = spread.groupby("contribution")["spread"]
    return {str(name): (float(values.median()), len(values)) for name, values in groups}
