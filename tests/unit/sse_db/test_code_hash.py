"""What is kept is used again only while the code that made it, whichever file that is, stays the same."""

import json
import shutil
from dataclasses import asdict

import pytest
from support.seeded import copy_seed

from analysis.evaluation import results
from analysis.evaluation.results import describe_provenance, fingerprint_page
from analysis.evaluation.runs import EvaluationPlan
from analysis.evaluation.unit_cache import fingerprint_code
from analysis.report.write import _read_earlier
from sse_db import code_hash
from sse_db.code_hash import find_modules, hash_structure_parser, name_code_version
from sse_db.database.engine import open_engine

FINGERPRINTS = {"units": fingerprint_code, "page": fingerprint_page, "parser": hash_structure_parser}

TOUCHED = {
    "analysis/evaluation/scores.py": {"units", "page"},
    "analysis/data/interpolation.py": {"page"},
    "analysis/models/search.py": {"units", "page"},
    "analysis/studies/correlation.py": {"page"},
    "analysis/studies/censoring.py": {"page"},
    "analysis/studies/grain_size.py": {"page"},
    "analysis/figures/parity.py": {"page"},
    "analysis/report/sections/map.py": {"page"},
    "analysis/report/templates/report.html": {"page"},
    "sse_db/views/training_samples.sql": {"page"},
    "sse_db/dictionary.py": {"units", "page"},
    "sse_db/materials/crystals/cif.py": {"parser"},
    "sse_db/materials/li_environment.py": {"parser"},
    "sse_db/browse/serving/site.py": set(),
    "etl/loading/undo.py": set(),
}
"""A file, and what has to be made anew when it changes."""


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("code")
    for package in code_hash.PACKAGES:
        shutil.copytree(root / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def take_fingerprints():
    for each in FINGERPRINTS.values():
        each.cache_clear()
    return {name: each() for name, each in FINGERPRINTS.items()}


@pytest.fixture(scope="module")
def before(copy):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code_hash, "source_root", lambda: copy)
        return take_fingerprints()


@pytest.mark.parametrize("file", TOUCHED)
def test_a_changed_file_is_seen_by_all_that_rests_on_it_and_by_nothing_else(copy, before, monkeypatch, file):
    monkeypatch.setattr(code_hash, "source_root", lambda: copy)
    whole = (copy / file).read_bytes()
    (copy / file).write_bytes(whole + b"\n")
    after = take_fingerprints()
    (copy / file).write_bytes(whole)
    monkeypatch.undo()
    take_fingerprints()
    assert {name for name in FINGERPRINTS if after[name] != before[name]} == TOUCHED[file]


def test_modules_are_found_through_functions_and_packages():
    found = find_modules("analysis.evaluation.runs")
    assert {"analysis.evaluation.runs", "analysis.models.grid_errors", "sse_db.vocabulary"} <= found.keys()
    assert not any(name.startswith(("analysis.report", "etl")) for name in found)


@pytest.fixture
def seed(tmp_path):
    engine = open_engine(str(copy_seed(tmp_path)))
    yield engine
    engine.dispose()


def test_a_report_of_the_same_data_made_by_other_code_is_not_taken_for_current(seed, tmp_path, monkeypatch):
    provenance = describe_provenance(seed, EvaluationPlan())
    (tmp_path / "index.html").touch()
    (tmp_path / "results.json").write_text(json.dumps({"provenance": asdict(provenance)}), encoding="utf-8")
    assert _read_earlier(tmp_path, describe_provenance(seed, EvaluationPlan()))
    monkeypatch.setattr(results, "fingerprint_page", lambda: "other")
    assert _read_earlier(tmp_path, describe_provenance(seed, EvaluationPlan())) is None


SHOWN = {
    "the label of a sample without a value near room temperature": "UPDATE samples SET label = label || ' x'",
    "its grain size": "UPDATE samples SET grain_size_um = coalesce(grain_size_um, 1) + 1",
}


@pytest.mark.parametrize("change", SHOWN.values(), ids=SHOWN.keys())
def test_the_hash_of_the_data_sees_what_only_the_page_shows(seed, change):
    before = describe_provenance(seed, EvaluationPlan()).data_sha256
    unused = "SELECT id FROM samples WHERE id NOT IN (SELECT sample_id FROM training_samples) LIMIT 1"
    with seed.begin() as connection:
        assert connection.exec_driver_sql(f"{change} WHERE id IN ({unused})").rowcount == 1
    assert describe_provenance(seed, EvaluationPlan()).data_sha256 != before


def test_a_batch_says_which_parser_read_it():
    assert name_code_version().startswith("0.1.0+parser.")
    assert hash_structure_parser()[:10] in name_code_version()
