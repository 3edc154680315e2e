import sqlite3
import time

import pytest
import sqlalchemy as sa

from sse_db.errors import DatabaseMissing, QueryRefused
from sse_db.query import run_query


@pytest.fixture
def url(tmp_path):
    path = tmp_path / "a b?#.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [(1,), (2,), (None,)])
    connection.close()
    return sa.URL.create("sqlite", database=str(path))


def test_a_select_returns_columns_and_rows(url):
    result = run_query(url, "SELECT a, a * 2 AS twice FROM t WHERE a >= :low ORDER BY a", {"low": 1})
    assert result.columns == ("a", "twice")
    assert result.rows == [(1, 2), (2, 4)]


def test_json_of_a_cell_can_be_taken_apart(url):
    assert run_query(url, "SELECT sum(value) FROM json_each('[1, 2]')").rows == [(3,)]


WRITING = [
    "INSERT INTO t VALUES (9)",
    "UPDATE t SET a = 0",
    "DELETE FROM t",
    "DROP TABLE t",
    "CREATE TABLE u (a)",
    "CREATE TEMP TABLE u (a)",
    "CREATE VIEW v AS SELECT 1",
    "ALTER TABLE t ADD COLUMN b",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "ATTACH 'other.db' AS other",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = WAL",
    "BEGIN IMMEDIATE",
    "REINDEX",
    "ANALYZE",
    "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
    "REPLACE INTO t VALUES (1)",
    "SELECT load_extension('x')",
    "SELECT 1; DROP TABLE t",
    "EXPLAIN DELETE FROM t",
    "UPDATE sqlite_master SET sql = 'x'",
    "UPDATE sqlite_schema SET sql = 'x'",
    "INSERT INTO sqlite_master (type) VALUES ('table')",
    "CREATE VIRTUAL TABLE v USING fts5(a)",
    "PRAGMA user_version = 5",
    "DETACH main",
    "SAVEPOINT s",
]


@pytest.mark.parametrize("sql", WRITING)
def test_what_writes_is_refused_by_the_database(url, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryRefused):
        run_query(url, sql)
    assert run_query(url, "SELECT count(*), sum(a) FROM t").rows == [(3, 3)]
    assert [path.name for path in tmp_path.iterdir()] == ["a b?#.db"]


@pytest.mark.parametrize("sql", ["", "SELEC 1", "SELECT nothing FROM nowhere", "SELECT '\x00", "SELECT :missing"])
def test_malformed_sql_is_one_clear_message(url, sql):
    with pytest.raises(QueryRefused):
        run_query(url, sql)


def test_an_endless_query_is_stopped_at_its_limit(url):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    start = time.monotonic()
    with pytest.raises(QueryRefused, match="stopped after"):
        run_query(url, endless, time_limit_s=0.2)
    assert time.monotonic() - start < 5


def test_a_huge_value_is_refused_before_it_fills_the_memory(url):
    with pytest.raises(QueryRefused):
        run_query(url, "SELECT zeroblob(2000000000)")


def test_a_missing_database_is_named(tmp_path):
    with pytest.raises(DatabaseMissing, match=r"nowhere\.db"):
        run_query(sa.URL.create("sqlite", database=str(tmp_path / "nowhere.db")), "SELECT 1")
