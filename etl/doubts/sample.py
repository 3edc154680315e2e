"""Doubts about how a sample was made and what it looks like."""

from __future__ import annotations

from collections.abc import Iterator

from etl.doubts.facts import Doubt, Facts

LOWEST_DENSITY_PERCENT = 1.5
MICROMETRES_PER_MILLIMETRE = 1000


def find_density_fractions(facts: Facts) -> Iterator[Doubt]:
    """A relative density that looks like a fraction instead of percent."""
    for draft in facts.drafts("samples"):
        density = draft.values.get("relative_density_percent")
        if density is not None and density <= LOWEST_DENSITY_PERCENT:
            yield Doubt(
                draft, "relative_density_percent", "density-fraction",
                f"{density:g} % is next to nothing", f"{100 * density:g} %, if it is a fraction",
            )  # fmt: skip


def find_grains_beyond_pellet(facts: Facts) -> Iterator[Doubt]:
    """Grains larger than the pellet that they make up."""
    for draft in facts.drafts("samples"):
        grain = draft.values.get("grain_size_um")
        for column in ("pellet_thickness_mm", "pellet_diameter_mm"):
            size = draft.values.get(column)
            if grain is not None and size is not None and grain > size * MICROMETRES_PER_MILLIMETRE:
                yield Doubt(
                    draft, "grain_size_um", "grain-beyond-pellet",
                    f"grains of {grain:g} µm in a pellet of {size:g} mm", "is the grain size in nm?",
                )  # fmt: skip
                break
