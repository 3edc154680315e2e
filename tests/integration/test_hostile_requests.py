"""What a hostile address, statement or cell can do to the server: nothing.

Each attempt must leave the database as it is, end within the limit, and give away no other file.
"""

import csv
import hashlib
import http.client
import io
import json
import re
import shutil
import sqlite3
import time
from urllib.parse import quote, urlencode

import pytest
from support import seed_counts
from support.hostile import CIF, FORMULA, IMAGE, SCRIPT, spoil
from support.seeded import copy_seed
from support.serving import serving

pytestmark = pytest.mark.one_system(
    "pages read a snapshot, which is the same of a server: test_snapshot_of_a_server.py"
)
LIMIT_MS = 400
LONGEST_S = 10.0


@pytest.fixture(scope="module")
def victim(tmp_path_factory):
    """A served database with hostile cells, and what its folder held at the start."""
    folder = tmp_path_factory.mktemp("hostile")
    database = copy_seed(folder)
    spoil(database)
    (folder / "secret.txt").write_text("root:secret")
    with serving(database, folder) as served:
        served.site.sql_time_limit_ms = LIMIT_MS
        yield Victim(served, folder)


class Victim:
    """Asks one thing over HTTP, and knows whether anything was written."""

    def __init__(self, served, folder):
        self.port = int(served.address.rsplit(":", 1)[1])
        self.folder = folder
        self.before = self.state()

    def state(self):
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(self.folder.iterdir())}

    def ask(self, path, method="GET", headers=None):
        """Status, headers and text of an answer; fails when it took longer than the limit allows."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        start = time.monotonic()
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": "localhost", **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        assert time.monotonic() - start < LONGEST_S
        assert "root:secret" not in text
        assert "root:x:0" not in text
        return answer.status, dict(answer.getheaders()), text

    def query(self, sql, **parameters):
        return self.ask("/sse.json?" + urlencode({"sql": sql, **parameters}))

    def assert_unharmed(self):
        assert self.state() == self.before
        status, _, text = self.query("SELECT count(*) AS n FROM samples")
        assert (status, json.loads(text)["rows"]) == (200, [[seed_counts.SAMPLES]])


WRITING = [
    "INSERT INTO elements (symbol) VALUES ('Xx')",
    "UPDATE samples SET label = 'x'",
    "DELETE FROM samples",
    "DROP TABLE samples",
    "CREATE TABLE u (a)",
    "CREATE TEMP TABLE u (a)",
    "ALTER TABLE samples ADD COLUMN b",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "ATTACH 'secret.txt' AS other",
    "ATTACH ':memory:' AS other",
    "DETACH main",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA hard_heap_limit = 0",
    "PRAGMA temp_store_directory = '/tmp'",
    "SELECT * FROM pragma_database_list",
    "BEGIN IMMEDIATE",
    "REINDEX",
    "ANALYZE",
    "WITH x AS (SELECT 1) INSERT INTO elements SELECT * FROM x",
    "REPLACE INTO elements (symbol) VALUES ('Xx')",
    "EXPLAIN DELETE FROM samples",
    "SELECT 1; DROP TABLE samples",
    "SELECT load_extension('/tmp/x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('/tmp/x', 'y')",
    "SELECT fts3_tokenizer('x')",
    "SELECT * FROM fsdir('/')",
    "CREATE VIRTUAL TABLE v USING csv(filename='/etc/passwd')",
    "INSERT INTO samples_text (samples_text) VALUES ('delete-all')",
    "UPDATE sqlite_master SET sql = 'x'",
    "WITH x AS (SELECT 1) UPDATE sqlite_schema SET sql = 'x'",
]


@pytest.mark.parametrize("sql", WRITING)
def test_a_statement_that_does_more_than_read_is_refused(victim, sql):
    status, _, text = victim.query(sql)
    assert status == 400, text
    victim.assert_unharmed()


def explosion(levels):
    """A statement that doubles while it is being compiled, level by level."""
    steps = ["a0 AS (SELECT 1 AS x LIMIT 1)"]
    steps += [f"a{n} AS (SELECT p.x FROM a{n - 1} AS p JOIN a{n - 1} AS q LIMIT 1)" for n in range(1, levels)]
    return f"WITH {', '.join(steps)} SELECT count(*) FROM a{levels - 1}"


ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
GREEDY = {
    "endless recursion": f"{ENDLESS} SELECT max(i) FROM n",
    "endless rows": f"{ENDLESS} SELECT i FROM n WHERE i % 1000000007 = 0",
    "endless distinct rows": "WITH RECURSIVE n (i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "product of tables": "SELECT count(*) FROM change_log a, change_log b, change_log c, change_log d",
    "sorting a product": "SELECT a.id FROM change_log a, change_log b, change_log c ORDER BY random()",
    "a huge blob": "SELECT zeroblob(2000000000)",
    "a huge text": "SELECT printf('%.*c', 2000000000, 'x')",
    "a huge concatenation": f"{ENDLESS} SELECT group_concat(hex(randomblob(100000))) FROM n",
    "many large rows": "SELECT hex(randomblob(4000000)) FROM change_log",
    "many large cells": "SELECT " + ", ".join(["zeroblob(9000000)"] * 150) + " FROM samples",
    "many columns": "SELECT " + ", ".join(["1"] * 500),
    "a long statement": "SELECT " + "1+" * 7000 + "1",
    "deep nesting": "SELECT " + "(" * 2000 + "1" + ")" * 2000,
    "compiling without end": explosion(40),
    "a search for half in the whole": "SELECT instr(hex(zeroblob(4000000)) || 'x', hex(zeroblob(2000000)) || 'y') FROM samples "
    "WHERE instr(hex(zeroblob(4000000)) || id, hex(zeroblob(2000000)) || 'y') = 1",
    "trimming by many": "SELECT trim(a, b) FROM (SELECT group_concat(char(id + 300), '') AS b FROM change_log), "
    "(SELECT hex(zeroblob(4000000)) AS a)",
    "merging of objects": "SELECT json_patch('{}', '{}')",
    "a pattern of many parts": "SELECT hex(zeroblob(4000000)) LIKE '" + "%0" * 60 + "1'",
    "nested replacing": "SELECT replace(replace(replace(hex(zeroblob(900000)), '0', 'aaaa'), 'a', 'bbbb'), 'b', 'cccc')",
}


@pytest.mark.parametrize("sql", GREEDY.values(), ids=GREEDY)
def test_a_statement_without_end_or_measure_is_stopped(victim, sql):
    status, _, _ = victim.query(sql)
    assert status in (400, 414)
    victim.assert_unharmed()


ADDRESSES = [
    "/sse/samples.json?_where=1=1;DROP+TABLE+samples",
    "/sse/samples.json?_where=id+IN+(DELETE+FROM+samples+RETURNING+id)",
    "/sse/samples.json?_sort=id;DROP+TABLE+samples",
    "/sse/samples.json?_sort_desc=id)+--",
    "/sse/samples.json?_facet=nothing')+--",
    "/sse/samples.json?_search=%22+OR+*+NEAR(",
    "/sse/samples.json?_search=x&_searchmode=raw%22&_fts_table=sqlite_master",
    "/sse/samples.json?_search_nothing=x",
    "/sse/samples.json?_next=%27;drop",
    "/sse/room_temperature_conductivity.json?_next=evil",
    "/sse/samples.json?_size=-1",
    "/sse/samples.json?_size=99999999",
    "/sse/samples.json?_col=nothing",
    "/sse/samples.json?_through=%7Bbad",
    "/sse/samples.json?_timelimit=99999999999&_where=(" + quote(f"{ENDLESS} SELECT max(i) FROM n") + ")",
    "/sse/samples.json?_shape=evil",
    "/sse/samples.json?_facet=label&_facet_size=-5",
    "/sse/samples.json?" + "&".join(f"_facet=c{n}" for n in range(40)),
    "/sse/samples.json?label=" + "x" * 20_000,
    "/sse/samples/2%27%20OR%201=1.json",
    "/sse/samples/99999999999999999999",
    "/sse/formulas_with_element.json?element=%27+OR+1=1+--",
    "/sse/formulas_with_element.json?_element__magic=1&element=:_header_cookie",
    "/-/search?q=" + quote('"*") OR (x NEAR/5 "'),
    "/-/search?q=%00%ff%27",
    "/-/plot/sqlite_master",
    "/-/plot/samples?x=id);DROP+TABLE+samples",
    "/-/plot/samples?label=%27);DROP+TABLE+samples--",
    "/-/plot/samples?x=grain_size_um%22%3E&y=label",
    "/-/structure/99999999999999999999.cif",
    "/-/structure/1%27.cif",
    "/sse?sql=select+1&_trace=1&_context=1",
    "/sse/samples.evil",
    "/sse/samples/2.blob?_blob_column=nothing",
]


# Datasette leaves coroutines behind when the first of several facets fails
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored in. <coroutine object:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("address", ADDRESSES, ids=[address[:60] for address in ADDRESSES])
def test_an_address_with_tricks_is_answered_without_harm(victim, address):
    status, headers, text = victim.ask(address)
    assert status < 500, text
    assert SCRIPT not in text or headers["content-type"].startswith("application/json")
    victim.assert_unharmed()


ELSEWHERE = [
    "/-/static/../../../../../../etc/passwd",
    "/-/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/-/static//etc/passwd",
    "/-/static-plugins/sse_db.browse/../../query.py",
    "/-/static-plugins/sse_db.browse/%2e%2e/site.py",
    "/-/structure/..%2f..%2fsecret.cif",
    "/../secret.txt",
    "/sse/..%2F..%2Fsecret.txt",
    "/sse/~2E~2E~2Fsecret~2Etxt",
    "/sse.db",
    "/snapshot.db",
    "/_internal/databases",
    "/_memory?sql=select+readfile('/etc/passwd')",
    "//evil.example/%2e%2e/",
    "/%5Cevil.example/",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_other_file_and_no_other_host_is_reached(victim, address):
    status, headers, text = victim.ask(address)
    assert status in (301, 302, 400, 403, 404), text[:200]
    target = headers.get("location", "/")
    assert target.startswith("/")
    assert not target.startswith(("//", "/\\"))
    assert "def " not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/sse", "/sse/samples", "/sse/best_conductors", "/-/messages", "/-/logout"])
def test_only_reading_methods_are_answered(victim, method, path):
    assert victim.ask(path, method)[0] == 405
    victim.assert_unharmed()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "", "127.0.0.1@evil.example"]
)
def test_a_foreign_name_that_points_here_gets_nothing(victim, host):
    status, _, text = victim.ask("/sse.json", headers={"Host": host})
    assert status == 421
    assert "samples" not in text


@pytest.mark.parametrize(
    "address",
    [
        "/sse/samples.csv?_dl=1%0d%0aSet-Cookie:%20evil=1",
        "/sse/samples%0d%0aSet-Cookie:%20evil=1",
        "/-/search?q=%0d%0aSet-Cookie:%20evil=1",
        "/sse/samples/?x=%0d%0aSet-Cookie:%20evil=1",
    ],
)
def test_no_header_can_be_slipped_in(victim, address):
    _, headers, _ = victim.ask(address, headers={"Cookie": "ds_actor=forged; ds_messages=forged; x=\x7f"})
    assert "evil=1" not in headers.get("set-cookie", "")


PAGES = [
    "/", "/sse", "/sse/samples", "/sse/samples/2", "/sse/publications", "/sse/publications/2", "/sse/compositions", "/sse/compositions/2", "/sse/impedance_measurements/2",
    f"/sse?sql=delete+{quote(SCRIPT)}&n={quote(IMAGE)}",
    "/sse/structural_records", "/sse/structural_records/60", "/sse/import_batches", "/sse/sample_names",
    "/sse/best_conductors", "/-/search?q=script", f"/-/search?q={quote(SCRIPT)}", f"/sse/samples?_search={quote(IMAGE)}",
    f"/sse/samples?label={quote(SCRIPT)}", f"/sse?sql=select+{quote(repr(SCRIPT))}", f"/sse/{quote(SCRIPT)}",
    "/-/plot/measurement_points", f"/-/plot/samples?label={quote(IMAGE)}", f"/-/plot/{quote(IMAGE)}",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_text_from_data_and_addresses_is_never_markup(victim, path):
    status, headers, text = victim.ask(path)
    if status == 302:
        status, headers, text = victim.ask(headers["location"])
    assert SCRIPT not in text
    assert "<img src=x" not in text
    assert "1337" not in text
    assert 'href="javascript:' not in text
    (nonce,) = re.findall(r"'nonce-([^']+)'", headers["content-security-policy"])
    assert "unsafe" not in headers["content-security-policy"].split("style-src")[0]
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert "http" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/sse/samples.csv?_size=max", "/sse/samples.csv?_stream=1&_labels=on", "/sse/samples.csv?_dl=1"]
)
def test_csv_holds_no_formula(victim, path):
    _, _, text = victim.ask(path)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[1]["synthesis_method_text"] == "'" + FORMULA
    cells = [cell for row in rows for cell in row.values() if cell != "="]  # a relation is no formula
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_csv_of_a_statement_holds_no_formula_and_keeps_numbers(victim):
    sql = "SELECT '=1+1' AS a, -1.5 AS b, '@x' || char(10) || '=2' AS c, '+1' || '\"' AS d, char(9) || '=3' AS e"
    _, _, text = victim.ask("/sse.csv?" + urlencode({"sql": sql}))
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ["'=1+1", "-1.5", "'@x\n=2", "'+1\"", "'\t=3"]


def test_a_structure_file_with_markup_is_plain_text_and_cannot_be_drawn(victim):
    status, headers, text = victim.ask("/-/structure/60.cif")
    assert (status, text) == (200, CIF)
    assert headers["content-type"].startswith("chemical/x-cif")
    assert headers["x-content-type-options"] == "nosniff"
    status, _, text = victim.ask("/-/structure/60.json")
    assert status == 422
    assert list(json.loads(text)) == ["error"]


def test_the_users_file_is_served_from_a_copy(victim, tmp_path):
    copy = shutil.copy(victim.folder / "sse.db", tmp_path / "again.db")
    with sqlite3.connect(copy) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert not {name for name in tables if name.startswith(("stored_", "facet_", "samples_text"))}
