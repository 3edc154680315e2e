"""Predictions for samples that nobody measured: value, interval, nearest known samples, and where not to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import read_view
from analysis.data.targets import DESCRIPTOR_NAMES, LABELS
from analysis.featurizers.composition import composition_features, profile_features
from analysis.folds.fitting import predict_own
from analysis.prediction.domain import Domain, Place
from analysis.prediction.elsewhere import require_temperature, warn_of_temperature
from analysis.prediction.training import TrainedModel, find_unknown_groups
from sse_db.materials.formulas import elements_of
from sse_db.temperatures import ROOM_TEMPERATURE_C

NEAREST = 3


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
    """One sample: predicted log10 value, intervals by level (decades; None where no finite one exists), why it
    is outside of what the model knows, and the descriptors that are not given, which widen the intervals."""

    sample: str
    formula: str
    value: float
    intervals: dict[str, tuple[float, float] | None]
    nearest: list[Neighbour]
    warnings: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    temperature_c: float = ROOM_TEMPERATURE_C


def describe_samples(engine: sa.Engine, sample_ids: Sequence[int]) -> pd.DataFrame:
    """One row per sample in the order asked for: sample, formula, descriptors."""
    names = read_view(engine, "sample_names").set_index("sample_id").loc[list(sample_ids)]
    known = read_view(engine, "descriptors").set_index("sample_id").loc[list(sample_ids), DESCRIPTOR_NAMES]
    return known.assign(sample=names["label"], formula=names["formula"].fillna(""))


def predict_samples(
    model: TrainedModel, samples: pd.DataFrame, temperature_c: float = ROOM_TEMPERATURE_C
) -> list[Prediction]:
    """One prediction per row; ``samples`` has sample, formula, the descriptors, and what else the model learnt from.

    Raises WrongUsage for another temperature than 25 °C where the model knows no other.
    """
    require_temperature(model.card, temperature_c)
    X = samples[model.descriptors].astype(float)
    values = _predict(model, _add_features(model, X, samples), temperature_c)
    elsewhere = [] if model.card["elsewhere"] is None else warn_of_temperature(model.card, temperature_c)
    domain = Domain(model.rows[model.descriptors].astype(float), model.rows["publication_id"].to_numpy())
    found = []
    for number, row in enumerate(samples.to_dict("records")):
        sample, place = X.iloc[number], domain.place(X.iloc[number])
        found.append(
            Prediction(
                sample=str(row["sample"]),
                formula=str(row["formula"]),
                value=float(values[number]),
                intervals=_intervals(model, float(values[number]), sample, temperature_c),
                nearest=_find_nearest(model.rows, place.distances),
                warnings=_find_warnings(model, sample, elements_of(str(row["formula"])), place) + elsewhere,
                unknown=[str(name) for name in sample.index[sample.isna()]],
                temperature_c=temperature_c,
            )
        )
    return found


def _predict(model: TrainedModel, rows: pd.DataFrame, temperature_c: float) -> np.ndarray:
    if temperature_c != ROOM_TEMPERATURE_C:
        estimator: Any = model.estimator
        return np.asarray(estimator.predict(rows, temperature_c))
    if model.card["brought"]:
        return predict_own(model.card["model"], model.estimator, rows)
    return np.asarray(model.estimator.predict(rows if model.card["named_columns"] else rows.to_numpy(float)))


def _add_features(model: TrainedModel, X: pd.DataFrame, samples: pd.DataFrame) -> pd.DataFrame:
    """The columns that a model learned from: descriptors, what somebody brought, and what the composition says."""
    found = X.join(samples[[name for name in model.extra if name not in X]])
    for featurize in (composition_features, profile_features):
        if not set(model.features) <= set(found):
            further = featurize(samples["formula"]).set_axis(X.index, axis=0)
            found = found.join(further.drop(columns=[name for name in further if name in found]))
    return found[model.features]


def tabulate(predictions: Sequence[Prediction]) -> pd.DataFrame:
    """One row per sample: value (log10), ends of the intervals, nearest known sample, warnings."""
    levels = list(predictions[0].intervals)
    ends = [f"{end}_{float(level):.0%}".replace("%", "_percent") for level in levels for end in ("low", "high")]
    columns = ["sample", "formula", "predicted_log10", *ends, "nearest_formula", "nearest_reference", "warnings"]
    rows = []
    for each in predictions:
        spans = [end for level in levels for end in (each.intervals[level] or (None, None))]
        first = each.nearest[0] if each.nearest else None
        names = (first.formula or first.label, first.reference) if first else (None, None)
        rows.append((each.sample, each.formula, each.value, *spans, *names, "; ".join(each.warnings)))
    return pd.DataFrame(rows, columns=columns)


def _intervals(
    model: TrainedModel, value: float, sample: pd.Series, temperature_c: float
) -> dict[str, tuple[float, float] | None]:
    """Intervals by level, as wide as the model errs where as much is unknown, and at other temperatures where it errs
    more there."""
    missing = find_unknown_groups(sample.isna().to_numpy()[None], model.rows[model.descriptors])[0]
    widths = model.card["half_widths_by_unknown"][missing]
    if temperature_c != ROOM_TEMPERATURE_C:
        others = model.card["elsewhere"]["half_widths"]
        widths = {level: _wider(width, others[level]) for level, width in widths.items()}
    return {level: None if width is None else (value - width, value + width) for level, width in widths.items()}


def _wider(width: float | None, other: float | None) -> float | None:
    return None if width is None or other is None else max(width, other)


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


def _find_warnings(model: TrainedModel, row: pd.Series, elements: frozenset[str], place: Place) -> list[str]:
    """Sentences on what places a sample outside of what the model has seen."""
    warnings = []
    unseen = sorted(elements - set(model.card["elements"]))
    if unseen:
        warnings.append(f"no known sample holds {', '.join(unseen)}")
    if place.is_far:
        nearest, limit = place.distances.min(), place.farthest
        warnings.append(
            f"far from every known sample by what is given of it: distance {nearest:.2f}, of known samples from other "
            f"papers {1 - place.flagged:.0%} lie within {limit:.2f}"
        )
    known = model.rows[model.descriptors]
    low, high = known.min(), known.max()
    for name in place.beyond:
        warnings.append(f"{LABELS[name]} {row[name]:g} is outside of {low[name]:g} … {high[name]:g}")
    return warnings
