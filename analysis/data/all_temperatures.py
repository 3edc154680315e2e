"""Every measured conductivity at a known temperature, with descriptors: a training set in which temperature and
contribution are inputs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import read_view
from analysis.data.targets import DESCRIPTOR_NAMES

CONTRIBUTIONS = ("bulk", "grain_boundary", "total")
OUTPUT = "log10_conductivity"
NAMES = ["measurement_id", "sample_id", "publication_id", "formula", "structure_class", "contribution", "temperature_c"]


def read_all_temperatures(engine: sa.Engine) -> pd.DataFrame:
    """One row per measurement: names, contribution, temperature (°C), the 17 descriptors, log10 σ (S/cm).

    Limits, approximate and extrapolated values, unsaid temperatures and unspecified contributions stay out; a nominal
    room temperature counts as 25 °C.
    """
    points = read_view(engine, "measurement_points")
    usable = points[
        points["relation"].eq("=")
        & points["contribution"].isin(CONTRIBUTIONS)
        & points["value_basis"].isin(["measured", "digitised"])
        & points["temperature_c"].notna()
    ]
    known = read_view(engine, "descriptors")[["sample_id", *DESCRIPTOR_NAMES]]
    rows = usable.merge(known, on="sample_id").sort_values("measurement_id").reset_index(drop=True)
    rows[OUTPUT] = np.log10(rows["conductivity_s_per_cm"].astype(float))
    return rows[[*NAMES, *DESCRIPTOR_NAMES, OUTPUT]]
