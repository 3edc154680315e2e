"""A sheet that is not ours to drafts: a user's own through a mapping file, or a public data set with all its quirks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from etl.cells.contracts import check_canonical
from etl.drafts import Draft, Intake
from etl.foreign.attached_structures import add_companions
from etl.foreign.known_defects import check_edition
from etl.foreign.mapped_sheet import ForeignRows, read_foreign
from etl.foreign.mapping import SheetMapping, fold_header, public_facts
from etl.options import ReadOptions
from etl.papers.sample_gatherer import SampleGatherer, same_value, value_cell
from etl.problems import Findings
from etl.sheets.foreign import FOREIGN
from etl.tables.extract import StagedSheet
from sse_db.errors import UnusableMapping

HEADER_ROWS = 10
"""Rows at the top of a file among which the header of a public data set is looked for."""


def recognise_public(sheet: StagedSheet) -> str | None:
    """The public data set that a sheet is, by its headers; None for any other sheet."""
    for texts in sheet.rows[:HEADER_ROWS]:
        headers = set(map(fold_header, texts))
        for name, (known, _) in public_facts().items():
            if known <= headers:
                return name
    return None


def choose_sheet(sheets: list[StagedSheet], mapping: SheetMapping) -> StagedSheet:
    """The sheet that a mapping means: the one it names, else the first with content; raises UnusableMapping."""
    filled = [sheet for sheet in sheets if sheet.rows]
    named = [sheet for sheet in filled if mapping.sheet.name in (None, sheet.name)]
    if not named:
        names = ", ".join(str(sheet.name) for sheet in filled)
        raise UnusableMapping(f"there is no sheet {mapping.sheet.name} with content", f"there are: {names}")
    return named[0]


def tell_other_sheets(
    sheets: list[StagedSheet], chosen: StagedSheet, mapping: SheetMapping, findings: Findings
) -> None:
    """Tell of sheets with content that a mapping does not read, unless it names the one that it reads."""
    others = [str(sheet.name) for sheet in sheets if sheet.rows and sheet is not chosen]
    if others and mapping.sheet.name is None and not mapping.is_known_set:
        message = f"of several sheets {chosen.name} is read; not read: {', '.join(others)}"
        hint = f'say which one in the mapping, as name = "{chosen.name}" below [sheet]'
        findings.add(None, "other-sheets", message, hint, severity="doubt", sheet=chosen.name)


def read_mapped(
    sheet: StagedSheet, mapping: SheetMapping, path: Path, intake: Intake, findings: Findings, options: ReadOptions
) -> None:
    """Add all that a sheet says by its mapping to an intake; every row lands or is listed with its reason."""
    found = _gather(sheet, mapping, intake, findings)
    intake.rows_read = len(found.texts)
    whole = mapping.edition is not None and check_edition(mapping.edition, found, findings)
    if not findings.errors:
        _list_idle(intake, found)
    if mapping.structures is not None:
        add_companions(path, mapping, found, intake, findings, options, whole=whole)


def _gather(sheet: StagedSheet, mapping: SheetMapping, intake: Intake, findings: Findings) -> ForeignRows:
    """Read the rows of a sheet and make their drafts; where the mapping says so, a row with an error is listed and the
    others are gathered without it."""
    bad: dict[int, str] = {}
    while True:
        trial = Findings(findings.file)
        found = read_foreign(sheet, mapping, trial, bad)
        check_canonical(found.rows, FOREIGN, trial)
        gathered = Intake(intake.file_name, intake.file_sha256, intake.format)
        gatherer = _ForeignGatherer(gathered, trial, mapping, found)
        for row in found.rows:
            gatherer.add(row, sheet.address_of(row.number))
        gatherer.finish()
        new = {error.row: f"{error.cell}: {error.message}" for error in reversed(trial.errors)
               if error.row in found.texts and error.row not in bad}  # fmt: skip
        if mapping.sheet.bad_rows == "refuse" or not new:
            break
        bad |= {row: why for row, why in new.items() if row is not None}
    findings.problems += trial.problems
    for number, why in sorted(bad.items()):
        cell = sheet.cell(number - 1, 0)
        findings.add(cell, "bad-row", f"passed over: {why}", "bad_rows in the mapping says so", severity="doubt")
    for drafts in gathered.drafts.values():
        for draft in drafts:
            intake.add(draft)
    return found


def _list_idle(intake: Intake, found: ForeignRows) -> None:
    """Rows that gave neither a sample nor a value are listed too, so that none is lost."""
    tables = ("samples", "impedance_measurements", "activation_energies", "structural_records")
    places = {draft.source_row for table in tables for draft in intake.drafts.get(table, [])}
    landed = {int(str(place).rpartition("!")[2]) for place in places if place}
    for number in found.texts.keys() - landed - found.skipped.keys():
        found.skip(number, "it adds nothing to what other rows say of its sample")
    intake.skipped = [found.skipped[number] for number in sorted(found.skipped)]


class _ForeignGatherer(SampleGatherer):
    """Takes several values of one kind at one temperature for replicates, where the mapping tells them apart."""

    def __init__(self, intake: Intake, findings: Findings, mapping: SheetMapping, found: ForeignRows) -> None:
        super().__init__(intake, findings)
        self.found = found
        self.mapping = mapping
        if mapping.edition is not None:
            self.disagreement = "doubt"  # a compilation's rows are the compilers' business
        self.asks_about_sums = not mapping.is_known_set

    def settle_repeated(self, draft: Draft, earlier: Draft) -> None:
        """A second value is a replicate, and listed; the same value once more is listed and passed over."""
        cell, first = value_cell(draft), value_cell(earlier)
        if same_value(draft, earlier):
            if cell.row != first.row:
                self.found.skip(cell.row, f"the same sample, kind, temperature and value as row {first.row}")
        elif (label := self.found.replicates.get(cell.row)) is None:
            super().settle_repeated(draft, earlier)
        else:
            label = next(each for each in _numbered(label) if (draft.table, (*draft.key[:-1], each)) not in self.seen)
            message = f"a second value of the sample at this temperature beside row {first.row}: replicate {label}"
            self.findings.add(cell, "replicate", message, severity="doubt")
            values = draft.values | {"replicate_label": label}
            self.add_value(replace(draft, key=(*draft.key[:-1], label), values=values))


def _numbered(label: str) -> Iterator[str]:
    yield label
    yield from (f"{label} ({number})" for number in count(2))
