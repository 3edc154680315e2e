"""Work shared out to a Dask cluster: its scheduler is named, its workers take tasks, results come back as they end.

Futures of distributed are used, not joblib's backend for Dask: that lays large arguments on a worker, and where the
worker is lost they are lost for all tasks that wait for them. Here a task carries all it needs, so that a worker that
is killed costs the tasks it was at, which the scheduler gives to others.
"""

from __future__ import annotations

import asyncio
import logging
import platform
import re
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, TypeVar

from sse_db.code_hash import PACKAGES, find_files, hash_files, source_root
from sse_db.errors import ClusterFailed, ClusterUnusable, SseDbError, WrongUsage

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

LOCAL = "local"
ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]@]+):([0-9]{1,5})")
CONNECT_S = 10.0
"""Seconds until a scheduler has to answer and to have a worker; those of joblib."""
LOST_S = 60.0
"""Seconds without any worker after which a run is given up; a nanny starts a killed one again in a few."""
POLL_S = 2.0
AHEAD = 2
"""Tasks given to the scheduler for each one that can run at once: none waits for the next, and few are in memory."""
NO_SCHEDULER = "one is started by: dask scheduler; it prints its address"
GO_ON = "start the command again; what a report has finished is kept in its folder"
COMPARED = ("numpy", "scipy", "pandas", "scikit-learn", "xgboost", "pymatgen", "gemmi", "spglib", "dask", "distributed")
"""Packages whose versions decide numbers, or whether processes understand each other."""

Item = TypeVar("Item")
Result = TypeVar("Result")

_connected: ContextVar[Cluster | None] = ContextVar("cluster", default=None)


def find_cluster() -> Cluster | None:
    """The cluster of the ``connect`` around, None where the work is done on this machine."""
    return _connected.get()


@contextmanager
def connect(address: str | None, jobs: int | None = None) -> Iterator[Cluster | None]:
    """While this is open, what can be shared out runs on a cluster: that of the scheduler at an address, or ``local``
    worker processes, ``jobs`` of them, by default one per core. Without an address nothing changes.

    Raises WrongUsage for an address that is none, and where Dask is not installed; ClusterUnusable for a scheduler that
    does not answer or has other versions, and for workers that are not there, lack this package or have other versions.
    """
    if address is None:
        yield None
        return
    if address != LOCAL and jobs is not None:
        raise WrongUsage("--jobs counts processes of this machine, a scheduler has workers of its own", "leave it out")
    _check_address(address)
    with ExitStack() as opened:
        cluster = Cluster(opened.enter_context(_open_client(address, jobs)), address)
        cluster.require_workers()
        opened.callback(_connected.reset, _connected.set(cluster))
        yield cluster


def _check_address(address: str) -> None:
    found = ADDRESS.fullmatch(address)
    if address != LOCAL and (found is None or not 0 < int(found[3]) < 65536):
        raise WrongUsage(
            f"{address} is no address of a Dask scheduler", f"as dask scheduler prints it, tcp://HOST:8786, or {LOCAL}"
        )


@contextmanager
def _open_client(address: str, jobs: int | None) -> Iterator[Client]:
    try:
        from distributed import Client
        from distributed.utils import silence_logging_cmgr
    except ImportError as error:
        raise WrongUsage("Dask is not installed", "pip install 'sse-db[cluster]', or leave --scheduler out") from error
    with ExitStack() as opened:
        # what concerns the user is told in one line
        opened.enter_context(silence_logging_cmgr(logging.CRITICAL))
        opened.enter_context(warnings.catch_warnings())
        for message in (r"\s*Mismatched versions found", "Sending large graph"):
            warnings.filterwarnings("ignore", message)
        place = opened.enter_context(_start_workers(jobs)) if address == LOCAL else address
        if address != LOCAL:
            _require_scheduler(address)
        try:
            client = opened.enter_context(Client(place, timeout=CONNECT_S, set_as_default=False))
        except OSError as error:
            raise ClusterUnusable(f"the scheduler at {address} went away", NO_SCHEDULER) from error
        yield client


