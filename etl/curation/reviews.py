"""A review is by a second person: not by one who entered or changed the rows."""

from __future__ import annotations

import sqlalchemy as sa

from etl.drafts import Draft
from etl.problems import Findings
from sse_db.records.curators import find_curators, same_person
from sse_db.records.keys import Row
from sse_db.vocabulary import ReviewState


def check_review(connection: sa.Connection, row: Row, draft: Draft, findings: Findings, *, allowed: bool) -> None:
    """Doubt, or with ``allowed`` record, that a publication is reviewed by one of its own curators; error for a review
    without a name."""
    after = {**row, **draft.values}
    if not draft.values.keys() & {"review_state", "reviewed_by"} or after["review_state"] != ReviewState.REVIEWED:
        return
    reviewer = (after["reviewed_by"] or "").strip()
    if not reviewer:
        cell = draft.cells.get("reviewed_by") or draft.cells.get("review_state")
        findings.add(cell, "no-reviewer", "a review needs the name of who made it", "give --reviewed-by NAME")
        return
    own = any(same_person(reviewer, curator) for curator in find_curators(connection, row["id"]))
    draft.values["own_review"] = 1 if own and allowed else None
    if own and not allowed:
        message = f"{reviewer} entered or changed rows of this publication: a review is by a second person"
        hint = "have somebody else review it; a group of one person: --allow-own-review"
        findings.add(None, "own-review", message, hint, severity="doubt")
