"""Drop, double or swap any part of a valid text: the result is the right value, a refusal or a doubt, never another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.bibliographies.bibliography import draft_entries
from etl.bibliographies.entries import read_bibtex, read_ris
from etl.drafts import Intake
from etl.papers.literature import read_literature
from etl.problems import Findings
from etl.tables.extract import StagedSheet
from etl.tables.texts import split_table
from sse_db.errors import SseDbError

WORDS = st.text("abcdefghijklmnoxyz", min_size=2, max_size=9).map(str.capitalize)
TITLES = st.lists(WORDS, min_size=2, max_size=4).map(" ".join)
PAPERS = st.lists(
    st.fixed_dictionaries(
        {"title": TITLES, "year": st.integers(1950, 2029), "doi": WORDS.map("10.5555/{}".format), "journal": TITLES}
    ),
    min_size=2, max_size=3, unique_by=(lambda paper: paper["doi"].lower(), lambda paper: paper["title"].lower()),
)  # fmt: skip
Paper = dict[str, Any]


def write_bibtex(papers: list[Paper]) -> str:
    entries = [
        f'@article{{key{number}, title={{{paper["title"]}}},\n doi = "{paper["doi"]}", year={paper["year"]},\n'
        f" journal={{{{{paper['journal']}}}}}}}\n"
        for number, paper in enumerate(papers)
    ]
    return "\n".join(entries)


def write_ris(papers: list[Paper]) -> str:
    rows = "TY  - JOUR\nTI  - {title}\nDO  - {doi}\nPY  - {year}\nJO  - {journal}\nER  - \n\n"
    return "".join(rows.format(**paper) for paper in papers)


def write_csv(papers: list[Paper]) -> str:
    head = "DOI,Title,Year,Journal,Sample,Formula,Temperature (°C),σ total (S/cm)\n"
    row = '{doi},"{title}",{year},"{journal}",P1,Li7La3Zr2O12,25,1.5e-4\n'
    return head + "".join(row.format(**paper) for paper in papers)


def read_bibliography(read: Callable[[str, Findings], list[Any]], text: str) -> tuple[list[Paper], Findings]:
    findings = Findings("altered")
    return [draft.values for draft in draft_entries(read(text, findings), findings)], findings


def read_csv(text: str) -> tuple[list[Paper], Findings]:
    findings, intake = Findings("altered"), Intake("altered", "0" * 64, "sheet")
    try:
        table = split_table(text, "altered", 100)
        for remark in table.remarks:
            findings.add(None, *remark, severity="doubt")
        read_literature(StagedSheet(None, table.rows), intake, findings)
    except SseDbError as error:
        findings.add(None, "refused", str(error))
    values = {draft.parents["sample_id"]: draft.values for draft in intake.drafts.get("impedance_measurements", [])}
    samples = {draft.key[0]: draft.values for draft in intake.drafts.get("samples", [])}
    papers = intake.drafts.get("publications", [])
    for draft in papers:
        sample = samples.get(draft.key, {})
        draft.values["formula"] = sample.get("formula_as_written")
        draft.values["label"] = sample.get("label")
        draft.values["sigma"] = values.get((draft.key, sample.get("label")), {}).get("conductivity_s_per_cm")
    return [draft.values for draft in papers], findings


FORMATS: dict[str, tuple[Callable[[list[Paper]], str], Callable[[str], tuple[list[Paper], Findings]], str]] = {
    "BibTeX": (
        write_bibtex,
        lambda text: read_bibliography(read_bibtex, text),
        '[{}",=@]|\\s|key\\d|article|[^\\n]*\\n',
    ),
    "RIS": (write_ris, lambda text: read_bibliography(read_ris, text), r"[A-Z][A-Z]|  -|-|\n|[^\n]*\n"),
    "CSV": (write_csv, read_csv, r'[",]|\n|"[^"]*"|[^\n]*\n'),
}
"""How papers are written, how they are read, and the parts that are altered: all but the letters of the values."""


def alter(text: str, parts: str) -> Iterator[tuple[str, str]]:
    """Each way to drop a part of a text, to double it, or to swap it with what follows."""
    spans = {match.span() for part in parts.split("|") for match in re.finditer(part, text)}
    for start, end in sorted(spans):
        part = text[start:end]
        yield f"{part!r} at {start} dropped", text[:start] + text[end:]
        yield f"{part!r} at {start} doubled", text[:end] + part + text[end:]
        if end < len(text) and not (part == "," and text[end].isalnum()):  # a digit in the next cell is another text
            yield f"{part!r} at {start} swapped", text[:start] + text[end] + part + text[end + 1 :]


def plain(value: Any) -> Any:
    return re.sub(r"[\W_]+", "", value).lower() if isinstance(value, str) else value


def is_right(found: list[Paper], expected: list[Paper]) -> bool:
    """Whether each paper found says nothing but what one of those expected says."""
    told = [{name: plain(paper.get(name)) for name in expected[0]} for paper in found]
    right = [{name: plain(value) for name, value in paper.items()} for paper in expected]
    return all(
        any(all(value in (None, paper[name]) for name, value in each.items()) for paper in right) for each in told
    )


def fixed(papers: list[Paper]) -> list[Paper]:
    return [paper | {"formula": "Li7La3Zr2O12", "label": "P1", "sigma": 1.5e-4} for paper in papers]


TWO = [
    {"title": "First garnet", "year": 2001, "doi": "10.5555/one", "journal": "Solid State"},
    {"title": "Second glass", "year": 2002, "doi": "10.5555/two", "journal": "Ionic Letters"},
]


@pytest.mark.parametrize("name", FORMATS)
def test_no_part_of_a_text_can_be_altered_into_another_value(name: str) -> None:
    write, read, parts = FORMATS[name]
    expected = fixed(TWO) if name == "CSV" else TWO
    text = write(TWO)
    assert is_right(read(text)[0], expected)
    assert len(read(text)[0]) == 2
    wrong = []
    for how, altered in alter(text, parts):
        found, findings = read(altered)
        if not findings.problems and not (is_right(found, expected) and (len(found) == 2 or loses_all(text, altered))):
            wrong.append(how)
    assert wrong == []


def loses_all(text: str, altered: str) -> bool:
    """Whether what is missing is a whole line: nobody can know that it was there."""
    return len(altered.splitlines()) < len(text.splitlines())


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=15)
@given(papers=PAPERS, choice=st.integers(0, 10**6))
def test_papers_of_any_words_survive_an_alteration_or_tell(name: str, papers: list[Paper], choice: int) -> None:
    write, read, parts = FORMATS[name]
    expected = fixed(papers) if name == "CSV" else papers
    text = write(papers)
    assert is_right(read(text)[0], expected)
    ways = list(alter(text, parts))
    how, altered = ways[choice % len(ways)]
    found, findings = read(altered)
    assert findings.problems or is_right(found, expected), how
