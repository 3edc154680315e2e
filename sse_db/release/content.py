"""What a release holds, read once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from sse_db.dictionary import TableFacts, describe_all
from sse_db.release.label import Label

if TYPE_CHECKING:
    import pandas as pd

LEFT_OUT = ("current_batch",)
"""Tables that say nothing outside of a running import."""


@dataclass(frozen=True)
class Content:
    """Frames by name, with the facts of their columns, the newest moment of the data, and what the whole is called."""

    tables: list[TableFacts]
    frames: dict[str, pd.DataFrame]
    training_sets: dict[str, pd.DataFrame]
    date: str
    publications: pd.DataFrame
    engine: sa.Engine = field(repr=False)
    label: Label

    def paths(self) -> dict[str, str]:
        """Name of each table, view and training set to its CSV file in the release."""
        names = [table.name for table in self.tables]
        own = {name: f"data/{name}.csv" for name in names}
        return own | {_set_name(name): f"data/{_set_name(name)}.csv" for name in self.training_sets}

    def sets(self) -> dict[str, pd.DataFrame]:
        """Training sets by the names of their files."""
        return {_set_name(name): frame for name, frame in self.training_sets.items()}


def _set_name(target: str) -> str:
    return f"training_set_{target.replace('-', '_')}"


def read_content(engine: sa.Engine, training_sets: Mapping[str, pd.DataFrame], label: Label) -> Content:
    """Read every table and view of a released database, ordered by their first column."""
    import pandas as pd

    tables = [table for table in describe_all() if table.name not in LEFT_OUT]
    frames = {}
    with engine.connect() as connection:
        for table in tables:
            order = ", ".join(str(place) for place in range(1, min(3, len(table.columns)) + 1))
            frames[table.name] = pd.read_sql_query(
                sa.text(f"SELECT * FROM {table.name} ORDER BY {order}"), connection, dtype_backend="pyarrow"
            )
    newest = frames["import_batches"]["created_at"].max()
    date = str(newest)[:10] if isinstance(newest, str) else "1970-01-01"
    return Content(tables, frames, dict(training_sets), date, frames["publications"], engine, label)


def sha256(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()
