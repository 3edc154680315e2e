"""Sanity of the seed: exact counts, and nothing dropped silently."""

import csv
import sqlite3

import pytest

from etl.loading.load import load_intake
from etl.pipeline import check_file, find_files
from sse_db.engine import open_engine
from sse_db.migrate import upgrade


@pytest.fixture(scope="module")
def seed(tmp_path_factory, root):
    """A database with the whole seed, opened with sqlite3."""
    path = tmp_path_factory.mktemp("seed") / "sse.db"
    engine = open_engine(str(path), must_exist=False)
    upgrade(engine.url)
    for file in find_files([root / "seed_data"])[0]:
        load_intake(engine, check_file(file), curator="tester")
    engine.dispose()
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def count(seed, sql):
    return seed.execute(f"SELECT count(*) FROM {sql}").fetchone()[0]


COUNTS = {
    "167 samples": ("samples", 167),
    "100 publications report samples": ("(SELECT DISTINCT publication_id FROM samples)", 100),
    "216 conductivities": ("impedance_measurements", 216),
    "61 bulk": ("impedance_measurements WHERE contribution = 'bulk'", 61),
    "10 grain boundary": ("impedance_measurements WHERE contribution = 'grain_boundary'", 10),
    "145 total": ("impedance_measurements WHERE contribution = 'total'", 145),
    "bulk within 24-30 °C 46": ("impedance_measurements WHERE contribution = 'bulk' AND temperature_c BETWEEN 24 AND 30", 46),
    "grain boundary within 24-30 °C 8": (
        "impedance_measurements WHERE contribution = 'grain_boundary' AND temperature_c BETWEEN 24 AND 30", 8
    ),
    "total within 24-30 °C 110": (
        "impedance_measurements WHERE contribution = 'total' AND temperature_c BETWEEN 24 AND 30", 110
    ),
    "of these 88 stated": (
        "impedance_measurements WHERE contribution = 'total' AND contribution_basis = 'stated' "
        "AND temperature_c BETWEEN 24 AND 30", 88
    ),
    "124 samples near room temperature": ("room_temperature_conductivity", 124),
    "6 grain sizes": ("samples WHERE grain_size_um IS NOT NULL", 6),
    "two values that the authors extrapolated": ("impedance_measurements WHERE value_basis = 'extrapolated'", 2),
    "two values given as approximate": ("impedance_measurements WHERE relation = '~'", 2),
    "8 samples without a readable formula": ("samples WHERE composition_id IS NULL", 8),
    "7 structures with all sites": ("structural_records WHERE cif_text IS NOT NULL", 7),
    "33 records from the sheet of facts": ("structural_records WHERE record_key LIKE 'sheet:%'", 33),
    "25 records of lattice constants": ("structural_records WHERE record_key LIKE 'sample:%'", 25),
    "103 elements": ("elements", 103),
    "45 samples to learn bulk from": ("training_bulk", 45),
    "one sample with a single-boundary conductance": ("training_grain_boundary", 1),
}  # fmt: skip


@pytest.mark.parametrize(("what", "wanted"), COUNTS.values(), ids=COUNTS.keys())
def test_the_seed_holds(seed, what, wanted):
    assert count(seed, what) == wanted


def test_the_sheets_have_170_rows(root):
    rows = 0
    for sheet in (root / "seed_data" / "literature").glob("*.csv"):
        with sheet.open(encoding="utf-8", newline="") as stream:
            rows += sum(1 for _ in csv.DictReader(stream))
    assert rows == 170


def test_every_measurement_has_a_doi_or_title_and_a_place_in_the_paper(seed):
    nowhere = "impedance_measurements WHERE source_location IS NULL OR source_kind IS NULL OR source_row IS NULL"
    assert count(seed, nowhere) == 0
    assert count(seed, "publications WHERE doi IS NULL AND title IS NULL") == 0


def test_room_temperature_stays_as_written(seed):
    nominal = "impedance_measurements WHERE temperature_basis = 'room_temperature'"
    assert count(seed, nominal) > 60
    assert count(seed, f"{nominal} AND json_extract(as_written, '$.temperature_c') IS NOT 'RT'") == 0


def test_moles_did_not_become_mass(seed):
    assert count(seed, "samples WHERE additive_wt_percent IS NOT NULL") == 9
    assert count(seed, "samples WHERE label LIKE '%mol%' AND additive_wt_percent IS NOT NULL") == 0


def test_grain_sizes_given_as_ranges_keep_their_bounds(seed):
    rows = seed.execute(
        "SELECT grain_size_lower_um, grain_size_um, grain_size_upper_um FROM samples "
        "WHERE grain_size_basis = 'range_midpoint' ORDER BY grain_size_um"
    ).fetchall()
    assert [tuple(round(value, 6) for value in row) for row in rows] == [(0.05, 0.075, 0.1), (1, 3, 5)]


def test_nine_method_spellings_are_listed_and_have_no_code(seed, root):
    listed = {
        problem.value
        for file in find_files([root / "seed_data" / "literature"])[0]
        for problem in check_file(file).doubts
        if problem.code == "unknown-method"
    }
    assert len(listed) == 9
    unknown = seed.execute("SELECT DISTINCT synthesis_method_text FROM samples WHERE synthesis_method IS NULL")
    assert {text for (text,) in unknown if text} == listed


def test_a_record_left_out_is_named_in_the_sources(root):
    text = (root / "seed_data" / "SOURCES.md").read_text(encoding="utf-8")
    assert "Li6.05Ga0.25La3Zr2O11.8F0.2" in text
    assert not list((root / "seed_data").rglob("*Ga*F*.cif"))
