"""Moving a filled database between revisions keeps every row, and failing leaves it as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support import seed_counts
from support.engines import opened
from support.seeded import copy_seed, seed_path

from sse_db import views
from sse_db.database import migrate, revisions
from sse_db.database.engine import resolve_url
from sse_db.database.revisions import freeze, read_frozen
from sse_db.dialects.sqlite.history import create_statements as trigger_statements
from sse_db.errors import DatabaseOutdated, MigrationFailed, SchemaDrift, WrongUsage
from sse_db.views import create_statements as view_statements

HERE = Path(__file__).parent
REVISIONS = HERE / "revisions"
DUMPS = HERE / "dumps"


@pytest.fixture
def filled(tmp_path):
    return resolve_url(str(copy_seed(tmp_path)))


def contents(url):
    """Rows of every table, and names of views, triggers and indexes."""
    connection = sqlite3.connect(url.database)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in names if name not in ("alembic_version", "sqlite_sequence")]
    rows = {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in kept}
    derived = connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL ORDER BY 1, 2"
    )
    found = rows, derived.fetchall()
    connection.close()
    return found


def drift(database):
    with opened(database) as engine:
        return migrate.drift(engine)


def counts(url):
    return {name: len(rows) for name, rows in contents(url)[0].items()}


def test_from_empty_to_head_equals_the_models(tmp_path):
    url = resolve_url(str(tmp_path / "sse.db"))
    assert migrate.upgrade(url) == (None, migrate.head())
    assert drift(url) == []


def test_head_to_base_and_back(tmp_path):
    url = resolve_url(str(tmp_path / "sse.db"))
    migrate.upgrade(url)
    migrate.downgrade(url, "base")
    assert counts(url) == {}
    migrate.upgrade(url)
    assert drift(url) == []


def test_two_databases_of_one_revision_have_tables_of_the_same_text(tmp_path):
    texts = []
    for name in ("first.db", "second.db", "third.db"):
        url = resolve_url(str(tmp_path / name))
        migrate.upgrade(url)
        with closing(sqlite3.connect(url.database)) as connection:
            texts.append(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    assert texts[0] == texts[1] == texts[2]


@pytest.mark.filterwarnings("ignore:.*expression-based index '?ix_impedance_measurements_near_room")
def test_alembic_itself_sees_no_difference(tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from sse_db.schema import metadata

    url = resolve_url(str(tmp_path / "sse.db"))
    migrate.upgrade(url)
    with opened(url) as engine, engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_frozen_views_and_triggers_of_the_head_are_those_of_the_code():
    assert read_frozen(migrate.head()) == view_statements() | trigger_statements(), "run: tools/freeze_derived.py"


def test_a_view_is_frozen_only_where_it_changes():
    assert read_frozen("0001").keys() == read_frozen("0004").keys() - {"reported_activation_energies"}
    assert read_frozen("0001")["training_samples"] != read_frozen("0002")["training_samples"]
    assert read_frozen("0001")["descriptors"] == read_frozen("0004")["descriptors"]


def test_a_revision_installs_the_newest_frozen_not_above_it_and_knows_what_was_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(revisions, "_frozen_folder", lambda: tmp_path)
    assert freeze("0001", {"a": "CREATE VIEW a AS SELECT 1", "b": "CREATE VIEW b AS SELECT 1"}) == ["a", "b"]
    assert freeze("0002", {"a": "CREATE VIEW a AS SELECT 1", "b": "CREATE VIEW b AS SELECT 2"}) == ["b"]
    assert freeze("0003", {"a": "CREATE VIEW a AS SELECT 1"}) == ["b"]
    assert freeze("0004", {"a": "CREATE VIEW a AS SELECT 1"}) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a@0001.sql", "b@0001.sql", "b@0002.sql", "b@0003.sql"]
    assert [read_frozen(f"000{number}").get("b", "gone")[-1] for number in (1, 2, 3, 4)] == ["1", "2", "e", "e"]


def test_a_comment_mended_in_a_view_is_no_drift(filled, monkeypatch):
    written = views.read_select
    monkeypatch.setattr(views, "read_select", lambda name: f"-- it's said anew: {name}\n{written(name)} -- at the end")
    assert drift(filled) == []


def test_dashes_inside_a_text_are_no_comment():
    assert views.strip_comments("SELECT '--a' AS x, -- why\n  -- alone\n  1 AS \"b--c\"") == (
        "SELECT '--a' AS x,\n  1 AS \"b--c\""
    )


def test_a_database_with_comments_in_its_views_as_older_versions_wrote_them_is_no_drift(filled):
    connection = sqlite3.connect(filled.database)
    connection.executescript(
        f"DROP VIEW sample_names; CREATE VIEW sample_names AS {views.read_select('sample_names')};"
    )
    connection.close()
    assert drift(filled) == []


def test_a_column_on_a_parent_with_views_and_cascading_children_keeps_all_rows(filled):
    rows, derived = contents(filled)
    migrate.upgrade(filled, "t002", versions=REVISIONS)
    after, derived_after = contents(filled)
    assert {name: len(each) for name, each in after.items()} == {name: len(each) for name, each in rows.items()}
    assert after["impedance_measurements"] == rows["impedance_measurements"]
    assert derived_after == derived
    connection = sqlite3.connect(filled.database)
    assert connection.execute("SELECT count(*), count(colour) FROM samples").fetchone() == (seed_counts.SAMPLES, 0)
    assert connection.execute("SELECT count(*) FROM training_bulk").fetchone() == (seed_counts.TRAINING["bulk"],)
    connection.close()
    migrate.downgrade(filled, migrate.head(), versions=REVISIONS)
    assert contents(filled) == (rows, derived)
    assert drift(filled) == []


def test_a_limit_changed_under_the_same_name_is_changed_and_seen(filled):
    migrate.upgrade(filled, "t003", versions=REVISIONS)
    differences = [each for each in drift(filled) if "colour" not in each]
    assert len(differences) == 1
    assert "ck_samples_relative_density_percent_range" in differences[0]
    assert "110" in differences[0]
    connection = sqlite3.connect(filled.database)
    connection.execute("UPDATE samples SET relative_density_percent = 105 WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError, match="relative_density"):
        connection.execute("UPDATE samples SET relative_density_percent = 111 WHERE id = 1")
    with pytest.raises(sqlite3.IntegrityError, match="grain_size_um"):
        connection.execute("UPDATE samples SET grain_size_um = 1e9 WHERE id = 1")
    connection.close()


def test_a_failed_revision_changes_nothing_and_can_be_repeated(filled, monkeypatch):
    migrate.upgrade(filled, "t003", versions=REVISIONS)
    before = contents(filled)
    monkeypatch.delenv("FAULT_MENDED", raising=False)
    with pytest.raises(MigrationFailed, match="as before"):
        migrate.upgrade(filled, "t004", versions=REVISIONS)
    assert contents(filled) == before
    monkeypatch.setenv("FAULT_MENDED", "1")
    assert migrate.upgrade(filled, "t004", versions=REVISIONS) == ("t003", "t004")
    assert counts(filled)["publications"] == len(before[0]["publications"])


def test_keys_are_not_given_again_after_an_altered_table(filled):
    connection = sqlite3.connect(filled.database)
    connection.execute("PRAGMA foreign_keys = ON")
    highest = connection.execute("SELECT max(id) FROM samples").fetchone()[0]
    connection.execute("DELETE FROM samples WHERE id = ?", (highest,))
    connection.commit()
    connection.close()
    migrate.upgrade(filled, "t002", versions=REVISIONS)
    connection = sqlite3.connect(filled.database)
    connection.execute("INSERT INTO samples (publication_id, label, batch_id) VALUES (1, 'new', 1)")
    assert connection.execute("SELECT max(id) FROM samples").fetchone()[0] == highest + 1
    connection.close()


def test_a_filled_database_is_backed_up_before_it_is_moved(filled):
    before = contents(filled)
    told: list[str] = []
    migrate.upgrade(filled, "t002", versions=REVISIONS, tell=told.append)
    copy = Path(f"{filled.database}.{migrate.head()}.backup")
    assert told == [f"a copy as it was before: {copy}"]
    assert contents(resolve_url(str(copy))) == before


COMPUTED_ANEW: dict[str, str] = {}
"""Columns (table.column) that a revision fills or changes on purpose, and why; all others keep their values."""


def rows_by_column(url):
    """Table to its columns, each with its values in the order of keys; one column for rows that belong together."""
    connection = sqlite3.connect(url.database)
    tables = [name for name in counts(url) if name != "sqlite_sequence"]
    found = {}
    for table in tables:
        cursor = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        names = [entry[0] for entry in cursor.description]
        rows = cursor.fetchall()
        found |= {f"{table}.{name}": [row[place] for row in rows] for place, name in enumerate(names)}
    connection.close()
    return found


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.sql")), ids=lambda path: path.stem)
def test_the_dump_of_a_revision_comes_up_to_head_with_every_value(dump, tmp_path):
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.executescript(dump.read_text(encoding="utf-8"))
    connection.close()
    url = resolve_url(str(path))
    before = rows_by_column(url)
    migrate.upgrade(url)
    after = rows_by_column(url)
    changed = {name for name, values in before.items() if name not in after or after[name] != values}
    assert changed <= COMPUTED_ANEW.keys()
    assert len(before["impedance_measurements.id"]) > 0
    assert drift(url) == []


def test_every_revision_that_changes_a_table_has_its_dump(tmp_path):
    url = resolve_url(str(tmp_path / "sse.db"))
    tables, altering = set(), set()
    for revision in sorted(path.name[:4] for path in migrate.migrations_folder().glob("versions/[0-9]*.py")):
        migrate.upgrade(url, revision)
        connection = sqlite3.connect(url.database)
        found = set(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        connection.close()
        if found != tables:
            altering.add(revision)
        tables = found
    assert {path.stem for path in DUMPS.glob("*.sql")} == altering, "run: tools/dump_revision.py"


DRIFT = {
    "a changed view": "DROP VIEW sample_names; CREATE VIEW sample_names AS SELECT 1 AS sample_id",
    "a missing view": "DROP VIEW training_limits",
    "a missing trigger": "DROP TRIGGER log_insert_samples",
    "a missing index": "DROP INDEX ix_samples_composition_id",
    "a further table": "CREATE TABLE notes (text)",
    "a further column": "ALTER TABLE samples ADD COLUMN notes TEXT",
}


@pytest.mark.parametrize("sql", DRIFT.values(), ids=DRIFT.keys())
def test_check_sees(filled, sql):
    connection = sqlite3.connect(filled.database)
    connection.executescript(sql)
    connection.close()
    with opened(filled) as engine, pytest.raises(SchemaDrift):
        migrate.check(engine)


def test_a_revision_that_is_not_known_is_named(filled):
    connection = sqlite3.connect(filled.database)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with opened(filled) as engine, pytest.raises(DatabaseOutdated, match="9999"):
        migrate.require_current(engine)
    with pytest.raises(DatabaseOutdated, match="9999"):
        migrate.upgrade(filled)


def test_an_unknown_target_revision_is_wrong_usage(filled):
    with pytest.raises(WrongUsage, match="0815"):
        migrate.upgrade(filled, "0815")


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (cake)")
    connection.commit()
    connection.close()
    with pytest.raises(DatabaseOutdated, match="recipes"):
        migrate.upgrade(resolve_url(str(path)))
    assert counts(resolve_url(str(path))) == {"recipes": 0}


def test_foreign_keys_are_enforced_on_every_connection(filled):
    with opened(filled) as engine:
        for _ in range(3):
            with engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_seed_template_was_not_touched():
    assert drift(seed_path()) == []
