"""Which sample of the database a file means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from sse_db.records.keys import Row, fetch
from sse_db.spelling import plain_label


class AmbiguousSample(Exception):
    """A label that several samples of a publication have, but for their type of dash or blank."""


class SampleIndex:
    """Finds samples by publication and label, else by a label that they had before. Labels that differ by type of dash,
    blanks or invisible characters are one, unless the file (a release, say) has both spellings, as an older database
    may have them."""

    def __init__(self, connection: sa.Connection, wanted: Iterable[Mapping[str, Any]]) -> None:
        """Fetch all samples of the publications that any of the wanted values names."""
        self._wanted = {(values["publication_id"], values["label"]) for values in wanted}
        self._by_label: dict[tuple[int, str], Row] = {}
        self._by_plain: dict[tuple[int, str], list[Row]] = {}
        self._by_alias: dict[tuple[int, str], list[Row]] = {}
        rows = fetch(connection, "samples", "publication_id", {publication for publication, _ in self._wanted})
        for row in rows:
            self.add(row)
            self._by_plain.setdefault((row["publication_id"], plain_label(row["label"])), []).append(row)
        known = {row["id"]: row for row in rows}
        for alias in fetch(connection, "sample_aliases", "sample_id", known):
            row = known[alias["sample_id"]]
            self._by_alias.setdefault((row["publication_id"], plain_label(alias["label"])), []).append(row)

    def add(self, row: Row) -> None:
        """Let a row be found by its own spelling."""
        self._by_label.setdefault((row["publication_id"], row["label"]), row)

    def find(self, values: Mapping[str, Any]) -> Row | None:
        """The row meant, None for a new sample; raises AmbiguousSample."""
        publication, label = values["publication_id"], values["label"]
        if (known := self._by_label.get((publication, label))) is not None:
            return known
        same = self._by_plain.get((publication, plain_label(label)), [])
        same = [row for row in same if (publication, row["label"]) not in self._wanted]
        same = same or self._by_alias.get((publication, plain_label(label)), [])
        if len(same) > 1:
            raise AmbiguousSample(", ".join(f"sample {row['id']}" for row in same))
        return same[0] if same else None
