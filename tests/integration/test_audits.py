"""Every audit finds what it is there for and nothing else, and every saved query answers what its sentence says."""

import json
import sqlite3

import pytest
from support import seed_counts
from support.engines import opened
from support.planted import PHYSICS, PLANTED
from support.seeded import seed_path
from typer.testing import CliRunner

from etl.doubts import find_doubts
from etl.doubts.composition import charges_of
from etl.loading.stored_drafts import collect_intake
from sse_db.audits import find_audit, list_audits, run_audit
from sse_db.cli.app import make_app
from sse_db.database.engine import open_engine
from sse_db.errors import NotFound
from sse_db.query import run_query


@pytest.fixture(scope="module")
def seed(seed_url):
    """The engine of a database with the whole seed; never written to."""
    with opened(seed_url) as engine:
        yield engine


without_guards = pytest.mark.one_system("plants rows with the constraints off, which a server keeps on")


@pytest.fixture
def spoilt(tmp_path):
    """A copy of the seed without the guards of the schema, to be spoilt by hand."""
    path = tmp_path / "spoilt.db"
    source, target = sqlite3.connect(seed_path()), sqlite3.connect(path)
    source.backup(target)
    source.close()
    target.execute("PRAGMA foreign_keys = OFF")
    target.execute("PRAGMA ignore_check_constraints = ON")
    target.row_factory = sqlite3.Row
    yield target, open_engine(str(path)).url
    target.close()


def found(url, audit, **options):
    return {row[:2] for row in run_audit(url, audit, **options).rows}


def plant(connection, planted):
    """Spoil one row; returns the table and id that the audit must name."""
    row = dict(connection.execute(planted.choose).fetchone())
    connection.executescript(planted.spoil.format(**row))
    return planted.table, row["id"]


def test_there_are_at_least_thirty_audits_each_with_a_sentence_and_a_remedy():
    audits = list_audits()
    assert len(audits) >= 30
    assert {audit.group for audit in audits} == {
        "schema", "provenance", "physics", "coverage", "duplicates", "conflicts",
    }  # fmt: skip
    for audit in audits:
        assert audit.sentence.endswith("."), audit.name
        assert audit.remedy.endswith("."), audit.name


@without_guards
@pytest.mark.parametrize("audit", list_audits(), ids=lambda audit: audit.name)
def test_an_audit_finds_the_planted_row_and_no_clean_one(spoilt, audit):
    connection, url = spoilt
    planted = PLANTED[audit.name]
    if planted.first:
        connection.executescript(planted.first)
    before = found(url, audit)
    row = plant(connection, planted)
    assert row not in before
    assert found(url, audit) - before == {row}
    assert run_audit(url, audit).columns[:2] == ("table_name", "row_id")


def test_a_misspelt_audit_is_offered_by_its_name():
    with pytest.raises(NotFound) as refused:
        find_audit("publication-unreviewd")
    assert refused.value.hint.startswith("did you mean publication_unreviewed?")


def test_the_seed_has_no_errors(seed):
    errors = [audit.name for audit in list_audits() if audit.severity == "error" and run_audit(seed.url, audit).rows]
    assert errors == []


def test_the_seed_rows_whose_parts_and_total_disagree_are_found(seed):
    rows = run_audit(seed.url, find_audit("total_against_parts")).rows
    assert len(rows) == seed_counts.DOUBTS["series-sum"]
    assert sorted(1 / row[-1] for row in rows) == pytest.approx([1.28, 4.98], abs=0.01)


VALIDATION = {
    "unusual-conductivity": "conductivity_unlikely",
    "series-sum": "total_against_parts",
    "part-below-total": "part_below_total",
    "factor-1000": "factor_of_thousand",
    "same-value-twice": "same_value_two_temperatures",
    "falls-with-temperature": "conductivity_falls_with_temperature",
    "off-arrhenius": "off_arrhenius",
    "kelvin": "heating_in_kelvin",
    "very-hot": "heating_very_hot",
    "heated-cold": "heating_too_cold",
    "measured-in-kelvin": "measured_in_kelvin",
    "measured-very-hot": "measured_very_hot",
    "density-fraction": "relative_density_low",
    "grain-beyond-pellet": "grain_larger_than_pellet",
    "charge": "charges_unbalanced",
    "lithium-content": "li_content_of_structure",
    "far-from-other-papers": "far_from_other_papers",
}


@without_guards
def test_the_audits_find_over_a_whole_database_what_validation_finds_in_a_file(spoilt):
    connection, url = spoilt
    chosen = [PHYSICS[name] for name in VALIDATION.values()]
    for planted in chosen:
        if planted.first:
            connection.executescript(planted.first)
    for planted in chosen:
        plant(connection, planted)
    engine = open_engine(url)
    with engine.connect() as reading:
        doubts = find_doubts(collect_intake(reading))
    engine.dispose()
    told = {code: sum(doubt.code == code for doubt in doubts) for code in VALIDATION}
    assert all(told.values())
    assert {code: len(run_audit(url, find_audit(name)).rows) for code, name in VALIDATION.items()} == told


