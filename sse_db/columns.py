"""What a column is: its meaning, unit and limits, said once where the table is declared.

CHECK constraints, SQL comments, the pandera contract, the data dictionary and the workbook template are read from here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field


def column(
    description: str,
    *,
    ge: float | None = None,
    le: float | None = None,
    vocabulary: type[StrEnum] | None = None,
    provenance: bool = False,
    references: str | None = None,
    ondelete: str | None = None,
    check: str | None = None,
    says: str = "",
    **field: Any,
) -> Any:
    """Declare one column of a table.

    ``ge`` and ``le`` are inclusive limits in the unit that the column's name ends in; ``vocabulary`` the words allowed;
    ``provenance`` marks a column that tells where a value comes from, so that a change of it alone is no conflict;
    ``references`` a foreign key as ``table.column``; ``check`` a further SQL condition, and ``says`` what is wrong with
    a value that breaks it.
    """
    info = {"ge": ge, "le": le, "vocabulary": vocabulary, "provenance": provenance, "check": check, "says": says}
    options: dict[str, Any] = {"description": description, **field}
    if vocabulary is not None:
        options["sa_type"] = sa.String
    if ge is not None:
        options["ge"] = ge
    if le is not None:
        options["le"] = le
    if references is not None:
        options |= {"foreign_key": references, "ondelete": ondelete or "RESTRICT", "index": field.get("index", True)}
    options["sa_column_kwargs"] = {"comment": description, "info": info, **field.get("sa_column_kwargs", {})}
    return Field(**options)


def rule(name: str, condition: str, *, says: str, column: str) -> sa.CheckConstraint:
    """A CHECK over several columns: its SQL, what is wrong with a row that breaks it, and the column to look at."""
    return sa.CheckConstraint(condition, name=name, info={"says": says, "column": column})


def explain_rule(table: sa.Table, name: str) -> tuple[str, str] | None:
    """The column to look at and what is wrong with a row that breaks a CHECK of that full name; None for no rule."""
    found = next((each for each in table.constraints if each.name == name and each.info.get("says")), None)
    return (found.info["column"], found.info["says"]) if found is not None else None


def bounds_of(table_column: sa.Column[Any]) -> tuple[float | None, float | None]:
    """Inclusive lower and upper limit of a column, in the column's unit; None where there is none."""
    return table_column.info.get("ge"), table_column.info.get("le")


def vocabulary_of(table_column: sa.Column[Any]) -> type[StrEnum] | None:
    """The words a column accepts, or None for a free column."""
    return table_column.info.get("vocabulary")


def is_provenance(table_column: sa.Column[Any]) -> bool:
    """Whether a column tells where a value comes from rather than what it is."""
    return bool(table_column.info.get("provenance"))


def enforce_bounds(metadata: sa.MetaData) -> None:
    """Add to every table the CHECK constraints that its columns' limits and vocabularies imply."""
    for table in metadata.tables.values():
        for table_column in table.columns:
            for suffix, condition in _conditions(table_column):
                name = f"{table_column.name}_{suffix}"
                says = table_column.info.get("says", "") if suffix == "rule" else ""
                table.append_constraint(rule(name, condition, says=says, column=table_column.name))


def _conditions(table_column: sa.Column[Any]) -> list[tuple[str, str]]:
    name = table_column.name
    found = []
    low, high = bounds_of(table_column)
    limits = [f"{name} >= {low!r}"] * (low is not None) + [f"{name} <= {high!r}"] * (high is not None)
    if limits:
        found.append(("range", " AND ".join(limits)))
    vocabulary = vocabulary_of(table_column)
    if vocabulary is not None:
        words = ", ".join(f"'{word.value}'" for word in vocabulary)
        found.append(("vocabulary", f"{name} IN ({words})"))
    if table_column.info.get("check"):
        found.append(("rule", table_column.info["check"]))
    return found
