"""A Parquet file to the texts of its cells: rows and columns as a spreadsheet would show them, headers in row 1."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.tables.number_formats import write_number
from etl.tables.workbook_scan import MOST_COLUMNS, Mark, column_letters
from sse_db.errors import UnreadableSource

if TYPE_CHECKING:
    import pyarrow as pa

PARQUET_SUFFIX = ".parquet"
MOST_UNPACKED = 1_000_000_000
MOST_CELLS = 40_000_000
AS_TEXT = "write the column as text or numbers"


def read_parquet(path: Path, most_rows: int) -> tuple[list[list[str]], list[Mark]]:
    """The rows of a Parquet file as texts, with a mark at the header of each column that holds neither texts nor
    numbers, whose cells are left blank. Raises UnreadableSource for what is damaged or too large."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _refuse_large(path, file.metadata, most_rows)
            names = file.schema_arrow.names
            marks = [mark for place, field in enumerate(file.schema_arrow) if (mark := _why_odd(place, field))]
            odd = {mark.column for mark in marks}
            columns = [
                [""] * file.metadata.num_rows if place in odd else _texts(file.read([name]).column(0))
                for place, name in enumerate(names)
            ]
    except (pa.ArrowException, OSError, ValueError, KeyError, IndexError) as error:
        raise UnreadableSource(f"{path.name}: not a readable Parquet file: {error}", "write it anew") from error
    return [names, *(list(row) for row in zip(*columns, strict=True))], marks


def _refuse_large(path: Path, told: Any, most_rows: int) -> None:
    size = sum(told.row_group(place).total_byte_size for place in range(told.num_row_groups))
    rows, columns = told.num_rows, told.num_columns
    if rows >= most_rows or columns > MOST_COLUMNS or rows * columns > MOST_CELLS or size > MOST_UNPACKED:
        message = f"{path.name}: {rows} rows of {columns} columns, {size / 1e6:.0f} MB unpacked, are too many"
        raise UnreadableSource(message, f"at most {most_rows} rows and {MOST_CELLS / 1e6:g} million cells: split it")


def _why_odd(place: int, field: pa.Field[Any]) -> Mark | None:
    """A mark at the header of a column whose values are no texts or numbers."""
    import pyarrow.types as kinds

    kind = field.type.value_type if kinds.is_dictionary(field.type) else field.type
    if kinds.is_boolean(kind):
        return Mark(0, place, "truth-value", "the column holds truth values, no text", AS_TEXT)
    if kinds.is_temporal(kind):
        return Mark(0, place, "date", f"the column holds dates or times ({kind}), no text", AS_TEXT)
    readable = (
        kinds.is_string, kinds.is_large_string, kinds.is_integer, kinds.is_floating, kinds.is_decimal, kinds.is_null,
    )  # fmt: skip
    if any(fits(kind) for fits in readable) or str(kind) == "string_view":
        return None
    message = f"column {column_letters(place)} holds values of the type {kind}, no texts or numbers"
    return Mark(0, place, "column-type", message, AS_TEXT)


def _texts(column: pa.ChunkedArray[Any]) -> list[str]:
    """A column as texts, each distinct value written once."""
    import pyarrow as pa

    if pa.types.is_null(column.type):
        return [""] * len(column)
    texts: list[str] = []
    for chunk in column.chunks:
        coded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        words = [_write(value, coded.type.value_type) for value in coded.dictionary.to_pylist()]
        words.append("")
        texts += [words[code] for code in coded.indices.fill_null(len(words) - 1).to_pylist()]
    return texts


def _write(value: Any, kind: pa.DataType) -> str:
    """A value as the shortest text that reads back in its own precision."""
    import numpy as np
    import pyarrow as pa

    if value is None:
        return ""
    if isinstance(value, float):
        short = pa.types.is_float32(kind) or pa.types.is_float16(kind)
        return write_number(float(str(np.float32(value)))) if short else write_number(value)
    return str(value)
