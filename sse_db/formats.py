"""Rows to files and streams, in the formats that spreadsheets, notebooks and other programs read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sse_db.errors import WrongUsage

if TYPE_CHECKING:
    import pandas as pd

    from sse_db.dictionary import ValueType

TEXT_FORMATS = ("csv", "json", "jsonl")
BINARY_FORMATS = ("parquet", "xlsx")
SUFFIXES = ", ".join(f".{name}" for name in (*TEXT_FORMATS, *BINARY_FORMATS))
"""What the name of a file to write may end in, for help and messages."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the begin of a formula, wide forms included (owasp.org, CSV Injection)."""


_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def format_of(path: Path, accepted: Sequence[str] = (*TEXT_FORMATS, *BINARY_FORMATS)) -> str:
    """The format that a file name's suffix stands for; raises WrongUsage for one that is not accepted.

    >>> format_of(Path("rows.CSV"))
    'csv'
    """
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in accepted:
        raise WrongUsage(f"{path.name}: unknown suffix", f"use one of: {', '.join('.' + name for name in accepted)}")
    return suffix


def check_place(path: Path, *, folder: bool = False) -> None:
    """Raise WrongUsage where no file, or no folder, of that name can be written; for before anything is computed."""
    if path.exists() and path.is_dir() is not folder:
        raise WrongUsage(f"{path} is a {'file, no folder' if folder else 'folder'}", "choose another name")
    nearest = next(each for each in (path, *path.absolute().parents) if each.exists())
    if nearest != path and not nearest.is_dir():
        raise WrongUsage(f"{nearest} is a file: nothing can be written below it", "choose another name")
    if not folder and not path.parent.is_dir():
        raise WrongUsage(f"there is no folder {path.parent}", "create it first, or name another")
    if not os.access(nearest, os.W_OK):
        raise WrongUsage(f"{path} cannot be written: permission denied", "choose another place")


def check_output(path: Path) -> None:
    """Raise WrongUsage where no table can be written to a file of that name; for before anything is computed."""
    format_of(path)
    check_place(path)


def defuse(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; anything else as it is.

    A sign alone, such as the relation ``=``, is no formula, and neither is a number.

    >>> defuse("=HYPERLINK(A1)"), defuse("-1.5"), defuse("Li7La3Zr2O12")
    ("'=HYPERLINK(A1)", '-1.5', 'Li7La3Zr2O12')
    """
    if not isinstance(value, str) or not (
        value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS)
    ):
        return value
    return value if (len(value) == 1 and value.isprintable()) or _NUMBER.fullmatch(value) else f"'{value}"


def to_text(columns: Sequence[str], rows: Iterable[Sequence[Any]], form: str) -> str:
    """Rows as csv, json (a list of objects) or jsonl; in csv texts that look like formulas are defused."""
    if form == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(defuse(name) for name in columns)
        writer.writerows([defuse(value) for value in row] for row in rows)
        return stream.getvalue()
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    if form == "json":
        return json.dumps(objects, ensure_ascii=False, indent=1, default=_encode) + "\n"
    return "".join(json.dumps(each, ensure_ascii=False, default=_encode) + "\n" for each in objects)


def _encode(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def write_rows(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], path: Path, types: Mapping[str, ValueType] | None = None
) -> None:
    """Write rows in the format of the path's suffix; a file is there whole or not at all. ``types`` as in to_bytes."""
    form = format_of(path)
    data = to_text(columns, rows, form).encode() if form in TEXT_FORMATS else to_bytes(columns, rows, form, types)
    replace_file(path, data)


def write_described(frame: pd.DataFrame, path: Path, description: Mapping[str, Any]) -> Path:
    """Write a frame, and beside it ``NAME.SUFFIX.meta.json`` with its description and the file's SHA-256."""
    write_rows(*frame_rows(frame), path, frame_types(frame))
    sidecar = path.with_name(f"{path.name}.meta.json")
    file = {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    replace_file(sidecar, (json.dumps({"file": file, **description}, ensure_ascii=False, indent=1) + "\n").encode())
    return sidecar


def to_bytes(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str, types: Mapping[str, ValueType] | None = None
) -> bytes:
    """Rows as parquet or xlsx; in xlsx every text is written as text, never as a formula.

    ``types`` tells parquet what a column without any value is, by its name; else the schema does, where it knows it.
    """
    if form == "xlsx":
        return _to_xlsx(columns, rows)
    from sse_db.dictionary import value_types

    return _to_parquet(columns, rows, value_types() if types is None else types)


def _to_parquet(columns: Sequence[str], rows: Sequence[Sequence[Any]], types: Mapping[str, ValueType]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [_to_array(each, types.get(name)) for name, each in zip(columns, values, strict=True)]
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=_unique(columns)), stream, compression="zstd")
    return stream.getvalue()


def _to_array(values: Sequence[Any], kind: ValueType | None) -> Any:
    import pyarrow as pa

    if kind is not None and all(value is None for value in values):
        return pa.nulls(len(values), pa.string() if kind == "string" else pa.float64())
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # SQLite columns may mix types, Parquet columns may not
        return pa.array([None if value is None else str(value) for value in values])


def _unique(columns: Sequence[str]) -> list[str]:
    return [name if name not in columns[:place] else f"{name}_{place}" for place, name in enumerate(columns)]


LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""
STAMP_SHEET = "sse-db"
"""Hidden sheet that says what a workbook of ours is."""
TABLES_STAMP = "sse-db tables"
"""What it says where the sheets are for readers, and no import takes them."""


def _to_xlsx(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    return write_sheets({"rows": (columns, rows)})


def write_sheets(sheets: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]]) -> bytes:
    """A workbook for readers: each sheet with its columns and rows, byte-identical for equal content."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        # a fixed date keeps equal content byte-identical
        book.set_properties({"created": datetime(2000, 1, 1)})
        for name, (columns, rows) in sheets.items():
            _write_sheet(book.add_worksheet(name[:31]), columns, rows)
        stamp = book.add_worksheet(STAMP_SHEET)
        stamp.write_row(0, 0, [TABLES_STAMP])
        stamp.hide()
    return stream.getvalue()


def _write_sheet(sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(columns):
        sheet.write_string(0, place, name)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str | bytes):
                sheet.write_string(line, place, _encode(value)[:LONGEST_CELL])
            elif value is not None:
                sheet.write(line, place, value)


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in place in one step, so that a crash leaves the old one or the new one; raises WrongUsage where no
    file can be."""
    check_place(path)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def frame_types(frame: pd.DataFrame) -> dict[str, ValueType]:
    """Column names of a frame, and whether they hold numbers or texts."""
    import pandas as pd

    return {
        str(name): "number" if pd.api.types.is_numeric_dtype(kind) else "string" for name, kind in frame.dtypes.items()
    }


def frame_rows(frame: pd.DataFrame) -> tuple[list[str], list[list[Any]]]:
    """Column names and rows of a frame, with None for every missing value."""
    return list(map(str, frame.columns)), frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
