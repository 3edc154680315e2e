"""What the browser shows of a database on a server is what it shows of a file with the same rows."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from support import postgres
from support.engines import opened
from support.seeded import seed_path
from support.serving import DRAWINGS

from sse_db.browse.serving.site import open_site
from sse_db.browse.serving.snapshot import take_snapshot
from sse_db.database.engine import resolve_url
from sse_db.database.transfer import as_file, copy_database

pytestmark = pytest.mark.one_system("compares a server with a file")


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory):
    """A snapshot of the seed in a file, and one of the same rows on the server, with their times."""
    folder = tmp_path_factory.mktemp("snapshots")
    server = postgres.make_database(None)
    try:
        copy_database(resolve_url(str(seed_path())), server)
        with opened(server) as engine, as_file(engine) as copy:
            yield take_snapshot(seed_path(), folder / "one.db"), take_snapshot(copy, folder / "two.db")
    finally:
        postgres.drop_database(server)


def content(path):
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            )
        ]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}


def test_a_snapshot_of_a_server_holds_the_rows_of_the_file(snapshots):
    file, server = (content(snapshot.path) for snapshot in snapshots)
    assert file.keys() == server.keys()
    assert [name for name in file if file[name] != server[name]] == []
    one, other = ({**each.counts, "sqlite_sequence": 0} for each in snapshots)
    assert one == other


def test_pages_say_the_same(snapshots):
    pages = ("/sse/samples.json?_labels=on&_size=20", "/sse/sample_overview.json?_size=20", "/sse/best_conductors.json")
    answers = []
    with asyncio.Runner() as runner:
        for snapshot in snapshots:
            with open_site(snapshot, DRAWINGS, None) as site:
                answers.append([runner.run(site.client.get(page)).json()["rows"] for page in pages])
    assert answers[0] == answers[1]
    assert all(answers[0])
