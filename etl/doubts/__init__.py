"""Physics doubts: what a file says that may be true but more often is a slip. They never refuse a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from etl.doubts import composition, conductivity, labels, sample, series, temperature
from etl.doubts.facts import Doubt, Facts
from etl.doubts.narrowing import Scope, measure, narrow
from etl.doubts.structure import find_structure_remarks, find_structures_again
from etl.drafts import Intake
from sse_db.errors import Problem

CHECKS: tuple[tuple[Callable[[Facts], Iterator[Doubt]], Scope], ...] = (
    (conductivity.find_unusual_sizes, Scope.SAMPLE),
    (conductivity.find_broken_sums, Scope.SAMPLE),
    (conductivity.find_parts_below_total, Scope.SAMPLE),
    (conductivity.find_factor_1000, Scope.PUBLICATION),
    (conductivity.find_repeated_values, Scope.SAMPLE),
    (conductivity.find_outliers_among_papers, Scope.COMPOSITION),
    (series.find_falling_conductivity, Scope.SAMPLE),
    (series.find_points_off_arrhenius, Scope.SAMPLE),
    (temperature.find_kelvin_measurements, Scope.SAMPLE),
    (temperature.find_hot_measurements, Scope.SAMPLE),
    (temperature.find_kelvin_steps, Scope.SAMPLE),
    (temperature.find_hot_steps, Scope.SAMPLE),
    (temperature.find_cold_steps, Scope.SAMPLE),
    (sample.find_density_fractions, Scope.SAMPLE),
    (sample.find_mass_densities, Scope.SAMPLE),
    (sample.find_grains_beyond_pellet, Scope.SAMPLE),
    (sample.find_unknown_space_groups, Scope.SAMPLE),
    (composition.find_charge_imbalance, Scope.SAMPLE),
    (composition.find_other_lithium_content, Scope.SAMPLE),
    (labels.find_labels_alike, Scope.SAMPLE),
)
"""Every check, each a function from the facts of an intake to doubts, and what it compares measurements with."""


def find_doubts(intake: Intake) -> list[Problem]:
    """All doubts about an intake, each with its cell; the intake may be a file's or a whole database's."""
    measured = measure(intake)
    facts = {scope: Facts(narrow(intake, scope, measured=measured)) for scope in Scope}
    doubts = [doubt.as_problem(intake.file_name) for check, scope in CHECKS for doubt in check(facts[scope])]
    return find_structure_remarks(intake) + doubts


def find_doubts_beside(intake: Intake, connection: sa.Connection) -> list[Problem]:
    """Doubts that only show beside what a database holds already."""
    narrowed = narrow(intake, Scope.COMPOSITION, Facts(intake, connection).known_values)
    alone = {id(doubt.draft) for doubt in conductivity.find_outliers_among_papers(Facts(narrowed))}
    facts = Facts(narrowed, connection)
    beside = [each for each in conductivity.find_outliers_among_papers(facts) if id(each.draft) not in alone]
    told = [doubt.as_problem(intake.file_name) for doubt in (*beside, *labels.find_labels_alike_beside(facts))]
    return told + find_structures_again(intake, connection)
