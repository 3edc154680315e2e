"""What a mapping says about one column of a sheet: the column of ours, and what is done to its cells."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator, model_validator

from etl.cells.normalise import read_text
from etl.cells.scales import PLAIN, Scale
from etl.sheets.base import SheetColumn
from etl.sheets.foreign import FOREIGN
from sse_db.errors import SseDbError
from sse_db.spelling import suggest
from sse_db.vocabulary import ContributionBasis, fold

SIGMA = "impedance_measurements.conductivity_s_per_cm"
TEMPERATURE = "impedance_measurements.temperature_c"
FORMS: Mapping[str, Scale] = {
    "log10": Scale(log="log10"),
    "ln": Scale(log="ln"),
    "resistivity": Scale(inverse=True),
    "log10 resistivity": Scale(log="log10", inverse=True),
    "ln resistivity": Scale(log="ln", inverse=True),
    "σT": Scale(per_kelvin=True),
    "log10 σT": Scale(log="log10", per_kelvin=True),
    "ln σT": Scale(log="ln", per_kelvin=True),
    "1/T": Scale(inverse=True),
    "1000/T": Scale(inverse=True, factor=1e-3),
}
"""What the numbers of a column are, where they are not the quantity itself."""
OLD_WORDS = {
    "rather_not": "skip_prefixes", "whole": "strip_trailing_zero", "otherwise": "fallback_column",
    "unless": "only_if_blank",
}  # fmt: skip
"""Keys that were called otherwise in earlier versions, and are still read."""


@lru_cache(maxsize=512)
def find_sheet_column(name: str) -> SheetColumn:
    """The column of ours that a name means; raises ValueError with the nearest one."""
    for column in FOREIGN.columns:
        if fold(name) in map(fold, column.names):
            return column
    raise ValueError(f"there is no column {name}: {suggest(name, [each.name for each in FOREIGN.columns])}")


def check_pattern(text: str) -> str:
    """A regular expression as it is; raises ValueError for what is none."""
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text} is no regular expression: {error}") from error
    return text


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_maps(value: Any) -> Any:
    """A name, a list of names, a table, or a list of tables, as a list of tables."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return value
    return [{"to": value} if isinstance(value, str | list) else value]


Targets = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Pattern = Annotated[str, BeforeValidator(check_pattern)]


class Strict(BaseModel):
    """Plain data that knows all its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnMap(Strict):
    """What a column of the file means.

    ``to`` names columns of ours; ``at`` is the temperature of a column's values in a wide sheet. ``unit``, ``factor``
    and ``form`` say how its numbers are meant: a number times the factor, in the unit, is the form of the quantity
    (``log`` is the form log10). A row in which one of the columns ``only_if_blank`` is filled is not read here;
    ``basis`` says whether the source states which contribution the values are. ``words`` replaces cells as a whole;
    ``pattern`` takes the part of a cell that its group finds; of a cell ``split`` at a sign the first part is taken
    that does not begin as one of ``skip_prefixes``, and the others are kept in the remark; ``strip_trailing_zero``
    takes the ``.0`` off a number that is a name; ``prefix`` goes before the text, in a remark that several columns make
    up; a cell that cannot be read goes to ``fallback_column``.
    """

    to: Targets
    unit: str | None = None
    factor: float = 1.0
    form: str | None = None
    log: bool = False
    at: str | None = None
    only_if_blank: tuple[str, ...] = ()
    basis: Literal["stated", "assumed"] | None = None
    words: dict[str, str] = {}
    pattern: Pattern | None = None
    split: str | None = None
    skip_prefixes: tuple[str, ...] = ()
    strip_trailing_zero: bool = False
    prefix: str = ""
    fallback_column: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _in_new_words(cls, table: Any) -> Any:
        if not isinstance(table, dict):
            return table
        for old, new in OLD_WORDS.items():
            if old in table and new in table:
                raise ValueError(f"{old} is the old word for {new}: give one of them")
        return {OLD_WORDS.get(key, key): value for key, value in table.items()}

    @field_validator("to", "fallback_column")
    @classmethod
    def _known(cls, names: Any) -> Any:
        for name in (names,) if isinstance(names, str) else names or ():
            find_sheet_column(name)
        return names

    @field_validator("form")
    @classmethod
    def _known_form(cls, form: str | None) -> str | None:
        if form is None:
            return None
        plain = re.sub(r"\s*(?:σ|[Ss]igma)\s*[·*]?\s*T\Z", " σT", " ".join(form.split())).strip()
        if plain not in FORMS:
            raise ValueError(f"{form} is no form of numbers: known are {', '.join(FORMS)}")
        return plain

    def model_post_init(self, _: Any) -> None:
        """Refuse what does not fit the columns of ours."""
        if self.log and self.form not in (None, "log10"):
            raise ValueError(f"log = true is the form log10, not {self.form}")
        if not math.isfinite(self.factor) or self.factor == 0:
            raise ValueError(f"{self.factor} is no factor")
        if self.pattern is not None and re.compile(self.pattern).groups != 1:
            raise ValueError(f"the pattern {self.pattern} needs one group in brackets: the part that is read")
        for target in self.targets:
            self._check_target(target)
        if self.at is not None:
            self._check_at(self.at)

    def _check_target(self, target: SheetColumn) -> None:
        told = self.scale(self.unit)
        if (self.unit is not None or self.is_transformed) and not isinstance(target.schema_column.type, sa.Float):
            raise ValueError(f"{target.name} is no number that has a unit, factor or form")
        if self.unit is not None and not told.fits(target.column):
            raise ValueError(f"{self.unit} is no unit of {target.name}")
        is_of_temperature = (self.form or "").endswith("/T")
        if is_of_temperature != (told.inverse and target.column == "temperature_c") or (
            (told.per_kelvin or told.log or (told.inverse and not is_of_temperature)) and target.target != SIGMA
        ):
            raise ValueError(f"{self.form or 'log'} is no form of {target.name}")

    def _check_at(self, at: str) -> None:
        if not any(target.target == SIGMA for target in self.targets):
            raise ValueError("at is the temperature of a column of conductivities")
        try:
            read_text(at, find_sheet_column("Temperature").schema_column)
        except SseDbError as error:
            raise ValueError(f"at: {error}") from error

    @property
    def is_transformed(self) -> bool:
        """Whether a factor or a form is given."""
        return self.factor != 1.0 or self.form is not None or self.log

    def scale(self, unit: str | None) -> Scale:
        """How the numbers are meant, in a unit."""
        form = FORMS[self.form] if self.form else FORMS["log10"] if self.log else PLAIN
        return replace(form, unit=unit, factor=form.factor * self.factor)

    @property
    def targets(self) -> tuple[SheetColumn, ...]:
        """The columns of ours that it fills."""
        return tuple(find_sheet_column(name) for name in self.to)

    def basis_for(self, target: SheetColumn) -> str | None:
        """Whether the kind of conductivity is stated or assumed, where the mapping says it or names a column by a word
        that leaves the kind unsaid."""
        if self.basis is not None or not target.part:
            return self.basis
        unsaid = set(map(fold, target.unsaid))
        is_unsaid = any(find_sheet_column(name) is target and fold(name) in unsaid for name in self.to)
        return str(ContributionBasis.ASSUMED) if is_unsaid else None


ColumnMaps = Annotated[tuple[ColumnMap, ...], BeforeValidator(_as_maps)]
