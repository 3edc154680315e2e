"""Which samples hold grain size, grain-boundary conductivity and sintering temperature together, and what one more
paper of the right kind would add."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.data.targets import MINIMUM_PUBLICATIONS, MINIMUM_SAMPLES

MOST_PAPERS = 3
SIZE, BOUNDARY, SINTERING = "grain size", "grain boundary", "sintering temperature"


def find_triples(samples: pd.DataFrame) -> dict[str, Any]:
    """Counts of the three parts and of their combinations, the samples with all three or with one of them missing, and
    the papers whose missing part would give the target most samples.

    ``samples`` has one row per sample: names, descriptors, conductivities near room temperature; a grain-boundary
    conductivity counts where it is a value (relation =) near room temperature.
    """
    known = pd.DataFrame(
        {
            SIZE: samples["grain_size_um"].notna(),
            BOUNDARY: samples["grain_boundary_relation"].eq("="),
            SINTERING: samples["sintering_temperature_c"].notna(),
        }
    )
    both = known[SIZE] & known[BOUNDARY]
    triple = known.all(axis=1)
    lacking_size = samples[known[BOUNDARY] & ~known[SIZE]]
    lacking_boundary = samples[known[SIZE] & ~known[BOUNDARY]]
    papers = samples.loc[both, "publication_id"].nunique()
    return {
        "parts": {name: int(known[name].sum()) for name in known},
        "size_and_boundary": int(both.sum()),
        "size_and_boundary_papers": int(papers),
        "triples": _name(samples[triple]),
        "pairs": _name(samples[both & ~triple]),
        "lacking_size": _count_papers(lacking_size),
        "lacking_size_samples": len(lacking_size),
        "lacking_boundary": _count_papers(lacking_boundary),
        "lacking_boundary_samples": len(lacking_boundary),
        "samples_wanted": max(MINIMUM_SAMPLES - int(both.sum()), 0),
        "publications_wanted": max(MINIMUM_PUBLICATIONS - int(papers), 0),
    }


def _name(samples: pd.DataFrame) -> list[str]:
    return [f"{row.label} ({row.reference})" for row in samples.itertuples()]


def _count_papers(samples: pd.DataFrame) -> list[dict[str, Any]]:
    """The papers with most of these samples, most first, ties in the order of their names."""
    counted = samples.groupby("reference", dropna=False).size().sort_index().sort_values(ascending=False, kind="stable")
    return [{"reference": str(name), "samples": int(n)} for name, n in counted.head(MOST_PAPERS).items()]
