"""Limits, approximations and ranges: which columns remember that a number was one, and what is said of the others."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import sqlalchemy as sa

from etl.cells.quantities import Quantity
from sse_db.errors import UnreadableQuantity
from sse_db.units import display_unit
from sse_db.vocabulary import Relation

EXACT = "impedance_measurements.temperature_c"
"""A number or a nominal room temperature, and nothing else: measurements are told apart by it."""
REMEMBERED = (
    "impedance_measurements.conductivity_s_per_cm", "activation_energies.activation_energy_ev", "samples.grain_size_um",
    "samples.relative_density_percent",
)  # fmt: skip
"""Columns with a column beside them that holds the relation."""
WITH_ENDS = "samples.grain_size_um"
"""The column with columns beside it that hold the ends of a range."""
WORDS = {Relation.LESS: "a limit", Relation.GREATER: "a limit", Relation.APPROXIMATE: "approximate"}
_BARE_POWER = re.compile(r"\s*10\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s*")


class Doubtful(NamedTuple):
    """What a value does not say of the text that it was read from."""

    code: str
    message: str
    hint: str


def require_exact(value: Any, column: sa.Column[Any]) -> None:
    """Raise UnreadableQuantity for a limit or a range in a column that takes neither."""
    if f"{column.table.name}.{column.name}" != EXACT or not isinstance(value, Quantity):
        return
    if value.lower is not None:
        hint = "write one row for each temperature; the range of a fit belongs to Ea region"
        raise UnreadableQuantity(f"{value.written} is a range, no temperature of a measurement", hint)
    if value.relation in (Relation.LESS, Relation.GREATER):
        hint = "write the temperature, RT for room temperature, or leave it blank"
        raise UnreadableQuantity(f"{value.written} is a limit, no temperature of a measurement", hint)


def find_doubtful(value: Any, column: sa.Column[Any]) -> Doubtful | None:
    """What is stored without what the text says beside the number: a limit, an approximation, a range."""
    if not isinstance(value, Quantity):
        return None
    stored = f"{value.value:g} {display_unit(column.name)}".strip()
    if _BARE_POWER.fullmatch(value.written):
        return Doubtful("raised-characters", f"read as {stored}", "is the raised digit a footnote mark?")
    name = f"{column.table.name}.{column.name}"
    if name in REMEMBERED and value.lower is not None and name != WITH_ENDS:
        message = f"stored as about {stored}, the middle: only the written form remembers the range"
        return Doubtful("range-not-kept", message, "write one value for each row, if the range is of several")
    if name in REMEMBERED:
        return None
    if value.relation != Relation.EQUAL:
        message = f"stored as {stored}: only the written form remembers that it is {WORDS[value.relation]}"
        return Doubtful("limit-not-kept", message, "models take the number; leave it blank if it is no value")
    if value.lower is not None:
        message = f"stored as the middle, {stored}: only the written form remembers that it is a range"
        return Doubtful("range-not-kept", message, "models take the middle; leave it blank if it is no value")
    return None
