"""Every error a user can meet, on one screen.

A command that raises one of these ends with its message on stderr and its exit code; anything else is a bug and
shows a traceback.
"""

from __future__ import annotations

import typing
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "doubt"]


class CellPlace(typing.Protocol):
    """What a problem says of a cell: its sheet (None in a CSV), its name as a person sees it, row, header and text."""

    @property
    def sheet(self) -> str | None: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def row(self) -> int: ...  # noqa: D102
    @property
    def header(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or doubtful, with one cell of a file, in the words of the file."""

    file: str
    message: str
    code: str
    hint: str = ""
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    severity: Severity = "error"

    @classmethod
    def at(
        cls, cell: CellPlace, file: str, message: str, code: str, hint: str = "", *, severity: Severity = "error"
    ) -> Problem:
        """Something wrong with a cell."""
        return cls(file, message, code, hint, cell.sheet, cell.name, cell.row, cell.header, cell.text, severity)

    def as_dict(self) -> dict[str, object]:
        """The problem as the JSON object of the interface."""
        return asdict(self)

    @property
    def where(self) -> str:
        """File and cell in one phrase, for one-line messages."""
        return f"{self.file}, {self.cell}" if self.cell else self.file


class SseDbError(Exception):
    """Base of all errors that a user can correct: what was given, or the state of a file."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        if hint:
            self.add_note(f"hint: {hint}")  # shown below the message in a notebook


class WrongUsage(SseDbError):
    """The command's words do not fit together."""

    exit_code = 2


class UnreadableSource(SseDbError):
    """A file cannot be opened or is not what its name says."""


class UnknownFormat(SseDbError):
    """No reader recognises this file."""


class UnusableMapping(SseDbError):
    """A mapping file that is no TOML, or does not fit the sheet it is used on."""


class RefusedFile(SseDbError):
    """A file has errors, so nothing of it was taken."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        errors = sum(problem.severity == "error" for problem in problems)
        super().__init__(f"{file}: refused, {errors} error{'s' if errors != 1 else ''}")
        self.file = file
        self.problems = problems


class UnreadableFormula(SseDbError):
    """A formula that names no composition."""


class UnreadableQuantity(SseDbError):
    """A number or unit that cannot be understood."""


class UnreadableDoi(SseDbError):
    """A text that is no DOI."""


class UnknownWord(SseDbError):
    """A word that the column's vocabulary does not hold."""


class UnusableStructure(SseDbError):
    """A structure file that gives no structural record; the message names the site and the sum."""


class DatabaseMissing(SseDbError):
    """There is no database where one is expected."""


class NotADatabase(SseDbError):
    """The file is no SQLite database, or none of sse-db."""


class DatabaseOutdated(SseDbError):
    """The database's schema is not the one this version works with."""


class DatabaseUnwritable(SseDbError):
    """The file or its folder cannot be opened or written."""


class DatabaseUnreachable(SseDbError):
    """A server that holds the database does not answer, went away, or lets this user not in."""


class DatabaseBusy(SseDbError):
    """Another process holds the database's write lock."""


class CopyRefused(SseDbError):
    """A database cannot be copied there: the target holds rows, or cannot hold what the source has."""


class SchemaDrift(SseDbError):
    """Database and code differ."""


class MigrationFailed(SseDbError):
    """A migration was rolled back; the database is as before."""


class QueryRefused(SseDbError):
    """The database refused a statement: it writes, is malformed, or took too long."""


def too_slow(time_limit_s: float, other_way: str = "") -> QueryRefused:
    """The refusal of what was stopped at the time limit; a way to answer it sooner goes into the hint."""
    return QueryRefused(f"stopped after {time_limit_s:g} s", f"ask for less, {other_way}or raise --time-limit")


COLUMNAR_WAY = "read a large database with --engine duckdb, "
"""What the hint says where the database itself was read."""


class NotFound(SseDbError):
    """No row, batch, target or view of that name."""


class UndoRefused(SseDbError):
    """Later batches changed or refer to the rows that would be deleted; ``rows`` names each of them."""

    def __init__(self, message: str, hint: str = "", rows: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.rows = rows


class AlreadyThere(SseDbError):
    """A row of that natural key is in the database."""


class RemovalRefused(SseDbError):
    """Other rows refer to the one that would be deleted; ``rows`` names each of them."""

    def __init__(self, message: str, hint: str = "", rows: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.rows = rows


class MergeRefused(SseDbError):
    """Two rows disagree, or are not of one kind; ``rows`` names each disagreement."""

    def __init__(self, message: str, hint: str = "", rows: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.rows = rows


class LookupFailed(SseDbError):
    """A DOI resolver could not be asked, or knows nothing of a DOI."""


class ServerNotStarted(SseDbError):
    """The web server cannot listen where it should."""


class NothingToLearnFrom(SseDbError):
    """A target has too few samples or publications; the message says how many are missing."""


class UnusableEstimator(WrongUsage):
    """An estimator of one's own, its file, its further columns or its folds cannot be used."""


class UnusableModel(SseDbError):
    """A saved model that is damaged or was made by another version."""


class NotComparable(SseDbError):
    """Two saved evaluations are of other data, targets, protocols or folds; the message names the difference."""


class ClusterUnusable(SseDbError):
    """A Dask scheduler does not answer, or its workers are missing or of other versions; nothing was computed."""

    exit_code = 2


class ClusterFailed(SseDbError):
    """The scheduler, or all workers of a Dask cluster, were lost while it computed."""
