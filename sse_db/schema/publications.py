"""Publications and how far each one has been reviewed."""

from __future__ import annotations

import sqlalchemy as sa

from sse_db.columns import column, rule
from sse_db.schema.base import CuratedRow
from sse_db.vocabulary import PublicationKind, ReviewState


class Publication(CuratedRow, table=True):
    """A source that reports measurements. Natural key: its DOI; without one, normalised title and year."""

    __tablename__ = "publications"
    __table_args__ = (
        rule(
            "identified",
            "doi IS NOT NULL OR title IS NOT NULL",
            says="a publication needs a DOI or a title",
            column="doi",
        ),
        sa.Index(
            "uq_publications_title_without_doi",
            "title_key",
            "year",
            unique=True,
            sqlite_where=sa.text("doi IS NULL AND year IS NOT NULL"),
            postgresql_where=sa.text("doi IS NULL AND year IS NOT NULL"),
        ),
        sa.Index(
            "uq_publications_title_without_doi_and_year",
            "title_key",
            unique=True,
            sqlite_where=sa.text("doi IS NULL AND year IS NULL"),
            postgresql_where=sa.text("doi IS NULL AND year IS NULL"),
        ),
    )

    doi: str | None = column(
        "Digital object identifier, bare and in lower case",
        default=None,
        unique=True,
        check="doi = lower(doi) AND doi LIKE '10.%/%'",
        says="a DOI is bare and in lower case, such as 10.1016/j.ssi.2007.01.001",
    )
    title: str | None = column("Title as printed", default=None)
    title_key: str | None = column(
        "Title in lower case, letters and digits only: what titles are compared by", default=None, index=True
    )
    first_author: str | None = column("First author, surname first", default=None)
    authors: str | None = column("All authors, separated by semicolons, where known", default=None)
    journal: str | None = column("Journal, or publisher of a report or thesis", default=None)
    year: int | None = column("Year of publication", default=None, ge=1800, le=2100)
    volume: str | None = column("Volume", default=None)
    pages: str | None = column("Pages or article number", default=None)
    url: str | None = column("Where the source is found when it has no DOI", default=None, provenance=True)
    kind: PublicationKind = column("Sort of source", vocabulary=PublicationKind, default=PublicationKind.ARTICLE)
    review_state: ReviewState = column(
        "Whether a second person has checked the rows", vocabulary=ReviewState, default=ReviewState.DRAFT, index=True
    )
    reviewed_by: str | None = column("Who checked the rows", default=None)
    reviewed_at: str | None = column("When the rows were checked, UTC, ISO 8601", default=None)
    own_review: int | None = column(
        "1 where the reviewer had entered or changed the rows, and this was allowed by name; else NULL",
        default=None,
        check="own_review = 1",
        says="own_review is 1 or empty",
    )
    remark: str | None = column("What a reader of its rows should know", default=None, provenance=True)
