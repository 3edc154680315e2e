"""Which files of a folder are one public data set: its table is read, and what belongs to it is read with it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from etl.foreign.attached_structures import find_companion
from etl.foreign.mapping import SheetMapping, public_facts, public_mapping
from etl.foreign.reader import recognise_public
from etl.tables.archives import BOOK_SUFFIXES
from etl.tables.extract import StagedSheet, read_head, read_sheets
from sse_db.errors import SseDbError

TEXT_SUFFIXES = (".csv", ".tsv")


def find_belonging(files: Iterable[Path]) -> dict[Path, str]:
    """Files that are not to be read by themselves, each with the reason: structure files of a table, and parts or
    copies of a table that is there as a whole."""
    folders: dict[Path, list[Path]] = {}
    for path in files:
        folders.setdefault(path.parent, []).append(path)
    belonging: dict[Path, str] = {}
    for folder, inside in folders.items():
        beside = _tables_beside(folder) if any(path.suffix.lower() == ".zip" for path in inside) else []
        tables = _find_tables([*inside, *(path for path in beside if path not in inside)])
        for path, mapping in tables.items():
            whole = next((each for name in mapping.tables for each in tables if each.name == name), None)
            if whole is not None and path != whole:
                belonging[path] = f"its rows stand in {whole.name}"
            else:
                belonging |= _companions(path, mapping, folders)
    return belonging


def _tables_beside(folder: Path) -> list[Path]:
    """Tables that an archive in the folder may belong to, also when it is imported without them."""
    names = {name for _, tables in public_facts().values() for name in tables}
    return [folder / name for name in sorted(names) if (folder / name).is_file()]


def _find_tables(inside: list[Path]) -> dict[Path, SheetMapping]:
    """The tables of public data sets in one folder; workbooks are opened where a text table is one already."""
    texts = [path for path in inside if path.suffix.lower() in TEXT_SUFFIXES]
    books = [path for path in inside if path.suffix.lower() in BOOK_SUFFIXES]
    found = {path: mapping for path in texts if (mapping := recognise_table(path)) is not None}
    names = {name for mapping in found.values() for name in mapping.tables}
    archives = any(path.suffix.lower() == ".zip" for path in inside)
    for path in books:
        if (path.name in names or archives) and (mapping := recognise_table(path)) is not None:
            found[path] = mapping
    return found


def recognise_table(path: Path) -> SheetMapping | None:
    """The public data set that a table is, by its first rows; None for any other file, also for an unreadable one."""
    is_text = path.suffix.lower() in TEXT_SUFFIXES
    try:
        sheets = [StagedSheet(None, read_head(path))] if is_text else read_sheets(path)
    except (SseDbError, csv.Error, OSError):
        return None
    return next((public_mapping(name) for sheet in sheets if (name := recognise_public(sheet))), None)


def _companions(table: Path, mapping: SheetMapping, folders: dict[Path, list[Path]]) -> dict[Path, str]:
    place = find_companion(mapping.structures, table) if mapping.structures is not None else None
    if place is None:
        return {}
    files = folders.get(place, []) if place.is_dir() else [place]
    return dict.fromkeys(files, f"read together with {table.name}")
