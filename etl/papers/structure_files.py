"""Which files hold a structure, those in an archive one by one, and what each of them is called."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from etl.tables.archives import check_archive
from sse_db.errors import UnreadableSource

STRUCTURE_SUFFIXES = (".cif", ".vasp", ".poscar")
ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar")
NAMES_OF_EVERY_RUN = ("POSCAR", "CONTCAR")
"""Names that a program gives to all its structures; the folder tells them apart."""

MOST_FOLDERS = 2
"""Folders above a file that are looked at for others of the same name; more would find the same file in a second
checkout or backup of the whole."""


def is_structure_file(path: Path) -> bool:
    """Whether a file's name is that of a structure file."""
    return path.suffix.lower() in STRUCTURE_SUFFIXES or path.name.upper().startswith(("POSCAR", "CONTCAR"))


def is_structure_archive(path: Path) -> bool:
    """Whether a file's name is that of an archive whose members are read."""
    return path.suffix.lower() == ".zip"


@dataclass(frozen=True, slots=True)
class StructureFile:
    """One structure file: its name, what the record is called, and its bytes."""

    name: str
    label: str
    data: bytes


def read_structure_files(path: Path) -> tuple[list[StructureFile], list[str]]:
    """The structure files that a file is or holds, in order of their names, and an archive's members that are none.

    An archive (.zip) is read without unpacking anything to disk. Raises UnreadableSource for one that is damaged,
    encrypted or bomb-like.
    """
    if not is_structure_archive(path):
        return [StructureFile(path.name, label_file(path), path.read_bytes())], []
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        places = {PurePosixPath(member.filename.replace("\\", "/")): member for member in archive.infolist()}
        visible = sorted(place for place, member in places.items() if not member.is_dir() and not _is_hidden(place))
        wanted = [place for place in visible if is_structure_file(Path(place.name))]
        files = [
            StructureFile(place.name, label, _read_member(archive, places[place], f"{path.name}: {place}"))
            for place, label in zip(wanted, label_members(wanted), strict=True)
        ]
    return files, [str(place) for place in visible if place not in wanted]


def is_archive(name: str) -> bool:
    """Whether a member of an archive is an archive itself."""
    return PurePosixPath(name).suffix.lower() in ARCHIVE_SUFFIXES


def label_members(places: Sequence[PurePosixPath]) -> list[str]:
    """What the structures of one archive are called: the name without its end, the whole place where two share it.

    >>> label_members([PurePosixPath("300K/LiCl.vasp"), PurePosixPath("600K/LiCl.vasp"), PurePosixPath("a/Li3N.cif")])
    ['300K/LiCl.vasp', '600K/LiCl.vasp', 'Li3N']
    """
    names = [_name_plainly(place) for place in places]
    uses = Counter(names)
    return [str(place) if uses[name] > 1 else name for name, place in zip(names, places, strict=True)]


def label_file(path: Path) -> str:
    """What the structure of a file is called: as in an archive, the files in neighbouring folders looked at, with as
    many folders as tell them apart."""
    place = path.absolute()
    for folders in range(min(MOST_FOLDERS, len(place.parents) - 1), 0, -1):
        tail = place.parts[-folders:]
        pattern = "/".join(["*", *(_escape(part) for part in tail)])
        if any(_is_another(other, place) for other in place.parents[folders].glob(pattern)):
            return str(PurePosixPath(*place.parts[-folders - 1 : -1], place.stem))
    same = [other for other in place.parent.glob(f"{_escape(place.stem)}.*") if is_structure_file(other)]
    return place.name if len(same) > 1 else _name_plainly(place)


def _is_another(other: Path, place: Path) -> bool:
    """Whether a place holds another file, and not a link to this one or to nothing."""
    return other.exists() and not other.samefile(place)


def _name_plainly(place: PurePath) -> str:
    return _name_with_folder(place) if place.stem.upper() in NAMES_OF_EVERY_RUN else place.stem


def _name_with_folder(place: PurePath) -> str:
    return f"{place.parent.name}/{place.stem}" if place.parent.name else place.stem


def _escape(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _is_hidden(place: PurePosixPath) -> bool:
    return any(part.startswith((".", "__")) and part != ".." for part in place.parts)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> bytes:
    """The bytes of a member, counted while unpacking: the size that an archive states can be a lie."""
    from sse_db.materials.crystals.cif import LARGEST_STRUCTURE_FILE  # which costs as much as numpy

    try:
        with archive.open(member) as stream:
            data = stream.read(LARGEST_STRUCTURE_FILE + 1)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise UnreadableSource(f"{where} is damaged: {error}") from error
    if len(data) > LARGEST_STRUCTURE_FILE:
        raise UnreadableSource(f"{where} is too large for a structure file")
    return data
