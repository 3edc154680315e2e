"""Every view, audit and saved query answers the same on SQLite and on PostgreSQL, from one text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from support import postgres
from support.seeded import seed_path

from analysis.data.interpolation import read_training
from analysis.data.targets import TARGETS
from sse_db.audits import list_audits, run_audit
from sse_db.database import transfer
from sse_db.database.engine import open_engine, resolve_url
from sse_db.errors import QueryRefused
from sse_db.queries import list_queries
from sse_db.query import QueryResult, run_query
from sse_db.views import VIEWS

pytestmark = pytest.mark.one_system("asks both systems, and compares")
VALUES = {
    "formula": "Li1.3Al0.3Ti1.7P3O12", "doi": "10.1016/j.ssi.2016.03.012", "sample": 5, "element": "Ta", "curator": "tester",
    "date": "2000-01-01",
}  # fmt: skip


@pytest.fixture(scope="module")
def homes() -> Iterator[tuple[sa.URL, sa.URL]]:
    """The seed in a file and on the server."""
    file, server = resolve_url(str(seed_path())), postgres.make_database(None)
    transfer.copy_database(file, server)
    yield file, server
    postgres.drop_database(server)


def assert_same(homes: tuple[sa.URL, sa.URL], ask: Callable[[sa.URL], QueryResult]) -> None:
    first, second = (ask(url) for url in homes)
    assert first.columns == second.columns
    assert len(first.rows) == len(second.rows)
    for one, other in zip(first.rows, second.rows, strict=True):
        assert all(map(is_same, one, other)), (one, other)


def is_same(one: Any, other: Any) -> bool:
    """One type and value; sums of floats may be added in another order."""
    close = isinstance(one, float) and isinstance(other, float) and math.isclose(one, other, rel_tol=1e-12)
    return close or (type(one) is type(other) and one == other)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_holds_the_same(homes, view):
    assert_same(homes, lambda url: run_query(url, f"SELECT * FROM {view} ORDER BY 1, 2, 3"))


def test_what_models_read_is_the_same_to_the_last_bit(homes):
    """A difference in the sixteenth digit would decide ties between parameters and between neighbours."""
    engines = [open_engine(str(url.render_as_string(hide_password=False))) for url in homes]
    for target in TARGETS.values():
        first, second = (read_training(engine, target, interpolate=True) for engine in engines)
        pd.testing.assert_frame_equal(second, first, check_exact=True, obj=target.name)
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("audit", list_audits(), ids=lambda audit: audit.name)
def test_an_audit_finds_the_same(homes, audit):
    for since in (None, 3):
        assert_same(homes, lambda url, since=since: run_audit(url, audit, since=since))


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_a_saved_query_answers_the_same(homes, query):
    assert_same(homes, lambda url: run_query(url, query.sql, {name: VALUES[name] for name in query.parameters}))


REFUSED = (
    "DELETE FROM samples", "SELECT 1; DELETE FROM samples", "DROP TABLE samples", "", "SELECT", "SELECT * FROM nowhere",
    "WITH gone AS (DELETE FROM samples RETURNING id) SELECT * FROM gone", "CREATE TABLE x (y INTEGER)",
    "SELECT nextval('samples_id_seq')", "SELECT setval('samples_id_seq', 1)", "COMMIT", "SELECT 1; COMMIT; DELETE FROM samples",
    "SELECT set_config('transaction_read_only', 'off', true)",
)  # fmt: skip


@pytest.mark.parametrize("sql", REFUSED)
def test_what_writes_or_is_no_query_is_refused_and_changes_nothing(homes, sql):
    for url in homes:
        with pytest.raises(QueryRefused):
            run_query(url, sql)
        assert run_query(url, "SELECT count(*) FROM samples").rows == [(281,)]


def test_a_query_without_end_is_stopped_on_the_server(homes):
    with pytest.raises(QueryRefused, match="stopped after"):
        run_query(homes[1], "SELECT count(*) FROM generate_series(1, 100000000000)", time_limit_s=0.3)


def test_signs_of_per_cent_colons_and_names_in_texts_are_left_alone(homes):
    sql = "SELECT 'a:b %s 100 %' AS text, :value AS value, '' AS \"c:d\" -- :no %"
    for url in homes:
        found = run_query(url, sql, {"value": "x"})
        assert (found.columns, found.rows) == (("text", "value", "c:d"), [("a:b %s 100 %", "x", "")])
