"""The project's own workbook: its sheets joined through the names they refer to each other by, drafts made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.cells.contracts import check_canonical, check_staged
from etl.cells.headers import count_known
from etl.cells.normalise import Parsed, TypedRow, read_rows
from etl.drafts import Draft, Intake, PublicationKey, SampleKey
from etl.papers import assemble
from etl.papers.row_keys import attach_row_keys
from etl.papers.sample_gatherer import SampleGatherer
from etl.papers.structure_facts import read_structure_facts
from etl.problems import Findings
from etl.sheets.base import SheetMap
from etl.sheets.workbook import (
    ALL_PUBLICATIONS,
    ALL_SAMPLES,
    MEASUREMENTS_SHEET,
    NEEDED,
    PASSED_OVER,
    PROCESSING_SHEET,
    PUBLICATION_SHEET,
    SAMPLES_SHEET,
    STRUCTURES_SHEET,
    TEMPLATE_VERSION,
    WORKBOOK,
)
from etl.tables.extract import StagedSheet
from sse_db.errors import UnreadableDoi, UnreadableSource
from sse_db.formats import STAMP_SHEET, TABLES_STAMP
from sse_db.records.identity import make_title_key, normalise_doi
from sse_db.spelling import find_like, suggest
from sse_db.vocabulary import Operation, fold

STAMP = "sse-db workbook"


def is_workbook(sheets: list[StagedSheet]) -> bool:
    """Whether sheets are those of the project's workbook, by the hidden stamp or by their names."""
    names = {fold(sheet.name or "") for sheet in sheets}
    return fold(STAMP_SHEET) in names or {fold(name) for name in NEEDED} <= names


def read_workbook(sheets: list[StagedSheet], intake: Intake, findings: Findings) -> None:
    """Add all that a workbook says to an intake; raises UnreadableSource for a version that is not known here."""
    check_version(sheets)
    known = {fold(sheet_map.name): sheet_map for sheet_map in WORKBOOK}
    found = {fold(sheet.name or ""): sheet for sheet in sheets if fold(sheet.name or "") in known}
    for sheet in sheets:
        if fold(sheet.name or "") not in (*known, *map(fold, PASSED_OVER), fold(STAMP_SHEET)) and sheet.rows:
            _tell_of_unknown_sheet(sheet, [each for key, each in known.items() if key not in found], findings)
    for name in NEEDED:
        if fold(name) not in found:
            findings.add(None, "missing-sheet", f"there is no sheet {name}", "start from: sse-db template")
    check_staged(found.values(), findings)
    reader = _Reader(intake, findings, found)
    reader.read()


def _tell_of_unknown_sheet(sheet: StagedSheet, missing: list[SheetMap], findings: Findings) -> None:
    """A sheet with the name or with the headers of one of ours is a slip, and its rows would be lost; others may be
    the curator's own."""
    name = sheet.name or ""
    meant = find_like(name, [each.name for each in missing]) or _find_by_headers(sheet, (*missing, *WORKBOOK))
    if meant:
        hint = f"did you mean {meant}?"
        if meant not in [each.name for each in missing]:
            hint = f"its headers are those of {meant}: copy its rows there, or begin the name with # to leave it out"
        findings.add(None, "misspelt-sheet", f"a sheet named {name} is not known", hint, sheet=name)
    else:
        message, hint = f"the sheet {name} was passed over", "if it is yours, all is well"
        findings.add(None, "unknown-sheet", message, hint, severity="doubt", sheet=name)


def _find_by_headers(sheet: StagedSheet, candidates: Iterable[SheetMap]) -> str | None:
    """The sheet of ours that most of a sheet's headers belong to; None where fewer than half of them do, or one."""
    if (sheet.name or "").startswith("#"):
        return None
    headers = [text for text in sheet.rows[0] if text.strip()]
    best = max(candidates, key=lambda each: count_known(headers, each), default=None)
    known = count_known(headers, best) if best is not None else 0
    return best.name if best is not None and known >= max(2, len(headers) / 2) else None


def check_version(sheets: list[StagedSheet]) -> None:
    """Raise UnreadableSource when the stamp names a version of the template that this program does not read."""
    stamp = next((sheet.rows for sheet in sheets if sheet.name == STAMP_SHEET), None)
    if stamp is None:
        return
    if stamp and stamp[0][:1] == [TABLES_STAMP]:
        raise UnreadableSource(
            "these are tables for readers, written by sse-db: they are not read back",
            "to edit what the database holds: sse-db export workbook OUT.xlsx",
        )
    version = stamp[0][1] if stamp and len(stamp[0]) > 1 and stamp[0][0] == STAMP else ""
    if not version.isdigit() or int(version) < 1:
        raise UnreadableSource("the hidden version stamp of the workbook is damaged", "copy the rows to a new template")
    if int(version) > TEMPLATE_VERSION:
        raise UnreadableSource(
            f"the workbook follows version {version} of the template, the newest known here is {TEMPLATE_VERSION}",
            "update sse-db, or copy the rows to a template of this version",
        )


