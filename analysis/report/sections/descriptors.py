"""Which descriptors tell the same: their correlation matrix, pairs above 0.9 named."""

from __future__ import annotations

from analysis.figures.correlation_matrix import draw_correlations
from analysis.report.sections.base import Section, Study
from analysis.studies.correlation import STRONG, correlate_descriptors, name_strong_pairs


def describe_descriptors(study: Study) -> Section:
    """The section on the correlation of the descriptors."""
    correlations = correlate_descriptors(study.samples)
    records = correlations.astype(object).where(correlations.notna(), None).to_dict("records")
    return Section(
        "descriptors",
        "Which descriptors tell the same",
        values={"strong": name_strong_pairs(correlations), "limit": STRONG},
        figures=[draw_correlations(correlations, len(study.samples))],
        tables={"correlations": correlations},
        facts={"correlations": records},
    )
