"""What a row was called before goes on to lead to it, through files, commands, merges and undo."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.intakes import make_intake, measurement, publication, sample
from support.logical_dump import exact_dump
from support.typed import typed

from etl.curation.merge import merge_rows
from etl.curation.publications import edit_publication
from etl.curation.samples import SampleWords, add_sample, edit_sample
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.pipeline import load_file
from sse_db.errors import AlreadyThere, RefusedFile
from sse_db.records.pages import list_publications, list_samples
from sse_db.records.references import find_row

DESK = Path(__file__).parents[1] / "data" / "desk"
PREPRINT, ARTICLE = "10.48550/arxiv.2401.01234", "10.1000/article"


def values(engine, sql):
    with engine.connect() as connection:
        return [tuple(each) for each in connection.execute(sa.text(sql))]


def rename(engine, reference, label):
    return edit_sample(engine, reference, SampleWords(typed(label=label)), curator="ada")


@pytest.fixture
def paper(engine):
    source = publication(PREPRINT, "Garnets", 2023, kind="preprint", journal="arXiv")
    first, second = sample(source, "A", grain_size_um=3.0), sample(source, "B")
    intake = make_intake(source, first, second, measurement(first, 1e-4))
    load_intake(engine, intake, curator="ada")
    return engine, intake


def test_a_renamed_sample_is_found_by_the_old_file(engine, tmp_path):
    path = shutil.copy(DESK / "w11_ada.xlsx", tmp_path)
    load_file(engine, Path(path), curator="ada")
    rename(engine, "LATP-900", "LATP sintered at 900")
    before = exact_dump(engine)
    again = load_file(engine, Path(path), curator="ada")
    assert (again.id, again.added, again.changed, again.skipped) == (None, {}, {}, {})
    assert exact_dump(engine) == before
    assert values(engine, "SELECT count(*) FROM samples") == [(3,)]


def test_a_sample_is_shown_by_a_former_label(paper):
    engine, _ = paper
    rename(engine, "A", "pellet A")
    with engine.connect() as connection:
        assert find_row(connection, "samples", "A")["label"] == "pellet A"


def test_a_search_finds_former_names(paper):
    engine, _ = paper
    rename(engine, "A", "A, 900 °C (pellet 7)")
    rename(engine, "A, 900 °C (pellet 7)", "first")
    assert [row["label"] for row in list_samples(engine, search="pellet 7")] == ["first"]
    edit_publication(engine, PREPRINT, typed(doi=ARTICLE), curator="ada")
    assert [row["doi"] for row in list_publications(engine, search="ARXIV.2401")] == [ARTICLE]


def test_a_preprint_that_was_published_is_found_by_its_old_doi_and_nothing_changes(paper):
    engine, intake = paper
    edit_publication(engine, "1", typed(doi=ARTICLE, kind="article", journal="Ionics", year="2024"), curator="ada")
    assert values(engine, "SELECT kind, value FROM publication_identifiers") == [("doi", PREPRINT)]
    before = exact_dump(engine)
    report = load_intake(engine, intake, curator="bob")
    assert report.id is None
    assert [doubt.code for doubt in report.doubts] == ["former-name"]
    assert exact_dump(engine) == before
    with engine.connect() as connection:
        assert find_row(connection, "publications", PREPRINT)["doi"] == ARTICLE


def test_a_publication_without_doi_is_found_by_its_old_title_and_year(engine):
    source = publication(None, "Garnets", 2023)
    intake = make_intake(source, sample(source, "A"))
    load_intake(engine, intake, curator="ada")
    edit_publication(engine, "1", typed(title="Lithium garnets", year="2024"), curator="ada")
    assert load_intake(engine, intake, curator="ada").id is None
    assert values(engine, "SELECT count(*) FROM publications") == [(1,)]


def test_undo_takes_the_old_name_back(paper):
    engine, _ = paper
    before = exact_dump(engine)
    for batch in (
        rename(engine, "A", "C").batch.id,
        edit_publication(engine, "1", typed(doi=ARTICLE), identifiers=("Garnets, revised",), curator="a").batch.id,
    ):
        undo_batch(engine, batch, curator="ada")
    assert exact_dump(engine) == before


def test_preprint_and_article_are_merged_without_dispute(paper):
    engine, _ = paper
    article = publication(ARTICLE, "Garnets of lithium", 2024, kind="article", journal="Ionics")
    load_intake(engine, make_intake(article, sample(article, "C")), curator="ada")
    merge_rows(engine, "publications", 2, 1, curator="ada")
    assert values(engine, "SELECT id, doi, kind, journal, year FROM publications") == [
        (1, ARTICLE, "article", "Ionics", 2024)
    ]
    assert values(engine, "SELECT publication_id, value FROM publication_identifiers") == [(1, PREPRINT)]


def test_the_article_stays_as_it_is_when_its_preprint_is_merged_into_it(paper):
    engine, _ = paper
    article = publication(ARTICLE, "Garnets of lithium", 2024, kind="article", journal="Ionics")
    load_intake(engine, make_intake(article), curator="ada")
    merge_rows(engine, "publications", 1, 2, curator="ada")
    assert values(engine, "SELECT id, doi, journal FROM publications") == [(2, ARTICLE, "Ionics")]
    assert values(engine, "SELECT value FROM publication_identifiers") == [(PREPRINT,)]


def test_a_merged_sample_leaves_its_label_as_an_alias(paper):
    engine, intake = paper
    report = merge_rows(engine, "samples", 2, 1, curator="ada", note="one pellet under two names")
    assert values(engine, "SELECT sample_id, label FROM sample_aliases") == [(1, "B")]
    assert load_intake(engine, intake, curator="ada").id is None
    undo_batch(engine, report.id, curator="ada")
    assert values(engine, "SELECT count(*) FROM sample_aliases") == [(0,)]


@pytest.mark.parametrize(("words", "told"), [
    (SampleWords(aliases=("B",)), "B is a name of sample 2 (B)"),
    (SampleWords(aliases=(" ",)), "an alias needs a text"),
    (SampleWords(without_aliases=("Q",)), "there is no such name: Q"),
], ids=["label of another sample", "blank", "not there"])  # fmt: skip
def test_a_wrong_alias_is_one_clear_line_and_nothing_changes(words, told, paper):
    engine, _ = paper
    before = exact_dump(engine)
    with pytest.raises(RefusedFile) as refused:
        edit_sample(engine, "1", words, curator="ada")
    (problem,) = refused.value.problems
    assert told in problem.message
    assert exact_dump(engine) == before


def test_a_label_that_another_sample_had_is_refused(paper):
    engine, _ = paper
    rename(engine, "A", "C")
    with pytest.raises(RefusedFile) as refused:
        rename(engine, "B", "A")
    assert "A is a former label of sample 1 (C)" in refused.value.problems[0].message
    with pytest.raises(AlreadyThere, match=r"A is a former label of sample 1 \(C\)"):
        add_sample(engine, SampleWords(typed(label="A"), "1"), curator="ada")


def test_a_doi_of_another_publication_is_no_further_name(paper):
    engine, _ = paper
    load_intake(engine, make_intake(publication(ARTICLE, "Other", 2020)), curator="ada")
    with pytest.raises(RefusedFile) as refused:
        edit_publication(engine, "1", {}, identifiers=(ARTICLE,), curator="ada")
    assert f"{ARTICLE} is the DOI of publication 2" in refused.value.problems[0].message
