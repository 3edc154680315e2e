"""Conductivity against grain size and sintering temperature (the paper's Figure 8)."""

from __future__ import annotations

from analysis.figures import trends
from analysis.report.sections.base import Section, Study


def describe_processing(study: Study) -> Section:
    """The section on grain size and sintering."""
    return Section("processing", "Grain size and sintering", figures=trends.draw_trends(study.samples))
