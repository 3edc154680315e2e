"""The formats that files come in, in one list: which files each reader takes, and what it reads them with.

The command line offers these names: a reader is imported when a file is read with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from etl.papers.structure_files import STRUCTURE_SUFFIXES, is_structure_file
from etl.sheets import PUBLIC_DATA_SETS
from etl.spectra.instruments import INSTRUMENT_SUFFIXES
from etl.tables.archives import BOOK_SUFFIXES
from etl.tables.parquet import PARQUET_SUFFIX
from sse_db.errors import UnknownFormat

if TYPE_CHECKING:
    from etl.drafts import Intake
    from etl.options import ReadOptions
    from etl.problems import Findings

Read = Callable[[Path, "Intake", "Findings", "ReadOptions"], None]
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
        ends = {path.suffix.lower(), "".join(path.suffixes[-2:]).lower()}
        return not ends.isdisjoint(self.suffixes) or (self.takes is not None and self.takes(path))


def _is_release(path: Path) -> bool:
    from etl.loading.release_folder import is_release

    return path.is_dir() and is_release(path)


def _read_release(path: Path, intake: Intake, findings: Findings, options: ReadOptions) -> None:
    from etl.loading.release_folder import read_release

    read_release(path, intake, findings, options)


def _read_structure(path: Path, intake: Intake, findings: Findings, options: ReadOptions) -> None:
    from etl.papers.structure_facts import read_structure_file

    read_structure_file(path, intake, findings, options)


def _read_sheet(path: Path, intake: Intake, findings: Findings, options: ReadOptions) -> None:
    from etl.spreadsheets import read_sheet_file

    read_sheet_file(path, intake, findings, options)


def _is_project(path: Path) -> bool:
    from etl.papers.digitised import is_project

    return is_project(path)


def _read_project(path: Path, _intake: Intake, _findings: Findings, _options: ReadOptions) -> None:
    from sse_db.errors import UnreadableSource

    raise UnreadableSource(
        f"{path.name} is a project of WebPlotDigitizer: whose points are they, and what are the axes?",
        'sse-db import FILE --sample ID --axes "1000/T (1/K)" "log10(σT) (S K/cm)"',
    )


def _is_bibliography(path: Path) -> bool:
    from etl.bibliographies.bibliography import is_bibliography

    return path.suffix.lower() in (".json", ".txt") and is_bibliography(path)


def _read_bibliography(path: Path, intake: Intake, findings: Findings, options: ReadOptions) -> None:
    from etl.bibliographies.bibliography import read_bibliography

    read_bibliography(path, intake, findings, options)


READERS = (
    Reader("release", _read_release, (), _is_release),
    Reader("cif", _read_structure, (*STRUCTURE_SUFFIXES, ".zip"), is_structure_file),
    Reader("sheet", _read_sheet, (".csv", ".tsv", ".csv.gz", ".tsv.gz", PARQUET_SUFFIX, *BOOK_SUFFIXES)),
    Reader("workbook", _read_sheet, ()),
    Reader("digitised", _read_project, (), _is_project),
    Reader("bibliography", _read_bibliography, (".bib", ".ris", ".ciw"), _is_bibliography),
    *(Reader(name, _read_sheet, ()) for name in PUBLIC_DATA_SETS),
)
"""All kinds, in the order in which they are asked; a workbook and the public data sets are told from other sheets by
what is in them."""


OTHER_PROGRAMS = {
    ".xls": "an old Excel workbook", ".xlt": "an old Excel workbook", ".xlsb": "a binary Excel workbook",
    ".xltx": "an Excel template", ".numbers": "an Apple Numbers sheet", ".wks": "a Works sheet",
    ".gsheet": "a link to a Google sheet", ".fods": "a flat OpenDocument sheet", ".sxc": "an old OpenOffice sheet",
    ".doc": "a text document", ".docx": "a text document", ".odt": "a text document", ".rtf": "a text document",
    ".pdf": "a PDF", ".opj": "an Origin project", ".opju": "an Origin project",
    ".html": "a web page", ".htm": "a web page",
}  # fmt: skip
"""Suffixes of files that hold tables and are not read, and what they are."""


def why_unknown(path: Path) -> tuple[str, str]:
    """Why a file is not read, and what to do."""
    kind = OTHER_PROGRAMS.get(path.suffix.lower())
    if kind is not None:
        return f"{kind}, which is not read", "save its table as .xlsx, or as .csv in UTF-8"
    known = ", ".join(suffix for reader in READERS for suffix in reader.suffixes)
    if path.suffix.lower() in INSTRUMENT_SUFFIXES:
        return "a spectrum as an instrument writes it", "sse-db spectrum import takes it, with the sample it belongs to"
    return "unknown kind of file", f"known are {known} and files named POSCAR"


def recognise(path: Path) -> str:
    """The format of a file by its name; raises UnknownFormat."""
    for reader in READERS:
        if reader.recognises(path):
            return reader.name
    reason, hint = why_unknown(path)
    raise UnknownFormat(f"{path.name}: {reason}", hint)


def find_reader(form: str) -> Reader:
    """The reader of a format; raises UnknownFormat."""
    for reader in READERS:
        if reader.name == form:
            return reader
    raise UnknownFormat(f"there is no format {form}", f"known are: {', '.join(reader.name for reader in READERS)}")


def is_known(path: Path) -> bool:
    """Whether a reader takes files of this name."""
    return any(reader.recognises(path) for reader in READERS)
