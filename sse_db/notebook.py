"""The door for notebooks: ``import sse_db; db = sse_db.open("sse.db"); X, y, groups = db.training_set("bulk")``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sse_db.database.engine import open_engine, resolve_url
from sse_db.dictionary import cast_empty
from sse_db.errors import SseDbError
from sse_db.query import run_query

if TYPE_CHECKING:
    import pandas as pd
    import sqlalchemy as sa


class Database:
    """A database opened for reading; every method returns pandas objects."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """The rows of one SELECT; raises QueryRefused for anything that writes.

        A column without any value has the type of the schema's column of its name, where there is one.
        """
        import pandas as pd

        result = run_query(self._engine.url, sql, parameters or {})
        return cast_empty(pd.DataFrame(result.rows, columns=list(result.columns)))

    def view(self, name: str) -> pd.DataFrame:
        """All rows of a view, such as ``descriptors`` or ``room_temperature_conductivity``; raises NotFound."""
        from analysis.data.frames import read_view

        return read_view(self._engine, name)

    def training_set(
        self, target: str, *, mode: Literal["native", "complete"] = "native", interpolate: bool = False
    ) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
        """X (n × descriptors, gaps NaN), y (n, log10) and groups (n, publication ids), indexed by sample id.

        ``mode="complete"`` keeps rows without gaps only; ``interpolate`` adds samples never measured at 24–30 °C by
        their Arrhenius fit at 25 °C. Underscores in the name are read as hyphens. Raises NotFound for an unknown target
        or mode.

        The database here holds no rows yet:

        >>> import tempfile
        >>> from sse_db.database.migrate import upgrade
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = f"{folder}/sse.db"
        ...     _ = upgrade(resolve_url(path))
        ...     with open_database(path) as db:
        ...         X, y, groups = db.training_set("bulk")
        >>> X.shape, y.name
        ((0, 17), 'log10_bulk_conductivity')
        """
        from analysis.data.interpolation import read_training
        from analysis.data.targets import build_matrix, find_target

        chosen = find_target(target)
        matrix = build_matrix(read_training(self._engine, chosen, interpolate=interpolate), chosen, mode)
        return matrix.X, matrix.y, matrix.groups

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_database(path_or_url: str | Path | None = None) -> Database:
    """Open an existing database by path or URL, by default ``$SSE_DB_URL`` or ``sse.db`` in the working folder.

    Raises DatabaseMissing, NotADatabase or DatabaseOutdated.
    """
    from sse_db.database.migrate import require_current

    engine = open_engine(resolve_url(None if path_or_url is None else str(path_or_url)))
    try:
        require_current(engine)
    except SseDbError:
        engine.dispose()
        raise
    return Database(engine)
