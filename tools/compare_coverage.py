"""Print how many samples of a database know each of the 17 descriptors, beside the first edition of the seed.

Usage: python tools/compare_coverage.py [DATABASE]
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from analysis.data.frames import read_view
from analysis.data.targets import DESCRIPTORS
from sse_db.database.engine import open_engine
from sse_db.settings import read_environment

FIRST_EDITION = Path(__file__).with_name("coverage_of_first_edition.csv")


def main(database: str) -> None:
    """Print the table."""
    with FIRST_EDITION.open(encoding="utf-8", newline="") as stream:
        before = {row["descriptor"]: int(row["samples"]) for row in csv.DictReader(stream)}
    frame = read_view(open_engine(database), "descriptors")
    rows = [("samples", before["samples"], len(frame))]
    rows += [(each.name, before[each.name], int(frame[each.name].notna().sum())) for each in DESCRIPTORS]
    print(f"\n{'known descriptors':32}{'first edition':>16}{'now':>16}")
    for name, then, now in rows:
        print(f"{name:32}{show(then, before['samples']):>16}{show(now, len(frame)):>16}")


def show(number: int, samples: int) -> str:
    """A count and its share."""
    return f"{number} ({number / samples:4.0%})" if samples else str(number)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else read_environment().url)
