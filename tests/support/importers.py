"""A program that lets processes import a sheet each at the same moment: imports of Python are paid for once.

Arguments: folder, then the sheets in it; writes what each process said to ``SHEET.said`` and prints the exit codes.
"""

from __future__ import annotations

import os
import sys

from sse_db.cli.app import main


def _call(*words: str) -> int:
    sys.argv = ["sse-db", *words]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _say_to(path: str) -> None:
    """Let all that is said from now on go to a file."""
    with open(path, "w", encoding="utf-8") as said:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(said.fileno(), stream.fileno())


def _import_sheet(sheet: str, start: int) -> int:
    _say_to(f"{sheet}.said")
    os.read(start, 1)  # until all are there
    return _call("import", sheet, "--curator", sheet.partition(".")[0])


def import_at_once(sheets: list[str]) -> list[int]:
    """Exit codes of one process a sheet."""
    start, everybody = os.pipe()
    processes = []
    for sheet in sheets:
        process = os.fork()
        if not process:
            os.close(everybody)
            os._exit(_import_sheet(sheet, start))
        processes.append(process)
    os.close(everybody)
    return [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    given, answer = sys.argv[2:], os.dup(1)
    _say_to("trial.said")
    _call("import", given[0], "--dry-run")  # loads what every import needs
    os.write(answer, " ".join(map(str, import_at_once(given))).encode())
