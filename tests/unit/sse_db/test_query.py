"""SQL from users: what reading may do, and what is refused."""

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
    "INSERT INTO t SELECT a FROM t",
    "INSERT INTO t VALUES (9) RETURNING a",
    "INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 9",
    "UPDATE t SET a = 0",
    "UPDATE t SET a = 0 RETURNING a",
    "UPDATE sqlite_master SET sql = 'x'",
    "DELETE FROM t",
    "DELETE FROM t RETURNING *",
    "/* SELECT */ DELETE FROM t",
    "-- SELECT\nDELETE FROM t",
    "DROP TABLE t",
    "CREATE TABLE u (a)",
    "CREATE TABLE u AS SELECT * FROM t",
    "CREATE TEMP TABLE u (a)",
    "CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END",
    "CREATE VIRTUAL TABLE u USING fts5(a)",
    "CREATE INDEX i ON t (a)",
    "CREATE VIEW v AS SELECT 1",
    "ALTER TABLE t ADD COLUMN b",
    "ALTER TABLE t RENAME TO u",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "ATTACH 'other.db' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH main",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA user_version = 7",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA temp_store_directory = '/tmp'",
    "PRAGMA main.schema_version = 99",
    "BEGIN IMMEDIATE",
    "SAVEPOINT s",
    "COMMIT",
    "REINDEX",
    "ANALYZE",
    "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
    "REPLACE INTO t VALUES (1)",
    "SELECT load_extension('x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('stolen.txt', 'x')",
    "SELECT * FROM fsdir('/')",
    "SELECT * FROM csv('/etc/passwd')",
    "SELECT fts3_tokenizer('simple', x'00')",
    "SELECT 1; DROP TABLE t",
    "SELECT 1;\n;DELETE FROM t",
    "EXPLAIN DELETE FROM t",
    "UPDATE sqlite_schema SET sql = 'x'",
    "INSERT INTO sqlite_master (type) VALUES ('table')",
    "PRAGMA user_version = 5",
    "EXPLAIN QUERY PLAN UPDATE t SET a = 0",
]


@pytest.mark.parametrize("sql", WRITING)
def test_what_writes_or_reads_other_files_is_refused_by_the_database(url, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = (tmp_path / "a b?#.db").read_bytes()
    with pytest.raises(QueryRefused):
        run_query(url, sql)
    assert (tmp_path / "a b?#.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a b?#.db"]


def test_a_value_given_as_a_parameter_is_never_read_as_sql(url):
    hostile = "1; DROP TABLE t; --"
    assert run_query(url, "SELECT :a AS a", {"a": hostile}).rows == [(hostile,)]
    assert run_query(url, "SELECT a FROM t WHERE a = :a", {"a": "1 OR 1=1"}).rows == []


@pytest.mark.parametrize("sql", ["", "SELEC 1", "SELECT nothing FROM nowhere", "SELECT '\x00", "SELECT :missing"])
def test_malformed_sql_is_one_clear_message(url, sql):
    with pytest.raises(QueryRefused):
        run_query(url, sql)


ENDLESS = {
    "a recursion": "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "a product of many tables": "SELECT count(*) FROM " + ", ".join(f"(SELECT a FROM t) AS t{n}" for n in range(60)),
    # some seconds inside of one instruction, in which SQLite cannot be stopped
    "one call of a function": "SELECT instr(hex(zeroblob(1000000)), hex(zeroblob(20000)) || 'x')",
}


@pytest.mark.parametrize("sql", ENDLESS.values(), ids=ENDLESS.keys())
def test_whatever_takes_too_long_is_stopped(url, sql):
    start = time.monotonic()
    with pytest.raises(QueryRefused, match="stopped after") as refusal:
        run_query(url, sql, time_limit_s=0.2)
    assert "--engine duckdb" in refusal.value.hint
    assert time.monotonic() - start < 5


def test_an_answer_that_would_fill_the_memory_is_refused(url, monkeypatch):
    monkeypatch.setattr("sse_db.query.MOST_BYTES", 10_000_000)
    many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i, i FROM n"
    for sql in (many, "SELECT zeroblob(9000000) FROM t", f"SELECT {', '.join(['1'] * 501)}"):
        with pytest.raises(QueryRefused, match=r"larger than|too many columns"):
            run_query(url, sql)


def test_a_huge_value_is_refused_before_it_fills_the_memory(url):
    with pytest.raises(QueryRefused):
        run_query(url, "SELECT zeroblob(2000000000)")


def test_a_missing_database_is_named(tmp_path):
    with pytest.raises(DatabaseMissing, match=r"nowhere\.db"):
        run_query(sa.URL.create("sqlite", database=str(tmp_path / "nowhere.db")), "SELECT 1")
