"""The sections of the report in their order: one file here and one template each.

A new section is a function from a ``Study`` to a ``Section``, its template ``templates/sections/<name>.html``, and a
line below; nothing else knows it.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.report.sections.activation import describe_activation
from analysis.report.sections.all_temperatures import describe_all_temperatures
from analysis.report.sections.base import Section, Study
from analysis.report.sections.bases import describe_bases
from analysis.report.sections.calibration import describe_calibration
from analysis.report.sections.data import describe_data
from analysis.report.sections.descriptors import describe_descriptors
from analysis.report.sections.errors import describe_errors
from analysis.report.sections.grain_size import describe_grain_size
from analysis.report.sections.importance import describe_importance
from analysis.report.sections.learning import describe_learning
from analysis.report.sections.limits import describe_limits
from analysis.report.sections.map import describe_map
from analysis.report.sections.predictions import describe_predictions
from analysis.report.sections.processing import describe_processing
from analysis.report.sections.protocols import describe_protocols
from analysis.report.sections.scores import describe_scores
from analysis.report.sections.short import describe_short
from analysis.report.sections.spectra import describe_spectra
from analysis.report.sections.temperature import describe_temperature

SECTIONS: tuple[Callable[[Study], Section], ...] = (
    describe_short,
    describe_data,
    describe_temperature,
    describe_activation,
    describe_spectra,
    describe_map,
    describe_descriptors,
    describe_scores,
    describe_protocols,
    describe_bases,
    describe_limits,
    describe_errors,
    describe_learning,
    describe_all_temperatures,
    describe_calibration,
    describe_predictions,
    describe_grain_size,
    describe_importance,
    describe_processing,
)
