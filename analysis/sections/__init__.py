"""The sections of the report in their order: one file here and one template each.

A new section is a function from a ``Study`` to a ``Section``, its template ``templates/sections/<name>.html``, and a
line below; nothing else knows it.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.sections.activation import describe_activation
from analysis.sections.base import Section, Study
from analysis.sections.data import describe_data
from analysis.sections.descriptors import describe_descriptors
from analysis.sections.grain_size import describe_grain_size
from analysis.sections.importance import describe_importance
from analysis.sections.limits import describe_limits
from analysis.sections.map import describe_map
from analysis.sections.predictions import describe_predictions
from analysis.sections.processing import describe_processing
from analysis.sections.protocols import describe_protocols
from analysis.sections.scores import describe_scores
from analysis.sections.short import describe_short
from analysis.sections.temperature import describe_temperature

SECTIONS: tuple[Callable[[Study], Section], ...] = (
    describe_short,
    describe_data,
    describe_temperature,
    describe_activation,
    describe_map,
    describe_descriptors,
    describe_scores,
    describe_protocols,
    describe_limits,
    describe_predictions,
    describe_grain_size,
    describe_importance,
    describe_processing,
)
