"""Gathers typed rows by publication and sample, what describes a sample merged over its rows, and makes drafts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from etl.cells.normalise import Parsed, TypedRow
from etl.cells.summary_rows import is_summary
from etl.drafts import Cell, Draft, Intake, SampleKey
from etl.papers import assemble
from etl.papers.lattice import PART, draft_lattice
from etl.problems import Findings
from sse_db.errors import Severity
from sse_db.vocabulary import Contribution, Operation

STEPS = ((Operation.CALCINATION, 1), (Operation.SINTERING, 2))
DESCRIBING = ("publications", "samples", "processing_steps", "structural_records")


Composition = tuple[Any, Mapping[str, float]]
"""Its natural key, and the amounts of its elements."""


class SampleGatherer:
    """Gathers rows by publication and sample, and makes their drafts."""

    disagreement: Severity = "error"
    """What it is when rows of one sample describe it differently; the first row counts where it is only a doubt."""

    asks_about_sums = True
    """Whether a label such as Mean is asked about; the names of a public data set are no words."""

    def __init__(self, intake: Intake, findings: Findings) -> None:
        self.intake = intake
        self.findings = findings
        self.publications: dict[Hashable, Draft] = {}
        self.samples: dict[SampleKey, TypedRow] = {}
        self.sample_rows: dict[Hashable, str] = {}
        self.seen: dict[tuple[str, Hashable], Draft] = {}
        self.compositions: dict[str, Composition] = {}
        """By a formula's text with nothing amiss."""

    def add(self, row: TypedRow, source_row: str) -> SampleKey | None:
        """Take one row: its measurements at once, what describes the sample merged with earlier rows. Returns the key
        of its sample, None where it names none."""
        label = row.get("samples.label")
        publication = assemble.draft_publication(row, self.findings, source_row)
        if label is None:
            first = next(iter(row.cells.values()), None)
            if first is not None and "samples.label" not in row.unread:
                self.findings.add(
                    first.cell, "no-sample", "the row names no sample", "give the paper's own label in Sample"
                )
        if label is None or publication is None:
            self._check_formula(row)
            return None
        self.merge_publication(publication)
        sample = (publication.key, label.value)
        self.merge_sample(sample, row, source_row)
        if f"{assemble.MEASUREMENTS}.temperature_c" in row.unread:
            return sample  # without its temperature a value would be taken for another one
        drafts = assemble.draft_measurements(row, tuple(Contribution), sample, source_row)
        drafts += assemble.draft_activation_energies(row, tuple(Contribution), sample, source_row)
        for draft in drafts:
            self.add_value(draft)
        if f"{assemble.MEASUREMENTS}.temperature_c" in row.blank:
            self._tell_without_temperature(drafts)
        return sample

    def _tell_without_temperature(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            if draft.table == assemble.MEASUREMENTS:
                message = "a conductivity without its temperature: no view and no model takes it"
                hint = "write the temperature, or RT for room temperature"
                self.findings.add(value_cell(draft), "no-temperature", message, hint, severity="doubt")

    def _check_formula(self, row: TypedRow) -> None:
        """Tell of an unreadable formula in a row that goes no further."""
        formula = row.get("samples.formula_as_written")
        if formula is not None:
            assemble.draft_composition(formula, self.findings, "")

    def merge_publication(self, draft: Draft) -> None:
        """Take what a row says of a publication; it must agree with earlier rows."""
        known = self.publications.setdefault(draft.key, draft)
        if known is draft:
            return
        for name, value in draft.values.items():
            if name in known.values and known.values[name] != value and name != "title_key":
                first, second = known.cells[name], draft.cells[name]
                self.findings.add(
                    second, "disagreement", f"{second.header} is {first.text} in {first.name}, {second.text} here",
                    "rows of one publication must agree",
                )  # fmt: skip
            known.values.setdefault(name, value)
            if name in draft.cells:
                known.cells.setdefault(name, draft.cells[name])

    def merge_sample(self, sample: SampleKey, row: TypedRow, source_row: str) -> None:
        """Take what a row says of a sample; it must agree with earlier rows."""
        if self.asks_about_sums and sample not in self.samples and is_summary(sample[1]):
            message = f"{sample[1]}: does the row sum up others? Then it is no sample"
            hint = "take it out; if it is the paper's name of a sample, all is well"
            self.findings.add(row.cells["samples.label", ""].cell, "summary-row", message, hint, severity="doubt")
        known = self.samples.get(sample)
        if known is None:
            cells = {key: parsed for key, parsed in row.cells.items() if key[0].partition(".")[0] in DESCRIBING}
            self.samples[sample], self.sample_rows[sample] = TypedRow(row.number, cells, blank={*row.blank}), source_row
            return
        known.blank |= row.blank
        for (target, part), parsed in row.cells.items():
            if target.partition(".")[0] not in DESCRIBING:
                continue
            earlier = known.cells.setdefault((target, part), parsed)
            if not _agree(earlier, parsed) and not target.startswith("publications."):
                self.findings.add(
                    parsed.cell, "disagreement",
                    f"{parsed.cell.header} is {earlier.cell.text} in {earlier.cell.name}, {parsed.cell.text} here",
                    "rows of one sample must agree in what describes it: is the name of one mistyped?",
                    severity=self.disagreement,
                )  # fmt: skip

    def add_value(self, draft: Draft) -> None:
        """Take a conductivity or an activation energy; another value for the same is a problem."""
        earlier = self.seen.setdefault((draft.table, draft.key), draft)
        if earlier is draft:
            self.intake.add(draft)
        else:
            self.settle_repeated(draft, earlier)

    def settle_repeated(self, draft: Draft, earlier: Draft) -> None:
        """Tell of a second value for one sample, kind and temperature; the same value once more says nothing new."""
        if not same_value(draft, earlier):
            cell, first = value_cell(draft), value_cell(earlier)
            self.findings.add(
                cell, "double-value",
                f"the same sample, kind and temperature as {first.name}, where the value is {first.text}",
                "is the sample or temperature right? Two values want different words in Replicate (or Ea region)",
            )  # fmt: skip

    def finish(self) -> None:
        """Make the drafts of publications, compositions, samples, steps and lattices."""
        self._check_titles()
        for draft in self.publications.values():
            self.intake.add(draft)
        for sample, row in self.samples.items():
            self._finish_sample(sample, row, self.sample_rows[sample])

    def _check_titles(self) -> None:
        """Tell of a publication that stands in the file once with and once without its DOI."""
        with_doi = {each.values.get("title_key"): each for each in self.publications.values() if each.values.get("doi")}
        for draft in self.publications.values():
            other = with_doi.get(draft.values.get("title_key"))
            if other is not None and not draft.values.get("doi") and draft.values.get("title_key"):
                cell = other.cells["doi"]
                message = f"a publication of this title has the DOI {cell.text} in {cell.name}, none here"
                hint = "write the DOI into every row of the publication"
                self.findings.add(draft.cells["title"], "publication-twice", message, hint)

    def _find_composition(self, formula: Parsed, source_row: str) -> Composition | None:
        """The composition of a formula, whose drafts are made where it is new; None where it cannot be read."""
        if (known := self.compositions.get(formula.value)) is not None:
            return known
        told = len(self.findings.problems)
        drafts = assemble.draft_composition(formula, self.findings, source_row)
        for draft in drafts:
            if self.seen.setdefault((draft.table, draft.key), draft) is draft:
                self.intake.add(draft)
        if not drafts:
            return None
        amounts = {each.values["element"]: each.values["amount"] for each in drafts[1:]}
        if len(self.findings.problems) == told:
            self.compositions[formula.value] = drafts[0].key, amounts
        return drafts[0].key, amounts

    def _finish_sample(self, sample: SampleKey, row: TypedRow, source_row: str) -> None:
        publication, _ = sample
        parents: dict[str, Hashable] = {"publication_id": publication}
        formula = row.get("samples.formula_as_written")
        if formula is None and "samples.formula_as_written" in row.blank:
            message, hint = "a sample without formula: models know nothing of it", "write the nominal formula"
            cell = row.cells["samples.label", ""].cell
            self.findings.add(cell, "no-formula", message, hint, severity="doubt")
        amounts: Mapping[str, float] = {}
        if formula is not None and (composition := self._find_composition(formula, source_row)) is not None:
            parents["composition_id"], amounts = composition
        columns = assemble.group_columns(row)
        values, cells = assemble.sample_values(columns.get(("samples", ""), {}), self.findings)
        self.intake.add(Draft("samples", sample, values, parents=parents, cells=cells, source_row=source_row))
        for operation, position in STEPS:
            step = columns.get(("processing_steps", operation))
            if step:
                self.intake.add(assemble.draft_step(step, operation, position, sample, self.findings, source_row))
        if ("structural_records", PART) in columns:
            lattice = draft_lattice(row, sample, parents, source_row, amounts)
            if lattice is not None:
                self.intake.add(lattice)


VALUES = {"impedance_measurements": "conductivity_s_per_cm", "activation_energies": "activation_energy_ev"}


def value_cell(draft: Draft) -> Cell:
    """The cell that a conductivity or an activation energy stands in."""
    return draft.cells.get(VALUES[draft.table]) or next(iter(draft.cells.values()))


def same_value(first: Draft, second: Draft) -> bool:
    """Whether two drafts of one kind give the same number with the same relation."""
    return all(first.values[name] == second.values[name] for name in (VALUES[first.table], "relation"))


def _agree(first: Parsed, second: Parsed) -> bool:
    return _comparable(first.value) == _comparable(second.value)


def _comparable(value: Any) -> Any:
    return (value.value, value.relation, value.basis) if hasattr(value, "relation") else value
