"""Compilations that report the same papers: a value that the database holds already is listed, not stored twice.

Compilations name samples by words of their own, so that the sample's name does not tell. What is joined on is the paper
(DOI), the composition, the temperature and the number itself; see docs/decisions/0007-public-data-sets.md.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from etl.drafts import Draft, Intake, Skipped
from etl.sheets import PUBLIC_DATA_SETS
from sse_db.errors import Problem
from sse_db.temperatures import COMPARED_C
from sse_db.vocabulary import Contribution, ContributionBasis

SAME_NUMBER = 0.05
"""Relative difference of two numbers that are one but for rounding to two digits."""
MEASUREMENTS = "impedance_measurements"

KNOWN_VALUES = sa.text("""
    SELECT
        p.doi, c.fingerprint, s.label, b.file_name, m.contribution, m.contribution_basis, m.relation,
        m.temperature_c, m.conductivity_s_per_cm
    FROM impedance_measurements AS m
    INNER JOIN samples AS s ON s.id = m.sample_id
    INNER JOIN publications AS p ON p.id = s.publication_id
    INNER JOIN compositions AS c ON c.id = s.composition_id
    INNER JOIN import_batches AS b ON b.id = m.batch_id
    WHERE p.doi IS NOT NULL
    ORDER BY m.id
""")


@dataclass(frozen=True, slots=True)
class _Known:
    """A conductivity in the database."""

    label: str
    file: str
    contribution: str
    basis: str
    relation: str
    temperature_c: float | None
    value: float

    @property
    def rank(self) -> int:
        """How much is known of what the value is."""
        return _rank(self.contribution, self.basis)


def _rank(contribution: str, basis: str) -> int:
    if contribution == Contribution.UNSPECIFIED:
        return 0
    return 2 if basis == ContributionBasis.STATED else 1


def drop_values_already_stored(intake: Intake, connection: sa.Connection) -> None:
    """Take values out of a public data set that the database holds already from elsewhere, and list them.

    A value yields to one of the same paper, composition, temperature and number that is of the same contribution, or of
    which more is known: unspecified yields to assumed, both to stated. A sample that is left with neither a value nor a
    structure is taken out too. Other values of the same paper and composition stay, and are told as doubts.
    """
    if intake.format not in PUBLIC_DATA_SETS:
        return
    places = {draft.key: _place(draft) for draft in intake.drafts.get("samples", [])}
    known = _find_known(intake, connection, places)
    kept, told = [], set()
    listed: dict[str | None, list[str]] = {}
    for draft in intake.drafts.get(MEASUREMENTS, []):
        sample = draft.parents["sample_id"]
        others = known.get(places.get(sample), [])
        same = next((each for each in others if _is_same(draft, each)), None)
        if same is not None and _yields(draft, same):
            listed.setdefault(draft.source_row, []).append(_describe(draft, same))
            continue
        kept.append(draft)
        if others and sample not in told:
            told.add(sample)
            intake.doubts.append(_overlap(intake, draft, same or others[0], same is not None))
    if listed:
        intake.skipped += [Skipped(f"row {row}", "; ".join(reasons)) for row, reasons in listed.items()]
        intake.drafts[MEASUREMENTS] = kept
        _drop_empty_samples(intake)


def _place(sample: Draft) -> tuple[Any, Hashable]:
    publication = sample.parents["publication_id"]
    return publication, sample.parents.get("composition_id")


def _find_known(
    intake: Intake, connection: sa.Connection, places: dict[Any, tuple[Any, Hashable]]
) -> dict[tuple[Any, Hashable] | None, list[_Known]]:
    """Values of the database by paper and composition, without those of the samples that the file itself brings."""
    own = {(key[0], key[1]) for key in places}
    wanted = set(places.values())
    found: dict[tuple[Any, Hashable] | None, list[_Known]] = {}
    for row in connection.execute(KNOWN_VALUES):
        doi, fingerprint, *facts = row
        place = (("doi", doi), fingerprint)
        if place in wanted and (place[0], row.label) not in own:
            found.setdefault(place, []).append(_Known(*facts))
    return found


def _is_same(draft: Draft, known: _Known) -> bool:
    values = draft.values
    first, second = values["temperature_c"], known.temperature_c
    low, high = COMPARED_C
    near = first == second or all(each is not None and low <= each <= high for each in (first, second))
    return (
        near
        and values["relation"] == known.relation
        and math.isclose(values["conductivity_s_per_cm"], known.value, rel_tol=SAME_NUMBER)
    )


def _yields(draft: Draft, known: _Known) -> bool:
    contribution = str(draft.values["contribution"])
    rank = _rank(contribution, str(draft.values["contribution_basis"]))
    return contribution == known.contribution or rank < known.rank


def _describe(draft: Draft, known: _Known) -> str:
    words = known.contribution.replace("_", " ")
    value = f"{draft.values['conductivity_s_per_cm']:g} S/cm"
    return f"{value} is there as {words} of {known.label}, same paper and composition ({known.file})"


def _overlap(intake: Intake, draft: Draft, known: _Known, same: bool) -> Problem:
    cell = draft.cells["conductivity_s_per_cm"]
    what = "of another kind, with the same number" if same else "with other values"
    message = f"the database holds sample {known.label} of the same paper and composition ({known.file}), {what}"
    hint = "see sse-db audit overlaps; samples that are one are joined with merge"
    return Problem.at(cell, intake.file_name, message, "overlap", hint, severity="doubt")


def _drop_empty_samples(intake: Intake) -> None:
    used = {
        draft.parents.get("sample_id")
        for table, drafts in intake.drafts.items()
        if table != "samples"
        for draft in drafts
    }
    intake.drafts["samples"] = [draft for draft in intake.drafts["samples"] if draft.key in used]
