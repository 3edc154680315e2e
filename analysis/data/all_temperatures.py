"""Every measured conductivity at a known temperature, with descriptors: a training set in which temperature and
contribution are inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import read_view
from analysis.data.targets import DESCRIPTOR_NAMES, TARGETS, FeatureMatrix, Target, build_matrix
from sse_db.errors import UnusableEstimator, WrongUsage
from sse_db.temperatures import NEAR_ROOM_C, ROOM_TEMPERATURE_C

CONTRIBUTIONS = ("bulk", "grain_boundary", "total")
OUTPUT = "log10_conductivity"
NAMES = ["measurement_id", "sample_id", "publication_id", "formula", "structure_class", "contribution", "temperature_c"]


UNSPECIFIED = "unspecified"
"""The contribution of a compilation that mixes kinds: learnt from by itself alone, where it is asked for."""


def read_all_temperatures(engine: sa.Engine, contributions: Sequence[str] = CONTRIBUTIONS) -> pd.DataFrame:
    """One row per measurement: names, contribution, temperature (°C), the 17 descriptors, log10 σ (S/cm).

    Limits, approximate and extrapolated values, unsaid temperatures and unspecified contributions stay out; a nominal
    room temperature counts as 25 °C.
    """
    points = read_view(engine, "measurement_points")
    usable = points[
        points["relation"].eq("=")
        & points["contribution"].isin(contributions)
        & points["value_basis"].isin(["measured", "digitised"])
        & points["temperature_c"].notna()
    ]
    known = read_view(engine, "descriptors")[["sample_id", *DESCRIPTOR_NAMES]]
    rows = usable.merge(known, on="sample_id").sort_values("measurement_id").reset_index(drop=True)
    rows[OUTPUT] = np.log10(rows["conductivity_s_per_cm"].astype(float))
    return rows[[*NAMES, *DESCRIPTOR_NAMES, OUTPUT]]


@dataclass(frozen=True)
class Measurements:
    """Rows of ``read_all_temperatures`` that a model may learn from, and the contribution that it is asked for."""

    rows: pd.DataFrame
    contribution: str


def add_measurements(engine: sa.Engine, matrix: FeatureMatrix) -> FeatureMatrix:
    """The matrix of a conductivity with the measurements at all temperatures; raises WrongUsage for other targets, and
    UnusableEstimator where columns were brought beside the descriptors: of the measurements nobody knows them."""
    require_conductivity(matrix.target)
    brought = [str(name) for name in matrix.X if name not in DESCRIPTOR_NAMES]
    if brought:
        raise UnusableEstimator(
            f"a model of all temperatures learns from descriptors alone: {', '.join(brought)} is of no use to it",
            "leave extra out, or the model",
        )
    return replace(matrix, measurements=read_all_temperatures(engine))


def require_conductivity(target: Target) -> None:
    """Raise WrongUsage for a target that is no conductivity as papers measure it."""
    if not target.as_measured:
        possible = ", ".join(each.name for each in TARGETS.values() if each.as_measured)
        raise WrongUsage(
            f"target {target.name} is no conductivity, and has no temperatures", f"targets that have: {possible}"
        )


def is_near_room(rows: pd.DataFrame) -> pd.Series:
    """Whether each measurement was made at room temperature."""
    return rows["temperature_c"].between(*NEAR_ROOM_C)


def take_nearest(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Of the measurements that agree in ``keys`` the one nearest to 25 °C, the first entered of equally near ones."""
    ordered = rows.assign(distance=(rows["temperature_c"] - ROOM_TEMPERATURE_C).abs())
    return ordered.sort_values(["distance", "measurement_id"]).drop_duplicates(list(keys)).drop(columns="distance")


def build_room_matrix(rows: pd.DataFrame, contribution: str) -> FeatureMatrix:
    """The matrix of a contribution that no view trains on: of each sample the measurement nearest to 25 °C, among those
    at room temperature."""
    label = f"log₁₀ {contribution.replace('_', ' ')} σ (S/cm)"
    target = Target(contribution, "measurement_points", OUTPUT, label, contribution, as_measured=True)
    return build_matrix(
        take_nearest(rows[is_near_room(rows) & rows["contribution"].eq(contribution)], ["sample_id"]), target
    )
