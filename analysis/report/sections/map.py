"""Which samples are alike: the map of the descriptors (the paper's Figure 5)."""

from __future__ import annotations

from analysis.data.targets import DESCRIPTOR_NAMES
from analysis.figures import embedding
from analysis.report.sections.base import Section, Study


def describe_map(study: Study) -> Section:
    """The section with the map of the descriptors."""
    return Section("map", "Which samples are alike", figures=embedding.draw_embedding(study.samples, DESCRIPTOR_NAMES))
