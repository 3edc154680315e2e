"""Sanity of the seed: exact counts, and nothing dropped silently."""

import csv
from collections import Counter

import pytest
from support import seed_counts

from analysis.data.targets import TARGETS
from etl.pipeline import check_file, find_files
from sse_db.audits import list_audits, run_audit
from sse_db.database.engine import resolve_url
from sse_db.query import run_query


@pytest.fixture(scope="module")
def seed(seed_url):
    """The address of a database with the whole seed."""
    return resolve_url(seed_url)


@pytest.fixture(scope="module")
def doubts(root):
    return [
        problem for file in find_files([root / "seed_data"])[0] for problem in check_file(file).doubts
    ]  # fmt: skip


def ask(seed, sql):
    return run_query(seed, sql).rows


def count(seed, sql):
    return ask(seed, f"SELECT count(*) FROM {sql}")[0][0]


M = "impedance_measurements"
WARM = "temperature_c BETWEEN 24 AND 30"
COUNTS = {
    "samples": ("samples", seed_counts.SAMPLES),
    "publications that report samples": ("(SELECT DISTINCT publication_id FROM samples) AS reporting", seed_counts.PUBLICATIONS),
    "conductivities": (M, sum(seed_counts.CONDUCTIVITIES.values())),
    **{f"{kind} values": (f"{M} WHERE contribution = '{kind}'", n) for kind, n in seed_counts.CONDUCTIVITIES.items()},
    **{
        f"{kind} values within 24-30 °C": (f"{M} WHERE contribution = '{kind}' AND {WARM}", n)
        for kind, n in seed_counts.NEAR_ROOM_TEMPERATURE.items()
    },
    "stated totals within 24-30 °C": (
        f"{M} WHERE contribution = 'total' AND contribution_basis = 'stated' AND {WARM}",
        seed_counts.STATED_TOTALS_NEAR_ROOM_TEMPERATURE,
    ),
    "samples near room temperature": ("room_temperature_conductivity", seed_counts.SAMPLES_NEAR_ROOM_TEMPERATURE),
    "grain sizes": ("samples WHERE grain_size_um IS NOT NULL", seed_counts.GRAIN_SIZES),
    "grain sizes that are limits": ("samples WHERE grain_size_relation IN ('<', '>')", seed_counts.GRAIN_SIZE_LIMITS),
    "grain sizes that are midpoints": (
        "samples WHERE grain_size_basis = 'range_midpoint'", seed_counts.GRAIN_SIZE_MIDPOINTS
    ),
    "grain sizes that models learn from": (
        "descriptors WHERE grain_size_um IS NOT NULL", seed_counts.GRAIN_SIZES - seed_counts.GRAIN_SIZE_LIMITS
    ),
    "values that the authors extrapolated": (f"{M} WHERE value_basis = 'extrapolated'", 2),
    "values given as approximate": (f"{M} WHERE relation = '~'", 9),
    "samples without a readable formula": ("samples WHERE composition_id IS NULL", seed_counts.NO_FORMULA),
    "structures with all sites": ("structural_records WHERE cif_text IS NOT NULL", seed_counts.STRUCTURE_FILES),
    "records from the sheet of facts": ("structural_records WHERE record_key LIKE 'sheet:%'", seed_counts.SHEET_RECORDS),
    "records of lattice constants": ("structural_records WHERE record_key LIKE 'sample:%'", seed_counts.LATTICES),
    "elements": ("elements", 103),
    **{f"rows of training_{name}": (f"training_{name}", n) for name, n in seed_counts.TRAINING.items()},
    "derived grain boundaries that rounding rules": (
        "training_grain_boundary_observed WHERE grain_boundary_rounding_ruled = 1", seed_counts.RULED_BY_ROUNDING
    ),
}  # fmt: skip


@pytest.mark.parametrize(("what", "wanted"), COUNTS.values(), ids=COUNTS.keys())
def test_the_seed_holds(seed, what, wanted):
    assert count(seed, what) == wanted


def read_sheets(root):
    for sheet in sorted((root / "seed_data" / "literature").glob("*.csv")):
        with sheet.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)


def test_the_sheets_have_the_rows_of_the_facts(root):
    rows = list(read_sheets(root))
    assert len(rows) == seed_counts.ROWS
    assert sum(bool(row["Sintering temperature (°C)"]) for row in rows) == seed_counts.SINTERING_TEMPERATURES
    assert len(find_files([root / "seed_data"])[0]) == seed_counts.FILES


def test_the_doubts_are_those_that_were_judged(doubts):
    assert Counter(problem.code for problem in doubts) == seed_counts.DOUBTS


def test_every_measurement_has_a_doi_or_title_and_a_place_in_the_paper(seed):
    nowhere = f"{M} WHERE source_location IS NULL OR source_kind IS NULL OR source_row IS NULL"
    assert count(seed, nowhere) == 0
    assert count(seed, "publications WHERE doi IS NULL AND title IS NULL") == 0


