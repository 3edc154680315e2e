"""The views, one SQL file each, in the order in which they can be created."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

VIEWS = (
    "room_temperature_conductivity",
    "single_grain_conductivity",
    "chemical_descriptors",
    "sintering_steps",
    "sample_structures",
    "descriptors",
    "training_samples",
    "training_bulk",
    "training_grain_boundary",
    "training_grain_boundary_observed",
    "training_total",
    "training_limits",
    "sample_names",
    "measurement_points",
    "reported_activation_energies",
)


@cache
def read_select(name: str) -> str:
    """The SELECT of a view, comments included."""
    return files(__name__).joinpath(f"{name}.sql").read_text(encoding="utf-8").strip()


def create_statements() -> dict[str, str]:
    """View name to its CREATE VIEW statement, in order of creation."""
    return {name: f"CREATE VIEW {name} AS\n{read_select(name)}" for name in VIEWS}
