"""Gathers the rows of a literature sheet; those that repeat a description, but for their numbers, all at once."""

from __future__ import annotations

from collections.abc import Hashable
from heapq import heappop, heappush
from itertools import count

import numpy as np

from etl.coded_columns import Codes, Flags, combine, find_first, recode
from etl.drafts import Draft, Intake, PublicationKey
from etl.papers import assemble
from etl.papers.repeated_rows import BLANK, SINGLY, RepeatedRows
from etl.papers.sample_gatherer import SampleGatherer
from etl.problems import Findings

NOBODY = -1
"""In place of a sample's number."""


class SheetGatherer(SampleGatherer):
    """Reads by itself each row that may have something to tell, and of others the first that describes a sample so;
    the measurements of the rest go by the numbers of their texts."""

    def __init__(self, intake: Intake, findings: Findings, rows: RepeatedRows) -> None:
        super().__init__(intake, findings)
        self.rows, self.columns = rows, rows.columns
        self.places, self.kinds = rows.sort_out(findings)
        self.publication = rows.number_alike(rows.publishing, self.places)
        self.description = rows.number_alike([*rows.publishing, *rows.describing], self.places)
        self.temperature = rows.code_temperatures(self.places)
        self.sample = np.full(len(self.places), NOBODY, dtype=np.int64)
        """The sample of each row that is taken by its numbers."""
        self.publications_met: dict[int, PublicationKey] = {}
        """By their texts, publications that a row described without anything amiss."""
        self.samples_met: dict[int, int] = {}
        """The same of samples, with their numbers."""
        self.energies_met: set[Hashable] = set()
        self.singly: list[tuple[int, int, int, int, int, int]] = []
        """Measurements of rows read by themselves: place, sample, frame, temperature, conductivity; and how many
        problems had been told before."""
        self._place = 0

    def gather(self) -> None:
        """Take all rows, and make all drafts."""
        alone = self._take_telling_rows()
        self._take_numbers(alone)
        if len(self.columns):
            self.intake.add_columns(self.columns)
        self.finish()

    def _take_telling_rows(self) -> Flags:
        """Take rows in the order of the sheet as far as they can tell something new; returns which were read by
        themselves."""
        are_values, are_energies = (
            np.asarray([*(bool(each) for each in of), False], dtype=bool)[self.kinds]
            for of in ((kind.values for kind in self.rows.kinds), (kind.energies for kind in self.rows.kinds))
        )
        alone = (self.kinds == SINGLY) | (are_values & (self.temperature == BLANK))
        asked = alone | are_energies
        following, heads = self._follow(np.flatnonzero(~asked))
        waiting = sorted([*np.flatnonzero(asked).tolist(), *heads.tolist()])
        while waiting:
            number = heappop(waiting)
            told = len(self.findings.problems)
            of_sample = None
            if not alone[number]:
                of_sample = self._find_sample(number, of_energies=bool(are_energies[number]))
            if of_sample is None:
                alone[number] = True
                of_sample = self._take_singly(number)
            else:
                self.sample[number] = of_sample
            if len(self.findings.problems) == told and self.kinds[number] != SINGLY and of_sample != NOBODY:
                self.samples_met[int(self.description[number])] = of_sample
                self.energies_met.add(self._energies_of(number, of_sample))
            elif following[number] != NOBODY:
                heappush(waiting, int(following[number]))
        known = np.full(int(self.description.max(initial=0)) + 1, NOBODY, dtype=np.int64)
        known[list(self.samples_met)] = list(self.samples_met.values())
        self.sample = np.where(self.sample == NOBODY, known[self.description], self.sample)
        return alone

    def _follow(self, numbers: Codes) -> tuple[Codes, Codes]:
        """For each row the next of the same description, and the first of each."""
        order = numbers[np.argsort(self.description[numbers], kind="stable")]
        starts = np.ones(len(order), dtype=bool)
        starts[1:] = self.description[order[1:]] != self.description[order[:-1]]
        following = np.full(len(self.places), NOBODY, dtype=np.int64)
        following[order[:-1][~starts[1:]]] = order[1:][~starts[1:]]
        return following, order[starts]

    def _find_sample(self, number: int, *, of_energies: bool) -> int | None:
        """The number of a row's sample, which it may describe anew; None where the row is to be read by itself."""
        known = self.samples_met.get(int(self.description[number]))
        if of_energies:
            return known if known is not None and self._energies_of(number, known) in self.energies_met else None
        return known if known is not None else self._describe(number)

    def _describe(self, number: int) -> int | None:
        """Take what a row says of publication and sample, and nothing else; None where it names none of them."""
        place, publication = int(self.places[number]), int(self.publication[number])
        key = self.publications_met.get(publication)
        row = self.rows.read_description(place, with_publication=key is None)
        source_row = self.rows.reader.sheet.address_of(row.number)
        label = row.get("samples.label")
        if label is None:
            return None
        if key is None:
            draft = assemble.draft_publication(row, Findings(""), source_row)
            if draft is None:
                return None
            told = len(self.findings.problems)
            self.merge_publication(draft)
            key = draft.key
            if len(self.findings.problems) == told:
                self.publications_met[publication] = draft.key
        self.merge_sample((key, label.value), row, source_row)
        return self.columns.samples[key, label.value]

    def _take_singly(self, number: int) -> int:
        """Read a row by itself; returns the number of its sample, NOBODY where it names none."""
        self._place = int(self.places[number])
        row = self.rows.read_again(self._place)
        key = self.add(row, self.rows.reader.sheet.address_of(row.number))
        return NOBODY if key is None else self.columns.samples[key]

    def _energies_of(self, number: int, sample: int) -> Hashable:
        """What a row says of activation energies; the frame of its values, a remark say, belongs to it."""
        kind, texts = int(self.kinds[number]), self.rows.texts_of(int(self.places[number]))
        return sample, kind, *(texts[place] for place in self.rows.kinds[kind].energies)

    def add_value(self, draft: Draft) -> None:
        """Take a value; conductivities stand in columns."""
        if draft.table != assemble.MEASUREMENTS:
            super().add_value(draft)
        else:
            self.singly.append((self._place, *self.columns.code(draft), len(self.findings.problems)))

    def _take_numbers(self, alone: Flags) -> None:
        """Take all measurements, in the order of the sheet; another of one sample, kind and temperature is told."""
        found = [tuple(np.asarray(self.singly, dtype=np.int64).reshape(-1, 6).T)]
        of = np.flatnonzero(~alone & (self.sample != NOBODY))
        order = [np.arange(len(self.singly)) - len(self.singly)]
        frames = self.rows.frames_of_kinds()
        for column, (frame_of_kind, rank) in frames.items():
            frame = frame_of_kind[self.kinds[of]]
            its, frame = of[frame != NOBODY], frame[frame != NOBODY]
            place = self.places[its]
            conductivity = self.rows.code_conductivities(column)[place - self.rows.first]
            found.append(
                (place, self.sample[its], frame, self.temperature[its], conductivity, np.full(len(its), NOBODY))
            )
            order.append(rank[self.kinds[its]])
        parts = [np.concatenate(each) for each in zip(*found, strict=True)]
        sheet_order = np.argsort((parts[0] << 32) + np.concatenate(order), kind="stable")
        self._settle(*self._keep_first([each[sheet_order] for each in parts]))

    def _keep_first(self, parts: list[Codes]) -> tuple[Codes, Codes]:
        """Hand over the first measurement of each natural key; returns the others as rows, and the places of the first
        ones."""
        columns = self.columns
        place, sample, frame, temperature, conductivity, _ = parts
        kind = np.asarray(columns.kind_of_frame, dtype=np.int64)[frame]
        nominal = np.asarray(columns.nominal_of_temperature, dtype=np.int64)[temperature]
        of = ((sample, len(columns.samples)), (kind, len(columns.kinds)), (nominal, len(nominal) + 1))
        key = combine(of, len(place))
        first = find_first(key)
        columns.extend(*(each[first] for each in (sample, frame, temperature, conductivity, place)))
        others = np.ones(len(key), dtype=bool)
        others[first] = False
        return np.stack([each[others] for each in parts], axis=1), recode(key)[0][others]

    def _settle(self, doubles: Codes, earlier: Codes) -> None:
        """Tell of second values, among the problems of their rows where these were read by themselves."""
        columns, added = self.columns, count()
        for (place, sample, frame, _, _, told), first in zip(doubles.tolist(), earlier.tolist(), strict=True):
            drafts = self.rows.redraft(place, columns.samples.things[sample])
            draft = next(each for each in drafts if columns.code_frame(columns.frame_of(each)) == frame)
            before = len(self.findings.problems)
            self.settle_repeated(draft, columns[first])
            problems = self.findings.problems
            if told != NOBODY and len(problems) > before:
                problems.insert(told + next(added), problems.pop())
