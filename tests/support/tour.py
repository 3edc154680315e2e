"""Commands of a page, and calling them as a reader would, in this process: imports are paid for once."""

import contextlib
import io
import re
import shlex
import sys
from dataclasses import dataclass, field


@dataclass
class Step:
    """A command or a piece of Python, and the lines that the page shows below it."""

    kind: str
    text: str
    shown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What a command gave back."""

    code: int
    stdout: str
    stderr: str


def read_steps(text):
    """The console and python blocks of a page, in order; a command may go on behind a backslash."""
    steps = []
    for kind, block in re.findall(r"^```(console|python)\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE):
        if kind == "python":
            steps.append(Step(kind, block))
            continue
        for line in block.replace("\\\n", " ").splitlines():
            if line.startswith("$ "):
                steps.append(Step(kind, line[2:]))
            elif line.strip():
                steps[-1].shown.append(line.strip())
    return steps


def expected_code(command):
    """The exit code that a comment behind a command names, else 0."""
    match = re.search(r"#.*exit code (\d)", command)
    return int(match[1]) if match else 0


def call(command):
    """Run one ``sse-db`` command in this process; the working folder is the caller's."""
    from sse_db.cli.app import main

    program, *words = shlex.split(command, comments=True)
    assert program == "sse-db", f"a page can run sse-db only: {command}"
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    argv, code = sys.argv, 0
    sys.argv = [program, *words]
    try:
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.argv = argv
    return Outcome(code, *(_read(stream) for stream in streams))


def _read(stream):
    stream.flush()
    return stream.buffer.getvalue().decode("utf-8")
