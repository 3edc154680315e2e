"""Structural facts, from files and from the sheet of facts, to drafts."""

from __future__ import annotations

import math
from collections.abc import Hashable
from pathlib import Path

from etl.cells.contracts import check_canonical
from etl.cells.normalise import TypedRow, read_rows
from etl.drafts import Draft, Intake, PublicationKey, publication_key
from etl.options import ReadOptions
from etl.papers import assemble
from etl.papers.structure_files import is_archive, read_structure_files
from etl.papers.structure_pool import read_structures
from etl.problems import Findings
from etl.sheets.structure_facts import STRUCTURE_FACTS
from etl.tables.extract import StagedSheet
from sse_db.columns import bounds_of
from sse_db.errors import Problem, Severity, SseDbError, UnusableStructure
from sse_db.materials.formulas import read_formula
from sse_db.materials.lattice import ANGLES, EDGES, cell_volume
from sse_db.materials.structures import StructureFacts
from sse_db.records.identity import normalise_doi
from sse_db.schema.structural_records import StructuralRecord
from sse_db.spelling import plain_label
from sse_db.vocabulary import CoordinatesBasis, StructureMatch


def read_structure_file(path: Path, intake: Intake, findings: Findings, options: ReadOptions) -> None:
    """Add the structure of one file, or of every file in an archive, to an intake."""
    files, others = read_structure_files(path)
    if others:
        _name_unread(others, findings, severity="doubt" if files else "error")
    for place, (file, facts) in enumerate(zip(files, read_structures(files), strict=True)):
        options.report(place, len(files))
        try:
            if isinstance(facts, SseDbError):
                raise facts
            add_structure(intake, facts, file.label)
        except SseDbError as error:
            findings.problems.append(Problem(path.name, str(error), "unusable-structure", error.hint))


def _name_unread(members: list[str], findings: Findings, severity: Severity) -> None:
    """Tell which members of an archive are no structures; an archive within an archive is not opened."""
    archives = [name for name in members if is_archive(name)]
    for code, message, names, hint in (
        ("archive-in-archive", "it holds an archive, which is not opened", archives, "unpack it first"),
        ("unread-member", "it holds files that are no structures", [name for name in members if name not in archives],
         "structures end in .cif or .vasp, or are named POSCAR; other files are imported by themselves"),
    ):  # fmt: skip
        if names:
            shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
            findings.add(None, code, f"{message}: {shown}", hint, severity=severity)


def add_structure(
    intake: Intake,
    facts: StructureFacts,
    label: str,
    *,
    match: StructureMatch = StructureMatch.EXACT,
    sample: Hashable | None = None,
) -> Draft:
    """Add a structure with its composition and, where the file names one, its publication; returns its draft."""
    formula = read_formula(facts.formula)
    parents: dict[str, Hashable] = {"composition_id": formula.fingerprint}
    _add_new(intake, assemble.composition_drafts(formula, label))
    remarks = [(remark.cause, remark.text) for remark in facts.remarks]
    doi = _read_doi(facts.doi, remarks)
    if doi:
        parents["publication_id"] = publication_key(doi, None, None)
        _add_new(intake, [Draft("publications", parents["publication_id"], {"doi": doi}, source_row=label)])
    if sample is not None:
        parents["sample_id"] = sample
    values = facts.columns | {
        "label": label,
        "record_key": file_key(facts.file_sha256, label),
        "match": str(match),
        "awaits_doi": normalise_doi(facts.sample_doi) if facts.sample_doi else None,
        "awaits_sample_label": plain_label(facts.sample_label) if facts.sample_label else facts.sample_label,
        "remark": "; ".join(text for _, text in remarks) or None,
    }
    _check_limits(facts, values)
    draft = Draft(
        "structural_records",
        values["record_key"],
        values,
        parents=parents,
        source_row=label,
        remarks=tuple(remarks),
    )
    intake.add(draft)
    return draft


def _read_doi(text: str | None, remarks: list[tuple[str, str]]) -> str | None:
    if text is None:
        return None
    try:
        return normalise_doi(text)
    except SseDbError as error:
        remarks.append(("doi", f"the source of the file: {error}"))
        return None


