"""Predictions for samples that nobody measured: value, interval, nearest known samples, and where not to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sklearn.metrics.pairwise import nan_euclidean_distances
from sklearn.preprocessing import StandardScaler

from analysis.data.frames import read_view
from analysis.data.targets import DESCRIPTOR_NAMES, LABELS
from analysis.prediction.training import TrainedModel
from sse_db.materials.formulas import elements_of

NEAREST = 3
FAR_QUANTILE = 0.95
"""A sample farther from its nearest known one than this share of known samples are from other papers is outside."""


@dataclass(frozen=True)
class Neighbour:
    """A known sample: its names, observed log10 value, and distance in standardised descriptors."""

    label: str | None
    formula: str | None
    reference: str | None
    doi: str | None
    observed: float
    distance: float


@dataclass(frozen=True)
class Prediction:
    """One sample: predicted log10 value, intervals by level (decades; None where no finite one exists)."""

    sample: str
    formula: str
    value: float
    intervals: dict[str, tuple[float, float] | None]
    nearest: list[Neighbour]
    warnings: list[str] = field(default_factory=list)


def describe_samples(engine: sa.Engine, sample_ids: Sequence[int]) -> pd.DataFrame:
    """One row per sample in the order asked for: sample, formula, descriptors."""
    names = read_view(engine, "sample_names").set_index("sample_id").loc[list(sample_ids)]
    known = read_view(engine, "descriptors").set_index("sample_id").loc[list(sample_ids), DESCRIPTOR_NAMES]
    return known.assign(sample=names["label"], formula=names["formula"].fillna(""))


def predict_samples(model: TrainedModel, samples: pd.DataFrame) -> list[Prediction]:
    """One prediction per row; ``samples`` has sample, formula and the descriptors."""
    X = samples[model.descriptors].astype(float)
    values = model.estimator.predict(X.to_numpy(float))
    distances, limit = _measure_distances(model, X)
    return [
        Prediction(
            sample=str(row["sample"]),
            formula=str(row["formula"]),
            value=float(values[place]),
            intervals=_intervals(model, float(values[place])),
            nearest=_find_nearest(model.rows, distances[place]),
            warnings=_find_warnings(model, X.iloc[place], elements_of(str(row["formula"])), distances[place], limit),
        )
        for place, row in enumerate(samples.to_dict("records"))
    ]


def _intervals(model: TrainedModel, value: float) -> dict[str, tuple[float, float] | None]:
    widths = model.card["half_widths"]
    return {level: None if width is None else (value - width, value + width) for level, width in widths.items()}


def _measure_distances(model: TrainedModel, X: pd.DataFrame) -> tuple[np.ndarray, float]:
    """Distances (m × n) to the known samples over the descriptors both have, and how far known ones are from others.

    Descriptors are standardised by the known samples; a gap leaves its descriptor out, and the rest is scaled up.
    """
    scaler = StandardScaler().fit(model.rows[model.descriptors])
    known = scaler.transform(model.rows[model.descriptors])
    among = _distances(known, known)
    papers = model.rows["publication_id"].to_numpy()
    among[papers[:, None] == papers[None, :]] = np.inf
    return _distances(scaler.transform(X), known), float(np.quantile(among.min(axis=1), FAR_QUANTILE))


def _distances(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Euclidean distances over common descriptors; infinite where these are less than half of ours."""
    common = (~np.isnan(ours)).astype(int) @ (~np.isnan(theirs)).astype(int).T
    comparable = 2 * common >= (~np.isnan(ours)).sum(axis=1, keepdims=True)
    return np.where(comparable & (common > 0), nan_euclidean_distances(ours, theirs), np.inf)


def _find_nearest(rows: pd.DataFrame, distances: np.ndarray) -> list[Neighbour]:
    found = []
    for place in np.argsort(distances, kind="stable")[:NEAREST]:
        if not np.isfinite(distances[place]):
            break
        row = rows.iloc[int(place)]
        label, formula, reference, doi = (
            row[name] if isinstance(row[name], str) else None for name in ("label", "formula", "reference", "doi")
        )
        found.append(Neighbour(label, formula, reference, doi, float(row["observed"]), float(distances[place])))
    return found


def _find_warnings(
    model: TrainedModel, row: pd.Series, elements: frozenset[str], distances: np.ndarray, limit: float
) -> list[str]:
    """Sentences on what places a sample outside of what the model has seen."""
    warnings = []
    unseen = sorted(elements - set(model.card["elements"]))
    if unseen:
        warnings.append(f"no known sample holds {', '.join(unseen)}")
    if not distances.min() <= limit:
        warnings.append(f"far from every known sample: distance {distances.min():.2f}, usual are up to {limit:.2f}")
    known = model.rows[model.descriptors]
    low, high = known.min(), known.max()
    for name in model.descriptors:
        if row[name] < low[name] or row[name] > high[name]:
            warnings.append(f"{LABELS[name]} {row[name]:g} is outside of {low[name]:g} … {high[name]:g}")
    missing = int(row.isna().sum())
    if missing > (usual := int(known.isna().sum(axis=1).median())):
        warnings.append(f"{missing} of {len(row)} descriptors are unknown; of known samples usually {usual}")
    return warnings
