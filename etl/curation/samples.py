"""Samples added and corrected by hand: their own columns, their composition, and the rows below them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from etl.curation import former_names
from etl.curation import work as hand_work
from etl.curation.children import ChildWork
from etl.curation.fields import BY_HAND, Fields, read_fields
from etl.drafts import Cell, Draft, Intake
from etl.papers import assemble
from etl.problems import Findings
from sse_db.errors import AlreadyThere, WrongUsage
from sse_db.records.keys import Row, fetch
from sse_db.records.references import count_references, find_row
from sse_db.schema.samples import RELATIONS
from sse_db.spelling import plain_label
from sse_db.vocabulary import ReviewState

TABLE = "samples"


@dataclass(frozen=True, slots=True)
class SampleWords:
    """What a curator says of a sample: texts by column, its publication, and words about the rows below it."""

    columns: Mapping[str, Cell] = field(default_factory=dict)
    publication: str | None = None
    steps: tuple[str, ...] = ()
    measurements: tuple[str, ...] = ()
    energies: tuple[str, ...] = ()
    without_steps: tuple[str, ...] = ()
    without_measurements: tuple[str, ...] = ()
    without_energies: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    without_aliases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != SampleWords()


def add_sample(
    engine: sa.Engine, words: SampleWords, *, curator: str, note: str | None = None, dry_run: bool = False
) -> hand_work.HandReport:
    """Add a sample to a publication of the database.

    Raises WrongUsage when publication or label is missing, NotFound, AlreadyThere and RefusedFile.
    """
    if not words.publication or "label" not in words.columns:
        raise WrongUsage("a sample needs a publication and a label", "give --publication and --label")
    intake, findings = hand_work.start("sample add", note)
    with engine.connect() as connection:
        home = find_row(connection, "publications", words.publication)
        fields = read_fields(TABLE, words.columns, findings)
        label = fields.row.value("samples.label")
        if taken := _find_taken(connection, home, label):
            raise AlreadyThere(taken, "change that sample with: sse-db sample edit")
        _warn_reviewed(home, findings)
        publication = hand_work.bind("publications", home)
        draft = Draft(TABLE, (publication.key, label), {}, {"publication_id": publication.key}, source_row=BY_HAND)
        intake.add(publication)
        _describe(draft, fields, None, intake, findings)
        _describe_children(ChildWork(connection, intake, findings, draft, None), words)
        intake.add(draft)
        former_names.describe_aliases(connection, intake, findings, draft, words.aliases)
    return hand_work.write(engine, intake, findings, draft, curator=curator, dry_run=dry_run)


def _find_taken(connection: sa.Connection, home: Row, label: str | None, own: int | None = None) -> str:
    """Which other sample of a publication has or had a label, in words; nothing where none has. ``own`` is the number
    of the sample that is to get it."""
    if label is None:
        return ""
    known = {row["id"]: row for row in fetch(connection, TABLE, "publication_id", [home["id"]]) if row["id"] != own}
    for row in known.values():
        if plain_label(row["label"]) == plain_label(label):
            return f"{label} of {home['doi'] or home['title']} is sample {row['id']} already"
    for alias in fetch(connection, "sample_aliases", "sample_id", known):
        if plain_label(alias["label"]) == plain_label(label):
            return f"{label} is a former label of sample {alias['sample_id']} ({known[alias['sample_id']]['label']})"
    return ""


def _warn_reviewed(home: Row, findings: Findings) -> None:
    """Doubt: the publication was reviewed before this change, which the review therefore does not cover."""
    if home["review_state"] == ReviewState.REVIEWED:
        message = f"publication {home['id']} was reviewed by {home['reviewed_by']} before this change"
        hint = f"have it reviewed again, or: sse-db publication edit {home['id']} --review-state draft"
        findings.add(None, "reviewed-before", message, hint, severity="doubt")


def edit_sample(
    engine: sa.Engine,
    reference: str,
    words: SampleWords,
    *,
    curator: str,
    note: str | None = None,
    dry_run: bool = False,
) -> hand_work.HandReport:
    """Correct a sample, its composition, steps, conductivities and activation energies.

    A blank text empties a column. Raises NotFound, WrongUsage when nothing is given, and RefusedFile.
    """
    if not words:
        raise WrongUsage("nothing to change", 'give at least one column, such as --grain-size "3 µm"; see --help')
    with engine.connect() as connection:
        row = find_row(connection, TABLE, reference)
        intake, findings = hand_work.start(f"sample edit {row['id']}", note)
        home = fetch(connection, "publications", "id", [row["publication_id"]])[0]
        if words.publication is not None:
            home = find_row(connection, "publications", words.publication)
        _warn_reviewed(home, findings)
        publication, draft = hand_work.bind("publications", home), hand_work.bind(TABLE, row)
        draft.parents["publication_id"] = publication.key
        intake.add(publication)
        fields = read_fields(TABLE, words.columns, findings)
        if taken := _find_taken(connection, home, fields.row.value("samples.label"), row["id"]):
            hint = "if the two are one: sse-db merge samples ID INTO_ID"
            findings.add(fields.cells(TABLE)["label"].cell, "label-taken", taken, hint)
        _describe(draft, fields, row, intake, findings)
        _describe_children(ChildWork(connection, intake, findings, draft, row["id"]), words)
        intake.add(draft)
        former_names.describe_aliases(connection, intake, findings, draft, words.aliases, words.without_aliases)
        _drop_unused_composition(connection, row, draft, intake)
    return hand_work.write(engine, intake, findings, draft, curator=curator, dry_run=dry_run)


def _describe(draft: Draft, fields: Fields, row: Row | None, intake: Intake, findings: Findings) -> None:
    """The sample's own columns, with what follows from them, and its composition."""
    draft.values, draft.cells = assemble.sample_values(fields.cells(TABLE), findings)
    draft.values |= dict.fromkeys(fields.emptied)
    draft.cells |= fields.emptied
    if row is not None:
        _clear_outdated(draft.values, fields, row)
    formula = fields.row.get("samples.formula_as_written")
    if formula is not None:
        drafts = assemble.draft_composition(formula, findings, BY_HAND)
        for each in drafts:
            intake.add(each)
        if drafts:
            draft.parents["composition_id"] = drafts[0].key
    elif "formula_as_written" in fields.emptied:
        draft.values["composition_id"] = None


