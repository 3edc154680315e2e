"""The single-grain model and conductivity against temperature (the paper's Figures 3 and 4)."""

from __future__ import annotations

from analysis.figures import arrhenius_axes, schematics
from analysis.report.sections.base import Section, Study


def describe_temperature(study: Study) -> Section:
    """The section on temperature."""
    sized = study.samples["grain_size_um"].notna()
    both = sized & study.samples["grain_boundary_conductivity_s_per_cm"].notna()
    figures = [
        schematics.draw_single_grain_model(int(sized.sum()), int(both.sum())),
        *arrhenius_axes.draw_arrhenius_axes(study.points),
    ]
    return Section("temperature", "Conductivity against temperature", figures=figures)