def test_every_structure_says_where_it_comes_from(seed):
    assert count(seed, "structural_records WHERE source_citation IS NULL AND sample_id IS NULL") == 0
    assert count(seed, "structural_records WHERE publication_id IS NULL AND source_citation IS NULL") == 0
    assert count(seed, "structural_records WHERE cif_text IS NOT NULL AND cod_number IS NOT NULL") == 9
    assert count(seed, "structural_records WHERE cif_text LIKE '%_database_code_AMCSD%'") == 5


def test_no_audit_of_severity_error_finds_a_row(seed):
    found = {audit.name: run_audit(seed, audit).rows for audit in list_audits() if audit.severity == "error"}
    assert found
    assert [name for name, rows in found.items() if rows] == []


def test_room_temperature_stays_as_written(seed):
    nominal = f"{M} WHERE temperature_basis = 'room_temperature'"
    assert count(seed, nominal) > 60
    assert count(seed, f"{nominal} AND coalesce(json_extract(as_written, '$.temperature_c'), '') <> 'RT'") == 0


def test_moles_did_not_become_mass(seed):
    assert count(seed, "samples WHERE additive_wt_percent IS NOT NULL") == 25
    molar = "samples WHERE (label LIKE '%mol%' OR remark LIKE '%mol%') AND additive_wt_percent IS NOT NULL"
    assert count(seed, molar) == 0
    assert count(seed, "samples WHERE additive_formula LIKE '%mol%'") == 0


def test_excess_lithium_counts_as_an_additive_without_content(seed):
    salts = ask(
        seed,
        "SELECT additive_formula, count(*), count(additive_wt_percent) FROM samples "
        "WHERE additive_formula LIKE 'excess %' AND additive_present = 1 GROUP BY 1 ORDER BY 1",
    )
    assert salts == [
        ("excess Li", 6, 0), ("excess Li2CO3", 2, 0), ("excess Li2O", 1, 0), ("excess LiOH.H2O", 5, 0),
    ]  # fmt: skip


def test_grain_sizes_given_as_ranges_keep_their_bounds(seed):
    rows = ask(
        seed,
        "SELECT grain_size_lower_um, grain_size_um, grain_size_upper_um FROM samples "
        "WHERE grain_size_basis = 'range_midpoint' ORDER BY grain_size_um",
    )
    assert [tuple(round(value, 6) for value in row) for row in rows] == [
        (0.03, 0.04, 0.05), (0.05, 0.075, 0.1), (0.6, 0.7, 0.8), (1, 3, 5), (2, 6, 10),
    ]  # fmt: skip


def test_grain_sizes_below_or_above_a_number_are_limits(seed):
    rows = "SELECT grain_size_relation, grain_size_um FROM samples WHERE grain_size_relation IN ('<', '>') ORDER BY 2"
    assert ask(seed, rows) == [("<", 0.1), ("<", 0.8), ("<", 1.0), (">", 1.6)]
    about = (
        "SELECT grain_size_um FROM samples WHERE grain_size_relation = '~' AND grain_size_basis = 'reported' ORDER BY 1"
    )
    assert [value for (value,) in ask(seed, about)] == [0.2, 0.3, 0.5]


def test_densities_of_which_the_source_gives_a_limit_only_are_limits(seed):
    rows = (
        "SELECT relative_density_relation, relative_density_percent FROM samples "
        "WHERE relative_density_relation <> '=' ORDER BY 2"
    )
    assert ask(seed, rows) == [("<", 89.0), (">", 90.0), (">", 94.0), (">", 98.0), (">", 99.0)]
    written = (
        "SELECT json_extract(as_written, '$.relative_density_percent') FROM samples WHERE label = 'LAGP-650-112MPa'"
    )
    assert ask(seed, written)[0] == ("≥99",)


def test_the_furnace_of_a_flash_is_no_sintering_temperature(seed):
    row = ask(
        seed,
        "SELECT p.operation, p.temperature_c, d.sintering_temperature_c FROM processing_steps AS p "
        "JOIN descriptors AS d USING (sample_id) WHERE p.operation_text = 'flash sintering'",
    )
    assert row == [("other", 850.0, None)]


def test_every_word_for_a_synthesis_has_its_place_in_the_word_table(seed):
    assert count(seed, "samples WHERE synthesis_method IS NULL AND synthesis_method_text IS NOT NULL") == 0
    no_class = "SELECT count(DISTINCT synthesis_method_text) FROM samples WHERE synthesis_method = 'other'"
    assert ask(seed, no_class)[0] == (11,)


def test_a_record_left_out_is_named_in_the_sources(root):
    text = (root / "seed_data" / "SOURCES.md").read_text(encoding="utf-8")
    assert "Li6.05Ga0.25La3Zr2O11.8F0.2" in text
    assert not list((root / "seed_data").rglob("*Ga*F*.cif"))


@pytest.mark.parametrize("target", seed_counts.PUBLICATIONS_BY_SAMPLES)
def test_publications_give_so_many_samples_to_training_as_simulations_take_for_it(seed, target):
    view = TARGETS[target].view
    kept = "WHERE coalesce(grain_boundary_rounding_ruled, 0) <> 1" if "boundary" in target else ""
    sizes = ask(seed, f"SELECT count(*) FROM {view} {kept} GROUP BY publication_id")
    assert Counter(size for (size,) in sizes) == seed_counts.PUBLICATIONS_BY_SAMPLES[target]