@dataclass(slots=True)
class _Reader:
    intake: Intake
    findings: Findings
    sheets: dict[str, StagedSheet]
    publications: dict[PublicationKey, TypedRow] = field(default_factory=dict)
    names: dict[str, PublicationKey] = field(default_factory=dict)
    samples: dict[SampleKey, TypedRow] = field(default_factory=dict)
    unplaced: set[str] = field(default_factory=set)
    """Labels on the sheet Samples that could not be placed: rows that refer to them are not blamed for it."""
    mentioned: set[str] = field(default_factory=set)
    """Names of samples that the other sheets use."""
    steps: dict[tuple[SampleKey, int], Draft] = field(default_factory=dict)
    rows: dict[tuple[str | None, int], TypedRow] = field(default_factory=dict)

    def read(self) -> None:
        gatherer = SampleGatherer(self.intake, self.findings)
        for row in self._rows(PUBLICATION_SHEET):
            self._add_publication(row, gatherer)
        for row in self._rows(SAMPLES_SHEET):
            self._add_sample(row, gatherer)
        steps, measurements = self._rows(PROCESSING_SHEET), self._rows(MEASUREMENTS_SHEET)
        self.mentioned = {row.value(ALL_SAMPLES) for row in (*steps, *measurements)}
        for row in measurements:
            sample = self._sample_of(row)
            if sample is not None:
                gatherer.add(_join(row, self.publications[sample[0]], self.samples[sample]), _place(row))
        gatherer.finish()
        for row in steps:
            sample = self._sample_of(row)
            if sample is not None:
                self._add_step(row, sample)
        if sheet := self.sheets.get(fold(STRUCTURES_SHEET.name)):
            home = next(iter(self.publications)) if len(self.publications) == 1 else None
            self._keep(read_structure_facts(sheet, self.intake, self.findings, home))
            self._link_structures()
        attach_row_keys(self.intake, self.rows, self.findings)

    def _rows(self, sheet_map: SheetMap) -> list[TypedRow]:
        sheet = self.sheets.get(fold(sheet_map.name))
        if sheet is None or not sheet.rows:
            return []
        rows = [row for row in read_rows(sheet, sheet_map, self.findings) if row.cells]
        check_canonical(rows, sheet_map, self.findings)
        self._keep(rows)
        return rows

    def _keep(self, rows: Iterable[TypedRow]) -> None:
        for row in rows:
            if not row.cells:
                continue
            self.rows[next(iter(row.cells.values())).cell.sheet, row.number] = row

    def _add_publication(self, row: TypedRow, gatherer: SampleGatherer) -> None:
        draft = assemble.draft_publication(row, self.findings, _place(row))
        if draft is None:
            return
        gatherer.merge_publication(draft)
        self.publications.setdefault(draft.key, row)
        for name in (draft.values.get("doi"), draft.values.get("title_key")):
            if name:
                self.names.setdefault(name, draft.key)

    def _add_sample(self, row: TypedRow, gatherer: SampleGatherer) -> None:
        publication = self._publication_of(row)
        label = row.get("samples.label")
        if label is None:
            if "samples.label" not in row.unread:
                self._complain(row, None, "no-sample", "the row names no sample", "give the paper's own label")
        elif publication is None:
            self.unplaced.add(label.value)
        else:
            gatherer.add(_join(row, self.publications[publication]), _place(row))
            self.samples.setdefault((publication, label.value), row)

    def _publication_of(self, row: TypedRow) -> PublicationKey | None:
        """The publication that a row refers to; None and a problem where it cannot be told."""
        reference = row.get(ALL_PUBLICATIONS)
        if reference is None:
            if len(self.publications) == 1:
                return next(iter(self.publications))
            if len(self.publications) > 1:
                hint = "write its DOI or title into the column Publication"
                self._complain(row, None, "which-publication", "there are several publications", hint)
            elif not self.findings.errors:
                self._complain(row, None, "no-publication", "the sheet Publication is empty", "give a DOI, or a title")
            return None
        key = self.names.get(_publication_name(reference.value))
        if key is None and self.publications:
            self._complain(
                row, reference, "unknown-publication", f"{reference.value} is not on the sheet Publication",
                "write its DOI or title as it stands there",
            )  # fmt: skip
        return key

    def _sample_of(self, row: TypedRow) -> SampleKey | None:
        """The sample that a row refers to; None and a problem where it cannot be told."""
        reference = row.get(ALL_SAMPLES)
        if reference is None:
            if ALL_SAMPLES not in row.unread:
                self._complain(row, None, "no-sample", "the row names no sample", "write its name as on Samples")
            return None
        told = row.get(ALL_PUBLICATIONS)
        publication = self.names.get(_publication_name(told.value)) if told else None
        named = [key for key in self.samples if key[1] == reference.value]
        named = [key for key in named if told is None or key[0] == publication]
        if len(named) == 1:
            return named[0]
        if named:
            hint = "write the publication's DOI or title into the column Publication"
            self._complain(row, reference, "which-sample", "several publications have a sample of this name", hint)
        elif reference.value not in self.unplaced:
            hint = self._like(reference.value)
            self._complain(row, reference, "unknown-sample", f"{reference.value} is not on the sheet Samples", hint)
        return None

    def _like(self, name: str) -> str:
        """A hint at the sample that was meant: first among those that no other row mentions."""
        labels = sorted({label for _, label in self.samples})
        others = [label for label in labels if not _differ_by_number(name, label)]
        meant = find_like(name, [label for label in others if label not in self.mentioned])
        if meant:
            return f"did you mean {meant}, which no row mentions?"
        if len(others) < len(labels) and find_like(name, others) is None:
            return f"known are {_shorten(labels)}"
        return suggest(name, others)

    def _complain(self, row: TypedRow, parsed: Parsed | None, code: str, message: str, hint: str) -> None:
        cell = (parsed or next(iter(row.cells.values()))).cell
        self.findings.add(cell, code, message, hint)

    def _add_step(self, row: TypedRow, sample: SampleKey) -> None:
        taken = [position for key, position in self.steps if key == sample]
        position = row.value("processing_steps.position") or max(taken, default=0) + 1
        cells = assemble.columns_of(row, "processing_steps")
        if not cells.keys() & {"operation", "operation_text"}:
            if "processing_steps.operation" not in row.unread:
                self._complain(row, None, "no-operation", "the row names no operation", "choose one from the list")
            return
        draft = assemble.draft_step(cells, Operation.OTHER, position, sample, self.findings, _place(row))
        first = self.steps.setdefault(draft.key, draft)
        if first is draft:
            self.intake.add(draft)
            return
        self._complain(
            row, row.get("processing_steps.position"), "double-step",
            f"step {position} of the sample stands already in {first.source_row}", "number the steps in order",
        )  # fmt: skip

    def _link_structures(self) -> None:
        """Records that name a sample of this workbook belong to it; others wait for theirs."""
        for draft in self.intake.drafts.get("structural_records", []):
            label, doi = draft.values.get("awaits_sample_label"), draft.values.get("awaits_doi")
            named = [key for key in self.samples if key[1] == label and (doi is None or key[0] == ("doi", doi))]
            own = [key for key in named if key[0] == draft.parents.get("publication_id")]
            chosen = own if len(named) > 1 else named
            if len(chosen) == 1:
                draft.parents["sample_id"] = chosen[0]
                if doi is None:
                    draft.values.pop("awaits_sample_label")


