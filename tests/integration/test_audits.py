"""Every audit and saved query runs, and finds what it is there for."""

import sqlite3

import pytest

from etl.load import load_intake
from etl.pipeline import check_file, find_files
from sse_db.audits import find_audit, list_audits, run_audit
from sse_db.engine import open_engine
from sse_db.errors import NotFound
from sse_db.migrate import upgrade
from sse_db.queries import find_query, list_queries
from sse_db.query import run_query


@pytest.fixture(scope="module")
def seed(tmp_path_factory, root):
    """The engine of a database with the whole seed."""
    engine = open_engine(str(tmp_path_factory.mktemp("seed") / "sse.db"), must_exist=False)
    upgrade(engine.url)
    for file in find_files([root / "seed_data"])[0]:
        load_intake(engine, check_file(file), curator="tester")
    yield engine
    engine.dispose()


@pytest.fixture
def spoilt(seed, tmp_path):
    """A copy of the seed without the guards of the schema, to be spoilt by hand."""
    path = tmp_path / "spoilt.db"
    source, target = sqlite3.connect(seed.url.database), sqlite3.connect(path)
    source.backup(target)
    source.close()
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("PRAGMA ignore_check_constraints = ON")
    yield target, open_engine(str(path)).url
    target.close()


def test_there_are_at_least_thirty_audits_each_with_a_sentence_and_a_remedy():
    audits = list_audits()
    assert len(audits) >= 30
    for audit in audits:
        assert audit.sentence.endswith("."), audit.name
        assert audit.remedy.endswith("."), audit.name


@pytest.mark.parametrize("audit", list_audits(), ids=lambda audit: audit.name)
def test_an_audit_names_table_and_row_first(seed, audit):
    result = run_audit(seed.url, audit)
    assert result.columns[:2] == ("table_name", "row_id")
    since = run_audit(seed.url, audit, since=1)
    assert len(since.rows) <= len(result.rows)


def test_the_seed_has_no_errors(seed):
    errors = [audit.name for audit in list_audits() if audit.severity == "error" and run_audit(seed.url, audit).rows]
    assert errors == []


def test_the_seed_row_whose_parts_and_total_disagree_is_found(seed):
    rows = run_audit(seed.url, find_audit("total_against_parts")).rows
    assert len(rows) == 1
    assert 1 / rows[0][-1] == pytest.approx(1.28, abs=0.01)


SPOIL = {
    "measurements_without_sample": "UPDATE impedance_measurements SET sample_id = 99999 WHERE id = 1",
    "samples_without_publication": "UPDATE samples SET publication_id = 99999 WHERE id = 1",
    "compositions_without_elements": "DELETE FROM composition_elements WHERE composition_id = 1",
    "element_unknown": "UPDATE composition_elements SET element = 'Xx' WHERE id = 1",
    "as_written_unreadable": "UPDATE samples SET as_written = '{' WHERE id = 1",
    "conductivity_beyond_limits": "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e9 WHERE id = 1",
    "temperature_beyond_limits": "UPDATE impedance_measurements SET temperature_c = 5000 WHERE id = 1",
    "li_ratio_impossible": "UPDATE composition_elements SET amount = -50 WHERE id = 2",
    "batch_unfinished": "INSERT INTO current_batch (batch_id) VALUES (1)",
    "publication_without_title": "UPDATE publications SET title = NULL",
    "publication_without_doi": "UPDATE publications SET doi = NULL",
    "place_in_paper_missing": "UPDATE impedance_measurements SET source_location = NULL WHERE id = 1",
    "publication_without_samples": "DELETE FROM samples WHERE publication_id = 1",
    "sample_without_measurement": "DELETE FROM impedance_measurements WHERE sample_id = 1",
    "sample_without_composition": "UPDATE samples SET composition_id = NULL WHERE id = 1",
    "composition_unused": "UPDATE samples SET composition_id = 1",
    "structure_waits_for_sample": "UPDATE structural_records SET awaits_doi = '10.1/x', sample_id = NULL WHERE id = 1",
    "bulk_below_total": "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e-12 WHERE contribution = 'bulk'",
    "conductivity_unlikely": "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e-17 WHERE id = 1",
    "far_from_other_papers": (
        "UPDATE impedance_measurements SET conductivity_s_per_cm = conductivity_s_per_cm * 1e5 WHERE sample_id IN "
        "(SELECT id FROM samples WHERE formula_as_written = 'Li1.3Al0.3Ti1.7(PO4)3' LIMIT 3)"
    ),
    "factor_of_thousand": (
        "UPDATE impedance_measurements SET conductivity_s_per_cm = conductivity_s_per_cm * 1000 WHERE id < 60"
    ),
    "conductivity_falls_with_temperature": (
        "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e-9, temperature_basis = 'stated' "
        "WHERE temperature_c > 100"
    ),
    "same_value_two_temperatures": (
        "UPDATE impedance_measurements SET conductivity_s_per_cm = 1e-4 WHERE sample_id IN "
        "(SELECT sample_id FROM impedance_measurements WHERE temperature_c > 100)"
    ),
    "sintering_temperature_high": "UPDATE processing_steps SET temperature_c = 1473 WHERE operation = 'sintering'",
    "relative_density_low": "UPDATE samples SET relative_density_percent = 9 WHERE id = 1",
    "grain_larger_than_pellet": "UPDATE samples SET grain_size_um = 9000, pellet_thickness_mm = 1 WHERE id = 1",
    "activation_energy_unlikely": "UPDATE activation_energies SET activation_energy_ev = 2.9 WHERE id = 1",
    "uncertainty_exceeds_value": "UPDATE impedance_measurements SET uncertainty_s_per_cm = 1 WHERE id = 1",
    "density_unlikely": "UPDATE structural_records SET density_g_per_cm3 = 20 WHERE id = 1",
    "volume_per_atom_unlikely": "UPDATE structural_records SET cell_volume_angstrom3 = 1e4",
    "li_content_of_structure": (
        "UPDATE structural_records SET composition_id = (SELECT composition_id FROM samples WHERE structure_class = "
        "'perovskite' AND composition_id IS NOT NULL LIMIT 1) WHERE sample_id IS NOT NULL"
    ),
    "method_without_code": "UPDATE samples SET synthesis_method = NULL, synthesis_method_text = 'magic'",
    "publication_twice": "UPDATE publications SET title_key = 'same' WHERE id < 3",
    "duplicates": (
        "UPDATE samples SET composition_id = 1; UPDATE impedance_measurements SET conductivity_s_per_cm = 1e-5"
    ),
}


@pytest.mark.parametrize("name", SPOIL)
def test_an_audit_finds_what_was_spoilt(seed, spoilt, name):
    connection, url = spoilt
    audit = find_audit(name)
    before = len(run_audit(url, audit).rows)
    connection.executescript(SPOIL[name])
    assert len(run_audit(url, audit).rows) > before


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_a_saved_query_says_what_it_answers_and_returns_rows(seed, query):
    assert query.sentence.endswith(".")
    parameters = {"element": "Ta"} if ":element" in query.sql else {}
    assert run_query(seed.url, query.sql, parameters).rows


def test_names_may_be_written_with_hyphens_and_unknown_ones_are_named():
    assert find_audit("bulk-below-total").name == "bulk_below_total"
    assert find_query("best-conductors").name == "best_conductors"
    for find in (find_audit, find_query):
        with pytest.raises(NotFound, match="nothing_like_it"):
            find("nothing_like_it")
