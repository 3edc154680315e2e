"""Structures that are imported for a sample, and where imported structures went."""

from __future__ import annotations

import sqlalchemy as sa

from etl.curation.work import bind
from etl.drafts import Intake
from etl.loading.load import BatchReport
from sse_db.errors import Problem, WrongUsage
from sse_db.records.keys import Row, fetch, name_rows
from sse_db.records.references import find_sample

MOST_SAMPLES = 5


def give_to_sample(connection: sa.Connection, intake: Intake, sample: str, publication: str | None) -> None:
    """Let the structures of a file belong to a sample, given by number or label; another formula than the sample's is
    a doubt. Raises NotFound, also for a label that may mean several, and WrongUsage for a file without structure or of
    other elements altogether."""
    row = find_sample(connection, sample, publication)
    structures = intake.drafts.get("structural_records", [])
    if not structures:
        raise WrongUsage(f"{intake.file_name} holds no structure", "--sample is for structure files")
    home = bind("publications", fetch(connection, "publications", "id", [row["publication_id"]])[0])
    subject = bind("samples", row)
    subject.parents["publication_id"] = home.key
    for draft in (home, subject):
        intake.add(draft)
    for draft in structures:
        draft.parents["sample_id"] = subject.key
        draft.values |= {"awaits_doi": None, "awaits_sample_label": None}
        _compare_formula(connection, intake, draft.parents.get("composition_id"), row)


def _share_nothing(connection: sa.Connection, intake: Intake, fingerprint: object, composition: int) -> bool:
    """Whether a structure and a composition are of other elements altogether, lithium and oxygen left aside."""
    drafts = intake.drafts.get("composition_elements", [])
    new = {str(each.values["element"]) for each in drafts if each.parents.get("composition_id") == fingerprint}
    own = {str(row["element"]) for row in fetch(connection, "composition_elements", "composition_id", [composition])}
    new, own = new - {"Li", "O"}, own - {"Li", "O"}
    return bool(new) and bool(own) and not new & own


def describe_sample(connection: sa.Connection, sample: str, publication: str | None) -> dict[str, str]:
    """The cells by which a row of a literature sheet names a sample of the database; raises NotFound."""
    row = find_sample(connection, sample, publication)
    home = fetch(connection, "publications", "id", [row["publication_id"]])[0]
    named = {"DOI": home["doi"]} if home["doi"] else {"Title": home["title"], "Year": home["year"]}
    return {header: str(value) for header, value in named.items() if value is not None} | {"Sample": row["label"]}


def _compare_formula(connection: sa.Connection, intake: Intake, fingerprint: object, sample: Row) -> None:
    own = fetch(connection, "compositions", "id", [sample["composition_id"]] if sample["composition_id"] else [])
    if own and own[0]["fingerprint"] != fingerprint:
        drafts = intake.drafts.get("compositions", [])
        formula = next((each.values["formula"] for each in drafts if each.key == fingerprint), "another formula")
        message = f"the structure is of {formula}, sample {sample['label']} of {own[0]['formula']}"
        if _share_nothing(connection, intake, fingerprint, own[0]["id"]):
            raise WrongUsage(f"{message}: they share no element but Li and O", "is it the right sample?")
        hint = "is it the right sample? Where the two differ by little, all is well"
        intake.doubts.append(Problem(intake.file_name, message, "structure-formula", hint, severity="doubt"))


def tell_where_structures_went(engine: sa.Engine, report: BatchReport) -> list[str]:
    """One line for each structure of an import: to which composition and which samples it went."""
    ids = [change.row_id for change in report.changes if change.table == "structural_records"]
    with engine.connect() as connection:
        return [_describe(connection, row) for row in fetch(connection, "structural_records", "id", ids)]


def _describe(connection: sa.Connection, row: Row) -> str:
    compositions = fetch(connection, "compositions", "id", [row["composition_id"]] if row["composition_id"] else [])
    formula = compositions[0]["formula"] if compositions else "no composition"
    if row["sample_id"] is not None:
        sample = fetch(connection, "samples", "id", [row["sample_id"]])[0]
        name = name_rows(connection, [("samples", sample)])[0]
        return f"{row['label']}: structure of {formula}, of sample {sample['id']} ({name})"
    samples = fetch(connection, "samples", "composition_id", [each["id"] for each in compositions])
    if row["awaits_sample_label"]:
        return f"{row['label']}: structure of {formula}, waits for sample {row['awaits_sample_label']}"
    if not samples:
        return f"{row['label']}: structure of {formula}, of which there is no sample yet"
    names = ", ".join(f"{each['id']} ({each['label']})" for each in samples[:MOST_SAMPLES])
    more = f" and {len(samples) - MOST_SAMPLES} more" if len(samples) > MOST_SAMPLES else ""
    return f"{row['label']}: structure of {formula}, as are samples {names}{more}"
