"""Every figure of the report, in the order of the paper, drawn from the views and the results."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.features import DESCRIPTOR_NAMES, DESCRIPTORS
from analysis.figures import arrhenius_axes, embedding, importance_bars, parity, schematics, trends
from analysis.figures.base import Figure, MissingFigure
from analysis.frames import read_view
from analysis.results import CANDIDATE_NAMES, TargetResults
from analysis.validation import BY_PUBLICATION, RANDOM, NestedResult

PARITY = {
    "bulk": "figure_6a",
    "grain-boundary": "figure_6b",
    "bulk-per-grain": "figure_6c",
    "grain-boundary-per-grain": "figure_6d",
}
IMPORTANCE = {"bulk": ("figure_7a", "figure_7c"), "grain-boundary": ("figure_7b", "figure_7d")}


def draw_all(engine: sa.Engine, targets: list[TargetResults]) -> list[Figure | MissingFigure]:
    """The figures of a database and of its evaluated targets."""
    samples = read_samples(engine)
    points = read_view(engine, "measurement_points")
    found: list[Figure | MissingFigure] = [*_draw_schematics(samples, points, targets)]
    found += arrhenius_axes.draw_arrhenius_axes(points)
    found += embedding.draw_embedding(samples, DESCRIPTOR_NAMES)
    for target in targets:
        found += _draw_target(target, samples)
    found += trends.draw_trends(samples)
    return found


def read_samples(engine: sa.Engine) -> pd.DataFrame:
    """One row per sample: names, descriptors, conductivities near room temperature, set of elements."""
    names = read_view(engine, "sample_names")
    descriptors = read_view(engine, "descriptors")[["sample_id", *DESCRIPTOR_NAMES]]
    near = read_view(engine, "room_temperature_conductivity")
    samples = names.merge(descriptors, on="sample_id").merge(near, on="sample_id", how="left")
    samples["log10_total"] = np.log10(samples["total_conductivity_s_per_cm"].astype(float))
    samples["element_set"] = samples["formula"].map(name_element_set, na_action="ignore")
    return samples


def name_element_set(formula: str) -> str:
    """The symbols of a formula in alphabetical order, joined by hyphens."""
    return "-".join(sorted(set(re.findall(r"[A-Z][a-z]?", formula))))


def _draw_schematics(samples: pd.DataFrame, points: pd.DataFrame, targets: list[TargetResults]) -> list[Figure]:
    groups: dict[str, list[str]] = {}
    for descriptor in DESCRIPTORS:
        groups.setdefault(descriptor.category, []).append(descriptor.label)
    counts = {each.label: int(samples[each.name].notna().sum()) for each in DESCRIPTORS}
    evaluated = sum(not target.shortage for target in targets)
    steps = [
        ("Publications", str(samples["publication_id"].nunique())),
        ("Samples", str(len(samples))),
        ("Measurements", str(len(points))),
        ("24–30 °C", f"{int(samples['total_relation'].notna().sum() + _without_total(samples))} samples"),
        ("Descriptors", str(len(DESCRIPTORS))),
        ("Models", f"{len(CANDIDATE_NAMES)} on {evaluated} targets"),
    ]
    sized = samples["grain_size_um"].notna()
    both = sized & samples["grain_boundary_conductivity_s_per_cm"].notna()
    return [
        schematics.draw_descriptor_groups(groups, counts, len(samples)),
        schematics.draw_workflow(steps),
        schematics.draw_single_grain_model(int(sized.sum()), int(both.sum())),
    ]


def _without_total(samples: pd.DataFrame) -> int:
    others = samples[["bulk_relation", "grain_boundary_relation"]].notna().any(axis=1)
    return int((others & samples["total_relation"].isna()).sum())


def _draw_target(target: TargetResults, samples: pd.DataFrame) -> list[Figure | MissingFigure]:
    drawn: list[Figure | MissingFigure] = []
    name = PARITY.get(target.name, f"parity_{target.name.replace('-', '_')}")
    if target.shortage:
        drawn.append(
            MissingFigure(name, f"Observed against predicted {target.label}", f"Not evaluated: {target.shortage}.")
        )
        for place in IMPORTANCE.get(target.name, ()):
            drawn.append(MissingFigure(place, f"Importance, {target.label}", f"Not evaluated: {target.shortage}."))
        return drawn
    drawn.append(_draw_parity(_best(target, RANDOM), samples, name, target.label))
    drawn.append(_draw_parity(_best(target, BY_PUBLICATION), samples, f"{name}_by_publication", target.label))
    weight, gain = IMPORTANCE.get(target.name, (f"{name}_weight", f"{name}_gain"))
    for kind, place in (("weight", weight), ("gain", gain), ("permutation", f"{name}_permutation")):
        table = target.importances[target.importances["kind"] == kind]
        drawn.append(
            importance_bars.draw_importance(table, place, target=target.label, kind=kind, n=target.n, protocol=RANDOM)
        )
    return drawn


def _best(target: TargetResults, protocol: str) -> NestedResult:
    """XGBoost, the paper's choice: showing the best of four would choose by the test folds."""
    return next(r for r in target.results if r.model == "xgboost" and r.protocol == protocol)


def _draw_parity(result: NestedResult, samples: pd.DataFrame, name: str, label: str) -> Figure:
    named = samples[["sample_id", "label", "formula", "doi"]]
    predictions = result.predictions.merge(named, on="sample_id")
    return parity.draw_parity(
        predictions, name, target=label, model=result.label, protocol=result.protocol, seed=result.seed
    )
