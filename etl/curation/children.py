"""Add, correct and delete steps, conductivities and activation energies of a sample, as command-line options say."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from etl.cells.normalise import read_term, read_text
from etl.cells.quantities import is_blank
from etl.curation.fields import BY_HAND, MEASUREMENTS, Fields, Words, read_fields, split_words
from etl.drafts import Draft, Intake
from etl.papers import assemble
from etl.problems import Findings, error_code
from sse_db.errors import SseDbError
from sse_db.records.keys import KEY_DIGITS, Row, fetch, name_row
from sse_db.schema import metadata
from sse_db.spelling import suggest
from sse_db.vocabulary import Contribution, Operation, TemperatureBasis, fold

STEP_TABLE, ENERGY_TABLE = "processing_steps", "activation_energies"
NOT_STATED = ("not stated", "unknown")


class ChildWork:
    """The child rows of one sample while the options of a command that describe them are read; ``sample_id`` is None
    for a new sample."""

    def __init__(
        self, connection: sa.Connection, intake: Intake, findings: Findings, sample: Draft, sample_id: int | None
    ) -> None:
        self.intake = intake
        self.findings = findings
        self.sample = sample
        self.rows: dict[str, list[Row]] = {
            table: fetch(connection, table, "sample_id", [] if sample_id is None else [sample_id])
            for table in (STEP_TABLE, MEASUREMENTS, ENERGY_TABLE)
        }

    def describe_step(self, text: str) -> None:
        """``2: temperature = 1150 °C``, ``sintering: time = 6 h``; a step that is not there is added at the end."""
        words = split_words("--step", STEP_TABLE, "operation", text)
        row, operation = self._find_step(words)
        if self.findings.errors:
            return
        fields = read_fields(STEP_TABLE, words.cells, self.findings)
        known = row["operation"] if row else operation
        if known is None and not words.cells.keys() & {"operation", "operation_text"}:
            hint = "name it, for example: operation = sintering"
            self.findings.add(words.cell, "no-operation", "the new step has no operation", hint)
            return
        position = fields.row.value(f"{STEP_TABLE}.position") or (
            row["position"] if row else self._next_position(words)
        )
        draft = assemble.draft_step(
            fields.cells(STEP_TABLE),
            Operation(known or Operation.OTHER),
            position,
            self.sample.key,
            self.findings,
            BY_HAND,
        )
        self._add(draft, row, fields)

    def _find_step(self, words: Words) -> tuple[Row | None, str | None]:
        """The step that words begin with, by its number or by its operation; the operation of one to be added."""
        if words.place.isdigit():
            number = int(words.place)
            return next((row for row in self.rows[STEP_TABLE] if row["position"] == number), None), None
        try:
            operation = read_term(Operation, words.place)
        except SseDbError as error:
            hint = f"{error.hint}; or give the number of the step"
            self.findings.add(words.cell, error_code(error), f"{words.place} is no operation", hint)
            return None, None
        rows = [row for row in self.rows[STEP_TABLE] if row["operation"] == operation]
        return self._only(STEP_TABLE, rows, words), str(operation)

    def _next_position(self, words: Words) -> int:
        if words.place.isdigit():
            return int(words.place)
        new = [draft.values["position"] for draft in self.intake.drafts.get(STEP_TABLE, [])]
        return max([*(row["position"] for row in self.rows[STEP_TABLE]), *new], default=0) + 1

    def describe_measurement(self, text: str) -> None:
        """``bulk @ 25 °C = 3.2e-4 S/cm``, ``total @ RT: place = Table 2; value basis = digitised``, or by the number
        that the sample's page shows; a conductivity that is not there is added."""
        words = split_words("--measurement", MEASUREMENTS, "conductivity_s_per_cm", text)
        row, key = self._find_measurement(words)
        if self.findings.errors:
            return
        if row is None and "conductivity_s_per_cm" not in words.cells:
            self._tell_missing(MEASUREMENTS, words)
            return
        fields = read_fields(MEASUREMENTS, words.cells, self.findings)
        values, cells = assemble.to_values(fields.cells(MEASUREMENTS))
        sigma = fields.row.get(f"{MEASUREMENTS}.conductivity_s_per_cm")
        if sigma is not None:
            told = {"relation": assemble.relation_of(sigma.value), "uncertainty_s_per_cm": sigma.value.uncertainty}
            values = told | values
        if "temperature_c" in words.cells:
            values |= assemble.read_temperature(fields.row)[0]
        values = (key if row is None else {}) | values
        parts = (values.get(name) for name in ("contribution", "temperature_c", "temperature_basis", "replicate_label"))
        draft = Draft(MEASUREMENTS, (self.sample.key, *parts), values, cells=cells or words.cells, source_row=BY_HAND)
        self._add(draft, row, fields)

    def _find_measurement(self, words: Words) -> tuple[Row | None, dict[str, Any]]:
        """The conductivity that words begin with, and the natural key of one to be added."""
        if words.place.isdigit():
            return self._find_by_id(MEASUREMENTS, words), {}
        part, _, rest = words.place.partition("@")
        temperature, _, replicate = rest.partition("@")
        try:
            key: dict[str, Any] = {"contribution": str(read_term(Contribution, part.strip()))}
            key |= _read_temperature(temperature) if temperature.strip() else {}
        except SseDbError as error:
            self.findings.add(words.cell, error_code(error), str(error), error.hint)
            return None, {}
        key |= {"replicate_label": replicate.strip()} if replicate.strip() else {}
        rows = [row for row in self.rows[MEASUREMENTS] if all(_equal(row[name], key[name]) for name in key)]
        row = self._only(MEASUREMENTS, rows, words)
        if not rows and not temperature.strip():
            hint = f"for example {part.strip()} @ 25 °C, {part.strip()} @ RT, or {part.strip()} @ not stated"
            self.findings.add(
                words.cell, "no-temperature", "the conductivity is not there; say at which temperature", hint
            )
        if row is None and not self.findings.errors:
            self._tell_same_temperature(key, words)
        return row, {"replicate_label": "", **key}

    def _tell_same_temperature(self, key: dict[str, Any], words: Words) -> None:
        """Doubt: 25 °C and nominal room temperature are different keys; name the row that may have been meant."""
        for row in self.rows[MEASUREMENTS]:
            if row["contribution"] == key["contribution"] and row["temperature_c"] == key.get("temperature_c"):
                name = name_row(MEASUREMENTS, row)
                message = f"{words.place} is another row than {name}, which stays as it is"
                self.findings.add(
                    words.cell, "same-temperature", message, f"that one is row {row['id']}", severity="doubt"
                )

    def describe_energy(self, text: str) -> None:
        """``bulk = 0.35 eV``, ``total @ high temperature: place = Fig. 5``; one that is not there is added."""
        words = split_words("--activation-energy", ENERGY_TABLE, "activation_energy_ev", text)
        row, key = self._find_energy(words)
        if self.findings.errors:
            return
        if row is None and "activation_energy_ev" not in words.cells:
            self._tell_missing(ENERGY_TABLE, words)
            return
        fields = read_fields(ENERGY_TABLE, words.cells, self.findings)
        values, cells = assemble.to_values(fields.cells(ENERGY_TABLE))
        energy = fields.row.get(f"{ENERGY_TABLE}.activation_energy_ev")
        if energy is not None:
            told = {"relation": assemble.relation_of(energy.value), "uncertainty_ev": energy.value.uncertainty}
            values = told | values
        values = (key if row is None else {}) | values
        draft_key = (self.sample.key, values.get("contribution"), values.get("replicate_label"))
        draft = Draft(ENERGY_TABLE, draft_key, values, cells=cells or words.cells, source_row=BY_HAND)
        self._add(draft, row, fields)

    def _find_energy(self, words: Words) -> tuple[Row | None, dict[str, Any]]:
        if words.place.isdigit():
            return self._find_by_id(ENERGY_TABLE, words), {}
        part, _, region = words.place.partition("@")
        try:
            key: dict[str, Any] = {"contribution": str(read_term(Contribution, part.strip()))}
        except SseDbError as error:
            self.findings.add(words.cell, error_code(error), str(error), error.hint)
            return None, {}
        key |= {"replicate_label": region.strip()} if region.strip() else {}
        rows = [row for row in self.rows[ENERGY_TABLE] if all(row[name] == key[name] for name in key)]
        return self._only(ENERGY_TABLE, rows, words), {"replicate_label": "", **key}

    def remove_step(self, text: str) -> None:
        """Delete a step, named by its number or its operation."""
        words = Words(text.strip(), {}, "--remove-step")
        self._remove(STEP_TABLE, self._find_step(words)[0], words)

    def remove_measurement(self, text: str) -> None:
        """Delete a conductivity, named as in ``describe_measurement``."""
        words = Words(text.strip(), {}, "--remove-measurement")
        self._remove(MEASUREMENTS, self._find_measurement(words)[0], words)

    def remove_energy(self, text: str) -> None:
        """Delete an activation energy, named as in ``describe_energy``."""
        words = Words(text.strip(), {}, "--remove-activation-energy")
        self._remove(ENERGY_TABLE, self._find_energy(words)[0], words)

    def _remove(self, table: str, row: Row | None, words: Words) -> None:
        if row is not None:
            self.intake.removals.append((table, row["id"]))
            self.rows[table].remove(row)
        elif not self.findings.errors:
            self._tell_missing(table, words)

    def _add(self, draft: Draft, row: Row | None, fields: Fields) -> None:
        draft.parents = {"sample_id": self.sample.key}
        if row is not None:
            draft.row_id, draft.key = row["id"], ("row", draft.table, row["id"])
            draft.values |= {name: "" if name == "replicate_label" else None for name in fields.emptied}
            draft.cells |= fields.emptied
        self.intake.add(draft)

    def _find_by_id(self, table: str, words: Words) -> Row | None:
        row = next((row for row in self.rows[table] if row["id"] == int(words.place)), None)
        if row is None:
            self._tell_missing(table, words)
        return row

    def _only(self, table: str, rows: list[Row], words: Words) -> Row | None:
        """The single row found, None for none; several are an error."""
        if len(rows) > 1:
            numbers = "; ".join(f"{self._number(table, row)} ({name_row(table, row)})" for row in rows)
            self.findings.add(words.cell, "which-row", f"{words.place} may mean several rows", f"one of: {numbers}")
        return rows[0] if len(rows) == 1 else None

    def _number(self, table: str, row: Row) -> int:
        return int(row["position" if table == STEP_TABLE else "id"])

    def _tell_missing(self, table: str, words: Words) -> None:
        known = [name_row(table, row) for row in self.rows[table]]
        hint = suggest(words.place, known) if known else ""
        self.findings.add(words.cell, "no-such-row", f"the sample has no {words.place}", hint)


def _read_temperature(text: str) -> dict[str, Any]:
    """Temperature and its basis as they stand in a natural key."""
    if is_blank(text) or fold(text) in NOT_STATED:
        return {"temperature_c": None, "temperature_basis": str(TemperatureBasis.NOT_STATED)}
    quantity = read_text(text, metadata.tables[MEASUREMENTS].c.temperature_c)
    nominal = quantity.basis == "room_temperature"
    basis = TemperatureBasis.ROOM_TEMPERATURE if nominal else TemperatureBasis.STATED
    return {"temperature_c": quantity.value, "temperature_basis": str(basis)}


def _equal(stored: Any, wanted: Any) -> bool:
    if isinstance(stored, float) and isinstance(wanted, float):
        return round(stored, KEY_DIGITS) == round(wanted, KEY_DIGITS)
    return bool(stored == wanted)
