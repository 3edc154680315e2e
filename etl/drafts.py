"""What a file brings: rows on their way into tables, addressed by natural keys, each value with its cell."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sse_db.errors import Problem


@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """A cell as its reader sees it: ``sheet`` is None in a CSV, ``address`` is like ``F17``.

    Nobody changes one; it is not frozen because a large sheet makes them by the hundred thousand, and freezing takes
    longer than all the rest of it.
    """

    address: str
    row: int
    header: str
    text: str
    sheet: str | None = None

    @property
    def name(self) -> str:
        """The cell as the interface writes it: ``Samples!F17``, in a CSV ``F17``."""
        return f"{self.sheet}!{self.address}" if self.sheet else self.address


def name_row(number: int, sheet: str | None) -> str:
    """A row, numbered as a spreadsheet shows it, with its sheet where the file has several.

    >>> name_row(17, None), name_row(17, "Samples")
    ('17', 'Samples!17')
    """
    return f"{sheet}!{number}" if sheet else str(number)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a row of another database was there: its number, and that of the batch that brought it."""

    row_id: int
    batch_id: int


@dataclass(frozen=True, slots=True)
class Past:
    """How the rows of a release came: the rows of its import_batches and of its change_log."""

    batches: list[dict[str, Any]]
    entries: list[dict[str, Any]]


@dataclass(slots=True)
class Draft:
    """One row of one table before it has an id.

    ``key`` is the natural key, unique among the drafts of its table in one intake; ``parents`` maps a foreign key
    column to the key of the parent draft; ``values`` holds canonical values by column, absent where the file is silent.
    A draft with a ``row_id`` corrects that row of the database, whatever its natural key: its values replace the old
    ones without a conflict, and None empties a column. ``origin`` is where a row of another database stood.
    ``remarks`` is what the reader of a structure noticed, each with the code of its cause.
    ``row_key`` names the row that an exported line was (etl.planning.row_keys); where it still holds, the draft
    corrects that row, and ``emptied`` are columns that the line leaves blank.
    """

    table: str
    key: Any
    values: dict[str, Any]
    parents: dict[str, Hashable] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    source_row: str | None = None
    row_id: int | None = None
    origin: Origin | None = None
    remarks: tuple[tuple[str, str], ...] = ()
    row_key: str | None = None
    emptied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was listed and passed over: a known defect of a public data set."""

    row: str
    reason: str


@dataclass(slots=True)
class Intake:
    """All that one file brings, parents before children, ready to be planned against a database.

    ``removals`` are rows, table and id, that go; a file brings none, work by hand may.
    ``rows_read`` is the number of rows of a sheet that is not ours: each of them landed or stands in ``skipped``.
    ``past`` is what a release tells of how its rows came, ``note`` why the curator does this. ``keyed`` are the rows,
    table and id, that an exported workbook still names.
    """

    file_name: str
    file_sha256: str
    format: str
    drafts: dict[str, Sequence[Draft]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    removals: list[tuple[str, int]] = field(default_factory=list)
    rows_read: int | None = None
    past: Past | None = None
    note: str | None = None
    keyed: set[tuple[str, int]] = field(default_factory=set)

    def add(self, draft: Draft) -> None:
        """Append a draft to its table's list."""
        drafts = self.drafts.setdefault(draft.table, [])
        if not isinstance(drafts, list):
            drafts = self.drafts[draft.table] = list(drafts)
        drafts.append(draft)

    def add_columns(self, columns: Sequence[Draft]) -> None:
        """Take the measurements of a sheet as they are; those of a second one as single drafts behind the first."""
        table = columns[0].table
        known = self.drafts.get(table)
        self.drafts[table] = [*known, *columns] if known else columns


PublicationKey = tuple[Any, ...]
SampleKey = tuple[PublicationKey, str]


def publication_key(doi: str | None, title_key: str | None, year: int | None) -> PublicationKey:
    """Natural key of a publication: its DOI; without one, normalised title and year."""
    return ("doi", doi) if doi else ("title", title_key, year)