def _require_scheduler(address: str) -> None:
    """Raise ClusterUnusable unless a scheduler answers.

    A client is made afterwards only: one that meets something else tries for long to close what it never opened.
    """
    from distributed.core import rpc
    from distributed.security import Security

    async def ask() -> str:
        async with rpc(address, connection_args=Security().get_connection_args("client")) as there:
            return str((await asyncio.wait_for(there.identity(), CONNECT_S)).get("type"))

    try:
        # in a thread: a notebook's own loop runs in this one
        with ThreadPoolExecutor(1) as thread:
            kind = thread.submit(asyncio.run, ask()).result()
    except TimeoutError as error:
        raise ClusterUnusable(
            f"no Dask scheduler answers at {address} within {CONNECT_S:g} seconds", NO_SCHEDULER
        ) from error
    except OSError as error:
        raise ClusterUnusable(f"no Dask scheduler answers at {address}: {_describe(error)}", NO_SCHEDULER) from error
    except Exception as error:  # whatever listens there may answer anything
        raise ClusterUnusable(
            f"what answers at {address} is no Dask scheduler of this version: {_describe(error)}", NO_SCHEDULER
        ) from error
    if kind != "Scheduler":
        raise ClusterUnusable(f"what answers at {address} is a {kind.lower()}, no scheduler", NO_SCHEDULER)


