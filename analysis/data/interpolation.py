"""Training rows of a target, and on request those that rest on a conductivity interpolated to 25 °C."""

from __future__ import annotations

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.arrhenius import fit_all, interpolate_room_temperature
from analysis.data.frames import read_target, read_view
from analysis.data.targets import Target

UM_TO_CM = 1e-4
STANDARD_ERROR = "interpolation_log10_se"


def read_training(
    engine: sa.Engine, target: Target, *, interpolate: bool = False, rounding_ruled: bool = False
) -> pd.DataFrame:
    """The rows of a target's view with a value, without those that rounding rules unless ``rounding_ruled``.

    With ``interpolate`` also samples that were never measured at 24–30 °C but on both sides of 25 °C: their basis is
    ``interpolated``, and a further column holds the standard error of their log10 σ.
    """
    frame = read_target(engine, target, rounding_ruled=rounding_ruled)
    if interpolate:
        frame = pd.concat([frame, interpolated_rows(engine, target)], ignore_index=True)
    return frame[frame[target.column].notna()]


def interpolated_rows(engine: sa.Engine, target: Target) -> pd.DataFrame:
    """Rows in the shape of the target's view for samples whose conductivity follows from their temperature series."""
    near, known = read_view(engine, "room_temperature_conductivity"), read_view(engine, "training_samples")
    found = interpolate_room_temperature(fit_all(read_view(engine, "measurement_points")), near)
    found = found[found["contribution"].eq(target.contribution)].set_index("sample_id")
    rows = pd.concat([known, _describe_others(engine, known)]).set_index("sample_id").reindex(found.index)
    part = target.contribution
    rows[f"{part}_conductivity_s_per_cm"] = found["conductivity_s_per_cm"]
    rows[f"{part}_relation"], rows[f"{part}_basis"] = "=", found["basis"]
    rows = derive_targets(rows).reset_index()[list(known)]
    return rows.assign(**{STANDARD_ERROR: found["log10_se_at_25_c"].to_numpy()})


def _describe_others(engine: sa.Engine, known: pd.DataFrame) -> pd.DataFrame:
    """Names and descriptors of the samples without any value near room temperature."""
    names = read_view(engine, "sample_names").merge(read_view(engine, "descriptors").drop(columns="publication_id"))
    others = names[~names["sample_id"].isin(known["sample_id"])]
    return others.reindex(columns=list(known))


def derive_targets(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns that follow from conductivities and grain size, by Eqs. (10) and (11) as in the view
    ``training_samples``; what an interpolated value gives is in no view, and a test holds the two together."""
    size_cm = rows["grain_size_um"].astype(float) * UM_TO_CM
    bulk, boundary, total = (
        rows[f"{part}_conductivity_s_per_cm"].astype(float) for part in ("bulk", "grain_boundary", "total")
    )
    conductance = boundary / size_cm
    return rows.assign(
        grain_boundary_conductance_s_per_cm2=conductance,
        log10_bulk_conductivity=np.log10(bulk),
        log10_grain_boundary_conductance=np.log10(conductance),
        log10_observed_grain_boundary_conductivity=np.log10(boundary),
        log10_bulk_per_grain=np.log10(bulk / size_cm),
        log10_grain_boundary_per_grain=np.log10(conductance / size_cm),
        log10_total_conductivity=np.log10(total),
    )