def _clear_outdated(values: dict[str, Any], fields: Fields, row: Row) -> None:
    """Clear columns that described the old value of a changed one, such as the bounds of a replaced grain size."""
    given = {target.removeprefix("samples.") for target, _ in fields.row.cells} | fields.emptied.keys()
    if "grain_size_um" in given:
        unsaid = {} if "grain_size_lower_um" in values else {"grain_size_lower_um": None, "grain_size_upper_um": None}
        values |= unsaid | ({"grain_size_basis": None} if values["grain_size_um"] is None else {})
    values |= {relation: None for name, relation in RELATIONS.items() if name in fields.emptied}
    if "space_group_symbol" in fields.emptied:
        values["space_group_number"] = None
    if "synthesis_method_text" in fields.emptied:
        values.setdefault("synthesis_method", None)
    if "additive_formula" in fields.emptied and "additive_wt_percent" not in given:
        values |= {"additive_present": None, "additive_wt_percent": None}
    elif "additive_formula" in fields.emptied:
        values.setdefault("additive_present", None)
    elif "additive_formula" not in given and row["additive_formula"]:
        values.pop("additive_present", None)  # a content alone does not say that the named additive is absent
    elif "additive_formula" in given and row["additive_present"] == 0 and values.get("additive_present"):
        values.setdefault("additive_wt_percent", None)  # the zero that followed from none


def _describe_children(work: ChildWork, words: SampleWords) -> None:
    for text in words.without_steps:
        work.remove_step(text)
    for text in words.without_measurements:
        work.remove_measurement(text)
    for text in words.without_energies:
        work.remove_energy(text)
    for text in words.steps:
        work.describe_step(text)
    for text in words.measurements:
        work.describe_measurement(text)
    for text in words.energies:
        work.describe_energy(text)


def _drop_unused_composition(connection: sa.Connection, row: Row, draft: Draft, intake: Intake) -> None:
    """Delete the old composition if only this sample referred to it."""
    old = row["composition_id"]
    if old is None or not ("composition_id" in draft.parents or "composition_id" in draft.values):
        return
    fingerprint: Hashable = fetch(connection, "compositions", "id", [old])[0]["fingerprint"]
    elements = fetch(connection, "composition_elements", "composition_id", [old])
    if draft.parents.get("composition_id") != fingerprint and count_references(
        connection, "compositions", old
    ) == 1 + len(elements):
        intake.removals += [("composition_elements", each["id"]) for each in elements] + [("compositions", old)]
