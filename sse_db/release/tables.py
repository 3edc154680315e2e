"""Tables, views and training sets as CSV and Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sse_db.release.content import Content

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

POINTS = "points"
LISTS = ("frequency_hz", "z_real_ohm", "z_imaginary_ohm")
"""A spectrum's points are JSON in a table and in a CSV; Parquet holds them as lists of numbers."""


def write_tables(content: Content, folder: Path) -> None:
    """Write ``data/<name>.csv`` and ``data/<name>.parquet`` for every table, view and training set."""
    (folder / "data").mkdir()
    for name, frame in {**content.frames, **content.sets()}.items():
        write_csv(frame, folder / "data" / f"{name}.csv")
        write_parquet(frame, folder / "data" / f"{name}.parquet")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """A faithful CSV: nothing is defused, because a release is read by programs; missing values are empty."""
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """A Parquet file without anything that depends on the moment or the machine."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata({})
    if POINTS in table.column_names:
        table = _unfold_points(table)
    pq.write_table(table, path, compression="zstd", store_schema=True)


def _unfold_points(table: pa.Table) -> pa.Table:
    """The table with one list of numbers per spectrum for frequency, real and imaginary part in place of the JSON."""
    import json

    import pyarrow as pa

    place = table.column_names.index(POINTS)
    spectra = [json.loads(text) if text else {} for text in table.column(POINTS).to_pylist()]
    table = table.remove_column(place)
    for name in reversed(LISTS):
        values = pa.array([each.get(name) for each in spectra], type=pa.list_(pa.float64()))
        table = table.add_column(place, name, values)
    return table
