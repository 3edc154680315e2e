"""Views read by DuckDB, and by SQLite before and after they were rewritten, say the same of any rows."""

from __future__ import annotations

import math
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.seeded import seed_path

from analysis.data.frames import read_view
from sse_db.columnar import keep_copy, load, run_columnar
from sse_db.database.engine import open_engine
from sse_db.errors import QueryRefused
from sse_db.queries import list_queries
from sse_db.query import run_query
from sse_db.views import VIEWS, create_statements

REWRITTEN = {"room_temperature_conductivity": "0001", "sintering_steps": "0001", "sample_structures": "0006"}
BEHIND = ("sample_conductivities", "sample_records")
"""Views that these read."""
FROZEN = Path(__file__).parents[2] / "migrations" / "frozen"
KINDS = st.sampled_from(["bulk", "grain_boundary", "total", "unspecified"])
MEASUREMENTS = st.lists(
    st.tuples(
        st.integers(1, 3), KINDS, st.sampled_from([None, 20.0, 24.0, 25.0, 26.0, 30.0, 31.0]),
        st.sampled_from(["stated", "room_temperature"]), st.sampled_from(["", "a", "b"]),
        st.sampled_from([1e-5, 2e-5, 8.5e-5, 1e-4]), st.sampled_from(["=", "=", "~", "<", ">"]),
        st.sampled_from(["measured", "digitised", "extrapolated"]), st.sampled_from(["stated", "assumed"]),
    ),
    max_size=12,
)  # fmt: skip
OPERATIONS = ["sintering", "annealing", "cold_sintering", "milling", "crystallisation"]
STEPS = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 5), st.sampled_from(OPERATIONS)), max_size=8)
STRUCTURES = st.lists(
    st.tuples(
        st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2]), st.sampled_from(["exact", "close"]),
        st.sampled_from([None, 167, 15]), st.sampled_from([None, 25.0, 90.0, 200.0]),
        st.sampled_from(["exact", "perturbed"]), st.sampled_from([None, 0.2, 0.4]), st.sampled_from([None, 3.0]),
    ),
    max_size=6,
)  # fmt: skip


def fill(connection, measurements, steps, structures):
    for table in ("impedance_measurements", "processing_steps", "structural_records"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    add = connection.exec_driver_sql
    for row in measurements:
        add(
            "INSERT OR IGNORE INTO impedance_measurements (sample_id, contribution, temperature_c, temperature_basis, "
            "replicate_label, conductivity_s_per_cm, relation, value_basis, contribution_basis) VALUES (?,?,?,?,?,?,?,?,?)",
            row,
        )
    for row in steps:
        add("INSERT OR IGNORE INTO processing_steps (sample_id, position, operation) VALUES (?,?,?)", row)
    for row in structures:
        add(
            "INSERT INTO structural_records (sample_id, composition_id, match, space_group_number, temperature_c, "
            "coordinates_basis, li_site_occupancy, density_g_per_cm3) VALUES (?,?,?,?,?,?,?,?)",
            row,
        )


@pytest.fixture(scope="module")
def bare(blank_database):
    """The tables without their rules, three samples of two compositions, and views as they were, named old_…."""
    blank = open_engine(str(blank_database))
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with blank.connect() as source, engine.begin() as target:
        for table in ("samples", "impedance_measurements", "processing_steps", "structural_records"):
            columns = [row[1] for row in source.exec_driver_sql(f"PRAGMA table_info({table})") if row[1] != "id"]
            unique = {
                "impedance_measurements": ", UNIQUE (sample_id, contribution, temperature_c, temperature_basis, replicate_label)",
                "processing_steps": ", UNIQUE (sample_id, position)",
            }.get(table, "")
            target.exec_driver_sql(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns)}{unique})")
        for number in (1, 2, 3):
            values = (number, min(number, 2), 167 if number == 2 else None)
            target.exec_driver_sql(
                "INSERT INTO samples (id, composition_id, space_group_number) VALUES (?,?,?)", values
            )
        for name in BEHIND:
            target.exec_driver_sql(create_statements()[name])
        for name, revision in REWRITTEN.items():
            target.exec_driver_sql(create_statements()[name])
            frozen = (FROZEN / f"{name}@{revision}.sql").read_text()
            target.exec_driver_sql(frozen.replace(f"CREATE VIEW {name}", f"CREATE VIEW old_{name}", 1))
    blank.dispose()
    yield engine
    engine.dispose()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MEASUREMENTS, STEPS, STRUCTURES)
