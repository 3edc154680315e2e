"""Further names given and taken away by hand: labels of samples, DOIs and titles of publications."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from etl.cells.quantities import is_blank
from etl.drafts import Cell, Draft, Intake
from etl.planning.former_names import draft_alias, draft_identifier
from etl.problems import Findings
from sse_db.errors import UnreadableDoi
from sse_db.records.identity import make_title_key, normalise_doi
from sse_db.records.keys import Row, fetch
from sse_db.spelling import plain_label, suggest
from sse_db.vocabulary import IdentifierKind

_BROKEN_DOI = re.compile(r"\s*(?:https?:|www\.|(?:dx\.)?doi\b|10[.,]\d)", re.IGNORECASE)
"""How a text begins that is meant as a DOI."""


def describe_aliases(
    connection: sa.Connection, intake: Intake, findings: Findings, sample: Draft, new: Iterable[str],
    gone: Iterable[str] = (),
) -> None:  # fmt: skip
    """Add and remove labels by which a sample is found beside its own; problems go to the findings."""
    for text in new:
        if is_blank(text):
            findings.add(_cell("--alias", text), "no-label", "an alias needs a text", "give a label")
        elif plain_label(text) == _own_label(connection, sample):
            hint = "an alias is another label; the label itself is changed with --label"
            findings.add(_cell("--alias", text), "own-label", f"{text} is the label of the sample itself", hint)
        else:
            intake.add(draft_alias(sample, plain_label(text)))
    rows = [] if sample.row_id is None else fetch(connection, "sample_aliases", "sample_id", [sample.row_id])
    for text in gone:
        found = [row for row in rows if plain_label(row["label"]) == plain_label(text)]
        _remove("--remove-alias", text, found, [row["label"] for row in rows], intake, findings)


def describe_identifiers(
    connection: sa.Connection, intake: Intake, findings: Findings, publication: Draft, new: Iterable[str],
    gone: Iterable[str] = (),
) -> None:  # fmt: skip
    """Add and remove DOIs and titles by which a publication is found beside its own."""
    for text in new:
        if is_blank(text):
            findings.add(_cell("--identifier", text), "no-identifier", "it needs a text", "give a DOI or a title")
        elif _is_own(connection, publication, *_read_identifier(text)):
            hint = "give another one, such as that of its preprint; its own are changed with --doi and --title"
            findings.add(_cell("--identifier", text), "own-identifier", f"{text} is its own already", hint)
        elif _BROKEN_DOI.match(text) and _read_identifier(text)[0] is IdentifierKind.TITLE:
            hint = "a DOI starts with 10. and holds a slash, such as 10.1016/j.ssi.2007.01.001"
            findings.add(_cell("--identifier", text), "doi", f"{text} is no DOI, and no title", hint)
        else:
            intake.add(draft_identifier(publication, *_read_identifier(text)))
    rows: list[Row] = []
    if publication.row_id is not None:
        rows = fetch(connection, "publication_identifiers", "publication_id", [publication.row_id])
    for text in gone:
        wanted = _key(*_read_identifier(text))
        found = [row for row in rows if _key(row["kind"], row["value"]) == wanted]
        _remove("--remove-identifier", text, found, [row["value"] for row in rows], intake, findings)


def _own_label(connection: sa.Connection, sample: Draft) -> str:
    """The label of a sample as it will be."""
    if sample.values.get("label") or sample.row_id is None:
        return plain_label(str(sample.values.get("label") or ""))
    return plain_label(fetch(connection, "samples", "id", [sample.row_id])[0]["label"])


def _is_own(connection: sa.Connection, publication: Draft, kind: IdentifierKind, value: str) -> bool:
    """Whether a publication has this very DOI or title, and not another one from now on."""
    stored = {} if publication.row_id is None else fetch(connection, "publications", "id", [publication.row_id])[0]
    own = stored | publication.values
    if kind is IdentifierKind.DOI:
        return own.get("doi") == value
    return bool(own.get("title")) and make_title_key(str(own["title"])) == make_title_key(value)


def _read_identifier(text: str) -> tuple[IdentifierKind, str]:
    try:
        return IdentifierKind.DOI, normalise_doi(text)
    except UnreadableDoi:
        return IdentifierKind.TITLE, " ".join(text.split())


def _key(kind: str, value: str) -> tuple[str, Any]:
    return str(kind), make_title_key(value) if kind == IdentifierKind.TITLE else value


def _remove(flag: str, text: str, found: list[Row], known: list[str], intake: Intake, findings: Findings) -> None:
    table = "sample_aliases" if flag == "--remove-alias" else "publication_identifiers"
    if found:
        intake.removals += [(table, row["id"]) for row in found]
    else:
        findings.add(_cell(flag, text), "no-such-row", f"there is no such name: {text}", suggest(text, known))


def _cell(flag: str, text: str) -> Cell:
    return Cell(flag, 1, flag, text)
