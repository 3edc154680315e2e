"""Physics doubts: what a file says that may be true but more often is a slip. They never refuse a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from etl.doubts import composition, conductivity, labels, sample, series, temperature
from etl.doubts.facts import Doubt, Facts
from etl.doubts.structure import find_structure_remarks, find_structures_again
from etl.drafts import Intake
from sse_db.errors import Problem

CHECKS: tuple[Callable[[Facts], Iterator[Doubt]], ...] = (
    conductivity.find_unusual_sizes,
    conductivity.find_broken_sums,
    conductivity.find_parts_below_total,
    conductivity.find_factor_1000,
    conductivity.find_repeated_values,
    conductivity.find_outliers_among_papers,
    series.find_falling_conductivity,
    series.find_points_off_arrhenius,
    temperature.find_kelvin_measurements,
    temperature.find_hot_measurements,
    temperature.find_kelvin_steps,
    temperature.find_hot_steps,
    temperature.find_cold_steps,
    sample.find_density_fractions,
    sample.find_mass_densities,
    sample.find_grains_beyond_pellet,
    sample.find_unknown_space_groups,
    composition.find_charge_imbalance,
    composition.find_other_lithium_content,
    labels.find_labels_alike,
)
"""Every check, each a function from the facts of an intake to doubts."""


def find_doubts(intake: Intake) -> list[Problem]:
    """All doubts about an intake, each with its cell; the intake may be a file's or a whole database's."""
    facts = Facts(intake)
    doubts = [doubt.as_problem(intake.file_name) for check in CHECKS for doubt in check(facts)]
    return find_structure_remarks(intake) + doubts


def find_doubts_beside(intake: Intake, connection: sa.Connection) -> list[Problem]:
    """Doubts that only show beside what a database holds already."""
    alone = {id(doubt.draft) for doubt in conductivity.find_outliers_among_papers(Facts(intake))}
    facts = Facts(intake, connection)
    beside = [each for each in conductivity.find_outliers_among_papers(facts) if id(each.draft) not in alone]
    told = [doubt.as_problem(intake.file_name) for doubt in (*beside, *labels.find_labels_alike_beside(facts))]
    return told + find_structures_again(intake, connection)