def _check_limits(facts: StructureFacts, values: dict[str, object]) -> None:
    """Refuse numbers beyond the limits of their columns, in the words of the file and not of the database."""
    columns = StructuralRecord.__table__.columns  # type: ignore[attr-defined]  # SQLModel adds it
    for column, value in values.items():
        low, high = bounds_of(columns[column])
        if isinstance(value, int | float) and not (low or -math.inf) <= value <= (math.inf if high is None else high):
            message = f"{facts.file_name}: {columns[column].comment} is {value:g}, outside {low:g}…{high:g}"
            doubts = "; ".join(
                remark.text for remark in facts.remarks if remark.cause in ("content", "formula", "z-doubtful")
            )
            raise UnusableStructure(message, doubts or "check cell, symmetry and occupancies of the file")


def file_key(file_sha256: str, label: str) -> str:
    """The key of a record that comes from a file."""
    return f"sha256:{file_sha256}|{label}"


def _add_new(intake: Intake, drafts: list[Draft]) -> None:
    """Add drafts whose keys the intake does not hold yet."""
    for draft in drafts:
        if all(known.key != draft.key for known in intake.drafts.get(draft.table, [])):
            intake.add(draft)


def is_facts_sheet(sheet: StagedSheet) -> bool:
    """Whether a sheet's header is that of structural facts."""
    first = sheet.rows[0][0].strip().casefold() if sheet.rows and sheet.rows[0] else ""
    column = STRUCTURE_FACTS.columns[0]
    return first in (column.name.casefold(), *column.aliases)


def read_structure_facts(
    sheet: StagedSheet, intake: Intake, findings: Findings, home: PublicationKey | None = None
) -> list[TypedRow]:
    """Add all records of a sheet of structural facts to an intake, and return its rows; those that name no source are
    of ``home``."""
    rows = read_rows(sheet, STRUCTURE_FACTS, findings)
    check_canonical(rows, STRUCTURE_FACTS, findings)
    seen: dict[str, TypedRow] = {}
    for row in rows:
        source_row = sheet.address_of(row.number)
        draft = _draft_record(row, intake, findings, source_row, home)
        if draft is None:
            continue
        if draft.key in seen:
            cell = draft.cells["label"]
            findings.add(
                cell, "double-record", f"the same record as in row {seen[draft.key].number}", "give it another name"
            )
            continue
        seen[draft.key] = row
        intake.add(draft)
    return rows


def _draft_record(
    row: TypedRow, intake: Intake, findings: Findings, source_row: str, home: PublicationKey | None
) -> Draft | None:
    cells = assemble.columns_of(row, "structural_records")
    if "label" not in cells:
        first = next((parsed.cell for parsed in row.cells.values()), None)
        findings.add(first, "no-label", "the row names no record", "give it a name in Record")
        return None
    values, places = assemble.to_values(cells)
    values.update(assemble.read_temperature(row, "structural_records.temperature_c")[0])
    values.setdefault("coordinates_basis", str(CoordinatesBasis.UNKNOWN))
    values.setdefault("match", str(StructureMatch.EXACT))
    parents: dict[str, Hashable] = {}
    formula = row.get("compositions.formula")
    drafts = assemble.draft_composition(formula, findings, source_row) if formula else []
    if drafts:
        parents["composition_id"] = drafts[0].key
    doi, citation = row.value("publications.doi"), values.get("source_citation")
    if doi:
        parents["publication_id"] = publication_key(doi, None, None)
        drafts.append(Draft("publications", parents["publication_id"], {"doi": doi}, source_row=source_row))
    elif home and not citation:
        parents["publication_id"] = home
    _add_new(intake, drafts)
    values["unit_cell_volume_angstrom3"] = cell_volume(*(values.get(name) for name in (*EDGES, *ANGLES)))
    _check_volume(values, row, findings)
    source = doi or citation or (home[1] if home else "")
    values.setdefault("record_key", f"sheet:{source}|{values['label']}")
    return Draft(
        "structural_records", values["record_key"], values, parents=parents, cells=places, source_row=source_row
    )


VOLUME_SLACK = 0.01


def _check_volume(values: dict[str, object], row: TypedRow, findings: Findings) -> None:
    """Z times the volume per formula unit is the volume of the cell; filled in where it is not given."""
    z, whole = values.get("formula_units"), values.get("unit_cell_volume_angstrom3")
    if not isinstance(z, float) or not isinstance(whole, float):
        return
    given = values.get("cell_volume_angstrom3")
    if not isinstance(given, float):
        values["cell_volume_angstrom3"] = round(whole / z, 6)
    elif abs(given * z - whole) > VOLUME_SLACK * whole:
        cell = row.get("structural_records.cell_volume_angstrom3")
        message = f"{given:g} Å³ times Z = {z:g} is not the cell's {whole:.5g} Å³"
        findings.add(cell.cell if cell else None, "volume", message, "check Z, the cell and the volume")
