"""A review by one who entered the rows is doubted, found by an audit, or recorded where it is allowed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.typed import typed, words

from etl.curation.publications import edit_publication
from etl.curation.samples import edit_sample
from etl.loading.undo import undo_batch
from etl.pipeline import load_file
from sse_db.audits import find_audit, run_audit
from sse_db.errors import RefusedFile
from sse_db.records.pages import read_publication

DOI = "10.5555/invented.1"


@pytest.fixture
def desk(engine, tmp_path):
    path = Path(__file__).parents[1] / "data" / "desk" / "w14_mara.csv"
    load_file(engine, Path(shutil.copy(path, tmp_path)), curator="mara")
    return engine


def review(engine, who, **options):
    report = edit_publication(engine, DOI, typed(review_state="reviewed"), curator=who, **options)
    return [doubt.code for doubt in report.doubts]


def found(engine):
    return [row[3] for row in run_audit(engine.url, find_audit("reviewed_by_own_curator")).rows]


def test_a_second_person_reviews_without_a_doubt(desk):
    assert review(desk, "bob") == []
    assert found(desk) == []
    assert review(desk, "bob") == []  # to have reviewed is not to have entered


@pytest.mark.parametrize("who", ["mara", " Mara"])
def test_the_rows_own_curator_is_doubted_and_an_audit_finds_it(who, desk):
    assert review(desk, who) == ["own-review"]
    assert len(found(desk)) == 1


def test_who_corrected_a_value_is_a_curator_of_it(desk):
    edit_sample(desk, "1", words(remark="pellet"), curator="eve")
    assert review(desk, "eve") == ["own-review"]


def test_in_a_group_of_one_it_is_allowed_and_recorded(desk):
    assert review(desk, "mara", own_review=True) == []
    assert found(desk) == []
    assert read_publication(desk, DOI)["publication"]["own_review"] == 1
    edit_publication(desk, DOI, typed(review_state="draft"), curator="mara")
    assert read_publication(desk, DOI)["publication"]["own_review"] is None


def test_a_reviewer_without_a_name_is_refused(desk):
    with pytest.raises(RefusedFile) as refused:
        edit_publication(desk, DOI, typed(review_state="reviewed", reviewed_by=" "), curator="")
    assert [problem.message for problem in refused.value.problems] == ["a review needs the name of who made it"]
    assert read_publication(desk, DOI)["publication"]["review_state"] == "draft"


def test_undo_takes_the_review_back(desk):
    report = edit_publication(desk, DOI, typed(review_state="reviewed"), curator="mara", own_review=True)
    undo_batch(desk, report.batch.id, curator="mara")
    assert read_publication(desk, DOI)["publication"]["own_review"] is None
