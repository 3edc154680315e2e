"""The drafts of an intake indexed for the physics checks: values by sample, steps, compositions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from etl.drafts import Draft, Intake, PublicationKey, SampleKey, publication_key
from sse_db.errors import Problem
from sse_db.temperatures import NEAR_ROOM_C, near_room
from sse_db.vocabulary import Relation

SIGMA = "conductivity_s_per_cm"
NEAR_ROOM_TEMPERATURE = sa.text(f"""
    SELECT c.fingerprint, m.contribution, p.doi, p.title_key, p.year, m.conductivity_s_per_cm AS value
    FROM impedance_measurements AS m
    INNER JOIN samples AS s ON s.id = m.sample_id
    INNER JOIN compositions AS c ON c.id = s.composition_id
    INNER JOIN publications AS p ON p.id = s.publication_id
    WHERE m.relation = '=' AND m.temperature_c BETWEEN {NEAR_ROOM_C[0]} AND {NEAR_ROOM_C[1]}
""")


ONE = {
    "impedance_measurements": "conductivity", "samples": "sample", "processing_steps": "step",
    "activation_energies": "activation energy", "structural_records": "structure",
}  # fmt: skip
"""What one row of a table is called in messages."""

Known = tuple[Hashable, str, PublicationKey, float]
"""Composition, contribution, publication and value (S/cm) of a measurement near room temperature in the database."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful about one value of one draft."""

    draft: Draft
    column: str
    code: str
    message: str
    hint: str

    def as_problem(self, file: str) -> Problem:
        """The doubt with its cell, or with the row's natural key where it comes from no cell."""
        cell = self.draft.cells.get(self.column) or next(iter(self.draft.cells.values()), None)
        if cell is None:
            message = f"{ONE.get(self.draft.table, self.draft.table)} {_spell(self.draft.key)}: {self.message}"
            return Problem(file, message, self.code, self.hint, column=self.column, severity="doubt")
        return Problem.at(cell, file, self.message, self.code, self.hint, severity="doubt")


class Facts:
    """The drafts of an intake, indexed; with a connection also what the database knows of the same compositions."""

    def __init__(self, intake: Intake, connection: sa.Connection | None = None) -> None:
        self.intake = intake
        self.connection = connection

    def drafts(self, table: str) -> Sequence[Draft]:
        """All drafts of a table."""
        return self.intake.drafts.get(table, [])

    @cached_property
    def samples(self) -> dict[Hashable, Draft]:
        """Samples by key."""
        return {draft.key: draft for draft in self.drafts("samples")}

    @cached_property
    def amounts(self) -> dict[Hashable, dict[str, float]]:
        """Element amounts by composition."""
        found: dict[Hashable, dict[str, float]] = defaultdict(dict)
        for draft in self.drafts("composition_elements"):
            found[draft.parents["composition_id"]][draft.values["element"]] = draft.values["amount"]
        return dict(found)

    @cached_property
    def exact_values(self) -> list[Draft]:
        """Measurements with relation ``=``, whatever their basis; a value that no conductivity can have is refused
        elsewhere."""
        drafts = self.drafts("impedance_measurements")
        return [each for each in drafts if each.values["relation"] == Relation.EQUAL and each.values[SIGMA] > 0]

    @cached_property
    def side_by_side(self) -> dict[tuple[Any, ...], dict[str, Draft]]:
        """Exact values of one sample, temperature and replicate, by contribution."""
        found: dict[tuple[Any, ...], dict[str, Draft]] = defaultdict(dict)
        for draft in self.exact_values:
            names = ("temperature_c", "temperature_basis", "replicate_label")
            key = (draft.parents["sample_id"], *(draft.values.get(name) for name in names))
            found[key][str(draft.values["contribution"])] = draft
        return dict(found)

    def sample_of(self, draft: Draft) -> SampleKey:
        """The key of the sample that a draft belongs to."""
        return draft.parents["sample_id"]  # type: ignore[return-value]  # keys of samples are SampleKey

    @cached_property
    def known_values(self) -> list[Known]:
        """What the database has near room temperature of the same compositions."""
        if self.connection is None:
            return []
        rows = self.connection.execute(NEAR_ROOM_TEMPERATURE)
        return [
            (row.fingerprint, row.contribution, publication_key(row.doi, row.title_key, row.year), row.value)
            for row in rows
            if row.fingerprint in self.amounts
        ]

    def series(self) -> Iterator[list[Draft]]:
        """Exact values of one sample, contribution and replicate at stated temperatures, from cold to hot."""
        found: dict[tuple[Any, ...], list[Draft]] = defaultdict(list)
        for draft in self.exact_values:
            if draft.values["temperature_basis"] == "stated":
                key = (draft.parents["sample_id"], draft.values["contribution"], draft.values.get("replicate_label"))
                found[key].append(draft)
        for drafts in found.values():
            yield sorted(drafts, key=lambda draft: float(draft.values["temperature_c"]))


def _spell(key: Any) -> str:
    """A natural key in one line."""
    if isinstance(key, tuple) and len(key) > 1 and key[0] in ("doi", "title"):
        key = key[1:]
    if isinstance(key, tuple):
        return " · ".join(filter(None, map(_spell, key)))
    return "" if key is None else f"{key:g}" if isinstance(key, float) else str(key)


def near_room_temperature(draft: Draft) -> bool:
    """Whether a measurement stands for room temperature."""
    return near_room(draft.values.get("temperature_c"))
