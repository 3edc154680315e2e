"""Descriptors, targets, and the matrix that models learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from sse_db.errors import NotFound, NothingToLearnFrom

if TYPE_CHECKING:
    import pandas as pd  # the command line lists targets: this module stays light

MINIMUM_SAMPLES = 20
MINIMUM_PUBLICATIONS = 8
ROUNDING_RULED = "grain_boundary_rounding_ruled"
"""Column of the views: 1 for a derived grain-boundary value that the rounding of the other two rules."""

Mode = Literal["native", "complete"]


@dataclass(frozen=True, slots=True)
class Descriptor:
    """One of the 17 descriptors (doi 10.1080/14686996.2020.1824985): its export name, group, and label with unit."""

    name: str
    category: str
    label: str


DESCRIPTORS = (
    Descriptor("additive_present", "experimental", "Additive (0/1)"),
    Descriptor("additive_wt_percent", "experimental", "Additive content (wt%)"),
    Descriptor("sintering_temperature_c", "experimental", "Sintering temperature (°C)"),
    Descriptor("sintering_time_h", "experimental", "Sintering time (h)"),
    Descriptor("pellet_diameter_mm", "experimental", "Pellet diameter (mm)"),
    Descriptor("method_code", "experimental", "Synthesis method (code)"),
    Descriptor("grain_size_um", "structural", "Grain size (µm)"),
    Descriptor("phase_code", "structural", "Phase (0 crystal, 1 glass ceramic)"),
    Descriptor("li_ratio", "material", "Li ratio"),
    Descriptor("li_site_occupancy", "material", "Li site occupancy"),
    Descriptor("electronegativity", "chemical", "Electronegativity (Eq. 1)"),
    Descriptor("polarizability", "chemical", "Polarizability (Eq. 1, a.u.)"),
    Descriptor("atomic_number", "chemical", "Atomic number (Eq. 1)"),
    Descriptor("li_neighbor_distance_angstrom", "structural", "Li–neighbour distance (Å)"),
    Descriptor("li_coordination_number", "structural", "Li coordination number"),
    Descriptor("density_g_per_cm3", "structural", "Density (g/cm³)"),
    Descriptor("cell_volume_angstrom3", "structural", "Volume per formula unit (Å³)"),
)
DESCRIPTOR_NAMES = [descriptor.name for descriptor in DESCRIPTORS]
LABELS = {descriptor.name: descriptor.label for descriptor in DESCRIPTORS}


@dataclass(frozen=True, slots=True)
class Target:
    """What a model predicts: its name, the view it comes from, the column of log10 values, its label, and the
    contribution that was measured for it."""

    name: str
    view: str
    column: str
    label: str
    contribution: str
    uses_grain_size: bool = True
    as_measured: bool = False
    """Whether it is a conductivity as papers measure it, at whatever temperature."""

    @property
    def descriptors(self) -> list[str]:
        """The descriptors of this target: grain size leaves where the target is divided by it."""
        return [name for name in DESCRIPTOR_NAMES if self.uses_grain_size or name != "grain_size_um"]


TARGETS = {
    target.name: target
    for target in (
        Target(
            "bulk",
            "training_bulk",
            "log10_bulk_conductivity",
            "log₁₀ bulk σ (S/cm)",
            "bulk",
            as_measured=True,
        ),
        Target(
            "grain-boundary",
            "training_grain_boundary",
            "log10_grain_boundary_conductance",
            "log₁₀ grain-boundary h (S/cm²)",
            "grain_boundary",
        ),
        Target(
            "grain-boundary-observed",
            "training_grain_boundary_observed",
            "log10_observed_grain_boundary_conductivity",
            "log₁₀ observed grain-boundary σ (S/cm)",
            "grain_boundary",
            as_measured=True,
        ),
        Target(
            "bulk-per-grain",
            "training_bulk",
            "log10_bulk_per_grain",
            "log₁₀ bulk σ/D (S/cm²)",
            "bulk",
            uses_grain_size=False,
        ),
        Target(
            "grain-boundary-per-grain",
            "training_grain_boundary",
            "log10_grain_boundary_per_grain",
            "log₁₀ grain-boundary h/D (S/cm³)",
            "grain_boundary",
            uses_grain_size=False,
        ),
        Target(
            "total",
            "training_total",
            "log10_total_conductivity",
            "log₁₀ total σ (S/cm)",
            "total",
            as_measured=True,
        ),
    )
}


@dataclass(frozen=True)
class FeatureMatrix:
    """X (n × descriptors, missing values NaN), y (n, log10), groups (n, publication ids); one index, the sample ids.

    ``measurements`` are those of all samples at all temperatures, for models that learn from them."""

    target: Target
    mode: Mode
    X: pd.DataFrame
    y: pd.Series
    groups: pd.Series
    samples: pd.DataFrame
    measurements: pd.DataFrame | None = None

    @property
    def publications(self) -> int:
        """Number of publications."""
        return int(self.groups.nunique())


def find_target(name: str) -> Target:
    """The target of a name, in which underscores are read as hyphens; raises NotFound.

    >>> find_target("grain_boundary").view
    'training_grain_boundary'
    """
    chosen = TARGETS.get(str(name).replace("_", "-"))
    if chosen is None:
        raise NotFound(f"there is no target {name}: targets are {', '.join(TARGETS)}", "choose one of them")
    return chosen


def leave_ruled_out(frame: pd.DataFrame, target: Target) -> pd.DataFrame:
    """The rows without grain-boundary values that rounding rules, which are no training rows unless asked for."""
    return frame[frame[ROUNDING_RULED].ne(1)] if target.contribution == "grain_boundary" else frame


def build_matrix(frame: pd.DataFrame, target: Target, mode: Mode = "native") -> FeatureMatrix:
    """The matrix of a target from the rows of its view, whatever its size; ``complete`` keeps rows without gaps.

    Raises NotFound for a mode that is neither.

    >>> target = find_target("total")
    >>> import pandas as pd
    >>> known = {"sample_id": [2, 1], "publication_id": [8, 7], "formula": "LiI", "structure_class": "halide"}
    >>> frame = pd.DataFrame({**known, **dict.fromkeys(target.descriptors, 1.0), target.column: [-6.0, None]})
    >>> matrix = build_matrix(frame, target)
    >>> matrix.X.shape, matrix.y.to_dict(), matrix.groups.to_dict()
    ((1, 17), {2: -6.0}, {2: 8})
    """
    if mode not in get_args(Mode):
        raise NotFound(f"there is no mode {mode}: modes are {', '.join(get_args(Mode))}", "choose one of them")
    known = frame[frame[target.column].notna()]
    if mode == "complete":
        known = known[known[target.descriptors].notna().all(axis=1)]
    known = known.set_index("sample_id").sort_index()
    return FeatureMatrix(
        target,
        mode,
        X=known[target.descriptors].astype(float),
        y=known[target.column].astype(float),
        groups=known["publication_id"],
        samples=known[["publication_id", "formula", "structure_class"]],
    )


def require_enough(matrix: FeatureMatrix) -> None:
    """Raise NothingToLearnFrom, with one sentence on what is missing, for a matrix too small to be evaluated."""
    sentence = describe_shortage(matrix)
    if sentence:
        raise NothingToLearnFrom(sentence, "import more papers, or choose another --target")


def describe_shortage(matrix: FeatureMatrix) -> str:
    """One sentence on the samples and publications that a target lacks; empty when there are enough."""
    n, papers = len(matrix.y), matrix.publications
    lacking = []
    if n < MINIMUM_SAMPLES:
        lacking.append(f"{n} of the {MINIMUM_SAMPLES} samples wanted ({MINIMUM_SAMPLES - n} missing)")
    if papers < MINIMUM_PUBLICATIONS:
        lacking.append(
            f"{papers} of the {MINIMUM_PUBLICATIONS} publications wanted ({MINIMUM_PUBLICATIONS - papers} missing)"
        )
    if not lacking:
        return ""
    mode = " with every descriptor known" if matrix.mode == "complete" else ""
    return f"target {matrix.target.name}{mode}: {' and '.join(lacking)}"
