"""The problems of one file while it is read, and the words that help to mend them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.drafts import Cell
from sse_db.errors import Problem, Severity, SseDbError, UnreadableSource

MOST_PROBLEMS = 5_000
"""Of one file; a file with more is of another kind than its reader takes it for."""


@dataclass(slots=True)
class Findings:
    """The problems of one file, in the order in which they were found."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    sheets: list[str | None] = field(default_factory=list)
    """Names of the file's sheets in its order, where it has any."""

    def add(
        self,
        cell: Cell | None,
        code: str,
        message: str,
        hint: str = "",
        *,
        severity: Severity = "error",
        sheet: str | None = None,
    ) -> None:
        """Note a problem with a cell, or with the whole sheet where there is no cell.

        Raises UnreadableSource when there are more than anybody would read.
        """
        if len(self.problems) >= MOST_PROBLEMS:
            raise UnreadableSource(f"more than {MOST_PROBLEMS} problems: the rest of the file was not looked at")
        if cell is None:
            self.problems.append(Problem(self.file, message, code, hint, sheet=sheet, severity=severity))
            return
        self.problems.append(Problem.at(cell, self.file, message, code, hint, severity=severity))

    def put_in_order(self) -> None:
        """Sort as a reader goes through the file: sheet by sheet, row by row; what has no cell stands first."""
        places = {name: place for place, name in enumerate(self.sheets)}
        self.problems.sort(key=lambda each: (places.get(each.sheet, 0), each.row or 0))

    def add_doubts(self, doubts: Iterable[Problem]) -> None:
        """Note doubts about cells that have no error already."""
        wrong = {problem.cell for problem in self.errors if problem.cell}
        self.problems += [doubt for doubt in doubts if doubt.cell not in wrong]

    @property
    def errors(self) -> list[Problem]:
        """Problems that refuse the file."""
        return [problem for problem in self.problems if problem.severity == "error"]


def error_code(error: SseDbError) -> str:
    """The code of a problem: the error's name with hyphens."""
    name = type(error).__name__
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")