def test_the_rewritten_views_say_what_they_said_before(bare, measurements, steps, structures):
    with bare.begin() as connection:
        fill(connection, measurements, steps, structures)
        for name in REWRITTEN:
            new, old = (
                connection.exec_driver_sql(f"SELECT * FROM {prefix}{name} ORDER BY sample_id").all()
                for prefix in ("", "old_")
            )
            assert new == old


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MEASUREMENTS, STEPS, STRUCTURES)
def test_duckdb_says_what_sqlite_says(bare, measurements, steps, structures):
    with bare.begin() as connection:
        fill(connection, measurements, steps, structures)
    with closing(load(bare, " ".join(REWRITTEN))) as copy, bare.connect() as connection:
        for name in REWRITTEN:
            sql = f"SELECT * FROM {name} ORDER BY sample_id"
            assert_same_rows(copy.execute(sql).fetchall(), connection.exec_driver_sql(sql).all())


def assert_same_rows(some, others):
    assert len(some) == len(others)
    for row, other in zip(some, others, strict=True):
        for value, expected in zip(row, other, strict=True):
            if isinstance(value, float) and isinstance(expected, float):
                assert math.isclose(value, expected, rel_tol=1e-12)
            else:
                assert value == expected


@pytest.fixture(scope="module")
def seed_engine():
    engine = open_engine(str(seed_path()))
    yield engine
    engine.dispose()


def test_every_view_of_the_seed_is_the_same_frame_with_both_engines(seed_engine):
    here = {name: read_view(seed_engine, name) for name in VIEWS if name not in WITHOUT_SAMPLES}
    copied = open_engine(str(seed_path()))
    keep_copy(copied)
    for name, frame in here.items():
        other = read_view(copied, name)
        assert dict(other.dtypes) == dict(frame.dtypes), name
        assert_same_rows(other.astype(object).where(other.notna(), None).values.tolist(),
                         frame.astype(object).where(frame.notna(), None).values.tolist())  # fmt: skip
    copied.dispose()


WITHOUT_SAMPLES = ("chemical_descriptors",)


@pytest.mark.parametrize("saved", [q for q in list_queries() if not q.parameters], ids=lambda query: query.name)
def test_saved_queries_answer_the_same_with_both_engines(seed_engine, saved):
    in_columns, in_rows = run_columnar(seed_engine, saved.sql), run_query(seed_engine.url, saved.sql)
    assert in_columns.columns == in_rows.columns
    assert_same_rows(sorted(in_columns.rows, key=repr), sorted(in_rows.rows, key=repr))


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM samples", "SELECT 1; SELECT 2", "SELECT * FROM read_csv('/etc/passwd')", "COPY samples TO 'x.csv'",
     "SELECT no_such_column FROM samples", "INSTALL sqlite", "ATTACH 'other.db'"],
)  # fmt: skip
def test_what_is_no_plain_select_is_refused(seed_engine, sql):
    with pytest.raises(QueryRefused):
        run_columnar(seed_engine, sql)


def test_parameters_are_bound_and_texts_with_colons_are_not(seed_engine):
    result = run_columnar(seed_engine, "SELECT ':a' AS text, count(*) AS n FROM samples WHERE id <= :a", {"a": 5})
    assert result.rows == [(":a", 5)]