def _describe(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _start_workers(jobs: int | None) -> LocalCluster:
    """A scheduler and workers of this machine, with no port that another machine could reach."""
    from distributed import LocalCluster
    from joblib import cpu_count

    return LocalCluster(
        n_workers=jobs or cpu_count(),
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        scheduler_port=0,
        dashboard_address="127.0.0.1:0",  # None opens 8787, for health checks
        scheduler_kwargs={"dashboard": False},
        silence_logs=logging.CRITICAL,
    )


class Cluster:
    """Workers behind a scheduler."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.address = address

    def count_workers(self) -> int:
        """How many workers there are now; each takes one task at a time."""
        try:
            return len(self.client.nthreads())
        except (OSError, TimeoutError) as error:
            raise ClusterFailed(f"the scheduler at {self.address} went away", GO_ON) from error

    def require_workers(self) -> None:
        """Raise ClusterUnusable unless there are workers, of one thread each, with the code and versions of here."""
        try:
            self.client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError as error:
            raise ClusterUnusable(
                f"the scheduler at {self.address} has no worker",
                f"start some: dask worker {self.address} --nthreads 1 --nworkers 4",
            ) from error
        theirs = self.client.get_versions()["scheduler"]["packages"].get("distributed")
        if theirs != version("distributed"):
            raise ClusterUnusable(
                f"the scheduler at {self.address} has distributed {theirs}, here is {version('distributed')}",
                "install the same version in both places",
            )
        for name, threads in self.client.nthreads().items():
            if threads != 1:
                raise ClusterUnusable(
                    f"the worker {name} has {threads} threads, and tasks count on a process of their own",
                    "start workers with --nthreads 1, and --nworkers for several on a machine",
                )
        for name, found in self.client.run(_make_probe()).items():
            _require_same(name, found)

    def run(self, function: Callable[..., Result], tasks: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Result]]:
        """Call a function with each tuple of arguments; the place of each task and its result, as they are finished.

        Raises what a task raised, and ClusterFailed where the scheduler or all workers are lost.
        """
        waiting = deque(enumerate(tasks))
        running: dict[Future, int] = {}
        try:
            while waiting or running:
                while waiting and len(running) < AHEAD * max(1, self.count_workers()):
                    place, arguments = waiting.popleft()
                    running[self._submit(function, arguments)] = place
                for future in self._wait(list(running)):
                    place = running.pop(future)
                    yield place, self._take(future)
        finally:
            self.client.cancel(list(running))

    def map(self, function: Callable[[Item], Result], items: Sequence[Item], *, at_once: int = 1) -> Iterator[Result]:
        """Call a function with each item, so many of them in one task; results in the order of the items."""
        tasks = [(function, items[start : start + at_once]) for start in range(0, len(items), at_once)]
        early: dict[int, list[Result]] = {}
        wanted = 0
        for place, results in self.run(_call_each, tasks):
            early[place] = results
            while wanted in early:
                yield from early.pop(wanted)
                wanted += 1

    def _submit(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Future:
        import cloudpickle

        # pickled here: distributed would name what stands in a file of one's own, which workers do not have
        payload = cloudpickle.dumps((function, arguments))
        name = f"{getattr(function, '__name__', 'task')}-{uuid.uuid4().hex}"
        return self.client.submit(_call, payload, describe_installation(), key=name, pure=False)

    def _wait(self, futures: list[Future]) -> set[Future]:
        """Those that are finished, as soon as one is."""
        from concurrent.futures import CancelledError

        from distributed import wait

        lost_since = None
        while True:
            try:
                with self.client.as_current():
                    return set(wait(futures, timeout=POLL_S, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                if self.count_workers():
                    lost_since = None
                elif lost_since is None:
                    lost_since = time.monotonic()
                elif time.monotonic() - lost_since > LOST_S:
                    raise ClusterFailed(f"no worker is left at {self.address}", GO_ON) from None
            except CancelledError as error:
                raise ClusterFailed(f"the scheduler at {self.address} went away", GO_ON) from error

    def _take(self, future: Future) -> Any:
        """The result of a finished task."""
        from distributed import KilledWorker

        if future.status not in ("finished", "error"):
            raise ClusterFailed(f"the scheduler at {self.address} went away", GO_ON)
        try:
            raised, result = future.result()
        except KilledWorker as error:
            raise ClusterFailed(
                "a task took its worker down each time it was tried",
                "give workers more memory, or look into their logs",
            ) from error
        if raised:
            raise result
        return result


def _call_each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [function(item) for item in items]


def _call(payload: bytes, wanted: dict[str, str]) -> tuple[bool, Any]:
    """On a worker: whether a task ended in an error that a user can correct, and the error or the result.

    A worker that came later than the others is compared here.
    """
    import cloudpickle
    from threadpoolctl import threadpool_limits

    try:
        _require_same("that came later", describe_installation(), wanted)
        function, arguments = cloudpickle.loads(payload)
        with threadpool_limits(1):
            return False, function(*arguments)
    except SseDbError as error:
        return True, error


def _make_probe() -> Callable[[], dict[str, str]]:
    """A function that travels as code, for workers that do not have this module."""

    def probe() -> dict[str, str]:
        try:
            from sse_db.cluster import describe_installation
        except ImportError as error:
            return {"lacks": str(error)}
        return describe_installation()

    return probe


@cache
def describe_installation() -> dict[str, str]:
    """What the numbers of a task rest on in this process: versions, and a hash of this project's files."""
    found = {"Python": platform.python_version()}
    for name in COMPARED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    # those below are beside the packages in a checkout, and within them where a wheel was installed
    files = [path for path in find_files(*PACKAGES) if path.relative_to(source_root()).parts[1][:1] != "_"]
    return {**found, "sse-db": hash_files(files)[:10]}


def _require_same(worker: str, theirs: dict[str, str], ours: dict[str, str] | None = None) -> None:
    """Raise ClusterUnusable for a worker that lacks this package, or has other versions or code than the client."""
    if "lacks" in theirs:
        raise ClusterUnusable(
            f"the worker {worker} cannot load sse-db: {theirs['lacks']}",
            "start workers with the dask of an environment that has sse-db of this version",
        )
    ours = ours or describe_installation()
    other = [f"{name} {theirs.get(name)} and not {ours[name]}" for name in ours if theirs.get(name) != ours[name]]
    if other:
        raise ClusterUnusable(f"the worker {worker} has {', '.join(other)}", "install the same versions in both places")
