"""A bibliography updates publications by the rules of every import: a blank inherits, another value is a conflict."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from support.intakes import make_intake, publication, sample
from support.logical_dump import exact_dump

from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.pipeline import load_file
from sse_db.errors import RefusedFile

ENTRY = (
    "@article{{key, doi = {{https://doi.org/10.1000/X}}, title = {{A {{G}}arnet}}, author = {{Wu, Yen-Ju and Doe, J.}}, "
    "journal = {{{journal}}}, year = {year}}}\n"
)


@pytest.fixture
def known(engine):
    """A database with a paper of which little is known, and one that is known by its title."""
    source = publication(first_author="Wu", journal="J. Power Sources")
    by_title = publication(None, "By title only", 2019)
    load_intake(engine, make_intake(source, sample(source), by_title), curator="ada")
    return engine


def load(engine, folder, text, name="refs.bib", **options):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_file(engine, path, curator="eve", **options)


def publications(engine):
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM publications ORDER BY id")).mappings()
        return [dict(row) for row in rows]


def test_blanks_are_filled_and_other_spellings_are_no_conflict(known, tmp_path):
    before = exact_dump(known)
    report = load(known, tmp_path, ENTRY.format(journal="Journal of Power Sources", year=2020))
    assert report.changed == {"publications": 1}
    first = publications(known)[0]
    assert (first["title"], first["year"], first["authors"]) == ("A Garnet", 2020, "Wu, Yen-Ju; Doe, J.")
    assert (first["first_author"], first["journal"]) == ("Wu", "J. Power Sources"), "what is there stays"
    assert load(known, tmp_path, ENTRY.format(journal="Journal of Power Sources", year=2020)).id is None
    undo_batch(known, report.id, curator="eve")
    assert exact_dump(known) == before


def test_another_value_is_a_conflict_with_the_key_of_the_entry(known, tmp_path):
    load(known, tmp_path, ENTRY.format(journal="J. Power Sources", year=2020))
    other = ENTRY.format(journal="Ionics", year=2021)
    with pytest.raises(RefusedFile) as refused:
        load(known, tmp_path, other)
    told = {(problem.cell, problem.column, problem.code) for problem in refused.value.problems}
    assert told == {("key", "journal", "conflict"), ("key", "year", "conflict")}
    load(known, tmp_path, other, on_conflict="update")
    assert publications(known)[0]["year"] == 2021


def test_a_publication_known_by_its_title_gets_its_doi_and_is_not_doubled(known, tmp_path):
    text = "TY  - JOUR\nTI  - By Title Only\nPY  - 2019\nDO  - 10.1000/T\nER  - \n"
    assert load(known, tmp_path, text, "refs.ris").changed == {"publications": 1}
    assert [row["doi"] for row in publications(known)] == ["10.1000/x", "10.1000/t"]


def test_csl_json_without_a_doi_is_found_by_title_and_year(known, tmp_path):
    text = '{"type": "thesis", "title": "By title <i>only</i>", "issued": {"date-parts": [[2019]]}, "volume": "3"}'
    with pytest.raises(RefusedFile) as refused:
        load(known, tmp_path, text, "refs.json")
    assert [problem.column for problem in refused.value.problems] == ["type"], "it was taken for an article"
    load(known, tmp_path, text, "refs.json", on_conflict="update")
    assert (publications(known)[1]["volume"], publications(known)[1]["kind"]) == ("3", "thesis")
    assert len(publications(known)) == 2


def test_a_file_of_any_name_is_a_bibliography_when_somebody_says_so(known, tmp_path):
    text = ENTRY.format(journal="J. Power Sources", year=2020)
    assert load(known, tmp_path, text, "refs.txt", form="bibliography").changed == {"publications": 1}
