"""Doubts about how a sample was made and what it looks like."""

from __future__ import annotations

from collections.abc import Iterator

from etl.doubts.facts import Doubt, Facts
from sse_db.materials.space_groups import find_space_group

LOWEST_DENSITY_PERCENT = 1.5
DENSEST_G_PER_CM3 = 10.0
"""Below it a number without unit may be a mass density, as solid electrolytes have it."""
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


def find_mass_densities(facts: Facts) -> Iterator[Doubt]:
    """A relative density that looks like a mass density (g/cm³)."""
    for draft in facts.drafts("samples"):
        density = draft.values.get("relative_density_percent")
        if density is not None and LOWEST_DENSITY_PERCENT < density < DENSEST_G_PER_CM3:
            message = f"{density:g} % would be little, {density:g} g/cm³ would be usual"
            hint = "is it in g/cm³? Then give its share of the ideal density in %, or name the column # Density (g/cm³)"
            yield Doubt(draft, "relative_density_percent", "density-in-grams", message, hint)


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


def find_unknown_space_groups(facts: Facts) -> Iterator[Doubt]:
    """A space group that no table has: structures are matched by its number, which it has not."""
    for draft in facts.drafts("samples"):
        symbol = draft.values.get("space_group_symbol")
        if symbol is not None and find_space_group(str(symbol)) is None:
            message = f"{symbol} is no space group that a table has: no structure is found by it"
            hint = "write its symbol as Ia-3d, or its number; words belong into Structure type or the remark"
            yield Doubt(draft, "space_group_symbol", "unknown-space-group", message, hint)
