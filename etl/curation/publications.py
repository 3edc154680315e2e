"""Publications added and corrected by hand."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from etl.bibliographies.bibliography import draft_entries
from etl.bibliographies.entries import Entry
from etl.cells.quantities import is_blank
from etl.curation import work as hand_work
from etl.curation.fields import BY_HAND, Fields, read_fields
from etl.curation.former_names import describe_identifiers
from etl.curation.reviews import check_review
from etl.drafts import Cell, Draft
from etl.loading.batches import utc_now
from etl.papers import assemble
from etl.planning.publications import AmbiguousPublication, PublicationIndex
from etl.problems import Findings
from sse_db.errors import AlreadyThere, WrongUsage
from sse_db.records.identity import make_title_key
from sse_db.records.references import find_row
from sse_db.vocabulary import ReviewState

TABLE = "publications"
REVIEW = ("review_state", "reviewed_by", "reviewed_at")


def add_publication(
    engine: sa.Engine,
    given: Mapping[str, Cell],
    *,
    curator: str,
    found: Entry | None = None,
    note: str | None = None,
    dry_run: bool = False,
) -> hand_work.HandReport:
    """Add a publication from texts by column; what a resolver ``found`` fills the columns that are not given.

    Raises AlreadyThere, WrongUsage when neither DOI nor title is given, and RefusedFile.
    """
    if all(is_blank(given[name].text) for name in ("doi", "title") if name in given):
        raise WrongUsage("a publication needs a DOI or a title", "give --doi or --title")
    intake, findings = hand_work.start("publication add", note)
    fields = read_fields(TABLE, given, findings)
    draft = assemble.draft_publication(fields.row, findings, BY_HAND)
    if draft is not None:
        if found is not None:
            _fill(draft, found, findings)
        _settle_review(draft, fields, curator)
        with engine.connect() as connection:
            _refuse_known(connection, draft)
        intake.add(draft)
    return hand_work.write(engine, intake, findings, draft or Draft(TABLE, "", {}), curator=curator, dry_run=dry_run)


def _fill(draft: Draft, found: Entry, findings: Findings) -> None:
    """Fill columns from a resolver's answer, except those that the curator gave."""
    for other in draft_entries([found], findings):
        draft.values = other.values | {name: value for name, value in draft.values.items() if value is not None}
        draft.cells = other.cells | draft.cells


def _refuse_known(connection: sa.Connection, draft: Draft) -> None:
    try:
        row = PublicationIndex(connection, [draft.values]).find(draft.values)
    except AmbiguousPublication as error:
        raise AlreadyThere(f"several publications have this title and year: {error}", "give the DOI") from error
    if row is not None:
        name = row["doi"] or row["title"]
        raise AlreadyThere(
            f"{name} is publication {row['id']} already", f"change it with: sse-db publication edit {row['id']}"
        )


def edit_publication(
    engine: sa.Engine, reference: str, given: Mapping[str, Cell], *, curator: str, identifiers: tuple[str, ...] = (),
    without_identifiers: tuple[str, ...] = (), own_review: bool = False, note: str | None = None, dry_run: bool = False,
) -> hand_work.HandReport:  # fmt: skip
    """Correct columns of a publication; a blank text empties a column, a review is dated and signed.

    ``identifiers`` are further DOIs and titles that lead to it; ``own_review`` allows a review by one of its curators.
    Raises NotFound, WrongUsage when nothing is given, and RefusedFile.
    """
    if not (given or identifiers or without_identifiers):
        raise WrongUsage("nothing to change", "give at least one column, such as --year 2020; see --help")
    with engine.connect() as connection:
        row = find_row(connection, TABLE, reference)
        intake, findings = hand_work.start(f"publication edit {row['id']}", note)
        fields = read_fields(TABLE, given, findings)
        draft = hand_work.bind(TABLE, row)
        draft.values, draft.cells = assemble.to_values(fields.cells(TABLE))
        draft.values |= dict.fromkeys(fields.emptied)
        draft.cells |= fields.emptied
        if "title" in draft.values:
            draft.values["title_key"] = make_title_key(draft.values["title"]) if draft.values["title"] else None
        _settle_review(draft, fields, curator)
        intake.add(draft)
        describe_identifiers(connection, intake, findings, draft, identifiers, without_identifiers)
        check_review(connection, row, draft, findings, allowed=own_review)
    return hand_work.write(engine, intake, findings, draft, curator=curator, dry_run=dry_run)


def _settle_review(draft: Draft, fields: Fields, curator: str) -> None:
    """Set reviewer and time of a review; clear both where the publication becomes a draft again."""
    state = fields.row.value(f"{TABLE}.review_state")
    if state == ReviewState.REVIEWED:
        draft.values |= {"reviewed_by": draft.values.get("reviewed_by") or curator, "reviewed_at": utc_now()}
    elif state == ReviewState.DRAFT:
        draft.values |= {"reviewed_by": None, "reviewed_at": None, "own_review": None}
