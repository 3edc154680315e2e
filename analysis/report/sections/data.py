"""What the database holds: counts, coverage of the descriptors, and the workflow (the paper's Figures 1 and 2)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.targets import DESCRIPTORS
from analysis.evaluation.results import CANDIDATE_NAMES
from analysis.figures import schematics
from analysis.figures.base import Figure
from analysis.report.sections.base import Section, Study
from analysis.report.sections.triples import find_triples

NEAR = ["bulk_relation", "grain_boundary_relation", "total_relation"]


def describe_data(study: Study) -> Section:
    """The section on what was collected."""
    summary = summarise(study)
    coverage = pd.DataFrame(
        [(each.name, each.label, summary["coverage"][each.name]) for each in DESCRIPTORS],
        columns=["descriptor", "label", "samples"],
    )
    coverage["distinct"] = [int(study.samples[name].nunique()) for name in coverage["descriptor"]]
    triples = find_triples(study.samples)
    coverage["percent"] = 100 * coverage["samples"] / max(len(study.samples), 1)
    return Section(
        "data",
        "What the database holds",
        values={
            "summary": summary,
            "coverage": coverage.to_dict("records"),
            "constant": coverage.loc[coverage["distinct"].eq(1), "label"].tolist(),
            "triples": triples,
        },
        figures=_draw_schematics(study, summary),
        tables={"samples": study.samples, "measurements": study.points, "coverage": coverage},
        facts={"summary": summary, "triples": triples},
    )


def summarise(study: Study) -> dict[str, Any]:
    """Counts of the database: publications, samples, measurements, coverage of the descriptors."""
    samples, points = study.samples, study.points
    return {
        "publications": int(samples["publication_id"].nunique()),
        "samples": len(samples),
        "measurements": len(points),
        "samples_near_room_temperature": int(samples[NEAR].notna().any(axis=1).sum()),
        "by_structure_class": _count(samples["structure_class"]),
        "by_contribution": _count(points["contribution"]),
        "element_sets": int(samples["element_set"].nunique()),
        "limits": int(points["relation"].isin(["<", ">"]).sum()),
        "coverage": {each.name: int(samples[each.name].notna().sum()) for each in DESCRIPTORS},
    }


def _count(values: pd.Series) -> dict[str, int]:
    return {str(key): int(n) for key, n in values.value_counts().items()}


def _draw_schematics(study: Study, summary: dict[str, Any]) -> list[Figure]:
    groups: dict[str, list[str]] = {}
    for descriptor in DESCRIPTORS:
        groups.setdefault(descriptor.category, []).append(descriptor.label)
    counts = {each.label: summary["coverage"][each.name] for each in DESCRIPTORS}
    evaluated = sum(not target.shortage for target in study.targets)
    steps = [
        ("Publications", str(summary["publications"])),
        ("Samples", str(summary["samples"])),
        ("Measurements", str(summary["measurements"])),
        ("Near 25 °C", f"{summary['samples_near_room_temperature']} samples"),
        ("Descriptors", str(len(DESCRIPTORS))),
        ("Models", f"{len(CANDIDATE_NAMES)} on {evaluated} targets"),
    ]
    return [
        schematics.draw_descriptor_groups(groups, counts, summary["samples"]),
        schematics.draw_workflow(steps, study.provenance.outer_folds, study.provenance.inner_folds),
    ]
