"""A database brought to another home and back: nothing lost, nothing half, and refused where it would harm."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from support import postgres
from support.command_line import run
from support.engines import opened
from support.intakes import composition, make_intake, measurement, publication, sample
from support.logical_dump import exact_dump
from support.seeded import copy_seed

from etl.loading.load import load_intake
from etl.loading.undo import undo_batch
from etl.pipeline import check_file
from sse_db.database import migrate, transfer
from sse_db.database.engine import resolve_url
from sse_db.errors import CopyRefused, DatabaseOutdated, SseDbError, WrongUsage
from sse_db.records.history import CHANGE_LOG
from sse_db.release import write_release

pytestmark = pytest.mark.one_system("copies from one system to the other")
FORMULA = "Li7La3Zr2O12"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def server_url() -> Iterator[sa.URL]:
    """An empty database on the server."""
    url = postgres.make_database(None)
    yield url
    postgres.drop_database(url)


@pytest.fixture
def file_engine(blank_database: Path, tmp_path: Path) -> Iterator[sa.Engine]:
    with opened(shutil.copy(blank_database, tmp_path / "first.db")) as engine:
        yield engine


def text_of(url: sa.URL) -> str:
    return url.render_as_string()


def load(engine: sa.Engine, label: str = "A") -> int:
    article = publication()
    pellet = sample(article, label, FORMULA)
    intake = make_intake(article, composition(FORMULA), pellet, measurement(pellet, 0.1 + 0.2))
    batch = load_intake(engine, intake, curator="ada").id
    assert batch is not None
    return batch


def write_files(url: sa.URL, folder: Path) -> dict[str, bytes]:
    with opened(url) as engine:
        write_release(engine, folder, lambda _released: {})
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_there_and_back_gives_a_byte_identical_release(
    file_engine: sa.Engine, tmp_path: Path, server_url: sa.URL
) -> None:
    engine, back = file_engine, resolve_url(str(tmp_path / "back.db"))
    for name in ("literature/perovskite.csv", "structures/LLZO_tetragonal.cif"):
        load_intake(engine, check_file(ROOT / "seed_data" / name), curator="ada")
    undo_batch(engine, load(engine), curator="eve")
    start = engine.url
    there = transfer.copy_database(start, server_url)
    assert transfer.copy_database(server_url, back) == there
    released = write_files(start, tmp_path / "first")
    assert write_files(back, tmp_path / "second") == released
    assert write_files(server_url, tmp_path / "third") == released


def test_history_and_numbers_of_rows_that_are_gone_come_along(
    engine: sa.Engine, make_url: Callable[[], sa.URL], system: str, tmp_path: Path, server_url: sa.URL
) -> None:
    load(engine)
    undo_batch(engine, load(engine, "B"), curator="ada")
    other = server_url if system == "sqlite" else resolve_url(str(tmp_path / "copy.db"))
    transfer.copy_database(engine.url, other)
    with opened(other) as copied:
        assert exact_dump(copied) == exact_dump(engine)
        with engine.connect() as one, copied.connect() as two:
            everything = sa.select(CHANGE_LOG).order_by(CHANGE_LOG.c.id)
            assert one.execute(everything).all() == two.execute(everything).all()
        batches = [load(each, "C") for each in (engine, copied)]
        assert batches[0] == batches[1]
        assert exact_dump(copied).keys() == exact_dump(engine).keys()
        assert (
            [row[0] for row in exact_dump(copied)["samples"]]
            == [row[0] for row in exact_dump(engine)["samples"]]
            == [1, 3]
        )
        assert migrate.drift(copied) == []


def test_the_command_copies_and_tells_what_it_leaves_behind(tmp_path: Path, server_url: sa.URL) -> None:
    path = copy_seed(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes_of_mine (text TEXT)")
    done = run(tmp_path, "copy", path, text_of(server_url), "--json")
    assert done.returncode == 0, done.stderr
    assert '"samples": 281' in done.stdout
    assert "left behind, as no part of the schema: notes_of_mine" in done.stderr
    assert server_url.database in done.stderr
    again = run(tmp_path, "--db", text_of(server_url), "query", "SELECT count(*) AS n FROM samples", "--format", "csv")
    assert again.stdout.split() == ["n", "281"]


@pytest.fixture
def filled(tmp_path: Path) -> sa.URL:
    return resolve_url(str(copy_seed(tmp_path)))


def state(url: sa.URL) -> object:
    with opened(url) as engine:
        return exact_dump(engine)


def test_a_target_with_rows_is_refused_and_stays(filled: sa.URL, engine: sa.Engine) -> None:
    load(engine)
    before = exact_dump(engine)
    with pytest.raises(CopyRefused, match=r"holds rows already: .*publications 1.* samples 1"):
        transfer.copy_database(filled, engine.url)
    assert exact_dump(engine) == before


@pytest.mark.parametrize("older", [True, False], ids=["older", "newer"])
def test_a_target_of_another_revision_is_refused(filled: sa.URL, make_url: Callable[[], sa.URL], older: bool) -> None:
    target = make_url()
    if older:
        migrate.downgrade(target, "0008")
    else:
        with opened(target) as engine, engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseOutdated, match="0008" if older else "9999"):
        transfer.copy_database(filled, target)
    with opened(target) as engine, engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM samples").scalar() == 0


def test_a_database_is_not_copied_into_itself_under_whatever_name(
    make_url: Callable[[], sa.URL], tmp_path: Path
) -> None:
    url = make_url()
    with pytest.raises(WrongUsage, match="one and the same"):
        transfer.copy_database(url, url)
    if url.get_backend_name() == "sqlite":
        (tmp_path / "link.db").symlink_to(str(url.database))
        with pytest.raises(WrongUsage, match="one and the same"):
            transfer.copy_database(url, resolve_url(str(tmp_path / "link.db")))


def test_another_programs_database_is_no_target(filled: sa.URL, tmp_path: Path, server_url: sa.URL) -> None:
    stranger = resolve_url(str(tmp_path / "stranger.db"))
    for url in (stranger, server_url):
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE orders (id INTEGER)")
        engine.dispose()
        with pytest.raises(SseDbError, match=r"sse-db schema|another program"):
            transfer.copy_database(filled, url)


def test_values_that_the_server_cannot_hold_are_named_and_nothing_is_left(filled: sa.URL, server_url: sa.URL) -> None:
    with closing(sqlite3.connect(str(filled.database))) as connection:
        connection.execute("UPDATE publications SET title = 'a' || char(0) || 'b' WHERE id = 2")
        connection.commit()
    with pytest.raises(CopyRefused, match="publications"):
        transfer.copy_database(filled, server_url)
    engine = sa.create_engine(server_url)
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    assert sa.inspect(engine).get_view_names() == []
    engine.dispose()


def test_a_file_that_was_made_for_a_failed_copy_is_gone(
    filled: sa.URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer._Digest, "exhaust", lambda _self: "something else")
    target = tmp_path / "new.db"
    with pytest.raises(CopyRefused, match="what was written is not what was read"):
        transfer.copy_database(filled, resolve_url(str(target)))
    assert not target.exists()


def test_a_server_that_goes_away_meanwhile_is_one_line(
    tmp_path: Path, filled: sa.URL, make_server_url, monkeypatch
) -> None:
    target = make_server_url()

    def end_sessions(done: int, _total: int) -> None:
        sessions = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{target.database}'"
        postgres.run_as_owner(sessions)

    with pytest.raises(SseDbError, match="went away: nothing was written"):
        transfer.copy_database(filled, target, end_sessions)
    with opened(target) as engine, engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM samples").scalar() == 0


def test_a_source_that_goes_away_meanwhile_leaves_no_file(tmp_path: Path, engine: sa.Engine, system: str) -> None:
    load(engine)
    target = tmp_path / "target.db"

    def end_sessions(_done: int, _total: int) -> None:
        if system == "postgresql":
            sessions = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{engine.url.database}'"
            postgres.run_as_owner(sessions)
            return
        raise SseDbError("the disk went away")

    with pytest.raises(SseDbError, match="went away"):
        transfer.copy_database(engine.url, resolve_url(str(target)), end_sessions)
    assert not target.exists()


def test_another_programs_database_is_no_source(make_bare_url: Callable[[], sa.URL], tmp_path: Path) -> None:
    source = make_bare_url()
    stranger = sa.create_engine(source)
    with stranger.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE orders (id INTEGER)")
    stranger.dispose()
    with pytest.raises(SseDbError, match="holds no sse-db schema"):
        transfer.copy_database(source, resolve_url(str(tmp_path / "target.db")))
    assert not (tmp_path / "target.db").exists()


@pytest.fixture
def make_server_url() -> Iterator[Callable[[], sa.URL]]:
    made: list[sa.URL] = []

    def make() -> sa.URL:
        made.append(postgres.make_database())
        return made[-1]

    yield make
    for url in made:
        postgres.drop_database(url)


def test_predictions_and_pages_work_on_a_copy_of_a_server_database(engine: sa.Engine, tmp_path: Path) -> None:
    load(engine)
    transfer.write_file(engine, tmp_path / "file.db")
    with opened(tmp_path / "file.db") as copied:
        assert exact_dump(copied) == exact_dump(engine)
    with transfer.as_file(engine) as path:
        kept = shutil.copy(path, tmp_path / "again.db")
    with opened(kept) as copied:
        assert exact_dump(copied) == exact_dump(engine)
