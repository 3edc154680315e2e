"""Doubts about labels: one sample that stands under two names of nearly the same spelling."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

import sqlalchemy as sa

from etl.doubts.facts import Doubt, Facts
from etl.drafts import Draft, publication_key
from sse_db.spelling import loose_label, plain_label

KNOWN_LABELS = sa.text("""
    SELECT s.label, p.doi, p.title_key, p.year
    FROM samples AS s INNER JOIN publications AS p ON p.id = s.publication_id
    WHERE p.doi IN :dois OR p.title_key IN :titles
    ORDER BY s.id
""").bindparams(*(sa.bindparam(name, expanding=True, type_=sa.String) for name in ("dois", "titles")))

Place = tuple[Hashable, str]


def find_labels_alike(facts: Facts) -> Iterator[Doubt]:
    """A label that differs from an earlier one of its publication by hyphens, blanks or capitals alone."""
    first: dict[Place, str] = {}
    for draft in _new_samples(facts):
        label = str(draft.values["label"])
        earlier = first.setdefault((draft.parents.get("publication_id"), loose_label(label)), label)
        if plain_label(earlier) != plain_label(label):
            yield _doubt(draft, f"this publication has {earlier} in the same file: the same sample?")


def find_labels_alike_beside(facts: Facts) -> Iterator[Doubt]:
    """A new label that differs from one in the database by hyphens, blanks or capitals alone."""
    drafts = list(_new_samples(facts))
    if facts.connection is None or not drafts:
        return
    known, own = _known_labels(facts)
    for draft in drafts:
        publication, label = draft.parents.get("publication_id"), str(draft.values["label"])
        alike = known.get((publication, loose_label(label)), [])
        if alike and (publication, plain_label(label)) not in own:
            yield _doubt(draft, f"the publication has {alike[0]} already: the same sample?")


def _new_samples(facts: Facts) -> Iterator[Draft]:
    """Samples that a file names by their labels; a row that is corrected by its number is no new one."""
    return (draft for draft in facts.drafts("samples") if draft.row_id is None and draft.values.get("label"))


def _known_labels(facts: Facts) -> tuple[dict[Place, list[str]], set[Place]]:
    """Labels in the database of the publications that the file names: by loose spelling, and the plain ones."""
    keys = {draft.key: draft.values for draft in facts.drafts("publications")}
    dois = [values["doi"] for values in keys.values() if values.get("doi")]
    titles = [values["title_key"] for values in keys.values() if values.get("title_key")]
    known: dict[Place, list[str]] = {}
    own: set[Place] = set()
    assert facts.connection is not None
    for row in facts.connection.execute(KNOWN_LABELS, {"dois": dois, "titles": titles}):
        for place in (publication_key(row.doi, None, None), publication_key(None, row.title_key, row.year)):
            known.setdefault((place, loose_label(row.label)), []).append(row.label)
            own.add((place, plain_label(row.label)))
    return known, own


def _doubt(draft: Draft, message: str) -> Doubt:
    hint = "if so, write the label as it stands there; if not, leave it"
    return Doubt(draft, "label", "label-alike", message, hint)
