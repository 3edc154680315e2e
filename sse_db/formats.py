"""Rows to files and streams, in the formats that spreadsheets, notebooks and other programs read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sse_db.errors import WrongUsage

if TYPE_CHECKING:
    import pandas as pd

TEXT_FORMATS = ("csv", "json", "jsonl")
BINARY_FORMATS = ("parquet", "xlsx")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the begin of a formula, wide forms included (owasp.org, CSV Injection)."""


_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def format_of(path: Path, accepted: Sequence[str] = (*TEXT_FORMATS, *BINARY_FORMATS)) -> str:
    """The format that a file name's suffix stands for; raises WrongUsage for one that is not accepted."""
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in accepted:
        raise WrongUsage(f"{path.name}: unknown suffix", f"use one of: {', '.join('.' + name for name in accepted)}")
    return suffix


def defuse(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it; anything else as it is.

    A sign alone, such as the relation ``=``, is no formula, and neither is a number.
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


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], path: Path) -> None:
    """Write rows in the format of the path's suffix; a file is there whole or not at all."""
    form = format_of(path)
    data = to_text(columns, rows, form).encode() if form in TEXT_FORMATS else to_bytes(columns, rows, form)
    replace_file(path, data)


def write_described(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], path: Path, description: Mapping[str, Any]
) -> Path:
    """Write rows, and beside them ``NAME.SUFFIX.meta.json`` with their description and the file's SHA-256."""
    write_rows(columns, rows, path)
    sidecar = path.with_name(f"{path.name}.meta.json")
    file = {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    replace_file(sidecar, (json.dumps({"file": file, **description}, ensure_ascii=False, indent=1) + "\n").encode())
    return sidecar


def to_bytes(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> bytes:
    """Rows as parquet or xlsx; in xlsx every text is written as text, never as a formula."""
    return _to_parquet(columns, rows) if form == "parquet" else _to_xlsx(columns, rows)


def _to_parquet(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [_to_array(each) for each in values]
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=_unique(columns)), stream, compression="zstd")
    return stream.getvalue()


def _to_array(values: Sequence[Any]) -> Any:
    import pyarrow as pa

    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # SQLite columns may mix types, Parquet columns may not
        return pa.array([None if value is None else str(value) for value in values])


def _unique(columns: Sequence[str]) -> list[str]:
    return [name if name not in columns[:place] else f"{name}_{place}" for place, name in enumerate(columns)]


def _to_xlsx(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        # a fixed date keeps equal content byte-identical
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet("rows")
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, str | bytes):
                    sheet.write_string(line, place, _encode(value))
                elif value is not None:
                    sheet.write(line, place, value)
    return stream.getvalue()


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in place in one step, so that a crash leaves the old one or the new one."""
    if not path.parent.is_dir():
        raise WrongUsage(f"there is no folder {path.parent}", "create it first, or name another")
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def frame_rows(frame: pd.DataFrame) -> tuple[list[str], list[list[Any]]]:
    """Column names and rows of a frame, with None for every missing value."""
    return list(map(str, frame.columns)), frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
