"""No damaged bibliography ends in anything but entries and located problems."""

import random

import pytest
from support.seeded import ROOT

from etl.pipeline import examine_file

SOURCES = ["references.bib", "mistakes.bib", "references.ris", "references.json"]
TOKENS = [
    "{", "}", '"', "@", "\\", "$", "[", "]", ",", "\n", "TY  - ", "TY", "ER  - ", "null", "-1e999", "\x00", "\ufeff",
    '{\\"', " and ", "@article{", "doi", "  - ", "~", "=", "#", "[[1]]", "{}",
]  # fmt: skip


def damage(text, rng):
    """A text with up to eight insertions, deletions, repetitions and odd letters."""
    for _ in range(rng.randint(1, 8)):
        place = rng.randrange(len(text) + 1)
        kind = rng.randrange(5)
        if kind == 0:
            text = text[:place] + rng.choice(TOKENS) * rng.randint(1, 20) + text[place:]
        elif kind == 1:
            text = text[:place] + text[place + rng.randint(1, 20) :]
        elif kind == 2:
            text = text[:place] + text[place : place + 200] + text[place:]
        elif kind == 3:
            text = text[:place]
        else:
            text = text[:place] + chr(rng.randint(0, 0x2FFF)) + text[place:]
    return text or " "


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_bibliography_gives_entries_or_located_problems(source, seed, tmp_path):
    text = (ROOT / "tests" / "data" / "bibliographies" / source).read_text(encoding="utf-8")
    path = tmp_path / source
    path.write_text(damage(text, random.Random(f"{source} {seed}")), encoding="utf-8", errors="replace")
    intake, findings = examine_file(path, "bibliography")
    assert intake.drafts or findings.errors
    for problem in findings.errors:
        assert problem.message
        assert problem.cell or problem.code in ("unreadable-source", "empty")
