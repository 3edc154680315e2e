"""The browser's server inside the test process, on a free port, answering real HTTP."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from analysis.figures.browsing import draw_sample, draw_scatter
from sse_db.browse.pages.drawings import Drawings
from sse_db.browse.serving.guard import LOOPBACK
from sse_db.browse.serving.server import address_of, listen
from sse_db.browse.serving.site import Browser, open_site
from sse_db.browse.serving.snapshot import Snapshot, take_snapshot
from sse_db.cli.spectrum_output import draw_nyquist_of

DRAWINGS = Drawings(arrhenius=draw_sample, scatter=draw_scatter, spectrum=draw_nyquist_of)


@dataclass(frozen=True)
class Served:
    """A running site and where it answers."""

    address: str
    site: Browser
    snapshot: Snapshot


@contextmanager
def serving(database: Path, folder: Path) -> Iterator[Served]:
    """Serve a database from a snapshot in ``folder`` while the block runs."""
    snapshot = take_snapshot(database, folder / "snapshot.db")
    with listen("127.0.0.1", 0) as listener, open_site(snapshot, DRAWINGS, LOOPBACK) as site:
        server = uvicorn.Server(uvicorn.Config(site.app(), log_level="critical", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield Served(address_of(listener, "127.0.0.1").rstrip("/"), site, snapshot)
        finally:
            server.should_exit = True
            thread.join()
