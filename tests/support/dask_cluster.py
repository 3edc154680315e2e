"""Dask clusters of separate processes on this machine, and workers as a stranger may start them."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

from distributed import Client, LocalCluster

WORKER = """
import asyncio, sys
from distributed import Worker
{before}
async def work():
    async with Worker(sys.argv[1], nthreads={threads}, dashboard=False, host="127.0.0.1") as worker:
        await worker.finished()
asyncio.run(work())
"""
"""A worker that nothing starts again, its environment changed beforehand."""
WITHOUT_SSE_DB = "sys.modules['sse_db'] = None"
OTHER_CODE = "import sse_db.code_hash; sse_db.code_hash.hash_files = lambda *_: 'another hash'"


@contextmanager
def start_cluster(workers=2, **options):
    """A scheduler in this process with workers in processes of their own; its address is ``scheduler_address``."""
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        **options,
    ) as cluster:
        yield cluster


@contextmanager
def start_worker(address, before="", threads=1):
    """A process of its own that works for a scheduler."""
    script = WORKER.format(before=before, threads=threads)
    process = subprocess.Popen([sys.executable, "-c", script, address], stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def find_processes(address):
    """The process of each worker."""
    with Client(address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def wait_for(condition, seconds=60):
    """Return as soon as a condition holds; an assertion fails where it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
