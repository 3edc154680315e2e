"""The only reader of the database in ``analysis``: the name of a view to a typed frame."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analysis.data.targets import Target, leave_ruled_out
from sse_db.columnar import find_copy
from sse_db.dictionary import cast_empty
from sse_db.errors import NotFound
from sse_db.views import VIEWS

DIGITS = 12


def read_view(engine: sa.Engine, name: str) -> pd.DataFrame:
    """All rows of a view; a column without any value has the schema's type, numbers have twelve digits.
    Where a copy in columns is kept, the rows come from it.

    Raises NotFound for a name that is no view.
    """
    if name not in VIEWS:
        raise NotFound(f"there is no view {name}", f"views: {', '.join(VIEWS)}")
    statement = f"SELECT * FROM {name} ORDER BY sample_id, 1, 2"
    copied = find_copy(engine)
    if copied is not None:
        cursor = copied.execute(statement)
        columns = [column for column, *_ in cursor.description or ()]
        frame = pd.DataFrame.from_records(cursor.fetchall(), columns=columns, coerce_float=True)
    else:
        with engine.connect() as connection:
            frame = pd.read_sql_query(sa.text(statement), connection)
    return round_numbers(cast_empty(frame))


def round_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose numbers are rounded to :data:`DIGITS` significant digits.

    Sums and logarithms of SQLite, PostgreSQL and DuckDB differ in the sixteenth digit. Left there, the difference
    decides ties between parameters and between neighbours, and one database gives other scores than its copy.

    >>> round_numbers(pd.DataFrame({"electronegativity": [0.1 + 0.2]}))["electronegativity"].tolist()
    [0.3]
    """
    rounded = {name: _round(column.to_numpy()) for name, column in frame.select_dtypes("float").items()}
    return frame.assign(**{str(name): values for name, values in rounded.items()})


def _round(values: np.ndarray) -> np.ndarray:
    """By way of texts, each distinct value once: what a paper gives in twelve digits at most stays what it is."""
    distinct, places = np.unique(values, return_inverse=True)
    return np.array([float(f"{value:.{DIGITS}g}") for value in distinct.tolist()], dtype=float)[places]


def read_target(engine: sa.Engine, target: Target, *, rounding_ruled: bool = False) -> pd.DataFrame:
    """The rows of a target's view with a value; those that rounding rules are no training rows unless asked for."""
    frame = read_view(engine, target.view)
    return (frame if rounding_ruled else leave_ruled_out(frame, target)).dropna(subset=target.column)


def hash_frames(frames: list[pd.DataFrame]) -> str:
    """SHA-256 over the content of frames, hexadecimal: equal data give equal hashes, in whatever database they are.

    Numbers count to ten digits: sums and logarithms of one database system and another differ in the sixteenth.
    """
    digest = hashlib.sha256()
    for frame in frames:
        digest.update(frame.to_csv(index=False, float_format="%.10g").encode())
    return digest.hexdigest()
