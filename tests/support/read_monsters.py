"""Reads every file of a folder in a process of its own, with a limit on its memory, and says how each one ended."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from etl.pipeline import examine_file
from etl.workbooks.annotate import annotate
from sse_db.errors import Problem, SseDbError

MOST_MEMORY = 3_000_000_000
NOT_ANNOTATED = (".cif", ".vasp", ".zip")


def read(path: Path) -> tuple[str, list[Problem]]:
    """How the reading of a file ends, and what is told of it."""
    _, findings = examine_file(path)
    return ("refused" if findings.errors else "read"), findings.problems


def try_to_annotate(path: Path, problems: list[Problem]) -> str:
    """How the writing of an annotated copy ends."""
    try:
        annotate(path, problems[:50], path.with_name("annotated.out"))
    except SseDbError as error:
        return str(error)
    return ""


def peak_megabytes() -> int:
    """The most memory this process ever held; where Linux tells it, without what its parent held before."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return round(int(line.split()[1]) / 1024)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(folder: Path) -> None:
    """One line of JSON for each file."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    for path in sorted(folder.iterdir()):
        started = time.process_time()
        outcome, problems = read(path)
        if path.suffix not in NOT_ANNOTATED:
            try_to_annotate(path, problems)
        told = {
            "file": path.name,
            "outcome": outcome,
            "seconds": round(time.process_time() - started, 2),
            "peak_mb": peak_megabytes(),
            "problems": [problem.as_dict() for problem in problems[:5]],
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
