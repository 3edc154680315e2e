"""The formats that files come in, in one list: which files each reader takes, and what it reads them with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.drafts import Intake
from etl.foreign.mapping import PUBLIC_DATA_SETS
from etl.loading.release_folder import is_release, read_release
from etl.options import Aids
from etl.papers.bibliography import is_bibliography, read_bibliography
from etl.papers.structure_facts import read_structure_file
from etl.papers.structure_files import STRUCTURE_SUFFIXES, is_structure_file
from etl.problems import Findings
from etl.spreadsheets import read_sheet_file
from etl.tables.archives import BOOK_SUFFIXES
from sse_db.errors import UnknownFormat

Read = Callable[[Path, Intake, Findings, Aids], None]
"""Adds what a file brings to an intake; what is wrong goes to the findings, or is raised as an SseDbError."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A kind of file: the format that ``--format`` names, the suffixes it is known by, other ways to know it, and what
    reads it."""

    name: str
    read: Read
    suffixes: tuple[str, ...]
    takes: Callable[[Path], bool] | None = None

    def recognises(self, path: Path) -> bool:
        """Whether a file is of this kind, by its name."""
        return path.suffix.lower() in self.suffixes or (self.takes is not None and self.takes(path))


READERS = (
    Reader("release", read_release, (), is_release),
    Reader("cif", read_structure_file, (*STRUCTURE_SUFFIXES, ".zip"), is_structure_file),
    Reader("sheet", read_sheet_file, (".csv", ".tsv", *BOOK_SUFFIXES)),
    Reader("workbook", read_sheet_file, ()),
    Reader("bibliography", read_bibliography, (".bib", ".ris"), is_bibliography),
    *(Reader(name, read_sheet_file, ()) for name in PUBLIC_DATA_SETS),
)
"""All kinds, in the order in which they are asked; a workbook and the public data sets are told from other sheets by
what is in them."""


def recognise(path: Path) -> str:
    """The format of a file by its name; raises UnknownFormat."""
    for reader in READERS:
        if reader.recognises(path):
            return reader.name
    known = ", ".join(suffix for reader in READERS for suffix in reader.suffixes)
    raise UnknownFormat(f"{path.name}: unknown kind of file", f"known are {known} and files named POSCAR")


def find_reader(form: str) -> Reader:
    """The reader of a format; raises UnknownFormat."""
    for reader in READERS:
        if reader.name == form:
            return reader
    raise UnknownFormat(f"there is no format {form}", f"known are: {', '.join(reader.name for reader in READERS)}")


def is_known(path: Path) -> bool:
    """Whether a reader takes files of this name."""
    return any(reader.recognises(path) for reader in READERS)
