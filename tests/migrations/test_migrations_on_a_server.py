"""The same revisions on PostgreSQL: up, down and checked, with every row, and taken back whole where one fails."""

from pathlib import Path

import pytest
from support import homes, postgres
from support.command_line import run
from support.engines import opened

from sse_db.database import migrate
from sse_db.dialects.counting import count_rows
from sse_db.errors import MigrationFailed, SchemaDrift

REVISIONS = Path(__file__).parent / "revisions"
LATER = {
    "alembic_version",
    "publication_identifiers",
    "sample_aliases",
    "attachments",
    "impedance_spectra",
    "spectrum_fits",
}


@pytest.fixture
def filled(tmp_path):
    with homes.seeded("postgresql", tmp_path / "unused") as url:
        yield url


def counts(url):
    with opened(url) as engine, engine.connect() as connection:
        return {name: count for name, count in count_rows(connection).items() if name not in LATER}


def drift(url):
    with opened(url) as engine:
        return migrate.drift(engine)


def test_every_row_stays_down_to_the_first_revision_and_up_again(filled):
    before = counts(filled)
    assert migrate.downgrade(filled, "0001") == (migrate.head(), "0001")
    assert counts(filled) == before
    assert migrate.upgrade(filled) == ("0001", migrate.head())
    assert counts(filled) == before
    assert drift(filled) == []


def test_each_revision_is_reached_from_the_one_before_and_left_again():
    url = postgres.make_database(None)
    try:
        for script in reversed([*migrate._scripts().walk_revisions()]):
            assert migrate.upgrade(url, script.revision)[1] == script.revision
        assert drift(url) == []
        assert migrate.downgrade(url, "base")[1] is None
    finally:
        postgres.drop_database(url)


def test_views_and_triggers_of_users_survive_and_a_failing_revision_changes_nothing(filled):
    with opened(filled) as engine, engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIEW mine AS SELECT label FROM sample_names")
    migrate.downgrade(filled, "0008")
    migrate.upgrade(filled)
    before = counts(filled)
    with pytest.raises(MigrationFailed, match="rolled back"):
        migrate.upgrade(filled, "t004", versions=REVISIONS)
    assert counts(filled) == before
    with opened(filled) as engine, engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mine").scalar() == 281
        assert migrate.current(engine) == migrate.head()
    assert drift(filled) == ["view mine is not in the code"]


def test_a_copy_is_kept_on_the_server_before_rows_are_moved(filled, tmp_path):
    before = counts(filled)
    told = run(tmp_path, "--db", filled.render_as_string(), "migrate", "downgrade", "0011").stderr
    copy = filled.set(database=f"{filled.database}_{migrate.head()}_backup")
    assert f"a copy as it was before: the database {copy.database} on the same server" in told
    assert counts(copy) == before
    assert drift(copy) == []
    with opened(filled) as engine, engine.connect():
        told = run(tmp_path, "--db", filled.render_as_string(), "init").stderr
    assert "no copy as it was before (somebody else is connected to it)" in told
    assert "pg_dump makes a copy" in told
    assert counts(filled) == before
    assert "copy" not in run(tmp_path, "--db", filled.render_as_string(), "init").stderr
    postgres.drop_database(copy)


def test_a_view_replaced_by_hand_is_found(filled):
    with opened(filled) as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP VIEW training_total")
        with pytest.raises(SchemaDrift, match="view training_total is missing"):
            migrate.check(engine)
