"""A public data set against what is known of it: its size, how many rows are odd in which way, no row lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from etl.foreign.mapped_sheet import ForeignRows
from etl.foreign.mapping import Edition, Expected
from etl.problems import Findings

Texts = Mapping[str, str]
HINT = (
    "the publisher may have changed the file: compare it with {source}; where the new rows are right, write the new "
    "numbers into the data set's file in etl/sheets, or read it with a mapping of your own (--map)"
)


def check_edition(edition: Edition, found: ForeignRows, findings: Findings) -> bool:
    """Compare the numbers of known defects with those in the file: another number is an error.

    A file with fewer rows is a part of the data set, such as its training rows, of which no numbers are known: that is
    told as a doubt. Returns whether the file is the whole.
    """
    rows = list(found.texts.values())
    if len(rows) < edition.rows:
        share = f"{len(rows)} of the {edition.rows} rows of the data set"
        message = f"{share}: the numbers of its known defects were not compared"
        findings.add(None, "part-of-data-set", message, severity="doubt")
        return False
    differences = [("rows", edition.rows, len(rows))] if len(rows) != edition.rows else []
    differences += [(each.what, each.rows, count_rows(each, rows)) for each in edition.expected if each.firm]
    for what, known, counted in differences:
        report_change(findings, edition, what, known, counted)
    for each in edition.expected:
        if not each.firm and (counted := count_rows(each, rows)) != each.rows:
            message = f"{each.what}: {counted}, {each.rows} by the description of the data set"
            findings.add(None, "other-number", message, severity="doubt")
    return True


def report_change(findings: Findings, edition: Edition, what: str, known: int, counted: int) -> None:
    """Tell of a number that is not what it was in the edition known here, if it is not."""
    if known != counted:
        message = f"{what}: {counted}, where {known} are known"
        findings.add(None, "changed-data-set", message, HINT.format(source=edition.source))


def count_rows(expected: Expected, rows: Iterable[Texts]) -> int:
    """How many rows have cells that match all patterns, and a cell that an earlier row has too."""
    seen: set[str] = set()
    counted = 0
    for texts in rows:
        again = expected.repeated is None or texts.get(expected.repeated, "") in seen
        if expected.repeated is not None:
            seen.add(texts.get(expected.repeated, ""))
        counted += again and all(
            re.fullmatch(pattern, texts.get(name, ""), re.DOTALL) is not None
            for name, pattern in expected.cells.items()
        )
    return counted
