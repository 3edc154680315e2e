"""Parameters of saved queries in the browser: understood as on the command line, by a function of the SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from sse_db.dialects.sqlite.files import connect_immutable
from sse_db.errors import SseDbError
from sse_db.records.meanings import READERS, explain, understand

MOST_REMEMBERED = 256


class Questions:
    """What parameters mean in one snapshot."""

    def __init__(self, snapshot: Path) -> None:
        import sqlalchemy as sa

        self._engine = sa.create_engine(
            "sqlite://", creator=partial(connect_immutable, snapshot), poolclass=sa.NullPool
        )
        self.find_values = lru_cache(MOST_REMEMBERED)(self._find_values)

    def _find_values(self, name: str, text: Any) -> str:
        """The values that a parameter means, as a JSON list; none where it is blank or cannot be read."""
        if text is None or not str(text).strip():
            return "[]"
        try:
            with self._engine.connect() as connection:
                return json.dumps(understand(connection, name, str(text)).values, ensure_ascii=False)
        except SseDbError:
            return "[]"

    def explain(self, parameters: Mapping[str, str]) -> list[str]:
        """What a reader is told of the parameters that are filled in."""
        given = {name: text for name, text in parameters.items() if name in READERS and text.strip()}
        if not given:
            return []
        with self._engine.connect() as connection:
            return explain(connection, given)


def understood(sql: str) -> str:
    """The SQL of a saved query with its parameters understood by the function ``meant``.

    >>> understood("SELECT 1 WHERE formula IN (:formula)")
    "SELECT 1 WHERE formula IN (SELECT value FROM json_each(meant('formula', :formula)))"
    """
    for name in READERS:
        meant = f"meant('{name}', :{name})"
        sql = re.sub(rf"\bIN \(:{name}\)", f"IN (SELECT value FROM json_each({meant}))", sql)
        sql = re.sub(rf">= :{name}\b", f">= json_extract({meant}, '$[0]')", sql)
    return sql
