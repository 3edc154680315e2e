"""Match the publications of a file with those of the database, by DOI or by title and year, present and former ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from sse_db.records.keys import Row, fetch
from sse_db.records.references import title_identifier_key
from sse_db.vocabulary import IdentifierKind


class AmbiguousPublication(Exception):
    """A title and year that several publications with DOIs share."""


class PublicationIndex:
    """Finds publications by DOI; without one on either side, by normalised title and year. What a publication was
    called before finds it too."""

    def __init__(self, connection: sa.Connection, wanted: Iterable[Mapping[str, Any]]) -> None:
        """Fetch all rows that share a DOI or a title, present or former, with any of the wanted values."""
        wanted = list(wanted)
        self._by_doi: dict[str, Row] = {}
        self._by_title: dict[tuple[str, int | None], list[Row]] = {}
        self._former: dict[tuple[str, str], Row] = {}
        dois = {values["doi"] for values in wanted if values.get("doi")}
        titles = {values["title_key"] for values in wanted if values.get("title_key")}
        rows = fetch(connection, "publications", "doi", dois) + fetch(connection, "publications", "title_key", titles)
        for row in {row["id"]: row for row in rows}.values():
            self.add(row)
        if dois or titles:
            self._add_former(connection, {row["id"]: row for row in rows})

    def _add_former(self, connection: sa.Connection, known: dict[int, Row]) -> None:
        names = fetch(connection, "publication_identifiers", "kind", map(str, IdentifierKind))
        wanted = {name["publication_id"] for name in names} - known.keys()
        known |= {row["id"]: row for row in fetch(connection, "publications", "id", wanted)}
        for name in names:
            titled = name["kind"] == IdentifierKind.TITLE
            key = title_identifier_key(name["value"]) if titled else name["value"]
            self._former[name["kind"], key] = known[name["publication_id"]]

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
        if (former := self.find_former(values)) is not None:
            return former
        same = self._by_title.get((values.get("title_key") or "", values.get("year")), [])
        without = [row for row in same if not row.get("doi")]
        if doi or without:
            return without[0] if without else None
        if len(same) > 1:
            raise AmbiguousPublication(", ".join(sorted(row["doi"] for row in same)))
        return same[0] if same else None

    def find_former(self, values: Mapping[str, Any]) -> Row | None:
        """The row that was called so before and is not now: what else is said of it describes an earlier version."""
        doi, title = values.get("doi"), values.get("title_key")
        if doi:
            return None if doi in self._by_doi else self._former.get((IdentifierKind.DOI, doi))
        if not title or (title, values.get("year")) in self._by_title:
            return None
        return self._former.get((IdentifierKind.TITLE, f"{title}{values.get('year') or ''}"))
