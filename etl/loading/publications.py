"""Match the publications of a file with those of the database, by DOI or by title and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from sse_db.records.keys import Row, fetch


class AmbiguousPublication(Exception):
    """A title and year that several publications with DOIs share."""


class PublicationIndex:
    """Finds publications by DOI; without one on either side, by normalised title and year."""

    def __init__(self, connection: sa.Connection, wanted: Iterable[Mapping[str, Any]]) -> None:
        """Fetch all rows that share a DOI or a title with any of the wanted values."""
        wanted = list(wanted)
        self._by_doi: dict[str, Row] = {}
        self._by_title: dict[tuple[str, int | None], list[Row]] = {}
        dois = {values["doi"] for values in wanted if values.get("doi")}
        titles = {values["title_key"] for values in wanted if values.get("title_key")}
        rows = fetch(connection, "publications", "doi", dois) + fetch(connection, "publications", "title_key", titles)
        for row in {row["id"]: row for row in rows}.values():
            self.add(row)

    def add(self, row: Row) -> None:
        """Add a row to the index, also under a DOI that it was given just now."""
        if row.get("doi"):
            self._by_doi[row["doi"]] = row
        if row.get("title_key"):
            same = self._by_title.setdefault((row["title_key"], row.get("year")), [])
            if all(known is not row for known in same):
                same.append(row)

    def find(self, values: Mapping[str, Any]) -> Row | None:
        """The row meant, None for a new publication; raises AmbiguousPublication."""
        doi = values.get("doi")
        if doi in self._by_doi:
            return self._by_doi[doi]
        same = self._by_title.get((values.get("title_key") or "", values.get("year")), [])
        without = [row for row in same if not row.get("doi")]
        if doi or without:
            return without[0] if without else None
        if len(same) > 1:
            raise AmbiguousPublication(", ".join(sorted(row["doi"] for row in same)))
        return same[0] if same else None
