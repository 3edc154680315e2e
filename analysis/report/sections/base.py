"""What every section of the report draws from, and what it gives: values for its template, figures, tables, facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.frames import read_view
from analysis.data.targets import DESCRIPTOR_NAMES
from analysis.evaluation.results import Provenance, TargetResults
from analysis.figures.base import Figure, MissingFigure
from sse_db.materials.formulas import elements_of

ATOMIC_MASS_G, ANGSTROM3_PER_CM3 = 1.66053907e-24, 1e24
NOT_EVALUATED = "Not evaluated: In short, on top of the page, says what is missing."
"""The reason stands once per target."""


@dataclass(frozen=True)
class Study:
    """A database read once, its evaluated targets, and how they came about.

    ``samples`` has one row per sample (names, descriptors, conductivities near room temperature), ``points`` one row
    per measurement.
    """

    engine: sa.Engine
    samples: pd.DataFrame
    points: pd.DataFrame
    targets: list[TargetResults]
    provenance: Provenance


@dataclass(frozen=True)
class Section:
    """One section of the page.

    ``name`` is its anchor and its template ``templates/sections/<name>.html``, which sees ``values`` under their names;
    ``figures`` go to ``figures/``, ``tables`` to ``<table>.csv``, ``facts`` into results.json.
    """

    name: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    figures: Sequence[Figure | MissingFigure] = ()
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def read_study(engine: sa.Engine, targets: list[TargetResults], provenance: Provenance) -> Study:
    """The frames of a database beside the results computed from it."""
    return Study(engine, read_samples(engine), read_view(engine, "measurement_points"), targets, provenance)


def read_samples(engine: sa.Engine) -> pd.DataFrame:
    """One row per sample: names, structure type, descriptors, conductivities near room temperature, set of elements."""
    types = read_view(engine, "structure_types")[["sample_id", "structure_type", "structure_type_basis"]]
    names = read_view(engine, "sample_names").merge(types, on="sample_id")
    descriptors = read_view(engine, "descriptors")[["sample_id", "composition_id", *DESCRIPTOR_NAMES]]
    near = read_view(engine, "room_temperature_conductivity")
    samples = names.merge(descriptors, on="sample_id").merge(near, on="sample_id", how="left")
    total = samples["total_conductivity_s_per_cm"].astype(float)
    samples["log10_total"] = np.log10(
        total.where(samples["total_relation"].ne("<") & samples["total_relation"].ne(">"))
    )
    samples["volume_per_atom_angstrom3"] = find_volume_per_atom(samples)
    samples["element_set"] = samples["formula"].map(name_element_set, na_action="ignore")
    samples["structure_type_or_class"] = samples["structure_type"].fillna(samples["structure_class"] + " (class)")
    return samples


def find_volume_per_atom(samples: pd.DataFrame) -> pd.Series:
    """Volume per atom (Å³) from the ideal density and the mean atomic mass; it does not depend on how often a formula
    counts its unit, as the volume per formula unit does.

    >>> float(find_volume_per_atom(pd.DataFrame({"formula": ["LiI"], "density_g_per_cm3": [4.06]})).round(1).iloc[0])
    27.4
    """
    masses = samples["formula"].map(mean_atomic_mass, na_action="ignore").astype(float)
    return masses / samples["density_g_per_cm3"].astype(float) * (ATOMIC_MASS_G * ANGSTROM3_PER_CM3)


def mean_atomic_mass(formula: str) -> float:
    """Mean mass of the atoms of a formula in u."""
    from pymatgen.core import Composition

    composition = Composition(formula)
    return float(composition.weight / composition.num_atoms)


def name_element_set(formula: str) -> str:
    """The symbols of a formula in alphabetical order, joined by hyphens."""
    return "-".join(sorted(elements_of(formula)))
