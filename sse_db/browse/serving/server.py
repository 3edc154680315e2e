"""``sse-db serve``: take a snapshot, listen, answer until the user ends it."""

from __future__ import annotations

import contextlib
import errno
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

from sse_db.browse.pages.drawings import Drawings
from sse_db.errors import ServerNotStarted, UnusableStructure

Progress = Callable[[str], contextlib.AbstractContextManager[Callable[[int, int], None]]]


def serve(
    database: Path,
    drawings: Drawings,
    listener: socket.socket,
    *,
    host: str,
    name: str,
    open_page: bool = False,
    say: Callable[[str], None],
    progress: Progress,
) -> None:
    """Show a database file, which is told by its name, on a socket that listens at ``host`` until Ctrl-C."""
    import uvicorn

    from sse_db.browse.serving.guard import LOOPBACK
    from sse_db.browse.serving.site import open_site
    from sse_db.browse.serving.snapshot import take_snapshot

    warming = threading.Thread(target=warm_up, args=(drawings,), daemon=True)
    with tempfile.TemporaryDirectory(prefix="sse-db-serve-") as folder:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the folder goes, too
        warming.start()
        with progress("preparing the pages") as report:
            snapshot = take_snapshot(database, Path(folder) / "snapshot.db", report)
        address = address_of(listener, host)
        hosts = LOOPBACK if listener.getsockname()[0] in ("127.0.0.1", "::1") else None
        with open_site(snapshot, drawings, hosts) as site:
            say(f"{name} at {address} (Ctrl-C ends)")
            if open_page:
                webbrowser.open(address)
            options = uvicorn.Config(site.app(), log_level="error", access_log=False, timeout_graceful_shutdown=2)
            try:
                uvicorn.Server(options).run(sockets=[listener])
            except KeyboardInterrupt:
                say("ended")


def warm_up(drawings: Drawings) -> None:
    """Load what draws and what reads structures, and pack the viewer, so that the first page does not wait for it."""
    import pandas as pd

    from sse_db.browse.pages import viewer
    from sse_db.browse.pages.unit_cell import expand_cell

    viewer.answer("gzip")
    point = {"contribution": "bulk", "relation": "=", "temperature_c": 25.0, "conductivity_s_per_cm": 1e-4}
    rest = {"sample_id": 1, "temperature_basis": "stated", "value_basis": "measured"}
    drawings.arrhenius(pd.DataFrame([{**point, **rest}]))
    with contextlib.suppress(UnusableStructure):
        expand_cell("")


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ServerNotStarted when the port is taken or the host is not of this machine."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(128)
        except OSError:
            listener.close()
            raise
        return listener
    except socket.gaierror as error:
        raise ServerNotStarted(f"there is no host {host}", "use --host 127.0.0.1") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServerNotStarted(f"port {port} of {host} is taken", f"use another one: --port {port + 1}") from error
        raise ServerNotStarted(
            f"cannot listen on {host}, port {port}: {error.strerror}", "use another --port"
        ) from error


def address_of(listener: socket.socket, host: str) -> str:
    """Where a browser finds the server."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}/"
