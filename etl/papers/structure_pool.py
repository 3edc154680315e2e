"""Many structure files read by several processes, in the order in which they came."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from etl.papers.structure_files import StructureFile
from sse_db.cluster import find_cluster
from sse_db.errors import SseDbError
from sse_db.materials.structures import StructureFacts, read_structure

WORTH_A_POOL = 500
"""Files from which on the start of processes, some seconds each, is less than what they save."""
FILES_AT_ONCE = 25


def read_structures(files: Sequence[StructureFile], jobs: int | None = None) -> Iterator[StructureFacts | SseDbError]:
    """The facts of each file, or why it has none; ``jobs`` is the number of processes, by default one per core where
    the files are many, and of no account within ``sse_db.cluster.connect``."""
    cluster = find_cluster()
    if cluster:
        yield from cluster.map(_read, files, at_once=FILES_AT_ONCE)
        return
    wanted = jobs or ((os.cpu_count() or 1) if len(files) >= WORTH_A_POOL else 1)
    if wanted < 2:
        yield from map(_read, files)
        return
    # a new process each: one that is forked while threads run can stand still
    pool = ProcessPoolExecutor(wanted, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield from pool.map(_read, files, chunksize=FILES_AT_ONCE)
    finally:
        pool.shutdown(cancel_futures=True)


def _read(file: StructureFile) -> StructureFacts | SseDbError:
    try:
        return read_structure(file.name, file.data)
    except SseDbError as error:
        return error