def _differ_by_number(first: str, second: str) -> bool:
    """Whether two labels are alike but for a number: that is another sample, and no slip of the pen, unless a digit of
    several is missing."""
    numbers = [re.findall(r"[0-9]+", label) for label in (first, second)]
    if fold(re.sub(r"[0-9]+", "#", first)) != fold(re.sub(r"[0-9]+", "#", second)):
        return False
    return not any(_lacks_a_digit(*sorted(pair, key=len)) for pair in zip(*numbers, strict=True))


def _lacks_a_digit(shorter: str, longer: str) -> bool:
    without = (longer[:place] + longer[place + 1 :] for place in range(len(longer)))
    return len(shorter) > 1 and shorter in without


def _shorten(labels: list[str]) -> str:
    """Labels that differ by their numbers, in the order of these."""
    ordered = sorted(
        labels, key=lambda label: [int(part) if part.isdigit() else 0 for part in re.split(r"(\d+)", label)]
    )
    return ", ".join(ordered) if len(ordered) <= MOST_NAMED else f"{ordered[0]} … {ordered[-1]}"


MOST_NAMED = 3
"""Labels that a hint names one by one."""


def _publication_name(text: str) -> str:
    try:
        return normalise_doi(text)
    except UnreadableDoi:
        return make_title_key(text)


def _join(row: TypedRow, *described: TypedRow) -> TypedRow:
    """A row together with the publication and the sample that it refers to."""
    joined = TypedRow(row.number, {}, set(row.unread), set(row.blank))
    for other in described:
        kept = ("publications.", "samples.label")
        joined.cells |= {key: parsed for key, parsed in other.cells.items() if key[0].startswith(kept)}
    joined.cells |= row.cells
    for reference in (ALL_PUBLICATIONS, ALL_SAMPLES):
        joined.cells.pop((reference, ""), None)
    return joined


def _place(row: TypedRow) -> str:
    cell = next(iter(row.cells.values())).cell
    return f"{cell.sheet}!{row.number}"