def test_the_audit_of_charges_knows_the_charges_of_validation(seed):
    sql = find_audit("charges_unbalanced").sql
    symbols = [symbol for (symbol,) in run_query(seed.url, "SELECT symbol FROM elements").rows]
    assert len(symbols) > 80
    for symbol in symbols:
        low, high = charges_of(symbol)
        assert (f"('{symbol}', {low}, {high})" in sql) == ((low, high) != (0, 0)), symbol


def call(*words):
    return CliRunner().invoke(make_app(), [str(word) for word in words])


def test_the_summary_counts_every_audit_and_exits_0_without_errors(seed_url):
    result = call("--db", seed_url, "audit", "--json")
    assert result.exit_code == 0
    summary = {row["audit"]: row for row in json.loads(result.stdout)}
    assert summary.keys() == {audit.name for audit in list_audits()}
    assert summary["total_against_parts"]["rows"] == seed_counts.DOUBTS["series-sum"]
    assert summary["total_against_parts"]["group"] == "physics"


def test_found_leaves_out_the_audits_that_find_nothing(seed_url):
    everything, found = (
        {row["audit"]: row["rows"] for row in json.loads(call("--db", seed_url, "audit", *words, "--json").stdout)}
        for words in ((), ("--found",))
    )
    assert 0 < len(found) < len(everything)
    assert found == {name: rows for name, rows in everything.items() if rows}


def test_rows_of_one_audit_come_on_demand_in_every_format(tmp_path, seed_url):
    result = call("--db", seed_url, "audit", "total-against-parts", "--json")
    assert result.exit_code == 0
    first = json.loads(result.stdout)[0]
    assert first["table_name"] == "impedance_measurements"
    sql = f"SELECT sample_id FROM impedance_measurements WHERE id = {first['row_id']}"
    assert json.loads(call("--db", seed_url, "query", sql, "--json").stdout) == [{"sample_id": first["sample_id"]}]
    for suffix in ("csv", "xlsx", "parquet", "jsonl"):
        path = tmp_path / f"rows.{suffix}"
        assert call("--db", seed_url, "audit", "total_against_parts", "-o", path).exit_code == 0
        assert path.stat().st_size > 0


@without_guards
@pytest.mark.parametrize("words", [("audit",), ("audit", "checks_violated", "--json")], ids=["all", "one"])
def test_an_error_ends_in_exit_code_1(spoilt, words):
    connection, url = spoilt
    plant(connection, PLANTED["checks_violated"])
    assert call("--db", url.database, *words).exit_code == 1


@without_guards
def test_since_a_batch_shows_what_it_touched_and_what_holds_its_rows(spoilt):
    connection, url = spoilt
    planted = PLANTED["conductivity_unlikely"]
    connection.executescript(
        "INSERT INTO import_batches (id, file_name, file_sha256, format, curator, created_at, code_version, counts, skipped) "
        "SELECT 1000, file_name, '1', format, curator, created_at, code_version, counts, skipped FROM import_batches LIMIT 1; "
        "INSERT INTO current_batch (batch_id) VALUES (1000)"
    )
    row = plant(connection, planted)
    connection.executescript("DELETE FROM current_batch")
    assert found(url, find_audit("conductivity_unlikely"), since=1000) == {row}
    assert found(url, find_audit("temperature_not_stated"), since=1000) == set()
    owner = connection.execute(
        "SELECT publication_id FROM samples WHERE id = (SELECT sample_id FROM impedance_measurements WHERE id = ?)",
        row[1:],
    ).fetchone()
    assert found(url, find_audit("coverage"), since=1000) == {("publications", owner[0])}


def test_an_unknown_batch_and_an_unknown_audit_are_named(seed):
    with pytest.raises(NotFound, match="no batch 4711"):
        run_audit(seed.url, find_audit("coverage"), since=4711)
    assert find_audit("part-below-total").name == "part_below_total"
    with pytest.raises(NotFound, match="nothing_like_it"):
        find_audit("nothing_like_it")


@pytest.mark.usefixtures("home")
def test_two_files_of_one_series_are_pairs_with_the_true_one_first_and_not_every_with_every(tmp_path):
    for name, values in (("A", [1e-4, 2e-4, 3e-4, 4e-4, 5e-4]), ("B", [5e-4, 4e-4, 3.1e-4, 2e-4, 1e-4])):
        rows = [f"10.5555/series,{name}{n},Li7La3Zr2O12,25,{value}" for n, value in enumerate(values)]
        sheet = tmp_path / f"{name}.csv"
        sheet.write_text("\n".join(["DOI,Sample,Formula,Temperature (°C),σ total (S/cm)", *rows]), encoding="utf-8")
        assert call("import", sheet).exit_code == 0
    found = json.loads(call("audit", "duplicates", "--json").stdout)
    pairs = [{row["row_name"], row["other_name"]} for row in found]
    assert pairs == [{"B0", "A4"}, {"B1", "A3"}, {"B3", "A1"}, {"B4", "A0"}, {"B2", "A2"}]
    assert [row["conductivity_s_per_cm"] is None for row in found] == [False] * 4 + [True]
