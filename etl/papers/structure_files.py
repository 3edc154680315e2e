"""Which files hold a structure, and those in an archive one by one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from etl.tables.archives import check_archive
from sse_db.errors import UnreadableSource
from sse_db.materials.cif import LARGEST_STRUCTURE_FILE

STRUCTURE_SUFFIXES = (".cif", ".vasp", ".poscar")


def is_structure_file(path: Path) -> bool:
    """Whether a file's name is that of a structure file."""
    return path.suffix.lower() in STRUCTURE_SUFFIXES or path.name.upper().startswith(("POSCAR", "CONTCAR"))


def read_structure_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the structure files in a .zip, in order of their names, without unpacking anything to disk.

    Raises UnreadableSource for a damaged, encrypted or bomb-like archive.
    """
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        for member in sorted(archive.infolist(), key=lambda each: each.filename):
            name = PurePosixPath(member.filename.replace("\\", "/")).name
            if member.is_dir() or name.startswith((".", "__")) or not is_structure_file(Path(name)):
                continue
            yield name, _read_member(archive, member, f"{path.name}: {name}")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> bytes:
    """The bytes of a member, counted while unpacking: the size that an archive states can be a lie."""
    try:
        with archive.open(member) as stream:
            data = stream.read(LARGEST_STRUCTURE_FILE + 1)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise UnreadableSource(f"{where} is damaged: {error}") from error
    if len(data) > LARGEST_STRUCTURE_FILE:
        raise UnreadableSource(f"{where} is too large for a structure file")
    return data
