"""Curators and readers on a server: each may do what the role is for, and the server itself refuses the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from support import postgres
from support.command_line import run
from support.engines import opened
from support.intakes import composition, make_intake, measurement, publication, sample

from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from sse_db.database import migrate
from sse_db.errors import DatabaseUnreachable, DatabaseUnwritable, QueryRefused
from sse_db.query import run_query

pytestmark = pytest.mark.one_system("files have no roles and no passwords")
SECRET = "correct horse battery"
FORMULA = "Li7La3Zr2O12"


@pytest.fixture
def owned() -> Iterator[sa.URL]:
    url = postgres.make_database()
    yield url
    postgres.drop_database(url)


@pytest.fixture
def people(owned: sa.URL) -> Iterator[dict[str, str]]:
    """Names of a curator and a reader, unique on the server."""
    names = {role: f"{role}_{owned.database}" for role in ("curator", "reader")}
    yield names
    postgres.drop_database(owned)
    for name in names.values():
        postgres.run_as_owner(f'DROP ROLE IF EXISTS "{name}"')


def grant(folder: Path, url: sa.URL, name: str, role: str, monkeypatch: pytest.MonkeyPatch, password: str = SECRET):
    monkeypatch.setenv("SSE_DB_ROLE_PASSWORD", password)
    return run(folder, "--db", url.render_as_string(), "grant", name, "--role", role)


def intake():
    article = publication()
    pellet = sample(article, "A", FORMULA)
    return make_intake(article, composition(FORMULA), pellet, measurement(pellet))


def test_a_curator_writes_and_a_reader_reads(owned, people, tmp_path, monkeypatch):
    for role, name in people.items():
        done = grant(tmp_path, owned, name, role, monkeypatch)
        assert done.returncode == 0, done.stderr
        assert f"{name} is {role} of postgresql://" in done.stderr
        assert SECRET not in done.stdout + done.stderr
    monkeypatch.setenv("PGPASSWORD", SECRET)
    curator, reader = (postgres.make_url(owned.database, people[role]) for role in ("curator", "reader"))
    with opened(curator) as engine:
        batch = load_intake(engine, intake(), curator="ada").id
        undo_batch(engine, batch, curator="ada")
        load_intake(engine, intake(), curator="ada")
        with pytest.raises(DatabaseUnwritable, match="only its owner can move it"):
            migrate.downgrade(curator, "0001")
        for statement in (
            "ALTER TABLE samples ADD COLUMN mine TEXT",
            "UPDATE change_log SET row_id = 1",
            "DELETE FROM change_log",
            "TRUNCATE samples",
            "DROP TABLE samples",
        ):
            with pytest.raises(DatabaseUnwritable), engine.begin() as connection:
                connection.exec_driver_sql(statement)
    assert run_query(reader, "SELECT label FROM sample_overview").rows == [("A",)]
    with opened(reader) as engine:
        with pytest.raises(DatabaseUnwritable, match="permission denied"):
            load_intake(engine, intake(), curator="eve")
        for table in ("samples", "change_log", "import_batches", "current_batch", "elements"):
            with pytest.raises(DatabaseUnwritable), engine.begin() as connection:
                connection.exec_driver_sql(f"DELETE FROM {table}")
    refused = run(tmp_path, "--db", reader.render_as_string(), "import", tmp_path / "x.csv")
    assert refused.returncode == 1


def test_roles_keep_what_they_may_do_when_the_schema_moves(owned, people, tmp_path, monkeypatch):
    for role, name in people.items():
        grant(tmp_path, owned, name, role, monkeypatch)
    migrate.downgrade(owned, "0006")
    migrate.upgrade(owned)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    with opened(postgres.make_url(owned.database, people["curator"])) as engine:
        load_intake(engine, intake(), curator="ada")
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM sample_aliases")
    reader = postgres.make_url(owned.database, people["reader"])
    assert run_query(reader, "SELECT count(*) FROM training_total").rows == [(1,)]
    with pytest.raises(QueryRefused, match="refused by the database"):
        run_query(reader, "WITH gone AS (DELETE FROM samples RETURNING id) SELECT * FROM gone")


@pytest.mark.parametrize("role", ["curator", "reader"])
def test_what_the_owner_alone_can_do_is_told_with_the_owners_name(role, owned, people, tmp_path, monkeypatch):
    grant(tmp_path, owned, people[role], role, monkeypatch)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    url = postgres.make_url(owned.database, people[role])
    for words in (("migrate", "check"), ("migrate", "downgrade", "0001"), ("grant", people[role], "--role", "curator")):
        refused = run(tmp_path, "--db", url.render_as_string(), *words)
        assert refused.returncode == 1, words
        assert f"only its owner can {OWNERS[words[0]]}" in refused.stderr
        assert f"its owner is {postgres.OWNER}" in refused.stderr
    done = run(tmp_path, "--db", url.render_as_string(), "init")
    assert done.returncode == 0
    assert "nothing to do" in done.stderr
    other = url.set(database=f"{owned.database}_other").render_as_string()
    refused = run(tmp_path, "--db", other, "init")
    assert refused.returncode == 1
    assert f"createdb --owner={people[role]} {owned.database}_other" in refused.stderr


OWNERS = {"migrate": "", "grant": "let others in"}


def test_a_curator_becomes_a_reader(owned, people, tmp_path, monkeypatch):
    name = people["curator"]
    grant(tmp_path, owned, name, "curator", monkeypatch)
    grant(tmp_path, owned, name, "reader", monkeypatch)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    with opened(postgres.make_url(owned.database, name)) as engine, pytest.raises(DatabaseUnwritable):
        load_intake(engine, intake(), curator="ada")


@pytest.mark.parametrize(
    "name", ["public", "pg_monitor", "Ada", 'a"; DROP TABLE samples; --', "current_user", "a b", "none"]
)
def test_a_name_that_sql_reads_as_something_else_is_refused(owned, name, tmp_path, monkeypatch):
    refused = grant(tmp_path, owned, name, "reader", monkeypatch)
    assert refused.returncode == 2
    assert "cannot be the name of a role" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_unknown_role_a_missing_password_and_the_owner_are_refused(owned, people, tmp_path, monkeypatch):
    assert grant(tmp_path, owned, "ada", "wizard", monkeypatch).returncode == 2
    refused = grant(tmp_path, owned, people["reader"], "reader", monkeypatch, password="")
    assert refused.returncode == 2
    assert "needs a password" in refused.stderr
    refused = grant(tmp_path, owned, postgres.OWNER, "reader", monkeypatch)
    assert "may do everything already" in refused.stderr


def test_a_file_has_no_roles(blank_database, tmp_path, monkeypatch):
    refused = run(tmp_path, "--db", blank_database, "grant", "ada", "--role", "reader")
    assert refused.returncode == 2
    assert "an SQLite file has no roles" in refused.stderr


@pytest.mark.parametrize("words", [("batches",), ("copy", "URL", "other.db"), ("init",)], ids=lambda words: words[0])
def test_a_password_is_no_argument_and_is_not_repeated(words, tmp_path):
    address = f"postgresql://ada:{SECRET.replace(' ', '%20')}@127.0.0.1:1/x"
    given = [address if word == "URL" else word for word in words]
    refused = run(tmp_path, *(() if "URL" in words else ("--db", address)), *given)
    assert refused.returncode == 2
    assert "a password stands in the address" in refused.stderr
    assert "correct" not in refused.stdout + refused.stderr


@pytest.mark.parametrize("word", ["password", "sslpassword"])
def test_nor_is_one_behind_the_question_mark(word, tmp_path):
    refused = run(tmp_path, "--db", f"postgresql://ada@127.0.0.1:1/x?{word}=swordfish", "batches")
    assert refused.returncode == 2
    assert "a password stands in the address" in refused.stderr
    assert "swordfish" not in refused.stdout + refused.stderr


def test_a_password_of_the_environments_address_appears_in_nothing_that_is_said_or_written(
    owned, people, tmp_path, monkeypatch
):
    """It is taken where SSE_DB_URL has it: no other user of the machine sees the variables of a process."""
    grant(tmp_path, owned, people["curator"], "curator", monkeypatch, password="swordfish")
    url = postgres.make_url(owned.database, people["curator"]).set(password="swordfish")
    (tmp_path / "one.csv").write_text("DOI,Sample,Formula,σ total (S/cm),T (°C)\n10.1000/x,A,Li3N,1e-4,25\n")
    monkeypatch.setenv("SSE_DB_URL", url.render_as_string(hide_password=False))
    said = ""
    for words in (
        ("import", "one.csv"), ("batches", "--json"), ("log", "--json"), ("export", "release", "out"), ("migrate", "check"),
        ("copy", owned.render_as_string(), owned.render_as_string()), ("export", "training-set", "-t", "total", "-o", "t.csv"),
        ("grant", "none", "--role", "reader"), ("import", "nowhere.csv"),
    ):  # fmt: skip
        done = run(tmp_path, *words)
        said += done.stdout + done.stderr
    assert (tmp_path / "out" / "sse.db").is_file()
    assert "swordfish" not in said
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"swordfish" in path.read_bytes()]


def test_passwords_appear_in_no_log_of_the_server(owned, people, tmp_path, monkeypatch):
    grant(tmp_path, owned, people["curator"], "curator", monkeypatch, password="nobody guesses this")
    log = (Path(os.environ[postgres.FOLDER]) / "server.log").read_text(errors="replace")
    assert people["curator"] in log
    assert "nobody guesses this" not in log


def test_a_wrong_password_is_one_sentence(owned, people, tmp_path, monkeypatch):
    grant(tmp_path, owned, people["reader"], "reader", monkeypatch)
    url = postgres.make_url(owned.database, people["reader"])
    for password in ("wrong", ""):
        monkeypatch.setenv("PGPASSWORD", password)
        refused = run(tmp_path, "--db", url.render_as_string(), "batches")
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
        assert "PGPASSWORD" in refused.stderr


def test_a_password_is_asked_for_once_at_a_terminal(owned, people, tmp_path, monkeypatch):
    grant(tmp_path, owned, people["reader"], "reader", monkeypatch)
    url = postgres.make_url(owned.database, people["reader"])
    asked = []
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or SECRET)
    for _ in range(2):
        assert run_query(url, "SELECT 1 AS one").rows == [(1,)]
    assert asked == [f"password of {people['reader']} on 127.0.0.1: "]


def test_a_service_file_gives_address_and_password(owned, people, tmp_path, monkeypatch):
    grant(tmp_path, owned, people["reader"], "reader", monkeypatch)
    host, port = postgres.address()
    service = tmp_path / "pg_service.conf"
    service.write_text(
        f"[sse]\nhost={host}\nport={port}\ndbname={owned.database}\nuser={people['reader']}\npassword={SECRET}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    done = run(tmp_path, "--db", "postgresql:///?service=sse", "query", "SELECT 1 AS one", "--format", "csv")
    assert (done.returncode, done.stdout.split()) == (0, ["one", "1"]), done.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    {
        "no server": ("postgresql://127.0.0.1:1/x", "cannot be reached"),
        "no such host": ("postgresql://no-such-host.invalid/x", "cannot be reached"),
        "an option that is none": ("postgresql://127.0.0.1:1/x?colour=red", "colour"),
        "no database": ("postgresql://127.0.0.1:1/", "names no database"),
        "another driver": ("postgresql+asyncpg://127.0.0.1/x", "no support"),
    }.values(),
)
def test_an_address_that_leads_nowhere_is_one_sentence(address, said, tmp_path):
    refused = run(tmp_path, "--db", address, "batches")
    assert refused.returncode in (1, 2)
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_is_not_there_is_made_by_init(tmp_path):
    url = postgres.make_url(f"made_{os.getpid()}")
    missing = run(tmp_path, "--db", url.render_as_string(), "batches")
    assert "there is no database" in missing.stderr
    made = run(tmp_path, "--db", url.render_as_string(), "init")
    try:
        assert made.returncode == 0, made.stderr
        assert run(tmp_path, "--db", url.render_as_string(), "migrate", "check").returncode == 0
    finally:
        postgres.drop_database(url)


def test_no_server_is_told_as_unreachable():
    with pytest.raises(DatabaseUnreachable), opened(sa.make_url("postgresql+psycopg://127.0.0.1:1/x")) as engine:
        engine.connect()
