"""Duplicates are proposed, and joined on request: what hangs on the row moves, and undo takes it back exactly."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from support.intakes import composition, make_intake, measurement, publication, sample, step, structure
from support.logical_dump import exact_dump
from support.typed import typed

from etl.curation.merge import merge_rows
from etl.curation.publications import edit_publication
from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from sse_db.audits import find_audit, run_audit
from sse_db.errors import MergeRefused, NotFound, WrongUsage
from sse_db.records.events import list_batches

LLZO, ALIKE, OTHER = "Li6.25Al0.25La3Zr2O12", "Li6.26Al0.24La3Zr2O12", "Li1.3Al0.3Ti1.7(PO4)3"


def values(engine, sql):
    with engine.connect() as connection:
        return [tuple(each) for each in connection.execute(sa.text(sql))]


def load(engine, *drafts, name="paper.csv"):
    load_intake(engine, make_intake(*drafts, name=name), curator="ada")


def merge(engine, table, gone, stays, **options):
    return merge_rows(engine, table, gone, stays, curator="eve", **options)


def duplicates(engine):
    return [tuple(row[:4]) for row in run_audit(engine.url, find_audit("duplicates")).rows]


@pytest.fixture
def twins(engine):
    """One sample under two names, from two files, each of which knows something that the other does not."""
    source = publication()
    first, second = sample(source, "A", LLZO, grain_size_um=3.0), sample(source, "A (pellet)", LLZO)
    second.values |= {"pellet_diameter_mm": 10.0, "as_written": '{"pellet_diameter_mm": "1 cm"}'}
    load(engine, source, composition(LLZO), first, step(first, 1), measurement(first, 1e-4))
    load(engine, source, composition(LLZO), second, step(second, 1, atmosphere="air"), step(second, 2, "annealing"),
         measurement(second, 1e-4), measurement(second, 2e-4, temperature=50.0),
         structure(parents={"sample_id": second.key}), name="again.csv")  # fmt: skip
    return engine


def test_one_sample_under_two_names_is_proposed_once_with_its_reasons(twins):
    ((table, row_id, other_id, reason),) = duplicates(twins)
    assert (table, row_id, other_id) == ("samples", 2, 1)
    assert "two names" in reason
    assert "two files" in reason


def test_a_merged_sample_knows_what_both_knew(twins):
    report = merge(twins, "samples", 2, 1)
    assert values(twins, "SELECT id, label, grain_size_um, pellet_diameter_mm, as_written FROM samples") == [
        (1, "A", 3.0, 10.0, '{"pellet_diameter_mm": "1 cm"}')
    ]
    assert values(twins, "SELECT position, operation, atmosphere FROM processing_steps ORDER BY position") == [
        (1, "sintering", "air"),
        (2, "annealing", None),
    ]
    assert values(twins, "SELECT temperature_c FROM impedance_measurements ORDER BY 1") == [(25.0,), (50.0,)]
    assert values(twins, "SELECT sample_id FROM structural_records") == [(1,)]
    assert report.removed == {"impedance_measurements": 1, "processing_steps": 1, "samples": 1}
    assert duplicates(twins) == []


def test_a_merge_is_one_batch_with_a_name_and_is_taken_back_exactly(twins):
    before = exact_dump(twins)
    report = merge(twins, "samples", 2, 1)
    batch = list_batches(twins)[-1]
    assert (batch["id"], batch["file"], batch["curator"]) == (report.id, "merge samples 2 into 1", "eve")
    undo_batch(twins, report.id, curator="eve")
    assert exact_dump(twins) == before


def test_values_in_dispute_are_all_told_and_refused_unless_somebody_says_whose_hold(twins):
    source = publication()
    third = sample(source, "C", LLZO, grain_size_um=4.0)
    load(twins, source, composition(LLZO), third, step(third, 1, "milling"), measurement(third, 9e-4), name="c.csv")
    before = exact_dump(twins)
    with pytest.raises(MergeRefused) as refused:
        merge(twins, "samples", 3, 1)
    assert len(refused.value.rows) == 3
    assert "conductivity_s_per_cm is 9e-4 in the one, 1e-4 in the other" in refused.value.rows[2]
    assert exact_dump(twins) == before
    kept = merge(twins, "samples", 3, 1, on_conflict="keep")
    assert values(twins, "SELECT grain_size_um FROM samples WHERE id = 1") == [(3.0,)]
    undo_batch(twins, kept.id, curator="eve")
    assert exact_dump(twins) == before
    merge(twins, "samples", 3, 1, on_conflict="replace")
    assert values(twins, "SELECT grain_size_um FROM samples WHERE id = 1") == [(4.0,)]


@pytest.fixture
def two_papers(engine):
    """A paper that is in the database with its DOI, and again with its title only; both report sample A."""
    known, again = publication(journal="J. Power Sources"), publication(None, "The title", 2020, volume="7")
    first, second, more = sample(known, "A", LLZO), sample(again, "A", LLZO), sample(again, "B", LLZO)
    load(engine, known, composition(LLZO), first, measurement(first, 1e-4))
    load(engine, again, composition(LLZO), second, more, measurement(second, 1e-4), measurement(second, 3e-4, "bulk"),
         structure(parents={"publication_id": again.key}), name="again.csv")  # fmt: skip
    return engine


@pytest.mark.parametrize(("gone", "stays"), [(2, 1), (1, 2)], ids=["into the DOI", "into the title"])
def test_merged_publications_share_their_samples_and_keep_doi_and_title(two_papers, gone, stays):
    before = exact_dump(two_papers)
    report = merge(two_papers, "publications", gone, stays)
    assert values(two_papers, "SELECT id, doi, title, title_key, year, journal, volume FROM publications") == [
        (stays, "10.1000/x", "The title", "thetitle", 2020, "J. Power Sources", "7")
    ]
    assert values(two_papers, "SELECT publication_id, label FROM samples ORDER BY label") == [
        (stays, "A"),
        (stays, "B"),
    ]
    assert values(two_papers, "SELECT count(*) FROM impedance_measurements") == [(2,)]
    assert values(two_papers, "SELECT publication_id FROM structural_records") == [(stays,)]
    undo_batch(two_papers, report.id, curator="eve")
    assert exact_dump(two_papers) == before


def test_a_review_holds_only_when_both_were_reviewed(two_papers):
    edit_publication(two_papers, "1", typed(review_state="reviewed"), curator="eve")
    merge(two_papers, "publications", 2, 1)
    assert values(two_papers, "SELECT review_state, reviewed_by FROM publications") == [("draft", None)]


def test_structures_that_wait_for_the_doi_that_goes_wait_for_the_one_that_stays(engine):
    load(engine, publication("10.1000/a"), publication("10.1000/b"))
    load(engine, structure(awaits_doi="10.1000/a", awaits_sample_label="A"), name="a.cif")
    before = exact_dump(engine)
    report = merge(engine, "publications", 1, 2)
    assert values(engine, "SELECT awaits_doi FROM structural_records") == [("10.1000/b",)]
    undo_batch(engine, report.id, curator="eve")
    assert exact_dump(engine) == before


def test_compositions_that_differ_by_rounding_are_proposed_and_merged(engine):
    source = publication()
    first, second = sample(source, "A", LLZO), sample(source, "B", ALIKE)
    load(engine, source, composition(LLZO), composition(ALIKE), composition(OTHER), first, second)
    assert duplicates(engine) == [("compositions", 2, 1, "same composition but for rounding")]
    before = exact_dump(engine)
    report = merge(engine, "compositions", 2, 1)
    assert values(engine, "SELECT DISTINCT composition_id FROM samples") == [(1,)]
    assert values(engine, "SELECT amount FROM composition_elements WHERE composition_id = 1 AND element = 'Al'") == [
        (0.25,)
    ]
    undo_batch(engine, report.id, curator="eve")
    assert exact_dump(engine) == before


def test_the_same_cell_and_value_in_two_papers_is_proposed(engine):
    drafts = []
    for number in (1, 2):
        source = publication(f"10.1000/{number}")
        body = sample(source, f"S{number}", LLZO)
        drafts += [source, composition(LLZO), body, measurement(body, 1.1e-4),
                   structure(f"sha256:{number}|S", a_angstrom=12.9682, parents={"sample_id": body.key})]  # fmt: skip
    load(engine, *drafts)
    assert duplicates(engine) == [("samples", 2, 1, "same cell and value")]


def test_what_is_not_of_one_kind_is_not_merged(two_papers):
    load(two_papers, composition(OTHER), name="other.csv")
    before = exact_dump(two_papers)
    with pytest.raises(MergeRefused, match="different publications"):
        merge(two_papers, "samples", 2, 1)
    with pytest.raises(MergeRefused, match="different elements"):
        merge(two_papers, "compositions", 2, 1)
    with pytest.raises(WrongUsage, match="cannot be merged"):
        merge(two_papers, "impedance_measurements", 2, 1)
    with pytest.raises(WrongUsage, match="into itself"):
        merge(two_papers, "samples", 1, 1)
    with pytest.raises(NotFound):
        merge(two_papers, "samples", 99, 1)
    merge(two_papers, "publications", 2, 1, dry_run=True)
    assert exact_dump(two_papers) == before
