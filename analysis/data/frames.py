"""The only reader of the database in ``analysis``: the name of a view to a typed frame."""

from __future__ import annotations

import hashlib

import pandas as pd
import sqlalchemy as sa

from analysis.data.targets import Target, leave_ruled_out
from sse_db.columnar import find_copy
from sse_db.dictionary import cast_empty
from sse_db.errors import NotFound
from sse_db.views import VIEWS


def read_view(engine: sa.Engine, name: str) -> pd.DataFrame:
    """All rows of a view; a column without any value has the schema's type.
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
        return cast_empty(pd.DataFrame.from_records(cursor.fetchall(), columns=columns, coerce_float=True))
    with engine.connect() as connection:
        frame = pd.read_sql_query(sa.text(statement), connection)
    return cast_empty(frame)


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
