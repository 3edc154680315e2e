"""A database that is not as this program left it is told in one sentence, on a server as in a file."""

import pytest
import sqlalchemy as sa
from support.command_line import run
from support.engines import opened


@pytest.fixture
def here(tmp_path, home):
    """A folder with a sheet, whose commands take a database without rows."""
    (tmp_path / "one.csv").write_text("DOI,Sample,σ total (S/cm)\n10.5555/one.1,A,1e-4\n", encoding="utf-8")
    return tmp_path


def execute(url: sa.URL, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def refusal(folder, *words: object) -> str:
    outcome = run(folder, *words)
    assert outcome.returncode in (1, 2), outcome.stdout
    assert "Traceback" not in outcome.stderr
    return outcome.stderr


COMMANDS = [("query", "SELECT 1"), ("init",), ("import", "one.csv"), ("migrate", "current"), ("batches",)]


def test_two_revisions_at_once_are_refused(here, home):
    execute(home, "DELETE FROM alembic_version", "INSERT INTO alembic_version VALUES ('0001'), ('0002')")
    for words in COMMANDS:
        assert "2 revisions at once: 0001, 0002" in refusal(here, *words)


def test_a_database_of_ours_that_states_no_revision_is_told_as_such(here, home):
    execute(home, "DELETE FROM alembic_version")
    for words in COMMANDS[:4:2] + COMMANDS[3:4]:
        told = refusal(here, *words)
        assert "alembic_version holds no row" in told
        assert "restore a backup" in told


@pytest.mark.parametrize("revision", ["0001", "ae1027a6acf"])
def test_the_database_of_another_program_is_told_whatever_revision_it_states(tmp_path, make_bare_url, revision):
    url = make_bare_url()
    execute(
        url, "CREATE TABLE alembic_version (version_num TEXT)", f"INSERT INTO alembic_version VALUES ('{revision}')",
        "CREATE TABLE songs (id INTEGER)",
    )  # fmt: skip
    for words in (*COMMANDS, ("migrate", "check"), ("export", "release", "out"), ("migrate", "downgrade", "0001")):
        told = refusal(tmp_path, "--db", url.render_as_string(), *words)
        assert "another program's database, with tables songs" in told
    assert tables(url) == {"alembic_version", "songs"}


def test_a_database_of_another_program_without_revisions_stays_as_it_is(tmp_path, make_bare_url):
    url = make_bare_url()
    execute(url, "CREATE TABLE songs (id INTEGER)", "CREATE VIEW singers AS SELECT id FROM songs")
    assert "another program's database, with tables songs" in refusal(tmp_path, "--db", url.render_as_string(), "init")
    for words in (("query", "SELECT 1"), ("import", "one.csv"), ("batches",)):
        assert "holds no sse-db schema" in refusal(tmp_path, "--db", url.render_as_string(), *words)
    assert tables(url) == {"songs"}


def tables(url: sa.URL) -> set[str]:
    engine = sa.create_engine(url)
    names = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return names


def test_a_lost_view_is_told(here, home):
    with opened(home) as engine:
        execute(home, f"DROP VIEW descriptors{'' if engine.dialect.name == 'sqlite' else ' CASCADE'}")
    for words in (("query", "SELECT * FROM descriptors"), ("audit",)):
        assert "has lost its view descriptors" in refusal(here, *words)
    assert "lost_songs" in refusal(here, "query", "SELECT * FROM lost_songs")
    assert "view descriptors is missing" in refusal(here, "migrate", "check")


def test_views_and_triggers_of_a_users_own_survive_migrations(here, home, system):
    action = (
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()" if system == "postgresql" else "BEGIN SELECT 1; END"
    )
    moment = "BEFORE UPDATE ON samples FOR EACH ROW" if system == "postgresql" else "AFTER UPDATE ON samples"
    execute(
        home, "CREATE VIEW my_best AS SELECT label FROM samples", f"CREATE TRIGGER my_watch {moment} {action}",
        "CREATE TABLE my_notes (note TEXT)", "CREATE INDEX my_index ON samples (label)",
    )  # fmt: skip
    assert run(here, "migrate", "downgrade", "0002").returncode == 0
    assert run(here, "migrate", "upgrade").returncode == 0
    differences = refusal(here, "migrate", "check")
    for kept in ("view my_best", "trigger my_watch", "table my_notes", "index my_index"):
        assert f"{kept} is not in the code" in differences


def test_a_users_view_whose_name_a_revision_needs_is_named_before_anything_is_done(here, home):
    assert run(here, "migrate", "downgrade", "0002").returncode == 0
    execute(home, "CREATE VIEW reported_activation_energies AS SELECT 1 AS mine")
    assert "you made reported_activation_energies yourself" in refusal(here, "init")
    assert run(here, "migrate", "current").stdout.strip() == "0002"
