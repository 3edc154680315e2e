"""A workbook whose sheets were saved as texts, one file each, such as ``paper - Samples.csv``."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from etl.sheets.workbook import NEEDED, PASSED_OVER, WORKBOOK
from etl.tables.extract import TEXT_SUFFIXES, StagedSheet, read_sheets
from sse_db.errors import UnreadableSource

MAIN = NEEDED[-1]
"""The sheet whose file stands for the whole workbook."""
_SHEETS = (*(sheet.name for sheet in WORKBOOK), *PASSED_OVER)
_STEM = re.compile(rf"(?i)(.*?)(?:\A|[\s_.–-]+)({'|'.join(_SHEETS)})(?:-Table 1)?\Z")


def find_parts(path: Path) -> dict[str, Path]:
    """The files of a workbook's sheets by the names of the sheets, for one of them; nothing for any other file."""
    if (own := _split(path)) is None:
        return {}
    beside = sorted(each for each in path.parent.iterdir() if each.is_file())
    parts = {part[1]: each for each in beside if (part := _split(each)) is not None and part[0] == own[0]}
    return parts if all(name in parts for name in NEEDED) else {}


def _split(path: Path) -> tuple[tuple[str, str], str] | None:
    """What files of one workbook have in common, and the name of the sheet; None for a file of another name."""
    match = _STEM.match(path.stem)
    if match is None or path.suffix.lower() not in TEXT_SUFFIXES:
        return None
    name = next(sheet for sheet in _SHEETS if sheet.lower() == match[2].lower())
    return (match[1], path.suffix.lower()), name


def find_sheets_beside(paths: list[Path]) -> dict[Path, str]:
    """Files that are read together with another one of the paths, and why they are not read alone."""
    beside: dict[Path, str] = {}
    for path in paths:
        parts = find_parts(path)
        main = parts.get(MAIN)
        if main is not None and main != path and main in paths:
            beside[path] = f"read together with {main.name}"
    return beside


def read_parts(path: Path, parts: dict[str, Path]) -> tuple[list[StagedSheet], str]:
    """The sheets of a workbook from the files of all of them, and the SHA-256 of these; raises UnreadableSource for a
    file that does not stand for the others."""
    if parts[MAIN] != path:
        raise UnreadableSource(
            f"{path.name}: this is one sheet of a workbook, which is read as a whole",
            f"give the folder, or {parts[MAIN].name}; or save the workbook as .xlsx",
        )
    sheets = [replace(read_sheets(part)[0], name=name) for name, part in parts.items() if name not in PASSED_OVER]
    content = b"".join(part.read_bytes() for part in parts.values())
    return sheets, hashlib.sha256(content).hexdigest()
