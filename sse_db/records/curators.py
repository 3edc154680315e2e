"""Who entered or changed the rows of a publication."""

from __future__ import annotations

import sqlalchemy as sa

from sse_db.audits.reviewed_by_own_curator import CURATORS


def find_curators(connection: sa.Connection, publication_id: int) -> list[str]:
    """Names of those who entered or changed rows of a publication."""
    statement = sa.text(f"SELECT curator FROM ({CURATORS}) AS found WHERE publication_id = :publication ORDER BY 1")
    return list(connection.execute(statement, {"publication": publication_id}).scalars())


def same_person(first: str, second: str) -> bool:
    """Whether two names are one, but for capitals and blanks.

    >>> same_person("Ada", " ada")
    True
    """
    return " ".join(first.casefold().split()) == " ".join(second.casefold().split())
